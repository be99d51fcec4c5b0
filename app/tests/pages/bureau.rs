//! What pages say of the bureau's decisions, and of what is remembered of a search.

use app::pages;
use app::views::Size;
use domain::search::Query;
use domain::{Lang, Text};

use super::views::*;

#[test]
fn what_is_recommended_is_labelled_in_words_with_its_reason_and_its_end() {
    let mut found = search_page(Query::default());
    let last_day = chrono::NaiveDate::from_ymd_opt(2026, 12, 31);
    let reason = Text::new("冬季推介<b>", "Winter promotion");
    found.groups.clear();
    found.hits[0].pinned = Some(app::views::Recommended { reason, last_day });
    let zh = pages::search::render(&chrome(Lang::Zh, Size::Normal, "/search"), &found).replace("<!>", "");
    assert!(zh.contains("<strong>推荐</strong>：冬季推介&lt;b&gt;（到2026年12月31日）"), "{zh}");
    assert_eq!(zh.matches("<strong>推荐").count(), 1);
    let en = pages::search::render(&chrome(Lang::En, Size::Elder, "/search"), &found).replace("<!>", "");
    assert!(en.contains("<strong>Recommended</strong>: Winter promotion (until 31 Dec 2026)"), "{en}");
}

#[test]
fn the_page_about_search_lists_decisions_and_says_where_there_are_none() {
    let html = pages::search::how::render(&chrome(Lang::Zh, Size::Normal, "/search/how"), &decisions()).replace("<!>", "");
    for words in [
        "含“擂茶”的搜索，限凤凰县，到2026年12月31日为止）。理由：冬季推介",
        "<strong>隐藏</strong>",
        "所有搜索，到2026年12月31日为止）。理由：停业",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.contains("有人投诉") && !html.contains("某人的名字"), "what is silenced is not said here either");
    let none = pages::search::how::render(&chrome(Lang::En, Size::Normal, "/search/how"), &[]);
    assert!(none.contains("Nothing is recommended or hidden today."));
}

#[test]
fn the_privacy_page_says_what_is_kept_and_with_counting_off_that_nothing_is() {
    let mut chrome = chrome(Lang::Zh, Size::Normal, "/privacy");
    let on = pages::privacy::render(&chrome);
    use domain::search::asked::{DAYS_KEPT, FEWEST_ASKERS, LONGEST_KEPT, MONTHS_KEPT};
    for words in [
        format!("最多{LONGEST_KEPT}个字"),
        format!("保留{DAYS_KEPT}天"),
        format!("不到{FEWEST_ASKERS}人次"),
        format!("保留{MONTHS_KEPT}个月"),
    ] {
        assert!(on.contains(&words), "{words}");
    }
    let site = std::sync::Arc::make_mut(&mut chrome.site);
    site.remembers_searches = false;
    let off = pages::privacy::render(&chrome);
    assert!(off.contains("不记搜过的词") && !off.contains("个号"));
}
