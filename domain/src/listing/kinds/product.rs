//! A local product: a regional brand, a geographical indication, a craft.

use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use crate::ids::ListingId;
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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoldAt {
    pub name: Text,
    /// `https:` only.
    pub url: String,
}

impl KindRules for Product {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("product", "products", "物产", "Products");

    fn check(&self) -> Vec<Problem> {
        let insecure =
            self.sold_at.iter().any(|shop| !shop.url.starts_with("https://") || shop.url.contains(char::is_whitespace));
        insecure
            .then(|| Problem::new("details.sold_at", "bad_link", "链接必须以 https:// 开头", "a link starts with https://"))
            .into_iter()
            .collect()
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
            origin: None,
            year: Some(2020),
            year_meaning: None,
            heritage: None,
            sold_at: vec![],
            note: None,
        }
    }
}
