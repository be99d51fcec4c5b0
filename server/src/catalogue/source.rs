//! Where a catalogue's files come from.

use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

/// A place with named files.
pub trait Source: Send + Sync {
    /// Names of all its files, in any order.
    fn names(&self) -> io::Result<Vec<String>>;
    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + Send + '_>>;
}

/// A folder on disk.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

impl Source for Folder {
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.0)? {
            // a name that is not Unicode is none of ours
            names.extend(entry?.file_name().into_string().ok());
        }
        Ok(names)
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + Send + '_>> {
        Ok(Box::new(BufReader::with_capacity(1 << 16, std::fs::File::open(self.0.join(name))?)))
    }
}

/// Files inside the program.
#[derive(Debug, Clone, Copy)]
pub struct Embedded(pub &'static [(&'static str, &'static [u8])]);

impl Source for Embedded {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.0.iter().map(|(name, _)| (*name).to_owned()).collect())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + Send + '_>> {
        let file = self.0.iter().find(|(known, _)| *known == name);
        file.map(|(_, bytes)| Box::new(*bytes) as Box<dyn BufRead + Send>).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
