//! The program as an operator runs it: its commands, its complaints, and what is left after it is killed.

mod program;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use program::{Server, place, run, said, write_folder, xiaoxiang};

#[test]
fn help_teaches_the_commands_and_every_setting() {
    let folder = tempfile::tempdir().unwrap();
    let help = said(&run(xiaoxiang(folder.path()).arg("--help")));
    for word in ["serve", "migrate", "catalog", "curation", "search", "reindex", "check"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    for setting in server::config::SETTINGS {
        assert!(help.contains(&format!("XIAOXIANG_{}", setting.name.to_uppercase())), "{}", setting.name);
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_a_sentence_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [
        ("XIAOXIANG_ADDR", "here"),
        ("XIAOXIANG_SAMPLES", "maybe"),
        ("XIAOXIANG_ADRESS", "x"),
        ("XIAOXIANG_LOG_LEVEL", "a=b=c"),
        ("XIAOXIANG_LOG_LEVEL", "verbose"),
    ] {
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
        assert!(done.elapsed() < Duration::from_secs(60), "it is found");
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
