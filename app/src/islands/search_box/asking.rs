//! One request for suggestions at a time; only the newest answer counts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use domain::Lang;
use leptos::prelude::{TimeoutHandle, set_timeout, set_timeout_with_handle, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, RequestInit, Response};

use super::suggestions::Suggestion;
use crate::islands::browser::field;

/// How long the typing must rest.
const REST: Duration = Duration::from_millis(120);
/// An answer later than this comes too late to be of use.
const PATIENCE: Duration = Duration::from_secs(3);
/// Nobody types a longer one by hand.
const LONGEST: usize = 60;

pub struct Asking {
    lang: Lang,
    /// Counts every question and every change of mind; an answer to an older number is dropped.
    newest: Cell<u32>,
    waiting: Cell<Option<TimeoutHandle>>,
    running: RefCell<Option<AbortController>>,
}

impl Asking {
    pub fn new(lang: Lang) -> Rc<Self> {
        Rc::new(Self { lang, newest: Cell::new(0), waiting: Cell::new(None), running: RefCell::new(None) })
    }

    /// Whatever was asked is not wanted any more.
    pub fn forget(&self) -> u32 {
        self.newest.set(self.newest.get().wrapping_add(1));
        if let Some(waiting) = self.waiting.take() {
            waiting.clear();
        }
        if let Some(running) = self.running.take() {
            running.abort();
        }
        self.newest.get()
    }

    /// Asks once the typing rests, and hands what was answered to `then`: nothing, where something went wrong.
    pub fn ask(self: &Rc<Self>, typed: &str, then: impl FnOnce(Vec<Suggestion>) + 'static) {
        let number = self.forget();
        let typed = typed.trim().to_owned();
        if typed.is_empty() || typed.chars().count() > LONGEST || spares_data() {
            return then(vec![]);
        }
        let asking = self.clone();
        let rested = move || {
            asking.waiting.set(None);
            spawn_local(async move {
                // An error is not spoken of: the form is still there.
                let suggestions = asking.fetch(&typed, number).await.unwrap_or_default();
                if asking.newest.get() == number {
                    then(suggestions);
                }
            });
        };
        self.waiting.set(set_timeout_with_handle(rested, REST).ok());
    }

    async fn fetch(self: &Rc<Self>, typed: &str, number: u32) -> Result<Vec<Suggestion>, JsValue> {
        let controller = AbortController::new()?;
        let request = RequestInit::new();
        request.set_signal(Some(&controller.signal()));
        self.running.replace(Some(controller));
        let asking = self.clone();
        set_timeout(
            move || {
                if asking.newest.get() == number {
                    asking.give_up()
                }
            },
            PATIENCE,
        );

        let typed = String::from(js_sys::encode_uri_component(typed));
        let url = ["/api/v1/suggest?q=", &typed, "&lang=", self.lang.code()].concat();
        let response: Response = JsFuture::from(window().fetch_with_str_and_init(&url, &request)).await?.unchecked_into();
        if !response.ok() {
            return Err(JsValue::UNDEFINED);
        }
        let answer = JsFuture::from(response.json()?).await?;
        if self.newest.get() == number {
            self.running.replace(None);
        }
        Ok(read(&answer))
    }

    fn give_up(&self) {
        if let Some(running) = self.running.take() {
            running.abort();
        }
    }
}

/// `{"suggestions":[{"text","kind","url"}]}`; what is not like that is left out.
fn read(answer: &JsValue) -> Vec<Suggestion> {
    let Some(list) = field(answer, "suggestions").and_then(|it| it.dyn_into::<js_sys::Array>().ok()) else { return vec![] };
    let text = |item: &JsValue, name: &str| field(item, name).and_then(|it| it.as_string());
    let suggestion = |item: JsValue| Suggestion::new(text(&item, "text")?, text(&item, "kind").as_deref(), text(&item, "url")?);
    list.iter().filter_map(suggestion).collect()
}

/// Whoever saves data, or has little of it, is not asked for on every key.
pub fn spares_data() -> bool {
    let Some(connection) = field(&window().navigator(), "connection") else { return false };
    let saves = field(&connection, "saveData").is_some_and(|it| it.is_truthy());
    saves || field(&connection, "effectiveType").and_then(|it| it.as_string()).is_some_and(|it| it.ends_with("2g"))
}
