//! The file that names the others.

use std::io::Read;

use chrono::NaiveDate;
use domain::listing::Kind;
use serde::{Deserialize, Serialize};

use super::{MANIFEST, RowProblem, Source};

/// What a catalogue folder says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    /// Grows with every edition of a catalogue that a program carries, so that an older program does not undo a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// The latest day on which any of its facts was looked at; none where there are no facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    pub licence: String,
    /// Names of others whose data is in here.
    #[serde(default)]
    pub credits: Vec<String>,
    pub files: Vec<ManifestFile>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    pub name: String,
    #[serde(with = "kind_name")]
    pub kind: Kind,
    /// Lines that hold a listing. Whoever edits by hand may leave it out; if it is there, it is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// Of the whole file, in hex; as `rows`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// The only form there has been.
pub const FORMAT: u32 = 1;

/// Far more than any manifest needs.
const LONGEST: u64 = 1 << 20;

impl Manifest {
    pub(super) fn read(source: &dyn Source) -> Result<Self, Vec<RowProblem>> {
        let whole = |field: &str, zh: String, en: String| vec![RowProblem::new(MANIFEST, 0, field, zh, en)];
        let mut text = String::new();
        source
            .open(MANIFEST)
            .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
            .map_err(|e| whole("", format!("读不到清单文件：{e}"), format!("the manifest cannot be read: {e}")))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut json = serde_json::Deserializer::from_str(text);
        let manifest: Self = serde_path_to_error::deserialize(&mut json)
            .map_err(|e| vec![RowProblem::unreadable(MANIFEST, e.inner().line(), &e)])?;
        manifest.check(source)?;
        Ok(manifest)
    }

    fn check(&self, source: &dyn Source) -> Result<(), Vec<RowProblem>> {
        let mut found = Vec::new();
        let mut add = |field: &str, zh: String, en: String| found.push(RowProblem::new(MANIFEST, 0, field, zh, en));
        if self.format != FORMAT {
            let format = self.format;
            add("format", format!("不认识格式{format}，只认识{FORMAT}"), format!("format {format} is unknown; this is {FORMAT}"));
        }
        let mut names: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        names.sort_unstable();
        for twice in names.windows(2).filter(|pair| pair[0] == pair[1]) {
            add("files", format!("“{}”列了两次", twice[0]), format!("“{}” is listed twice", twice[0]));
        }
        for name in names.iter().filter(|name| !is_plain(name)) {
            add("files", format!("“{name}”不是本文件夹里的文件名"), format!("“{name}” is not the name of a file in this folder"));
        }
        // a file that somebody added and forgot to list would be left out without a word
        for name in source.names().unwrap_or_default() {
            if name.ends_with(".jsonl") && !names.contains(&name.as_str()) {
                add("files", format!("“{name}”没有列入清单"), format!("“{name}” lies in the folder but is not listed"));
            }
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// How many listings it promises, where it says so for every file.
    pub(super) fn rows(&self) -> Option<u64> {
        self.files.iter().map(|file| file.rows).sum()
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

mod kind_name {
    use domain::listing::Kind;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(kind.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
        let name = String::deserialize(from)?;
        Kind::parse(&name).ok_or_else(|| D::Error::custom(format!("“{name}” is not a kind")))
    }
}
