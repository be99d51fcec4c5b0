use super::*;
use proptest::prelude::*;

fn spot(code: &str) -> Spot {
    let region = region::find(code).unwrap_or_else(|| panic!("{code}"));
    Spot { point: region.centre().unwrap(), accuracy_m: None, terrain: region.terrain }
}

/// Mean share by which `guess` is off.
fn error(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    let off: Vec<f64> = pairs.map(|(guess, known)| (guess - known).abs() / known).collect();
    off.iter().sum::<f64>() / off.len() as f64
}

#[test]
fn the_estimate_is_as_far_off_as_we_say() {
    let by_road = |row: &Row| {
        let leg = estimate(Transport::Car, &spot(row.from), &spot(row.to));
        (f64::from(leg.minutes), row.road)
    };
    let road = error(table().iter().map(by_road));
    assert!((road - ROAD_ERROR).abs() < 0.003, "by road {road:.4}");
    let sourced = error(table().iter().filter(|row| row.sourced).map(by_road));
    assert!((sourced - SOURCED_ERROR).abs() < 0.005, "where there is a source {sourced:.4}");
    let rail = error(table().iter().filter_map(|row| {
        let crow = spot(row.from).point.km_to(spot(row.to).point);
        row.rail.map(|known| (RAIL_START + RAIL_CROW * crow, known))
    }));
    assert!((rail - RAIL_ERROR).abs() < 0.005, "by rail {rail:.4}");
    let km = error(table().iter().map(|row| {
        let leg = estimate(Transport::Car, &spot(row.from), &spot(row.to));
        (f64::from(leg.km), row.km)
    }));
    assert!(km < 0.12, "kilometres {km:.4}");
}

/// Relative least squares with three unknowns, by Cramer's rule.
fn fit(rows: &[([f64; 3], f64)]) -> [f64; 3] {
    let mut normal = [[0.0; 3]; 3];
    let mut right = [0.0; 3];
    for (x, y) in rows {
        for i in 0..3 {
            for j in 0..3 {
                normal[i][j] += x[i] * x[j] / (y * y);
            }
            right[i] += x[i] / y;
        }
    }
    let det = |m: [[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = det(normal);
    std::array::from_fn(|column| {
        let mut with = normal;
        for row in 0..3 {
            with[row][column] = right[row];
        }
        det(with) / whole
    })
}

#[test]
fn the_constants_are_those_the_table_gives() {
    let rows: Vec<([f64; 3], f64)> = table()
        .iter()
        .map(|row| {
            let (from, to) = (spot(row.from).point, spot(row.to).point);
            let crow = from.km_to(to);
            ([1.0, crow, crow * ruggedness(from, to)], row.road)
        })
        .collect();
    let close =
        |found: [f64; 3]| [ROAD_START, ROAD_CROW, ROAD_HILLS].iter().zip(found).all(|(said, found)| (said - found).abs() < 0.06);
    assert!(close(fit(&rows)), "{:?}", fit(&rows));
    // Each row judged by a fit that has not seen it.
    let unseen = error((0..rows.len()).map(|i| {
        let others: Vec<_> = rows.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, row)| *row).collect();
        let known = fit(&others);
        (rows[i].0.iter().zip(known).map(|(x, c)| x * c).sum(), rows[i].1)
    }));
    assert!(unseen < ROAD_ERROR + 0.015, "{unseen:.4}");
}

#[test]
fn mountains_are_told_from_plains() {
    let leg = |a, b| estimate(Transport::Car, &spot(a), &spot(b));
    assert!(leg("433101", "433123").mountain, "吉首 to 凤凰");
    assert!(leg("430100", "430811").mountain, "a long way that ends in Wulingyuan");
    assert!(!leg("430702", "430602").mountain, "常德 to 岳阳");
    let train = estimate(Transport::Transit, &spot("430100"), &spot("431202"));
    assert!(train.minutes < leg("430100", "431202").minutes, "the train is faster to 怀化");
    assert!(!train.mountain, "and does not mind the dark");
}

proptest! {
    #[test]
    fn ways_take_time_and_more_with_distance(lat in 25.0f64..30.0, lon in 109.0f64..114.0, north in 0.0f64..1.0, east in 0.0f64..1.0) {
        let at = |lat, lon| Spot { point: Point { lat, lon }, accuracy_m: None, terrain: Terrain::Village };
        let here = at(lat, lon);
        let there = at(lat + north, lon + east);
        for transport in Transport::ALL {
            let leg = estimate(*transport, &here, &there);
            prop_assert!(leg.minutes <= 400, "{leg:?}");
            prop_assert_eq!(estimate(*transport, &here, &here).minutes, 0);
            prop_assert!(leg.minutes > 0 || here.point.km_to(there.point) < 0.3);
        }
    }
}
