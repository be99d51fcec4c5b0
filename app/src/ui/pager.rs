//! From one page of results to the others.

use domain::listing::Kind;
use domain::search::{DEEPEST_HIT, Query};
use leptos::prelude::*;

use crate::href;
use crate::views::Chrome;

/// None where everything is on one page.
pub fn pager(chrome: &Chrome, fixed_kind: Option<Kind>, query: &Query, total: u64) -> Option<AnyView> {
    let lang = chrome.lang;
    let reachable = total.min(u64::from(DEEPEST_HIT));
    let last = u32::try_from(reachable.div_ceil(u64::from(query.per_page))).unwrap_or(1);
    let last = last.min(DEEPEST_HIT / query.per_page);
    if last <= 1 && query.page <= 1 {
        return None;
    }
    let to = |page: u32| href::results(lang, fixed_kind, &Query { page, ..query.clone() });
    let here = query.page;
    let mut items: Vec<AnyView> = Vec::new();
    if here > 1 {
        let before = (here - 1).min(last.max(1));
        items.push(
            view! { <li><a class="button" rel="prev" href=to(before)>{lang.pick("上一页", "Previous")}</a></li> }.into_any(),
        );
    }
    let mut shown = 0;
    for page in (1..=last).filter(|page| *page == 1 || *page == last || page.abs_diff(here) <= 2) {
        if page > shown + 1 {
            items.push(view! { <li class="pager__gap" aria-hidden="true">"…"</li> }.into_any());
        }
        let label = lang.pick(format!("第{page}页"), format!("Page {page}"));
        let current = (page == here).then_some("page");
        items.push(view! { <li><a href=to(page) aria-label=label aria-current=current>{page.to_string()}</a></li> }.into_any());
        shown = page;
    }
    if here < last {
        items
            .push(view! { <li><a class="button" rel="next" href=to(here + 1)>{lang.pick("下一页", "Next")}</a></li> }.into_any());
    }
    let nav = view! {
        <nav class="pager no-print" aria-label=lang.pick("结果分页", "Pages of results")>
            <ul>{items}</ul>
        </nav>
    };
    Some(nav.into_any())
}
