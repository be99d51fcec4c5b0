//! What the site knows about its visitors: next to nothing.

use leptos::prelude::*;

use crate::document::{Head, document};
use crate::ui::{self, Crumb};
use crate::views::Chrome;

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
    let outside = lang.pick(
        "页面不加载别人的脚本、字体、图片或统计。点地图应用、购买网站等链接会离开本站，那里的规矩由对方定。",
        "Pages load no scripts, fonts, pictures or statistics of others. Links to map apps and shops lead out of the site, where the rules are theirs.",
    );
    let position = lang.pick(
        "“附近”搜索用的是页面里写明的地点坐标，不读取你的位置。",
        "A search “nearby” uses the position of a place on the page; your own position is not read.",
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
                <h2>{lang.pick("服务器上", "On the server")}</h2>
                <p>{logs}</p>
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
