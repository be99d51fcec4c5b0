//! A trip in a sentence: what is understood fills the form below it.

use domain::Lang;
use domain::trip::spoken::LONGEST;
use leptos::prelude::*;

use super::new::FORM;
use crate::href;
use crate::views::Said;

pub(super) fn sentence(lang: Lang, said: Option<&Said>) -> AnyView {
    let example = lang.pick(
        "三天，两大一老，从长沙坐高铁，预算1500，喜欢手工",
        "three days, two adults and a grandmother, from Changsha by train, ¥1,500, likes crafts",
    );
    let typed = said.map(|said| said.sentence.clone()).unwrap_or_default();
    view! {
        <form class="sentence" method="get" action=href::page(lang, href::NEW_TRIP)>
            <div class="form__row">
                <label for="say">{lang.pick("用一句话说", "Say it in a sentence")}</label>
                <input class="field" type="text" id="say" name="say" value=typed maxlength=LONGEST.to_string() autocomplete="off"
                    aria-describedby="say-hint" />
                <small class="form__hint" id="say-hint">{lang.pick("比如：", "For example: ")}{example}</small>
            </div>
            <button class="button button--quiet" type="submit">{lang.pick("按这句话填好", "Fill in the form")}</button>
        </form>
        {said.map(|said| answer(lang, said))}
    }
    .into_any()
}

fn answer(lang: Lang, said: &Said) -> AnyView {
    let heard = if said.heard {
        lang.pick(
            "听懂的已经填在下面，看一眼再排。",
            "What was understood stands in the form below; have a look before planning.",
        )
    } else {
        lang.pick("这句话没听懂，请直接填下面的表。", "This was not understood; please fill in the form below.")
    };
    let unheard = (!said.unheard.is_empty()).then(|| {
        let words: Vec<String> = said.unheard.iter().map(|words| format!("“{words}”")).collect();
        let words = words.join(lang.pick("、", ", "));
        view! { <p>{lang.pick(format!("没听懂：{words}"), format!("Not understood: {words}"))}</p> }
    });
    let ageless = (said.ageless > 0).then(|| {
        let count = said.ageless;
        let ask = lang.pick(
            format!("{count}个孩子几岁？请填在“孩子”里，票价和走路多少跟年龄有关。"),
            format!("How old are the children ({count})? Please write it under “Children”: fares and walks depend on it."),
        );
        view! { <p><a href=format!("#{FORM}-children")>{ask}</a></p> }
    });
    let cut = said.cut.then(|| {
        let cut = lang.pick(
            format!("这句话太长，只读了前{LONGEST}个字。"),
            format!("This was too long; only its first {LONGEST} characters were read."),
        );
        view! { <p>{cut}</p> }
    });
    view! { <div class="notice" role="status"><p>{heard}</p>{cut}{unheard}{ageless}</div> }.into_any()
}
