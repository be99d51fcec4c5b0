//! When the sun rises and sets: the equations of NOAA's solar calculator (after Meeus), good to a minute or two at our latitudes.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::geo::Point;

/// Minutes since midnight in Shanghai time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Daylight {
    pub sunrise: u32,
    pub sunset: u32,
}

/// The sun's centre this far below the horizon: refraction and its own radius.
const ZENITH: f64 = 90.833;

/// None where the sun does not rise or does not set that day.
pub fn daylight(at: Point, day: NaiveDate) -> Option<Daylight> {
    let noon_utc = julian_day(day) + 0.5 - at.lon / 360.0;
    let (declination, equation_min) = sun_at(noon_utc);
    let lat = at.lat.to_radians();
    let hour_angle = (ZENITH.to_radians().cos() / (lat.cos() * declination.cos()) - lat.tan() * declination.tan()).acos();
    if hour_angle.is_nan() {
        return None;
    }
    let noon = 720.0 - 4.0 * at.lon - equation_min + 8.0 * 60.0;
    let half = 4.0 * hour_angle.to_degrees();
    let minutes = |value: f64| value.round().rem_euclid(1440.0) as u32;
    Some(Daylight { sunrise: minutes(noon - half), sunset: minutes(noon + half) })
}

/// At 0 h UTC.
fn julian_day(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce()) + 1_721_424.5
}

/// Declination in radians, equation of time in minutes.
fn sun_at(julian_day: f64) -> (f64, f64) {
    let t = (julian_day - 2_451_545.0) / 36_525.0;
    let mean_longitude = (280.46646 + t * (36_000.769_83 + t * 0.0003032)).rem_euclid(360.0).to_radians();
    let anomaly = (357.52911 + t * (35_999.050_29 - 0.0001537 * t)).to_radians();
    let eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
    let centre = anomaly.sin() * (1.914602 - t * (0.004817 + 0.000014 * t))
        + (2.0 * anomaly).sin() * (0.019993 - 0.000101 * t)
        + (3.0 * anomaly).sin() * 0.000289;
    let node = (125.04 - 1934.136 * t).to_radians();
    let longitude = (mean_longitude.to_degrees() + centre - 0.00569 - 0.00478 * node.sin()).to_radians();
    let obliquity_mean = 23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60.0) / 60.0;
    let obliquity = (obliquity_mean + 0.00256 * node.cos()).to_radians();
    let declination = (obliquity.sin() * longitude.sin()).asin();
    let y = (obliquity / 2.0).tan().powi(2);
    let equation = y * (2.0 * mean_longitude).sin() - 2.0 * eccentricity * anomaly.sin()
        + 4.0 * eccentricity * y * anomaly.sin() * (2.0 * mean_longitude).cos()
        - 0.5 * y * y * (4.0 * mean_longitude).sin()
        - 1.25 * eccentricity * eccentricity * (2.0 * anomaly).sin();
    (declination, 4.0 * equation.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64, (year, month, day): (i32, u32, u32)) -> Option<Daylight> {
        daylight(Point { lat, lon }, NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    /// At the equator the day is twelve hours and seven minutes long whatever the season, and its middle is
    /// noon less the equation of time, whose extremes every almanac gives: −14 min 15 s about 11 February, +16 min 25 s about
    /// 3 November, nothing about 15 April.
    #[test]
    fn noon_follows_the_equation_of_time() {
        let check = |date, equation_s: i32| {
            let light = at(0.0, 120.0, date).unwrap();
            let long = light.sunset - light.sunrise;
            assert!((726..=728).contains(&long), "{date:?}: {long} minutes of light");
            let noon = i32::try_from(light.sunrise + light.sunset).unwrap() * 30;
            let expected = 12 * 3600 - equation_s;
            assert!((noon - expected).abs() <= 60, "{date:?}: noon at {noon} s, not {expected} s");
        };
        check((2026, 2, 11), -14 * 60 - 15);
        check((2026, 11, 3), 16 * 60 + 25);
        check((2026, 4, 15), 0);
    }

    /// The lengths follow from the sun's declination of 23.44° at the solstices by the sunrise equation itself: at 28.2° N
    /// (Changsha) cos H = (cos 90.833° − sin φ sin δ) / (cos φ cos δ), so 13 h 57 min in June and 10 h 19 min in December.
    #[test]
    fn days_in_changsha_are_as_long_as_the_solstices_make_them() {
        let check = |date, minutes: u32| {
            let light = at(28.2, 112.95, date).unwrap();
            assert!((light.sunset - light.sunrise).abs_diff(minutes) <= 2, "{date:?} {light:?}");
        };
        check((2026, 6, 21), 13 * 60 + 57);
        check((2026, 12, 22), 10 * 60 + 19);
        check((2026, 3, 20), 12 * 60 + 8);
    }

    /// Greenwich as in the almanac's tables for 2000-01-01: rises 08:06, sets 16:02 UTC.
    #[test]
    fn greenwich_rises_and_sets_by_the_almanac() {
        let light = at(51.48, 0.0, (2000, 1, 1)).unwrap();
        assert!(light.sunrise.abs_diff(16 * 60 + 6) <= 2, "{light:?}");
        assert!(light.sunset.abs_diff(2) <= 2, "{light:?}: in Shanghai it is past midnight");
    }

    #[test]
    fn where_the_sun_stays_there_is_no_sunset() {
        assert_eq!(at(80.0, 20.0, (2026, 6, 21)), None);
        assert_eq!(at(80.0, 20.0, (2026, 12, 21)), None);
    }

    proptest::proptest! {
        #[test]
        fn in_hunan_there_is_always_a_day(lat in 24.6f64..30.2, lon in 108.7f64..114.3, day in 0u64..730) {
            let date = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(day);
            let light = daylight(Point { lat, lon }, date).unwrap();
            proptest::prop_assert!((5 * 60..8 * 60).contains(&light.sunrise), "{light:?}");
            proptest::prop_assert!((17 * 60..20 * 60).contains(&light.sunset), "{light:?}");
        }
    }
}
