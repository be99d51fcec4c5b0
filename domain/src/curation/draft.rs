//! A decision as it is written down, and what must be right about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Days, Entry, LAST_POSITION, LONGEST_DAYS, LONGEST_PHRASE, LONGEST_REASON, LONGEST_ROLE, MOST_LISTINGS, MOST_WORDS, Phrase,
    Rule,
};
use crate::region::RegionCode;
use crate::search::asked::is_personal;
use crate::{CurationId, ListingId, Problem, Text};

/// One line of an import and one document of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    pub id: String,
    /// synonym, pin, hide or silence.
    pub kind: String,
    /// Of a synonym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub both_ways: bool,
    /// Of a pin, of a silence, and of a hide that is not for every search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// whole or phrase; phrase unless given.
    #[serde(default, rename = "match", skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listings: Vec<String>,
    /// Of a pin; 1 unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// The first day in Shanghai.
    pub from: NaiveDate,
    /// The first day on which it does not hold any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    pub reason: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl Draft {
    /// The decision, its words folded by `fold`; or everything that is wrong with it.
    pub fn read(&self, fold: &dyn Fn(&str) -> String) -> Result<Entry, Vec<Problem>> {
        let mut wrong = Wrong(Vec::new());
        let id = CurationId::parse(&self.id).ok();
        if id.is_none() {
            wrong.add(
                "id",
                "bad_value",
                "编号要用1到64个小写字母、数字和中间的短横",
                "an id is 1 to 64 lowercase letters, digits and inner dashes",
            );
        }
        let county = self.county.as_ref().and_then(|code| {
            let known = RegionCode::parse(code).ok().filter(|code| code.region().is_some());
            if known.is_none() {
                wrong.add("county", "bad_value", "没有这个地区代码", "there is no such region");
            }
            known
        });
        let rule = self.rule(fold, &mut wrong);
        let days = Days { from: self.from, until: self.until };
        self.check_days(&mut wrong);
        self.check_words(&mut wrong);
        match (id, rule) {
            (Some(id), Some(rule)) if wrong.0.is_empty() => {
                let role = self.role.as_ref().map(|role| role.trim().to_owned()).filter(|role| !role.is_empty());
                Ok(Entry { id, rule, county, days, reason: self.reason.clone(), role })
            }
            _ => Err(wrong.0),
        }
    }

    fn rule(&self, fold: &dyn Fn(&str) -> String, wrong: &mut Wrong) -> Option<Rule> {
        let mut foreign = |fields: &[(&str, bool)]| {
            for (field, _) in fields.iter().filter(|(_, given)| *given) {
                wrong.add(field, "not_of_this_kind", "这一种决定没有这一项", "a decision of this kind has no such field");
            }
        };
        let of_synonym = [("word", self.word.is_some()), ("others", !self.others.is_empty()), ("both_ways", self.both_ways)];
        match self.kind.as_str() {
            "synonym" => {
                foreign(&[
                    ("query", self.query.is_some()),
                    ("match", self.how.is_some()),
                    ("listings", !self.listings.is_empty()),
                    ("position", self.position.is_some()),
                    ("county", self.county.is_some()),
                ]);
                self.synonym(fold, wrong)
            }
            "pin" => {
                foreign(&of_synonym);
                let query = self.phrase(fold, true, wrong);
                let listings = self.listing_ids(wrong);
                let position = self.position.unwrap_or(1);
                if !(1..=LAST_POSITION).contains(&position)
                    || usize::from(position) + listings.len() > usize::from(LAST_POSITION) + 1
                {
                    wrong.add("position", "bad_value", "推荐的位置要在第1到第10条之内", "pins stand within the first ten");
                }
                Some(Rule::Pin { query: query?, listings, position })
            }
            "hide" => {
                foreign(&of_synonym);
                foreign(&[("position", self.position.is_some())]);
                let query = self.phrase(fold, false, wrong);
                let listings = self.listing_ids(wrong);
                let [listing] = &listings[..] else {
                    wrong.add("listings", "one_only", "一次决定只能隐藏一个条目", "one decision hides one listing");
                    return None;
                };
                if query.is_none() && self.county.is_some() {
                    wrong.add(
                        "county",
                        "needs_query",
                        "对所有搜索隐藏时不能限定地区",
                        "a listing hidden from every search is hidden everywhere",
                    );
                }
                Some(Rule::Hide { query, listing: listing.clone() })
            }
            "silence" => {
                foreign(&of_synonym);
                foreign(&[
                    ("listings", !self.listings.is_empty()),
                    ("position", self.position.is_some()),
                    ("county", self.county.is_some()),
                ]);
                Some(Rule::Silence { query: self.phrase(fold, true, wrong)? })
            }
            _ => {
                let (zh, en) = ("种类只能是 synonym、pin、hide 或 silence", "kind is synonym, pin, hide or silence");
                wrong.add("kind", "bad_value", zh, en);
                None
            }
        }
    }

    fn synonym(&self, fold: &dyn Fn(&str) -> String, wrong: &mut Wrong) -> Option<Rule> {
        let word = self.word.as_deref().map(|word| tidy(&fold(word))).unwrap_or_default();
        let mut others: Vec<String> = Vec::new();
        for other in &self.others {
            let other = tidy(&fold(other));
            if other != word && !others.contains(&other) {
                others.push(other);
            }
        }
        if !is_phrase(&word) || is_one_character(&word) {
            wrong.phrase("word");
        }
        if others.is_empty() || others.len() > MOST_WORDS || !others.iter().all(|it| is_phrase(it) && !is_one_character(it)) {
            wrong.phrase("others");
        }
        Some(Rule::Synonym { word, others, both_ways: self.both_ways })
    }

    fn phrase(&self, fold: &dyn Fn(&str) -> String, needed: bool, wrong: &mut Wrong) -> Option<Phrase> {
        let whole = match self.how.as_deref() {
            None | Some("phrase") => false,
            Some("whole") => true,
            Some(_) => {
                wrong.add("match", "bad_value", "match 只能是 whole 或 phrase", "match is whole or phrase");
                false
            }
        };
        match self.query.as_deref().map(|query| tidy(&fold(query))) {
            // a character stands in very many searches
            Some(text) if is_phrase(&text) && (whole || !is_one_character(&text)) => Some(Phrase { text, whole }),
            None if !needed => {
                if self.how.is_some() {
                    wrong.add("match", "needs_query", "match 需要 query", "match needs query");
                }
                None
            }
            _ => {
                wrong.phrase("query");
                None
            }
        }
    }

    fn listing_ids(&self, wrong: &mut Wrong) -> Vec<ListingId> {
        let mut ids: Vec<ListingId> = Vec::new();
        for text in &self.listings {
            match ListingId::parse(text) {
                Ok(id) if !ids.contains(&id) => ids.push(id),
                Ok(_) => wrong.add("listings", "repeated", "同一条目写了两次", "a listing is named twice"),
                Err(_) => wrong.add("listings", "bad_value", "条目编号写错了", "that is no id of a listing"),
            }
        }
        if self.listings.is_empty() || self.listings.len() > MOST_LISTINGS {
            wrong.add("listings", "bad_number", "要写1到5个条目", "name one to five listings");
        }
        ids
    }

    fn check_days(&self, wrong: &mut Wrong) {
        match self.until {
            Some(until) if until <= self.from => {
                wrong.add(
                    "until",
                    "before_from",
                    "结束要晚于开始；结束那天已不生效",
                    "until is after from; on that day it holds no more",
                );
            }
            Some(until) if (until - self.from).num_days() > LONGEST_DAYS => {
                wrong.add("until", "too_long", "最长一年，到期可以重新决定", "a year at most; decide again when it is over");
            }
            None if ["pin", "hide"].contains(&self.kind.as_str()) => {
                wrong.add("until", "missing", "推荐和隐藏必须写明何时结束", "pins and hides say when they end");
            }
            _ => {}
        }
    }

    fn check_words(&self, wrong: &mut Wrong) {
        let reasons = std::iter::once(self.reason.zh.as_str()).chain(self.reason.en.as_deref());
        for reason in reasons {
            if reason.trim().is_empty() || reason.chars().count() > LONGEST_REASON || reason.chars().any(char::is_control) {
                wrong.add(
                    "reason",
                    "bad_value",
                    "理由要写，200字以内，公开可见",
                    "a reason is needed, 200 characters at most; everybody can read it",
                );
            }
            if is_personal(reason) {
                wrong.add(
                    "reason",
                    "personal",
                    "理由是公开的，不能有电话、邮箱、证件号",
                    "a reason is public: no telephone numbers, addresses or identity numbers",
                );
            }
        }
        if let Some(role) = &self.role
            && (role.chars().count() > LONGEST_ROLE || role.chars().any(char::is_control) || is_personal(role))
        {
            wrong.add(
                "role",
                "bad_value",
                "只写岗位，不写个人信息，40字以内",
                "a role, 40 characters at most, and nothing personal",
            );
        }
    }
}

struct Wrong(Vec<Problem>);

impl Wrong {
    fn add(&mut self, field: &str, code: &'static str, zh: &str, en: &str) {
        if !self.0.iter().any(|known| known.field == field && known.code == code) {
            self.0.push(Problem::new(field, code, zh, en));
        }
    }

    fn phrase(&mut self, field: &str) {
        self.add(field, "bad_value", "要写词，2到24个字", "words are needed, 2 to 24 characters each");
    }
}

/// Words between single spaces, without signs at the ends.
fn tidy(folded: &str) -> String {
    let trimmed = folded.trim_matches(|c: char| !c.is_alphanumeric());
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_phrase(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == ' ' || c == '·' || c == '\'' || c == '-';
    (1..=LONGEST_PHRASE).contains(&text.chars().count()) && text.chars().all(plain)
}

fn is_one_character(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

impl From<&Entry> for Draft {
    fn from(entry: &Entry) -> Self {
        let mut draft = Draft {
            id: entry.id.to_string(),
            kind: entry.rule.kind().to_owned(),
            word: None,
            others: vec![],
            both_ways: false,
            query: entry.rule.phrase().map(|phrase| phrase.text.clone()),
            how: entry.rule.phrase().map(|phrase| if phrase.whole { "whole" } else { "phrase" }.to_owned()),
            listings: entry.rule.listings().iter().map(ToString::to_string).collect(),
            position: None,
            county: entry.county.as_ref().map(ToString::to_string),
            from: entry.days.from,
            until: entry.days.until,
            reason: entry.reason.clone(),
            role: entry.role.clone(),
        };
        match &entry.rule {
            Rule::Synonym { word, others, both_ways } => {
                (draft.word, draft.others, draft.both_ways) = (Some(word.clone()), others.clone(), *both_ways);
            }
            Rule::Pin { position, .. } => draft.position = Some(*position),
            Rule::Hide { .. } | Rule::Silence { .. } => {}
        }
        draft
    }
}
