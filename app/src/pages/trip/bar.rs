//! A day at a glance: how long one stays, is on the way and waits. The drawing repeats what the words say, and is left out of hearing.

use std::fmt::Write;

use domain::Lang;
use domain::trip::course::{Doing, Span, course};
use domain::trip::{Day, DayTimeline};
use leptos::prelude::*;

/// Of the drawing, in its own units; across it counts minutes.
const HEIGHT: u32 = 24;

/// `1小时20分`, `1 h 20 min`.
pub(super) fn say_length(lang: Lang, minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, _) => lang.pick(format!("{minutes}分钟"), format!("{minutes} min")),
        (hours, 0) => lang.pick(format!("{hours}小时"), format!("{hours} h")),
        (hours, minutes) => lang.pick(format!("{hours}小时{minutes}分"), format!("{hours} h {minutes} min")),
    }
}

/// Each doing has a height of its own, so that it is told without colours.
fn look(doing: Doing) -> (&'static str, u32) {
    match doing {
        Doing::Stay => ("bar__stay", 18),
        Doing::Meal => ("bar__meal", 10),
        Doing::Wait => ("bar__wait", 10),
        Doing::Way => ("bar__way", 4),
    }
}

fn word(lang: Lang, doing: Doing) -> &'static str {
    match doing {
        Doing::Stay => lang.pick("停留", "stay"),
        Doing::Way => lang.pick("路上", "on the way"),
        Doing::Wait => lang.pick("等", "wait"),
        Doing::Meal => lang.pick("午饭", "lunch"),
    }
}

const ALL: [Doing; 4] = [Doing::Stay, Doing::Way, Doing::Meal, Doing::Wait];

/// None where nothing happens.
pub(super) fn bar(lang: Lang, day: &Day, times: &DayTimeline) -> Option<AnyView> {
    let spans = course(times);
    let (first, last) = (spans.first()?, spans.last()?);
    let said: Vec<String> = ALL
        .into_iter()
        .filter_map(|doing| {
            let minutes: u32 = spans.iter().filter(|span| span.doing == doing).map(Span::minutes).sum();
            (minutes > 0).then(|| format!("{}{}{}", word(lang, doing), lang.pick("", " "), say_length(lang, minutes)))
        })
        .collect();
    let mut said = said.join(" · ");
    let free = day.until.minutes().saturating_sub(last.until);
    if free >= 15 {
        let (until, free) = (day.until, say_length(lang, free));
        said += &lang.pick(format!(" · {until}前还空{free}"), format!(" · {free} free until {until}"));
    }
    let from = first.from.min(day.from.minutes()) / 60 * 60;
    let until = last.until.max(day.until.minutes()).div_ceil(60) * 60;
    let drawing = draw(&spans, from, until, day.until.minutes());
    let view = view! {
        <div class="bar">
            <div class="bar__drawing" aria-hidden="true" inner_html=drawing></div>
            <p class="bar__said"><small>{said}</small></p>
        </div>
    };
    Some(view.into_any())
}

fn draw(spans: &[Span], from: u32, until: u32, over_by: u32) -> String {
    let mut svg =
        format!(r#"<svg viewBox="{from} 0 {} {HEIGHT}" preserveAspectRatio="none"><path class="bar__hours" d=""#, until - from);
    for hour in (from..=until).step_by(60) {
        let _ = write!(svg, "M{hour} {}V{HEIGHT}", HEIGHT - if hour % 180 == 0 { 6 } else { 3 });
    }
    svg += r#""/>"#;
    for doing in ALL {
        let (class, height) = look(doing);
        let mut those = spans.iter().filter(|span| span.doing == doing).peekable();
        if those.peek().is_none() {
            continue;
        }
        let _ = write!(svg, r#"<path class="{class}" d=""#);
        for span in those {
            let (length, top) = (span.minutes(), (20 - height) / 2);
            let _ = write!(svg, "M{} {top}h{length}v{height}h-{length}z", span.from);
        }
        svg += r#""/>"#;
    }
    if over_by < until {
        let _ = write!(svg, r#"<path class="bar__end" d="M{over_by} 0V20"/>"#);
    }
    svg += "</svg>";
    let (left, right) = (from / 60, until / 60 % 24);
    format!(r#"<span>{left}:00</span>{svg}<span>{right}:00</span>"#)
}

/// What the parts of the drawings are.
pub(super) fn key(lang: Lang) -> AnyView {
    let entries: Vec<_> = ALL
        .into_iter()
        .map(|doing| {
            let (class, height) = look(doing);
            let svg = format!(
                r#"<svg class="bar__sample" viewBox="0 0 24 20"><path class="{class}" d="M0 {}h24v{height}h-24z"/></svg>"#,
                (20 - height) / 2
            );
            view! { <li><span aria-hidden="true" inner_html=svg></span>{word(lang, doing)}</li> }
        })
        .collect();
    view! { <ul class="bar__key" aria-label=lang.pick("图例", "Key")>{entries}</ul> }.into_any()
}
