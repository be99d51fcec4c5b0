//! What an operator does to a catalogue that is being served, and what must not happen meanwhile.

mod program;

use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use program::{Server, place, run, said, write_folder, xiaoxiang};

fn import(data: &Path, folder: &Path, options: &[&str]) -> String {
    let output = run(xiaoxiang(data).args(["catalog", "import"]).args(options).arg(folder));
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

fn places(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(place).collect()
}

/// Waits for what must come, however long a busy machine takes.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("{what}: after {:?}", started.elapsed());
}

#[test]
fn a_dry_run_names_what_would_change_and_an_import_counts_it() {
    let folder = tempfile::tempdir().unwrap();
    let (data, incoming) = (folder.path().join("data"), folder.path().join("in"));
    assert!(run(xiaoxiang(&data).arg("migrate")).status.success());
    write_folder(&incoming, &places(0..3));
    let dry = import(&data, &incoming, &["--dry-run"]);
    assert!(dry.contains("+ place kt-00000") && dry.contains("3 new, 0 changed, 0 withdrawn, 0 unchanged would be"), "{dry}");
    let done = import(&data, &incoming, &[]);
    assert!(
        !done.contains("kt-") && done.contains("3 new, 0 changed"),
        "a dry run wrote nothing, and an import only counts: {done}"
    );
    write_folder(&incoming, &[place(0), place(1).replace("试验地", "别的地")]);
    let asked = import(&data, &incoming, &["--diff", "--prune"]);
    assert!(asked.contains("~ place kt-00001: details.sort") && asked.contains("- place kt-00002"), "{asked}");
    assert!(asked.contains("0 new, 1 changed, 1 withdrawn, 1 unchanged were"), "{asked}");
}

#[test]
fn two_imports_and_a_start_at_once_on_an_empty_folder_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let imports: Vec<_> = [0..1_500, 1_000..2_500]
        .into_iter()
        .enumerate()
        .map(|(half, numbers)| {
            let incoming = folder.path().join(format!("in-{half}"));
            write_folder(&incoming, &places(numbers));
            let mut import = xiaoxiang(&data);
            import.args(["catalog", "import"]).arg(&incoming).stdout(Stdio::piped()).stderr(Stdio::piped());
            import.spawn().unwrap()
        })
        .collect();
    let server = Server::start(&data);
    let mut new = 0;
    for import in imports {
        let output = import.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        new += report.split(' ').next().and_then(|count| count.parse::<u64>().ok()).expect(&report);
    }
    assert_eq!(new, 2_500, "what both have is new once");
    until("everything is searchable", || server.total("/api/v1/search?q=%22%E6%96%AD%E7%94%B5%E7%9F%B3%22") == 2_500);
    assert!(server.total("/api/v1/search") > 2_500 + 580, "and the embedded catalogue with it");
    drop(server);
    assert!(run(xiaoxiang(&data).arg("check")).status.success());
}

#[test]
fn what_only_reads_makes_no_database_and_moves_no_schema() {
    let folder = tempfile::tempdir().unwrap();
    let (data, incoming, out) = (folder.path().join("data"), folder.path().join("in"), folder.path().join("out"));
    write_folder(&incoming, &places(0..1));
    let commands: [&[&str]; 3] = [
        &["check"],
        &["catalog", "export", out.to_str().unwrap()],
        &["catalog", "import", "--dry-run", incoming.to_str().unwrap()],
    ];
    for command in commands {
        let output = run(xiaoxiang(&data).args(command));
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert!(said(&output).contains("there is no database at"), "{}", said(&output));
        assert!(!data.exists(), "{command:?} made nothing");
    }
    // a file, but none that was ever prepared
    let url = format!("sqlite:{}", data.join("xiaoxiang.db").display());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let pending = || {
        let store = server::store::Store::connect_to_existing(&url);
        runtime.block_on(async { store.await.unwrap().migrations_pending().await.unwrap().len() })
    };
    runtime.block_on(async { server::store::Store::connect(&url).await.unwrap().close().await.unwrap() });
    let before = pending();
    assert!(before > 0);
    for command in commands {
        let output = run(xiaoxiang(&data).args(command));
        assert!(!output.status.success() && said(&output).contains("xiaoxiang migrate"), "{}", said(&output));
        assert_eq!(pending(), before, "{command:?} moved nothing");
    }
}

#[test]
fn check_mends_beside_a_server_and_says_whether_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_owned();
    let server = Server::start(&data);
    let before = server.total("/api/v1/search");
    // an index of another day, as after a disk was put back: its server holds the files open and goes on
    let index = data.join("index").join(std::fs::read_to_string(data.join("index/CURRENT")).unwrap());
    for entry in std::fs::read_dir(&index).unwrap().flatten() {
        if entry.path().extension().is_some_and(|kind| kind == "store" || kind == "term") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    assert_eq!(run(xiaoxiang(&data).arg("check")).status.code(), Some(1), "it differs");
    let mended = run(xiaoxiang(&data).args(["check", "--mend"]));
    assert!(mended.status.success(), "{}", said(&mended));
    assert!(said(&mended).contains("waiting for it") && said(&mended).contains(", 0 differ."), "{}", said(&mended));
    assert_eq!((server.get("/readyz").0, server.total("/api/v1/search")), (200, before));
    assert!(run(xiaoxiang(&data).arg("check")).status.success());
}

#[test]
fn killed_while_building_an_index_the_old_one_or_the_new_one_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (data, incoming) = (folder.path().join("data"), folder.path().join("in"));
    write_folder(&incoming, &places(0..3_000));
    let server = Server::start(&data);
    import(&data, &incoming, &[]);
    until("the import is searchable", || server.total("/api/v1/search?q=%22%E6%96%AD%E7%94%B5%E7%9F%B3%22") == 3_000);
    let all = server.total("/api/v1/search");
    drop(server);
    for round in 0..3_u64 {
        let mut alone = xiaoxiang(&data).arg("reindex").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(30 + 120 * round));
        alone.kill().unwrap();
        alone.wait().unwrap();
        assert!(run(xiaoxiang(&data).arg("check")).status.success(), "killed beside no server, round {round}");

        let server = Server::start(&data);
        assert!(run(xiaoxiang(&data).arg("reindex")).status.success());
        std::thread::sleep(Duration::from_millis(300 + 400 * round));
        drop(server); // SIGKILL
        let server = Server::start(&data);
        assert_eq!(server.total("/api/v1/search"), all, "round {round}");
        until("what was asked for is done after all", || {
            !["REBUILD", "REBUILD.taken"].iter().any(|name| data.join("index").join(name).exists())
        });
        drop(server);
        assert!(run(xiaoxiang(&data).arg("check")).status.success(), "round {round}");
    }
}

#[test]
fn a_reader_that_goes_away_costs_nothing_but_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let (data, incoming) = (folder.path().join("data"), folder.path().join("in"));
    write_folder(&incoming, &places(0..2_000));
    let mut child = xiaoxiang(&data)
        .args(["catalog", "import", "--diff"])
        .arg(&incoming)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert!(child.wait().unwrap().success(), "{complaint}");
    assert!(!complaint.contains("panicked"), "{complaint}");
    assert!(import(&data, &incoming, &[]).contains("2000 unchanged"));
}

#[test]
fn settings_are_read_from_the_file_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.toml");
    std::fs::write(&file, "samples = \"hidden\"\ncatalogue = \"none\"\n").unwrap();
    let data = folder.path().join("data");
    let server = Server::start_as(xiaoxiang(&data).env("XIAOXIANG_CONFIG", &file));
    assert_eq!(server.total("/api/v1/search"), 0, "the embedded catalogue stays where it is");
    drop(server);
    let server = Server::start_as(xiaoxiang(&data).env("XIAOXIANG_CONFIG", &file).env("XIAOXIANG_CATALOGUE", "embedded"));
    assert!(server.total("/api/v1/search") > 400, "the environment stands over the file");
    assert_eq!(server.total("/api/v1/search?kind=offer"), 0, "and the rest of the file counts");
    drop(server);
    std::fs::write(&file, "colour = \"red\"\n").unwrap();
    let output = run(xiaoxiang(&data).env("XIAOXIANG_CONFIG", &file).arg("serve"));
    assert!(output.status.code() == Some(2) && said(&output).contains("colour"), "{}", said(&output));
}

#[test]
fn a_start_without_its_database_says_so_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let away = "postgres://nobody@127.0.0.1:1/nothing";
    let started = Instant::now();
    let output = run(xiaoxiang(folder.path()).env("XIAOXIANG_DATABASE_URL", away).arg("serve"));
    let complaint = said(&output);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("XIAOXIANG_DATABASE_URL: the database cannot be opened"), "{complaint}");
    assert!(!complaint.contains("panicked"), "{complaint}");
    println!("after {:?}", started.elapsed());
}

#[test]
fn an_offer_ends_with_its_last_day_in_hunan_wherever_the_server_stands() {
    let folder = tempfile::tempdir().unwrap();
    let (data, incoming) = (folder.path().join("data"), folder.path().join("in"));
    let today = || domain::time::day_of(chrono::Utc::now());
    let day = today();
    let offer = |name: &str, until: chrono::NaiveDate| {
        serde_json::json!({
            "id": name, "slug": name, "title": { "zh": name }, "summary": { "zh": "只为试验到期日而设。" }, "terrain": "village",
            "provenance": { "source": "test", "confidence": "editorial", "as_of": "2026-11-01", "licence": "CC-BY-4.0" },
            "published_at": "2026-11-01T00:00:00Z", "updated_at": "2026-11-01T00:00:00Z",
            "details": {
                "kind": "offer", "season": "test", "season_title": { "zh": "试验季" }, "offer": "fixed", "amount": 1000,
                "from": "2026-01-01", "until": until, "who": { "zh": "所有人" }, "kinds": ["stay"], "mode": "direct",
            },
        })
        .to_string()
    };
    std::fs::create_dir_all(&incoming).unwrap();
    let lines = [offer("ends-today", day), offer("ended-yesterday", day.pred_opt().unwrap())].join("\n");
    std::fs::write(incoming.join("offers.jsonl"), lines + "\n").unwrap();
    let manifest = r#"{"format":1,"licence":"CC-BY-4.0","files":[{"name":"offers.jsonl","kind":"offer"}]}"#;
    std::fs::write(incoming.join("manifest.json"), manifest).unwrap();
    import(&data, &incoming, &[]);
    for zone in ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"] {
        let server = Server::start_as(xiaoxiang(&data).env("TZ", zone).env("XIAOXIANG_CATALOGUE", "none"));
        let (status, page) = server.get("/offers-by-county");
        if today() != day {
            return println!("midnight passed in Hunan; the next run tells");
        }
        assert_eq!(status, 200);
        assert!(page.contains("ends-today") && !page.contains("ended-yesterday"), "in {zone}");
    }
}
