//! A trip without a signal: shown, changed, and changed again, from a pack and the forms that could not be sent yet.
//!
//! A `pack` is the JSON of [`TripPack`], a `queue` a JSON list of form bodies in the order in which they were sent, a `look` the JSON
//! of [`Look`].

mod local;

use app::pages;
use app::trips::change;
use app::trips::form::Typed;
use app::trips::pack::TripPack;
use app::views::{Change, Chrome, Clockwork, ConflictPage, GonePage, Guests, TodayPage, TripPage, Trouble};
use domain::{Problem, Text};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::look::Look;
use local::Local;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// Said of what only the site itself can do.
pub const NO_SIGNAL: &str = "no_signal";
/// Said of what could be done but not written down.
pub const NO_ROOM: &str = "no_room";

fn read_pack(json: &str) -> Result<TripPack, String> {
    serde_json::from_str(json).map_err(|why| format!("pack: {why}"))
}

fn read_queue(json: &str) -> Result<Vec<String>, String> {
    serde_json::from_str(json).map_err(|why| format!("queue: {why}"))
}

/// A page of the trip: `path` is `/trips/{id}`, `/trips/{id}/today` or `/trips/{id}/print`, with or without a language.
/// `{"status":200,"html":"…"}`; another path is 404 with no page, and the worker shows what it kept.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn trip_page(pack: &str, queue: &str, look: &str, path: &str) -> Result<String, String> {
    let (pack, queue) = (read_pack(pack)?, read_queue(queue)?);
    let look = Look::read(look)?.at(path);
    let local = Local::of(&pack, &queue, &look);
    let bare = look.path.split(['?', '#']).next().unwrap_or_default();
    let of_the_trip = bare.strip_prefix("/trips/").and_then(|rest| rest.strip_prefix(pack.stored.id.as_str()));
    let (status, html) = match of_the_trip {
        Some("") => (200, page(&pack, &local, &look, None)),
        Some("/today") => today(&pack, &local, &look).map_or((404, String::new()), |html| (200, html)),
        Some("/print") => (200, print(&pack, &local, &look)),
        _ => (404, String::new()),
    };
    Ok(json!({ "status": status, "html": html }).to_string())
}

/// A form that could not be sent; `look.path` is where it was sent to. `{"kind":"done","location":"/trips/…#day-2","queued":true}`:
/// it can be done, and where `queued` is true its body belongs at the end of the queue (it is not where it changes nothing, or is
/// there already). Else `{"kind":"page","status":422,"html":"…"}`, with the problem and with what was typed.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn trip_change(pack: &str, queue: &str, body: &str, look: &str) -> Result<String, String> {
    let (pack, queue) = (read_pack(pack)?, read_queue(queue)?);
    let look = Look::read(look)?;
    let look = look.clone().at(&look.path);
    let local = Local::of(&pack, &queue, &look);
    let typed = Typed::read(body);
    let edits = look.path.split('?').next().is_some_and(|path| path.ends_with("/edit"));
    let look = look.at(&format!("/trips/{}", pack.stored.id));
    let refused = |status: u16, typed: Typed, problems: Vec<Problem>| Ok(refusal(&pack, &local, &look, status, typed, problems));
    if !edits {
        return refused(503, typed, vec![needs_signal()]);
    }
    let done = |place: String, queued: bool| {
        let location = app::href::trip(look.lang, &pack.stored.id, &place);
        Ok(json!({ "kind": "done", "location": location, "queued": queued }).to_string())
    };
    let stored = &local.stored;
    if queue.iter().any(|sent| sent == body) || stored.recent.iter().any(|recent| recent.key == body) {
        return done(change::anchor(&typed, None, &stored.trip), false);
    }
    match local.try_one(body) {
        local::Tried::Nothing => done(change::anchor(&typed, None, &stored.trip), false),
        local::Tried::Done(wish, _) => done(change::anchor(&typed, Some(&wish), &stored.trip), true),
        local::Tried::Refused(problems) => refused(422, typed, problems),
        local::Tried::Outdated(version, wish) => {
            let view: ConflictPage = change::conflict(stored, version, wish, &local.facts(), local.key());
            let html = pages::trip::conflict::render(&local.chrome(&pack, &look), &view);
            Ok(json!({ "kind": "page", "status": 409, "html": html }).to_string())
        }
    }
}

/// The answer to a form that could be done, where the device has no room to write it down: the page with that sentence and with what
/// was typed, status 507. Arguments and shape are those of [`trip_change`].
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn trip_change_without_room(pack: &str, queue: &str, body: &str, look: &str) -> Result<String, String> {
    let (pack, queue) = (read_pack(pack)?, read_queue(queue)?);
    let look = Look::read(look)?;
    let look = look.at(&look.path).at(&format!("/trips/{}", pack.stored.id));
    let local = Local::of(&pack, &queue, &look);
    let zh = "这部设备给这个网站的地方不够，这处修改没有存下；腾出些空间，再做一次";
    let en = "this device has too little room for this site, and the change was not kept; make some and do it again";
    Ok(refusal(&pack, &local, &look, 507, Typed::read(body), vec![Problem::new("form", NO_ROOM, zh, en)]))
}

#[derive(Deserialize)]
struct Step {
    body: String,
    version: i64,
}

/// A trip's pack as the server has it since. `steps` is a JSON list of `{"body":"…","version":7}`: forms that were sent, in this order, and
/// the version that came of each. An empty body says that others have changed the trip, and nothing of how. What is older than the
/// pack is passed over.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn trip_pack_after(pack: &str, steps: &str) -> Result<String, String> {
    let steps: Vec<Step> = serde_json::from_str(steps).map_err(|why| format!("steps: {why}"))?;
    let read = read_pack(pack)?;
    let mut local = Local::at(&read, &[], read.made_at);
    for step in steps {
        if step.version > local.stored.version {
            local.follow(&step.body, step.version);
        }
    }
    let whole =
        serde_json::from_str(pack).and_then(|whole: Map<String, Value>| Ok((whole, serde_json::to_value(&local.stored)?)));
    let (mut whole, stored) = whole.map_err(|why| format!("pack: {why}"))?;
    if let Value::Object(stored) = stored {
        whole.extend(stored);
    }
    Ok(Value::Object(whole).to_string())
}

/// The version that the trip has with all that waits, and what of that cannot be done any more:
/// `{"version":7,"problems":[{"index":0,"code":"outdated","zh":"…","en":"…"}]}`.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn trip_state(pack: &str, queue: &str, now_ms: f64) -> Result<String, String> {
    let (pack, queue) = (read_pack(pack)?, read_queue(queue)?);
    let local = Local::at(&pack, &queue, chrono::DateTime::from_timestamp_millis(now_ms as i64).unwrap_or_default());
    let problems: Vec<_> = local
        .problems
        .iter()
        .map(|(index, problem)| json!({ "index": index, "code": problem.code, "zh": problem.text.zh, "en": problem.text.en }))
        .collect();
    Ok(json!({ "version": local.stored.version, "problems": problems }).to_string())
}

/// What the trip is called by now, and how many changes wait.
pub(crate) fn title_and_waiting(pack: &TripPack, queue: &[String], look: &Look) -> (String, usize) {
    let local = Local::of(pack, queue, look);
    (local.stored.trip.title, local.waiting)
}

/// A trip that the site does not have any more, or not for this device, while this device has it: what waits for it, and a button that
/// takes it off the device. `look.path` is any of the trip's. `{"html":"…"}`.
///
/// # Errors
/// Where an argument is not what it should be, in words for a programmer.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn gone_page(pack: &str, queue: &str, look: &str) -> Result<String, String> {
    let (pack, queue) = (read_pack(pack)?, read_queue(queue)?);
    let look = Look::read(look)?;
    let look = look.at(&look.path).at(&format!("/trips/{}", pack.stored.id));
    let mut local = Local::of(&pack, &[], &look);
    let waiting = queue.iter().map(|body| said(&mut local, body)).collect();
    let view = GonePage { id: pack.stored.id.clone(), title: local.stored.trip.title.clone(), waiting };
    // It is made now, though of what was kept.
    let chrome = Chrome { kept_at: None, ..local.chrome(&pack, &look) };
    let html = pages::trip::gone::render(&chrome, &view);
    Ok(json!({ "html": html }).to_string())
}

/// A form in words, and the trip with it.
fn said(local: &mut Local, body: &str) -> Text {
    match local.try_one(body) {
        local::Tried::Done(wish, next) => {
            let said = change::say(&wish, &[&local.stored.trip], &local.facts());
            local.stored = *next;
            said
        }
        local::Tried::Outdated(_, wish) => change::say(&wish, &[&local.stored.trip], &local.facts()),
        local::Tried::Nothing | local::Tried::Refused(_) => Text::new("一处修改", "a change"),
    }
}

fn needs_signal() -> Problem {
    let zh = "没有信号，这一步要连上网才能做；行程还在，改动也还在";
    let en = "there is no signal, and this needs one; the trip and your changes are still here";
    Problem::new("form", NO_SIGNAL, zh, en)
}

fn refusal(pack: &TripPack, local: &Local, look: &Look, status: u16, typed: Typed, problems: Vec<Problem>) -> String {
    let html = page(pack, local, look, Some(change::trouble(typed, problems)));
    json!({ "kind": "page", "status": status, "html": html }).to_string()
}

fn page(pack: &TripPack, local: &Local, look: &Look, trouble: Option<Trouble>) -> String {
    let stored = &local.stored;
    let view = TripPage {
        id: stored.id.clone(),
        version: stored.version,
        key: local.key(),
        can_undo: stored.history.can_undo(),
        can_redo: stored.history.can_redo(),
        shares: pack.shares.clone(),
        guests: Guests::Unknown,
        ideas: pack.ideas(stored),
        remarks: Default::default(),
        unmended: false,
        plan: pack.plan(stored, local.now),
        trouble,
    };
    pages::trip::render(&local.chrome(pack, look), &view)
}

/// By the device's clock. What could stand in for a stop only the site knows. None where there is no such day.
fn today(pack: &TripPack, local: &Local, look: &Look) -> Option<String> {
    let (plan, stored) = (pack.plan(&local.stored, local.now), &local.stored);
    let asked = Typed::read(look.path.split_once('?').map_or("", |(_, query)| query));
    let day = pages::trip::today::day_asked(&plan, asked.get("day"), local.now)?;
    let change = Change { id: stored.id.clone(), version: stored.version, key: local.key() };
    let view = TodayPage {
        back: app::href::trip(look.lang, &stored.id, ""),
        change: Some(change),
        plan,
        day,
        now: local.now,
        clock: Clockwork::Device,
        instead: None,
    };
    Some(pages::trip::today::render(&local.chrome(pack, look), &view))
}

fn print(pack: &TripPack, local: &Local, look: &Look) -> String {
    let back = app::href::trip(look.lang, &local.stored.id, "");
    let group = local.stored.trip.group.as_ref();
    pages::trip::print::render(&local.chrome(pack, look), &pack.plan(&local.stored, local.now), &back, group)
}
