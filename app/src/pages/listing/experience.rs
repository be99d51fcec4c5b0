//! An experience: when it takes place, and what it comes to for one person.

use domain::Lang;
use domain::listing::kinds::{Experience, Session};
use leptos::prelude::*;

use crate::ui;
use crate::views::Chrome;

/// None where there is nothing to add to the facts.
pub fn taking_part(chrome: &Chrome, experience: &Experience) -> Option<AnyView> {
    let lang = chrome.lang;
    let total = match (experience.price, experience.material_cost) {
        (Some(price), Some(material)) => {
            let all = domain::Fen(price.0 + material.0);
            Some(lang.pick(
                format!("一个人共{all}：体验{price}，材料{material}。"),
                format!("{all} a person in all: {price} for the session, {material} for materials."),
            ))
        }
        _ => None,
    };
    if experience.sessions.is_empty() && total.is_none() {
        return None;
    }
    let rows: Vec<_> = experience.sessions.iter().map(|session| row(session, lang)).collect();
    let timetable = (!rows.is_empty()).then(|| {
        view! {
            <table class="timetable">
                <caption>{lang.pick("每周场次（北京时间）", "Weekly sessions (Beijing time)")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{lang.pick("星期", "Days")}</th>
                        <th scope="col">{lang.pick("时间", "Time")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let view = view! {
        <section class="section" id="sessions" aria-labelledby="sessions-title">
            {ui::heading("sessions", lang.pick("什么时候，多少钱", "When, and how much"))}
            {timetable}
            {total.map(|total| view! { <p>{total}</p> })}
        </section>
    };
    Some(view.into_any())
}

fn row(session: &Session, lang: Lang) -> AnyView {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let names = lang.pick(ZH, EN);
    let named = session.weekdays.iter().filter_map(|day| names.get((*day as usize).wrapping_sub(1)).copied());
    let days = if session.weekdays.len() == 7 {
        lang.pick("每天", "Every day").to_owned()
    } else {
        named.collect::<Vec<_>>().join(lang.pick("、", ", "))
    };
    let hours = format!("{}–{}", session.start, session.end);
    view! { <tr><th scope="row">{days}</th><td>{hours}</td></tr> }.into_any()
}
