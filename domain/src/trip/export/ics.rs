//! Calendars, RFC 5545: an event a visit, and one where the day ends.

use std::fmt::Write as _;

use chrono::{NaiveDateTime, TimeDelta};

use super::{Entry, Mark, Sheet};

/// A line has at most so many octets, its end not counted.
const LONGEST_LINE: usize = 75;

/// Minutes that an arrival takes in a calendar.
const ARRIVAL_MIN: i64 = 30;

/// The text of an `.ics` file. An event keeps its UID as long as its visit keeps its number, whether the whole trip is exported or
/// one day; the end of a day as long as the day keeps its place.
pub fn ics(sheet: &Sheet) -> String {
    let mut file = Lines(String::new());
    let language = sheet.lang.pick("ZH", "EN");
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line(&format!("PRODID:-//You Xiaoxiang//Trip//{language}"));
    file.line("CALSCALE:GREGORIAN");
    // By the standard (RFC 7986), and as calendars called it before there was one.
    file.text("NAME", &sheet.title());
    file.text("X-WR-CALNAME", &sheet.title());
    file.text("X-WR-CALDESC", &sheet.preface(false));
    // The offset since the last summer time ended; trips are younger than that.
    for line in [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19910915T020000",
        "TZOFFSETFROM:+0900",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ] {
        file.line(line);
    }
    for (day, entry) in sheet.days().flat_map(|day| sheet.entries(day).into_iter().map(move |entry| (day, entry))) {
        let uid = match entry.mark {
            // One knows where one is when one leaves.
            Mark::Start => continue,
            Mark::Visit(id) => id.0.to_string(),
            Mark::End => format!("end-{}", day + 1),
        };
        event(&mut file, sheet, &entry, &uid);
    }
    file.line("END:VCALENDAR");
    file.0
}

fn event(file: &mut Lines, sheet: &Sheet, entry: &Entry, uid: &str) {
    let local = |at: NaiveDateTime| at.format("%Y%m%dT%H%M%S");
    let stamp = sheet.changed.format("%Y%m%dT%H%M%SZ");
    let name: String = sheet.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    file.line("BEGIN:VEVENT");
    file.line(&format!("UID:trip-{name}-{uid}@xiaoxiang"));
    file.line(&format!("DTSTAMP:{stamp}"));
    file.line(&format!("LAST-MODIFIED:{stamp}"));
    file.line(&format!("SEQUENCE:{}", sheet.revision));
    file.line(&format!("DTSTART;TZID=Asia/Shanghai:{}", local(entry.begin)));
    let end = if entry.mark == Mark::End { entry.end + TimeDelta::minutes(ARRIVAL_MIN) } else { entry.end };
    file.line(&format!("DTEND;TZID=Asia/Shanghai:{}", local(end)));
    file.text("SUMMARY", &entry.name);
    let county = entry.county.iter().map(String::as_str);
    let place: Vec<&str> = std::iter::once(entry.place.as_str()).chain(county).collect();
    file.text("LOCATION", &place.join(sheet.lang.pick("，", ", ")));
    if let Some(position) = entry.position.filter(|position| position.is_exact()) {
        file.line(&format!("GEO:{:.6};{:.6}", position.lat, position.lon));
    }
    file.text("DESCRIPTION", &entry.remarks.join("\n"));
    file.line("TRANSP:OPAQUE");
    file.line("END:VEVENT");
}

struct Lines(String);

impl Lines {
    fn text(&mut self, name: &str, value: &str) {
        let mut line = String::with_capacity(name.len() + value.len() + 8);
        let _ = write!(line, "{name}:");
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.line(&line);
    }

    /// Folded between characters, never within one.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
