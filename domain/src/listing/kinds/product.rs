//! A local product: a regional brand, a geographical indication, a craft.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use crate::ids::ListingId;
use crate::time::{Months, say_day};
use crate::{Lang, Problem, Text};

words! {
    ProductType {
        RegionalBrand = "regional_brand", "区域公用品牌", "Regional public brand";
        GeographicalIndication = "geographical_indication", "地理标志", "Geographical indication";
        HeritageCraft = "heritage_craft", "非遗工艺", "Heritage craft";
        HeritageFood = "heritage_food", "非遗食品", "Heritage food";
        VillageSpeciality = "village_speciality", "一村一品", "One village, one product";
        FarmingMemory = "farming_memory", "农耕记忆", "Farming memory";
        Estate = "estate", "产业庄园", "Estate";
        Brand = "brand", "企业品牌", "Company brand";
    }
}

words! {
    /// What its cover shows.
    Motif {
        Tea = "tea", "茶", "Tea";
        Fruit = "fruit", "果", "Fruit";
        Grain = "grain", "粮", "Grain";
        Vegetable = "vegetable", "菜", "Vegetables";
        Meat = "meat", "畜禽", "Meat";
        Fish = "fish", "水产", "Fish";
        Oil = "oil", "油", "Oil";
        Water = "water", "水", "Water";
        Medicine = "medicine", "药材", "Herbs";
        Craft = "craft", "工艺", "Craft";
        Ceramics = "ceramics", "陶瓷", "Ceramics";
        Embroidery = "embroidery", "绣织", "Textiles";
        Noodle = "noodle", "粉面", "Noodles";
        Liquor = "liquor", "酒", "Liquor";
        Flower = "flower", "花", "Flowers";
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    #[serde(rename = "type")]
    pub product_type: ProductType,
    pub category: Text,
    pub motif: Motif,
    /// The regional brand it may be sold under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Text>,
    /// 三品一标 and the like, as the sources state them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Text>,
    /// On the published list of 消费帮扶重点产品, which some offers are steered to.
    #[serde(default, skip_serializing_if = "Recognised::is_no")]
    pub recognised: Recognised,
    /// When it is picked or comes to market; empty where nobody knows.
    #[serde(default, skip_serializing_if = "Months::is_empty_ref")]
    pub harvest: Months,
    /// The area it comes from, in the words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::lang::once_plain_or_none")]
    pub origin: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// What happened in that year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_meaning: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heritage: Option<ListingId>,
    /// Outbound links to where it is sold (S18).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sold_at: Vec<SoldAt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Whether a product is on a list, and until when: in data `true`, `false`, or the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Recognised {
    Always(bool),
    Until(NaiveDate),
}

impl Default for Recognised {
    fn default() -> Self {
        Self::Always(false)
    }
}

impl Recognised {
    fn is_no(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it holds on a day of Shanghai; the last day is one of them.
    pub fn on(self, day: NaiveDate) -> bool {
        match self {
            Self::Always(is) => is,
            Self::Until(last) => day <= last,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoldAt {
    pub name: Text,
    /// `https:` only.
    pub url: String,
}

const LONGEST_LINK: usize = 2_000;

impl KindRules for Product {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("product", "products", "物产", "Products");

    fn check(&self) -> Vec<Problem> {
        let insecure =
            self.sold_at.iter().any(|shop| !shop.url.starts_with("https://") || shop.url.contains(char::is_whitespace));
        let mut found = Vec::new();
        if insecure {
            found.push(Problem::new("details.sold_at", "bad_link", "链接必须以 https:// 开头", "a link starts with https://"));
        }
        limits::count(&mut found, "details.sold_at", self.sold_at.len());
        for shop in &self.sold_at {
            limits::text(&mut found, "details.sold_at", &shop.name, limits::LONGEST_NAME);
            limits::plain(&mut found, "details.sold_at", &shop.url, LONGEST_LINK);
        }
        limits::text(&mut found, "details.category", &self.category, limits::LONGEST_NAME);
        limits::optional(&mut found, "details.brand", self.brand.as_ref(), limits::LONGEST_NAME);
        limits::count(&mut found, "details.certificates", self.certificates.len());
        for certificate in &self.certificates {
            limits::text(&mut found, "details.certificates", certificate, limits::LONGEST_NAME);
        }
        limits::optional(&mut found, "details.origin", self.origin.as_ref(), limits::LONGEST_REMARK);
        limits::optional(&mut found, "details.year_meaning", self.year_meaning.as_ref(), limits::LONGEST_NAME);
        limits::optional(&mut found, "details.note", self.note.as_ref(), limits::LONGEST_REMARK);
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let mut facts = vec![
            Fact::new("type", lang.pick("名目", "Recognised as"), self.product_type.label(lang)),
            Fact::new("category", lang.pick("品类", "Category"), self.category.get(lang)),
        ];
        if let Some(origin) = &self.origin {
            facts.push(Fact::new("origin", lang.pick("产地", "Origin"), origin.get(lang)));
        }
        if let Some(year) = self.year {
            let meaning = self.year_meaning.as_ref().map(|text| text.get(lang));
            facts.push(Fact::new("year", lang.pick("年份", "Year"), year.to_string()).noted(meaning));
        }
        if let Some(brand) = &self.brand {
            facts.push(Fact::new("brand", lang.pick("品牌", "Brand"), brand.get(lang)));
        }
        for certificate in &self.certificates {
            facts.push(Fact::new("certificate", lang.pick("认证", "Certificate"), certificate.get(lang)));
        }
        let list = lang.pick("消费帮扶重点产品", "Key product of the assistance-by-consumption list");
        match self.recognised {
            Recognised::Always(false) => {}
            Recognised::Always(true) => facts.push(Fact::new("recognised", lang.pick("认定", "Recognition"), list)),
            Recognised::Until(last) => {
                let last = say_day(last, lang);
                let until = lang.pick(format!("有效期至{last}"), format!("valid until {last}"));
                facts.push(Fact::new("recognised", lang.pick("认定", "Recognition"), list).noted(Some(until)));
            }
        }
        if !self.harvest.is_empty() {
            facts.push(Fact::new("harvest", lang.pick("采收或上市月份", "Harvest months"), self.harvest.say(lang)));
        }
        if let Some(note) = &self.note {
            facts.push(Fact::new("note", lang.pick("说明", "Note"), note.get(lang)));
        }
        let sold = match self.sold_at.len() {
            0 => lang.pick("暂无可靠的购买渠道资料", "No reliable information yet").to_owned(),
            n => lang.pick(format!("{n}处，见下"), format!("{n}, see below")),
        };
        facts.push(Fact::new("sold_at", lang.pick("哪里买", "Where sold"), sold));
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        format!("{} · {}", self.product_type.label(lang), self.category.get(lang))
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.words.push(self.product_type.label(Lang::Zh).to_owned());
        facts.words.push(self.product_type.label(Lang::En).to_owned());
        let texts = [Some(&self.category), self.brand.as_ref(), self.origin.as_ref()];
        for text in texts.into_iter().flatten().chain(&self.certificates) {
            facts.words.push(text.zh.clone());
            facts.words.extend(text.en.clone());
        }
    }

    fn sample() -> Self {
        Self {
            product_type: ProductType::GeographicalIndication,
            category: Text::new("茶", "Tea"),
            motif: Motif::Tea,
            brand: None,
            certificates: vec![],
            recognised: Recognised::default(),
            harvest: Months::NONE,
            origin: None,
            year: Some(2020),
            year_meaning: None,
            heritage: None,
            sold_at: vec![],
            note: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As rows were written before a product could be recognised or had harvest months of its own.
    const OLD: &str = r#"{"type":"geographical_indication","category":{"zh":"茶","en":"Tea"},"motif":"tea","year":2020}"#;

    #[test]
    fn a_product_written_before_is_still_read_and_written_back_as_it_was() {
        let old: Product = serde_json::from_str(OLD).unwrap();
        assert_eq!(old, Product::sample());
        assert_eq!(serde_json::to_string(&old).unwrap(), OLD);
    }

    #[test]
    fn recognition_is_a_fact_with_an_end() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let with = |value: &str| {
            let text = OLD.replace("\"year\"", &format!("\"recognised\":{value},\"year\""));
            serde_json::from_str::<Product>(&text).unwrap()
        };
        let fact = |product: &Product, lang| {
            let fact = product.facts(lang).into_iter().find(|fact| fact.name == "recognised");
            fact.map(|fact| (fact.value, fact.note))
        };
        let never = with("false");
        assert!(!never.recognised.on(day("2026-11-01")) && fact(&never, Lang::Zh).is_none());
        assert_eq!(fact(&with("true"), Lang::Zh).unwrap().0, "消费帮扶重点产品");
        let ending = with("\"2026-12-31\"");
        assert!(ending.recognised.on(day("2026-12-31")) && !ending.recognised.on(day("2027-01-01")));
        assert_eq!(fact(&ending, Lang::En).unwrap().1.as_deref(), Some("valid until 31 Dec 2026"));
    }

    #[test]
    fn harvest_months_are_the_products_own() {
        let tea = Product { harvest: Months::try_from(vec![3, 4]).unwrap(), ..Product::sample() };
        let said = |lang| tea.facts(lang).into_iter().find(|fact| fact.name == "harvest").unwrap();
        assert_eq!((said(Lang::Zh).label.as_str(), said(Lang::Zh).value.as_str()), ("采收或上市月份", "3–4月"));
        assert_eq!((said(Lang::En).label.as_str(), said(Lang::En).value.as_str()), ("Harvest months", "Mar–Apr"));
    }
}
