//! A consumption-subsidy offer of a season: shown here, claimed elsewhere for now.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use crate::time::{Period, Timestamp, clock_minutes, month_name, say_day};
use crate::{Fen, Lang, Problem, Slug, Text};

words! {
    OfferType {
        Fixed = "fixed", "满减", "Money off";
        Percent = "percent", "折扣", "Percentage off";
        Gift = "gift", "赠品", "Gift";
    }
}

words! {
    /// How it reaches people.
    Mode {
        Lottery = "lottery", "报名摇号", "Sign up, then a draw";
        FirstCome = "first_come", "先到先得", "First come, first served";
        Direct = "direct", "到店直减", "Taken off at the till";
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub season: Slug,
    pub season_title: Text,
    #[serde(rename = "offer")]
    pub offer_type: OfferType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Fen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// The most a percentage may come to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Fen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<Text>,
    /// Spend at least this much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Fen>,
    /// First and last day in Shanghai, the last one included.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub who: Text,
    /// The kinds of listing it may be used at.
    pub kinds: Vec<UsableAt>,
    /// Recognised products (消费帮扶重点产品) stand first among what it may be used for.
    #[serde(default)]
    pub recognised_first: bool,
    /// Only in the counties lifted out of poverty.
    #[serde(default)]
    pub poverty_counties_only: bool,
    /// The hour of the daily round, Shanghai time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_release: Option<String>,
    pub mode: Mode,
}

words! {
    UsableAt {
        Stay = "stay", "住宿", "stays";
        Experience = "experience", "体验", "experiences";
        Place = "place", "去处", "places";
        Product = "product", "物产", "products";
        Route = "route", "线路", "routes";
    }
}

impl Offer {
    /// None only where the days are the wrong way round, which [`KindRules::check`] refuses.
    pub fn period(&self) -> Option<Period> {
        Period::of_days(self.from, self.until)
    }

    pub fn runs_at(&self, now: Timestamp) -> bool {
        self.period().is_some_and(|period| period.contains(now))
    }

    pub fn is_over_at(&self, now: Timestamp) -> bool {
        self.period().is_some_and(|period| period.end <= now)
    }

    fn say_value(&self, lang: Lang) -> String {
        let over = self.threshold.map(|t| lang.pick(format!("满{t}"), format!(" off {t} or more"))).unwrap_or_default();
        match (self.offer_type, self.amount, self.percent, &self.gift) {
            (OfferType::Fixed, Some(amount), _, _) => lang.pick(format!("{over}减{amount}"), format!("{amount}{over}")),
            (OfferType::Percent, _, Some(percent), _) => {
                let cap = self.cap.map(|c| lang.pick(format!("，最多减{c}"), format!(", up to {c}"))).unwrap_or_default();
                lang.pick(format!("{over}减{percent}%{cap}"), format!("{percent}%{over}{cap}"))
            }
            (OfferType::Gift, _, _, Some(gift)) => match self.threshold {
                Some(t) => lang.pick(format!("满{t}赠{}", gift.zh), format!("{} when you spend {t}", gift.get(lang))),
                None => lang.pick(format!("赠{}", gift.zh), gift.get(lang).to_owned()),
            },
            _ => String::new(),
        }
    }
}

impl KindRules for Offer {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("offer", "offers", "优惠", "Offers");

    fn check(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.until < self.from {
            found.push(Problem::new("details.until", "before_from", "结束日期早于开始日期", "it ends before it begins"));
        }
        let whole = match self.offer_type {
            OfferType::Fixed => self.amount.is_some_and(|a| a.0 > 0) && self.percent.is_none(),
            OfferType::Percent => self.percent.is_some_and(|p| (1..=100).contains(&p)) && self.amount.is_none(),
            OfferType::Gift => self.gift.is_some(),
        };
        if !whole {
            found.push(Problem::new(
                "details.amount",
                "wrong_value",
                "满减要有金额，折扣要有1–100的百分比，赠品要写明是什么",
                "money off needs an amount, a percentage needs 1 to 100, a gift needs its name",
            ));
        }
        for (name, price) in [("amount", self.amount), ("cap", self.cap), ("threshold", self.threshold)] {
            limits::price(&mut found, &format!("details.{name}"), price);
        }
        if self.kinds.is_empty() {
            let (zh, en) = ("没有写明可用于什么", "it does not say what it may be used for");
            found.push(Problem::new("details.kinds", "empty", zh, en));
        }
        if self.daily_release.as_ref().is_some_and(|clock| clock_minutes(clock).is_none()) {
            let (zh, en) = ("放券时间写成 10:00 的样子", "the hour of release is written like 10:00");
            found.push(Problem::new("details.daily_release", "bad_time", zh, en));
        }
        limits::text(&mut found, "details.season_title", &self.season_title, limits::LONGEST_NAME);
        limits::text(&mut found, "details.who", &self.who, limits::LONGEST_REMARK);
        limits::optional(&mut found, "details.gift", self.gift.as_ref(), limits::LONGEST_NAME);
        if matches!((self.amount, self.threshold), (Some(amount), Some(threshold)) if amount > threshold) {
            found.push(Problem::new("details.threshold", "below_amount", "门槛低于减额", "the threshold is below the amount"));
        }
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let kinds: Vec<_> = self.kinds.iter().map(|kind| kind.label(lang)).collect();
        let days = format!("{} – {}", say_day(self.from, lang), say_day(self.until, lang));
        let included = Some(lang.pick("含最后一天", "last day included"));
        let mut facts = vec![
            Fact::new("value", lang.pick("优惠", "You save"), self.say_value(lang)),
            Fact::new("window", lang.pick("使用期", "Valid"), days).noted(included),
            Fact::new("who", lang.pick("谁能用", "Who may use it"), self.who.get(lang)),
            Fact::new("where", lang.pick("可用于", "Usable for"), kinds.join(lang.pick("、", ", "))),
            Fact::new("mode", lang.pick("领取方式", "How to get it"), self.mode.label(lang)),
        ];
        if let Some(hour) = &self.daily_release {
            facts.push(Fact::new("release", lang.pick("每日放券", "Released daily at"), hour.clone()));
        }
        if self.poverty_counties_only {
            facts.push(Fact::new(
                "counties",
                lang.pick("范围", "Where"),
                lang.pick("仅限脱贫县", "Only in the counties lifted out of poverty"),
            ));
        }
        facts.push(Fact::new("season", lang.pick("消费季", "Season"), self.season_title.get(lang)));
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        let short = |day: NaiveDate| match lang {
            Lang::Zh => format!("{}月{}日", day.month(), day.day()),
            Lang::En => format!("{} {}", day.day(), month_name(day.month())),
        };
        format!("{} · {}–{}", self.say_value(lang).trim(), short(self.from), short(self.until))
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.words.extend(["优惠".to_owned(), "消费券".to_owned(), "voucher".to_owned(), "补贴".to_owned()]);
        facts.words.push(self.season_title.zh.clone());
        facts.words.extend(self.season_title.en.clone());
        facts.words.push(self.offer_type.label(Lang::Zh).to_owned());
    }

    fn sample() -> Self {
        Self {
            season: Slug::parse("sample-winter-2026").expect("a valid slug"),
            season_title: Text::new("潇湘冬游消费季", "Xiaoxiang Winter Season"),
            offer_type: OfferType::Fixed,
            amount: Some(Fen(3_000)),
            percent: None,
            cap: None,
            gift: None,
            threshold: Some(Fen(10_000)),
            from: NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day"),
            until: NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day"),
            who: Text::new("所有人", "Everyone"),
            kinds: vec![UsableAt::Stay],
            recognised_first: false,
            poverty_counties_only: false,
            daily_release: None,
            mode: Mode::Direct,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_says_what_it_saves() {
        let fixed = Offer::sample();
        assert_eq!(fixed.headline(Lang::Zh), "满¥100减¥30 · 11月1日–12月31日");
        assert_eq!(fixed.headline(Lang::En), "¥30 off ¥100 or more · 1 Nov–31 Dec");
        let percent = Offer { offer_type: OfferType::Percent, amount: None, percent: Some(20), cap: Some(Fen(10_000)), ..fixed };
        assert_eq!(percent.headline(Lang::En), "20% off ¥100 or more, up to ¥100 · 1 Nov–31 Dec");
    }

    #[test]
    fn an_offer_that_makes_no_sense_is_refused() {
        let codes = |offer: Offer| offer.check().into_iter().map(|p| p.code).collect::<Vec<_>>();
        let ok = Offer::sample();
        assert_eq!(codes(Offer { until: ok.from.pred_opt().unwrap(), ..ok.clone() }), ["before_from"]);
        assert_eq!(codes(Offer { amount: None, ..ok.clone() }), ["wrong_value"]);
        assert_eq!(codes(Offer { cap: Some(Fen(-1)), ..ok.clone() }), ["negative"]);
        assert_eq!(codes(Offer { threshold: Some(Fen(i64::MAX)), ..ok.clone() }), ["out_of_range"]);
        assert_eq!(codes(Offer { kinds: vec![], ..ok.clone() }), ["empty"]);
        assert_eq!(codes(Offer { daily_release: Some("+9:30".into()), ..ok.clone() }), ["bad_time"]);
        assert_eq!(codes(Offer { threshold: Some(Fen(100)), ..ok.clone() }), ["below_amount"]);
        assert_eq!(codes(Offer { offer_type: OfferType::Percent, ..ok }), ["wrong_value"]);
    }
}
