//! Fields of forms: a label each, what was typed, and what is wrong with it, beside it.

use domain::{Lang, Problem};
use leptos::prelude::*;

use crate::trips::form::LONGEST_FIELD;
use crate::views::Trouble;

/// One form of a page. Its fields show what was typed where it could not be used, and else what is given to them.
pub struct Form<'a> {
    pub lang: Lang,
    /// Begins the ids of its fields, so it is unique on the page.
    pub name: String,
    trouble: Option<&'a Trouble>,
    filled: &'a [(String, String)],
}

/// An entry of a list to choose from; a group has entries of its own.
pub enum Choice {
    One(String, String),
    Group(String, Vec<(String, String)>),
}

impl<'a> Form<'a> {
    pub fn new(lang: Lang, name: impl Into<String>, trouble: Option<&'a Trouble>) -> Self {
        let name = name.into();
        let trouble = trouble.filter(|trouble| trouble.form == name);
        Self { lang, name, trouble, filled: &[] }
    }

    /// Begins with these values instead of the usual ones; what was typed into it goes before them.
    pub fn filled(self, filled: &'a [(String, String)]) -> Self {
        Self { filled, ..self }
    }

    pub fn is_in_trouble(&self) -> bool {
        self.trouble.is_some()
    }

    fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.name)
    }

    fn value(&self, field: &str, given: &str) -> String {
        let given = self.filled.iter().find(|(name, _)| name == field).map_or(given, |(_, value)| value);
        self.trouble.map_or(given, |trouble| trouble.typed(field).unwrap_or_default()).to_owned()
    }

    fn wrong(&self, field: &str) -> Vec<&'a Problem> {
        let all = self.trouble.map(|trouble| trouble.problems.as_slice()).unwrap_or_default();
        all.iter().filter(|problem| problem.field == field).collect()
    }

    /// What is wrong beside the fields named: at the head of the form.
    pub fn other_problems(&self, fields: &[&str]) -> Option<AnyView> {
        let all = self.trouble.map(|trouble| trouble.problems.as_slice()).unwrap_or_default();
        let others: Vec<Problem> = all.iter().filter(|problem| !fields.contains(&problem.field.as_str())).cloned().collect();
        let title = self.lang.pick("这一处没有改成", "This could not be changed");
        super::problems(self.lang, title, &others)
    }

    fn row(&self, field: &str, label: &str, hint: Option<&str>, control: AnyView) -> AnyView {
        let (id, wrong) = (self.id(field), self.wrong(field));
        let hint = hint.map(|hint| view! { <small class="form__hint" id=format!("{id}-hint")>{hint.to_owned()}</small> });
        let said: Vec<String> = wrong.iter().map(|problem| problem.say(self.lang).to_owned()).collect();
        let wrong = (!said.is_empty()).then(|| {
            let said = said.join(self.lang.pick("；", "; "));
            view! { <strong class="form__wrong" id=format!("{id}-wrong")>{said}</strong> }
        });
        view! {
            <div class="form__row">
                <label for=id.clone()>{label.to_owned()}</label>
                {control}
                {hint}
                {wrong}
            </div>
        }
        .into_any()
    }

    fn described(&self, field: &str, hint: bool) -> (Option<&'static str>, Option<String>) {
        let (id, wrong) = (self.id(field), !self.wrong(field).is_empty());
        let by: Vec<String> =
            [hint.then(|| format!("{id}-hint")), wrong.then(|| format!("{id}-wrong"))].into_iter().flatten().collect();
        (wrong.then_some("true"), (!by.is_empty()).then(|| by.join(" ")))
    }

    /// `kind` is an input's type. Nothing but the server decides what is right, so that its sentences are read.
    pub fn input(&self, field: &'static str, kind: &'static str, label: &str, given: &str, hint: Option<&str>) -> AnyView {
        let (invalid, by) = self.described(field, hint.is_some());
        let mode = (kind == "number").then_some("decimal");
        // A number field would throw away what it cannot read; the server says what is wrong with it.
        let kind = if kind == "number" { "text" } else { kind };
        let control = view! {
            <input
                class="field"
                type=kind
                id=self.id(field)
                name=field
                value=self.value(field, given)
                inputmode=mode
                autocomplete="off"
                maxlength=LONGEST_FIELD.to_string()
                aria-invalid=invalid
                aria-describedby=by
            />
        };
        self.row(field, label, hint, control.into_any())
    }

    pub fn select(&self, field: &'static str, label: &str, given: &str, hint: Option<&str>, choices: Vec<Choice>) -> AnyView {
        let (invalid, by) = self.described(field, hint.is_some());
        let chosen = self.value(field, given);
        let option = |(value, label): (String, String)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        };
        let options: Vec<_> = choices
            .into_iter()
            .map(|choice| match choice {
                Choice::One(value, label) => option((value, label)).into_any(),
                Choice::Group(label, entries) => {
                    let entries: Vec<_> = entries.into_iter().map(option).collect();
                    view! { <optgroup label=label>{entries}</optgroup> }.into_any()
                }
            })
            .collect();
        let control = view! {
            <select class="field" id=self.id(field) name=field aria-invalid=invalid aria-describedby=by>
                {options}
            </select>
        };
        self.row(field, label, hint, control.into_any())
    }

    /// A field that nobody sees and that says what the form was made from. Sent back to be put right, the form still says so: what
    /// others have changed meanwhile was not before the eyes of whoever filled it in.
    pub fn made_from(&self, field: &'static str, given: impl Into<String>) -> AnyView {
        let typed = self.trouble.and_then(|trouble| trouble.typed(field)).filter(|typed| !typed.is_empty());
        hidden(field, typed.map_or_else(|| given.into(), str::to_owned))
    }

    pub fn checkbox(&self, field: &'static str, value: &str, label: &str, given: bool) -> AnyView {
        let among = |fields: &[(String, String)]| fields.iter().any(|(name, typed)| name == field && typed == value);
        let checked = self.trouble.map_or_else(|| given || among(self.filled), |trouble| among(&trouble.typed));
        view! {
            <label class="form__check">
                <input type="checkbox" name=field value=value.to_owned() checked=checked />
                {label.to_owned()}
            </label>
        }
        .into_any()
    }
}

/// A field that nobody sees.
pub fn hidden(name: &'static str, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name value=value.into() /> }.into_any()
}
