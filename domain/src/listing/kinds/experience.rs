//! A heritage experience one can book a place in (T20).

use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use super::barrier_free::{self, BarrierFree};
use super::heritage::Level;
use super::place::say_minutes;
use crate::ids::ListingId;
use crate::time::clock_minutes;
use crate::{Fen, Lang, Problem, Text};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experience {
    /// The heritage item it lets people touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heritage: Option<ListingId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inheritor: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    pub duration_min: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_min: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_max: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_min: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_max: Option<u32>,
    /// Fen a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Fen>,
    /// Fen a person, on top of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material_cost: Option<Fen>,
    /// What visitors may photograph, and use how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_licence: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Lang>,
    #[serde(default)]
    pub vouchers: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barrier_free: Vec<BarrierFree>,
}

/// Hours of the day in Asia/Shanghai, `HH:MM`, on weekdays 1 (Monday) to 7.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub weekdays: Vec<u32>,
    pub start: String,
    pub end: String,
}

impl Session {
    fn is_valid(&self) -> bool {
        let once = (1..self.weekdays.len()).all(|i| !self.weekdays[..i].contains(&self.weekdays[i]));
        let days = !self.weekdays.is_empty() && once && self.weekdays.iter().all(|day| (1..=7).contains(day));
        let times = matches!((clock_minutes(&self.start), clock_minutes(&self.end)), (Some(start), Some(end)) if start < end);
        days && times
    }

    fn say(&self, lang: Lang) -> String {
        const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
        const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let named = |names: [&str; 7], between: &str| {
            let days: Vec<_> = self.weekdays.iter().filter_map(|d| names.get(*d as usize - 1).copied()).collect();
            days.join(between)
        };
        let days = match (self.weekdays.len(), lang) {
            (7, _) => lang.pick("每天".to_owned(), "Daily".to_owned()),
            (_, Lang::Zh) => format!("周{}", named(ZH, "、")),
            (_, Lang::En) => named(EN, ", "),
        };
        format!("{days} {}–{}", self.start, self.end)
    }
}

impl KindRules for Experience {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("experience", "experiences", "体验", "Experiences");

    fn check(&self) -> Vec<Problem> {
        let mut found = barrier_free::check(&self.barrier_free);
        if !self.sessions.iter().all(Session::is_valid) {
            found.push(Problem::new(
                "details.sessions",
                "bad_session",
                "场次要写明星期（1–7，不重复）和起止时间（如 10:00），开始早于结束",
                "a session has weekdays 1 to 7, each once, and times such as 10:00, the start before the end",
            ));
        }
        let upside_down = |min: Option<u32>, max: Option<u32>| matches!((min, max), (Some(min), Some(max)) if min > max);
        if upside_down(self.group_min, self.group_max) || upside_down(self.age_min, self.age_max) {
            found.push(Problem::new(
                "details.group_min",
                "range_order",
                "下限大于上限",
                "a lower bound is above its upper bound",
            ));
        }
        limits::count(&mut found, "details.sessions", self.sessions.len());
        limits::price(&mut found, "details.price", self.price);
        limits::price(&mut found, "details.material_cost", self.material_cost);
        limits::optional(&mut found, "details.inheritor", self.inheritor.as_ref(), limits::LONGEST_NAME);
        limits::optional(&mut found, "details.photo_licence", self.photo_licence.as_ref(), limits::LONGEST_REMARK);
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let unknown = lang.pick("未知", "Not known");
        let mut facts = Vec::new();
        let price = self.price.map_or(unknown.to_owned(), |p| lang.pick(format!("{p}/人"), format!("{p} a person")));
        facts.push(Fact::new("price", lang.pick("价格", "Price"), price));
        if let Some(cost) = self.material_cost {
            facts.push(Fact::new(
                "material",
                lang.pick("材料费", "Materials"),
                lang.pick(format!("{cost}/人"), format!("{cost} a person")),
            ));
        }
        let sessions: Vec<_> = self.sessions.iter().map(|s| s.say(lang)).collect();
        let sessions = if sessions.is_empty() { unknown.to_owned() } else { sessions.join(lang.pick("；", "; ")) };
        facts.push(Fact::new("sessions", lang.pick("场次", "Sessions"), sessions));
        facts.push(Fact::new("duration", lang.pick("时长", "Duration"), say_minutes(self.duration_min, lang)));
        let range = |min: Option<u32>, max: Option<u32>| match (min, max) {
            (Some(min), Some(max)) => Some(format!("{min}–{max}")),
            (Some(min), None) => Some(lang.pick(format!("{min}以上"), format!("{min} and up"))),
            (None, Some(max)) => Some(lang.pick(format!("至多{max}"), format!("up to {max}"))),
            (None, None) => None,
        };
        if let Some(group) = range(self.group_min, self.group_max) {
            facts.push(Fact::new("group", lang.pick("人数", "Group size"), group));
        }
        if let Some(age) = range(self.age_min, self.age_max) {
            facts.push(Fact::new("age", lang.pick("年龄", "Age"), age));
        }
        if let Some(level) = self.level {
            facts.push(Fact::new("level", lang.pick("非遗级别", "Heritage level"), level.label(lang)));
        }
        if let Some(inheritor) = &self.inheritor {
            facts.push(Fact::new("inheritor", lang.pick("传习人", "Taught by"), inheritor.get(lang)));
        }
        if let Some(licence) = &self.photo_licence {
            facts.push(Fact::new("photos", lang.pick("拍摄", "Photographs"), licence.get(lang)));
        }
        let spoken: Vec<_> =
            self.languages.iter().map(|l| l.pick(lang.pick("中文", "Chinese"), lang.pick("英文", "English"))).collect();
        if !spoken.is_empty() {
            facts.push(Fact::new("languages", lang.pick("讲解语言", "Languages"), spoken.join(lang.pick("、", ", "))));
        }
        let vouchers = if self.vouchers { lang.pick("可用", "Accepted") } else { lang.pick("暂不可用", "Not accepted") };
        facts.push(Fact::new("vouchers", lang.pick("消费券", "Vouchers"), vouchers));
        facts.extend(barrier_free::row(&self.barrier_free, lang));
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        let duration = say_minutes(self.duration_min, lang);
        match self.price {
            Some(price) => format!("{duration} · {price}"),
            None => duration,
        }
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.words.push("非遗体验".to_owned());
        facts.level = self.level.map(Level::code);
        facts.price = self.price;
        facts.voucher = self.vouchers;
        facts.barrier_free = barrier_free::is_barrier_free(&self.barrier_free);
    }

    fn sample() -> Self {
        Self {
            heritage: None,
            level: Some(Level::National),
            inheritor: None,
            sessions: vec![Session { weekdays: vec![6, 7], start: "10:00".into(), end: "12:00".into() }],
            duration_min: 120,
            group_min: Some(2),
            group_max: Some(12),
            age_min: Some(6),
            age_max: None,
            price: Some(Fen(8_800)),
            material_cost: Some(Fen(2_000)),
            photo_licence: None,
            languages: vec![Lang::Zh],
            vouchers: true,
            barrier_free: vec![],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_on_days_and_at_times_that_exist() {
        let check = |weekdays: &[u32], start: &str, end: &str, ok: bool| {
            let session = Session { weekdays: weekdays.to_vec(), start: start.into(), end: end.into() };
            assert_eq!(session.is_valid(), ok, "{session:?}");
        };
        check(&[6, 7], "10:00", "12:00", true);
        check(&[], "10:00", "12:00", false);
        check(&[8], "10:00", "12:00", false);
        check(&[1], "12:00", "10:00", false);
        check(&[1], "24:00", "25:00", false);
        check(&[1], "9:00", "10:00", false);
        check(&[1], "+9:30", "10:00", false);
        check(&[6, 6], "10:00", "12:00", false);
    }

    #[test]
    fn prices_have_two_ends() {
        let priced = |fen| Experience { price: Some(Fen(fen)), ..Experience::sample() };
        let codes = |fen| priced(fen).check().into_iter().map(|problem| problem.code).collect::<Vec<_>>();
        assert_eq!(codes(0), [] as [&str; 0]);
        assert_eq!(codes(-1), ["negative"]);
        assert_eq!(codes(i64::MAX), ["out_of_range"]);
    }
}
