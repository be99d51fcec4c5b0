//! Where what a page says comes from, and how to say that it is wrong.

use domain::listing::Listing;
use domain::time::say_day;
use leptos::prelude::*;

use crate::href;
use crate::ui::{self, Row};
use crate::views::Chrome;

pub fn source(chrome: &Chrome, listing: &Listing) -> AnyView {
    let lang = chrome.lang;
    let provenance = &listing.provenance;
    let mut rows = vec![
        Row::new("confidence", lang.pick("把握", "Confidence"), provenance.confidence.label(lang)),
        Row::new("source", lang.pick("来源", "Source"), ui::foreign(&provenance.source, lang)),
        Row::new("as_of", lang.pick("资料截至", "Facts as of"), say_day(provenance.as_of, lang)),
        Row::new("licence", lang.pick("许可", "Licence"), ui::foreign(&provenance.licence, lang)),
    ];
    if !provenance.credits.is_empty() {
        let credits = provenance.credits.join(lang.pick("；", "; "));
        rows.push(Row::new("credits", lang.pick("署名", "Credits"), ui::foreign(&credits, lang)));
    }
    if !provenance.editorial.is_empty() {
        let fields: Vec<_> = provenance.editorial.iter().map(|field| field_name(field, lang)).collect();
        let list = fields.join(lang.pick("、", ", "));
        rows.push(Row::new("editorial", lang.pick("编者安排的部分", "Arranged by the editors"), list));
    }
    let subject = format!("{} {}", listing.id, listing.title.get(lang));
    let report = match (href::report(&chrome.site, &subject), &chrome.site.report_contact) {
        (Some(href), _) => view! { <a href=href>{lang.pick("报告这一页的错误", "Report an error on this page")}</a> }.into_any(),
        (None, Some(contact)) => lang
            .pick(
                format!("发现错误请联系：{contact}，并注明编号 {}", listing.id),
                format!("Found an error? Contact {contact} and quote {}", listing.id),
            )
            .into_any(),
        (None, None) => lang
            .pick("发现错误？运营者还没有设置联系方式。", "Found an error? The operator has not set a contact yet.")
            .into_any(),
    };
    let caption = lang.pick("资料来源", "Where this comes from");
    view! {
        <section class="section source" id="source" aria-labelledby="source-title">
            {ui::heading("source", caption)}
            {ui::facts_table(lang, caption, rows)}
            <p class="only-print">{href::absolute(chrome, lang, &listing.path(domain::Lang::Zh))}</p>
            <p class="no-print">{report} " · " <a href=href::page(lang, href::ABOUT_DATA)>{lang.pick("资料说明", "About the data")}</a></p>
        </section>
    }
    .into_any()
}

/// The fields editors arrange most; others stand under their own name.
fn field_name(field: &str, lang: domain::Lang) -> String {
    let name = field.rsplit('.').next().unwrap_or(field);
    let known = match name {
        "months" => lang.pick("适宜月份", "good months"),
        "visit_min" => lang.pick("建议停留", "time to allow"),
        "opening" => lang.pick("开放时间", "hours"),
        "days" => lang.pick("天数", "days"),
        "day" => lang.pick("分在哪天", "which day for each stop"),
        "stay_min" => lang.pick("停留时间", "time at each stop"),
        "stops" => lang.pick("站点", "stops"),
        "position" => lang.pick("位置", "position"),
        "summary" => lang.pick("简介", "summary"),
        "body" => lang.pick("介绍", "description"),
        "tags" => lang.pick("标签", "tags"),
        "terrain" => lang.pick("地貌", "terrain"),
        other => other,
    };
    known.to_owned()
}
