//! A county, zone or prefecture, with everything there.

use domain::Lang;
use domain::listing::Kind;
use domain::region::{Region, RegionLevel};
use domain::search::Query;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb, Row, Section};
use crate::views::{Chrome, MapPoint, RegionPage, Size};

pub fn render(chrome: &Chrome, page: &RegionPage) -> String {
    let (lang, region) = (chrome.lang, page.region);
    let name = region.name.get(lang);
    let counts: Vec<_> = page
        .sections
        .iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(kind, n, _)| lang.pick(format!("{}{n}", kind.label(lang)), format!("{} {n}", kind.label(lang))))
        .collect();
    let counts = counts.join(lang.pick("、", ", "));
    let description = if counts.is_empty() {
        lang.pick(format!("湖南{name}：县情与去处。"), format!("{name}, Hunan: the facts and what to see."))
    } else {
        lang.pick(format!("湖南{name}：{counts}。"), format!("{name}, Hunan: {counts}."))
    };
    let picture = page.sections.iter().find_map(|(_, _, cards)| cards.first()).map(|card| href::cover_png(&card.listing));
    let head = Head { og_image: picture, print: true, ..Head::new(name, description) };
    document(chrome, head, || {
        view! {
            {ui::breadcrumb(chrome, trail(lang, region))}
            <div class="region">
                <header class="region__head">
                    <h1>{name.to_owned()} {region.lifted_from_poverty.then(|| view! { " " <span class="badge badge--poverty">{lang.pick("脱贫县", "Lifted from poverty")}</span> })}</h1>
                    {(lang == Lang::En).then(|| view! { <p lang="zh-Hans">{region.name.zh.clone()}</p> })}
                </header>
                {ui::facts_table(lang, &lang.pick(format!("{name}：基本情况"), format!("{name}: the facts")), rows(lang, region))}
                {parts(lang, region)}
                {map(chrome, page)}
            </div>
            {sections(chrome, page)}
        }
    })
}

fn trail(lang: Lang, region: &Region) -> Vec<Crumb> {
    let mut trail = vec![Crumb::link(lang.pick("县区", "Counties"), href::page(lang, href::COUNTIES))];
    let prefecture = region.prefecture_region();
    if prefecture.code != region.code {
        trail.push(Crumb::link(prefecture.name.get(lang), prefecture.path(lang)));
    }
    trail.push(Crumb::here(region.name.get(lang)));
    trail
}

fn rows(lang: Lang, region: &Region) -> Vec<Row> {
    let level = match region.level {
        RegionLevel::Prefecture => lang.pick("市州", "Prefecture"),
        RegionLevel::County => lang.pick("县级区划", "County or district"),
        RegionLevel::Zone => lang.pick("管理区（没有国家标准代码）", "Management zone (without a national code)"),
    };
    let mut rows = vec![Row::new("level", lang.pick("级别", "Level"), level)];
    let link = |other: &Region| {
        let name = other.name.get(lang).to_owned();
        view! { <a href=other.path(lang)>{name}</a> }.into_any()
    };
    if region.level != RegionLevel::Prefecture {
        rows.push(Row::new("prefecture", lang.pick("所属市州", "Prefecture"), link(region.prefecture_region())));
    }
    if let Some(county) = region.county.as_ref().and_then(|code| code.region()) {
        rows.push(Row::new("county", lang.pick("沿用的县级代码", "Shares the code of"), link(county)));
    }
    if region.level != RegionLevel::Zone {
        rows.push(Row::new("code", lang.pick("行政区划代码", "Division code"), region.code.to_string()));
    }
    if let Some(block) = region.block {
        let mut row = Row::new("block", lang.pick("旅游板块", "Tourism block"), block.label(lang));
        row.note = Some(lang.pick("按市州近似划分", "approximate, by prefecture").to_owned());
        rows.push(row);
    }
    if region.level != RegionLevel::Prefecture {
        rows.push(Row::new("poverty", lang.pick("脱贫县", "Lifted from poverty"), poverty(lang, region)));
    }
    if region.lifted_from_poverty {
        let words = if region.on_832 {
            lang.pick("可以供货（国家级脱贫县）", "May supply it (a national-level county)")
        } else {
            lang.pick("不在供货范围（省级脱贫县）", "May not supply it (a provincial-level county)")
        };
        rows.push(Row::new("on_832", lang.pick("832平台", "832 platform"), words));
    }
    if let Some(autonomy) = &region.ethnic_autonomy {
        let words = match (lang, autonomy.as_str()) {
            (Lang::En, "自治县") => "Autonomous county".into_any(),
            (Lang::En, "自治州辖县市") => "Part of an autonomous prefecture".into_any(),
            (_, other) => ui::foreign(other, lang),
        };
        rows.push(Row::new("ethnic", lang.pick("民族自治地方", "Ethnic autonomy"), words));
    }
    if region.border_zone {
        rows.push(Row::new(
            "border",
            lang.pick("湘赣边", "Hunan–Jiangxi border"),
            lang.pick("革命老区县", "Old revolutionary area"),
        ));
    }
    if let Some(former) = &region.former_name {
        rows.push(Row::new("former", lang.pick("曾用名", "Former name"), ui::chinese(former, lang)));
    }
    rows
}

fn poverty(lang: Lang, region: &Region) -> String {
    match (region.lifted_from_poverty, region.poverty_exit_year) {
        (true, Some(year)) => lang.pick(format!("是，{year}年摘帽"), format!("Yes, in {year}")),
        (true, None) => lang.pick("是，年份未查到", "Yes; the year was not found").to_owned(),
        (false, _) => lang.pick("否", "No").to_owned(),
    }
}

fn parts(lang: Lang, region: &Region) -> Option<AnyView> {
    let items: Vec<_> = region
        .parts()
        .map(|part| {
            let name = part.name.get(lang).to_owned();
            view! { <li class="chip"><a href=part.path(lang)>{name}</a></li> }
        })
        .collect();
    if items.is_empty() {
        return None;
    }
    let title = match region.level {
        RegionLevel::Prefecture => lang.pick("下辖县区和管理区", "Counties and zones"),
        _ => lang.pick("这里的管理区", "Zones here"),
    };
    let view = view! {
        <section class="section no-print" id="parts" aria-labelledby="parts-title">
            {ui::heading("parts", title)}
            <ul class="chips">{items}</ul>
        </section>
    };
    Some(view.into_any())
}

fn map(chrome: &Chrome, page: &RegionPage) -> Option<AnyView> {
    let (lang, region) = (chrome.lang, page.region);
    let seat = |of: &Region| {
        let label = of.name.get(lang).to_owned();
        of.seat.map(|point| MapPoint { point, label, href: Some(of.path(lang)), number: None, exact: false })
    };
    let mut points: Vec<MapPoint> = match region.level {
        RegionLevel::Prefecture => region.parts().filter_map(seat).collect(),
        _ => seat(region).map(|own| MapPoint { href: None, ..own }).into_iter().collect(),
    };
    let mut credits: Vec<&str> = match region.level {
        RegionLevel::Prefecture => region.parts().filter_map(Region::seat_credit).collect(),
        _ => region.seat_credit().into_iter().collect(),
    };
    if region.level != RegionLevel::Prefecture && chrome.size == Size::Normal {
        let cards =
            page.sections.iter().filter(|(kind, ..)| matches!(kind, Kind::Place | Kind::Stay)).flat_map(|(_, _, cards)| cards);
        points.extend(cards.filter_map(|card| {
            let listing = &card.listing;
            let position = listing.position?;
            credits.extend(listing.provenance.credits.iter().map(String::as_str));
            let (label, href) = (listing.title.get(lang).to_owned(), Some(listing.path(lang)));
            Some(MapPoint { point: position.point(), label, href, number: None, exact: position.is_exact() })
        }));
    }
    ui::map_section(chrome, &points, false, "map-region", &credits)
}

fn sections(chrome: &Chrome, page: &RegionPage) -> AnyView {
    let (lang, region) = (chrome.lang, page.region);
    let here = match region.level {
        RegionLevel::Prefecture => Query { prefectures: vec![region.code.clone()], ..Query::default() },
        _ => Query { counties: vec![region.code.clone()], ..Query::default() },
    };
    let sections: Vec<_> = page
        .sections
        .iter()
        .filter_map(|(kind, total, cards)| {
            let label = kind.label(lang);
            let words = lang.pick(format!("看全部{total}条{label}"), format!("See all {total}: {label}"));
            let more = (*total > cards.len() as u64 || chrome.size == Size::Elder)
                .then(|| (href::results(lang, Some(*kind), &here), words));
            let title = lang.pick(format!("{label}（{total}）"), format!("{label} ({total})"));
            ui::section(chrome, Section { id: kind.plural(), title, intro: None, cards, more })
        })
        .collect();
    if sections.is_empty() {
        let text = lang.pick("目录里还没有这里的条目。", "The catalogue has nothing here yet.");
        return view! { <div class="empty"><p>{text}</p></div> }.into_any();
    }
    sections.into_any()
}
