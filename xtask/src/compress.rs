//! Brotli and gzip copies of assets, remembered by the hash of their content.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use sha2::{Digest, Sha256};

/// How hard to try.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    Quick,
    Best,
}

impl Effort {
    fn brotli(self) -> i32 {
        match self {
            Effort::Quick => 5,
            Effort::Best => 11,
        }
    }

    fn gzip(self) -> flate2::Compression {
        match self {
            Effort::Quick => flate2::Compression::fast(),
            Effort::Best => flate2::Compression::best(),
        }
    }
}

/// The first 16 hex digits of the SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn brotli(bytes: &[u8], effort: Effort, cache: &Path) -> Result<Vec<u8>> {
    remembered(cache, &format!("{}.{}.br", hash(bytes), effort.brotli()), || {
        let params = brotli::enc::BrotliEncoderParams {
            quality: effort.brotli(),
            lgwin: 22,
            size_hint: bytes.len(),
            ..Default::default()
        };
        let mut small = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut small, &params)?;
        Ok(small)
    })
}

pub fn gzip(bytes: &[u8], effort: Effort, cache: &Path) -> Result<Vec<u8>> {
    remembered(cache, &format!("{}.{}.gz", hash(bytes), effort.gzip().level()), || {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), effort.gzip());
        encoder.write_all(bytes)?;
        Ok(encoder.finish()?)
    })
}

/// What `make` gave the last time, if the name says it would give the same again.
pub fn remembered(cache: &Path, name: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let file = cache.join(name);
    if let Ok(bytes) = fs::read(&file) {
        return Ok(bytes);
    }
    let bytes = make()?;
    fs::create_dir_all(cache)?;
    // Written aside and renamed: a half-written entry would be believed for ever.
    let aside = cache.join(format!("{name}.{}.part", std::process::id()));
    fs::write(&aside, &bytes)?;
    fs::rename(aside, file)?;
    Ok(bytes)
}

/// Drops what nobody has made again for a month.
pub fn forget_old(cache: &Path) {
    let month = std::time::Duration::from_secs(30 * 24 * 3600);
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        let made = entry.metadata().and_then(|data| data.modified()).ok();
        if made.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > month) {
            // An entry that stays costs a little room and nothing else.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_was_compressed_comes_back() {
        let cache = tempfile::tempdir().unwrap();
        let text = "潇湘夜雨".repeat(500).into_bytes();
        for effort in [Effort::Quick, Effort::Best] {
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &brotli(&text, effort, cache.path()).unwrap()[..], &mut plain).unwrap();
            assert_eq!(plain, text);
            plain.clear();
            flate2::read::GzDecoder::new(&gzip(&text, effort, cache.path()).unwrap()[..]).read_to_end(&mut plain).unwrap();
            assert_eq!(plain, text);
        }
    }

    #[test]
    fn a_remembered_result_is_not_made_again() {
        let cache = tempfile::tempdir().unwrap();
        remembered(cache.path(), "once", || Ok(b"made".to_vec())).unwrap();
        let again = remembered(cache.path(), "once", || unreachable!("it is remembered")).unwrap();
        assert_eq!(again, b"made");
    }

    #[test]
    fn the_hash_is_the_start_of_the_sha256() {
        assert_eq!(hash(b""), "e3b0c44298fc1c14");
    }
}
