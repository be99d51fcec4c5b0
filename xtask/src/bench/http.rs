//! `bench http`: pages beside a bare axum handler that returns the same bytes from memory.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::machine::megabytes;
use super::open_loop;
use super::server::{self, Server};
use super::wrk::{self, Load};
use crate::build::say;
use crate::process;
use crate::workspace::Workspace;

/// 凤凰
const QUERY: &str = "%E5%87%A4%E5%87%B0";
/// How often the start is measured; the middle one counts.
const STARTS: usize = 5;

pub fn bench(workspace: &Workspace, binary: &Path, seconds: u64) -> Result<String> {
    wrk::available()?;
    say("building the bare handler");
    process::run(workspace.cargo().args(["build", "--release", "--package", "server", "--example", "bare"]))?;
    let bench = Bench {
        bare: workspace.target.join("release/examples/bare"),
        binary: binary.to_owned(),
        folder: tempfile::Builder::new().prefix("xiaoxiang-bench-").tempdir()?,
        seconds,
    };
    let (life, pages) = bench.life(workspace)?;
    Ok(format!("{}\n{life}", bench.loads(&pages)?))
}

struct Bench {
    bare: PathBuf,
    binary: PathBuf,
    folder: tempfile::TempDir,
    seconds: u64,
}

/// One kind of load on one server.
struct Measured {
    load: Load,
    /// The p99 at half of that rate.
    half: Duration,
}

impl Bench {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Start, memory and sizes; and which pages to load.
    fn life(&self, workspace: &Workspace) -> Result<(String, Vec<String>)> {
        say("first start, on an empty folder");
        let first = Server::serve(&self.binary, &self.data(), &[])?;
        let filled = first.ready_after;
        let pages = pages(&first)?;
        drop(first);
        let mut starts =
            (0..STARTS).map(|_| Ok(Server::serve(&self.binary, &self.data(), &[])?.ready_after)).collect::<Result<Vec<_>>>()?;
        starts.sort();
        let running = Server::serve(&self.binary, &self.data(), &[])?;
        let fresh = running.resident();
        say("memory under load");
        for page in &pages {
            wrk::run(running.addr, page, "br", self.seconds)?;
        }
        let loaded = running.resident();
        let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(workspace.site().join("manifest.json"))?)?;
        let asset = |name: &str| -> Result<usize> {
            let path = manifest[name].as_str().with_context(|| format!("the manifest has no {name}"))?;
            Ok(running.get(path, "br")?.body.len())
        };
        let (css, wasm) = (asset("css")?, asset("wasm")?);
        let html = running.get("/", "br")?.body.len();

        let mut table = "| What | Measured | Budget |\n|---|---:|---:|\n".to_owned();
        writeln!(table, "| Start on an empty folder, until searchable | {} ms | |", filled.as_millis())?;
        let start = starts[STARTS / 2].as_millis();
        writeln!(table, "| Start with an existing database, until searchable (middle of {STARTS}) | {start} ms | 300 ms |")?;
        writeln!(table, "| Resident memory after the start | {} | 120 MB |", megabytes(fresh))?;
        writeln!(table, "| Resident memory after load on the pages above | {} | 120 MB |", megabytes(loaded))?;
        writeln!(table, "| First view of the home page, HTML + CSS, brotli | {:.1} kB | 100 kB |", (html + css) as f64 / 1e3)?;
        writeln!(table, "| wasm, brotli | {:.1} kB | 120 kB |", wasm as f64 / 1e3)?;
        Ok((table, pages))
    }

    fn loads(&self, pages: &[String]) -> Result<String> {
        let mut table = format!(
            "wrk, {} thread, {} connections, {} s each; p99 at half rate by an open loop of as many connections\n\n\
             | Page | Encoding | Cache | Requests/s | Bare axum, same bytes | Ratio | p50 / p99 at full rate | p99 at half rate |\n\
             |---|---|---|---:|---:|---:|---:|---:|\n",
            wrk::THREADS,
            wrk::CONNECTIONS,
            self.seconds
        );
        for page in pages {
            for encoding in ["identity", "br"] {
                say(&format!("loading {page}, {encoding}"));
                let (bare, cached) = {
                    let server = Server::serve(&self.binary, &self.data(), &[])?;
                    let sent = server.get(page, encoding)?.content_encoding;
                    if sent.as_deref().unwrap_or("identity") != encoding {
                        writeln!(table, "| `{page}` | not sent as {encoding} | | | | | | |")?;
                        continue;
                    }
                    (self.bare(&server, page, encoding)?, self.measure(&server, page, encoding)?)
                };
                let anew = {
                    let server = Server::serve(&self.binary, &self.data(), &[("XIAOXIANG_PAGE_CACHE", "0")])?;
                    self.measure(&server, page, encoding)?
                };
                for (state, it) in [("rendered anew", anew), ("from cache", cached)] {
                    let Load { per_second, p50_ms, p99_ms } = it.load;
                    let (ratio, half) = (per_second / bare.per_second, it.half.as_secs_f64() * 1e3);
                    writeln!(
                        table,
                        "| `{page}` | {encoding} | {state} | {per_second:.0} | {:.0} | {ratio:.2} | {p50_ms:.2} / {p99_ms:.2} ms | {half:.2} ms |",
                        bare.per_second
                    )?;
                }
            }
        }
        Ok(table)
    }

    fn measure(&self, server: &Server, page: &str, encoding: &str) -> Result<Measured> {
        // Once to warm up: both sides of the comparison get it.
        wrk::run(server.addr, page, encoding, 1)?;
        let load = wrk::run(server.addr, page, encoding, self.seconds)?;
        let time = Duration::from_secs(self.seconds);
        let half = open_loop::measure(server.addr, page, encoding, load.per_second / 2.0, wrk::CONNECTIONS, time)?;
        Ok(Measured { load, half })
    }

    /// The bare handler with the bytes that `server` gives for the page. Only one of the two is under load at a time.
    fn bare(&self, server: &Server, page: &str, encoding: &str) -> Result<Load> {
        let answer = server.get(page, encoding)?;
        let file = self.folder.path().join("page");
        std::fs::write(&file, &answer.body)?;
        let addr = server::free_addr()?;
        let mut command = Command::new(&self.bare);
        command.arg(addr.to_string()).arg(&file).arg(&answer.content_type).args(&answer.content_encoding);
        let bare = Server::start(&mut command, addr, page)?;
        wrk::run(bare.addr, page, encoding, 1)?;
        wrk::run(bare.addr, page, encoding, self.seconds)
    }
}

/// A route's page, the search page, and the interfaces for searching and for suggestions.
fn pages(server: &Server) -> Result<Vec<String>> {
    let routes: serde_json::Value = serde_json::from_slice(&server.get("/api/v1/listings?kind=route", "identity")?.body)?;
    let slug = first_slug(&routes).context("there is no route to show")?;
    let searching = ["/search", "/api/v1/search", "/api/v1/suggest"].map(|path| format!("{path}?q={QUERY}"));
    Ok([format!("/routes/{slug}")].into_iter().chain(searching).collect())
}

fn first_slug(value: &serde_json::Value) -> Option<&str> {
    match value {
        serde_json::Value::Object(fields) => {
            fields.get("slug").and_then(|slug| slug.as_str()).or_else(|| fields.values().find_map(first_slug))
        }
        serde_json::Value::Array(items) => items.iter().find_map(first_slug),
        _ => None,
    }
}
