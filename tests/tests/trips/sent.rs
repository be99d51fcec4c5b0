//! A trip on a device that has sent a part of what was done to it, or can never send the rest.

use serde_json::{Value, json};

use super::packs::{Device, page_of, plain, same};
use super::*;

const TITLED: (&str, &[(&str, &str)]) = ("#settings form", &[("title", "外婆的周末")]);
const NOTED: (&str, &[(&str, &str)]) = ("#stop-2 form.form", &[("note", "带伞")]);
const REMOVED: (&str, &[(&str, &str)]) = (".trip__undo", &[("edit", r#"{"edit":"remove_visit","visit":1}"#)]);

async fn changed(browser: &Browser, address: &str, changes: &[(&str, &[(&str, &str)])]) -> Device {
    let mut device = Device::take_along(browser, address).await;
    for (form, filled) in changes {
        let page = device.trip_page();
        assert_eq!(device.send(&page, form, filled)["queued"], true, "{form}");
    }
    device
}

/// As the worker counts on what is sent.
fn after(device: &Device, steps: &Value) -> String {
    offline::trip::trip_pack_after(&device.pack, &steps.to_string()).unwrap()
}

#[tokio::test]
async fn what_was_sent_is_still_there_and_what_waits_comes_after_it() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    let mut device = changed(&browser, &address, &[TITLED, REMOVED, NOTED]).await;
    let all = device.trip_page();
    let sent = device.queue.remove(0);
    assert_eq!(device.state()["problems"].as_array().unwrap().len(), 2, "on the pack alone nothing of it can be done");
    device.pack = after(&device, &json!([{ "body": sent, "version": 2 }]));
    assert_eq!(device.state(), json!({ "version": 4, "problems": [] }));
    same(&plain(&device.trip_page()), &plain(&all));
    assert!(device.trip_page().text(".kept").contains("2处改动还没有发出"));

    let page = device.trip_page();
    let (form, filled) = TITLED;
    let twice = offline::trip::trip_change(&device.pack, &device.queue(), &sent, &device.look(&format!("{address}/edit")));
    assert_eq!(serde_json::from_str::<Value>(&twice.unwrap()).unwrap()["queued"], false, "sent twice, done once");
    assert_eq!(device.send(&page, form, filled)["queued"], false, "it is called that already");
    assert_eq!(
        after(&device, &json!([{ "body": "edit=undo", "version": 2 }])),
        after(&device, &json!([])),
        "older than the pack"
    );
}

#[tokio::test]
async fn what_was_decided_on_a_version_of_others_is_shown_with_what_is_known_of_it() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    let mut device = Device::take_along(&browser, &address).await;
    device.pack = after(&device, &json!([{ "body": "", "version": 7 }]));
    assert_eq!(device.state()["version"], 7);
    let page = device.trip_page();
    for (form, filled) in [REMOVED, NOTED] {
        let page = device.trip_page();
        assert_eq!(device.send(&page, form, filled)["queued"], true);
    }
    assert_eq!(device.state(), json!({ "version": 9, "problems": [] }));
    assert_eq!(device.trip_page().texts(".trip__name").len() + 1, page.texts(".trip__name").len());
}

#[tokio::test]
async fn a_change_that_finds_no_room_says_so_beside_what_was_typed() {
    let mut browser = Browser::new();
    let (address, _) = browser.follow_route().await;
    let mut device = changed(&browser, &address, &[TITLED]).await;
    let body = device.queue.remove(0);
    let answer = offline::trip::trip_change_without_room(&device.pack, "[]", &body, &device.look(&format!("{address}/edit")));
    let page = page_of(&serde_json::from_str(&answer.unwrap()).unwrap());
    assert_eq!(page.status, 507);
    assert!(page.text(".notice--problem").contains("这处修改没有存下"), "{}", page.text(".notice--problem"));
    assert_eq!(page.attribute("#settings input[name='title']", "value"), "外婆的周末");
    assert_ne!(page.h1(), "外婆的周末", "it was not done");
}

#[tokio::test]
async fn a_trip_that_is_gone_names_what_can_never_be_sent_and_can_be_removed() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let device = changed(&browser, &address, &[TITLED, REMOVED]).await;
    let gone = |queue: &str, path: &str| {
        let answer: Value =
            serde_json::from_str(&offline::trip::gone_page(&device.pack, queue, &device.look(path)).unwrap()).unwrap();
        page_of(&json!({ "status": 404, "html": answer["html"] }))
    };
    let shown = gone(&device.queue(), &format!("{address}/edit"));
    assert_eq!(shown.h1(), "服务器上没有这个行程了");
    let said = shown.texts(".trip__changes li");
    let first = &names(&page)[0][0];
    assert!(said.len() == 2 && said[0].contains("外婆的周末") && said[1].contains(first), "{said:?}");
    let (action, fields) = shown.form("form[action$='/unsent']").unwrap();
    assert_eq!((action, fields), (format!("{address}/unsent"), vec![("forget".to_owned(), "1".to_owned())]));
    let english = gone("[]", &format!("/en{address}"));
    assert_eq!(english.h1(), "The server does not have this trip any more");
    assert_eq!(english.texts(".trip__changes li"), Vec::<String>::new());
}
