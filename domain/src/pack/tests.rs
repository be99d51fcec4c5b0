//! A small pack that is searched as people search.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::search::Query;
use crate::search::notes::{Note, Reason};

const FENGHUANG: &str = "433123";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn listing(id: &str, zh: &str, en: &str, more: &str) -> Listing {
    let details = if id.starts_with("st") {
        r#"{"kind":"stay","type":"family_inn","price_min":18000,"vouchers":true}"#
    } else {
        r#"{"kind":"place","sort":{"zh":"去处"}}"#
    };
    let text = format!(
        r#"{{"id":"{id}","slug":"{id}","title":{{"zh":"{zh}","en":"{en}"}},"summary":{{"zh":"沱江边的一处。"}},
        "region":"{FENGHUANG}","terrain":"old_town",{more}
        "provenance":{{"source":"某处","confidence":"sourced","as_of":"2026-11-01","licence":"CC BY 4.0"}},
        "published_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z","details":{details}}}"#
    );
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn pack() -> Pack {
    let said = [
        ("凤凰古城", "^feng huang ^gu cheng"),
        ("凤凰", "^feng huang"),
        ("沱江夜游", "^tuo jiang ^ye you"),
        ("长河客栈", "^chang|zhang he ^ke zhan"),
        ("芙蓉镇", "^fu rong zhen"),
        ("十八洞村", "^shi ba ^dong cun"),
        ("凤凰县", "^feng huang xian"),
        ("女书园", "^nv shu yuan"),
    ];
    let tables = Tables {
        folds: "鳳凤鎮镇遊游長长沱沱".into(),
        spoken: said.iter().map(|(run, spoken)| ((*run).to_owned(), (*spoken).to_owned())).collect(),
        words: "凤凰 古城 凤凰古城 沱江 夜游 长河 客栈 芙蓉镇 芙蓉 十八洞 民宿".into(),
        stems: [("terraces".to_owned(), "terrac".to_owned())].into(),
        syllables: "a an ang ba chang cheng cun dong feng fu gu he huang jiang ke nv rong shi shu tuo xian ye yi you yuan zhan zhang zhen"
            .into(),
        homophones: [("rong".to_owned(), "容蓉荣".to_owned())].into(),
    };
    Pack {
        county: RegionCode::parse(FENGHUANG).unwrap(),
        revision: 7,
        changed: None,
        without_bodies: false,
        left_out: 0,
        listings: vec![
            listing("pl-gucheng", "凤凰古城", "Fenghuang Old Town", r#""months":[4,5,10],"position":{"lat":27.95,"lon":109.6},"#),
            listing("pl-yeyou", "沱江夜游", "Tuojiang by night", r#""tags":["night"],"#),
            listing("st-changhe", "长河客栈", "Changhe Inn", r#""sample":true,"#),
            listing("pl-furong", "芙蓉镇", "Furong Town", r#""aliases":["王村"],"#),
            listing("pl-shibadong", "十八洞村", "Shibadong Village", r#""keywords":["terraces"],"#),
            listing("pl-nvshu", "女书园", "Nüshu Garden", ""),
        ],
        hidden: vec![],
        synonyms: vec![],
        tables,
    }
}

fn found_in(packs: &[Pack], query: &Query) -> Vec<String> {
    let pocket = Pocket::open(packs);
    pocket.answer(query, today()).hits.iter().map(|hit| hit.listing.id.to_string()).collect()
}

fn found(text: &str) -> Vec<String> {
    found_in(&[pack()], &Query { text: text.to_owned(), ..Query::default() })
}

#[test]
fn every_way_of_writing_a_name_finds_it_first() {
    let check = |text: &str, first: &str| assert_eq!(found(text).first().map(String::as_str), Some(first), "{text}");
    for text in [
        "凤凰古城",
        "鳳凰古城",
        "古城",
        "凤凰",
        "fenghuang",
        "fenghuanggucheng",
        "feng huang gu cheng",
        "Ｆｅｎｇｈｕａｎｇ",
        "feng4huang2",
    ] {
        check(text, "pl-gucheng");
    }
    check("fhgc", "pl-gucheng");
    check("gc", "pl-gucheng");
    check("凤huang", "pl-gucheng");
    check("凤hgc", "pl-gucheng");
    check("fengh", "pl-gucheng");
    check("Fenghuang old to", "pl-gucheng");
    check("zhanghe", "st-changhe");
    check("18洞村", "pl-shibadong");
    check("terrace", "pl-shibadong");
    check("terraced village", "pl-shibadong");
    check("old towns", "pl-gucheng");
    check("王村", "pl-furong");
    check("nushu", "pl-nvshu");
    check("nvshu", "pl-nvshu");
    assert!(found("乌有").is_empty());
}

#[test]
fn chinese_is_not_matched_by_sound_and_signs_mean_what_they_say() {
    assert!(found("\"风皇\"").is_empty());
    assert_eq!(found("\"古城\""), ["pl-gucheng"]);
    assert!(!found("凤凰 -古城").contains(&"pl-gucheng".to_owned()));
    assert!(found("-沱江").iter().all(|id| id != "pl-yeyou"));
    assert!(found("？！").is_empty(), "signs alone ask for nothing");
    assert_eq!(found("").len(), 6, "and nothing asks for everything");
}

#[test]
fn conditions_said_in_passing_are_conditions() {
    let pack = [pack()];
    let pocket = Pocket::open(&pack);
    let answer = pocket.answer(&Query { text: "可用券的住宿 300元以内".into(), ..Query::default() }, today());
    let params: Vec<&str> = answer.chips.iter().map(|chip| chip.param).collect();
    assert!(params.contains(&"voucher") && params.contains(&"price_max"), "{params:?}");
    assert_eq!(answer.hits.iter().map(|hit| hit.listing.id.as_str()).collect::<Vec<_>>(), ["st-changhe"]);
    let near = pocket.answer(&Query { text: "凤凰古城附近".into(), ..Query::default() }, today());
    assert!(near.chips.iter().any(|chip| chip.param == "near"));
    assert!(near.hits.iter().all(|hit| hit.distance_km.is_some()));
}

#[test]
fn what_was_chosen_is_applied_and_what_cannot_be_is_said() {
    let with = |change: fn(&mut Query)| {
        let mut query = Query::default();
        change(&mut query);
        found_in(&[pack()], &query)
    };
    assert_eq!(with(|it| it.voucher = true), ["st-changhe"]);
    assert_eq!(with(|it| it.months = crate::time::Months::only(5).unwrap()), ["pl-gucheng"]);
    assert_eq!(with(|it| it.price_max = Some(crate::Fen(10_000))), Vec::<String>::new());
    assert_eq!(with(|it| it.tags = vec![crate::listing::Tag::Night]), ["pl-yeyou"]);
    assert_eq!(with(|it| it.counties = vec![RegionCode::parse("430102").unwrap()]), Vec::<String>::new());
    assert_eq!(with(|it| it.prefectures = vec![RegionCode::parse("433100").unwrap()]).len(), 6);
    assert_eq!(with(|it| it.near = crate::geo::Point::new(27.95, 109.6)), ["pl-gucheng"]);
    let pack = [pack()];
    let pocket = Pocket::open(&pack);
    let corridor = crate::search::Corridor { route: "r-1".into(), line: vec![] };
    let answer = pocket.answer(&Query { corridor: Some(corridor), ..Query::default() }, today());
    assert_eq!((answer.not_applied, answer.total), (vec!["corridor"], 6));
}

#[test]
fn what_is_wrong_is_put_right_and_says_so() {
    let pack = [pack()];
    let pocket = Pocket::open(&pack);
    let check = |text: &str, first: &str, reason: Reason| {
        let answer = pocket.answer(&Query { text: text.into(), ..Query::default() }, today());
        assert_eq!(answer.hits.first().map(|hit| hit.listing.id.as_str()), Some(first), "{text}");
        assert!(
            matches!(&answer.notes[..], [Note::Corrected { reason: why, .. }] if *why == reason),
            "{text}: {:?}",
            answer.notes
        );
    };
    check("芙容镇", "pl-furong", Reason::Character);
    check("fenghaung", "pl-gucheng", Reason::Typo);
    check("furongzen", "pl-furong", Reason::Dialect);
    let exact = pocket.answer(&Query { text: "芙容镇".into(), exact: true, ..Query::default() }, today());
    assert_eq!((exact.total, exact.notes.len()), (0, 0));
}

#[test]
fn what_the_bureau_has_decided_holds() {
    let mut decided = pack();
    decided.hidden = vec![ListingId::parse("pl-yeyou").unwrap()];
    decided.synonyms = vec![OtherWords { word: "游船".into(), others: vec!["夜游".into()], both_ways: false }];
    let found = |text: &str| found_in(&[decided.clone()], &Query { text: text.into(), ..Query::default() });
    assert!(found("沱江").is_empty() || !found("沱江").contains(&"pl-yeyou".to_owned()));
    assert_eq!(found("沱江夜游"), ["pl-yeyou"], "by its whole name it is found");
    decided.hidden.clear();
    assert_eq!(found_in(&[decided], &Query { text: "游船".into(), ..Query::default() }), ["pl-yeyou"]);
}

#[test]
fn marks_stand_on_what_matched() {
    let pack = [pack()];
    let pocket = Pocket::open(&pack);
    let check = |text: &str, shown: &str, marks: &[(usize, usize)]| {
        let answer = pocket.answer(&Query { text: text.into(), ..Query::default() }, today());
        assert_eq!(answer.marking.ranges(&pocket, shown), marks, "{text}");
    };
    check("凤凰", "凤凰古城", &[(0, 2)]);
    check("gucheng", "凤凰古城", &[(2, 4)]);
    check("fhg", "凤凰古城", &[(0, 3)]);
    check("凤hua", "凤凰古城", &[(0, 2)]);
    check("old to", "Fenghuang Old Town", &[(10, 13), (14, 16)]);
    check("鳳凰", "凤凰古城", &[(0, 2)]);
    check("客栈", "凤凰古城", &[]);
}

#[test]
fn several_packs_are_one_and_the_newest_counts() {
    let mut newer = pack();
    newer.revision = 8;
    newer.listings.truncate(1);
    newer.listings[0].title = crate::Text::new("凤凰古城", "Fenghuang Ancient Town");
    for packs in [[pack(), newer.clone()], [newer.clone(), pack()]] {
        assert_eq!(found_in(&packs, &Query::default()).len(), 6);
        let pocket = Pocket::open(&packs);
        assert_eq!(
            pocket.find(crate::listing::Kind::Place, "pl-gucheng").unwrap().title.get(crate::Lang::En),
            "Fenghuang Ancient Town"
        );
    }
}

#[test]
fn readings_are_written_as_they_are_read() {
    let written = "^chang|zhang he ^- zhan";
    let spoken = Spoken::read(written);
    assert_eq!(spoken.readings, [vec!["chang", "zhang"], vec!["he"], vec![], vec!["zhan"]]);
    assert_eq!((spoken.starts.clone(), spoken.write()), (vec![0, 2], written.to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever is typed means something, counts agree, and marks lie in the text.
    #[test]
    fn any_text_is_answered(any in any::<String>(), near in "[凤凰古城沱江fenghuag \"'\\-0-9a附近元以内]{0,24}") {
        let pack = [pack()];
        let pocket = Pocket::open(&pack);
        for text in [any, near] {
            let query = Query { text, ..Query::default() };
            let answer = pocket.answer(&query, today());
            prop_assert_eq!(answer.groups.iter().map(|(_, total, _)| total).sum::<usize>(), answer.total);
            prop_assert_eq!(answer.hits.len(), answer.total);
            for listing in &pack[0].listings {
                let shown = &listing.title.zh;
                let marks = answer.marking.ranges(&pocket, shown);
                prop_assert!(marks.iter().all(|(start, end)| start < end && *end <= shown.chars().count()));
                prop_assert!(marks.windows(2).all(|pair| pair[0].1 < pair[1].0));
            }
        }
    }

    /// Every part of a name finds its bearer, and every cut of its pinyin does.
    #[test]
    fn parts_of_a_name_find_it(at in 0usize..6, from in 0usize..4, length in 2usize..5) {
        let pack = [pack()];
        let pocket = Pocket::open(&pack);
        let listing = &pack[0].listings[at];
        let chars: Vec<char> = listing.title.zh.chars().collect();
        let from = from.min(chars.len() - 2);
        let to = (from + length).min(chars.len());
        let spoken = Spoken::read(&pack[0].tables.spoken[&listing.title.zh]);
        let syllables: Vec<&str> = spoken.readings[from..to].iter().map(|ways| ways[0].as_str()).collect();
        for text in [chars[from..to].iter().collect::<String>(), syllables.concat(), syllables.join(" ")] {
            let answer = pocket.answer(&Query { text: text.clone(), ..Query::default() }, today());
            prop_assert!(answer.hits.iter().any(|hit| hit.listing.id == listing.id), "{} for {}", text, listing.id);
        }
    }

    /// Choosing more never finds more.
    #[test]
    fn conditions_only_narrow(voucher: bool, month in 1u32..13, text in "(凤凰|古城|you|客栈|)") {
        let wide = found_in(&[pack()], &Query { text: text.clone(), exact: true, ..Query::default() });
        let months = crate::time::Months::only(month).unwrap();
        let narrow = found_in(&[pack()], &Query { text, exact: true, voucher, months, ..Query::default() });
        prop_assert!(narrow.iter().all(|id| wide.contains(id)));
    }
}
