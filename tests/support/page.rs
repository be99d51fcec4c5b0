//! What a visitor got, in words that hide HTML from the tests.

use reqwest::header::HeaderMap;
use scraper::{Html, Selector};
use serde_json::Value;

#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.body))
    }

    /// The texts of everything that a CSS selector finds, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let html = Html::parse_document(&self.body);
        let fold = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        html.select(&selector).map(|element| fold(element.text().collect())).collect()
    }

    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }

    /// An attribute of everything that a CSS selector finds.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let html = Html::parse_document(&self.body);
        html.select(&selector).filter_map(|element| element.value().attr(attribute)).map(str::to_owned).collect()
    }

    pub fn attribute(&self, selector: &str, attribute: &str) -> String {
        self.attributes(selector, attribute).into_iter().next().unwrap_or_default()
    }

    /// Where a form is sent, and its fields as the page fills them in. None where there is no such form.
    pub fn form(&self, selector: &str) -> Option<(String, Vec<(String, String)>)> {
        let (forms, fields) =
            (Selector::parse(selector).expect("a selector"), Selector::parse("input, select").expect("a selector"));
        let (options, html) = (Selector::parse("option").expect("a selector"), Html::parse_document(&self.body));
        let form = html.select(&forms).next()?;
        let given = form.select(&fields).filter_map(|field| {
            let element = field.value();
            let name = element.attr("name")?.to_owned();
            let value = match element.name() {
                "select" => {
                    let chosen = field.select(&options).find(|option| option.value().attr("selected").is_some());
                    chosen.or_else(|| field.select(&options).next())?.value().attr("value")?.to_owned()
                }
                _ if element.attr("type") == Some("checkbox") && element.attr("checked").is_none() => return None,
                _ => element.attr("value").unwrap_or_default().to_owned(),
            };
            Some((name, value))
        });
        Some((form.value().attr("action")?.to_owned(), given.collect()))
    }

    pub fn h1(&self) -> String {
        self.text("h1")
    }

    /// Titles of the cards, in order.
    pub fn titles(&self) -> Vec<String> {
        self.texts(".card__title")
    }

    /// The structured data for search engines.
    pub fn json_ld(&self) -> Option<Value> {
        let texts = self.texts("script[type='application/ld+json']");
        texts.first().map(|text| serde_json::from_str(text).expect("JSON-LD is JSON"))
    }
}
