//! Listings to test with: valid, all marked as samples unless said otherwise, the same on every run.

use chrono::{DateTime, Duration, NaiveDate};
use domain::geo::Position;
use domain::listing::kinds::{Amenity, StayType};
use domain::listing::{Confidence, Details, Kind, Listing, Provenance, Tag, Terrain};
use domain::region::{self, RegionCode};
use domain::time::{Months, Timestamp};
use domain::{Fen, Lang, ListingId, Slug, Text};

/// The moment at which everything in tests happens.
pub fn noon() -> Timestamp {
    DateTime::from_timestamp_micros(1_795_492_800_000_000).expect("noon UTC of 24 November 2026 is a time")
}

/// The listing of that kind and number; different numbers differ in nearly every field.
pub fn listing(kind: Kind, number: usize) -> Listing {
    let counties: Vec<&region::Region> = region::counties().collect();
    let county = counties[number % counties.len()];
    let seat = county.seat.expect("every county has a seat");
    // spread within some kilometres of the seat, with as many decimals as they may have
    let off = |step: usize| ((number / counties.len() * step) % 997) as f64 / 9_970.0 - 0.05;
    let position = Position { lat: seat.lat + off(7), lon: seat.lon + off(13), accuracy_m: Some(50 + (number % 60) as u32) };
    let name = |lang| county.name.get(lang);
    let later = Duration::minutes((number % 100_000) as i64);
    let mut listing = Listing {
        id: ListingId::parse(&format!("{}-{number:06}", kind.name())).expect("an id"),
        slug: Slug::parse(&format!("{}-{number}", kind.plural())).expect("a slug"),
        title: Text::new(
            format!("{}{}{number}号", name(Lang::Zh), kind.label(Lang::Zh)),
            format!("{} {number} of {}", kind.label(Lang::En), name(Lang::En)),
        ),
        aliases: if number.is_multiple_of(5) { vec![format!("老{number}")] } else { vec![] },
        keywords: vec![],
        summary: Text::new(
            format!("{}的一处示例，编号{number}，只为试验而写，山水都是假的。", name(Lang::Zh)),
            format!("Entry {number} of {}, written for tests; its hills and its water are made up.", name(Lang::En)),
        ),
        body: number.is_multiple_of(3).then(|| Text::zh_only(format!("第一段，说{number}。\n\n第二段，说别的。"))),
        region: Some(county.code.clone()),
        regions: vec![],
        position: (!number.is_multiple_of(11)).then_some(position),
        terrain: Terrain::ALL[number % Terrain::ALL.len()],
        months: Months::only(number as u32 % 12 + 1).unwrap_or_default(),
        tags: vec![Tag::ALL[number % Tag::ALL.len()]],
        provenance: Provenance {
            source: "示例".to_owned(),
            confidence: Confidence::Sample,
            as_of: NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day"),
            licence: "CC-BY-4.0".to_owned(),
            credits: vec![],
            editorial: vec![],
        },
        sample: true,
        published_at: noon() - Duration::days(30) + later,
        updated_at: noon() - Duration::days(20) + later,
        details: kind.sample(),
    };
    if let Details::Stay(stay) = &mut listing.details {
        stay.stay_type = StayType::ALL[number % StayType::ALL.len()];
        stay.price_min = Some(Fen(6_000 + (number as i64 * 700) % 40_000));
        stay.price_max = Some(Fen(60_000));
        stay.amenities = vec![Amenity::ALL[number % Amenity::ALL.len()]];
    }
    if let Details::Place(place) = &mut listing.details
        && number % 7 == 6
    {
        let opening = r#"{"hours":[{"weekdays":["tue","sun"],"from":"09:00","until":"17:00"}],"closed_months":[1,12]}"#;
        place.opening = serde_json::from_str(opening).expect("a calendar");
    }
    if let Details::Route(route) = &mut listing.details {
        route.stops[0].region = RegionCode::parse(county.code.as_str()).ok();
    }
    listing
}

/// As [`listing`], but passing for a real one.
pub fn real(kind: Kind, number: usize) -> Listing {
    let mut listing = listing(kind, number);
    listing.sample = false;
    listing.provenance.confidence = Confidence::Sourced;
    listing.provenance.credits = vec!["GeoNames".to_owned()];
    listing
}

/// As many as asked for, of all kinds in turn.
pub fn many(count: usize) -> impl Iterator<Item = Listing> {
    (0..count).map(|number| real(Kind::ALL[number % Kind::ALL.len()], number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_listings_are_valid_and_distinct() {
        let all: Vec<Listing> = many(700).collect();
        for listing in &all {
            assert_eq!(listing.problems(), vec![], "{}", listing.id);
        }
        let slugs: std::collections::HashSet<_> = all.iter().map(|l| (l.kind(), &l.slug)).collect();
        assert_eq!(slugs.len(), all.len());
    }
}
