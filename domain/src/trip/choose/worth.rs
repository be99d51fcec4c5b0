//! What a stop is worth to these people, before anybody asks how to get there. The figures are the editors' choice; only their
//! proportions matter.

use super::super::facts::PlaceFacts;
use super::super::plan::{Mobility, Party};
use super::why::Why;
use crate::listing::{Kind, Tag, Terrain};

/// Of an ungraded place with nothing said about it, for two hours.
const PLAIN: f64 = 34.0;
/// One interest met, and two or more.
const LIKED: [f64; 3] = [1.0, 2.3, 2.9];
/// Two stops that are alike in everything: the lesser counts 1/(1 + this).
const LIKENESS: f64 = 1.2;

/// Worth and reasons; zero where these people should not be sent there.
pub(super) fn worth(place: &PlaceFacts, party: &Party, stay_min: u32) -> (f64, Vec<Why>) {
    let mut whys = Vec::new();
    let mut worth = quality(place);
    if let Some(grade) = &place.grade {
        whys.push(Why::Grade { name: grade.name.clone(), verified: grade.verified });
        worth *= if grade.verified { 1.0 } else { 0.95 };
    }
    let liked: Vec<Tag> = place.tags.iter().copied().filter(|tag| party.interests.contains(tag)).collect();
    worth *= LIKED[liked.len().min(LIKED.len() - 1)];
    let likes = |tag: Tag| liked.contains(&tag);
    whys.extend(liked.iter().map(|tag| Why::Likes { tag: *tag }));
    let has = |tag: Tag| place.tags.contains(&tag);
    if !party.children.is_empty() && has(Tag::Family) {
        worth *= 1.3;
        whys.push(Why::ForChildren);
    }
    let (hiking, mountain) = match () {
        () if party.elders > 0 || party.mobility != Mobility::Any => (0.45, 0.75),
        () if is_slow(party) => (0.8, 1.0),
        () => (1.0, 1.0),
    };
    if has(Tag::Hiking) && !likes(Tag::Hiking) {
        worth *= hiking;
    }
    if has(Tag::Mountain) && !likes(Tag::Mountain) {
        worth *= mountain;
    }
    if party.mobility == Mobility::Wheelchair {
        let steep =
            matches!(place.terrain, Terrain::Cave | Terrain::Mountain | Terrain::Sandstone | Terrain::Danxia | Terrain::Terraces);
        worth *= match (place.barrier_free, steep || has(Tag::Hiking)) {
            (true, _) => 1.5,
            (false, true) => 0.0,
            (false, false) => 0.6,
        };
    }
    if place.barrier_free && party.mobility != Mobility::Any {
        whys.push(Why::StepFree);
    }
    // Nobody likes to look for a place on twenty-five kilometres of road.
    if place.position.is_some_and(|position| position.accuracy_m.is_some_and(|off| off > 15_000)) {
        worth *= 0.8;
    }
    (worth * (f64::from(stay_min) / 120.0).sqrt(), whys)
}

pub(super) fn is_slow(party: &Party) -> bool {
    party.elders > 0 || party.mobility != Mobility::Any || party.children.iter().any(|age| *age < 10)
}

fn quality(place: &PlaceFacts) -> f64 {
    let heritage = if place.tags.contains(&Tag::WorldHeritage) { 30.0 } else { 0.0 };
    if place.kind == Kind::Experience {
        return 70.0;
    }
    let Some(grade) = &place.grade else { return PLAIN + heritage };
    let name = grade.name.zh.as_str();
    let national = ["国家", "全国", "中国", "国际"].iter().any(|word| name.starts_with(word));
    let graded = match name {
        "5A" => 100.0,
        "4A" => 66.0,
        "3A" => 44.0,
        _ if national => 50.0,
        _ => 42.0,
    };
    graded + heritage
}

/// From 0 to 1: how much of what one sees at one is what one has seen at the other. Of what somebody likes one does not tire.
fn likeness(a: &PlaceFacts, b: &PlaceFacts, interests: &[Tag]) -> f64 {
    if a.id == b.id {
        // The other day in the same mountains.
        return 0.7;
    }
    // For whom, when and how, not what.
    let says_what =
        |tag: &Tag| !matches!(tag, Tag::Family | Tag::Study | Tag::Photography | Tag::Summer | Tag::Night | Tag::Hiking);
    let subjects = |place: &PlaceFacts| -> Vec<Tag> {
        place.tags.iter().copied().filter(|tag| says_what(tag) && !interests.contains(tag)).collect()
    };
    let (a_tags, b_tags) = (subjects(a), subjects(b));
    let both = a_tags.iter().filter(|tag| b_tags.contains(tag)).count();
    let all = a_tags.len() + b_tags.len() - both;
    let tags = if all == 0 { 0.0 } else { both as f64 / all as f64 };
    let terrain = if a.terrain == b.terrain { 0.3 } else { 0.0 };
    0.7 * tags + terrain + if have_name_in_common(&a.name.zh, &b.name.zh) { 0.6 } else { 0.0 }
}

/// 老司城遗址博物馆 is in 司城村（老司城）: whoever was at one has seen much of the other.
fn have_name_in_common(a: &str, b: &str) -> bool {
    let words = [
        "旅游区",
        "旅游景",
        "游景区",
        "风景区",
        "博物馆",
        "纪念馆",
        "历史文",
        "文化园",
        "国家级",
        "革命根",
        "根据地",
        "据地旧",
        "地旧址",
        "森林公",
        "林公园",
        "湿地公",
        "地公园",
        "名胜区",
        "景名胜",
        "风景名",
        "人民政",
        "苏维埃",
    ];
    let a: Vec<char> = a.chars().collect();
    let mut runs = a.windows(3).map(String::from_iter);
    runs.any(|run| !words.contains(&run.as_str()) && b.contains(&run))
}

/// How alike stops are, by their numbers.
#[derive(Debug)]
pub(super) struct Likeness {
    of: Vec<f64>,
    stops: usize,
}

impl Likeness {
    pub fn between(places: &[Option<&PlaceFacts>], interests: &[Tag]) -> Self {
        let pair = |a: usize, b: usize| places[a].zip(places[b]).map_or(0.0, |(a, b)| likeness(a, b, interests));
        let stops = places.len();
        let mut of = vec![0.0; stops * stops];
        for a in 0..stops {
            for b in a + 1..stops {
                of[a * stops + b] = pair(a, b);
                of[b * stops + a] = of[a * stops + b];
            }
        }
        Self { of, stops }
    }

    /// What is left of a stop's worth beside others in a plan: those count that are worth more, and of equals the first.
    pub fn discount(&self, stop: usize, worth: &[f64], plan: impl Iterator<Item = usize>) -> f64 {
        let before = plan.filter(|other| *other != stop && (worth[*other], stop) > (worth[stop], *other));
        1.0 / (1.0 + LIKENESS * before.map(|other| self.of[stop * self.stops + other]).sum::<f64>())
    }

    /// Of a plan, its stops discounted.
    pub fn value(&self, worth: &[f64], plan: &[usize]) -> f64 {
        plan.iter().map(|stop| worth[*stop] * self.discount(*stop, worth, plan.iter().copied())).sum()
    }
}
