//! A report as programs and spreadsheets read it.

use chrono::NaiveDate;
use domain::Lang;
use domain::region;
use domain::search::asked::{Report, Tally};
use serde_json::{Value, json};

use crate::catalogue::cell;

/// The name of a county's code, for people.
pub fn county_name(code: &str, lang: Lang) -> &str {
    region::find(code).map_or("", |region| region.name.get(lang))
}

pub fn gaps_json(month: NaiveDate, report: &Report) -> Value {
    let counts = |tally: &Tally| {
        json!({
            "asked": tally.asked(), "none": tally.none, "poor": tally.poor, "good": tally.good, "corrected": tally.corrected,
            "askers_at_least": tally.askers,
        })
    };
    let lines = report.lines.iter().map(|line| {
        let mut value = counts(&line.tally);
        value["text"] = json!(line.text);
        value["county"] = json!((!line.county.is_empty()).then_some(&line.county));
        value["hits"] = json!(line.tally.hits);
        value["gap"] = json!(line.tally.is_a_gap());
        value
    });
    json!({ "month": month.format("%Y-%m").to_string(), "searches": lines.collect::<Vec<_>>(), "others": counts(&report.others) })
}

/// RFC 4180, safe to open in a spreadsheet.
pub fn gaps_csv(report: &Report) -> String {
    let mut csv = "text,county,county_zh,asked,none,poor,good,corrected,askers_at_least,hits\r\n".to_owned();
    for line in &report.lines {
        let tally = &line.tally;
        let numbers = [tally.asked(), tally.none, tally.poor, tally.good, tally.corrected, i64::from(tally.askers), tally.hits];
        let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
        let words = [line.text.as_str(), &line.county, county_name(&line.county, Lang::Zh)].map(cell);
        csv.push_str(&format!("{},{}\r\n", words.join(","), numbers.join(",")));
    }
    csv
}

/// A table for a terminal.
pub fn gaps_text(month: NaiveDate, report: &Report) -> String {
    let mut text = format!("{}: searched for and not found, or hardly (none + poor of all)\n", month.format("%Y-%m"));
    for line in &report.lines {
        let Tally { none, poor, .. } = line.tally;
        let county = match county_name(&line.county, Lang::Zh) {
            "" => "—",
            name => name,
        };
        text.push_str(&format!("{:>6} + {poor:<6} of {:<7} {}  ({county})\n", none, line.tally.asked(), line.text));
    }
    if report.lines.is_empty() {
        text.push_str("nothing that enough people have asked for\n");
    }
    text.push_str(&format!("{} more searches, each asked by too few to be named", report.others.asked()));
    text
}

#[cfg(test)]
mod tests {
    use domain::search::asked::Line;

    use super::*;

    #[test]
    fn a_report_is_safe_in_a_spreadsheet() {
        let tally = Tally { none: 6, askers: 6, most_askers: 3, ..Tally::default() };
        let line = |text: &str| Line { county: "433123".into(), text: text.into(), tally };
        let report = Report { lines: vec![line("=cmd()"), line("a \"b\", c")], others: Tally::default() };
        let csv = gaps_csv(&report);
        let rows: Vec<_> = csv.split("\r\n").collect();
        assert!(!rows[1].starts_with('=') && rows[1].contains("凤凰县,6,6,0,0,0,6,0"), "{csv}");
        assert!(rows[2].starts_with("\"a \"\"b\"\", c\","), "{csv}");
        assert!(gaps_text(NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(), &report).contains("=cmd()  (凤凰县)"));
    }
}
