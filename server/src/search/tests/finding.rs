//! What people type, and what must come first.

use domain::listing::Kind;
use proptest::prelude::*;

use super::world::*;
use crate::search::Index;

fn first(index: &Index, text: &str) -> Option<String> {
    search(index, &ask(text)).into_iter().next()
}

#[test]
fn the_right_thing_is_first() {
    let index = index_of(world());
    let check = |text: &str, expected: &str| assert_eq!(first(&index, text).as_deref(), Some(expected), "{text}");
    // as written, in either script, in either width
    check("凤凰古城", "pl-fenghuang");
    check("鳳凰古城", "pl-fenghuang");
    check("芙蓉鎮", "pl-furong");
    check("王村", "pl-furong");
    check("張家界國家森林公園", "pl-wulingyuan");
    check("ＹＵＥＬＵ　Mountain", "pl-yuelu");
    // words apart
    check("凤凰 民宿", "st-fenghuang");
    check("凤凰民宿", "st-fenghuang");
    check("永顺农家乐", "st-furong");
    check("安化茶", "pr-huangtea");
    check("侗族 芷江", "he-zhijiang");
    check("5A 郴州", "pl-dongjiang");
    check("5A张家界", "pl-wulingyuan");
    // pinyin: full, apart, with tones, begun
    check("fenghuang", "pl-fenghuang");
    check("fenghuanggucheng", "pl-fenghuang");
    check("feng huang gu cheng", "pl-fenghuang");
    check("Fènghuáng Gǔchéng", "pl-fenghuang");
    check("fenghuanggu", "pl-fenghuang");
}

#[test]
fn places_are_found_as_their_people_say_them() {
    let index = index_of(world());
    let check = |text: &str, expected: &str| assert_eq!(first(&index, text).as_deref(), Some(expected), "{text}");
    check("chenzhou", "pl-dongjiang");
    check("miluo", "pl-quzi");
    check("xupu", "pl-suishan");
    check("zhijiang", "he-zhijiang");
    check("yuelushan", "pl-yuelu");
    check("anhuaheicha", "pr-huangtea");
}

#[test]
fn first_letters_and_halves_are_enough() {
    let index = index_of(world());
    let check = |text: &str, expected: &str| assert_eq!(first(&index, text).as_deref(), Some(expected), "{text}");
    check("fhgc", "pl-fenghuang");
    check("frz", "pl-furong");
    check("wly", "pl-wulingyuan");
    check("djh", "pl-dongjiang");
    check("凤huang", "pl-fenghuang");
    check("feng凰古城", "pl-fenghuang");
    check("凤h", "pl-fenghuang");
    check("f凰", "pl-fenghuang");
    check("凤凰gucheng", "pl-fenghuang");
    check("fenghu", "pl-fenghuang");
    check("fenghuangg", "pl-fenghuang");
}

#[test]
fn english_is_found_by_word_stem_and_beginning() {
    let index = index_of(world());
    let check = |text: &str, expected: &str| assert_eq!(first(&index, text).as_deref(), Some(expected), "{text}");
    check("old town", "pl-fenghuang");
    check("Fenghuang Old Town", "pl-fenghuang");
    check("dark tea", "pr-huangtea");
    check("lake", "pl-dongjiang");
    check("mountains", "pl-yuelu");
    check("wulingy", "pl-wulingyuan");
    check("chor", "he-zhijiang");
}

/// Two words that sound alike are two words (T3).
#[test]
fn characters_never_match_by_sound() {
    let index = index_of(world());
    assert!(!search(&index, &ask("景点")).contains(&"he-jingdian".to_owned()));
    assert_eq!(search(&index, &ask("经典")), ["he-jingdian"]);
    let both = search(&index, &ask("jingdian"));
    assert!(both.contains(&"he-jingdian".to_owned()) && both.contains(&"pl-jingdian".to_owned()), "{both:?}");
}

/// Sub-words, phrases and exclusions stay right together (T2).
#[test]
fn words_inside_words_are_found_and_phrases_stay_phrases() {
    let index = index_of(vec![
        listing("pl-box", Kind::Place, "测试工具箱", "Box", "430104").0,
        listing("pl-test", Kind::Place, "测试场", "Test ground", "430104").0,
        listing("pl-split", Kind::Place, "工具和箱子", "Things", "430104").0,
    ]);
    let check = |text: &str, expected: &[&str]| {
        let mut found = search(&index, &ask(text));
        found.sort();
        assert_eq!(found, expected, "{text}");
    };
    check("测试", &["pl-box", "pl-test"]);
    check("工具", &["pl-box", "pl-split"]);
    check("工具箱", &["pl-box"]);
    check("具箱", &["pl-box"]);
    check("\"工具箱\"", &["pl-box"]);
    check("\"测试工具\"", &["pl-box"]);
    check("\"试工具箱\"", &["pl-box"]);
    check("\"测试箱\"", &[]);
    check("测试 -工具", &["pl-test"]);
    check("测试 -\"工具箱\"", &["pl-test"]);
    check("-测试", &["pl-split"]);
    check("工具 箱", &["pl-box", "pl-split"]);
    check("\"old things\"", &[]);
}

/// Where others fail: pitfalls 14 to 20, and the threads they cite.
#[test]
fn known_traps_are_avoided() {
    let index = index_of(vec![
        listing("pl-butterfly", Kind::Place, "蝴蝶谷", "Valley", "430104").summary("看蝶的地方，山花很多。").0,
        listing("pl-zhaoshang", Kind::Place, "招商局旧址", "Old office", "430104").summary("旧时公司所在。").0,
        listing("pl-zhang", Kind::Place, "张家的白云阁", "Pavilion", "430104").summary("张姓人家。云很低。").0,
        listing("pl-simple", Kind::Place, "简单安装的帐篷", "Tents", "430104").0,
        listing("pl-first", Kind::Place, "第一楼", "First tower", "430104").summary("一篇旧文。").0,
        listing("pl-sand", Kind::Place, "丽江花園", "Garden", "430104").0,
    ]);
    let check = |text: &str, expected: &[&str]| {
        let mut found = search(&index, &ask(text));
        found.sort();
        assert_eq!(found, expected, "{text}");
    };
    check("蝶", &["pl-butterfly"]);
    check("花", &["pl-butterfly", "pl-sand"]);
    check("招商 公司", &["pl-zhaoshang"]);
    check("招商公司", &["pl-zhaoshang"]);
    check("张云", &[]);
    check("第一篇", &[]);
    check("安装简单", &["pl-simple"]);
    check("\"安装简单\"", &[]);
    check("花园", &["pl-sand"]);
    check("花園", &["pl-sand"]);
}

#[test]
fn only_the_last_word_may_be_a_beginning() {
    let index = index_of(world());
    assert_eq!(first(&index, "dark te").as_deref(), Some("pr-huangtea"));
    assert_eq!(search(&index, &ask("anhu tea")), Vec::<String>::new());
}

#[test]
fn a_whole_title_stands_before_titles_that_begin_with_it() {
    let index = index_of(vec![
        listing("of-lake", Kind::Offer, "洞庭湖", "Lake", "430602").0,
        listing("pl-lake-a", Kind::Place, "洞庭湖畔的洞庭湖博物馆", "Museum", "430602").summary("洞庭湖洞庭湖洞庭湖。").0,
        listing("pl-lake-b", Kind::Place, "东洞庭湖洞庭湖", "East", "430602").summary("洞庭湖边。").0,
    ]);
    assert_eq!(search(&index, &ask("洞庭湖")), ["of-lake", "pl-lake-a", "pl-lake-b"]);
    assert_eq!(first(&index, "dongtinghu").as_deref(), Some("of-lake"));
}

#[test]
fn regions_kinds_and_tags_are_words_to_be_found_by() {
    let index = index_of(world());
    let finds = |text: &str, expected: &str| {
        let found = search(&index, &ask(text));
        assert!(found.contains(&expected.to_owned()), "{text}: {found:?}");
    };
    finds("湘西", "pl-furong");
    finds("Xiangxi", "pl-furong");
    finds("脱贫县", "pl-fenghuang");
    finds("大湘西 古镇", "pl-furong");
    finds("永顺", "rt-west");
    finds("国家级", "he-zhijiang");
    finds("民宿", "st-fenghuang");
    finds("洪江市", "of-winter");
    finds("景区 武陵源", "pl-wulingyuan");
}

#[test]
fn signs_alone_find_nothing_and_nothing_typed_finds_everything() {
    let index = index_of(world());
    let total = |text: &str| index.search(&ask(text), &options()).unwrap().total;
    assert_eq!(total(""), 16);
    assert_eq!(total("   "), 16);
    assert_eq!(total("？！"), 0);
    assert_eq!(total("🐴"), 0);
    assert_eq!(total("魑魅魍魉"), 0);
    assert_eq!(total("qqqqzzzz"), 0);
    assert_eq!(total("fenghuanggug"), 0, "not a beginning of anything here");
}

#[test]
fn offers_that_are_over_stand_behind() {
    let mut over = listing("of-a", Kind::Offer, "春游满减", "Spring", "430104").0;
    let domain::listing::Details::Offer(offer) = &mut over.details else { unreachable!() };
    (offer.from, offer.until) = (day(2026, 3, 1), day(2026, 4, 30));
    let index = index_of(vec![over, listing("of-b", Kind::Offer, "冬游满减", "Winter", "430104").0]);
    assert_eq!(search(&index, &ask("满减")), ["of-b", "of-a"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_string_has_an_answer(text in any::<String>(), signs in "[凤凰a-z0-9\"“”「」\\-' \0鳳🐴]{0,60}") {
        static INDEX: std::sync::OnceLock<Index> = std::sync::OnceLock::new();
        let index = INDEX.get_or_init(|| index_of(world()));
        for text in [text, signs] {
            let results = index.search(&ask(&text), &options()).unwrap();
            prop_assert!(results.hits.len() as u64 <= results.total);
            index.suggest(&text, domain::Lang::Zh, 5, &options()).unwrap();
        }
    }
}

#[test]
fn long_and_odd_strings_have_an_answer() {
    let index = index_of(world());
    let odd =
        ["凤凰".repeat(5_000), "a".repeat(10_240), "\"".repeat(999), "-".repeat(99), "\0凤\0凰\0".to_owned(), "zh".repeat(50)];
    for text in odd.iter().chain(&["gan".repeat(33), "xian".repeat(25), "凤a".repeat(50), "\u{202e}凤凰".to_owned()]) {
        index.search(&ask(text), &options()).unwrap();
        index.suggest(text, domain::Lang::En, 8, &options()).unwrap();
    }
}
