//! The search field that suggests while one types: a combobox as the ARIA Authoring Practices describe it.
//!
//! The form is the page's and works by itself. Whatever goes wrong here (no network, an error, a slow answer) leaves the form.

#[cfg(feature = "hydrate")]
mod asking;
mod suggestions;
#[cfg(feature = "hydrate")]
mod typing;

use domain::Lang;
use leptos::prelude::*;

use suggestions::{Suggestion, Suggestions};

/// Wraps the search form; `lang` is `zh` or `en`, as in the API.
#[component]
pub fn SearchBox(lang: String, children: Children) -> impl IntoView {
    view! {
        <div class="search-box" data-lang=lang>
            <Combobox>{children()}</Combobox>
        </div>
    }
}

#[island]
fn Combobox(children: Children) -> impl IntoView {
    let shown = NodeRef::<leptos::html::Ul>::new();
    let list = RwSignal::new(Suggestions::default());
    let lang = RwSignal::new(Lang::default());
    // numbered on waking: a page may have more than one search box
    let id = RwSignal::new(None::<String>);

    #[cfg(feature = "hydrate")]
    shown.on_load(move |shown| typing::attend(&shown, lang, list, id));

    let option = move |index: usize, it: Suggestion| {
        view! {
            <li
                class="search-suggest__option"
                role="option"
                id=move || id.with(|id| id.as_ref().map(|id| suggestions::option_id(id, index)))
                aria-selected=move || if list.with(|list| list.active()) == Some(index) { "true" } else { "false" }
                data-index=index.to_string()
            >
                <span class="search-suggest__text">{it.text}</span>
                {it.kind.map(|kind| view! { <span class="search-suggest__kind">{kind.label(lang.get_untracked())}</span> })}
            </li>
        }
    };
    // Only new suggestions are drawn anew; walking through them changes nothing but the marks.
    let items = Memo::new(move |_| list.with(|list| list.items().to_vec()));
    view! {
        {children()}
        <ul
            class="search-suggest"
            role="listbox"
            aria-label=move || lang.get().pick("搜索建议", "Search suggestions")
            id=move || id.get()
            hidden=move || !list.with(Suggestions::is_open)
            node_ref=shown
        >
            {move || items.get().into_iter().enumerate().map(|(index, it)| option(index, it)).collect_view()}
        </ul>
        <p class="visually-hidden" role="status">
            {move || list.with(|list| list.said(lang.get()))}
        </p>
    }
}
