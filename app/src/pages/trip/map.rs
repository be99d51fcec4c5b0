//! The trip on the drawn map: a way for each day, its stops by the numbers they have in the list.

use std::sync::Arc;

use domain::Lang;
use domain::listing::Listing;
use domain::trip::Where;
use domain::trip::timeline::start_of;
use leptos::prelude::*;

use super::{called, day_name, stop_number};
use crate::islands::MapView;
use crate::map::{DAY_LOOKS, days_map};
use crate::ui;
use crate::views::{Chrome, MapPoint, Plan};

/// What of a trip can be drawn.
pub(super) struct Drawn {
    pub points: Vec<MapPoint>,
    /// For each point its day and number, where it is a stop.
    pub marks: Vec<Option<(usize, String)>>,
    /// For each day the points its way leads through.
    pub ways: Vec<Vec<usize>>,
    /// Stops without a position.
    pub missing: Vec<String>,
    pub approximate: bool,
}

pub(super) fn drawn(lang: Lang, plan: &Plan) -> Drawn {
    let mut it = Drawn { points: vec![], marks: vec![], ways: vec![], missing: vec![], approximate: false };
    // Where one sleeps belongs to two days, and is marked once.
    let mut known: Vec<(&Where, usize)> = vec![];
    for (day, planned) in plan.trip.days.iter().enumerate() {
        let mut way = vec![];
        let start = start_of(&plan.trip, day).filter(|start| planned.visits.first().is_none_or(|visit| visit.at != **start));
        way.extend(start.and_then(|place| it.mark(lang, plan, place, None, &mut known)));
        for (index, visit) in planned.visits.iter().enumerate() {
            let named = Some((format!("#stop-{}", visit.id.0), day, stop_number(plan, day, index)));
            match it.mark(lang, plan, &visit.at, named, &mut known) {
                Some(point) => way.push(point),
                None => it.missing.push(called(lang, plan, &visit.at)),
            }
        }
        let end = planned.end.as_ref().filter(|end| planned.visits.last().is_none_or(|visit| visit.at != **end));
        way.extend(end.and_then(|place| it.mark(lang, plan, place, None, &mut known)));
        it.ways.push(way);
    }
    it
}

impl Drawn {
    /// The point of a place, new where it is a stop or has none yet.
    fn mark<'a>(
        &mut self,
        lang: Lang,
        plan: &Plan,
        place: &'a Where,
        stop: Option<(String, usize, String)>,
        known: &mut Vec<(&'a Where, usize)>,
    ) -> Option<usize> {
        if stop.is_none()
            && let Some((_, point)) = known.iter().find(|(other, _)| *other == place)
        {
            return Some(*point);
        }
        let located = place.locate(&plan.facts);
        let position = located.position?;
        let (href, mark) = match stop {
            Some((href, day, number)) => (Some(href), Some((day, number))),
            None => (None, None),
        };
        self.approximate |= !position.is_exact();
        let label = called(lang, plan, place);
        self.points.push(MapPoint { point: position.point(), label, href, number: None, exact: position.is_exact() });
        self.marks.push(mark);
        known.push((place, self.points.len() - 1));
        Some(self.points.len() - 1)
    }
}

/// None where nothing can be drawn. `ideas` are small marks.
pub(super) fn section(chrome: &Chrome, plan: &Plan, ideas: &[Arc<Listing>]) -> Option<AnyView> {
    let lang = chrome.lang;
    let Drawn { points, marks, ways, missing, approximate } = drawn(lang, plan);
    if points.is_empty() {
        return None;
    }
    let small: Vec<MapPoint> = ideas
        .iter()
        .filter_map(|idea| {
            let position = idea.position?;
            let label = idea.title.get(lang).to_owned();
            Some(MapPoint { point: position.point(), label, href: None, number: None, exact: position.is_exact() })
        })
        .collect();
    let small_said = (!small.is_empty())
        .then(|| lang.pick("小方块是顺路可去的地方，见下面。", "Small squares are places along the way; see below.").to_owned());
    let drawing = days_map(lang, &points, &marks, &ways, &small, "map-trip").into_any();
    let several = plan.trip.days.len() > 1;
    let days: Vec<_> = ways
        .iter()
        .enumerate()
        .filter(|(_, way)| several && !way.is_empty())
        .map(|(day, way)| {
            let names: Vec<&str> = way.iter().map(|point| points[*point].label.as_str()).collect();
            let look = day % DAY_LOOKS;
            let sample = format!(
                r#"<svg class="map__sample" viewBox="0 0 44 8"><path class="map__route map__way-{look}" d="M0 4h44"/></svg>"#
            );
            view! {
                <li>
                    <span aria-hidden="true" inner_html=sample></span>
                    <a href=format!("#day-{}", day + 1)>{day_name(lang, day)}</a>
                    {lang.pick("：", ": ")}
                    {names.join(" → ")}
                </li>
            }
        })
        .collect();
    let days = (!days.is_empty()).then(|| view! { <ul class="trip__ways">{days}</ul> });
    let about =
        approximate.then(|| lang.pick("虚线圈：位置是近似的。", "A dotted ring: the position is approximate.").to_owned());
    let without = (!missing.is_empty()).then(|| {
        let names = missing.join(lang.pick("、", ", "));
        lang.pick(
            format!("不知道位置、没有画上：{names}。"),
            format!("Not on the map, since nobody knows where they are: {names}."),
        )
    });
    let notes: Vec<String> = [about, small_said, without].into_iter().flatten().collect();
    let notes = (!notes.is_empty()).then(|| view! { <p><small>{notes.join(lang.pick("", " "))}</small></p> });
    let numbers: Vec<Option<String>> = marks.into_iter().map(|mark| mark.map(|(_, number)| number)).collect();
    let view = view! {
        <section class="section map-section" id="map" aria-labelledby="map-title">
            {ui::heading("map", lang.pick("在地图上", "On the map"))}
            <MapView label=lang.pick("行程示意图", "Sketch map of the trip").to_owned()>{drawing}</MapView>
            {days}
            {notes}
            {ui::detailed_map(chrome, &points, &numbers, &ways)}
        </section>
    };
    Some(view.into_any())
}
