//! Counting tests from what the runners print.

use std::ops::AddAssign;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    /// Ignored or skipped: named in the summary, never passed over.
    pub ignored: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// One line of `cargo test`: `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
pub fn of_line(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |name: &str| {
        let part = counts.split("; ").find(|part| part.ends_with(name))?;
        part.split(' ').next()?.parse().ok()
    };
    Some(Tally { passed: count(" passed")?, failed: count(" failed")?, ignored: count(" ignored")? })
}

/// The foot of a report of `node --test`: `# pass 3`, `# fail 0`, …
pub fn of_tap(report: &str) -> Tally {
    // The foot is at the end, and a test's own output, commented out in the same way, may be before it.
    let foot: Vec<&str> = report.lines().rev().take(10).collect();
    let count = |name: &str| -> u64 {
        let line = foot.iter().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|count| count.parse().ok()).unwrap_or(0)
    };
    Tally { passed: count("pass"), failed: count("fail") + count("cancelled"), ignored: count("skipped") + count("todo") }
}

/// Of each failing test of such a report its name and what it said.
pub fn said_in_tap(report: &str) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut inside = false;
    for line in report.lines() {
        if line.starts_with("not ok ") {
            said.push(line.to_owned());
            inside = true;
        } else if line.starts_with("ok ") || line.starts_with("# ") {
            inside = false;
        } else if let Some(last) = said.last_mut().filter(|it| inside && it.lines().count() < MOST_LINES) {
            last.push('\n');
            last.push_str(line);
        }
    }
    said
}

/// As many lines of a failing test are worth repeating.
const MOST_LINES: usize = 24;

/// Gathers what failing tests said out of the lines of `cargo test` and of Python's `unittest`.
#[derive(Debug, Default)]
pub struct Said {
    pub said: Vec<String>,
    inside: bool,
}

impl Said {
    pub fn line(&mut self, line: &str) {
        let begins =
            line.starts_with("---- ") && line.ends_with(" ----") || line.starts_with("FAIL: ") || line.starts_with("ERROR: ");
        self.inside &= line != "failures:" && !line.starts_with("=====");
        if begins {
            self.said.push(line.to_owned());
        } else if let Some(last) = self.said.last_mut().filter(|it| self.inside && it.lines().count() < MOST_LINES) {
            last.push('\n');
            last.push_str(line);
        }
        self.inside |= begins;
    }
}

/// One line of Python's `unittest`: `test_x (test_maps.Gpx.test_x) ... ok`
pub fn of_python_line(line: &str) -> Option<Tally> {
    let (_, word) = line.rsplit_once(" ... ")?;
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    match word.split(' ').next()? {
        "ok" => passed = 1,
        "FAIL" | "ERROR" | "unexpected" => failed = 1,
        "skipped" | "expected" => ignored = 1,
        _ => return None,
    }
    Some(Tally { passed, failed, ignored })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_cargo_test_are_counted() {
        let check = |line: &str, wanted: Option<(u64, u64, u64)>| {
            let wanted = wanted.map(|(passed, failed, ignored)| Tally { passed, failed, ignored });
            assert_eq!(of_line(line), wanted, "{line}");
        };
        let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s";
        check(ok, Some((12, 0, 1)));
        check(
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.05s",
            Some((3, 2, 0)),
        );
        check("test money::tests::yuan ... ok", None);
        check("running 12 tests", None);
    }

    #[test]
    fn lines_of_unittest_are_counted() {
        let mut tally = Tally::default();
        let lines = [
            "test_a (test_maps.Gpx.test_a) ... ok",
            "test_b (test_maps.Gpx.test_b) ... FAIL",
            "setUpModule (test_calendar) ... ERROR",
            "test_c (test_maps.Gpx.test_c) ... skipped 'no reader'",
            "Ran 3 tests in 0.1s",
            "FAIL: test_b (test_maps.Gpx.test_b)",
        ];
        lines.iter().for_each(|line| tally += of_python_line(line).unwrap_or_default());
        assert_eq!(tally, Tally { passed: 1, failed: 2, ignored: 1 });
    }

    #[test]
    fn what_failing_tests_said_is_gathered() {
        let tap =
            "TAP version 13\n# Subtest: a\nnot ok 1 - a\n  ---\n  error: 'no'\n  ...\n# Subtest: b\nok 2 - b\n  ---\n  ...\n";
        assert_eq!(said_in_tap(tap), ["not ok 1 - a\n  ---\n  error: 'no'\n  ..."]);
        let cargo =
            "test a ... FAILED\ntest b ... ok\n\nfailures:\n\n---- a stdout ----\nthread 'a' panicked\n\nfailures:\n    a\n";
        let mut gathered = Said::default();
        cargo.lines().for_each(|line| gathered.line(line));
        assert_eq!(gathered.said, ["---- a stdout ----\nthread 'a' panicked\n"]);
        let python =
            "test_b (test_maps.Gpx.test_b) ... FAIL\n\n======\nFAIL: test_b\n------\nAssertionError: no\n======\nRan 3 tests\n";
        let mut gathered = Said::default();
        python.lines().for_each(|line| gathered.line(line));
        assert_eq!(gathered.said, ["FAIL: test_b\n------\nAssertionError: no"]);
    }

    #[test]
    fn the_foot_of_a_node_report_is_counted_and_not_what_a_test_printed() {
        let report = "TAP version 13\n# pass 99\nok 1 - home\n1..1\n# tests 6\n# suites 0\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 1\n# duration_ms 5.2\n";
        assert_eq!(of_tap(report), Tally { passed: 2, failed: 2, ignored: 2 });
    }
}
