//! A search as a person asks it: what is understood, what is put right, what is left out, and that it is said.

use domain::listing::Kind;
use domain::search::Query;
use domain::search::notes::{Note, Reason, Step};
use proptest::prelude::*;

use super::world::*;
use crate::search::{Answer, Index};

fn answer(index: &Index, text: &str) -> Answer {
    index.answer(&ask(text), &options()).unwrap()
}

fn ids(answer: &Answer) -> Vec<&str> {
    found(&answer.results)
}

fn corrected(answer: &Answer) -> Vec<(&str, &str, Reason)> {
    let notes = answer.notes.iter();
    notes
        .filter_map(|note| match note {
            Note::Corrected { from, to, reason } => Some((from.as_str(), to.as_str(), *reason)),
            Note::Relaxed(_) => None,
        })
        .collect()
}

#[test]
fn conditions_in_the_text_are_filters_that_are_shown() {
    let index = index_of(world());
    let check = |text: &str, chips: &[&str], expected: &[&str]| {
        let answer = answer(&index, text);
        let codes: Vec<_> = answer.chips.iter().map(|chip| chip.code.as_str()).collect();
        assert_eq!((codes.as_slice(), ids(&answer).as_slice()), (chips, expected), "{text}");
        assert!(answer.notes.is_empty(), "{text}: {:?}", answer.notes);
    };
    check("凤凰 民宿", &["county:433123", "kind:stay"], &["st-fenghuang"]);
    check("凤凰附近民宿 200元以内", &["near:凤凰", "kind:stay", "price_max:20000"], &["st-fenghuang"]);
    check("凤凰古城附近 民宿", &["near:凤凰古城", "kind:stay"], &["st-fenghuang"]);
    check("民宿 可用消费券", &["kind:stay", "voucher:1"], &["st-fenghuang"]);
    check("轮椅能去的民宿", &["barrier_free:1", "kind:stay"], &["st-fenghuang"]);
    check("5A 郴州", &["grade:5A", "prefecture:431000"], &["pl-dongjiang"]);
    check("10月 瀑布", &["month:10"], &["pl-furong"]);
}

#[test]
fn a_chip_is_taken_away_and_a_name_is_not_cut() {
    let index = index_of(world());
    let literal = Query { literal: vec!["county:433123".into()], ..ask("凤凰 民宿") };
    let answered = index.answer(&literal, &options()).unwrap();
    assert_eq!(answered.chips.iter().map(|chip| chip.code.as_str()).collect::<Vec<_>>(), ["kind:stay"]);
    for name in ["凤凰古城", "张家界国家森林公园", "凤凰", "湘西"] {
        assert!(answer(&index, name).chips.is_empty(), "{name}");
    }
    let exact = index.answer(&Query { exact: true, ..ask("凤凰 民宿") }, &options()).unwrap();
    assert!(exact.chips.is_empty());
}

/// What was chosen by hand stands, whatever the text says.
#[test]
fn counts_hold_where_the_text_has_conditions() {
    let index = index_of(world());
    let asked = ask("凤凰 民宿");
    let answered = index.answer(&asked, &options()).unwrap();
    for facet in &answered.results.facets {
        for (value, count) in &facet.values {
            let (narrowed, problems) = Query::from_params([("q", "凤凰 民宿"), (facet.name, value.as_str())]);
            assert!(problems.is_empty());
            let hits = index.answer(&narrowed, &options()).unwrap();
            assert_eq!(hits.results.total, *count, "{}={value}", facet.name);
        }
    }
}

#[test]
fn what_finds_nothing_is_put_right_and_said() {
    let index = index_of(world());
    let check = |text: &str, to: &str, reason: Reason, first: &str| {
        let answer = answer(&index, text);
        assert_eq!(corrected(&answer), [(text, to, reason)], "{text}");
        assert_eq!(ids(&answer).first().copied(), Some(first), "{text}");
        let exact = index.answer(&Query { exact: true, ..ask(text) }, &options()).unwrap();
        assert_eq!((exact.results.total, exact.notes.len()), (0, 0), "{text}");
    };
    check("芙容镇", "芙蓉镇", Reason::Character, "pl-furong");
    check("凤皇古城", "凤凰古城", Reason::Character, "pl-fenghuang");
    check("岳鹿山", "岳麓山", Reason::Character, "pl-yuelu");
    check("fenhuang gucen", "凤凰古城", Reason::Dialect, "pl-fenghuang");
    check("yuelusan", "岳麓山", Reason::Dialect, "pl-yuelu");
    check("binzhou", "郴州", Reason::Misreading, "pl-dongjiang");
    check("guluo", "汨罗", Reason::Misreading, "pl-quzi");
    check("fenghaung", "凤凰", Reason::Typo, "pl-fenghuang");
    check("mountian", "mountain", Reason::Typo, "pl-yuelu");
}

#[test]
fn what_was_put_right_has_further_pages() {
    let index = index_of(world());
    let page = |page| index.answer(&Query { page, per_page: 1, ..ask("fenghaung") }, &options()).unwrap();
    let (first, second) = (page(1), page(2));
    assert!(first.results.total > 1 && first.results.total == second.results.total);
    assert_eq!(first.notes, second.notes);
    assert_ne!(ids(&first), ids(&second));
}

#[test]
fn only_the_wrong_word_of_several_is_put_right() {
    let index = index_of(world());
    let answer = answer(&index, "binzhou 东江湖");
    assert_eq!(corrected(&answer), [("binzhou", "郴州", Reason::Misreading)]);
    assert_eq!(ids(&answer), ["pl-dongjiang"]);
}

#[test]
fn what_is_found_as_typed_is_never_put_right() {
    let index = index_of(world());
    for text in ["经典", "景点", "王村", "fenghuang", "lake", "古城", "民宿", "anhuaheicha"] {
        let answer = answer(&index, text);
        assert!(answer.results.total > 0 && answer.notes.is_empty(), "{text}: {:?}", answer.notes);
    }
}

#[test]
fn nonsense_finds_nothing() {
    let index = index_of(world());
    for text in ["asdfghjkl", "qqqqzzzz", "魑魅魍魉", "😀😀", "？！", "比特币行情", "kubernetes ingress yaml", "9999999999"]
    {
        let answer = answer(&index, text);
        assert_eq!((answer.results.total, answer.notes.len()), (0, 0), "{text}");
    }
}

/// Where others fail (pitfalls 14 to 20): the guesses must not bring back what the plain search avoids.
#[test]
fn known_traps_are_avoided_by_the_guesses_too() {
    let index = index_of(vec![
        listing("pl-butterfly", Kind::Place, "蝴蝶谷", "Valley", "430104").summary("看蝶的地方，山花很多。").0,
        listing("pl-zhaoshang", Kind::Place, "招商局旧址", "Old office", "430104").summary("旧时公司所在。").0,
        listing("pl-zhang", Kind::Place, "张家的白云阁", "Pavilion", "430104").summary("张姓人家。云很低。").0,
        listing("pl-simple", Kind::Place, "简单安装的帐篷", "Tents", "430104").0,
        listing("pl-first", Kind::Place, "第一楼", "First tower", "430104").summary("一篇旧文。").0,
        listing("pl-garden", Kind::Place, "麗江花園", "Garden", "430104").0,
        listing("pl-sight", Kind::Place, "乡村景点", "A rural sight", "430524").summary("一处小小的景点。").0,
        listing("he-classic", Kind::Heritage, "经典戏曲", "Classic opera", "430524").summary("经典剧目。").0,
    ]);
    let check = |text: &str, expected: &[&str]| {
        let answer = answer(&index, text);
        let mut found = ids(&answer);
        found.sort_unstable();
        assert_eq!(found, expected, "{text}");
        assert!(answer.notes.is_empty(), "{text}: {:?}", answer.notes);
    };
    check("经典", &["he-classic"]);
    check("招商 公司", &["pl-zhaoshang"]);
    check("张云", &[]);
    check("蝶", &["pl-butterfly"]);
    check("花", &["pl-butterfly", "pl-garden"]);
    check("第一篇", &[]);
    check("简单", &["pl-simple"]);
    check("安装简单", &["pl-simple"]);
    check("\"安装简单\"", &[]);
    check("丽江花园", &["pl-garden"]);
    check("花園", &["pl-garden"]);
    check("丽江 -花园", &[]);
    let sights = answer(&index, "景点");
    assert!(sights.chips[0].code == "kind:place" && ids(&sights)[0] == "pl-sight", "{:?}", sights.chips);
}

#[test]
fn the_ladder_goes_down_a_step_at_a_time() {
    let index = index_of(world());
    let first = answer(&index, "凤凰 民宿 100元以内");
    assert_eq!(ids(&first), ["st-fenghuang"]);
    assert!(
        matches!(&first.notes[..], [Note::Relaxed(Step::WithoutChip(label))] if label.zh.contains("100")),
        "{:?}",
        first.notes
    );
    let chosen = Query { price_max: Some(domain::Fen(100)), ..ask("民宿") };
    assert_eq!(index.answer(&chosen, &options()).unwrap().results.total, 0, "what was chosen by hand is not left out");
    let word = answer(&index, "芙蓉镇 魑魅魍魉");
    assert_eq!(word.notes, [Note::Relaxed(Step::WithoutWord("魑魅魍魉".into()))]);
    assert_eq!(ids(&word).first().copied(), Some("pl-furong"));
    let conditions = answer(&index, "魑魅魍魉 凤凰 民宿");
    assert_eq!(conditions.notes, [Note::Relaxed(Step::WithoutWord("魑魅魍魉".into()))], "nothing anywhere is called so");
    assert_eq!(ids(&conditions).first().copied(), Some("st-fenghuang"));
    assert_eq!(answer(&index, "魑魅魍魉").results.total, 0, "without any condition there is nothing to offer");
}

#[test]
fn another_word_for_it_finds_it_behind_the_word_itself() {
    let index = index_of(vec![
        listing("pr-oil", Kind::Product, "茶油", "Camellia oil", "430482").0,
        listing("pr-mountain-oil", Kind::Product, "山茶油", "Mountain camellia oil", "430781").0,
        listing("he-brocade", Kind::Heritage, "土家族织锦技艺", "Tujia weaving", "433130").0,
        listing("pl-mao", Kind::Place, "毛泽东同志故居和纪念馆", "Mao Zedong's house", "430382").0,
        listing("pl-eighteen", Kind::Place, "十八洞村", "Shibadong", "433124").0,
    ]);
    let check = |text: &str, expected: &[&str]| assert_eq!(ids(&answer(&index, text)), expected, "{text}");
    check("山茶油", &["pr-mountain-oil", "pr-oil"]);
    check("茶油", &["pr-oil", "pr-mountain-oil"]);
    check("西兰卡普", &["he-brocade"]);
    check("毛主席故居", &["pl-mao"]);
    check("18洞村", &["pl-eighteen"]);
    check("18洞", &["pl-eighteen"]);
    let marked = answer(&index, "西兰卡普").marking.ranges("土家族织锦技艺");
    assert_eq!(marked, [(0, 5)]);
    assert_eq!(answer(&index, "18洞村").marking.ranges("在十八洞村"), [(1, 5)]);
}

#[test]
fn what_was_put_right_is_marked() {
    let index = index_of(world());
    assert_eq!(answer(&index, "芙容镇").marking.ranges("千年芙蓉镇"), [(2, 5)]);
    assert_eq!(answer(&index, "binzhou").marking.ranges("郴州东江湖"), [(0, 2)]);
}

#[test]
fn a_hit_says_why_it_stands_where_it_stands() {
    let index = index_of(world());
    let explained = index.answer(&Query { explain: true, ..ask("凤凰古城") }, &options()).unwrap();
    let why = explained.results.hits[0].explain.unwrap();
    assert_eq!(why.tier.code(), "whole_title");
    assert!((why.text * why.factors.product() * why.near - why.score).abs() < why.score * 1e-3);
    assert!(answer(&index, "凤凰古城").results.hits[0].explain.is_none());
}

#[test]
fn tones_umlauts_and_spaces_do_not_matter() {
    let index = index_of(world());
    for text in ["feng4 huang2", "feng4huang2gu3cheng2", "fèng huáng", "feng huang", "FengHuang"] {
        assert_eq!(ids(&answer(&index, text)).first().copied(), Some("pl-fenghuang"), "{text}");
    }
    let index = index_of(vec![listing("he-script", Kind::Heritage, "女书习俗", "Script", "431125").0]);
    for text in ["nvshu", "nüshu", "nushu", "nv3shu1", "women's script"] {
        assert_eq!(ids(&answer(&index, text)), ["he-script"], "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_an_answer(any in any::<String>(), near in "[凤凰附近民宿国庆带老人芙容镇a-z0-9元以内\" -]{0,24}") {
        static INDEX: std::sync::OnceLock<Index> = std::sync::OnceLock::new();
        let index = INDEX.get_or_init(|| index_of(world()));
        for text in [any, near] {
            let answer = answer(index, &text);
            prop_assert!(answer.results.hits.len() as u64 <= answer.results.total);
            let length = text.trim().chars().count();
            prop_assert!(answer.chips.iter().all(|chip| chip.span.end <= length));
        }
    }
}
