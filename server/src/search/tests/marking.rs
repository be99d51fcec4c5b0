//! The right characters are marked, and nothing else (T4).

use proptest::prelude::*;

use crate::search::{fold, highlight};

/// The text with what is marked in brackets.
fn marked(query: &str, shown: &str) -> String {
    let ranges = highlight(query, shown);
    let mut out = String::new();
    for (i, c) in shown.chars().enumerate() {
        if ranges.iter().any(|(start, _)| *start == i) {
            out.push('[');
        }
        out.push(c);
        if ranges.iter().any(|(_, end)| *end == i + 1) {
            out.push(']');
        }
    }
    out
}

#[test]
fn characters_are_marked_as_typed() {
    let check = |query: &str, expected: &str| {
        let shown: String = expected.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        assert_eq!(marked(query, &shown), expected, "{query}");
    };
    check("凤凰", "[凤凰]古城在[凤凰]县");
    check("鳳凰古城", "[凤凰古城]");
    check("凤凰古城", "[鳳凰古城]，近[凤凰]县");
    check("古城 凤凰", "[凤凰古城]");
    check("城", "古[城]");
    check("安化茶", "[安化]黑[茶]");
    check("安化茶", "一种茶");
    check("\"凤凰古城\"", "[凤凰古城]在凤凰");
    check("凤凰 -古城", "[凤凰]古城");
    check("芙蓉", "🐴[芙蓉]镇");
    check("龙舟", "");
}

#[test]
fn letters_are_marked_as_pinyin_or_first_letters() {
    let check = |query: &str, expected: &str| {
        let shown: String = expected.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        assert_eq!(marked(query, &shown), expected, "{query}");
    };
    check("fenghuang", "[凤凰]古城");
    check("fenghuang", "沱江边的[凤凰]");
    check("fenghu", "[凤凰]古城");
    check("gucheng", "凤凰[古城]");
    check("feng huang", "[凤凰]古城的风");
    check("fhgc", "[凤凰古城]");
    check("gc", "凤凰[古城]");
    check("凤huang", "[凤凰]古城");
    check("凤h", "[凤凰]古城");
    check("f凰", "[凤凰]古城");
    check("凤凰gucheng", "[凤凰古城]");
    check("chenzhou", "[郴州]东江湖");
    check("miluo", "[汨罗]屈子祠");
    check("changsha", "[长沙]");
    check("lvyou", "[旅游]");
    check("jingdian", "[景点]与[经典]");
    check("景点", "[景点]与经典");
}

#[test]
fn english_is_marked_by_word() {
    let check = |query: &str, expected: &str| {
        let shown: String = expected.chars().filter(|c| !matches!(c, '[' | ']')).collect();
        assert_eq!(marked(query, &shown), expected, "{query}");
    };
    check("old town", "Fenghuang [Old] [Town]");
    check("lake", "Dongjiang [Lakes] and a mistake");
    check("fengh", "[Fengh]uang Old Town");
    check("dongan", "[Dong'an] County");
    check("donga", "[Dong'a]n County");
    check("5a景区", "国家[5A][景区]".replace("][", "").as_str());
}

proptest! {
    #[test]
    fn marks_are_inside_in_order_and_apart(query in any::<String>(), shown in any::<String>(), han in "[凤凰古城镇a-z '\"-]{0,30}") {
        for (query, shown) in [(&query, &shown), (&han, &shown), (&query, &han), (&han, &han)] {
            let length = shown.chars().count();
            let ranges = highlight(query, shown);
            prop_assert!(ranges.iter().all(|(start, end)| start < end && *end <= length));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }

    #[test]
    fn what_is_marked_for_characters_was_typed(query in "[凤凰寺镇鳳鎮芙蓉 ]{1,8}", shown in "[凤凰古寺镇鳳鎮芙蓉山，]{0,30}") {
        let typed = fold(&query);
        let folded: Vec<char> = fold(&shown).chars().collect();
        for (start, end) in highlight(&query, &shown) {
            prop_assert!(folded[start..end].iter().all(|c| typed.contains(*c)));
        }
    }
}
