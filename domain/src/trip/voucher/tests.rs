use proptest::prelude::*;

use super::super::budget::{budget, split};
use super::super::plan::{Cost, VisitId};
use super::super::world;
use super::*;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn voucher(name: &str, saves: Saves, threshold: i64, kinds: &[UsableAt]) -> Voucher {
    Voucher {
        id: world::id(name),
        name: Text::zh_only(name),
        saves,
        threshold: Fen(threshold),
        from: day(11, 1),
        until: day(12, 31),
        kinds: kinds.to_vec(),
        regions: vec![],
        poverty_counties_only: false,
        who: Text::zh_only("所有人"),
        sample: true,
        stacks: false,
        uses: Some(1),
    }
}

fn off(name: &str, amount: i64, threshold: i64, kinds: &[UsableAt]) -> Voucher {
    voucher(name, Saves::Amount(Fen(amount)), threshold, kinds)
}

#[test]
fn an_offer_of_the_catalogue_is_read_with_care() {
    let listing = Listing { sample: true, ..world::listing("of-1", Kind::Offer) };
    let offer = Voucher::of(&listing).unwrap();
    assert_eq!((offer.saves, offer.threshold, offer.uses), (Saves::Amount(Fen(3_000)), Fen(10_000), None), "direct: every order");
    assert_eq!(offer.regions, [RegionCode::parse("433123").unwrap()]);
    assert!(offer.sample && !offer.stacks);
    assert_eq!(Voucher::of(&world::listing("pl-1", Kind::Place)), None);
}

#[test]
fn an_offer_goes_where_it_saves_most_and_only_where_it_may() {
    let facts = world::facts();
    let mut trip = world::trip(&[&["ex-1"], &["pl-1"], &["pl-2"]]);
    trip.days[0].end = Some(world::at("st-1"));
    let use_all = |trip: &_, vouchers: &[Voucher]| best_savings(&budget(trip, &facts), vouchers);
    // The workshop costs ¥216 for two, the night ¥168.
    let both = off("of-both", 6_000, 20_000, &[UsableAt::Stay, UsableAt::Experience]);
    let night = off("of-night", 3_000, 10_000, &[UsableAt::Stay]);
    let fifth = voucher("of-fifth", Saves::Percent { percent: 20, cap: Some(Fen(4_000)) }, 0, &[UsableAt::Experience]);
    let best = use_all(&trip, &[fifth.clone(), both.clone(), night.clone()]);
    let used: Vec<_> = best.used.iter().map(|used| (used.voucher.as_str(), used.item, used.saved)).collect();
    assert_eq!(used, [("of-both", Item::Visit(VisitId(1)), Fen(6_000)), ("of-night", Item::Night(0), Fen(3_000))]);
    assert_eq!((best.saved, best.to_pay, best.proven), (Fen(9_000), Fen(21_600 + 16_800 - 9_000), true));
    assert!(best.used.iter().all(|used| used.sample));
    // Where offers may stand together they do.
    let stacked = |voucher: &Voucher| Voucher { stacks: true, ..voucher.clone() };
    assert_eq!(use_all(&trip, &[stacked(&fifth), stacked(&both), night.clone()]).saved, Fen(4_000 + 6_000 + 3_000));
    // Out of its days, in another county, not in a poor one.
    for wrong in [
        Voucher { until: day(11, 27), ..night.clone() },
        Voucher { regions: vec![RegionCode::parse("430100").unwrap()], ..night.clone() },
        Voucher { threshold: Fen(16_801), ..night.clone() },
    ] {
        assert_eq!(use_all(&trip, &[wrong]).saved, Fen(0));
    }
    for right in [
        Voucher { until: day(11, 28), ..night.clone() },
        Voucher { regions: vec![RegionCode::parse("433100").unwrap()], ..night.clone() },
        Voucher { poverty_counties_only: true, ..night.clone() },
    ] {
        assert_eq!(use_all(&trip, &[right]).saved, Fen(3_000), "Fenghuang is in Xiangxi, and was poor");
    }
    // A place with an unknown price saves nothing; with a known one it does, and it is not sure to take offers.
    let ticket = off("of-ticket", 1_500, 5_000, &[UsableAt::Place]);
    assert_eq!(use_all(&trip, std::slice::from_ref(&ticket)).saved, Fen(0));
    trip.days[1].visits[0].cost = Some(Cost::Person(Fen(2_500)));
    let best = use_all(&trip, &[ticket]);
    assert_eq!((best.saved, best.used[0].unsure), (Fen(1_500), true));
    let gift = voucher("of-gift", Saves::Gift(Text::zh_only("香柚")), 0, &[UsableAt::Stay]);
    assert_eq!(use_all(&trip, std::slice::from_ref(&gift)).gifts, [(world::id("of-gift"), Item::Night(0))]);
    // One offer an order, presents among them.
    assert_eq!(use_all(&trip, &[night, gift.clone()]).gifts, []);
    let other = Voucher { id: world::id("of-other"), ..gift.clone() };
    assert_eq!(use_all(&trip, &[gift, other]).gifts, [(world::id("of-gift"), Item::Night(0))]);
}

fn line(index: usize, cost: i64, stay: bool) -> Line {
    Line {
        item: if stay { Item::Night(index) } else { Item::Visit(VisitId(index as u32)) },
        cost: Some(Fen(cost)),
        from: false,
        said: false,
        sample: false,
        place: None,
        kind: Some(if stay { Kind::Stay } else { Kind::Experience }),
        region: None,
        vouchers: Some(true),
        date: day(11, 28),
    }
}

/// Every voucher on every line or not, and what is legal of that.
fn brute_force(lines: &[Line], vouchers: &[Voucher]) -> i64 {
    let pairs: Vec<(usize, usize)> = (0..lines.len()).flat_map(|l| (0..vouchers.len()).map(move |v| (l, v))).collect();
    let mut best = 0;
    for bits in 0u32..1 << pairs.len() {
        let used: Vec<(usize, usize)> = (0..pairs.len()).filter(|i| bits & (1 << i) != 0).map(|i| pairs[i]).collect();
        let on = |line: usize| used.iter().filter(move |(l, _)| *l == line).map(|(_, v)| &vouchers[*v]);
        let legal = used.iter().all(|(l, v)| vouchers[*v].fits(&lines[*l]))
            && (0..lines.len()).all(|l| on(l).count() <= 1 || on(l).all(|voucher| voucher.stacks))
            && (0..vouchers.len()).all(|v| {
                let times = used.iter().filter(|(_, other)| *other == v).count();
                vouchers[v].uses.is_none_or(|uses| times <= uses as usize)
            });
        if legal {
            let saved = |l: usize| {
                let cost = lines[l].cost.unwrap();
                on(l).map(|voucher| voucher.saving(cost).0).sum::<i64>().min(cost.0)
            };
            best = best.max((0..lines.len()).map(saved).sum());
        }
    }
    best
}

proptest! {
    #[test]
    fn no_legal_combination_saves_more(
        costs in prop::collection::vec((0i64..40_000, any::<bool>()), 1..4),
        offers in prop::collection::vec((0i64..9_000, 0i64..30_000, 0usize..3, any::<bool>(), prop::option::of(0u32..3), any::<bool>()), 1..5),
    ) {
        let lines: Vec<Line> = costs.iter().enumerate().map(|(index, (cost, stay))| line(index, *cost, *stay)).collect();
        let kinds = [vec![UsableAt::Stay], vec![UsableAt::Experience], vec![UsableAt::Stay, UsableAt::Experience]];
        let vouchers: Vec<Voucher> = offers
            .iter()
            .enumerate()
            .map(|(index, (amount, threshold, kind, percent, uses, stacks))| {
                let saves = match percent {
                    true => Saves::Percent { percent: (*amount % 100) as u32 + 1, cap: Some(Fen(5_000)) },
                    false => Saves::Amount(Fen(*amount)),
                };
                let plain = voucher(&format!("of-{index}"), saves, *threshold, &kinds[*kind]);
                Voucher { uses: *uses, stacks: *stacks, ..plain }
            })
            .collect();
        let known = Fen(lines.iter().filter_map(|line| line.cost).map(|cost| cost.0).sum());
        let all = Budget { lines: lines.clone(), known, unknown: 0, at_least: false };
        let best = best_savings(&all, &vouchers);
        prop_assert!(best.proven);
        prop_assert_eq!(best.saved.0, brute_force(&lines, &vouchers));
        prop_assert_eq!(best.used.iter().map(|used| used.saved.0).sum::<i64>(), best.saved.0);
        prop_assert_eq!(best.to_pay.0 + best.saved.0, known.0);
        prop_assert_eq!(split(best.to_pay, 3).iter().map(|share| share.0).sum::<i64>(), best.to_pay.0);
    }
}
