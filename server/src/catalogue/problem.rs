//! What is wrong with a line, in words for whoever has to mend it.

use std::fmt;

use domain::Text;

/// One thing wrong with one field of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    pub file: String,
    /// Counted from 1; 0 where it is about the file as a whole.
    pub line: usize,
    /// As deep as can be told: `title`, `details.stops[3].region`; empty where it is about the line as a whole.
    pub field: String,
    pub reason: Text,
}

impl RowProblem {
    pub fn new(file: &str, line: usize, field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, field: field.into(), reason: Text::new(zh, en) }
    }

    /// A line that is not the JSON of a listing.
    pub fn unreadable(file: &str, line: usize, error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let said = error.inner().to_string();
        // serde counts lines within the line we gave it
        let said = said.split(" at line ").next().unwrap_or_default();
        let mut field = error.path().to_string();
        // a missing or unknown field is named by the message and not by the path
        let named = said.strip_prefix("missing field `").or_else(|| said.strip_prefix("unknown field `"));
        if let Some((name, _)) = named.and_then(|rest| rest.split_once('`'))
            && !field.ends_with(name)
        {
            field = if field == "." { name.to_owned() } else { format!("{field}.{name}") };
        }
        let column = error.inner().column();
        if field == "." {
            field = String::new();
        }
        Self::new(
            file,
            line,
            field,
            format!("第{column}个字节处读不懂：{said}"),
            format!("{said} (at byte {column} of the line)"),
        )
    }
}

/// `places.jsonl:12: title: the Chinese text is empty / 中文不能为空`
impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.field.is_empty() {
            write!(f, ": {}", self.field)?;
        }
        match &self.reason.en {
            Some(en) => write!(f, ": {en} / {}", self.reason.zh),
            None => write!(f, ": {}", self.reason.zh),
        }
    }
}
