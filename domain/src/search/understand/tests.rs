use proptest::prelude::*;

use super::*;

/// What the tests' catalogue knows.
struct Known;

impl Names for Known {
    fn is_name(&self, text: &str) -> bool {
        ["凤凰古城", "五一广场", "岳麓山", "芙蓉镇", "端午", "春节", "苏仙岭", "安化黑茶", "5a", "江永女书园"].contains(&text)
    }

    fn is_in_a_name(&self, text: &str) -> bool {
        ["江永女书园", "国庆路老街", "桃源刺绣"].iter().any(|name| name.contains(text))
    }

    fn place(&self, name: &str) -> Option<Point> {
        (name == "芙蓉镇").then_some(Point { lat: 28.766, lon: 109.965 })
    }
}

/// What is understood, in one line: the rest, then the chips.
fn said(text: &str, literal: &[&str]) -> String {
    let literal: Vec<String> = literal.iter().map(|code| (*code).to_owned()).collect();
    let understood = understand(text, &literal, &Known);
    let mut parts = vec![understood.rest];
    parts.extend(understood.chips.into_iter().map(|chip| chip.code.split(',').next().unwrap().to_owned()));
    parts.join("|")
}

#[test]
fn conditions_said_in_passing_are_filters() {
    let check = |text: &str, expected: &str| assert_eq!(said(text, &[]), expected, "{text}");
    check("国庆带老人 凤凰附近 可用券 300元以内", "|month:10|barrier_free:1|near:凤凰|voucher:1|price_max:30000");
    check("凤凰 民宿 200元以内", "|county:433123|kind:stay|price_max:20000");
    check("端午 汨罗 住宿", "|month:6|county:430681|kind:stay");
    check("十月摘橘子", "摘橘子|month:10");
    check("12月 橙子", "橙子|month:12");
    check("轮椅能去的体验", "|barrier_free:1|kind:experience");
    check("150元以内 民宿 可用券", "|price_max:15000|kind:stay|voucher:1");
    check("200-300元 客栈", "|price_min:20000|kind:stay");
    check("预算三百元 民宿", "|price_max:30000|kind:stay");
    check("民宿 三百五十元以内", "|kind:stay|price_max:35000");
    check("民宿 三百五元以内", "|kind:stay|price_max:35000");
    check("预算1千元 民宿", "|price_max:100000|kind:stay");
    check("张家界 4月 民宿", "|prefecture:430800|month:4|kind:stay");
    check("芙蓉镇附近农家乐", "|near:芙蓉镇|kind:stay");
    check("离芙蓉镇近的客栈", "|near:芙蓉镇|kind:stay");
    check("五一看杜鹃", "看杜鹃|month:5");
    check("5a级景区", "|grade:5A|kind:place");
    check("5a古城", "古城|grade:5A");
    check("湘西有哪些非遗", "|prefecture:433100|kind:heritage");
    check("冬天去凤凰玩什么", "|month:12|county:433123");
    check("国家级非遗", "|level:national");
    check("长沙县 民宿", "|county:430121|kind:stay");
    check("wheelchair tea", "tea|barrier_free:1");
}

#[test]
fn conditions_said_in_english_are_filters() {
    let check = |text: &str, expected: &str| assert_eq!(said(text, &[]), expected, "{text}");
    check("homestay near fenghuang under 300 yuan", "|kind:stay|near:fenghuang|price_max:30000");
    check("homestays in fenghuang county", "|kind:stay|county:433123");
    check("tea in changsha up to ¥80", "tea|prefecture:430100|price_max:8000");
    check("national day zhangjiajie with grandparents", "zhangjiajie|month:10|barrier_free:1");
    check("waterfalls in june takes vouchers", "waterfalls|month:6|voucher:1");
    check("hot spring", "hot spring");
    check("in nowhere", "in nowhere");
    check("the inn near nothing", "the inn near nothing");
    check("undersea 300 yuan", "undersea 300 yuan");
    let near = understand("near fenghuang", &[], &Known);
    assert_eq!(near.chips[0].label, Text::new("凤凰县附近", "near Fenghuang County"));
}

#[test]
fn a_name_is_never_cut() {
    let check = |text: &str| assert_eq!(said(text, &[]), text, "{text}");
    for text in
        ["凤凰古城", "五一广场", "芙蓉镇", "端午", "春节", "国庆", "凤凰", "湘西", "长沙市", "安化黑茶", "江永女书", "苏仙岭"]
    {
        check(text);
    }
    for text in ["\"凤凰 民宿\"", "-民宿 古城", "国庆路", "安化茶", "天心阁", "凤凰 长沙", "", " ", "景", "10月亮"]
    {
        check(text);
    }
    assert_eq!(said("凤凰有什么好玩的", &[]), "凤凰");
    assert_eq!(said("凤凰古城 民宿", &[]), "凤凰古城|kind:stay");
}

#[test]
fn what_is_taken_literally_is_a_word_again() {
    assert_eq!(said("凤凰 民宿 可用券", &["voucher:1"]), "可用券|county:433123|kind:stay");
    assert_eq!(said("凤凰 民宿", &["county:433123", "kind:stay"]), "凤凰 民宿");
}

#[test]
fn what_was_chosen_by_hand_stands() {
    let understood = understand("凤凰 民宿 200元以内", &[], &Known);
    let chosen =
        Query { kinds: vec![crate::listing::Kind::Place], text: "凤凰 民宿 200元以内".into(), ..Query::default() };
    let applied = apply(&chosen, &understood);
    assert_eq!(applied.kinds, chosen.kinds);
    assert_eq!((applied.text.as_str(), applied.counties.len(), applied.price_max), ("", 1, Some(crate::Fen(20_000))));
    let range = apply(&Query::default(), &understand("200到300元的民宿", &[], &Known));
    assert_eq!((range.price_min, range.price_max), (Some(crate::Fen(20_000)), Some(crate::Fen(30_000))));
}

proptest! {
    #[test]
    fn every_text_means_something(
        any in any::<String>(),
        near in "[国庆带老人凤凰附近可用券三百元以内的去民宿10月5a \"“”-]{0,24}",
    ) {
        for text in [any, near] {
            let understood = understand(&text, &[], &Known);
            let length = text.chars().count();
            for chip in &understood.chips {
                prop_assert!(chip.span.start < chip.span.end && chip.span.end <= length);
                let (query, problems) = Query::from_params(chip.values.iter().take(1).map(|value| (chip.param, value.as_str())));
                prop_assert!(problems.is_empty() && query.has_filters(), "{:?}", chip);
            }
            let literal: Vec<String> = understood.chips.iter().map(|chip| chip.code.clone()).collect();
            let _ = apply(&Query::default(), &understood);
            prop_assert!(understand(&text, &literal, &Known).chips.iter().all(|chip| !literal.contains(&chip.code)));
        }
    }
}
