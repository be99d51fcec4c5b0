//! Stops chosen in a browser: what it is given for that, and what becomes of the plan that it sends.

use serde_json::{Value, json};

use super::*;

/// The form for two days from Jishou, filled in.
pub async fn form(browser: &Browser) -> Vec<(String, String)> {
    let page = browser.get("/trips/new").await;
    let (_, mut fields) = page.form("#new-trip").unwrap();
    let filled = [("starts", a_saturday().to_string()), ("days", "2".into()), ("start", "433101".into()), ("choose", "1".into())];
    for (name, value) in filled {
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_owned(), value));
    }
    fields
}

fn with(fields: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

/// What a browser's worker does with a task, told to stop after its first plan.
fn chosen(task: &str) -> Value {
    let mut said = vec![];
    planner::choose(task, || false, |plan| said.push(plan)).unwrap();
    serde_json::from_str(&said[0]).unwrap()
}

#[tokio::test]
async fn what_a_browser_chooses_is_the_trip() {
    let mut browser = Browser::new();
    let fields = form(&browser).await;
    let task = browser.visitor().post("/trips/new/task", &fields).await;
    assert_eq!((task.status, task.header("cache-control")), (200, "private, no-store"), "{}", task.body);
    let found = chosen(&task.body);
    let plan = found["plan"].as_str().unwrap();
    let made = browser.post("/trips/new", &with(&fields, "plan", plan)).await;
    assert_eq!(made.status, 303, "{}", made.texts(".notice").join("\n"));
    let page = browser.get(made.header("location")).await;
    let said: Vec<Vec<String>> = found["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day.as_array().unwrap().iter().map(|stop| stop["name"].as_str().unwrap().to_owned()).collect())
        .collect();
    assert_eq!(names(&page), said);
    assert!(said.concat().len() > 1 && !page.texts(".trip__note").is_empty(), "with the reasons for each");
}

#[tokio::test]
async fn a_form_that_is_not_right_yet_is_no_task() {
    let mut browser = Browser::new();
    let fields = form(&browser).await;
    for (name, value) in [("start", ""), ("days", "400"), ("adults", "0"), ("budget", "-1"), ("choose", "")] {
        let task = browser.post("/trips/new/task", &with(&fields, name, value)).await;
        assert_eq!((task.status, task.body.as_str()), (422, ""), "{name}={value}");
    }
    let foreign = browser.visitor().with("origin", "https://evil.test").post("/trips/new/task", &fields).await;
    assert_eq!(foreign.status, 403);
}

#[tokio::test]
async fn a_plan_that_cannot_be_used_is_not_and_the_site_chooses() {
    let mut browser = Browser::new();
    let fields = form(&browser).await;
    let task = browser.visitor().post("/trips/new/task", &fields).await;
    let plan = chosen(&task.body)["plan"].as_str().unwrap().to_owned();
    for (days, plan) in [("2", "nonsense"), ("3", plan.as_str())] {
        let made = browser.post("/trips/new", &with(&with(&fields, "days", days), "plan", plan)).await;
        assert_eq!(made.status, 303, "{}", made.texts(".notice").join("\n"));
        let page = browser.get(made.header("location")).await;
        assert_eq!(names(&page).len().to_string(), days, "{plan}");
        assert!(!names(&page).concat().is_empty());
    }
    let mut vanished: Value = serde_json::from_str(&plan).unwrap();
    vanished["days"][0]["visits"][0]["at"] = json!({ "listing": "pl-999999" });
    let refused = browser.post("/trips/new", &with(&fields, "plan", &vanished.to_string())).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text(".notice--problem").contains("已不在目录里"), "{}", refused.text(".notice--problem"));
}
