//! What could stand in for a stop, with the reasons, a button away.

use domain::Lang;
use leptos::prelude::*;

use crate::pages::trip::{Editor, as_value};
use crate::ui::{self, hidden};
use crate::views::TodayPage;

pub(super) fn instead(lang: Lang, page: &TodayPage, editor: Option<&Editor>) -> Option<AnyView> {
    let (instead, editor) = page.instead.as_ref().zip(editor)?;
    let visit = page.plan.trip.visit(instead.visit)?;
    let called = visit.at.name(&page.plan.facts);
    let called = called.get(lang);
    let items: Vec<_> = instead
        .places
        .iter()
        .filter_map(|(listing, alternative)| {
            let value = as_value(&alternative.edit(&page.plan.trip, instead.visit)?);
            let mut whys: Vec<String> = vec![];
            whys.extend(alternative.indoor.then(|| lang.pick("室内，下雨也行", "under a roof, good when it rains").to_owned()));
            let km = alternative.km;
            whys.push(match km {
                0 => lang.pick("就在旁边".to_owned(), "next to it".to_owned()),
                _ => lang.pick(format!("直线约{km}公里"), format!("some {km} km away as the crow flies")),
            });
            whys.extend(alternative.whys.iter().map(|why| why.text().get(lang).to_owned()));
            let go = lang.pick("改去这里", "Go here instead");
            let label = format!("{go}{}{}", lang.pick("：", ": "), listing.title.get(lang));
            let sample = listing.sample.then(|| view! { " " {ui::sample_badge(lang)} });
            let view = view! {
                <li class="trip__idea">
                    <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a>
                    {sample}
                    <small>{whys.join(lang.pick("；", "; "))}</small>
                    <button class="button button--quiet" type="submit" name="edit" value=value aria-label=label>
                        {go}
                    </button>
                </li>
            };
            Some(view.into_any())
        })
        .collect();
    let none = items.is_empty().then(|| {
        view! {
            <p>{lang.pick(
                "附近40公里内没有合适的替代：要么那天不开，要么会让别的赶不上。可以在整个行程里去掉这一站，或者往后挪。",
                "Nothing within 40 km would do: it is shut that day, or would make you miss something else. You can remove the stop or move it, on the page of the trip.",
            )}</p>
        }
    });
    let anchor = format!("stop-{}", visit.id.0);
    let view = view! {
        <section class="section no-print" id="instead" aria-labelledby="instead-title">
            {ui::heading("instead", &lang.pick(format!("不去“{called}”，改去哪里"), format!("Instead of {called}")))}
            <p>
                <small>
                    {lang.pick(
                        "这些地方那天没有听说不开，换上也不会多一个赶不上的；天气请自己看。",
                        "Nothing says that these are shut that day, and none makes you miss anything more. The weather is for you to judge.",
                    )}
                </small>
            </p>
            {none}
            <form method="post" action=editor.action(lang)>
                {editor.marks(&anchor)}
                {hidden("to", "today")}
                {hidden("day", (page.day + 1).to_string())}
                <ul class="trip__ideas">{items}</ul>
            </form>
        </section>
    };
    Some(view.into_any())
}
