//! The table that answers a page's question first.

use domain::Lang;
use domain::listing::Fact;
use leptos::prelude::*;

use super::text::foreign;

/// One row; the value may hold links.
pub struct Row {
    /// Stable, the same in both languages.
    pub name: &'static str,
    pub label: String,
    pub value: AnyView,
    pub note: Option<String>,
}

impl Row {
    pub fn new(name: &'static str, label: &str, value: impl IntoAny) -> Self {
        Self { name, label: label.to_owned(), value: value.into_any(), note: None }
    }

    pub fn of(fact: Fact, lang: Lang) -> Self {
        Self { name: fact.name, label: fact.label, value: foreign(&fact.value, lang), note: fact.note }
    }
}

pub fn facts_table(lang: Lang, caption: &str, rows: Vec<Row>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let note = row.note.map(|note| view! { " " <small class="facts__note">{foreign(&note, lang)}</small> });
            view! {
                <tr data-fact=row.name>
                    <th scope="row">{row.label}</th>
                    <td>{row.value}{note}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="facts">
            <caption class="visually-hidden">{caption.to_owned()}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
