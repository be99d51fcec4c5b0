use proptest::prelude::*;

use super::super::check::check;
use super::super::schedule::{Meal, Way};
use super::super::sun::Daylight;
use super::super::world;
use super::*;

/// Every choice there is, spelt out anew: each order, each span of hours, lunch on each way, within each visit or not at all.
fn brute_force(day: &Exercise) -> (u32, u32) {
    fn go(day: &Exercise, left: &[usize], from: usize, so_far: (u32, u32, u32, bool), best: &mut (u32, u32)) {
        let (now, missed, driving, eaten) = so_far;
        let place = day.stops.len() - left.len();
        let mut targets: Vec<Option<usize>> = left.iter().copied().map(Some).collect();
        if targets.is_empty() {
            targets.push(None);
        }
        for target in targets {
            if target.is_some_and(|stop| stop != place && (day.stops[stop].locked || day.stops[place].locked)) {
                continue;
            }
            let way = day.ways[from][target.unwrap_or(day.stops.len())];
            let light = day.daylight.filter(|_| way.mountain && way.minutes > 0);
            let leave = light.map_or(now, |light| now.max(light.sunrise));
            let meal = day.lunch.filter(|meal| day.from <= meal.until && day.until >= meal.from + meal.minutes);
            let hungry = meal.filter(|_| !eaten);
            for on_way in [None, hungry].into_iter().take(1 + usize::from(hungry.is_some())) {
                let arrive = match on_way {
                    None => leave + way.minutes,
                    Some(meal) => (leave + way.minutes).max(meal.from) + meal.minutes,
                };
                let mut missed = missed + on_way.map_or(0, |meal| leave.max(meal.from).saturating_sub(meal.until));
                missed += light.map_or(0, |light| arrive.saturating_sub(light.sunset).min(way.minutes));
                let driving = driving + way.minutes;
                let eaten = eaten || on_way.is_some() || meal.is_none();
                let Some(target) = target else {
                    if eaten || meal.is_some_and(|meal| arrive <= meal.from) {
                        let late = arrive.saturating_sub(day.until) + driving.saturating_sub(day.most_driving);
                        *best = (*best).min((missed + late, arrive));
                    }
                    continue;
                };
                let stop = &day.stops[target];
                let rest: Vec<usize> = left.iter().copied().filter(|other| *other != target).collect();
                let spans = if stop.hours.is_empty() { vec![Span::new(0, u32::MAX)] } else { stop.hours.clone() };
                for span in spans {
                    let begin = arrive.max(stop.appointment.unwrap_or(0)).max(span.from);
                    let inside = hungry.filter(|meal| stop.feeds && on_way.is_none() && begin + stop.stay >= meal.from);
                    for at_stop in [None, inside].into_iter().take(1 + usize::from(inside.is_some())) {
                        let end = begin + stop.stay + at_stop.map_or(0, |meal| meal.minutes);
                        let late = end.saturating_sub(span.until).max(begin.saturating_sub(span.last_entry));
                        let here = if stop.hours.is_empty() { 1440 } else { late }
                            + stop.appointment.map_or(0, |at| begin.saturating_sub(at))
                            + stop.last_shuttle.map_or(0, |at| end.saturating_sub(at))
                            + at_stop.map_or(0, |meal| begin.max(meal.from).saturating_sub(meal.until));
                        let eaten = eaten || at_stop.is_some();
                        go(day, &rest, target, (end, missed + here, driving, eaten), best);
                    }
                }
            }
        }
    }
    let mut best = (u32::MAX, u32::MAX);
    let all: Vec<usize> = (0..day.stops.len()).collect();
    go(day, &all, day.stops.len(), (day.from, 0, 0, false), &mut best);
    best
}

fn any_day(most: usize) -> impl Strategy<Value = Exercise> {
    let last_entry = prop::option::weighted(0.3, 0u32..60);
    let span = (400u32..900, 60u32..500, last_entry).prop_map(|(from, long, before)| Span {
        last_entry: before.map_or(u32::MAX, |before| from + long - before),
        ..Span::new(from, from + long)
    });
    let hours = prop_oneof![
        8 => span.prop_map(|span| vec![span]),
        2 => Just(vec![Span::new(480, 690), Span::new(840, 1020)]),
        2 => Just(vec![Span::new(0, 1440)]),
        1 => Just(vec![]),
    ];
    let stop = (
        1u32..150,
        prop::option::weighted(0.15, 500u32..1000),
        hours,
        prop::option::weighted(0.1, 600u32..1000),
        any::<bool>(),
        prop::bool::weighted(0.15),
    );
    let stop = stop.prop_map(|(stay, appointment, hours, last_shuttle, feeds, locked)| Stop {
        stay,
        appointment,
        hours,
        last_shuttle,
        feeds,
        locked,
    });
    prop::collection::vec(stop, 0..=most).prop_flat_map(|stops| {
        let n = stops.len() + 1;
        let way = (0u32..90, any::<bool>()).prop_map(|(minutes, mountain)| Way { minutes, mountain });
        let ways = prop::collection::vec(prop::collection::vec(way, n), n);
        let lunch = prop::option::of((660u32..720, 0u32..120, 20u32..90));
        let light = prop::option::weighted(0.7, (380u32..560, 900u32..1150));
        (Just(stops), ways, lunch, light, 360u32..700, 200u32..700, 60u32..500).prop_map(
            |(stops, ways, lunch, light, from, long, most_driving)| Exercise {
                from,
                until: from + long,
                stops,
                ways,
                lunch: lunch.map(|(from, more, minutes)| Meal { from, until: from + more, minutes }),
                daylight: light.map(|(sunrise, sunset)| Daylight { sunrise, sunset }),
                most_driving,
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_is_better_than_the_best_order(day in any_day(6)) {
        let Best { order, proven } = best_order(&day, MOST_LABELS);
        prop_assert!(proven);
        let mut all = order.clone();
        all.sort();
        prop_assert_eq!(all, (0..day.stops.len()).collect::<Vec<_>>());
        for (place, stop) in order.iter().enumerate() {
            prop_assert!(!day.stops[*stop].locked || *stop == place, "a locked stop moved");
        }
        let score = day.run(&order).score;
        prop_assert_eq!((score.missed, score.ends), brute_force(&day));
    }

    #[test]
    fn an_order_is_as_good_as_the_day_worked_out_says(day in any_day(8)) {
        let order: Vec<usize> = (0..day.stops.len()).collect();
        prop_assert_eq!(day.score_of(&order), day.run(&order).score);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Too many orders to try; what nobody finds by trying a few hundred must not be better.
    #[test]
    fn a_full_day_is_arranged_too(day in any_day(12), tries in prop::collection::vec(any::<u64>(), 200)) {
        let score = day.run(&best_order(&day, MOST_LABELS).order).score;
        for mut seed in tries {
            let mut order: Vec<usize> = (0..day.stops.len()).collect();
            for place in (1..order.len()).rev() {
                order.swap(place, (seed % (place as u64 + 1)) as usize);
                seed /= place as u64 + 1;
            }
            if order.iter().enumerate().all(|(place, stop)| fits(&day, place, *stop)) {
                let other = day.run(&order).score;
                prop_assert!((score.missed, score.ends) <= (other.missed, other.ends));
            }
        }
    }

    /// What a search that gives up at once finds is legal, never worse than what was there, and not called the best.
    #[test]
    fn a_search_that_has_to_narrow_says_so(day in any_day(9)) {
        let (narrow, best) = (best_order(&day, 0), best_order(&day, MOST_LABELS));
        let mut all = narrow.order.clone();
        all.sort();
        prop_assert_eq!(all, (0..day.stops.len()).collect::<Vec<_>>());
        for (place, stop) in narrow.order.iter().enumerate() {
            prop_assert!(!day.stops[*stop].locked || *stop == place, "a locked stop moved");
        }
        let score = |order: &[usize]| { let score = day.run(order).score; (score.missed, score.ends) };
        let given: Vec<usize> = (0..day.stops.len()).collect();
        prop_assert!(score(&best.order) <= score(&narrow.order) && score(&narrow.order) <= score(&given));
        prop_assert!(!narrow.proven || score(&narrow.order) == score(&best.order));
    }

    #[test]
    fn an_arranged_day_says_what_the_check_says(trip in world::any_trip()) {
        let facts = world::facts();
        let world = World { facts: &facts, travel: &world::by_car };
        for day in 0..trip.days.len() {
            let arrangement = arrange(&trip, day, &world).unwrap();
            let before = check(&trip, &world).days[day].score;
            prop_assert_eq!(arrangement.before, before);
            if let Some(edit) = &arrangement.edit {
                let after = trip.apply(edit).unwrap().trip;
                let day_after = &check(&after, &world).days[day];
                prop_assert_eq!(day_after.score, arrangement.after);
            }
        }
    }
}

#[test]
fn a_tidy_day_is_left_alone() {
    let facts = world::facts();
    let world = World { facts: &facts, travel: &world::by_car };
    let mut trip = world::trip(&[&["pl-1", "pl-20", "pl-2"]]);
    trip.days[0].start = Some(world::at("st-1"));
    trip.days[0].end = Some(world::at("pl-20"));
    let arrangement = arrange(&trip, 0, &world).unwrap();
    let edit = arrangement.edit.expect("Changsha comes last");
    let better = trip.apply(&edit).unwrap().trip;
    assert_eq!(better.days[0].visits[2].at, world::at("pl-20"));
    assert_eq!(arrange(&better, 0, &world).unwrap().edit, None);
    trip.days[0].visits[1].locked = true;
    let locked = arrange(&trip, 0, &world).unwrap();
    assert!(locked.edit.is_none_or(|edit| trip.apply(&edit).unwrap().trip.days[0].visits[1].locked));
    assert_eq!(arrange(&trip, 5, &world), None);
}
