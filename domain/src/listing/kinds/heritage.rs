//! An item of intangible cultural heritage, or of world heritage.

use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use crate::{Lang, Problem, Text};

words! {
    Level {
        International = "international", "国际名录", "International list";
        National = "national", "国家级", "National";
        // a national list of its own, which is not the one of intangible heritage
        Agricultural = "agricultural", "中国重要农业文化遗产", "Nationally important agricultural heritage";
        Provincial = "provincial", "省级", "Provincial";
        City = "city", "市级", "City";
        County = "county", "县级", "County";
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heritage {
    pub level: Level,
    /// The list it is on, where that says more than the level: 世界文化遗产.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<Text>,
    /// 传统戏剧, 传统技艺 …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// False where batch or number are not checked against the published list.
    #[serde(default)]
    pub number_verified: bool,
    /// Who keeps it alive: a county, a troupe, a cultural centre.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::lang::once_plain_or_none")]
    pub protecting_place: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl KindRules for Heritage {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("heritage", "heritage", "非遗", "Heritage");

    fn check(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        for (name, text) in [("list", &self.list), ("category", &self.category)] {
            limits::optional(&mut found, &format!("details.{name}"), text.as_ref(), limits::LONGEST_NAME);
        }
        limits::optional(&mut found, "details.number", self.number.as_ref(), limits::LONGEST_NAME);
        limits::optional(&mut found, "details.protecting_place", self.protecting_place.as_ref(), limits::LONGEST_NAME);
        limits::optional(&mut found, "details.note", self.note.as_ref(), limits::LONGEST_REMARK);
        if self.batch.is_some_and(|batch| !(1..=20).contains(&batch)) {
            found.push(Problem::new("details.batch", "out_of_range", "批次不合理", "the batch is out of range"));
        }
        if !matches!(self.level, Level::International | Level::Agricultural) && self.category.is_none() {
            found.push(Problem::new("details.category", "missing", "缺少类别", "the category is missing"));
        }
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let level = self.list.as_ref().map_or(self.level.label(lang), |list| list.get(lang));
        let mut facts = vec![Fact::new("level", lang.pick("级别", "Level"), level)];
        if let Some(category) = &self.category {
            facts.push(Fact::new("category", lang.pick("类别", "Category"), category.get(lang)));
        }
        let doubt = (!self.number_verified).then_some(lang.pick("未与公布名录核对", "not checked against the published list"));
        let batch = match (self.batch, self.year) {
            (Some(batch), Some(year)) => Some(lang.pick(format!("第{batch}批（{year}年）"), format!("No. {batch} ({year})"))),
            (Some(batch), None) => Some(lang.pick(format!("第{batch}批"), format!("No. {batch}"))),
            (None, Some(year)) => Some(lang.pick(format!("{year}年列入"), format!("listed in {year}"))),
            (None, None) => None,
        };
        if let Some(batch) = batch {
            facts.push(Fact::new("batch", lang.pick("批次", "Batch"), batch).noted(doubt));
        }
        if let Some(number) = &self.number {
            facts.push(Fact::new("number", lang.pick("编号", "Number"), number.clone()).noted(doubt));
        }
        if let Some(place) = &self.protecting_place {
            facts.push(Fact::new("protecting_place", lang.pick("保护地区或单位", "Kept by"), place.get(lang)));
        }
        if let Some(note) = &self.note {
            facts.push(Fact::new("note", lang.pick("说明", "Note"), note.get(lang)));
        }
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        let level = self.list.as_ref().map_or(self.level.label(lang), |list| list.get(lang));
        match &self.category {
            Some(category) => format!("{level} · {}", category.get(lang)),
            None => level.to_owned(),
        }
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.level = Some(self.level.code());
        facts.words.push(self.level.label(Lang::Zh).to_owned());
        for text in self.category.iter().chain(&self.list).chain(&self.protecting_place) {
            facts.words.push(text.zh.clone());
            facts.words.extend(text.en.clone());
        }
    }

    fn sample() -> Self {
        Self {
            level: Level::National,
            list: None,
            category: Some(Text::new("传统技艺", "Traditional craft")),
            batch: Some(1),
            year: Some(2006),
            number: None,
            number_verified: false,
            protecting_place: Some(Text::new("凤凰县", "Fenghuang County")),
            note: None,
        }
    }
}
