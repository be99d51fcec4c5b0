use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Wednesday.
fn today() -> NaiveDate {
    day("2026-11-25")
}

fn heard(text: &str) -> Spoken {
    let places = ["凤凰古城", "天门山", "老司城", "橘子洲", "tianmen mountain"];
    read(text, today(), &|name| places.contains(&name))
}

fn changsha() -> Option<RegionCode> {
    RegionCode::parse("430100").ok()
}

#[test]
fn the_whole_wish_is_heard_in_chinese() {
    let said = heard("三天，两大一老，从长沙坐高铁，预算1500元，喜欢手工");
    let expected = Spoken {
        days: Some(3),
        adults: Some(2),
        elders: Some(1),
        from: changsha(),
        transport: Some(Transport::Transit),
        budget: Some(Fen(150_000)),
        interests: vec![Tag::Craft],
        ..Spoken::default()
    };
    assert_eq!(said, expected);
}

#[test]
fn the_whole_wish_is_heard_in_english() {
    let said = heard("three days, two adults and a grandmother, from changsha by train, ¥1,500, likes crafts");
    assert_eq!(said, heard("三天，两大一老，从长沙坐高铁，预算1500元，喜欢手工"));
}

#[test]
fn people_are_counted_as_they_are_said() {
    let check = |text: &str, adults: Option<u32>, elders: Option<u32>, children: u32, ages: &[u32]| {
        let said = heard(text);
        assert_eq!((said.adults, said.elders, said.children, said.ages.as_slice()), (adults, elders, children, ages), "{text}");
    };
    check("两大两小", Some(2), None, 2, &[]);
    check("我们四个人", Some(4), None, 0, &[]);
    check("四个人，带爷爷奶奶", Some(2), Some(2), 0, &[]);
    check("带5岁的孩子", None, None, 1, &[5]);
    check("两个孩子，5岁、8岁", None, None, 2, &[5, 8]);
    check("情侣", Some(2), None, 0, &[]);
    check("2 adults and 2 kids", Some(2), None, 2, &[]);
    check("a couple with a 6 year old child", Some(2), None, 1, &[6]);
    check("three grandparents", None, Some(3), 0, &[]);
}

#[test]
fn days_and_dates_are_heard() {
    let check = |text: &str, days: Option<u32>, starts: Option<&str>| {
        let said = heard(text);
        assert_eq!((said.days, said.starts), (days, starts.map(day)), "{text}");
    };
    check("三天两晚", Some(3), None);
    check("两晚", Some(3), None);
    check("周末", Some(2), Some("2026-11-28"));
    check("12月5日出发，玩4天", Some(4), Some("2026-12-05"));
    check("国庆五日游", Some(5), Some("2027-10-01"));
    check("明天", None, Some("2026-11-26"));
    check("2027-01-02", None, Some("2027-01-02"));
    check("2月30日", None, None);
}

#[test]
fn money_is_for_all_unless_it_is_for_each() {
    let check = |text: &str, fen: Option<i64>| assert_eq!(heard(text).budget, fen.map(Fen), "{text}");
    check("预算三千", Some(300_000));
    check("3000块以内", Some(300_000));
    check("1.5万", Some(1_500_000));
    check("2万元", Some(2_000_000));
    check("两个大人，人均500", Some(100_000));
    check("4 people, 300 yuan each", Some(120_000));
    check("预算0元", None);
}

#[test]
fn where_one_leaves_from_is_said_before_or_behind() {
    assert_eq!(heard("长沙出发").from, changsha());
    assert_eq!(heard("从长沙").from, changsha());
    assert_eq!(heard("from changsha").from, changsha());
    check(&[
        ("从长沙到凤凰", "from 430100 to 433123"),
        ("长沙到张家界三天", "3d from 430100 to 430800"),
        ("changsha to fenghuang, 3 days", "3d from 430100 to 433123"),
        ("三天,凤凰,长沙出发", "3d from 430100 to 433123"),
        ("凤凰三天长沙出发", "3d from 430100 to 433123"),
    ]);
}

#[test]
fn where_one_wants_to_go_is_a_region_or_a_place_that_has_a_name() {
    check(&[
        ("去凤凰三天", "3d to 433123"),
        ("张家界三日游", "3d to 430800"),
        ("去凤凰、张家界和韶山,五天", "5d to 433123 to 430800 to 430382"),
        ("去凤凰古城玩两天", "2d to 凤凰古城"),
        ("三天,想去天门山和凤凰", "3d to 天门山 to 433123"),
        ("两大一老去老司城", "2+1+0 to 老司城"),
        ("3 days, tianmen mountain and fenghuang", "3d to tianmen mountain to 433123"),
        ("去凤凰,去凤凰古城,去凤凰", "to 433123 to 凤凰古城"),
        ("不去张家界,去凤凰", "to 433123 ?不去张家界"),
        ("不去天门山", "?不去天门山"),
        ("从橘子洲出发", "?橘子洲"),
        ("go to tianmen", "?go ?tianmen"),
        ("张家界三到四天", "4d to 430800 ?三"),
        ("张家界去玩四天", "4d to 430800"),
        ("3 days in zhangjiajie to relax", "3d to 430800 ?relax"),
        ("凤凰去过了,想去张家界", "to 433123 to 430800 ?过"),
        ("凤凰玩三天再去张家界", "3d to 433123 to 430800"),
        ("凤凰附近三天", "3d to 433123"),
        ("凤凰2天 张家界3天", "5d to 433123 to 430800"),
        ("去凤凰玩两天,去凤凰古城一天", "3d to 433123 to 凤凰古城"),
        ("凤凰三天,三天", "3d to 433123"),
        ("凤凰20天,张家界20天", "20d to 433123 to 430800 ?20天"),
        ("三天,凤凰两天", "3d to 433123 ?两天"),
        ("around fenghuang, 3 days", "3d to 433123"),
        ("长沙12月5日出发,去凤凰", "2026-12-05 from 430100 to 433123"),
    ]);
}

#[test]
fn nobody_is_sent_where_they_do_not_want_to_go_or_where_they_live() {
    check(&[
        ("不去张家界和凤凰", "?不去张家界和凤凰"),
        ("不去张家界、凤凰,去韶山", "to 430382 ?不去张家界、凤凰"),
        ("不去人多的凤凰", "?不去人多的凤凰"),
        ("不要张家界,三天", "3d ?不要张家界"),
        ("从长沙去凤凰再回长沙", "from 430100 to 433123"),
        ("去凤凰,最后回长沙", "from 430100 to 433123 ?最后"),
        ("我们在长沙,想去韶山", "from 430100 to 430382"),
        ("we live in changsha, 2 days in shaoshan", "2d from 430100 to 430382"),
        ("从张家界到凤凰,长沙出发", "from 430100 to 433123 to 430800"),
        ("长沙出发,张家界到凤凰四天", "4d from 430100 to 430800 to 433123"),
    ]);
}

#[test]
fn what_is_not_understood_is_named() {
    assert_eq!(heard("三天，想坐热气球").unheard, ["热气球"]);
    assert_eq!(heard("3 days with hot air balloons").unheard, ["hot air balloons"]);
    assert_eq!(heard("三天两大").unheard, Vec::<String>::new());
    assert_eq!(heard("17").unheard, ["17"]);
    assert!(heard("热气球").is_empty());
}

/// What was heard in one line: days, start, adults+elders+children and ages, from where, budget, the rest, and what was not understood.
fn line(text: &str) -> String {
    let said = heard(text);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(said.days.map(|days| format!("{days}d")));
    parts.extend(said.starts.map(|day| day.to_string()));
    let counts = (said.adults.unwrap_or(0), said.elders.unwrap_or(0), said.children);
    if counts != (0, 0, 0) {
        let ages = if said.ages.is_empty() { String::new() } else { format!("{:?}", said.ages) };
        parts.push(format!("{}+{}+{}{ages}", counts.0, counts.1, counts.2));
    }
    parts.extend(said.from.map(|code| format!("from {code}")));
    parts.extend(said.to.iter().map(|goal| match goal {
        Goal::Region { code, .. } => format!("to {code}"),
        Goal::Place(name) => format!("to {name}"),
    }));
    parts.extend(said.transport.map(|it| it.code().to_owned()));
    parts.extend(said.budget.map(|fen| fen.to_string()));
    parts.extend(said.mobility.map(|it| it.code().to_owned()));
    parts.extend(said.pace.map(|it| it.code().to_owned()));
    parts.extend(said.interests.iter().map(|tag| tag.code().to_owned()));
    parts.extend(said.unheard.iter().map(|words| format!("?{words}")));
    parts.join(" ")
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, line(text), expected))
        .filter(|(_, said, expected)| said != *expected)
        .map(|(text, said, expected)| format!("{text}: {said}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_number_is_money_only_where_it_counts_nothing() {
    check(&[
        ("两大一小,500元每人,三天", "3d 2+0+1 ¥1500"),
        ("预算有限,三天两大", "3d 2+0+0 ?限"),
        ("预算三天两大", "3d 2+0+0"),
        ("500 per person, 3 days, 2 adults", "3d 2+0+0 ¥1000"),
        ("budget trip for 3 days from changsha", "3d from 430100"),
        ("budget: 1500, 2 days", "2d ¥1500"),
        ("每人500,三天,两个大人", "3d 2+0+0 ¥1000"),
        ("预算每人500元,两大", "2+0+0 ¥1000"),
        ("500元/人,四个人", "4+0+0 ¥2000"),
        ("四个人,一人500", "4+0+0 ¥2000"),
        ("2人均500", "¥500 ?2"),
        ("一个人,三天", "3d 1+0+0"),
        ("预算3000元,两大,住宿每人200", "2+0+0 ¥3000 ?住宿 ?200"),
        ("预算3000,门票100元", "¥3000 ?门票100元"),
        ("门票100元,预算3000", "¥3000 ?门票100元"),
        ("两个人,每人一间房,预算3000", "2+0+0 ¥3000 ?一间房"),
        ("budget $500", "?500"),
        ("预算500美元", "?500美元"),
    ]);
}

#[test]
fn amounts_are_said_in_many_ways() {
    check(&[
        ("预算一千五", "¥1500"),
        ("预算两千五百元", "¥2500"),
        ("两千五", "¥2500"),
        ("预算一万二", "¥12000"),
        ("预算一万两天", "2d ¥10000"),
        ("预算一千五天", "5d ¥1000"),
        ("预算一千五,五天", "5d ¥1500"),
        ("1.5万", "¥15000"),
        ("1.5万元", "¥15000"),
        ("预算1万2", "¥12000"),
        ("3千元", "¥3000"),
        ("一千零五十元", "¥1050"),
        ("预算一共3000", "¥3000"),
        ("预算大概在三千左右", "¥3000"),
        ("预算3k", "¥3000"),
        ("budget 3k, 2 adults", "2+0+0 ¥3000"),
        ("five hundred yuan", "¥500"),
        ("two hundred and fifty yuan", "¥250"),
        ("3 thousand yuan", "¥3000"),
        ("99.5元", "¥99.50"),
        ("1.5天", "?1.5天"),
    ]);
}

#[test]
fn names_and_longer_words_come_before_what_they_begin_with() {
    check(&[
        ("三天,两大一小,想去天门山", "3d 2+0+1 to 天门山"),
        ("三天,去天子山", "3d ?天子山"),
        ("三天,每天走路少一点", "3d short_walks ?每天 ?一点"),
        ("三天,第二天爬山", "3d mountain ?第二天"),
        ("从茶陵出发", "from 430224"),
        ("从零陵出发", "from 431102"),
        ("从天心区出发", "from 430103"),
        ("去茶峒", "?茶峒"),
        ("一起去,一共三天", "3d"),
        ("一块儿玩三天", "3d"),
        ("二〇二六天", "?二〇二六天"),
        ("三大名楼", "?三大名楼"),
        ("开车2小时", "car ?2小时"),
        ("三人间", "?三人间"),
        ("you can plan 3 days", "3d"),
        ("3days 2adults", "3d 2+0+0"),
        ("a couple of days", "2d"),
        ("一周", "7d"),
        ("365天", "?365天"),
        ("0天", "?0天"),
        ("三天,其中一天爬山", "3d mountain ?其中一天"),
        ("去凤凰,周六出发", "2026-11-28 to 433123"),
        ("从容地逛凤凰", "to 433123 ?容地逛"),
        ("不爬山,喜欢喝茶", "tea ?不爬山"),
    ]);
}

#[test]
fn days_of_the_calendar_are_the_ones_that_were_said() {
    check(&[
        ("三天,今天出发", "3d 2026-11-25"),
        ("下周末", "2d 2026-12-05"),
        ("这周末", "2d 2026-11-28"),
        ("next weekend", "2d 2026-12-05"),
        ("下周一出发", "2026-11-30"),
        ("下下周一", "2026-12-07"),
        ("周三", "2026-11-25"),
        ("星期天", "2026-11-29"),
        ("2027年12月5日", "2027-12-05"),
        ("2027年国庆", "2027-10-01"),
        ("明年五一", "2027-05-01"),
        ("2027/1/2", "2027-01-02"),
        ("2025年12月5日", "?2025年12月5日"),
        ("2月29日", "?2月29日"),
        ("12月5日2天", "2d 2026-12-05"),
    ]);
}

#[test]
fn nobody_is_counted_twice() {
    check(&[
        ("两大一小,孩子5岁", "2+0+1[5]"),
        ("带70岁的奶奶", "0+1+0"),
        ("带65岁的老人", "0+1+0"),
        ("奶奶70岁,爷爷72岁", "0+2+0"),
        ("两大一老,老人走不动", "2+1+0 short_walks"),
        ("一家三口", "2+0+1"),
        ("三口之家,孩子6岁", "2+0+1[6]"),
        ("一家四口,两大两小", "2+0+2"),
        ("一家三口带奶奶", "2+1+1"),
        ("一家五口,带两个老人", "3+2+0"),
        ("一家五口", "?五口"),
        ("a family of four", "2+0+2"),
        ("两口子", "2+0+0"),
        ("我们俩带孩子", "2+0+1"),
        ("两对夫妻", "4+0+0"),
        ("a couple and 2 friends", "4+0+0"),
        ("一个老人和奶奶", "0+2+0"),
        ("两大两小,一个5岁,一个8岁", "2+0+2[5, 8]"),
        ("两大两小,一个孩子5岁", "2+0+2[5]"),
        ("一个孩子5岁,一个孩子8岁", "0+0+2[5, 8]"),
        ("两个5岁的孩子", "0+0+2[5, 5]"),
        ("kids aged 5 and 8, 3 days", "3d 0+0+2[5, 8]"),
        ("大人2个,小孩1个", "2+0+1"),
        ("adults: 2, kids: 1", "2+0+1"),
        ("带孩子 1500", "0+0+1 ?1500"),
        ("四个人,两大两小", "2+0+2"),
    ]);
}

proptest! {
    #[test]
    fn anything_can_be_said(text in "(三|两|天|大|老|从|去|到|不|长沙|凤凰古城|tianmen mountain|出发|预算|¥|1,5|5岁|孩子|人均|月|日|号|周末|每人|一家|口|万|千|一|零|第|下周|年|月5日|不|每|和|-|each|from |days|two |aged |hundred | |，|,|\\.|[a-z0-9]{1,3}|\\PC){0,25}") {
        let said = heard(&text);
        prop_assert!(said.days.is_none_or(|days| (1..=30).contains(&days)));
        prop_assert!(said.starts.is_none_or(|day| day >= today()));
        prop_assert!(said.ages.iter().all(|age| *age < 18));
        prop_assert!(said.ages.len() as u32 <= said.children);
        prop_assert!(said.budget.is_none_or(|fen| fen.0 > 0 && fen <= Fen::MOST));
        for piece in &said.unheard {
            prop_assert!(piece.chars().any(char::is_alphanumeric), "{piece:?}");
        }
    }

    #[test]
    fn counts_are_heard_whatever_they_are(days in 1u32..=30, adults in 1u32..60, elders in 1u32..9) {
        let zh = heard(&format!("{days}天，{adults}个大人，{elders}位老人"));
        let en = heard(&format!("{days} days, {adults} adults and {elders} seniors"));
        prop_assert_eq!((zh.days, zh.adults, zh.elders), (Some(days), Some(adults), Some(elders)));
        prop_assert_eq!(zh, en);
    }
}
