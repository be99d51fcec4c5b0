//! The accessibility statement.

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::Chrome;

pub fn render(chrome: &Chrome) -> String {
    let lang = chrome.lang;
    let title = lang.pick("无障碍声明", "Accessibility statement");
    let description = lang.pick(
        "本站按WCAG 2.2 AA制作，有长辈版；这里写明做到了什么、还差什么、怎么告诉我们。",
        "This site is made to WCAG 2.2 AA and has a large-text version; here is what works, what does not yet, and how to tell us.",
    );
    let done = lang.pick(
        [
            "没有脚本也能用：搜索、筛选、详情、地图和切换都是普通链接和表单。",
            "只用键盘就能走完；每页第一个链接跳到正文，焦点看得见。",
            "长辈版：字更大，按钮至少60像素，一页东西更少，没有弹窗和限时步骤。",
            "深色、浅色两套颜色，文字对比度不低于4.5:1；也跟随系统的“减少动态效果”。",
            "320像素宽或放大到400%时不用左右滚动。",
            "地图上的每一站都同时写在列表里；插画有文字说明。",
            "没有英文的内容在英文页上标“Chinese only”，并告诉读屏软件那是中文。",
            "去处、住宿和体验的无障碍情况写明实测数据、谁测的、哪天测的；没有记录就说没有记录。",
        ],
        [
            "It works without script: search, filters, pages, maps and switches are plain links and forms.",
            "The keyboard alone is enough; the first link of every page leads to its content, and the focus is visible.",
            "The large-text version has larger type, targets of at least 60 pixels, fewer things on a page, no pop-ups and no timed steps.",
            "A light and a dark scheme, both with a contrast of at least 4.5:1; reduced motion is respected.",
            "No sideways scrolling at a width of 320 pixels or at 400 % zoom.",
            "Every stop on a map is also in a list; drawings have a text alternative.",
            "What has no English is marked “Chinese only” on English pages, and screen readers are told that it is Chinese.",
            "Access to places, stays and experiences is given as measurements with the witness and the day; where nobody has measured, the page says so.",
        ],
    );
    let lacking = lang.pick(
        [
            "地图是示意图，不能代替导航；导航请用详情页里的地图应用链接。",
            "多数地点还没有人实地记录无障碍情况。",
            "没有手语视频，也没有语音播报。",
            "这份声明由制作者自查写成，没有经过第三方评测。",
        ],
        [
            "Maps are schematic and no substitute for navigation; the links to map apps are on each page.",
            "For most places nobody has recorded access on site yet.",
            "There are no sign-language videos and no read-aloud function.",
            "This statement rests on our own checks; no third party has audited the site.",
        ],
    );
    let list = |items: &[&'static str]| -> Vec<_> { items.iter().map(|item| view! { <li>{*item}</li> }).collect() };
    document(chrome, Head::new(title, description), || {
        let contact = ui::contact(chrome, title, lang.pick("告诉我们", "Tell us"));
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <div class="prose">
                <h1>{title}</h1>
                <p>{description}</p>
                <h2>{lang.pick("做到了什么", "What works")}</h2>
                <ul>{list(&done)}</ul>
                <h2>{lang.pick("还差什么", "What does not yet")}</h2>
                <ul>{list(&lacking)}</ul>
                <h2>{lang.pick("长辈版怎么开", "How to get the large-text version")}</h2>
                <p>
                    {lang.pick("点每页顶上的“长辈版”，或者：", "Follow “Large text” at the top of any page, or: ")}
                    <a href=href::look(chrome, "size", "elder") rel="nofollow">{lang.pick("现在打开长辈版", "Switch to large text now")}</a>
                </p>
                <h2>{lang.pick("遇到困难", "If something is hard to use")}</h2>
                <p>{contact}</p>
            </div>
        }
    })
}
