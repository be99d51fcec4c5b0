//! A listing: the one noun of the catalogue, in seven kinds.

mod around;
pub mod fact;
pub mod kind;
pub mod kinds;
mod known_open;
pub(crate) mod limits;
pub mod opening;
mod quality;
pub mod tag;
pub mod terrain;

use serde::{Deserialize, Serialize};

use crate::geo::Position;
use crate::ids::{ListingId, Slug};
use crate::region::RegionCode;
use crate::time::{Months, Timestamp};
use crate::{Lang, Problem, Text};

pub use around::KIND_WORDS;
pub use fact::{Fact, SearchFacts};
pub use kind::{Details, Kind};
pub use known_open::KnownOpen;
pub use opening::Opening;
pub use tag::Tag;
pub use terrain::Terrain;

/// One entry of the catalogue, as it is stored, exported and shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    pub id: ListingId,
    pub slug: Slug,
    pub title: Text,
    /// Other names people know it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Words it is looked for by that are not its name (a kind of tea, a sight inside): searched like names, never shown as such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    pub summary: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// The county, prefecture or management zone it belongs to; none for what belongs to the whole province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// Further counties it touches: a route's, a brand's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    pub terrain: Terrain,
    /// Good months to go; empty where nobody knows.
    #[serde(default, skip_serializing_if = "Months::is_empty_ref")]
    pub months: Months,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    pub provenance: Provenance,
    /// Fictional, shown with a mark, kept out of everything that leaves the site.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
    pub published_at: Timestamp,
    pub updated_at: Timestamp,
    pub details: Details,
}

/// Where a listing's facts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    pub source: String,
    pub confidence: Confidence,
    /// The day the facts were last looked at.
    pub as_of: chrono::NaiveDate,
    pub licence: String,
    /// Names of others whose data is in here and who must be credited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<String>,
    /// Field names that the editors arranged or estimated themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editorial: Vec<String>,
}

/// How well founded an entry is. `Sourced` speaks for the entry, not for every field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Sourced,
    PartiallySourced,
    NameSourced,
    WorkingNameSourced,
    Background,
    Editorial,
    Sample,
}

impl Confidence {
    pub fn label(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Sourced => ("公开资料有载", "Found in public sources"),
            Self::PartiallySourced => ("部分有据，其余为编者整理", "Partly sourced, partly arranged by the editors"),
            Self::NameSourced => ("仅名称有据", "Only the name is sourced"),
            Self::WorkingNameSourced => ("仅见工作名，正式名称未知", "Only a working name is known"),
            Self::Background => ("常识，尚未逐条核对", "General knowledge, not yet verified"),
            Self::Editorial => ("编者整理", "Arranged by the editors"),
            Self::Sample => ("示例（虚构）", "Sample (fictional)"),
        };
        lang.pick(zh, en)
    }
}

impl Provenance {
    fn check(&self, found: &mut Vec<Problem>) {
        limits::plain(found, "provenance.source", &self.source, LONGEST_SOURCE);
        limits::text(found, "provenance.licence", &self.licence, limits::LONGEST_NAME);
        for credit in &self.credits {
            limits::plain(found, "provenance.credits", credit, LONGEST_SOURCE);
        }
        limits::count(found, "provenance.credits", self.credits.len());
        for field in &self.editorial {
            limits::plain(found, "provenance.editorial", field, limits::LONGEST_NAME);
        }
        limits::count(found, "provenance.editorial", self.editorial.len());
    }
}

impl Months {
    pub(crate) fn is_empty_ref(&self) -> bool {
        self.is_empty()
    }
}

const LONGEST_TITLE: usize = limits::LONGEST_NAME;
const LONGEST_SUMMARY: usize = 600;
const LONGEST_BODY: usize = 20_000;
const MOST_ALIASES: usize = 30;
/// Sources and credits name books, lists and data sets in full.
const LONGEST_SOURCE: usize = 300;

impl Listing {
    pub fn kind(&self) -> Kind {
        self.details.kind()
    }

    /// The path of its page: `/en/places/fenghuang-gucheng`.
    pub fn path(&self, lang: Lang) -> String {
        [lang.prefix(), "/", self.kind().plural(), "/", self.slug.as_str()].concat()
    }

    /// Every county or zone it touches, its own first, each once.
    pub fn all_regions(&self) -> Vec<&RegionCode> {
        let mut all: Vec<&RegionCode> = Vec::with_capacity(1 + self.regions.len());
        for region in self.region.iter().chain(&self.regions) {
            if !all.contains(&region) {
                all.push(region);
            }
        }
        all
    }

    /// What is wrong with it, field by field; empty when it may be published.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        limits::text(&mut found, "title", &self.title, LONGEST_TITLE);
        limits::text(&mut found, "summary", &self.summary, LONGEST_SUMMARY);
        limits::optional(&mut found, "body", self.body.as_ref(), LONGEST_BODY);
        for (field, names) in [("aliases", &self.aliases), ("keywords", &self.keywords)] {
            if names.len() > MOST_ALIASES {
                let (zh, en) = (format!("超过{MOST_ALIASES}个"), format!("more than {MOST_ALIASES}"));
                found.push(Problem::new(field, "too_many", zh, en));
            }
            for name in names {
                limits::text(&mut found, field, name, LONGEST_TITLE);
            }
        }
        self.provenance.check(&mut found);
        limits::count(&mut found, "regions", self.regions.len());
        for (field, code) in self.region.iter().map(|c| ("region", c)).chain(self.regions.iter().map(|c| ("regions", c))) {
            if code.region().is_none() {
                found.push(Problem::new(
                    field,
                    "unknown_region",
                    format!("“{code}”不是湖南的县、市州或管理区代码"),
                    format!("“{code}” is not a county, prefecture or zone of Hunan"),
                ));
            }
        }
        if let Some(position) = self.position
            && crate::geo::Point::new(position.lat, position.lon).is_none()
        {
            found.push(Problem::new("position", "off_the_world", "坐标不在地球上", "the position is not on the globe"));
        }
        if self.sample != (self.provenance.confidence == Confidence::Sample) {
            found.push(Problem::new(
                "sample",
                "sample_mismatch",
                "示例条目的 confidence 必须是 sample，反之亦然",
                "a sample has the confidence “sample”, and only a sample has it",
            ));
        }
        if self.updated_at < self.published_at {
            found.push(Problem::new(
                "updated_at",
                "before_published",
                "更新时间早于发布时间",
                "it was updated before it was published",
            ));
        }
        found.extend(self.details.check());
        found
    }

    /// The facts a visitor reads first, the kind's own.
    pub fn facts(&self, lang: Lang) -> Vec<Fact> {
        self.details.facts(lang)
    }

    pub fn search_facts(&self) -> SearchFacts {
        let mut facts = SearchFacts::default();
        self.details.index(&mut facts);
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of the catalogue as they were when an origin, a keeper and a witness had one language.
    #[test]
    fn a_catalogue_from_before_these_texts_had_two_languages_is_still_read() {
        let listings: Vec<Listing> = include_str!("listing/fixtures/plain_texts.jsonl")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}")))
            .collect();
        assert_eq!(listings.len(), 3);
        for listing in listings {
            assert_eq!(listing.problems(), vec![], "{}", listing.id);
            let (text, zh) = match &listing.details {
                Details::Heritage(heritage) => (heritage.protecting_place.clone(), "靖州苗族侗族自治县"),
                Details::Product(product) => (product.origin.clone(), "古丈"),
                Details::Stay(stay) => (stay.barrier_free.first().map(|fact| fact.witness.clone()), "示例记录"),
                other => panic!("{other:?}"),
            };
            assert_eq!(text, Some(Text::zh_only(zh)), "{}", listing.id);
            let shown = listing.facts(Lang::En).into_iter().any(|fact| fact.value.contains(zh));
            assert!(shown, "{}: the Chinese stands in for what is missing", listing.id);
        }
    }
}
