//! The built program, run as an operator runs it.
#![allow(dead_code, reason = "no test program uses all of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

pub fn xiaoxiang(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xiaoxiang"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("XIAOXIANG_DATA_DIR", data).env("XIAOXIANG_ADDR", "127.0.0.1:0").env("XIAOXIANG_RATE_LIMIT", "0");
    command
}

pub fn run(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

pub struct Server {
    pub child: Child,
    pub addr: String,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::start_as(&mut xiaoxiang(data))
    }

    /// With an environment of its own.
    pub fn start_as(program: &mut Command) -> Self {
        let mut child = program.arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it says where");
        let addr = line.trim().rsplit_once("http://").unwrap_or_else(|| panic!("no address in {line:?}")).1.to_owned();
        Self { child, addr }
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.addr).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a socket");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no status in {text:?}"));
        (status, text)
    }

    pub fn total(&self, path: &str) -> u64 {
        let (_, text) = self.get(path);
        let after = text.split("\"total\":").nth(1).unwrap_or_else(|| panic!("no total in {text}"));
        after.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One place with a title of its own, as a line of an import.
pub fn place(number: usize) -> String {
    serde_json::json!({
        "id": format!("kt-{number:05}"), "slug": format!("kill-test-{number}"), "title": { "zh": format!("断电石{number}号") },
        "summary": { "zh": "只为试验断电之后一条不少、一条不多而设的地方。" }, "region": "433123", "terrain": "village",
        "provenance": { "source": "test", "confidence": "editorial", "as_of": "2026-11-01", "licence": "CC-BY-4.0" },
        "published_at": "2026-11-01T00:00:00Z", "updated_at": "2026-11-01T00:00:00Z",
        "details": { "kind": "place", "sort": { "zh": "试验地" } },
    })
    .to_string()
}

pub fn write_folder(folder: &Path, lines: &[String]) {
    std::fs::create_dir_all(folder).unwrap();
    let manifest = serde_json::json!({
        "format": 1, "as_of": "2026-11-01", "licence": "CC-BY-4.0", "credits": [], "files": [{ "name": "places.jsonl", "kind": "place" }],
    });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::write(folder.join("places.jsonl"), lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}
