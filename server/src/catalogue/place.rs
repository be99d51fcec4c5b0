//! Putting what was written where it belongs, so that a kill at any moment leaves the old or the new, and never nothing.
//!
//! It is written beside its place first, under a name with the number of the process: `.out.part-4711`. What a killed process
//! left is cleaned away by the next one.

use std::io;
use std::path::{Path, PathBuf};

use super::MANIFEST;

/// Only what an export made, or nothing at all, is ever replaced.
pub fn may_replace(folder: &Path) -> io::Result<bool> {
    match std::fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(e) => Err(e),
        Ok(entries) => {
            let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
            let names = names.collect::<io::Result<Vec<String>>>()?;
            let ours = |name: &String| name == MANIFEST || name.ends_with(".jsonl");
            Ok(names.is_empty() || (names.iter().all(ours) && names.iter().any(|name| name == MANIFEST)))
        }
    }
}

/// `out` → `.out.part-4711`, on the same disk, so that a rename is enough.
pub fn beside(path: &Path, what: &str) -> PathBuf {
    path.with_file_name(format!(".{}.{what}-{}", name_of(path), std::process::id()))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match removed {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Takes away what processes that are no more have left beside `path`; what one of them had moved aside comes back where
/// nothing took its place.
pub fn clean(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let prefix = format!(".{}.", name_of(path));
    for entry in entries {
        let entry = entry?.path();
        let name = name_of(&entry);
        let Some((what, process)) = name.strip_prefix(&prefix).and_then(|rest| rest.split_once('-')) else { continue };
        if !process.parse().is_ok_and(is_gone) {
            continue;
        }
        match what {
            "old" if !path.exists() => std::fs::rename(&entry, path)?,
            "old" | "part" => remove(&entry)?,
            _ => {}
        }
    }
    Ok(())
}

/// Where the system does not tell, nobody counts as gone.
fn is_gone(process: u32) -> bool {
    Path::new("/proc/self").exists() && !Path::new("/proc").join(process.to_string()).exists()
}

/// The folder `part` becomes `folder`; what was there goes.
pub fn put(part: &Path, folder: &Path) -> io::Result<()> {
    if !folder.exists() {
        return std::fs::rename(part, folder);
    }
    if exchange(part, folder) {
        return remove(part);
    }
    // A file system that cannot exchange two names: after a kill between these, `clean` brings the old one back.
    let old = beside(folder, "old");
    remove(&old)?;
    std::fs::rename(folder, &old)?;
    std::fs::rename(part, folder)?;
    remove(&old)
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(path: &Path, text: &str) {
        std::fs::create_dir_all(path).unwrap();
        std::fs::write(path.join(MANIFEST), text).unwrap();
    }

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path.join(MANIFEST)).unwrap()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_is_never_missing_while_another_takes_its_place() {
        let all = tempfile::tempdir().unwrap();
        let (out, stop) = (all.path().join("out"), std::sync::atomic::AtomicBool::new(false));
        folder_with(&out, "0");
        std::thread::scope(|scope| {
            let watching = scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    assert!(out.exists(), "there is always one");
                }
            });
            for round in 1..200 {
                let part = beside(&out, "part");
                folder_with(&part, &round.to_string());
                put(&part, &out).unwrap();
                assert_eq!(read(&out), round.to_string());
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            watching.join().unwrap();
        });
        assert_eq!(std::fs::read_dir(all.path()).unwrap().count(), 1, "and nothing beside it");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_a_killed_process_left_is_cleaned_away_or_brought_back() {
        let all = tempfile::tempdir().unwrap();
        let out = all.path().join("out");
        let gone = std::process::Command::new("true").spawn().and_then(|mut child| child.wait().map(|_| child.id())).unwrap();
        folder_with(&all.path().join(format!(".out.old-{gone}")), "old");
        folder_with(&all.path().join(format!(".out.part-{gone}")), "half");
        let running = all.path().join(format!(".out.part-{}", std::process::id()));
        folder_with(&running, "at work");
        folder_with(&all.path().join(format!(".other.part-{gone}")), "not ours");
        clean(&out).unwrap();
        assert_eq!(read(&out), "old", "what had been moved aside is back");
        let mut left: Vec<_> = std::fs::read_dir(all.path()).unwrap().map(|entry| name_of(&entry.unwrap().path())).collect();
        left.sort();
        assert_eq!(left, [format!(".other.part-{gone}"), name_of(&running), "out".to_owned()]);
    }
}
