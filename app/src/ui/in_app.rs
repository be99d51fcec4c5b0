//! What stands in the place of links that a browser inside an app would block.

use domain::Lang;
use leptos::prelude::*;

use crate::views::InApp;

/// How to get out of the app, to where maps open and files arrive.
pub fn leave_app(lang: Lang, app: InApp) -> AnyView {
    let name = app.name(lang);
    let (title, text) = lang.pick(
        (
            format!("{name}里打不开地图应用，也下载不了文件"),
            "点右上角的“…”，选“在浏览器打开”；没有这一项，就复制地址，粘贴到手机浏览器里，或用另一部手机扫码。",
        ),
        (
            format!("{name} opens no map apps and downloads no files"),
            "Press “…” in the top right corner and choose “Open in browser”. Where there is no such entry, copy the address into your phone's browser, or scan the code with another phone.",
        ),
    );
    view! {
        <div class="notice in-app">
            <p><strong>{title}</strong></p>
            <p>{text}</p>
        </div>
    }
    .into_any()
}
