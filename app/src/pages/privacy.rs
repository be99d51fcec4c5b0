//! What the site knows about its visitors: next to nothing.

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::ui::{self, Crumb};
use crate::views::Chrome;

/// What is kept of a search, and for how long. The numbers are those of `domain::search::asked`.
const REMEMBERED_ZH: &[&str] = &[
    "为了知道大家在找什么、什么找不到，提交的搜索会计数：搜索的词（最多40个字）、词里或筛选里的县市、语言、当天找到的条数多少、有没有改正过。只记到哪一天，不记几点几分。",
    "不记网络地址、浏览器、cookie、位置，也不记谁先后搜过什么。输入过程中的联想不计数。",
    "像电话、证件号、邮箱、网址、门牌、车牌，或者有六位以上数字的词，整条不记。",
    "为了知道有多少人搜过同一个词，网络地址和词一起，用当天的随机数算成64个号中的一个；很多地址共用一个号。随机数第二天删除，地址算完就丢，最多在内存里停几秒。五分钟内同一地址再搜同一个词只算一次，为此在内存里记着的也是算出来的数。",
    "每天的计数保留30天，之后合成每月每县的合计：一个月里不到5人次搜过的词（或者从来没有两个人在同一天搜过），词本身删掉，只留总数。合计保留24个月。",
    "文旅部门只能看到够上这个人次的词。一天里至少5个不同的号搜过、而且找得到内容的短词，会出现在别人的搜索联想里。",
    "浏览器发出“不要跟踪”（DNT）或“全球隐私控制”（Sec-GPC）的，不计数。",
];

const REMEMBERED_EN: &[&str] = &[
    "To learn what people look for and do not find, searches that are submitted are counted: the words (40 characters at most), the county named in the words or filters, the language, how much was found, and whether something was put right. The day is kept, not the hour.",
    "Network addresses, browsers, cookies and positions are not kept, nor who searched for what after what. Suggestions while typing are not counted.",
    "Words that look like telephone, identity or account numbers, mail or web addresses, doors or number plates, or have six digits in a row, are not kept at all.",
    "To tell how many asked for the same words, the network address is turned, together with the words and a random number of the day, into one of 64 numbers, which many addresses share. The random number is deleted the next day; the address is dropped at once and is in memory for seconds at most. The same words from the same address within five minutes count once; what is remembered in memory for that is such a number, too.",
    "Counts of a day are kept for 30 days and then become sums by month and county: words with fewer than five askers in a month, or that no two people ever asked for on one day, are deleted, and only their total stays. The sums are kept for 24 months.",
    "The bureau sees only words that enough people have asked for. Short words that at least five different numbers have asked for on one day, and that find something, may be suggested to others while they type.",
    "Browsers that send Do Not Track (DNT) or Global Privacy Control (Sec-GPC) are not counted.",
];

const NOT_ZH: &[&str] = &["这个网站不记搜过的词。"];
const NOT_EN: &[&str] = &["This site does not keep the words searched for."];

pub fn render(chrome: &Chrome) -> String {
    let lang = chrome.lang;
    let title = lang.pick("隐私", "Privacy");
    let description = lang.pick(
        "不用注册，不跟踪。cookie最多两个：一个记住显示方式，一个在你排了行程之后认得这部设备。",
        "No account and no tracking. There are two cookies at most: one remembers how you like the site shown, and one, once you have planned a trip, knows this device again.",
    );
    let browser = lang.pick(
        "名叫 look 的cookie，内容是你选的字号和明暗，保存一年；不选就没有。删除它，网站就回到默认样子。除了它和下面说的 trips，浏览器里什么都不存。",
        "A cookie called look holds the text size and the light or dark scheme you chose, for one year; if you choose nothing there is none. Delete it and the site looks as it did at first. Beside it and the one called trips, below, nothing is stored in your browser.",
    );
    let trips = lang.pick(
        "排行程不用注册。第一次排的时候，浏览器得到一个名叫 trips 的cookie：一串随机字符，保存一年，凭它打开和修改这部设备上的行程。服务器只存它的散列值，和行程里填的内容：日期、人数、孩子年龄、地点、预算、备注，以及单位填的发票抬头。行程不公开，不进搜索引擎；你生成链接，拿到链接的人才看得到，链接到期失效，也可以随时收回。你可以随时删除行程；一年没人打开的行程会自动删除。",
        "Planning a trip needs no account. With the first one your browser gets a cookie called trips: random characters, kept for a year, that open and change the trips of this device. The server keeps only a hash of it, and what a trip holds: dates, how many people, ages of children, places, budget, notes, and for an organisation the name on the invoice. Trips are not public and in no search engine; only whoever you give a link can see one, links end by themselves, and you can take them back. You can delete a trip at any time; one that nobody opens for a year is deleted.",
    );
    let logs = lang.pick(
        "本站程序的运行记录写明时间、请求的路径、结果和编号，不写搜索的词，也不写来访者的网络地址。为了不让过于频繁的请求挤占别人，网络地址只在内存里用来计数，不写入磁盘。",
        "This program's log keeps the time, the path asked for, the outcome and a reference number: neither the words searched for nor the network address of the visitor. To keep a flood of requests from crowding others out, network addresses are counted in memory and never written to disk.",
    );
    let searches =
        if chrome.site.remembers_searches { lang.pick(REMEMBERED_ZH, REMEMBERED_EN) } else { lang.pick(NOT_ZH, NOT_EN) };
    let searches: Vec<_> = searches.iter().map(|sentence| view! { <li>{*sentence}</li> }).collect();
    let outside = lang.pick(
        "页面不加载别人的脚本、字体、图片或统计。点地图应用、购买网站等链接会离开本站，那里的规矩由对方定。",
        "Pages load no scripts, fonts, pictures or statistics of others. Links to map apps and shops lead out of the site, where the rules are theirs.",
    );
    let saved = lang.pick(
        "收藏用同一个 trips cookie，第一次收藏或排行程时得到。服务器存它的散列值、收藏的条目和时间；随时可以移出或清空，一年没打开会自动删除。",
        "What you save uses the same cookie, trips, which your browser gets when you first save something or plan a trip. The server keeps its hash, which listings you saved and when; take them out at any time, and after a year without a visit they are deleted.",
    );
    let position = lang.pick(
        "“附近”页上按“用我的位置”，浏览器先问你；你同意后，取整到约100米的坐标写进网址发来，只用来排出那一页，服务器不保存，运行记录里也没有。不按就不读取；写地名或点地图不用位置。别的页面上的“附近”用的是那个地方的坐标。",
        "On the page “Near me” your browser asks you first when you press “Use my position”; if you allow it, coordinates rounded to about 100 m are sent in the address of the page, used for that page alone and not kept, nor written to the log. Unless you press it nothing is read; typing a place or tapping the map needs no position. “Nearby” on other pages uses the position of the place on the page.",
    );
    document(chrome, Head::new(title, description), || {
        let contact = ui::contact(chrome, title, lang.pick("联系运营者", "Contact the operator"));
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <div class="prose">
                <h1>{title}</h1>
                <p>{description}</p>
                <h2>{lang.pick("浏览器里", "In your browser")}</h2>
                <p>{browser}</p>
                <h2>{lang.pick("你的行程", "Your trips")}</h2>
                <p>{trips}</p>
                <p>{saved}</p>
                <h2>{lang.pick("服务器上", "On the server")}</h2>
                <p>{logs}</p>
                <h2>{lang.pick("搜过的词", "Words searched for")}</h2>
                <ul>{searches}</ul>
                <h2>{lang.pick("你的位置", "Your position")}</h2>
                <p>{position}</p>
                <h2>{lang.pick("别人的网站", "Other sites")}</h2>
                <p>{outside}</p>
                <h2>{lang.pick("有问题", "Questions")}</h2>
                <p>{contact}</p>
            </div>
        }
    })
}
