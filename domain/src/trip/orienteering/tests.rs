//! What must hold of every plan, on problems of all kinds.

use proptest::prelude::*;

use super::*;
use crate::Fen;

fn window(earliest: i32, latest: i32) -> Window {
    Window { earliest, latest }
}

fn visit(place: usize, score: u32) -> Visit {
    Visit { place, score, duration: 30, cost: Fen(0), mandatory: false, opening: Opening::Always(window(0, 600)) }
}

/// From place 0 and back, from `leaves` on.
fn day(leaves: i32, back: i32) -> Tour {
    Tour { from: 0, to: 0, leaves, back }
}

/// Places on a road, ten minutes from one to the next.
fn road(places: usize) -> Travel {
    Travel::between(places, |a, b| 10 * a.abs_diff(b) as i32)
}

fn solve(problem: Problem, steps: u64) -> Plan {
    let mut solver = Solver::new(problem, 7);
    solver.step(steps);
    solver.best()
}

/// Any problem of so many visits: ways that differ by direction and keep no triangle, closed days, prices, ends elsewhere.
fn problems(visits: std::ops::Range<usize>, tours: std::ops::Range<usize>) -> impl Strategy<Value = Problem> {
    (visits, tours, 2usize..6).prop_flat_map(|(visits, tours, places)| {
        let hours = (0i32..300, 0i32..300).prop_map(|(earliest, width)| window(earliest, earliest + width));
        let per_tour = prop::collection::vec(prop::option::weighted(0.7, hours.clone()), tours);
        let opening = prop_oneof![hours.prop_map(Opening::Always), per_tour.prop_map(Opening::PerTour)];
        let visit = (0..places, 0u32..50, 0i32..60, 0i64..5_000, prop::bool::weighted(0.15), opening).prop_map(
            |(place, score, duration, cost, mandatory, opening)| Visit {
                place,
                score,
                duration,
                cost: Fen(cost),
                mandatory,
                opening,
            },
        );
        let tour = (0..places, 0..places, 0i32..100, 150i32..500);
        let tour = tour.prop_map(|(from, to, leaves, length)| Tour { from, to, leaves, back: leaves + length });
        let way = prop_oneof![20 => 0i32..100, 1 => Just(i32::MAX)];
        let budget = prop::option::of((0i64..15_000).prop_map(Fen));
        (
            prop::collection::vec(way, places * places),
            prop::collection::vec(visit, visits),
            prop::collection::vec(tour, tours),
            budget,
        )
            .prop_filter_map("a tour that cannot be", move |(ways, visits, tours, budget)| {
                Problem::new(Travel::between(places, |a, b| ways[a * places + b]), visits, tours, budget).ok()
            })
    })
}

/// Every order of every set of visits.
fn brute_force(problem: &Problem) -> Option<(u64, i32)> {
    fn extend(problem: &Problem, order: &mut Vec<usize>, best: &mut Option<(u64, i32)>) {
        let plan = Plan::of(problem, vec![order.clone()]).ok().filter(|plan| plan.missing.is_empty());
        if let Some(plan) = plan {
            let over = problem.schedule(0, order).unwrap().last().unwrap().arrives;
            *best = Some(best.map_or((plan.score, -over), |best| best.max((plan.score, -over))));
        }
        for visit in 0..problem.visits().len() {
            if !order.contains(&visit) {
                order.push(visit);
                extend(problem, order, best);
                order.pop();
            }
        }
    }
    let mut best = None;
    extend(problem, &mut Vec::new(), &mut best);
    best.map(|(score, over)| (score, -over))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_plan_keeps_every_rule(problem in problems(0..25, 1..5), seed: u64) {
        let mut solver = Solver::new(problem.clone(), seed);
        for _ in 0..4 {
            let best = solver.best();
            prop_assert_eq!(Plan::of(&problem, best.tours.clone()), Ok(best));
            solver.step(60);
        }
    }

    #[test]
    fn more_steps_never_lead_to_less(problem in problems(1..25, 1..4), seed: u64) {
        let mut solver = Solver::new(problem, seed);
        let mut before = solver.best();
        for _ in 0..10 {
            solver.step(20);
            let now = solver.best();
            prop_assert!(now.missing.len() <= before.missing.len());
            prop_assert!(now.score >= before.score || now.missing.len() < before.missing.len());
            before = now;
        }
    }

    #[test]
    fn the_same_seed_finds_the_same(problem in problems(1..20, 1..4), seed: u64, cut in 0u64..200) {
        let mut at_once = Solver::new(problem.clone(), seed);
        at_once.step(200);
        let mut in_parts = Solver::new(problem, seed);
        in_parts.step(cut);
        in_parts.step(200 - cut);
        prop_assert_eq!(at_once.best(), in_parts.best());
    }

    #[test]
    fn the_optimum_of_a_day_is_that_of_trying_everything(problem in problems(0..7, 1..2)) {
        let proven = exact::optimum(&problem).unwrap();
        let over = |plan: &Plan| problem.schedule(0, &plan.tours[0]).unwrap().last().unwrap().arrives;
        prop_assert_eq!(proven.map(|plan| (plan.score, over(&plan))), brute_force(&problem));
    }

    #[test]
    fn the_search_never_beats_the_optimum(problem in problems(1..13, 1..2), seed: u64) {
        let proven = exact::optimum(&problem).unwrap();
        let mut solver = Solver::new(problem, seed);
        solver.step(300);
        let found = solver.best();
        match proven {
            Some(proven) if found.missing.is_empty() => prop_assert!(found.score <= proven.score),
            Some(proven) => prop_assert!(proven.missing.is_empty()),
            None => prop_assert!(!found.missing.is_empty(), "the search found what was proven not to be"),
        }
    }
}

#[test]
fn a_day_is_filled_with_what_is_worth_most() {
    // Back at 100: one visit at the end of the road, or two near.
    let visits = vec![visit(1, 5), visit(1, 6), visit(3, 10)];
    let plan = solve(Problem::new(road(4), visits, vec![day(0, 100)], None).unwrap(), 200);
    assert_eq!((plan.score, plan.cost), (11, Fen(0)));
}

#[test]
fn money_is_spent_where_it_brings_most() {
    let priced = |score, yuan: i64| Visit { cost: Fen(yuan * 100), ..visit(1, score) };
    let visits = vec![priced(10, 100), priced(7, 50), priced(7, 50), priced(1, 0)];
    let problem = Problem::new(road(2), visits, vec![day(0, 500), day(0, 500)], Some(Fen(10_000))).unwrap();
    let plan = solve(problem, 200);
    assert_eq!((plan.score, plan.cost), (15, Fen(10_000)));
}

#[test]
fn what_is_mandatory_is_there_whatever_it_displaces() {
    let mandatory = Visit { mandatory: true, ..visit(4, 0) };
    let problem = Problem::new(road(5), vec![visit(1, 50), visit(1, 50), mandatory], vec![day(0, 110)], None).unwrap();
    let plan = solve(problem, 200);
    assert_eq!((plan.tours, plan.missing), (vec![vec![2]], vec![]));
}

#[test]
fn what_is_mandatory_but_impossible_is_named() {
    let mandatory = Visit { mandatory: true, opening: Opening::PerTour(vec![None]), ..visit(1, 5) };
    let problem = Problem::new(road(2), vec![visit(1, 3), mandatory], vec![day(0, 100)], None).unwrap();
    assert_eq!(exact::optimum(&problem), Ok(None));
    let plan = solve(problem, 50);
    assert_eq!((plan.score, plan.missing), (3, vec![1]));
}

#[test]
fn a_visit_goes_to_the_day_on_which_it_is_open() {
    let on = |tour: usize| (0..3).map(|other| (other == tour).then_some(window(100, 120))).collect();
    let visits = [2, 0, 1].map(|tour| Visit { opening: Opening::PerTour(on(tour)), ..visit(1, 1) });
    let plan = solve(Problem::new(road(2), visits.to_vec(), vec![day(0, 300); 3], None).unwrap(), 100);
    assert_eq!(plan.tours, [[1], [2], [0]]);
}

#[test]
fn days_start_and_end_where_they_should() {
    // Along the road: the first night is at place 2, so the first day cannot turn back, and the second goes on from there.
    let tours = vec![Tour { from: 0, to: 2, leaves: 0, back: 80 }, Tour { from: 2, to: 4, leaves: 0, back: 80 }];
    let visits = (0..5).map(|place| visit(place, 1)).collect();
    let plan = solve(Problem::new(road(5), visits, tours, None).unwrap(), 200);
    assert_eq!(plan.score, 4, "two visits of 30 and a way of 20 fit into each day");
    assert!(plan.tours[0].iter().all(|place| *place <= 2) && plan.tours[1].iter().all(|place| *place >= 2), "{:?}", plan.tours);
}

#[test]
fn a_long_search_keeps_every_rule_too() {
    // Long enough for tours to be put together anew.
    let visits = (1..40).map(|place| {
        let windows = (0..3).map(|tour| (place % 4 != tour).then_some(window(0, 100 + 7 * place as i32)));
        Visit { cost: Fen(100), opening: Opening::PerTour(windows.collect()), ..visit(place, 1 + (place * place % 17) as u32) }
    });
    let problem = Problem::new(road(40), visits.collect(), vec![day(0, 400); 3], Some(Fen(2_500))).unwrap();
    let plan = solve(problem.clone(), 5_000);
    assert_eq!(Plan::of(&problem, plan.tours.clone()), Ok(plan));
}

#[test]
fn the_longest_times_do_not_overflow() {
    let far = |from: usize, to: usize| if from == to { 0 } else { [LONGEST, i32::MAX][(from + to) % 2] };
    let visits = (0..6).map(|place| Visit {
        duration: if place == 0 { LONGEST } else { 0 },
        opening: Opening::Always(window(-LONGEST, LONGEST)),
        ..visit(place, 1)
    });
    let tours = vec![day(-LONGEST, LONGEST); 2];
    let plan = solve(Problem::new(Travel::between(6, far), visits.collect(), tours, None).unwrap(), 200);
    assert_eq!(plan.score, 2, "the visit at the start, and one for which the way there and back takes all the time");
}

#[test]
fn the_search_stops_when_it_is_told() {
    let visits = (0..50).map(|place| visit(place, 1)).collect();
    let mut solver = Solver::new(Problem::new(road(50), visits, vec![day(0, 400)], None).unwrap(), 1);
    let mut asked = 0;
    solver.run(|| {
        asked += 1;
        (asked <= 3).then_some(0.5)
    });
    assert_eq!((asked, solver.steps()), (4, 24));
}

#[test]
fn twelve_stops_can_be_arranged_for_the_earliest_end() {
    let visits = [5, 11, 3, 8, 1, 10, 2, 7, 4, 12, 6, 9].map(|place| Visit { mandatory: true, ..visit(place, 1) });
    let problem = Problem::new(road(13), visits.to_vec(), vec![day(0, 700)], None).unwrap();
    let plan = exact::optimum(&problem).unwrap().unwrap();
    assert_eq!(problem.schedule(0, &plan.tours[0]).unwrap().last().unwrap().arrives, 12 * 30 + 2 * 120);
}

#[test]
fn what_is_too_large_to_prove_is_refused() {
    let many = |visits: usize, tours| Problem::new(road(1), vec![visit(0, 1); visits], vec![day(0, 10); tours], None).unwrap();
    assert_eq!(exact::optimum(&many(17, 1)), Err(exact::Beyond::Visits(17)));
    assert_eq!(exact::optimum(&many(3, 2)), Err(exact::Beyond::Tours(2)));
}

#[test]
fn what_makes_no_sense_is_no_problem() {
    let refused = |visit: Visit, tour: Tour, budget| Problem::new(road(2), vec![visit], vec![tour], budget).unwrap_err();
    let (v, d) = (|| visit(1, 1), || day(0, 100));
    assert_eq!(refused(visit(2, 1), d(), None), Fault::VisitPlace(0));
    assert_eq!(refused(v(), Tour { to: 2, ..d() }, None), Fault::TourPlace(0));
    assert_eq!(refused(v(), Tour { to: 1, back: 9, ..d() }, None), Fault::TourTooShort(0));
    assert_eq!(refused(v(), day(0, i32::MAX), None), Fault::TourTime(0));
    assert_eq!(refused(Visit { duration: -1, ..v() }, d(), None), Fault::Duration(0));
    assert_eq!(refused(Visit { cost: Fen(-1), ..v() }, d(), None), Fault::Cost(0));
    assert_eq!(refused(Visit { opening: Opening::PerTour(vec![]), ..v() }, d(), None), Fault::Openings(0, 0, 1));
    assert_eq!(refused(Visit { opening: Opening::Always(window(0, i32::MAX)), ..v() }, d(), None), Fault::VisitTime(0));
    assert_eq!(refused(v(), d(), Some(Fen(-1))), Fault::Budget);
    assert_eq!(Problem::new(road(1), vec![], vec![], None), Err(Fault::Tours(0)));
    assert_eq!(Problem::new(Travel::between(1, |_, _| -1), vec![], vec![day(0, 1)], None), Err(Fault::Travel(0, 0)));
}

#[test]
fn broken_tours_are_no_plan() {
    let closed = Visit { opening: Opening::PerTour(vec![Some(window(0, 600)), None]), ..visit(1, 1) };
    let dear = Visit { cost: Fen(200), ..visit(1, 1) };
    let early = Visit { opening: Opening::Always(window(0, 5)), ..visit(1, 1) };
    let problem = Problem::new(road(2), vec![closed, dear, early], vec![day(0, 100); 2], Some(Fen(100))).unwrap();
    let broken = |tours: [&[usize]; 2]| Plan::of(&problem, tours.map(<[usize]>::to_vec).to_vec()).unwrap_err();
    assert_eq!(broken([&[0], &[0]]), Broken::Closed(0, 1));
    assert_eq!(broken([&[0, 0], &[]]), Broken::Twice(0));
    assert_eq!(broken([&[0], &[1]]), Broken::Budget(Fen(200), Fen(100)));
    assert_eq!(broken([&[2], &[]]), Broken::Late(2, 0));
    assert_eq!(broken([&[3], &[]]), Broken::Unknown(3));
    assert_eq!(broken([&[1, 1, 1], &[]]), Broken::End(0));
    assert_eq!(Plan::of(&problem, vec![]).unwrap_err(), Broken::Tours(0, 2));
}
