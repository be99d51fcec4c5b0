//! Taking a trip to where there is no signal. The browser's script does it (`public/take.js`); the words are here, and those for a
//! browser that cannot stand until it says otherwise.

use leptos::prelude::*;

use crate::ui;
use crate::views::{Chrome, TripPage};

pub(super) fn along(chrome: &Chrome, page: &TripPage) -> AnyView {
    let lang = chrome.lang;
    let button = |press: &'static str, label: &'static str| {
        view! { <button class="button button--quiet" type="button" data-press=press>{label}</button> }
    };
    let main = |press: &'static str, label: &'static str| {
        view! { <button class="button" type="button" data-press=press>{label}</button> }
    };
    let say = |name: &'static str, words: &'static str| view! { <p data-say=name data-words=words></p> };
    let why = |why: &'static str, words: &'static str| view! { <p data-why=why hidden>{words}</p> };
    let take = lang.pick("存到这部设备", "Keep it on this device");
    let list = view! {
        <ul
            class="along__list"
            data-list
            data-trip=lang.pick("行程页和打印页：{count}页，{size}", "The trip and its printed plan: {count} pages, {size}")
            data-files=lang.pick("日历、导航和地图文件：{count}个，{size}", "Calendar, navigation and map files: {count}, {size}")
            data-pages=lang.pick("去处和优惠的页面：{count}页，{size}", "Pages of places and offers: {count}, {size}")
            data-covers=lang.pick("封面：{count}幅，{size}", "Covers: {count}, {size}")
            data-search=lang.pick("途经县市的搜索：{count}个，{size}", "Search of the counties on the way: {count}, {size}")
            data-site=lang.pick("网站本身：{size}", "The site itself: {size}")
        ></ul>
    };
    let script = chrome.assets.take.clone().map(|take| view! { <script type="module" src=take></script> });
    view! {
        <section
            class="section along no-print"
            id="along"
            aria-labelledby="along-title"
            data-along=page.id.clone()
            data-version=page.version.to_string()
            data-lang=lang.code()
        >
            {ui::heading("along", lang.pick("带到没有信号的地方", "Where there is no signal"))}
            <p data-when="unable">
                {lang.pick(
                    "这个浏览器不能把行程存下来（需要能运行脚本的新一些的浏览器）。可以打印出来，或者下载上面的文件。",
                    "This browser cannot keep the trip (that takes script and a fairly new browser). Print it, or download the files above.",
                )}
            </p>
            <p data-when="in-app" hidden>
                {lang.pick(
                    "应用里打开的网页存不下行程：请照上面说的，在手机浏览器里打开再存。",
                    "A page opened inside an app cannot keep the trip: open it in your phone's browser, as said above, and keep it there.",
                )}
            </p>
            <p data-when="none asking" hidden>
                {lang.pick(
                    "山里常常没有信号。把行程存在这部设备上，没有信号也能看、能搜途经的县市、能改；改动等有信号了再发出。",
                    "In the mountains there is often no signal. Keep the trip on this device: without signal you can read it, search the counties on the way and change it; changes are sent when there is signal again.",
                )}
            </p>
            <div class="along__acts" data-when="none" hidden>{main("ask", lang.pick("看看要占多少", "See how much it is"))}</div>
            <p data-when="asking" role="status" hidden>{lang.pick("正在问……", "Asking …")}</p>
            <div data-when="offered" hidden>
                {say(
                    "offer",
                    lang.pick(
                        "一共大约{size}，其中途经县市的搜索{search}。行程和{count}个页面、封面、文件会存在这部设备的浏览器里。",
                        "About {size} in all, of which search of the counties on the way is {search}. The trip and {count} pages, covers and files will be kept by the browser of this device.",
                    ),
                )}
                <div data-tight hidden>
                    {say(
                        "tight",
                        lang.pick(
                            "这部设备只给这个网站留了{free}，可能存不下。",
                            "This device has only {free} left for this site; that may not do.",
                        ),
                    )}
                </div>
                <div class="along__acts">{main("take", take)} {button("not-now", lang.pick("先不存", "Not now"))}</div>
            </div>
            <div data-when="working" hidden>
                <p id="along-working" data-say="working" data-words=lang.pick("正在存：{done} / {all}，{size}", "Keeping: {done} of {all}, {size}")></p>
                <progress class="along__bar" aria-labelledby="along-working"></progress>
                <div class="along__acts">{button("stop", lang.pick("停下", "Stop"))}</div>
            </div>
            <div data-when="halted" role="status" hidden>
                {why(
                    "network",
                    lang.pick("网络断了，还没存完。已经存下的没有丢。", "The network is gone before all was kept. What has been kept is not lost."),
                )}
                {why("stopped", lang.pick("上次没有存完。已经存下的没有丢。", "It was not finished last time. What has been kept is not lost."))}
                {why("gone", lang.pick("服务器上已经没有这个行程，或者它不属于这部设备了。", "The server does not have this trip any more, or not for this device."))}
                {why(
                    "storage",
                    lang.pick(
                        "存不下了：这部设备给这个网站的地方不够。腾出些空间再继续；已经存下的没有丢。",
                        "It does not fit: this device has too little room for this site. Make some and go on; what has been kept is not lost.",
                    ),
                )}
                <p data-before hidden>{lang.pick("之前存的那一份还在，可以照样用。", "What was kept before is still there and can be used.")}</p>
                <div class="along__acts">
                    {main("go-on", lang.pick("继续存", "Go on"))} {button("give-up", lang.pick("不存了", "Give it up"))}
                </div>
            </div>
            <div data-when="kept" hidden>
                <p role="status" class="along__kept" tabindex="-1" data-say="kept" data-words=lang.pick("已存好，{size}。存于{time}。", "Kept, {size}. Kept at {time}.")></p>
                <p data-older hidden>
                    {lang.pick("行程后来改过，存的是改之前的。", "The trip was changed since; what is kept is from before.")}
                </p>
                {list}
                <p data-lasting="yes" hidden><small>{lang.pick("浏览器答应一直留着它。", "The browser has promised to keep it.")}</small></p>
                <p data-lasting="no" hidden>
                    <small>
                        {lang.pick(
                            "浏览器没有答应一直留着：空间紧张时它可能清掉。出发前再看一眼。",
                            "The browser has not promised to keep it: short of room it may clear it. Have a look before you leave.",
                        )}
                    </small>
                </p>
                <div class="along__acts" data-not-unsent>
                    {main("renew", lang.pick("更新", "Renew"))} {button("leave-behind", lang.pick("从这部设备删掉", "Remove it from this device"))}
                </div>
            </div>
            <div class="notice along__unsent" data-unsent hidden>
                {say("unsent", lang.pick("{count}处修改还没有发出。发出之前不能更新也不能删掉。", "Changes not sent yet: {count}. Until they are, it can be neither renewed nor removed."))}
                <div data-waiting class="along__acts">{button("send", lang.pick("现在发出", "Send now"))}</div>
                <p data-stuck hidden>
                    <a class="button button--quiet" href=crate::href::trip(lang, &page.id, "/unsent")>
                        {lang.pick("有一处要你决定", "One of them needs your decision")}
                    </a>
                </p>
            </div>
            {script}
        </section>
    }
    .into_any()
}
