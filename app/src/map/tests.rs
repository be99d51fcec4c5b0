use domain::Lang;
use domain::geo::Point;

use super::sheet::Sheet;
use super::{Picture, draw, spread};
use crate::views::MapPoint;

fn stop(number: usize, label: &str, lat: f64, lon: f64) -> MapPoint {
    let point = Point::new(lat, lon).unwrap();
    MapPoint { point, label: label.to_owned(), href: Some(format!("#stop-{number}")), number: Some(number), exact: number != 2 }
}

fn west_hunan() -> Vec<MapPoint> {
    vec![
        stop(1, "武陵源", 29.345, 110.55),
        stop(2, "老司城", 28.99, 109.98),
        stop(3, "芙蓉镇", 28.75, 109.97),
        stop(4, "凤凰古城", 27.95, 109.6),
        stop(5, "万佛山", 26.2, 109.8),
    ]
}

/// The numbers of an attribute such as `viewBox="0 0 340 400"`.
fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
    let start = svg.find(&format!("{attribute}=\"")).expect(attribute) + attribute.len() + 2;
    let value = &svg[start..start + svg[start..].find('"').unwrap()];
    value.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).filter_map(|n| n.parse().ok()).collect()
}

/// Where the marks stand, in the order of the points.
fn marks(svg: &str) -> Vec<(f64, f64)> {
    svg.split("transform=\"translate(")
        .skip(1)
        .map(|rest| {
            let (x, y) = rest[..rest.find(')').unwrap()].split_once(' ').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect()
}

fn check_inside(points: &[MapPoint]) {
    let svg = draw(Lang::Zh, points, true, "m");
    let view_box = numbers(&svg, "viewBox");
    assert_eq!(marks(&svg).len(), points.len());
    for (x, y) in marks(&svg) {
        assert!(x >= 10.0 && x <= view_box[2] - 10.0 && y >= 10.0 && y <= view_box[3] - 30.0, "{x} {y} is not in {view_box:?}");
    }
}

#[test]
fn every_point_stands_on_the_sheet() {
    check_inside(&west_hunan());
    check_inside(&west_hunan()[..1]);
    // Routes cross into Jiangxi.
    check_inside(&[stop(1, "茶陵", 26.78, 113.54), stop(2, "井冈山", 26.57, 114.17), stop(3, "龙山", 29.46, 109.44)]);
    // A listing far off is a mistake in the data, and no reason to draw outside the paper.
    check_inside(&[stop(1, "凤凰", 27.95, 109.6), stop(2, "南极", -90.0, 0.0)]);
}

#[test]
fn the_route_runs_through_its_stops_in_order() {
    let svg = draw(Lang::Zh, &west_hunan(), true, "m");
    let route = &svg[svg.find("id=\"m-l\"").expect("a route is drawn")..];
    let path = numbers(route, " d");
    // “M x y C … x y S … x y”: the first pair, then the last of three, then the last of each two.
    let mut through = vec![(path[0], path[1]), (path[6], path[7])];
    through.extend(path[8..].chunks(4).map(|s| (s[2], s[3])));
    assert_eq!(through, marks(&svg));
}

#[test]
fn points_without_an_order_are_not_joined() {
    assert!(!draw(Lang::Zh, &west_hunan(), false, "m").contains("map__route"));
    assert!(!draw(Lang::Zh, &west_hunan()[..1], true, "m").contains("map__route"));
}

#[test]
fn what_is_close_together_is_shown_from_near() {
    let width_km = |points: &[MapPoint]| {
        let sheet = Sheet::around(points.iter().map(|p| p.point));
        let km = points[0].point.km_to(points[1].point);
        let (a, b) = (sheet.xy(points[0].point), sheet.xy(points[1].point));
        sheet.width * km / (a.x - b.x).hypot(a.y - b.y)
    };
    let town = width_km(&[stop(1, "沱江", 27.948, 109.599), stop(2, "虹桥", 27.95, 109.605)]);
    assert!((55.0..80.0).contains(&town), "{town} km");
    let county = width_km(&[stop(1, "凤凰", 27.95, 109.6), stop(2, "吉首", 28.31, 109.74)]);
    assert!((60.0..110.0).contains(&county), "{county} km");
    let province = width_km(&west_hunan()[..5].iter().rev().step_by(4).cloned().collect::<Vec<_>>());
    assert!((450.0..650.0).contains(&province), "{province} km");
}

#[test]
fn stops_in_one_town_do_not_hide_each_other() {
    let points: Vec<MapPoint> = (1..=6).map(|n| stop(n, "化龙池", 28.1179, 112.9843)).collect();
    let sheet = Sheet::around(points.iter().map(|p| p.point));
    let places = spread(&sheet, &points, &vec![super::STOP; points.len()]);
    for (i, a) in places.iter().enumerate() {
        for b in &places[i + 1..] {
            assert!((a.x - b.x).hypot(a.y - b.y) > 15.0, "{places:?}");
        }
    }
}

#[test]
fn no_word_stands_on_another_or_on_a_mark() {
    use super::labels::{Obstacles, Rect, STOP};
    use super::sheet::Xy;
    let mut taken = Obstacles::within(Rect { left: 0.0, top: 0.0, right: 300.0, bottom: 300.0 });
    let marks: Vec<Xy> = (0..12).map(|i| Xy { x: 60.0 + 25.0 * f64::from(i % 4), y: 80.0 + 20.0 * f64::from(i / 4) }).collect();
    let circles: Vec<Rect> = marks.iter().map(|mark| Rect::around(*mark, 9.0)).collect();
    circles.iter().for_each(|circle| taken.add(*circle));
    let words: Vec<Rect> =
        marks.iter().filter_map(|mark| taken.place("凤凰古城", *mark, 12.0, STOP)).map(|set| set.bounds).collect();
    assert!(!words.is_empty() && words.len() < marks.len(), "some fit, not all: {}", words.len());
    for (i, word) in words.iter().enumerate() {
        assert!(words[i + 1..].iter().chain(&circles).all(|other| !word.meets(other)), "{word:?}");
    }
}

#[test]
fn names_are_cut_to_what_one_knows_a_place_by() {
    use super::labels::shortened;
    for (label, short) in [
        ("岳麓山·橘子洲旅游区", "岳麓山"),
        ("韶山旅游区", "韶山"),
        ("司城村（老司城）", "司城村"),
        ("景区", "景区"),
        ("（无名）", "（无名）"),
        ("湖南省第一师范学院旧址纪念馆", "湖南省第一师范学院旧"),
    ] {
        assert_eq!(shortened(label, Lang::Zh), short);
    }
    assert_eq!(shortened("Dongjiang Lake Tourist Area", Lang::En), "Dongjiang Lake");
}

#[test]
fn names_cannot_break_out_of_the_drawing() {
    let evil = MapPoint {
        href: Some("/x\"><script>".to_owned()), ..stop(1, "<b>&\"'古城（很长的名字）\u{0}</b>", 27.95, 109.6)
    };
    let svg = draw(Lang::Zh, &[evil], false, "m\"><i>");
    assert!(svg.contains("&lt;b&gt;&amp;&quot;&#39;古城"), "{svg}");
    for bad in ["<b>", "<script", "<i>", "\u{0}"] {
        assert!(!svg.contains(bad), "{bad}");
    }
}

#[test]
fn the_same_points_give_the_same_drawing() {
    assert_eq!(draw(Lang::En, &west_hunan(), true, "m"), draw(Lang::En, &west_hunan(), true, "m"));
}

#[test]
fn the_longest_route_fits_its_bytes() {
    let long: Vec<MapPoint> = (0..16)
        .map(|i| MapPoint {
            href: Some(format!("/places/a-rather-long-slug-of-a-place-{i}")),
            ..stop(i + 1, "十八洞村首倡地", 25.4 + 0.25 * i as f64, 110.0 + 0.19 * (i * 7 % 16) as f64)
        })
        .collect();
    let bytes = draw(Lang::Zh, &long, true, "map-listing").len();
    assert!(bytes <= 15_000, "{bytes} bytes");
}

#[test]
fn the_map_says_what_it_is() {
    let zh = draw(Lang::Zh, &west_hunan(), true, "m");
    assert!(zh.contains("示意图 · 不作导航与界线依据") && zh.contains("公里"));
    assert!(zh.contains(r#"role="group" aria-label="湖南示意图，依次经过：武陵源、老司城、芙蓉镇、凤凰古城、万佛山""#), "{zh}");
    let en = draw(Lang::En, &[], false, "m");
    assert!(en.contains("Schematic: not for navigation"));
    assert!(en.contains(r#"role="img" aria-label="Schematic map of Hunan""#), "without links it is a picture");
}

#[test]
fn an_approximate_position_has_a_ring_and_an_exact_one_none() {
    let svg = draw(Lang::Zh, &west_hunan(), true, "m");
    assert_eq!(svg.matches("map__about").count(), 1, "only the second stop is approximate");
}

#[test]
fn colours_are_left_to_the_style_sheet() {
    let svg = draw(Lang::Zh, &west_hunan(), true, "m");
    assert!(!svg.contains("style=") && !svg.contains("stroke=") && !svg.contains("fill=\"#"), "{svg}");
}

#[test]
fn each_day_of_a_trip_has_a_way_and_marks_that_are_told_apart_without_colours() {
    use super::Mark;
    let points = west_hunan();
    let marks = vec![
        Mark::Day(0, "1-1".into()),
        Mark::Day(0, "1-2".into()),
        Mark::Day(1, "2-1".into()),
        Mark::Pin,
        Mark::Day(7, "8-1".into()),
    ];
    let ways = vec![(Some(0), vec![0, 1]), (Some(1), vec![1, 2, 3]), (Some(2), vec![3]), (Some(7), vec![3, 4])];
    let small = [stop(9, "<乾州>", 28.2, 109.7), stop(9, "南极", -90.0, 0.0)];
    let picture = Picture { points: &points, marks, ways, small: &small };
    let svg = picture.draw(Lang::Zh, "m");
    for number in ["1-1", "1-2", "2-1", "8-1"] {
        assert!(svg.contains(&format!(">{number}</text>")), "{number}");
    }
    for (day, look) in [(0, 0), (1, 1), (7, 1)] {
        assert!(svg.contains(&format!(r##"<use class="map__route map__way-{look}" href="#m-l{day}"/>"##)), "day {day}");
    }
    assert!(!svg.contains("m-l2\""), "a single point is no way");
    assert_eq!(svg.matches("map__small").count(), 1, "what lies off the sheet is not drawn");
    assert!(svg.contains("&lt;乾州&gt;"), "{svg}");
    assert!(!svg.contains("style=") && !svg.contains("stroke="), "colours and dashes are the style sheet's");
}
