//! The program as an operator runs it: its commands, its complaints, and what is left after it is killed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn xiaoxiang(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xiaoxiang"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("XIAOXIANG_DATA_DIR", data).env("XIAOXIANG_ADDR", "127.0.0.1:0").env("XIAOXIANG_RATE_LIMIT", "0");
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program starts")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

struct Server {
    child: Child,
    addr: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = xiaoxiang(data).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it says where");
        let addr = line.trim().rsplit_once("http://").unwrap_or_else(|| panic!("no address in {line:?}")).1.to_owned();
        Self { child, addr }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.addr).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a socket");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no status in {text:?}"));
        (status, text)
    }

    fn total(&self, path: &str) -> u64 {
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

#[test]
fn help_teaches_the_commands_and_every_setting() {
    let folder = tempfile::tempdir().unwrap();
    let help = said(&run(xiaoxiang(folder.path()).arg("--help")));
    for word in ["serve", "migrate", "catalog", "reindex", "check"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    for setting in server::config::SETTINGS {
        assert!(help.contains(&format!("XIAOXIANG_{}", setting.name.to_uppercase())), "{}", setting.name);
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_a_sentence_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in
        [("XIAOXIANG_ADDR", "here"), ("XIAOXIANG_SAMPLES", "maybe"), ("XIAOXIANG_ADRESS", "x"), ("XIAOXIANG_LOG_LEVEL", "a=b=c")]
    {
        let output = run(xiaoxiang(folder.path()).env(name, value).arg("serve"));
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(name), "{}", said(&output));
    }
    let output =
        run(xiaoxiang(folder.path()).env("XIAOXIANG_DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing").arg("migrate"));
    assert!(!output.status.success() && said(&output).contains("XIAOXIANG_DATABASE_URL"), "{}", said(&output));
}

#[test]
fn on_an_empty_folder_serve_is_all_it_takes_and_a_second_server_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("new"));
    assert_eq!(server.get("/readyz").0, 200);
    assert!(server.total("/api/v1/search") > 580);
    let second = run(xiaoxiang(&folder.path().join("new")).arg("serve"));
    assert!(!second.status.success() && said(&second).contains("XIAOXIANG_DATA_DIR"), "{}", said(&second));
}

#[test]
fn asked_to_stop_it_stops_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let asked = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().expect("kill runs");
    assert!(asked.success());
    let deadline = Instant::now() + Duration::from_secs(30);
    let status = loop {
        if let Some(status) = server.child.try_wait().expect("a child") {
            break status;
        }
        assert!(Instant::now() < deadline, "it stops");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success());
}

/// One place with a title of its own, as a line of an import.
fn place(number: usize) -> String {
    serde_json::json!({
        "id": format!("kt-{number:05}"), "slug": format!("kill-test-{number}"), "title": { "zh": format!("断电石{number}号") },
        "summary": { "zh": "只为试验断电之后一条不少、一条不多而设的地方。" }, "region": "433123", "terrain": "village",
        "provenance": { "source": "test", "confidence": "editorial", "as_of": "2026-11-01", "licence": "CC-BY-4.0" },
        "published_at": "2026-11-01T00:00:00Z", "updated_at": "2026-11-01T00:00:00Z",
        "details": { "kind": "place", "sort": { "zh": "试验地" } },
    })
    .to_string()
}

fn write_folder(folder: &Path, lines: &[String]) {
    std::fs::create_dir_all(folder).unwrap();
    let manifest = serde_json::json!({
        "format": 1, "as_of": "2026-11-01", "licence": "CC-BY-4.0", "credits": [], "files": [{ "name": "places.jsonl", "kind": "place" }],
    });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::write(folder.join("places.jsonl"), lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

#[test]
fn killed_at_any_moment_nothing_is_lost_and_nothing_invented() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut known = Server::start(&data).total("/api/v1/search");
    for round in 0..6_usize {
        let server = Server::start(&data);
        let incoming = folder.path().join(format!("in-{round}"));
        let lines: Vec<_> = (0..400).map(|i| place(round * 400 + i)).collect();
        write_folder(&incoming, &lines);
        let mut import = xiaoxiang(&data)
            .args(["catalog", "import"])
            .arg(&incoming)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Another moment each round: before, during and after the transaction and the index's commit.
        std::thread::sleep(Duration::from_millis(60 * (round as u64 * round as u64)));
        if round % 2 == 0 {
            import.kill().unwrap();
        }
        let imported = import.wait().unwrap().success();
        drop(server); // SIGKILL, whatever the index is doing
        let server = Server::start(&data);
        let now = server.total("/api/v1/search");
        assert!(now == known || now == known + 400, "all of an import or nothing: {known} -> {now}");
        assert!(!imported || now == known + 400, "an import that said it was done is there");
        known = now;
        let deadline = Instant::now() + Duration::from_secs(5);
        drop(server);
        let check = run(xiaoxiang(&data).arg("check"));
        assert!(check.status.success() && Instant::now() < deadline + Duration::from_secs(30), "{}", said(&check));
    }
}

#[test]
fn an_import_while_serving_is_found_within_a_second_of_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let incoming = folder.path().join("in");
    write_folder(&incoming, &[place(1)]);
    let output = run(xiaoxiang(&data).args(["catalog", "import"]).arg(&incoming));
    assert!(output.status.success(), "{}", said(&output));
    let done = Instant::now();
    let query = "/api/v1/search?q=%22%E6%96%AD%E7%94%B5%E7%9F%B3%22"; // "断电石"
    while server.total(query) == 0 {
        assert!(done.elapsed() < Duration::from_secs(5), "it is found");
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("found {:?} after the import ended", done.elapsed());
    let again = run(xiaoxiang(&data).args(["catalog", "import"]).arg(&incoming));
    assert!(said(&again).contains("0 new, 0 changed, 0 withdrawn, 1 unchanged"), "{}", said(&again));
}

#[test]
fn a_bad_row_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let incoming = folder.path().join("in");
    write_folder(&incoming, &[place(1), place(2).replace("433123", "999999"), place(3)]);
    let output = run(xiaoxiang(&data).args(["catalog", "import"]).arg(&incoming));
    assert!(!output.status.success());
    let complaint = said(&output);
    assert!(complaint.contains("places.jsonl") && complaint.contains('2') && complaint.contains("region"), "{complaint}");
    write_folder(&incoming, &[place(1), place(2)[..80].to_owned()]);
    let half = run(xiaoxiang(&data).args(["catalog", "import"]).arg(&incoming));
    assert!(!half.status.success() && said(&half).contains("places.jsonl"), "{}", said(&half));
    let out = folder.path().join("out");
    assert!(run(xiaoxiang(&data).args(["catalog", "export"]).arg(&out)).status.success());
    let written = std::fs::read_to_string(out.join("places.jsonl")).unwrap_or_default();
    assert_eq!(written, "", "nothing was written");
}

#[test]
fn check_finds_a_broken_index_and_mend_repairs_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    drop(Server::start(&data));
    assert!(run(xiaoxiang(&data).arg("check")).status.success());
    std::fs::remove_dir_all(data.join("index")).unwrap();
    let broken = run(xiaoxiang(&data).arg("check"));
    assert_eq!(broken.status.code(), Some(1), "{}", said(&broken));
    assert!(said(&broken).contains("missing from the index"));
    assert!(run(xiaoxiang(&data).args(["check", "--mend"])).status.success());
    assert!(run(xiaoxiang(&data).arg("check")).status.success());
}

#[test]
fn reindex_works_beside_a_server_and_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    let server = Server::start(&data);
    let before = std::fs::read_to_string(data.join("index/CURRENT")).unwrap();
    let asked = run(xiaoxiang(&data).arg("reindex"));
    assert!(asked.status.success(), "{}", said(&asked));
    let deadline = Instant::now() + Duration::from_secs(30);
    while std::fs::read_to_string(data.join("index/CURRENT")).unwrap() == before {
        assert!(Instant::now() < deadline, "the server builds a new index");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.get("/readyz").0, 200);
    drop(server);
    assert!(said(&run(xiaoxiang(&data).arg("reindex"))).contains("documents"));
}

#[test]
fn the_dumps_carry_licence_and_no_samples() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(Server::start(&data));
    for format in ["jsonld", "geojson", "csv"] {
        let out = folder.path().join(format);
        let output = run(xiaoxiang(&data).args(["catalog", "export", "--format", format]).arg(&out));
        assert!(output.status.success(), "{}", said(&output));
        let file = std::fs::read_dir(&out)
            .unwrap()
            .flatten()
            .find(|entry| entry.file_name().to_string_lossy().ends_with(format))
            .expect("a dump")
            .path();
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            text.contains("CC-BY-4.0") || text.contains("creativecommons.org/licenses/by/4.0"),
            "{format} states its licence"
        );
        assert!(text.contains("GeoNames"), "{format} credits");
        assert!(text.contains("wulingyuan") && !text.contains("st-001"), "{format} has places and no samples");
    }
}
