//! `/search/how`: in plain words, how a search decides.

mod decisions;

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, DecisionView};

/// A heading and what stands under it.
type Part = (&'static str, &'static [&'static str]);

const ZH: &[Part] = &[
    (
        "怎么输入都行",
        &[
            "简体、繁体、全角、拼音（连写、分写、带声调）、首字母、汉字夹拼音都可以：凤凰、鳳凰、fenghuang、feng4 huang2、fhgc、凤huang。",
            "几个词之间用空格，都要符合；加引号（“森林公园”）要连在一起；词前加减号（古镇 -凤凰）表示不要。",
            "数字和汉字数字一样：18洞村就是十八洞村。",
            "汉字只按字找，不按音找：找“景点”不会出来“经典”。",
        ],
    ),
    (
        "话里的条件",
        &[
            "写在话里的月份、节假日、县市、“附近”、价钱、带老人、可用券、民宿和非遗这类词，会变成筛选条件，显示在结果上方，点一下就可以去掉。",
            "整句话本来就是一个名字时不拆开：凤凰古城就是凤凰古城，五一广场不是五月。",
            "“附近”一般指30公里以内；市州的周边指50公里以内。",
        ],
    ),
    (
        "同一样东西，不同的叫法",
        &["农家乐和民宿、山茶油和茶油、西兰卡普和土家族织锦这类说法会一起找，原来的叫法排在前面。中文和英文也一样。"],
    ),
    (
        "找不到时",
        &[
            "只有一条都不符合时，才会猜：常见的误读（binzhou→郴州）、湖南口音（fulan→湖南）、打错的字母、写错的一个字（芙容镇→芙蓉镇）。猜了就会写明，并给出“仍要搜索”的链接。",
            "再没有，就依次去掉一个听出来的条件、放宽范围、少一个词、字都找不到时只按条件找、找最近的，每一步都写在结果上方。你自己勾选的条件不会被去掉。",
            "乱打的字不会硬凑出结果。",
        ],
    ),
    (
        "谁排在前面",
        &[
            "先看字：名字完全一样的最前，其次是名字以它开头，再是名字、地区、简介里有这些词。",
            "字一样合适时，再看：等级（5A、4A）、资料是否完整可靠、当月是否合适、离得远近。示例条目排在真实条目后面，过期的优惠排在最后。",
            "同一个县的同一类不会占满前十条。没有广告，谁也不能花钱往前排。文旅部门推荐的条目都标明“推荐”和理由。",
        ],
    ),
];

const EN: &[Part] = &[
    (
        "Type it any way you like",
        &[
            "Either script, pinyin in one piece or apart, with or without tones, first letters, or half and half: 凤凰, 鳳凰, fenghuang, feng4 huang2, fhgc, 凤huang.",
            "Several words must all fit; quotation marks keep words together; a minus in front leaves a word out.",
            "Digits and Chinese numerals are the same: 18洞村 is 十八洞村.",
            "Chinese characters are looked for as characters, never by their sound.",
        ],
    ),
    (
        "Conditions in your words",
        &[
            "Months, holidays, counties, “附近” (near), prices, needs such as 带老人 (with elders), and kinds such as 民宿 become filters. They stand above the results, and one tap takes each away.",
            "A text that as a whole is a name is never taken apart.",
            "Near means within 30 km, or 50 km of a city.",
        ],
    ),
    (
        "One thing, several names",
        &["Words for the same thing are looked for together, in Chinese and in English; the word you typed comes first."],
    ),
    (
        "When nothing fits",
        &[
            "Only where nothing matches all you typed do we guess: common misreadings of place names, sounds of Hunan speech, slips of the keys, one wrong character. A guess is always announced, with a link to what you typed.",
            "After that, one understood condition is left out, the circle is widened, a word is left out, or the nearest is shown; each step is announced. Filters you chose yourself are never left out.",
            "Nonsense finds nothing.",
        ],
    ),
    (
        "What comes first",
        &[
            "First the words: a name that is exactly what you typed, then names that begin so, then names, regions and summaries that contain it.",
            "Among equals: the official grade, how well founded and complete an entry is, whether it is in season, how near it is. Samples stand behind real entries, and offers that are over stand last.",
            "One county's entries of one kind never fill the first ten. There are no advertisements, and no place can be bought. What the bureau recommends is labelled, with the reason.",
        ],
    ),
];

pub fn render(chrome: &Chrome, list: &[DecisionView]) -> String {
    let lang = chrome.lang;
    let title = lang.pick("搜索是怎么决定的", "How search decides");
    let description =
        lang.pick("搜索认得哪些输入，怎样理解，怎样排列。", "What the search understands, and how it orders what it finds.");
    let parts: Vec<_> = lang
        .pick(ZH, EN)
        .iter()
        .map(|(heading, sentences)| {
            let items: Vec<_> = sentences.iter().map(|sentence| view! { <li>{*sentence}</li> }).collect();
            view! { <h2>{*heading}</h2><ul>{items}</ul> }
        })
        .collect();
    document(chrome, Head::new(title, description), || {
        view! {
            {ui::breadcrumb(
                chrome,
                vec![Crumb::link(lang.pick("搜索", "Search"), href::page(lang, href::SEARCH)), Crumb::here(title)],
            )}
            <div class="prose">
                <h1>{title}</h1>
                {parts}
                {decisions::decisions(lang, list)}
            </div>
        }
    })
}
