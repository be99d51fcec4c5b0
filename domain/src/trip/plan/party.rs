//! Who travels, how fast and how, and what an organisation adds to that.

use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::listing::Tag;
use crate::listing::kinds::words;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub adults: u32,
    /// Sixty and over.
    #[serde(default)]
    pub elders: u32,
    /// Ages, under 18.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<u32>,
    #[serde(default)]
    pub mobility: Mobility,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<Tag>,
    /// None: two to a room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u32>,
}

impl Party {
    pub fn people(&self) -> u32 {
        let children = u32::try_from(self.children.len()).unwrap_or(u32::MAX);
        self.adults.saturating_add(self.elders).saturating_add(children)
    }

    pub fn rooms(&self) -> u32 {
        self.rooms.unwrap_or_else(|| self.people().div_ceil(2)).max(1)
    }
}

words! {
    Mobility {
        Any = "any", "行动自如", "No limits";
        ShortWalks = "short_walks", "少走路", "Short walks";
        Wheelchair = "wheelchair", "轮椅", "Wheelchair";
    }
}

// What nobody mentions is no limit.
#[allow(clippy::derivable_impls)]
impl Default for Mobility {
    fn default() -> Self {
        Self::Any
    }
}

words! {
    Pace {
        Relaxed = "relaxed", "悠闲", "Relaxed";
        Steady = "steady", "适中", "Steady";
        Brisk = "brisk", "紧凑", "Brisk";
    }
}

impl Pace {
    /// Minutes on the road a day that people of this pace still call a holiday; the editors' choice.
    pub fn most_driving(self) -> u32 {
        match self {
            Pace::Relaxed => 240,
            Pace::Steady => 330,
            Pace::Brisk => 480,
        }
    }

    /// Stops a day before it feels hurried; the editors' choice.
    pub fn most_stops(self) -> usize {
        match self {
            Pace::Relaxed => 3,
            Pace::Steady => 5,
            Pace::Brisk => 8,
        }
    }
}

words! {
    Transport {
        Car = "car", "自驾", "Own car";
        Coach = "coach", "包车", "Hired coach";
        Transit = "transit", "高铁与班车", "Rail and bus";
    }
}

words! {
    /// What an organisation travels for.
    Occasion {
        PartyDay = "party_day", "主题党日", "Party branch day";
        LeagueDay = "league_day", "团日活动", "Youth League day";
        UnionOuting = "union_outing", "工会活动", "Trade-union outing";
        Study = "study", "研学", "Study trip";
        Other = "other", "其他", "Other";
    }
}

/// What an organisation's form begins with; the editors' choice, and all of it can be changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preset {
    pub adults: u32,
    pub transport: Transport,
    pub guide_needed: bool,
    /// What routes for it are about; empty: any.
    pub about: &'static [Tag],
}

impl Occasion {
    pub fn preset(self) -> Preset {
        let group = Preset { adults: 30, transport: Transport::Coach, guide_needed: true, about: &[] };
        match self {
            Occasion::PartyDay | Occasion::LeagueDay => Preset { about: &[Tag::Red], ..group },
            Occasion::Study => Preset { adults: 40, about: &[Tag::Study], ..group },
            Occasion::UnionOuting => Preset { guide_needed: false, ..group },
            Occasion::Other => Preset { adults: 20, guide_needed: false, ..group },
        }
    }
}

/// An organisation's trip; its headcount is the party's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub occasion: Occasion,
    #[serde(default)]
    pub guide_needed: bool,
    /// 发票抬头.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_name: Option<String>,
    /// 统一社会信用代码, 18 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_code: Option<String>,
}

impl Group {
    /// All that was entered, in one line.
    pub fn say(&self, lang: Lang) -> String {
        let mut said = vec![self.occasion.label(lang).to_owned()];
        said.extend(self.guide_needed.then(|| lang.pick("要讲解员", "a guide is needed").to_owned()));
        said.extend(self.invoice_name.iter().map(|name| format!("{}{name}", lang.pick("发票抬头：", "invoice to: "))));
        said.extend(self.invoice_code.iter().map(|code| format!("{}{code}", lang.pick("信用代码：", "code: "))));
        said.join(lang.pick("，", ", "))
    }
}
