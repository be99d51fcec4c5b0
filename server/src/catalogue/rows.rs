//! A catalogue's lines, one after the other, each parsed and checked by itself.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use domain::listing::Listing;
use sha2::{Digest, Sha256};

use super::manifest::{Manifest, ManifestFile};
use super::{RowProblem, Source};

/// A listing and where it stands.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its place in [`Manifest::files`].
    pub file: usize,
    /// Counted from 1.
    pub line: usize,
    pub listing: Listing,
}

/// A line longer than this is no listing: a body has at most 20,000 characters.
const LONGEST_LINE: u64 = 1 << 20;

/// Reads file after file and holds one line at a time.
pub struct Rows<'a> {
    source: &'a dyn Source,
    manifest: &'a Manifest,
    /// The next file to open.
    next: usize,
    open: Option<OpenFile<'a>>,
    /// Found, and not yet told.
    found: VecDeque<RowProblem>,
}

struct OpenFile<'a> {
    index: usize,
    entry: &'a ManifestFile,
    lines: Box<dyn BufRead + Send + 'a>,
    line: usize,
    rows: u64,
    sha256: Sha256,
}

impl<'a> Rows<'a> {
    pub fn new(source: &'a dyn Source, manifest: &'a Manifest) -> Self {
        Self { source, manifest, next: 0, open: None, found: VecDeque::new() }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, RowProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(problem) = self.found.pop_front() {
                return Some(Err(problem));
            }
            let Some(file) = &mut self.open else {
                let entry = self.manifest.files.get(self.next)?;
                match self.source.open(&entry.name) {
                    Ok(lines) => {
                        let (index, sha256) = (self.next, Sha256::new());
                        self.open = Some(OpenFile { index, entry, lines, line: 0, rows: 0, sha256 });
                    }
                    Err(e) => self.found.push_back(unread(&entry.name, 0, &e)),
                }
                self.next += 1;
                continue;
            };
            match file.line() {
                Ok(Some(bytes)) => match file.row(&bytes) {
                    Ok(None) => {}
                    Ok(Some(row)) => return Some(Ok(row)),
                    Err(problems) => self.found.extend(problems),
                },
                Ok(None) => {
                    self.found.extend(file.check_whole());
                    self.open = None;
                }
                Err(problem) => {
                    self.found.push_back(problem);
                    self.open = None;
                }
            }
        }
    }
}

impl OpenFile<'_> {
    /// The next line without its end; none after the last.
    fn line(&mut self) -> Result<Option<Vec<u8>>, RowProblem> {
        let name = &self.entry.name;
        let mut bytes = Vec::new();
        let limited = (&mut self.lines).take(LONGEST_LINE).read_until(b'\n', &mut bytes);
        self.line += 1;
        limited.map_err(|e| unread(name, self.line, &e))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.len() as u64 == LONGEST_LINE && !bytes.ends_with(b"\n") {
            let (zh, en) = (
                "这一行太长，不像一条数据；文件不再往下读",
                "the line is too long to be a listing; the file is not read further",
            );
            return Err(RowProblem::new(name, self.line, "", zh, en));
        }
        self.sha256.update(&bytes);
        // files that went through other hands: Windows line ends, a byte-order mark
        let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if self.line == 1 { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line) } else { line };
        Ok(Some(line.to_vec()))
    }

    fn row(&mut self, bytes: &[u8]) -> Result<Option<Row>, Vec<RowProblem>> {
        if bytes.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.rows += 1;
        let (name, line) = (&self.entry.name, self.line);
        let text = std::str::from_utf8(bytes)
            .map_err(|_| vec![RowProblem::new(name, line, "", "这一行不是UTF-8编码", "the line is not UTF-8")])?;
        let mut json = serde_json::Deserializer::from_str(text);
        let listing: Listing =
            serde_path_to_error::deserialize(&mut json).map_err(|e| vec![RowProblem::unreadable(name, line, &e)])?;
        if json.end().is_err() {
            return Err(vec![RowProblem::new(name, line, "", "一行只能有一条数据", "a line holds one listing and nothing else")]);
        }
        let mut problems: Vec<RowProblem> = Vec::new();
        for problem in listing.problems() {
            problems.push(RowProblem { file: name.clone(), line, field: problem.field, reason: problem.text });
        }
        let (kind, expected) = (listing.kind(), self.entry.kind);
        if kind != expected {
            let zh = format!("这是{kind}，而本文件装的是{expected}");
            problems.push(RowProblem::new(name, line, "details.kind", zh, format!("a {kind} in a file of kind {expected}")));
        }
        if problems.is_empty() { Ok(Some(Row { file: self.index, line, listing })) } else { Err(problems) }
    }

    /// What only shows at the end: a file cut short, or not the one that was listed.
    fn check_whole(&mut self) -> Vec<RowProblem> {
        let ManifestFile { name, rows, sha256, .. } = self.entry;
        let mut found = Vec::new();
        if let Some(rows) = rows.filter(|rows| *rows != self.rows) {
            let zh = format!("清单说有{rows}行，实有{}行", self.rows);
            found.push(RowProblem::new(name, 0, "rows", zh, format!("the manifest says {rows} rows, there are {}", self.rows)));
        }
        let is = format!("{:x}", self.sha256.finalize_reset());
        if sha256.as_ref().is_some_and(|said| !said.eq_ignore_ascii_case(&is)) {
            let zh = "文件与清单中的校验值不符；如是有意修改，请从清单中删去sha256";
            let en = "the file is not the one whose checksum the manifest has; after an edit on purpose, remove sha256 from the manifest";
            found.push(RowProblem::new(name, 0, "sha256", zh, en));
        }
        found
    }
}

fn unread(name: &str, line: usize, error: &std::io::Error) -> RowProblem {
    RowProblem::new(name, line, "", format!("读不了：{error}"), format!("it cannot be read: {error}"))
}
