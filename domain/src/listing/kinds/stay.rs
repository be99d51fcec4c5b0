//! A place to sleep: 农家乐, 家庭旅馆 or 民宿.

use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use super::barrier_free::{self, BarrierFree};
use crate::{Fen, Lang, Problem, Text};

words! {
    StayType {
        Nongjiale = "nongjiale", "农家乐", "Farm stay";
        FamilyInn = "family_inn", "家庭旅馆", "Family inn";
        Homestay = "homestay", "民宿", "Homestay";
    }
}

words! {
    Amenity {
        Parking = "parking", "停车", "Parking";
        Wifi = "wifi", "无线网", "Wi-Fi";
        Breakfast = "breakfast", "早餐", "Breakfast";
        Dinner = "dinner", "晚餐", "Dinner";
        Kitchen = "kitchen", "可用厨房", "Kitchen";
        Laundry = "laundry", "洗衣", "Laundry";
        FamilyRoom = "family_room", "家庭房", "Family room";
        Garden = "garden", "院子", "Garden";
        Bicycle = "bicycle", "自行车", "Bicycles";
        Pickup = "pickup", "接站", "Pick-up";
        Pets = "pets", "可带宠物", "Pets welcome";
        Fireplace = "fireplace", "火塘", "Fireplace";
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    #[serde(rename = "type")]
    pub stay_type: StayType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u32>,
    /// A night, in fen, low and high of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_min: Option<Fen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_max: Option<Fen>,
    /// The chain that runs it (S12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amenities: Vec<Amenity>,
    /// Takes consumption vouchers.
    #[serde(default)]
    pub vouchers: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barrier_free: Vec<BarrierFree>,
}

impl Stay {
    fn say_price(&self, lang: Lang) -> Option<String> {
        match (self.price_min, self.price_max) {
            (Some(min), Some(max)) if min != max => Some(format!("{min}–{max}")),
            (Some(min), _) => Some(lang.pick(format!("{min}起"), format!("from {min}"))),
            _ => None,
        }
    }
}

impl KindRules for Stay {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("stay", "stays", "住宿", "Stays");

    fn check(&self) -> Vec<Problem> {
        let mut found = barrier_free::check(&self.barrier_free);
        limits::price(&mut found, "details.price_min", self.price_min);
        limits::price(&mut found, "details.price_max", self.price_max);
        if matches!((self.price_min, self.price_max), (Some(min), Some(max)) if min > max) {
            let (zh, en) = ("最低价高于最高价", "the lowest price is above the highest");
            found.push(Problem::new("details.price_min", "price_order", zh, en));
        }
        limits::optional(&mut found, "details.brand", self.brand.as_ref(), limits::LONGEST_NAME);
        if self.rooms == Some(0) {
            found.push(Problem::new("details.rooms", "out_of_range", "房间数至少为1", "a stay has at least one room"));
        }
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let unknown = || lang.pick("未知", "Not known").to_owned();
        let mut facts = vec![Fact::new("type", lang.pick("类型", "Type"), self.stay_type.label(lang))];
        let per_night = lang.pick("每晚价格", "Price a night");
        facts.push(Fact::new("price", per_night, self.say_price(lang).unwrap_or_else(unknown)));
        let rooms = self.rooms.map(|n| lang.pick(format!("{n}间"), n.to_string())).unwrap_or_else(unknown);
        facts.push(Fact::new("rooms", lang.pick("房间", "Rooms"), rooms));
        if let Some(brand) = &self.brand {
            facts.push(Fact::new("brand", lang.pick("品牌", "Brand"), brand.get(lang)));
        }
        if !self.amenities.is_empty() {
            let list: Vec<_> = self.amenities.iter().map(|a| a.label(lang)).collect();
            facts.push(Fact::new("amenities", lang.pick("设施", "Amenities"), list.join(lang.pick("、", ", "))));
        }
        let vouchers = if self.vouchers { lang.pick("可用", "Accepted") } else { lang.pick("暂不可用", "Not accepted") };
        facts.push(Fact::new("vouchers", lang.pick("消费券", "Vouchers"), vouchers));
        let access = lang.pick("无障碍", "Access");
        if self.barrier_free.is_empty() {
            facts.push(Fact::new("barrier_free", access, lang.pick("未知，请先致电询问", "Not known; please ask before you go")));
        }
        facts.extend(barrier_free::row(&self.barrier_free, lang));
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        let label = self.stay_type.label(lang);
        match self.say_price(lang) {
            Some(price) => format!("{label} · {price}"),
            None => label.to_owned(),
        }
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.words.push(self.stay_type.label(Lang::Zh).to_owned());
        facts.words.push(self.stay_type.label(Lang::En).to_owned());
        if let Some(brand) = &self.brand {
            facts.words.push(brand.zh.clone());
            facts.words.extend(brand.en.clone());
        }
        facts.words.extend(self.amenities.iter().map(|a| a.label(Lang::Zh).to_owned()));
        facts.price = self.price_min;
        facts.barrier_free = barrier_free::is_barrier_free(&self.barrier_free);
        facts.voucher = self.vouchers;
    }

    fn sample() -> Self {
        Self {
            stay_type: StayType::Homestay,
            rooms: Some(6),
            price_min: Some(Fen(16_800)),
            price_max: Some(Fen(38_800)),
            brand: None,
            amenities: vec![Amenity::Parking, Amenity::Breakfast],
            vouchers: true,
            barrier_free: vec![],
        }
    }
}
