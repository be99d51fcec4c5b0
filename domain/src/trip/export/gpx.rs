//! GPX 1.1: a waypoint a visit, and one where a day begins or ends elsewhere; a route and a track a day. Some devices show the one and some the other. Nobody knows the road, so
//! the track goes straight from stop to stop and says so.

use chrono::{DateTime, SecondsFormat, Utc};

use super::xml::Xml;
use super::{Entry, Sheet, say_line, utc};

/// The text of a `.gpx` file.
pub fn gpx(sheet: &Sheet) -> String {
    let mut xml = Xml::new();
    xml.open(
        "gpx",
        &[
            ("version", "1.1"),
            ("creator", "You Xiaoxiang"),
            ("xmlns", "http://www.topografix.com/GPX/1/1"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", "http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd"),
        ],
    );
    xml.open("metadata", &[]);
    xml.leaf("name", &sheet.title());
    xml.leaf("desc", &sheet.preface(true));
    xml.leaf("time", &time(sheet.changed));
    xml.close();
    for entry in sheet.waypoints() {
        point(&mut xml, "wpt", &entry);
    }
    for day in sheet.days() {
        let entries = sheet.entries(day);
        if entries.iter().any(|entry| entry.position.is_some()) {
            xml.open("rte", &[]);
            xml.leaf("name", &sheet.say_day(day));
            xml.leaf("number", &(day + 1).to_string());
            entries.iter().for_each(|entry| point(&mut xml, "rtept", entry));
            xml.close();
        }
    }
    for day in sheet.days() {
        let placed: Vec<Entry> = sheet.entries(day).into_iter().filter(|entry| entry.position.is_some()).collect();
        if !placed.is_empty() {
            xml.open("trk", &[]);
            xml.leaf("name", &sheet.say_day(day));
            xml.leaf("desc", say_line(sheet.lang));
            xml.leaf("number", &(day + 1).to_string());
            xml.open("trkseg", &[]);
            placed.iter().for_each(|entry| point(&mut xml, "trkpt", entry));
            xml.close();
            xml.close();
        }
    }
    xml.finish()
}

fn point(xml: &mut Xml, element: &'static str, entry: &Entry) {
    let Some(position) = entry.position else { return };
    xml.open(element, &[("lat", &format!("{:.6}", position.lat)), ("lon", &format!("{:.6}", position.lon))]);
    xml.leaf("time", &time(utc(entry.begin)));
    xml.leaf("name", &entry.map_name());
    xml.leaf("desc", &entry.remarks.join("\n"));
    xml.close();
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
