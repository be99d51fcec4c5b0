//! How good an entry is, as far as a machine can tell.

use domain::listing::{Confidence, Listing};

/// What a reader can rely on and learn: how well it is founded, how much of it is filled in, in percent.
pub fn quality(listing: &Listing) -> u8 {
    let founded = match listing.provenance.confidence {
        Confidence::Sourced => 50,
        Confidence::PartiallySourced => 40,
        Confidence::NameSourced | Confidence::Editorial => 30,
        Confidence::WorkingNameSourced | Confidence::Background => 20,
        Confidence::Sample => 10,
    };
    let filled = [
        listing.summary.en.is_some(),
        listing.body.is_some(),
        listing.position.is_some(),
        !listing.months.is_empty(),
        !listing.tags.is_empty(),
    ];
    founded + 10 * filled.into_iter().filter(|is| *is).count() as u8
}

#[cfg(test)]
mod tests {
    use domain::listing::Kind;

    use super::*;
    use crate::search::tests::world::listing;

    #[test]
    fn what_is_founded_and_filled_in_is_worth_more() {
        let bare = listing("pl-bare", Kind::Place, "一处", "A place", "430104");
        let full = listing("pl-full", Kind::Place, "一处", "A place", "430104").at(28.0, 112.0).months(&[5]).body("文", "Text");
        let sample = listing("pl-sample", Kind::Place, "一处", "A place", "430104").sample();
        assert!(quality(&full.0) > quality(&bare.0) && quality(&bare.0) > quality(&sample.0));
        assert!(quality(&full.0) <= 100);
    }
}
