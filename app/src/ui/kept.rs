//! What a page says of itself that is a copy, to be looked at where there is no signal.

use chrono::Timelike;
use domain::Lang;
use domain::time::{Timestamp, say_day, shanghai};
use leptos::prelude::*;

use crate::views::Chrome;

/// Day, hour and minute in Hunan.
pub fn say_moment(at: Timestamp, lang: Lang) -> String {
    let at = at.with_timezone(&shanghai());
    format!("{} {:02}:{:02}", say_day(at.date_naive(), lang), at.hour(), at.minute())
}

/// None on a page as it is now.
pub fn kept(chrome: &Chrome) -> Option<AnyView> {
    let lang = chrome.lang;
    let at = say_moment(chrome.kept_at?, lang);
    let said = lang.pick(
        format!("这是{at}存在这部设备上的副本。价格、余量和优惠是那时的，现在可能变了。"),
        format!("A copy kept on this device on {at}. Prices, what is left and offers are as of then and may have changed."),
    );
    let unsent = (chrome.unsent > 0).then(|| {
        let unsent = chrome.unsent;
        let said = lang.pick(
            format!("有{unsent}处改动还没有发出，连上网后会发。"),
            match unsent {
                1 => "One change has not been sent yet; it will be when there is a signal.".to_owned(),
                _ => format!("{unsent} changes have not been sent yet; they will be when there is a signal."),
            },
        );
        view! { " " <strong>{said}</strong> }
    });
    let view = view! {
        <aside class="kept" aria-label=lang.pick("存下的副本", "A kept copy")>
            <p>{said}{unsent}</p>
        </aside>
    };
    Some(view.into_any())
}
