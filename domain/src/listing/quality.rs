//! How good an entry is, as far as a machine can tell.

use super::{Confidence, Listing};

impl Listing {
    /// What a reader can rely on and learn: how well it is founded, how much of it is filled in, in percent.
    pub fn quality(&self) -> u8 {
        let founded = match self.provenance.confidence {
            Confidence::Sourced => 50,
            Confidence::PartiallySourced => 40,
            Confidence::NameSourced | Confidence::Editorial => 30,
            Confidence::WorkingNameSourced | Confidence::Background => 20,
            Confidence::Sample => 10,
        };
        let filled = [
            self.summary.en.is_some(),
            self.body.is_some(),
            self.position.is_some(),
            !self.months.is_empty(),
            !self.tags.is_empty(),
        ];
        founded + 10 * filled.into_iter().filter(|is| *is).count() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(more: &str) -> Listing {
        let text = format!(
            r#"{{"id":"pl-1","slug":"a","title":{{"zh":"一处"}},"summary":{{"zh":"一处地方"}},"terrain":"city",
            "provenance":{{"source":"某处","confidence":"sourced","as_of":"2026-11-01","licence":"CC BY 4.0"}},
            "published_at":"2026-11-01T00:00:00Z","updated_at":"2026-11-01T00:00:00Z",{more}
            "details":{{"kind":"place","sort":{{"zh":"古城"}}}}}}"#
        );
        serde_json::from_str(&text).expect("a listing")
    }

    #[test]
    fn what_is_founded_and_filled_in_is_worth_more() {
        let bare = listing("");
        let full = listing(r#""months":[5],"body":{"zh":"文"},"position":{"lat":28.0,"lon":112.0},"#);
        let mut sample = listing("");
        sample.provenance.confidence = Confidence::Sample;
        assert!(full.quality() > bare.quality() && bare.quality() > sample.quality());
        assert!(full.quality() <= 100);
    }
}
