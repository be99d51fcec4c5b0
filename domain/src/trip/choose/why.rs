//! Why a stop was chosen, as data and in words.

use serde::Serialize;

use crate::ids::ListingId;
use crate::listing::Tag;
use crate::{Fen, Lang, Text};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The traveller wanted it.
    Fixed,
    Grade {
        name: Text,
        verified: bool,
    },
    Likes {
        tag: Tag,
    },
    /// In its good months that day, of which there are not twelve.
    InSeason,
    /// Next to nothing is in season, this is not either.
    OutOfSeason,
    ForChildren,
    /// Somebody has recorded that it can be used without steps.
    StepFree,
    Offer {
        offer: ListingId,
        saved: Fen,
        sample: bool,
    },
    NearRoute {
        name: Text,
    },
    /// The traveller wanted to go to this county or prefecture.
    InRegion {
        name: Text,
    },
    /// The editors suggest more time than there is on one day.
    OnlyPart {
        suggested_min: u32,
    },
    /// Nothing else speaks for it.
    OnTheWay,
}

impl Why {
    pub fn text(&self) -> Text {
        match self {
            Self::Fixed => Text::new("你指定的", "you asked for it"),
            Self::Grade { name, verified: true } => name.clone(),
            Self::Grade { name, verified: false } => {
                Text::new(format!("{}（未核对）", name.zh), format!("{} (not yet verified)", name.get(Lang::En)))
            }
            Self::Likes { tag } => Text::new(
                format!("你喜欢{}", tag.label(Lang::Zh)),
                format!("{}, as you like", tag.label(Lang::En).to_lowercase()),
            ),
            Self::InSeason => Text::new("正当季", "in season"),
            Self::OutOfSeason => Text::new("不在当季，但这个月少有当季的", "not in season, but little is this month"),
            Self::ForChildren => Text::new("适合孩子", "good for children"),
            Self::StepFree => Text::new("有无障碍记录", "recorded as step-free"),
            Self::Offer { saved, sample, .. } => {
                let (zh, en) = if *sample { ("示例券", "a sample offer") } else { ("券", "an offer") };
                Text::new(format!("这里用{zh}可省{saved}"), format!("{en} saves {saved} here"))
            }
            Self::NearRoute { name } => Text::new(format!("在“{}”一线", name.zh), format!("on or near “{}”", name.get(Lang::En))),
            Self::InRegion { name } => {
                Text::new(format!("你想去{}", name.zh), format!("in {}, where you want to go", name.get(Lang::En)))
            }
            Self::OnTheWay => Text::new("顺路", "on the way"),
            Self::OnlyPart { suggested_min } => {
                let hours = suggested_min.div_ceil(60);
                Text::new(format!("全看要{hours}小时，这里只看一部分"), format!("all of it takes {hours} h; this is part of it"))
            }
        }
    }
}
