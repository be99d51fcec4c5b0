use proptest::prelude::*;

use super::super::plan::{OwnPlace, Where};
use super::super::timeline::{World, timeline};
use super::super::world;
use super::*;
use crate::Text;

fn with_sheet<T>(trip: &Trip, day: Option<usize>, read: impl FnOnce(&Sheet) -> T) -> T {
    let facts = world::facts();
    let days = timeline(trip, &World { facts: &facts, travel: &world::by_car });
    let changed = "2026-11-25T10:00:00Z".parse().unwrap();
    read(&Sheet { trip, days: &days, facts: &facts, lang: Lang::Zh, id: "t-42", revision: 3, changed, day })
}

/// Property names with parameters, and values as they were before they were escaped and folded.
fn read_ics(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n"));
    let lines: Vec<&str> = text.trim_end_matches("\r\n").split("\r\n").collect();
    for line in &lines {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let property = |line: &str| {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no value: {line}"));
        let mut plain = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                (_, true) => match chars.next() {
                    Some('n') => plain.push('\n'),
                    Some(c @ ('\\' | ';' | ',')) => plain.push(c),
                    other => panic!("a backslash before {other:?}"),
                },
                (c, false) => plain.push(c),
            }
        }
        (name.to_owned(), plain)
    };
    unfolded.trim_end_matches("\r\n").split("\r\n").map(property).collect()
}

fn all<'a>(properties: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    properties.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect()
}

/// Elements with their attributes and text, front to back; panics where it is not well formed.
fn read_xml(text: &str) -> Vec<(String, String)> {
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut found: Vec<(String, String)> = Vec::new();
    while let Some(start) = rest.find('<') {
        let said = &rest[..start];
        assert!(!said.contains('>'), "{said}");
        if let Some((_, index)) = open.last() {
            found[*index].1.push_str(&plain(said));
        }
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        assert!(!tag.contains('<'), "{tag}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().expect("something is open").0, name),
            None => {
                let name = tag.split(' ').next().unwrap();
                open.push((name.to_owned(), found.len()));
                found.push((tag.to_owned(), String::new()));
            }
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

fn plain(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    assert_eq!(text.matches('&').count(), entities.iter().map(|(entity, _)| text.matches(entity).count()).sum::<usize>());
    entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[test]
fn a_calendar_has_an_event_a_visit() {
    let mut trip = world::trip(&[&["pl-1", "pl-2"], &["ex-1"]]);
    trip.days[0].visits[0].note = "带伞; 问路, 走\\小路\n别走大路".into();
    let whole = with_sheet(&trip, None, |sheet| read_ics(&ics(sheet)));
    assert_eq!(all(&whole, "UID"), ["trip-t-42-1@xiaoxiang", "trip-t-42-2@xiaoxiang", "trip-t-42-3@xiaoxiang"]);
    assert_eq!(all(&whole, "SEQUENCE"), ["3", "3", "3"]);
    assert_eq!(all(&whole, "TZID"), ["Asia/Shanghai"]);
    assert_eq!(all(&whole, "DTSTART;TZID=Asia/Shanghai")[0], "20261128T083000");
    assert_eq!(all(&whole, "DTSTAMP")[0], "20261125T100000Z");
    assert_eq!(all(&whole, "SUMMARY")[2], "ex-1处");
    assert!(all(&whole, "DESCRIPTION")[0].starts_with("带伞; 问路, 走\\小路\n别走大路\n"), "{whole:?}");
    assert!(all(&whole, "DESCRIPTION")[1].contains("（估算）") && all(&whole, "DESCRIPTION")[1].contains("假定"));
    let second = with_sheet(&trip, Some(1), |sheet| read_ics(&ics(sheet)));
    assert_eq!(all(&second, "UID"), ["trip-t-42-3@xiaoxiang"], "a day alone has the same events");
}

#[test]
fn where_a_day_begins_and_ends_is_in_every_file_and_a_sample_says_so() {
    let mut trip = world::trip(&[&["pl-1", "pl-2"], &["pl-3"]]);
    trip.days[0].start = Some(world::at("pl-20"));
    trip.days[0].end = Some(world::at("st-1"));
    let facts = {
        let mut facts = world::facts();
        facts.get_mut(&world::id("st-1")).unwrap().sample = true;
        facts
    };
    let days = timeline(&trip, &World { facts: &facts, travel: &world::by_car });
    let changed = "2026-11-25T10:00:00Z".parse().unwrap();
    let sheet = Sheet { trip: &trip, days: &days, facts: &facts, lang: Lang::Zh, id: "t-42", revision: 3, changed, day: None };
    let calendar = read_ics(&ics(&sheet));
    assert_eq!(all(&calendar, "UID")[2], "trip-t-42-end-1@xiaoxiang");
    assert_eq!(all(&calendar, "SUMMARY"), ["pl-1处", "pl-2处", "住：st-1处（示例）", "pl-3处"]);
    let (begins, ends) = (all(&calendar, "DTSTART;TZID=Asia/Shanghai"), all(&calendar, "DTEND;TZID=Asia/Shanghai"));
    assert!(begins.iter().zip(&ends).all(|(begin, end)| begin < end), "{begins:?} {ends:?}");
    let names = |elements: &[(String, String)], around: &str| -> Vec<String> {
        let starts = elements.iter().enumerate().filter(|(_, (tag, _))| tag.split(' ').next() == Some(around));
        let name = |(at, _): (usize, &(String, String))| elements[at..].iter().find(|(tag, _)| tag == "name").unwrap().1.clone();
        starts.map(name).collect()
    };
    let bed = "住：st-1处（示例）";
    let navigation = read_xml(&gpx(&sheet));
    assert_eq!(names(&navigation, "wpt"), ["出发：pl-20处", "pl-1处", "pl-2处", bed, "pl-3处"], "the bed once");
    let whole = ["出发：pl-20处", "pl-1处", "pl-2处", bed, "出发：st-1处（示例）", "pl-3处"];
    assert_eq!(names(&navigation, "trkpt"), whole);
    assert_eq!(names(&navigation, "rtept"), whole);
    let map: Vec<String> =
        names(&read_xml(&kml(&sheet)), "Placemark").into_iter().filter(|name| !name.contains("先后")).collect();
    assert_eq!(map, whole);
}

#[test]
fn a_visit_past_midnight_is_on_the_next_date() {
    let mut trip = world::trip(&[&["pl-1", "pl-20"]]);
    trip.days[0].from = super::super::Clock::at(20, 0);
    let whole = with_sheet(&trip, None, |sheet| read_ics(&ics(sheet)));
    assert!(all(&whole, "DTSTART;TZID=Asia/Shanghai")[1].starts_with("20261129T0"), "{whole:?}");
}

#[test]
fn maps_show_what_has_a_position_and_name_what_has_none() {
    let mut trip = world::trip(&[&["pl-1", "pl-2"], &["pl-3"]]);
    let nowhere = OwnPlace { name: Text::zh_only("外婆家 <老屋>"), position: None, region: None };
    trip.days[0].visits[1].at = Where::Own(nowhere);
    let elements = with_sheet(&trip, None, |sheet| read_xml(&gpx(sheet)));
    let named = |elements: &[(String, String)], name: &str| {
        elements.iter().filter(|(tag, _)| tag.split(' ').next() == Some(name)).cloned().collect::<Vec<_>>()
    };
    let points = named(&elements, "wpt");
    assert_eq!(points.len(), 2);
    assert!(points[0].0.starts_with("wpt lat=\"27.9") && points[0].0.contains(" lon=\"109.5"), "{points:?}");
    assert_eq!((named(&elements, "rte").len(), named(&elements, "rtept").len()), (2, 2));
    assert_eq!((named(&elements, "trk").len(), named(&elements, "trkpt").len()), (2, 2));
    assert!(named(&elements, "desc")[0].1.contains("未列入：外婆家 <老屋>"), "{elements:?}");
    assert_eq!(named(&elements, "time")[1].1, "2026-11-28T00:30:00Z");

    let elements = with_sheet(&trip, None, |sheet| read_xml(&kml(sheet)));
    assert_eq!((named(&elements, "Folder").len(), named(&elements, "Point").len()), (2, 2));
    assert!(named(&elements, "coordinates")[0].1.starts_with("109.5"), "longitude comes first");
    assert!(named(&elements, "description")[0].1.contains("外婆家 &lt;老屋&gt;"), "what people wrote is no HTML");
}

#[test]
fn a_rough_position_says_that_it_is_rough() {
    let mut trip = world::trip(&[&["pl-1"]]);
    let position = Some(Position { lat: 27.9, lon: 109.5, accuracy_m: Some(8000) });
    trip.days[0].visits[0].at = Where::Own(OwnPlace { name: Text::zh_only("山寨"), position, region: None });
    let text = with_sheet(&trip, None, gpx);
    assert!(text.contains("<name>≈ 山寨</name>") && text.contains("约8公里"), "{text}");
    assert!(!with_sheet(&trip, None, ics).contains("GEO:"));
    assert!(with_sheet(&world::trip(&[&["pl-1"]]), None, ics).contains("GEO:27.9"));
}

proptest! {
    #[test]
    fn whatever_people_write_comes_back(name in "[^\\p{Cc}\u{fffe}\u{ffff}]{1,60}", note in "\\PC{0,200}", title in "\\PC{1,60}") {
        let mut trip = world::trip(&[&["pl-1"]]);
        let position = Some(Position { lat: 27.9, lon: 109.5, accuracy_m: Some(10) });
        trip.days[0].visits[0].at = Where::Own(OwnPlace { name: Text::zh_only(name.clone()), position, region: None });
        trip.days[0].visits[0].note = note.clone();
        trip.title = title.clone();
        let calendar = with_sheet(&trip, None, |sheet| read_ics(&ics(sheet)));
        prop_assert_eq!(all(&calendar, "SUMMARY"), vec![name.as_str()]);
        prop_assert_eq!(all(&calendar, "X-WR-CALNAME"), vec![title.as_str()]);
        prop_assert!(all(&calendar, "DESCRIPTION")[0].starts_with(&note));
        for file in [with_sheet(&trip, None, gpx), with_sheet(&trip, None, kml)] {
            let elements = read_xml(&file);
            let names: Vec<_> = elements.iter().filter(|(tag, _)| tag == "name").map(|(_, text)| text.as_str()).collect();
            prop_assert!(names[0] == title && names.contains(&name.as_str()), "{names:?}");
        }
    }

    #[test]
    fn any_trip_makes_whole_files(trip in world::any_trip()) {
        let calendar = with_sheet(&trip, None, |sheet| read_ics(&ics(sheet)));
        let ends = trip.days.iter().filter(|day| day.end.is_some() && day.end.as_ref() != day.visits.last().map(|visit| &visit.at));
        let uids = all(&calendar, "UID");
        prop_assert_eq!(uids.len(), trip.visits().count() + ends.count());
        prop_assert_eq!(uids.iter().collect::<std::collections::BTreeSet<_>>().len(), uids.len());
        for day in (0..trip.days.len()).map(Some).chain([None]) {
            read_xml(&with_sheet(&trip, day, gpx));
            read_xml(&with_sheet(&trip, day, kml));
        }
    }
}
