//! Listings side by side: facts in rows, listings in columns.

use chrono::NaiveDate;
use domain::Lang;
use domain::listing::{Fact, Kind, Listing};
use domain::time::say_day;
use domain::trip::facts::{HoursBasis, PlaceFacts};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, ComparePage};

pub fn render(chrome: &Chrome, page: &ComparePage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("并排比较", "Side by side");
    let names: Vec<&str> = page.listings.iter().map(|listing| listing.title.get(lang)).collect();
    let description = match names.len() {
        0 => lang.pick("把几条放在一起看。", "Several listings beside each other.").to_owned(),
        _ => names.join(lang.pick("、", ", ")),
    };
    let head = Head { noindex: true, homeless: true, ..Head::new(title, description) };
    document(chrome, head, || {
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::link(lang.pick("我的收藏", "Saved"), href::page(lang, href::SAVED)), Crumb::here(title)])}
            <h1>{title}</h1>
            {remarks(lang, page)}
            {(!page.listings.is_empty()).then(|| table(chrome, page))}
            <p class="no-print">
                <a class="button" href=href::page(lang, href::SAVED)>{lang.pick("从收藏里选", "Choose from what you saved")}</a>
            </p>
        }
    })
}

/// What of the wish could not be done, and what to do next.
fn remarks(lang: Lang, page: &ComparePage) -> AnyView {
    let most = ComparePage::MOST;
    let mut said: Vec<String> = Vec::new();
    if !page.left_out.is_empty() {
        let names: Vec<&str> = page.left_out.iter().map(|listing| listing.title.get(lang)).collect();
        let names = names.join(lang.pick("、", ", "));
        said.push(lang.pick(
            format!("一次最多比较{most}条，没有放进来的：{names}。"),
            format!("At most {most} stand side by side; left out: {names}."),
        ));
    }
    if !page.unknown.is_empty() {
        let ids = page.unknown.join(lang.pick("、", ", "));
        said.push(lang.pick(
            format!("目录里没有这些编号，可能已经撤下：{ids}。"),
            format!("Not in the catalogue, perhaps no longer: {ids}."),
        ));
    }
    match page.listings.len() {
        0 => said.push(lang.pick("还没有选要比较的条目。", "Nothing to compare is chosen yet.").to_owned()),
        1 => said.push(
            lang.pick(
                "只有一条，没有可比的：再选一条到三条。",
                "There is only one, and nothing to compare it with: choose one to three more.",
            )
            .to_owned(),
        ),
        _ => {}
    }
    let items: Vec<_> = said.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect();
    (!items.is_empty()).then(|| view! { <div class="notice" role="status">{items}</div> }).into_any()
}

/// One row: a value for each listing; none where nobody knows it.
struct Line {
    name: &'static str,
    label: String,
    values: Vec<Cell>,
}

#[derive(Clone, PartialEq, Eq)]
enum Cell {
    Known(String),
    Unknown,
    /// Its kind has no such fact.
    Foreign,
}

impl Cell {
    fn say(&self, lang: Lang) -> String {
        match self {
            Cell::Known(text) => text.clone(),
            Cell::Unknown => lang.pick("未知", "Not known").to_owned(),
            Cell::Foreign => lang.pick("没有这一项", "Does not apply").to_owned(),
        }
    }
}

fn table(chrome: &Chrome, page: &ComparePage) -> AnyView {
    let lang = chrome.lang;
    let listings: Vec<&Listing> = page.listings.iter().map(|listing| &**listing).collect();
    let several = listings.len() > 1;
    let heads: Vec<_> = listings.iter().map(|listing| column_head(lang, listing, &listings)).collect();
    let rows: Vec<_> = lines(chrome, &listings)
        .into_iter()
        .map(|line| {
            let differs = several && line.values.windows(2).any(|pair| pair[0] != pair[1]);
            // Whether what nobody knows is the same, nobody knows.
            let unknown = line.values.contains(&Cell::Unknown);
            let mark = (several && !unknown).then(|| match differs {
                true => view! { <small class="compare__differs">{lang.pick("≠ 不同", "≠ differs")}</small> }.into_any(),
                false => view! { <small class="compare__same">{lang.pick("= 相同", "= the same")}</small> }.into_any(),
            });
            let cells: Vec<_> = line
                .values
                .iter()
                .map(|value| {
                    let class = if matches!(value, Cell::Known(_)) { "" } else { "compare__unknown" };
                    view! { <td class=class>{ui::foreign(&value.say(lang), lang)}</td> }
                })
                .collect();
            let class = if several && !differs && !unknown { "compare__row compare__row--same" } else { "compare__row" };
            view! {
                <tr class=class data-fact=line.name>
                    <th scope="row">{line.label} " " {mark}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let label = lang.pick("比较表，可以左右滚动", "The table; it can be scrolled sideways");
    view! {
        <div class="compare" role="region" aria-label=label tabindex="0">
            <table class="compare__table">
                <thead>
                    <tr><td class="compare__corner"></td>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn column_head(lang: Lang, listing: &Listing, all: &[&Listing]) -> AnyView {
    let others: Vec<&str> = all.iter().filter(|other| other.id != listing.id).map(|other| other.id.as_str()).collect();
    let without = format!("{}?ids={}", href::page(lang, href::COMPARE), others.join(","));
    let name = listing.title.get(lang);
    let remove = (all.len() > 1).then(|| {
        let what = lang.pick("去掉", "Leave out");
        let label = format!("{what}{}{name}", lang.pick("：", ": "));
        view! { <a href=without aria-label=label rel="nofollow">{what}</a> }
    });
    let trip = match listing.kind() {
        Kind::Offer => None,
        Kind::Route => Some((href::plan_route(lang, listing), lang.pick("排行程", "Plan it"))),
        _ => Some((href::add_to_trip(lang, listing), lang.pick("加入行程", "Add to a trip"))),
    };
    let colon = lang.pick("：", ": ");
    let trip = trip.map(|(href, label)| {
        view! { <a href=href rel="nofollow" aria-label=format!("{label}{colon}{name}")>{label}</a> }
    });
    view! {
        <th scope="col">
            <a href=listing.path(lang)>{ui::translated(&listing.title, lang)}</a>
            {listing.sample.then(|| view! { " " {ui::sample_badge(lang)} })}
            <span class="compare__do no-print">{trip} " " {remove}</span>
        </th>
    }
    .into_any()
}

/// What all have comes first, then the kinds' own facts as the first listing that has one orders them.
fn lines(chrome: &Chrome, listings: &[&Listing]) -> Vec<Line> {
    let (lang, today) = (chrome.lang, chrome.today);
    let all = |name, label: &str, value: &dyn Fn(&Listing) -> Option<String>| Line {
        name,
        label: label.to_owned(),
        values: listings.iter().map(|listing| value(listing).map_or(Cell::Unknown, Cell::Known)).collect(),
    };
    let mut lines = vec![
        all("kind", lang.pick("种类", "Kind"), &|listing| Some(listing.kind().label(lang).to_owned())),
        all("region", lang.pick("在哪里", "Where"), &|listing| where_it_is(lang, listing)),
        all("today", lang.pick("今天开放", "Open today"), &|listing| open_today(lang, listing, today)),
        all("months", lang.pick("适宜月份", "Good months"), &|listing| {
            (!listing.months.is_empty()).then(|| listing.months.say(lang))
        }),
    ];
    let facts: Vec<Vec<Fact>> =
        listings.iter().map(|listing| listing.facts(lang).into_iter().map(|it| alike(it, lang)).collect()).collect();
    for fact in facts.iter().flatten() {
        // The kinds' own names for the same thing are one row.
        if lines.iter().any(|line| line.name == fact.name) {
            continue;
        }
        let values = facts.iter().zip(listings).map(|(own, listing)| match own.iter().find(|it| it.name == fact.name) {
            Some(it) => Cell::Known(match &it.note {
                Some(note) => lang.pick(format!("{}（{note}）", it.value), format!("{} ({note})", it.value)),
                None => it.value.clone(),
            }),
            None => {
                let same_kind = |other: &(&Vec<Fact>, &&Listing)| {
                    other.1.kind() == listing.kind() && other.0.iter().any(|it| it.name == fact.name)
                };
                let usual = listing.kind().sample().facts(lang).into_iter().any(|it| alike(it, lang).name == fact.name);
                // What a place costs is a question everywhere, and mostly nobody knows.
                let usual = usual || fact.name == "price";
                if usual || facts.iter().zip(listings).any(|other| same_kind(&other)) { Cell::Unknown } else { Cell::Foreign }
            }
        });
        lines.push(Line { name: fact.name, label: fact.label.clone(), values: values.collect() });
    }
    if !lines.iter().any(|line| line.name == "price") {
        lines.push(all("price", lang.pick("价格", "Price"), &|_| None));
    }
    lines.push(all("tags", lang.pick("标签", "Tags"), &|listing| {
        let tags: Vec<_> = listing.tags.iter().map(|tag| tag.label(lang)).collect();
        (!tags.is_empty()).then(|| tags.join(lang.pick("、", ", ")))
    }));
    lines.push(all("source", lang.pick("资料", "Source"), &|listing| {
        let (sure, day) = (listing.provenance.confidence.label(lang), say_day(listing.provenance.as_of, lang));
        Some(lang.pick(format!("{sure}，截至{day}"), format!("{sure}, as of {day}")))
    }));
    lines
}

/// What kinds call by names of their own, and is the same question, by one name. What a price is for goes with its figure.
fn alike(fact: Fact, lang: Lang) -> Fact {
    let price = lang.pick("价格", "Price");
    match fact.name {
        "sort" => Fact { name: "type", label: lang.pick("类型", "Type").to_owned(), ..fact },
        "price" if fact.label != price => {
            let value =
                lang.pick(format!("{}（{}）", fact.value, fact.label), format!("{} ({})", fact.value, fact.label.to_lowercase()));
            Fact { label: price.to_owned(), value, ..fact }
        }
        _ => fact,
    }
}

fn where_it_is(lang: Lang, listing: &Listing) -> Option<String> {
    let names: Vec<&str> =
        listing.all_regions().iter().filter_map(|code| code.region()).map(|region| region.name.get(lang)).collect();
    (!names.is_empty()).then(|| names.join(lang.pick("、", ", ")))
}

/// None where nobody knows: what is usual is no answer here.
fn open_today(lang: Lang, listing: &Listing, today: NaiveDate) -> Option<String> {
    let open = PlaceFacts::of(listing).open_on(today);
    // A bed has no hours, and whether one is free nobody knows here.
    if open.basis != HoursBasis::Known || listing.kind() == Kind::Stay {
        return None;
    }
    if open.hours.is_empty() {
        return Some(lang.pick("今天不开放", "Shut today").to_owned());
    }
    if open.hours == [domain::trip::Hours::ALL_DAY] {
        return Some(lang.pick("全天", "All day").to_owned());
    }
    Some(open.say(lang))
}
