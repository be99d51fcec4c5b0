//! Listings that speak of other listings.

use domain::ListingId;
use domain::listing::{Details, Kind, Listing};

/// One listing's mention of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub field: String,
    pub kind: Kind,
    pub id: ListingId,
}

/// Everything a listing counts on being there.
pub fn references(listing: &Listing) -> Vec<Reference> {
    let heritage = |id: &Option<ListingId>| {
        let id = id.clone();
        id.map(|id| Reference { field: "details.heritage".to_owned(), kind: Kind::Heritage, id }).into_iter().collect()
    };
    match &listing.details {
        Details::Route(route) => {
            let places = route.stops.iter().enumerate();
            places
                .filter_map(|(index, stop)| {
                    let id = stop.place.clone()?;
                    Some(Reference { field: format!("details.stops[{index}].place"), kind: Kind::Place, id })
                })
                .collect()
        }
        Details::Experience(experience) => heritage(&experience.heritage),
        Details::Product(product) => heritage(&product.heritage),
        Details::Place(_) | Details::Stay(_) | Details::Heritage(_) | Details::Offer(_) => Vec::new(),
    }
}
