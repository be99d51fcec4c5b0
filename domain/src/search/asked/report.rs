//! What is looked for and not found, for those who can do something about it.

use super::Tally;

/// Words, where they were asked for, and how that went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Code of a county or prefecture; empty where none was named.
    pub county: String,
    pub text: String,
    pub tally: Tally,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Those that failed most often first.
    pub lines: Vec<Line>,
    /// All that too few have asked, together, whatever became of it.
    pub others: Tally,
}

/// Of everything of a month: what enough have asked and some without a good answer. Rows without words are what was too rare
/// before. `county` narrows it.
pub fn report(rows: impl IntoIterator<Item = Line>, county: Option<&str>) -> Report {
    let mut report = Report::default();
    for row in rows.into_iter().filter(|row| county.is_none_or(|county| row.county == county)) {
        if row.text.is_empty() || !row.tally.is_common() {
            report.others.add(&row.tally);
        } else if row.tally.none + row.tally.poor > 0 {
            report.lines.push(row);
        }
    }
    let failed = |line: &Line| line.tally.none + line.tally.poor;
    report.lines.sort_by(|a, b| (failed(b), &a.text, &a.county).cmp(&(failed(a), &b.text, &b.county)));
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(county: &str, text: &str, none: i64, good: i64, askers: u32) -> Line {
        let tally = Tally { none, good, askers, most_askers: askers.min(2), ..Tally::default() };
        Line { county: county.into(), text: text.into(), tally }
    }

    #[test]
    fn what_failed_most_comes_first_and_what_few_have_asked_is_not_named() {
        let rows = vec![
            line("433123", "擂茶", 3, 9, 5),
            line("", "漂流", 8, 0, 6),
            line("433123", "张三家", 9, 0, 4),
            line("433123", "民宿", 0, 90, 60),
            line("", "", 5, 5, 9),
        ];
        let all = report(rows.clone(), None);
        assert_eq!(all.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["漂流", "擂茶"]);
        assert_eq!(all.others.asked(), 19);
        let here = report(rows, Some("433123"));
        assert_eq!((here.lines.len(), here.others.asked()), (1, 9));
    }
}
