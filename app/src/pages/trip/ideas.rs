//! What else there is around, a button away.

use domain::Lang;
use domain::listing::Listing;
use domain::trip::course::nearest_day;
use leptos::prelude::*;

use super::{Editor, day_name};
use crate::ui::{self, hidden};
use crate::views::{Plan, TripPage};

/// `离第2天的路约3公里`: a position is a few hundred metres off at best, and the way is no straight line.
fn beside(lang: Lang, plan: &Plan, listing: &Listing) -> Option<String> {
    let (day, km) = nearest_day(&plan.trip, &plan.facts, listing.position?.point())?;
    let (number, km) = (day + 1, km.round() as u32);
    Some(match km {
        0 | 1 => lang.pick(format!("就在第{number}天的路边"), format!("beside the way of day {number}")),
        _ => lang.pick(format!("离第{number}天的路约{km}公里"), format!("some {km} km off the way of day {number}")),
    })
}

pub(super) fn ideas(lang: Lang, page: &TripPage, editor: &Editor) -> Option<AnyView> {
    if page.ideas.is_empty() && page.remarks.nearly.is_empty() {
        return None;
    }
    let days = (1..=page.plan.trip.days.len())
        .map(|day| view! { <option value=day.to_string()>{day_name(lang, day - 1)}</option> })
        .collect::<Vec<_>>();
    let nearly = page.remarks.nearly.iter().map(|(listing, day, detour)| {
        let (day, detour) = (day_name(lang, *day), *detour);
        let why = match detour {
            0 => lang.pick(format!("顺着{day}的路，只是时间不够"), format!("on the way of {day}, but there is no time for it")),
            _ => lang.pick(format!("{day}要多走{detour}分钟的路"), format!("{detour} min more on the road on {day}")),
        };
        (listing, Some(lang.pick(format!("差一点就选上：{why}"), format!("nearly chosen: {why}"))))
    });
    let others = page.ideas.iter().filter(|listing| page.remarks.nearly.iter().all(|(near, ..)| near.id != listing.id));
    let items: Vec<_> = nearly
        .chain(others.map(|listing| (listing, None)))
        .map(|(listing, why)| {
            let name = listing.title.get(lang).to_owned();
            let label = lang.pick(format!("加上{name}"), format!("Add {name}"));
            view! {
                <li class="trip__idea">
                    <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a>
                    {beside(lang, &page.plan, listing).map(|said| view! { <small>{said}</small> })}
                    {listing.sample.then(|| view! { " " {ui::sample_badge(lang)} })}
                    {why.map(|why| view! { <small class="trip__why">{why}</small> })}
                    <button
                        class="button button--quiet"
                        type="submit"
                        name="listing"
                        value=listing.id.as_str().to_owned()
                        aria-label=label
                    >
                        {lang.pick("加上", "Add")}
                    </button>
                </li>
            }
        })
        .collect();
    let view = view! {
        <section class="section no-print" id="ideas" aria-labelledby="ideas-title">
            {ui::heading("ideas", lang.pick("顺路还可以去", "Along your way"))}
            <form method="post" action=editor.action(lang)>
                {editor.marks("ideas")}
                {hidden("set", "add")}
                <div class="form__row">
                    <label for="idea-day">{lang.pick("加到哪一天", "On which day")}</label>
                    <select class="field" id="idea-day" name="day">{days}</select>
                </div>
                <ul class="trip__ideas">{items}</ul>
            </form>
        </section>
    };
    Some(view.into_any())
}
