//! Where the catalogue comes from, how sure it is, and who may use it.

use domain::listing::kinds::Basis;
use domain::time::say_day;
use leptos::prelude::*;

use crate::document::{Head, document};
use crate::href;
use crate::ui::{self, Crumb};
use crate::views::{Chrome, DataPage};

pub fn render(chrome: &Chrome, page: &DataPage) -> String {
    let lang = chrome.lang;
    let title = lang.pick("资料说明", "About the data");
    let description = lang.pick(
        "目录从哪里来，有多大把握，可以怎么用，发现错误怎么办。",
        "Where the catalogue comes from, how sure it is, how it may be used, and what to do about an error.",
    );
    document(chrome, Head::new(title, description), || {
        view! {
            {ui::breadcrumb(chrome, vec![Crumb::here(title)])}
            <div class="prose">
                <h1>{title}</h1>
                <p>{description}</p>
                {counts(chrome, page)}
                {confidences(chrome, page)}
                {rules(chrome)}
                {licences(chrome, page)}
                {errors(chrome)}
            </div>
        }
    })
}

fn counts(chrome: &Chrome, page: &DataPage) -> AnyView {
    let lang = chrome.lang;
    let rows: Vec<_> = page
        .counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            view! { <tr><th scope="row"><a href=href::kind_list(lang, *kind)>{kind.label(lang)}</a></th><td>{count.to_string()}</td></tr> }
        })
        .collect();
    let as_of = chrome.site.facts_as_of.map(|day| {
        let day = say_day(day, lang);
        view! { <p>{lang.pick(format!("资料截至{day}；各条目另写有自己的日期。"), format!("Facts as of {day}; each entry states its own day as well."))}</p> }
    });
    let samples = (page.samples > 0).then(|| {
        let n = page.samples;
        let text = lang.pick(
            format!("其中{n}条是示例：名称、价格都是虚构的，页面上标“示例”，不进搜索引擎、订阅和默认的数据下载。"),
            format!("Of these, {n} are samples with invented names and prices. They are marked “Sample” and stay out of search engines, the feed and the default dumps."),
        );
        view! { <p>{text}</p> }
    });
    view! {
        <h2>{lang.pick("有多少", "How much there is")}</h2>
        {as_of}
        {number_table(lang.pick("各类条目数", "Entries by kind"), lang.pick(["类别", "条数"], ["Kind", "Entries"]), rows)}
        {samples}
    }
    .into_any()
}

fn confidences(chrome: &Chrome, page: &DataPage) -> AnyView {
    let lang = chrome.lang;
    let rows: Vec<_> = page
        .confidences
        .iter()
        .map(|(label, count)| view! { <tr><th scope="row">{label.clone()}</th><td>{count.to_string()}</td></tr> })
        .collect();
    let text = lang.pick(
        "“公开资料有载”说的是这个条目见于公开资料，不保证每一项都核对过。没有把握的项另有说明；不知道的就写不知道，或者不写。",
        "“Found in public sources” speaks for the entry, not for every field of it. Fields in doubt say so; what is not known is said to be unknown, or left out.",
    );
    view! {
        <h2>{lang.pick("有多大把握", "How sure it is")}</h2>
        <p>{text}</p>
        {number_table(lang.pick("各种把握的条目数", "Entries by confidence"), lang.pick(["把握", "条数"], ["Confidence", "Entries"]), rows)}
    }
    .into_any()
}

fn number_table<V: IntoView + 'static>(caption: &'static str, columns: [&'static str; 2], rows: Vec<V>) -> AnyView {
    let [what, how_many] = columns;
    view! {
        <table class="facts">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{what}</th><th scope="col">{how_many}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn rules(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let (sourced, editorial) = (Basis::Sourced.label(lang), Basis::Editorial.label(lang));
    let rules = [
        lang.pick(
            format!("线路的每一站写明是“{sourced}”还是“{editorial}”；停留时间、天数和适宜月份是编者的建议。"),
            format!("Every stop of a route says whether it is “{sourced}” or “{editorial}”; times, days and good months are the editors' suggestions."),
        ),
        lang.pick(
            "没有查到官方名称的线路用资料中的名称，并注明官方名称未知；只见工作名的，名称里写明是工作名。".to_owned(),
            "A route whose official name was not found has the name found in the sources and says so; a working name is marked in the name itself.".to_owned(),
        ),
        lang.pick(
            "坐标多为近似，误差可达几公里。误差超过500米或不知道误差的，地图应用链接按名称搜索，不直接落点。".to_owned(),
            "Most positions are approximate, by up to several kilometres. Where the error is above 500 m or unknown, links to map apps search by name and drop no pin.".to_owned(),
        ),
        lang.pick(
            "51个脱贫县和832平台供货资格是两件事，分开写。".to_owned(),
            "Being one of the 51 counties lifted out of poverty and being eligible for the 832 platform are two facts, stated apart.".to_owned(),
        ),
        lang.pick(
            "封面是按地貌画的插画，不是实景照片。地图是示意图，不画行政区划界线。".to_owned(),
            "Covers are drawings made from the terrain, not photographs. Maps are schematic and show no administrative boundaries.".to_owned(),
        ),
    ];
    let rules: Vec<_> = rules.into_iter().map(|rule| view! { <li>{rule}</li> }).collect();
    view! {
        <h2>{lang.pick("怎么写的", "How it is written")}</h2>
        <ul>{rules}</ul>
    }
    .into_any()
}

fn licences(chrome: &Chrome, page: &DataPage) -> AnyView {
    let lang = chrome.lang;
    let credits: Vec<_> = page.credits.iter().map(|credit| view! { <li>{ui::foreign(credit, lang)}</li> }).collect();
    let credits = (!credits.is_empty()).then(|| {
        view! {
            <h3>{lang.pick("署名", "Credits")}</h3>
            <ul>{credits}</ul>
            <p><a class="button" href=href::LICENCES>{lang.pick("许可与署名全文", "Licences and notices in full")}</a></p>
        }
    });
    view! {
        <h2>{lang.pick("可以怎么用", "How it may be used")}</h2>
        <p>
            {lang.pick("目录数据按 ", "The catalogue is licensed under ")}
            <a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener">"CC BY 4.0"</a>
            {lang.pick(" 许可：可以用，请注明“游潇湘”和下面的署名。程序按 Apache-2.0 许可。", ": use it, and credit “You Xiaoxiang” and those named below. The program is under Apache-2.0.")}
        </p>
        <p>
            <a class="button" href=href::page(lang, href::DEVELOPERS)>{lang.pick("接口和数据下载", "API and downloads")}</a>
        </p>
        {credits}
    }
    .into_any()
}

fn errors(chrome: &Chrome) -> AnyView {
    let lang = chrome.lang;
    let subject = lang.pick("游潇湘：资料有误", "You Xiaoxiang: an error in the data");
    let way = match (href::report(&chrome.site, subject), &chrome.site.report_contact) {
        (Some(href), _) => view! { <a href=href>{lang.pick("报告错误", "Report an error")}</a> }.into_any(),
        (None, Some(contact)) => contact.clone().into_any(),
        (None, None) => lang.pick("运营者还没有设置联系方式。", "The operator has not set a contact yet.").into_any(),
    };
    view! {
        <h2>{lang.pick("发现错误", "Found an error?")}</h2>
        <p>{lang.pick("请告诉我们是哪一页、哪一项，最好附上依据。", "Tell us which page and which fact, and how you know, if you can.")}</p>
        <p>{way}</p>
    }
    .into_any()
}
