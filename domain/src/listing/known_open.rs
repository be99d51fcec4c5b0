//! When a listing is known to be open, as far as somebody asks who looks for what is open on a day. What nobody knows is not open.

use chrono::NaiveDate;

use super::{Details, Listing};
use crate::festival::Festival;
use crate::time::{Months, Weekdays};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownOpen {
    /// First and last day of what is only for a while: nothing else counts then.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Months of its calendar, or else its good ones.
    pub months: Months,
    /// Weekdays with hours or a lesson.
    pub weekdays: Weekdays,
    /// What it is about, and counts where no months are known.
    pub festival: Option<Festival>,
}

impl KnownOpen {
    pub fn of(listing: &Listing) -> Self {
        let names = std::iter::once(&listing.title.zh).chain(&listing.aliases);
        let festival = names.filter_map(|name| Festival::named_in(name)).next();
        let known = Self { days: None, months: listing.months, weekdays: Weekdays::ALL, festival };
        match &listing.details {
            Details::Offer(offer) => Self { days: Some((offer.from, offer.until)), ..known },
            Details::Experience(experience) => {
                let lessons = experience.sessions.iter().flat_map(|session| &session.weekdays);
                let weekdays = lessons.filter_map(|day| Weekdays::only(*day)).fold(Weekdays::NONE, Weekdays::with);
                Self { weekdays: if weekdays.is_empty() { Weekdays::ALL } else { weekdays }, ..known }
            }
            Details::Place(place) => match &place.opening {
                Some(opening) if opening.hours().is_empty() => {
                    Self { months: listing.months.without(opening.closed_months()), festival: None, ..known }
                }
                Some(opening) => Self {
                    months: Months::ALL.without(opening.closed_months()),
                    weekdays: opening.weekdays(),
                    festival: None,
                    ..known
                },
                None => known,
            },
            _ => known,
        }
    }

    pub fn on(&self, day: NaiveDate) -> bool {
        if let Some((first, last)) = self.days {
            return (first..=last).contains(&day);
        }
        if self.months.is_empty() {
            return self.festival.is_some_and(|about| Festival::around(day).any(|festival| festival == about));
        }
        self.months.meet(Months::of(day)) && self.weekdays.meet(Weekdays::of(day))
    }
}
