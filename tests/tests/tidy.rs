//! The invariants that a machine can check.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository").to_owned()
}

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display())).flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push((path.clone(), std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found
}

fn manifest(of: &str) -> String {
    let text = std::fs::read_to_string(root().join(of).join("Cargo.toml")).expect("a manifest");
    text.split("[dev-dependencies]").next().unwrap_or_default().to_owned()
}

#[test]
fn rules_have_nothing_to_reach_the_world_with() {
    let manifest = manifest("domain");
    for name in ["tokio", "sea-orm", "leptos", "axum", "tantivy", "reqwest", "\"clock\""] {
        assert!(!manifest.contains(name), "domain depends on {name}");
    }
    for (path, text) in files("domain/src", "rs") {
        for word in ["Utc::now", "Local::now", "SystemTime", "Instant::now", "std::fs", "std::env", "std::net"] {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
    }
}

#[test]
fn pages_know_nothing_of_storage_and_search() {
    let manifest = manifest("app");
    for name in ["sea-orm", "tantivy", "tokio", "axum", "server"] {
        assert!(!manifest.contains(&format!("\n{name}")), "app depends on {name}");
    }
}

#[test]
fn only_islands_become_wasm() {
    for (path, text) in files("app/src", "rs") {
        let inside = path.components().any(|part| part.as_os_str() == "islands");
        assert!(inside || !text.contains("#[island]"), "{} has an island outside app/src/islands", path.display());
    }
}

#[test]
fn rows_stay_in_the_store() {
    for (path, text) in files("server/src", "rs") {
        let inside = path.components().any(|part| part.as_os_str() == "store") || path.ends_with("store.rs");
        assert!(inside || !text.contains("sea_orm"), "{} reaches past the store", path.display());
    }
}

#[test]
fn history_does_not_move() {
    let manifest = manifest("migrations");
    for name in ["domain", "server", "app"] {
        assert!(!manifest.contains(&format!("\n{name}")), "migrations depend on {name}");
    }
}

#[test]
fn search_knows_neither_rows_nor_http() {
    for (path, text) in files("server/src/search", "rs") {
        for word in ["crate::store", "crate::http", "crate::services", "axum"] {
            assert!(!text.contains(word), "{} knows {word}", path.display());
        }
    }
}

#[test]
fn files_can_be_held_in_the_head() {
    for folder in ["domain", "app/src", "offline", "server", "migrations", "planner", "tests", "xtask"] {
        for (path, text) in files(folder, "rs") {
            let lines = text.lines().count();
            assert!(lines <= 450, "{} has {lines} lines", path.display());
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            assert!(!["utils", "helpers", "common", "manager", "dto"].contains(&name.as_str()), "{} has no noun", path.display());
        }
    }
}

#[test]
fn colours_come_from_the_tokens() {
    for (path, text) in files("style", "css") {
        // Paper has a set of tokens of its own.
        if path.ends_with("tokens.css") || path.ends_with("print.css") {
            continue;
        }
        let offending: Vec<_> = text.lines().filter(|line| line.contains(": #") || line.contains("rgb(")).collect();
        assert!(offending.is_empty(), "{}: {offending:?}", path.display());
    }
}
