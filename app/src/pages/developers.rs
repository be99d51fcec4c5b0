//! The API, readable. The table of parameters is the one the parser uses.

use domain::Lang;
use domain::navigation::encode;
use domain::search::{PARAMS, Param};
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::Chrome;

pub fn render(chrome: &Chrome) -> String {
    let lang = chrome.lang;
    let title = lang.pick("开发者", "Developers");
    let description = lang.pick(
        "开放接口、数据下载和许可。不用密钥，允许跨域读取。",
        "The open API, downloads and licences. No key is needed; reading from other origins is allowed.",
    );
    document(chrome, Head::new(title, description), || {
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <div class="prose">
                <h1>{title}</h1>
                <p>{description}</p>
                {endpoints(chrome)}
                {parameters(lang)}
                {examples(chrome)}
                {rules(lang)}
                {downloads(chrome)}
            </div>
        }
    })
}

fn endpoints(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let list = [
        ("GET /api/v1/search", lang.pick("搜索，参数见下", "Search, with the parameters below")),
        ("GET /api/v1/suggest?q=&lang=", lang.pick("边打边出的建议", "Suggestions while typing")),
        ("GET /api/v1/listings/{kind}/{slug}", lang.pick("一个条目的全部内容", "All of one entry")),
        (
            "GET /api/v1/listings?kind=&updated_from=&cursor=",
            lang.pick(
                "逐页读完目录，或只读某时以后的变化；撤下的条目也会列出",
                "The catalogue page by page, or what changed since a time, withdrawals included",
            ),
        ),
    ];
    let rows: Vec<_> = list
        .into_iter()
        .map(|(address, about)| view! { <tr><th scope="row"><code>{address}</code></th><td>{about}</td></tr> })
        .collect();
    view! {
        <h2>{lang.pick("接口", "Endpoints")}</h2>
        <div class="table-scroll" tabindex="0" role="region" aria-label=lang.pick("接口列表", "List of endpoints")>
            <table class="facts">
                <caption class="visually-hidden">{lang.pick("接口", "Endpoints")}</caption>
                <thead><tr><th scope="col">{lang.pick("地址", "Address")}</th><th scope="col">{lang.pick("用途", "What it answers")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p><a class="button" href="/api/v1/openapi.json">"OpenAPI: /api/v1/openapi.json"</a></p>
    }
    .into_any()
}

fn parameters(lang: Lang) -> AnyView {
    let rows: Vec<_> = PARAMS.iter().map(|param| parameter(param, lang)).collect();
    let intro = lang.pick(
        "可重复的参数写几次就是“其中任一”。值不对、名字不认识或还没做好的参数都会被指名拒绝，不会被悄悄忽略。",
        "A parameter that repeats means any of its values. A wrong value or an unknown name is refused by name, never silently ignored.",
    );
    view! {
        <h2 id="parameters">{lang.pick("搜索参数", "Search parameters")}</h2>
        <p>{intro}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-labelledby="parameters">
            <table class="facts">
                <caption class="visually-hidden">{lang.pick("搜索参数", "Search parameters")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{lang.pick("参数", "Parameter")}</th>
                        <th scope="col">{lang.pick("意思", "Meaning")}</th>
                        <th scope="col">{lang.pick("可重复", "Repeats")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn parameter(param: &Param, lang: Lang) -> AnyView {
    let about = match (lang, in_chinese(param.name)) {
        (Lang::Zh, Some(zh)) => zh.into_any(),
        (Lang::Zh, None) => view! { <span lang="en">{param.about}</span> }.into_any(),
        (Lang::En, _) => param.about.into_any(),
    };
    let repeats = if param.repeats { lang.pick("是", "yes") } else { lang.pick("否", "no") };
    view! {
        <tr>
            <th scope="row"><code>{param.name}</code></th>
            <td>{about}</td>
            <td>{repeats}</td>
        </tr>
    }
    .into_any()
}

fn in_chinese(name: &str) -> Option<&'static str> {
    let zh = match name {
        "q" => "要找什么：简体、繁体、拼音、首字母或英文。空着就是全部。",
        "kind" => "类别：route、place、stay、heritage、experience、product、offer。",
        "county" => "县级区划的六位代码，或管理区，如 z-hongjiang。",
        "prefecture" => "市州的六位代码。",
        "family" => "线路系列，如 five_plus_two。",
        "grade" => "去处的等级，如 5A。",
        "level" => "非遗级别：international、national、provincial、city、county、agricultural。",
        "tag" => "标签，如 old-town。",
        "month" => "适合在这个月去，1到12。",
        "price_band" => "价格段，单位元：0-100、100-200、200-300、300-500、500-。",
        "date" => {
            "这一天确知开放，YYYY-MM-DD：看开放时间和关闭的月份（不知道的看适宜月份）、优惠的起止、体验的星期、节日的日子。"
        }
        "price_min" => "最低价，单位分。",
        "price_max" => "最高价，单位分。",
        "barrier_free" => "1：只要有无障碍记录的。",
        "near" => "搜索的中心，lat,lon，WGS84度。",
        "radius_km" => "离 near 多少公里以内，最多500，不写是30。",
        "bbox" => "范围：west,south,east,north，WGS84度。",
        "corridor" => "沿着这条线路：线路的 slug 或 id。",
        "corridor_km" => "离线路各站连线多少公里以内，最多100，不写是20。",
        "literal" => "chips 里某一项的 code：这几个字只当作字来找，不当作条件。",
        "exact" => "1：照原样找，不理解、不纠正、不放宽。",
        "explain" => "1：每条都在 explain 里说明为什么排在这里。",
        "voucher" => "1：只要能用消费券的。",
        "sort" => "排序：relevance、distance（需要 near）、price、newest。",
        "page" => "第几页，从1起。",
        "per_page" => "每页几条，1到100，不写是20。",
        "lang" => "标题、简介和标签的语言：zh 或 en。",
        _ => return None,
    };
    Some(zh)
}

fn examples(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let list = [
        (format!("q={}&kind=place", encode("凤凰")), lang.pick("名字像“凤凰”的去处", "Places like “Fenghuang”")),
        (
            "tag=old-town&tag=village&month=4".to_owned(),
            lang.pick("四月适合去的古镇和乡村", "Old towns and villages good in April"),
        ),
        (
            "near=27.948,109.599&radius_km=30&sort=distance".to_owned(),
            lang.pick("一个点30公里内，由近到远", "Within 30 km of a point, nearest first"),
        ),
    ];
    let items: Vec<_> = list
        .into_iter()
        .map(|(query, about)| {
            let path = format!("/api/v1/search?{query}");
            let whole = format!("curl '{}{path}'", chrome.base_url);
            view! { <li><a href=path>{about}</a> <pre tabindex="0"><code>{whole}</code></pre></li> }
        })
        .collect();
    view! {
        <h2>{lang.pick("试一试", "Examples")}</h2>
        <ul>{items}</ul>
    }
    .into_any()
}

fn rules(lang: Lang) -> AnyView {
    let rules = lang.pick(
        [
            "价格以分计；坐标是WGS84度，带精度；时间是UTC。",
            "高亮区间是左闭右开，按Unicode字符计数。",
            "去处的 details.opening 写开放时间：hours 里是 weekdays（mon 到 sun）、from、until 和可选的 last_entry，没写到的星期就是不开放；closed_months 是每年整月关闭的月份。没有 opening 就是不知道。导入的目录也这样写。",
            "出错时返回RFC 9457问题文档，写明是哪个参数。",
            "文旅部门推荐的条目带 pinned，写明理由和期限；联想里 kind 为 search 的是很多人搜过的词。",
            "参数和字段只会增加，不会改意思。请求太快会收到429和等待的秒数。",
        ],
        [
            "Prices are in fen; positions are WGS84 degrees with their accuracy; times are UTC.",
            "Highlights are half-open ranges counted in Unicode scalar values.",
            "A place's details.opening says when it is open: hours with weekdays (mon to sun), from, until and perhaps last_entry, shut on weekdays that have none; closed_months are shut every year. Without opening nobody knows. A catalogue that is imported says it the same way.",
            "Errors are RFC 9457 problem documents that name the parameter.",
            "What the bureau recommends carries pinned, with its reason and its end; a suggestion of the kind search is what many have searched for.",
            "Parameters and fields are added, never changed. Too many requests are answered with 429 and the seconds to wait.",
        ],
    );
    let rules: Vec<_> = rules.into_iter().map(|rule| view! { <li>{rule}</li> }).collect();
    view! {
        <h2>{lang.pick("约定", "Good to know")}</h2>
        <ul>{rules}</ul>
    }
    .into_any()
}

fn downloads(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let dumps: Vec<_> = href::DUMPS.into_iter().map(|(name, path)| view! { <li><a href=path>{name}</a></li> }).collect();
    let text = lang.pick(
        "示例条目不在下载里。数据按 CC BY 4.0 许可，每条写明来源和署名；程序按 Apache-2.0 许可。",
        "Samples are not among them. The data is under CC BY 4.0 and every record carries its source and credits; the program is under Apache-2.0.",
    );
    view! {
        <h2>{lang.pick("整份下载", "Downloads")}</h2>
        <ul>
            {dumps}
            <li><a href=href::page(lang, href::FEED)>{lang.pick("更新订阅（Atom）", "Feed of changes (Atom)")}</a></li>
        </ul>
        <p>{text} " " <a href=href::LICENCES>{lang.pick("许可与署名全文", "Licences and notices in full")}</a></p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_explained_in_chinese() {
        for param in PARAMS {
            assert!(in_chinese(param.name).is_some(), "{}", param.name);
        }
    }
}
