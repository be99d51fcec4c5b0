//! All tours of a plan as the search changes them, and the way back.

use super::model::Model;
use super::route::Route;

/// Of a visit that is in no tour.
pub const NOWHERE: u8 = u8::MAX;

#[derive(Debug)]
pub struct State {
    pub routes: Vec<Route>,
    /// The tour of each visit.
    pub home: Vec<u8>,
    pub worth: i64,
    pub cost: i64,
    pub span: i64,
    /// What was changed since the last [`State::commit`], as it was: routes of the tours in `touched`, and the sums.
    saved: Vec<Route>,
    pub touched: u64,
    sums: (i64, i64, i64),
}

impl State {
    pub fn empty(model: &Model) -> Self {
        let routes: Vec<Route> = model.tours.iter().map(|tour| Route::empty(model, tour)).collect();
        let span = routes.iter().map(|route| i64::from(route.span())).sum();
        let saved = routes.clone();
        Self { routes, home: vec![NOWHERE; model.visits], worth: 0, cost: 0, span, saved, touched: 0, sums: (0, 0, span) }
    }

    pub fn take(&mut self, other: &Self) {
        self.routes.clone_from(&other.routes);
        self.home.clone_from(&other.home);
        (self.worth, self.cost, self.span) = (other.worth, other.cost, other.span);
        self.commit();
    }

    pub fn touch(&mut self, tour: usize) {
        if self.touched & (1 << tour) == 0 {
            self.touched |= 1 << tour;
            self.saved[tour].clone_from(&self.routes[tour]);
        }
    }

    pub fn commit(&mut self) {
        self.touched = 0;
        self.sums = (self.worth, self.cost, self.span);
    }

    pub fn undo(&mut self) {
        let touched: Bits = Bits(self.touched);
        for tour in touched {
            for visit in self.routes[tour].visits() {
                self.home[usize::from(visit)] = NOWHERE;
            }
        }
        for tour in touched {
            std::mem::swap(&mut self.routes[tour], &mut self.saved[tour]);
            for visit in self.routes[tour].visits() {
                self.home[usize::from(visit)] = tour as u8;
            }
        }
        (self.worth, self.cost, self.span) = self.sums;
        self.touched = 0;
    }

    pub fn insert(&mut self, model: &Model, tour: usize, visit: u16, after: usize) {
        self.touch(tour);
        let route = &mut self.routes[tour];
        self.span -= i64::from(route.span());
        route.insert(model, model.window(model.tours[tour].day, visit), visit, after);
        self.span += i64::from(route.span());
        self.home[usize::from(visit)] = tour as u8;
        self.worth += model.worth[usize::from(visit)];
        self.cost += model.cost[usize::from(visit)];
    }

    /// Keeps of a tour what `kept` wants, by index and visit; what goes is told to `lost`.
    pub fn keep(&mut self, model: &Model, tour: usize, kept: impl FnMut(usize, u16) -> bool, lost: &mut Vec<u16>) {
        self.touch(tour);
        let route = &mut self.routes[tour];
        self.span -= i64::from(route.span());
        let before = lost.len();
        route.keep(model, kept, |visit| lost.push(visit));
        self.span += i64::from(route.span());
        for &visit in &lost[before..] {
            self.home[usize::from(visit)] = NOWHERE;
            self.worth -= model.worth[usize::from(visit)];
            self.cost -= model.cost[usize::from(visit)];
        }
    }

    /// Puts other visits into all tours, in the order in which they once were in a tour of the same kind.
    pub fn replace(&mut self, model: &Model, tours: &[Vec<u16>], lost: &mut Vec<u16>) {
        for tour in 0..tours.len() {
            self.keep(model, tour, |_, _| false, lost);
        }
        for (tour, visits) in tours.iter().enumerate() {
            let route = &mut self.routes[tour];
            self.span -= i64::from(route.span());
            route.fill(model, model.tours[tour].day, visits);
            self.span += i64::from(route.span());
            for visit in visits.iter().map(|visit| usize::from(*visit)) {
                self.home[visit] = tour as u8;
                self.worth += model.worth[visit];
                self.cost += model.cost[visit];
            }
        }
    }

    pub fn tours(&self) -> Vec<Vec<usize>> {
        self.routes.iter().map(|route| route.visits().map(usize::from).collect()).collect()
    }
}

/// The numbers of the bits that are set, lowest first.
#[derive(Debug, Clone, Copy)]
pub struct Bits(pub u64);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        (bit < 64).then_some(bit)
    }
}
