//! The bureau's commands, beside a server and without one.

mod program;

use std::process::Output;
use std::time::{Duration, Instant};

use program::{Server, run, said, xiaoxiang};

fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A decision that is in force today.
fn pin(id: &str, listing: &str) -> String {
    let from = chrono::Utc::now().date_naive() - chrono::Days::new(2);
    serde_json::json!({
        "id": id, "kind": "pin", "query": "古镇", "listings": [listing], "from": from, "until": from + chrono::Days::new(30),
        "reason": { "zh": "冬季推介" },
    })
    .to_string()
}

#[test]
fn decisions_made_on_the_command_line_are_in_force_on_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("decisions.jsonl");
    let server = Server::start(&data);
    let shows = || server.get("/search?q=%E5%8F%A4%E9%95%87").1.contains("冬季推介");
    assert!(!shows());

    std::fs::write(&file, pin("pin-1", "pl-002") + "\n").unwrap();
    let preview = succeeds(&run(xiaoxiang(&data).args(["curation", "preview", "--query", "凤凰"]).arg(&file)));
    assert!(preview.contains("+ pl-002 at 1") && preview.contains("“凤凰”") && preview.contains("stay as they are"), "{preview}");
    assert_eq!(succeeds(&run(xiaoxiang(&data).args(["curation", "list"]))), "", "a preview writes nothing");

    assert!(succeeds(&run(xiaoxiang(&data).args(["curation", "add"]).arg(&file))).starts_with("1 decisions written"));
    let wait_until = |wanted: bool| {
        let deadline = Instant::now() + Duration::from_secs(60);
        while shows() != wanted {
            assert!(Instant::now() < deadline, "the server follows");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    wait_until(true);
    let listed = succeeds(&run(xiaoxiang(&data).args(["curation", "list"])));
    assert!(listed.contains("pin-1 r1 pin pl-002 “古镇”"), "{listed}");

    let stale = run(xiaoxiang(&data).args(["curation", "end", "pin-1", "--revision", "9"]));
    assert!(!stale.status.success() && said(&stale).contains("revision 1"), "{}", said(&stale));
    assert_eq!(succeeds(&run(xiaoxiang(&data).args(["curation", "end", "pin-1", "--revision", "1"]))), "Ended.\n");
    wait_until(false);
    assert!(succeeds(&run(xiaoxiang(&data).args(["curation", "list", "--ended"]))).contains("ended"));
}

#[test]
fn what_is_exported_can_be_imported_and_what_is_wrong_is_named_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let (file, out) = (folder.path().join("in.jsonl"), folder.path().join("out.jsonl"));
    let synonym = r#"{"id":"syn-1","kind":"synonym","word":"三下鍋","others":["干锅"],"both_ways":true,"from":"2026-11-01","reason":{"zh":"张家界的叫法"}}"#;
    std::fs::write(&file, format!("{}\n{synonym}\n", pin("pin-1", "no-such"))).unwrap();
    let added = run(xiaoxiang(&here).args(["curation", "add"]).arg(&file));
    assert!(
        succeeds(&added).starts_with("2 decisions written") && said(&added).contains("no listing no-such"),
        "{}",
        said(&added)
    );
    succeeds(&run(xiaoxiang(&here).args(["curation", "export"]).arg(&out)));
    assert!(succeeds(&run(xiaoxiang(&there).args(["curation", "import"]).arg(&out))).starts_with("2 decisions written, 0"));
    assert!(succeeds(&run(xiaoxiang(&there).args(["curation", "import"]).arg(&out))).starts_with("0 decisions written, 2"));
    let again = succeeds(&run(xiaoxiang(&there).args(["curation", "export", "-"])));
    assert_eq!(again, std::fs::read_to_string(&out).unwrap());
    assert!(again.contains("三下锅"), "words are kept as search compares them: {again}");

    std::fs::write(&file, format!("{}\n{{\"id\":\"x\"}}\n", pin("PIN", "pl-002"))).unwrap();
    let wrong = run(xiaoxiang(&here).args(["curation", "add"]).arg(&file));
    assert!(
        !wrong.status.success() && said(&wrong).contains("in.jsonl:1: id") && said(&wrong).contains("in.jsonl:2: json"),
        "{}",
        said(&wrong)
    );
}

#[test]
fn a_report_of_nothing_is_a_report_and_a_wrong_month_is_named() {
    let folder = tempfile::tempdir().unwrap();
    succeeds(&run(xiaoxiang(folder.path()).arg("migrate")));
    let report =
        |form: &str| succeeds(&run(xiaoxiang(folder.path()).args(["search", "report", "--month", "2026-11", "--format", form])));
    assert!(report("text").contains("nothing that enough people have asked for"));
    assert!(report("json").contains(r#""searches":[]"#));
    assert!(report("csv").starts_with("text,county,"));
    for wrong in [["--month", "2026-13"], ["--month", "november"]] {
        let output = run(xiaoxiang(folder.path()).args(["search", "report"]).args(wrong));
        assert!(!output.status.success() && said(&output).contains("--month"), "{}", said(&output));
    }
}

#[test]
fn what_was_searched_for_just_before_a_stop_is_counted() {
    use server::store::Store;
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    assert_eq!(server.get("/api/v1/search?q=%E6%93%82%E8%8C%B6").0, 200);
    let asked = std::process::Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().expect("kill runs");
    assert!(asked.success() && server.child.wait().expect("it stops").success());
    let url = format!("sqlite:{}", folder.path().join("xiaoxiang.db").display());
    let rows = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::connect_to_existing(&url).await.unwrap();
        let today = domain::time::day_of(chrono::Utc::now());
        store.asked_in(domain::search::asked::month_of(today)).await.unwrap()
    });
    assert_eq!(rows.iter().map(|row| (row.text.as_str(), row.tally.asked())).collect::<Vec<_>>(), [("擂茶", 1)]);
}
