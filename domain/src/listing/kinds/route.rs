//! A boutique route: a line with ordered stops, some of them official, some arranged by the editors.

use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use crate::geo::{Point, Position};
use crate::ids::ListingId;
use crate::region::RegionCode;
use crate::{Lang, Problem, Text};

words! {
    Family {
        FivePlusTwo = "five_plus_two", "“5+2”精品线路", "The 5+2 boutique routes";
        GreaterWestHunan = "greater_west_hunan", "大湘西精品线路", "Greater West Hunan lines";
        GreaterWestHunanCorridor = "greater_west_hunan_corridor", "大湘西文化生态旅游廊道", "Greater West Hunan corridors";
        GreaterEastHunan = "greater_east_hunan", "大湘东线路", "Greater East Hunan lines";
        TwoMountainsRed = "two_mountains_red", "“两山”红色铁路专线", "Shaoshan–Jinggangshan red railway";
        NationalRural = "national_rural_route", "全国乡村旅游精品线路", "National rural-tourism routes";
        NationalEco = "national_eco_route", "国家生态旅游线路", "National eco-tourism route";
        Hiking = "hiking_route", "徒步线", "Hiking line";
        Summer2024 = "summer_route_2024", "2024避暑线路", "Summer routes 2024";
    }
}

words! {
    /// Who says that a stop belongs to the route.
    Basis {
        Sourced = "sourced", "资料所载", "in the sources";
        Editorial = "editorial", "编者安排", "arranged by the editors";
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub family: Family,
    /// False where the sources only have a working name or none.
    pub official_name_known: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Length as reported, in kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_km: Option<u32>,
    /// True where the sources only say "over so many".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub length_is_at_least: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_road: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_rail: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    pub stops: Vec<Stop>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    pub name: Text,
    /// The place it is, where the catalogue has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ListingId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Named where the stop is outside Hunan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    pub basis: Basis,
    /// Editors' arrangement: which day of the trip, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u32>,
    /// Editors' arrangement: minutes to stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay_min: Option<u32>,
}

impl Route {
    /// Stops that the sources name, of all stops.
    pub fn sourced_stops(&self) -> usize {
        self.stops.iter().filter(|stop| stop.basis == Basis::Sourced).count()
    }
}

impl KindRules for Route {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("route", "routes", "线路", "Routes");

    fn check(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.stops.is_empty() {
            found.push(Problem::new("details.stops", "empty", "线路没有站点", "a route has at least one stop"));
        }
        let days: Vec<u32> = self.stops.iter().filter_map(|stop| stop.day).collect();
        if !days.is_sorted() || days.first().is_some_and(|first| *first != 1) {
            found.push(Problem::new(
                "details.stops",
                "days_out_of_order",
                "站点的天数要从第1天起依次排列",
                "the days of the stops start at 1 and never go back",
            ));
        }
        for (name, text) in [("by_road", &self.by_road), ("by_rail", &self.by_rail), ("note", &self.note)] {
            limits::optional(&mut found, &format!("details.{name}"), text.as_ref(), limits::LONGEST_REMARK);
        }
        limits::count(&mut found, "details.stops", self.stops.len());
        for (index, stop) in self.stops.iter().enumerate() {
            limits::text(&mut found, &format!("details.stops[{index}].name"), &stop.name, limits::LONGEST_NAME);
            limits::optional(&mut found, &format!("details.stops[{index}].outside"), stop.outside.as_ref(), limits::LONGEST_NAME);
            if stop.position.is_some_and(|position| Point::new(position.lat, position.lon).is_none()) {
                found.push(Problem::new(
                    format!("details.stops[{index}].position"),
                    "off_the_world",
                    format!("站点“{}”的坐标不在地球上", stop.name.zh),
                    format!("the position of the stop “{}” is not on the globe", stop.name.zh),
                ));
            }
            let known = stop.region.as_ref().is_some_and(|code| code.region().is_some());
            if !known && stop.outside.is_none() {
                found.push(Problem::new(
                    "details.stops",
                    "unknown_region",
                    format!("站点“{}”没有有效的县代码，也没有注明省外", stop.name.zh),
                    format!("the stop “{}” has no county and is not marked as outside Hunan", stop.name.zh),
                ));
            }
        }
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let mut facts = vec![Fact::new("family", lang.pick("系列", "Series"), self.family.label(lang))];
        if !self.official_name_known {
            let value =
                lang.pick("官方名称未知，现用资料中的名称", "Official name not known; the name found in the sources is shown");
            facts.push(Fact::new("name", lang.pick("名称", "Name"), value));
        }
        if let Some(days) = self.days {
            let value = lang.pick(format!("约{days}天"), format!("about {days} {}", if days == 1 { "day" } else { "days" }));
            let note = Some(lang.pick("编者建议", "editors' suggestion"));
            facts.push(Fact::new("days", lang.pick("天数", "Days"), value).noted(note));
        }
        if let Some(km) = self.length_km {
            let value = match self.length_is_at_least {
                true => lang.pick(format!("{km}多公里"), format!("over {km} km")),
                false => lang.pick(format!("{km} 公里"), format!("{km} km")),
            };
            facts.push(Fact::new("length", lang.pick("里程", "Length"), value));
        }
        let (sourced, all) = (self.sourced_stops(), self.stops.len());
        let stops_en = if all == 1 { "stop" } else { "stops" };
        let stops = match sourced {
            0 => lang.pick(
                format!("{all}站，均由编者安排；没有查到公布的站点"),
                format!("{all} {stops_en}, all arranged by the editors; no published list was found"),
            ),
            _ if sourced == all => {
                lang.pick(format!("{all}站，均见于资料"), format!("{all} {stops_en}, all named in the sources"))
            }
            _ => lang.pick(
                format!("{all}站，其中{sourced}站见于资料"),
                format!("{all} {stops_en}, {sourced} of them named in the sources"),
            ),
        };
        facts.push(Fact::new("stops", lang.pick("站点", "Stops"), stops));
        if self.by_road.is_none() && self.by_rail.is_none() {
            let unknown = lang.pick("公路和铁路都暂无可靠资料", "No reliable information yet, by road or by rail");
            facts.push(Fact::new("road", lang.pick("怎么到", "Getting there"), unknown));
        }
        for (name, label, text) in
            [("road", lang.pick("公路", "By road"), &self.by_road), ("rail", lang.pick("铁路", "By rail"), &self.by_rail)]
        {
            facts.extend(text.as_ref().map(|text| Fact::new(name, label, text.get(lang))));
        }
        if let Some(note) = &self.note {
            facts.push(Fact::new("note", lang.pick("资料缺口", "Gaps"), note.get(lang)));
        }
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        let all = self.stops.len();
        let stops = lang.pick(format!("{all}站"), format!("{all} {}", if all == 1 { "stop" } else { "stops" }));
        format!("{} · {stops}", self.family.label(lang))
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.family = Some(self.family.code());
        facts.words.push(self.family.label(Lang::Zh).to_owned());
        facts.words.push(self.family.label(Lang::En).to_owned());
        for stop in &self.stops {
            facts.words.push(stop.name.zh.clone());
            facts.words.extend(stop.name.en.clone());
        }
    }

    fn sample() -> Self {
        Self {
            family: Family::FivePlusTwo,
            official_name_known: true,
            days: Some(2),
            length_km: None,
            length_is_at_least: false,
            by_road: None,
            by_rail: None,
            note: None,
            stops: vec![Stop {
                name: Text::new("凤凰古城", "Fenghuang Old Town"),
                place: None,
                region: RegionCode::parse("433123").ok(),
                outside: None,
                position: Some(Position { lat: 27.95, lon: 109.6, accuracy_m: Some(8000) }),
                basis: Basis::Editorial,
                day: Some(1),
                stay_min: Some(240),
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_known_from_below_is_not_said_to_be_exact() {
        let check = |length_is_at_least, zh: &str, en: &str| {
            let route = Route { length_km: Some(100), length_is_at_least, ..Route::sample() };
            for (lang, expected) in [(Lang::Zh, zh), (Lang::En, en)] {
                let fact = route.facts(lang).into_iter().find(|fact| fact.name == "length").unwrap();
                assert_eq!(fact.value, expected);
            }
        };
        check(false, "100 公里", "100 km");
        check(true, "100多公里", "over 100 km");
    }

    #[test]
    fn a_stop_lies_on_the_globe() {
        let at = |lat, lon| {
            let mut route = Route::sample();
            route.stops[0].position = Some(Position { lat, lon, accuracy_m: None });
            route.check().into_iter().map(|problem| (problem.field, problem.code)).collect::<Vec<_>>()
        };
        assert_eq!(at(28.0, 112.0), []);
        for (lat, lon) in [(1e308, 112.0), (28.0, -1e308), (91.0, 0.0), (0.0, 181.0)] {
            assert_eq!(at(lat, lon), [("details.stops[0].position".to_owned(), "off_the_world")], "{lat}, {lon}");
        }
    }
}
