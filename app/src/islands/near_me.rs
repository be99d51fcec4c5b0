//! Asks the device where it is, only when its button is pressed, and goes on with that, rounded. Not there without script; whatever
//! the device answers, the other ways of saying where one is stay.

use domain::Lang;
use leptos::prelude::*;

/// `action` is the page that looks around; the position is put behind it.
#[component]
pub fn NearMe(lang: Lang, action: String) -> impl IntoView {
    let told = lang.pick(
        "按下后，浏览器会问你是否允许。发给本站的只有取整到约100米的坐标，写在网址里，服务器不保存。",
        "Your browser will ask you first. Only coordinates rounded to about 100 m are sent, in the page's address, and the server does not keep them.",
    );
    let asking = lang.pick("正在定位……", "Looking for your position …");
    let denied = lang.pick(
        "没有得到定位的许可。没关系：写地名或点地图一样能看。要再试，先在浏览器设置里允许本站定位。",
        "Your browser does not let this site know where you are. Type a place or tap the map instead; to try again, allow it in the browser's settings first.",
    );
    let unavailable = lang.pick(
        "现在定不了位（没有信号，或设备没有定位）。写地名或点地图一样能看。",
        "Your position cannot be found (no signal, or no such device). Type a place or tap the map instead.",
    );
    let timeout = lang.pick(
        "等了10秒还没有定到位。可以再按一次，或写地名、点地图。",
        "Ten seconds were not enough to find your position. Press again, or type a place, or tap the map.",
    );
    view! {
        <Locator>
            <div
                class="near__locate"
                hidden
                data-action=action
                data-asking=asking
                data-denied=denied
                data-unavailable=unavailable
                data-timeout=timeout
            >
                <button type="button" class="keep__button">{lang.pick("用我的位置", "Use my position")}</button>
                <p><small>{told}</small></p>
            </div>
            <p class="near__said" role="status"></p>
        </Locator>
    }
}

#[island]
fn Locator(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();

    #[cfg(feature = "hydrate")]
    root.on_load(|root| asking::attend(&root));

    view! { <div node_ref=root>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod asking {
    use js_sys::{Function, Object, Reflect};
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, HtmlElement, MouseEvent};

    use crate::islands::browser::{field, listen, select};

    const PATIENCE_MS: f64 = 10_000.0;
    /// A position that is this old is good enough to look around.
    const OLDEST_MS: f64 = 120_000.0;

    pub fn attend(root: &Element) {
        let (Some(part), Some(said)) = (select(root, ".near__locate"), select(root, "[role=status]")) else { return };
        let Some(button) = select(&part, "button") else { return };
        part.set_hidden(false);
        listen(&button, "click", move |_: MouseEvent| ask(&part, &said));
    }

    fn ask(part: &HtmlElement, said: &HtmlElement) {
        let text = |name: &str| part.get_attribute(name).unwrap_or_default();
        said.set_text_content(Some(&text("data-asking")));
        let words = [text("data-denied"), text("data-unavailable"), text("data-timeout")];
        let action = text("data-action");
        let navigator: JsValue = leptos::prelude::window().navigator().into();
        // missing in insecure contexts
        let asked = field(&navigator, "geolocation").and_then(|geolocation| {
            let call: Function = field(&geolocation, "getCurrentPosition")?.dyn_into().ok()?;
            let refused = {
                let (words, said) = (words.clone(), said.clone());
                Closure::once_into_js(move |error: JsValue| said.set_text_content(Some(why(&words, &error))))
            };
            let found = {
                let (words, said) = (words.clone(), said.clone());
                Closure::once_into_js(move |position: JsValue| match rounded(&position) {
                    Some(near) => {
                        let _ = leptos::prelude::window().location().set_href(&[&action, "?near=", &near].concat());
                    }
                    None => said.set_text_content(Some(&words[1])),
                })
            };
            let options = Object::new();
            for (name, value) in [("timeout", PATIENCE_MS), ("maximumAge", OLDEST_MS)] {
                Reflect::set(&options, &name.into(), &value.into()).ok()?;
            }
            call.call3(&geolocation, &found, &refused, &options).ok()
        });
        if asked.is_none() {
            said.set_text_content(Some(&words[1]));
        }
    }

    /// `PERMISSION_DENIED`, `POSITION_UNAVAILABLE`, `TIMEOUT`.
    fn why<'a>(words: &'a [String; 3], error: &JsValue) -> &'a str {
        match field(error, "code").and_then(|code| code.as_f64()) {
            Some(1.0) => &words[0],
            Some(3.0) => &words[2],
            _ => &words[1],
        }
    }

    /// Three decimals: about a hundred metres. More is nobody's business.
    fn rounded(position: &JsValue) -> Option<String> {
        let coords = field(position, "coords")?;
        let degrees = |name: &str| {
            let value = field(&coords, name)?.as_f64()?;
            let digits: js_sys::JsString = js_sys::Number::from(value).to_fixed(3).ok()?;
            digits.as_string()
        };
        Some([degrees("latitude")?, degrees("longitude")?].join(","))
    }
}
