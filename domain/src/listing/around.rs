//! The names around a listing: what it is called by though they are not its own.

use super::{Kind, Listing};
use crate::region::Region;
use crate::{Lang, Text};

/// What people call a kind, beside its label.
pub const KIND_WORDS: &[(Kind, &[&str])] = &[
    (Kind::Route, &["路线", "行程", "tour"]),
    (Kind::Place, &["景点", "景区", "sight", "attraction"]),
    (Kind::Stay, &["住", "旅馆", "accommodation", "lodging"]),
    (Kind::Heritage, &["非物质文化遗产", "intangible"]),
    (Kind::Experience, &["活动", "workshop"]),
    (Kind::Product, &["特产", "土特产", "speciality", "souvenir"]),
    (Kind::Offer, &["消费券", "优惠券", "coupon"]),
];

impl Listing {
    /// The names around it, some of them twice: what it is, what it is tagged with, where it lies.
    pub fn names_around(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for lang in Lang::ALL {
            names.push(self.kind().label(lang).to_owned());
            names.extend(self.tags.iter().map(|tag| tag.label(lang).to_owned()));
        }
        let kind_words = KIND_WORDS.iter().filter(|(kind, _)| *kind == self.kind());
        names.extend(kind_words.flat_map(|(_, words)| words.iter().map(|word| (*word).to_owned())));
        let facts = self.search_facts();
        names.extend(facts.grade);
        names.extend(facts.words);
        for region in self.all_regions().into_iter().filter_map(|code| code.region()) {
            let county = region.county.as_ref().and_then(|code| code.region());
            for region in [Some(region), county, Some(region.prefecture_region())].into_iter().flatten() {
                names.extend(region_names(region));
            }
        }
        names
    }
}

fn both(text: &Text) -> impl Iterator<Item = &str> {
    std::iter::once(text.zh.as_str()).chain(text.en.as_deref())
}

fn region_names(region: &Region) -> impl Iterator<Item = String> {
    let names = both(&region.name).map(str::to_owned).chain(region.former_name.clone());
    let block = region.block.into_iter().flat_map(|block| Lang::ALL.map(|lang| block.label(lang).to_owned()));
    let lifted = region.lifted_from_poverty.then(|| "脱贫县".to_owned());
    names.chain(block).chain(lifted)
}
