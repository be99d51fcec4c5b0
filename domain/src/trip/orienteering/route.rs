//! One tour with its times, such that room for a visit is found by a comparison.

use super::model::{LANES, Model, TourModel};

#[derive(Debug, Clone, Copy)]
pub struct Stop {
    pub node: u16,
    pub arrives: i32,
    pub begins: i32,
    /// What begins later here makes something after it too late.
    pub deadline: i32,
    earliest: i32,
    latest: i32,
}

#[derive(Debug)]
pub struct Route {
    /// The start of the tour, its visits, its end.
    pub stops: Vec<Stop>,
}

/// Of a visit for which a tour has no room.
pub const NO_ROOM: i32 = 1 << 30;

#[inline(always)]
fn each(value: impl Fn(usize) -> i32) -> [i32; LANES] {
    std::array::from_fn(value)
}

/// Where a tour has room, for each visit.
#[derive(Debug, Clone)]
pub struct Room {
    delays: Vec<[i32; LANES]>,
    places: Vec<[i32; LANES]>,
}

impl Room {
    pub fn none(model: &Model) -> Self {
        let pieces = model.visits.div_ceil(LANES);
        Self { delays: vec![[NO_ROOM; LANES]; pieces], places: vec![[0; LANES]; pieces] }
    }

    pub fn clear(&mut self) {
        self.delays.fill([NO_ROOM; LANES]);
    }

    #[inline]
    pub fn delay(&self, visit: usize) -> i32 {
        self.delays[visit / LANES][visit % LANES]
    }

    pub fn place(&self, visit: usize) -> usize {
        self.places[visit / LANES][visit % LANES] as usize
    }
}

impl Clone for Route {
    fn clone(&self) -> Self {
        Self { stops: self.stops.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.stops.clone_from(&source.stops);
    }
}

impl Route {
    pub fn empty(model: &Model, tour: &TourModel) -> Self {
        let end = |node, time, from, to| Stop { node, arrives: time, begins: time, deadline: to, earliest: from, latest: to };
        let first = end(tour.first, tour.leaves, tour.leaves, tour.leaves);
        let last = end(tour.last, tour.leaves, tour.leaves, tour.back);
        let mut route = Self { stops: vec![first, last] };
        route.forward(model, 1);
        route.backward(model, 1);
        route
    }

    pub fn visits(&self) -> impl Iterator<Item = u16> + '_ {
        self.stops[1..self.stops.len() - 1].iter().map(|stop| stop.node)
    }

    pub fn len(&self) -> usize {
        self.stops.len() - 2
    }

    /// From leaving to being back.
    pub fn span(&self) -> i32 {
        self.stops[self.stops.len() - 1].begins - self.stops[0].begins
    }

    /// For each visit the place that delays least what follows, and how long; the time that the visitor would wait there is
    /// counted less the `patience`-th half of it. This is where the search spends its time: without branches and in pieces of
    /// known length it becomes vector instructions.
    pub fn room(&self, model: &Model, day: usize, patience: u32, room: &mut Room) {
        room.delays.fill([NO_ROOM; LANES]);
        for (index, pair) in self.stops.windows(2).enumerate() {
            let (before, after) = (pair[0], pair[1]);
            let index = index as i32;
            if before.begins + model.detour(before.node, after.node) > after.deadline {
                continue;
            }
            let [onward, back, earliest, latest] = model.between(before.node, after.node, day);
            let (delays, places) = (room.delays.iter_mut(), room.places.iter_mut());
            let lanes = onward.iter().zip(back).zip(earliest.iter().zip(latest)).zip(delays.zip(places));
            for (((onward, back), (earliest, latest)), (delays, places)) in lanes {
                let reached = each(|lane| before.begins + onward[lane]);
                let begins = each(|lane| reached[lane].max(earliest[lane]));
                let arrives = each(|lane| begins[lane] + back[lane]);
                let delay = each(|lane| arrives[lane] - after.arrives - ((begins[lane] - reached[lane]) >> patience));
                let late = each(|lane| ((latest[lane] - begins[lane]) | (after.deadline - arrives[lane])) >> 31);
                let delay = each(|lane| (delay[lane] & !late[lane]) | (NO_ROOM & late[lane]));
                let better = each(|lane| (delay[lane] - delays[lane]) >> 31);
                *places = each(|lane| (places[lane] & !better[lane]) | (index & better[lane]));
                *delays = each(|lane| (delays[lane] & !better[lane]) | (delay[lane] & better[lane]));
            }
        }
    }

    /// As [`Route::room`], for one visit.
    pub fn room_for(&self, model: &Model, day: usize, patience: u32, visit: u16, room: &mut Room) {
        let (into, away) = (model.into(visit), model.onward(visit));
        let (earliest, latest) = model.window(day, visit);
        let (mut least, mut place) = (NO_ROOM, 0);
        for (index, pair) in self.stops.windows(2).enumerate() {
            let (before, after) = (pair[0], pair[1]);
            if before.begins > latest {
                break;
            }
            if before.begins + model.detour(before.node, after.node) > after.deadline {
                continue;
            }
            let reached = before.begins + into[usize::from(before.node)];
            let begins = reached.max(earliest);
            let arrives = begins + away[usize::from(after.node)];
            let delay = arrives - after.arrives - ((begins - reached) >> patience);
            if begins <= latest && arrives <= after.deadline && delay < least {
                (least, place) = (delay, index as i32);
            }
        }
        let visit = usize::from(visit);
        room.delays[visit / LANES][visit % LANES] = least;
        room.places[visit / LANES][visit % LANES] = place;
    }

    /// Where [`Route::room`] has found room.
    pub fn insert(&mut self, model: &Model, (earliest, latest): (i32, i32), visit: u16, after: usize) {
        let stop = Stop { node: visit, arrives: 0, begins: i32::MIN, deadline: i32::MIN, earliest, latest };
        self.stops.insert(after + 1, stop);
        self.forward(model, after + 1);
        self.backward(model, after + 1);
    }

    /// Times from stop `from` on, until nothing changes.
    fn forward(&mut self, model: &Model, from: usize) {
        let mut before = self.stops[from - 1];
        for (steps, stop) in self.stops[from..].iter_mut().enumerate() {
            let arrives = before.begins + model.onward(before.node)[usize::from(stop.node)];
            let begins = arrives.max(stop.earliest);
            let same = begins == stop.begins;
            (stop.arrives, stop.begins) = (arrives, begins);
            if same && steps > 0 {
                break;
            }
            before = *stop;
        }
    }

    /// Deadlines from stop `from` back, until nothing changes.
    fn backward(&mut self, model: &Model, from: usize) {
        let mut after = self.stops.get(from + 1).copied();
        for (steps, stop) in self.stops[..=from].iter_mut().rev().enumerate() {
            let onward = |after: Stop| after.deadline - model.onward(stop.node)[usize::from(after.node)];
            let deadline = after.map_or(stop.latest, |after| stop.latest.min(onward(after)));
            let same = deadline == stop.deadline;
            stop.deadline = deadline;
            if same && steps > 0 {
                break;
            }
            after = Some(*stop);
        }
    }

    /// Without the visits that are not kept, nor those that cannot be reached without them.
    pub fn keep(&mut self, model: &Model, mut kept: impl FnMut(usize, u16) -> bool, mut lost: impl FnMut(u16)) {
        let end = self.stops[self.stops.len() - 1];
        let (mut count, mut before) = (1, self.stops[0]);
        for index in 1..self.stops.len() - 1 {
            let mut stop = self.stops[index];
            stop.arrives = before.begins + model.onward(before.node)[usize::from(stop.node)];
            stop.begins = stop.arrives.max(stop.earliest);
            if kept(index - 1, stop.node) && stop.begins <= stop.latest {
                self.stops[count] = stop;
                (count, before) = (count + 1, stop);
            } else {
                lost(stop.node);
            }
        }
        // Only where the way over a third place is shorter than the straight one.
        while count > 1 && before.begins + model.onward(before.node)[usize::from(end.node)] > end.latest {
            lost(before.node);
            count -= 1;
            before = self.stops[count - 1];
        }
        self.stops[count] = end;
        self.stops.truncate(count + 1);
        self.stops[count].begins = i32::MIN;
        self.forward(model, count);
        self.deadlines(model);
    }

    /// Other visits, which were once in a tour of this kind in this order.
    pub fn fill(&mut self, model: &Model, day: usize, visits: &[u16]) {
        let end = self.stops[self.stops.len() - 1];
        self.stops.truncate(1);
        for &visit in visits {
            let (earliest, latest) = model.window(day, visit);
            self.stops.push(Stop { node: visit, arrives: 0, begins: i32::MIN, deadline: 0, earliest, latest });
        }
        self.stops.push(Stop { begins: i32::MIN, ..end });
        self.forward(model, 1);
        self.deadlines(model);
    }

    fn deadlines(&mut self, model: &Model) {
        for index in (0..self.stops.len()).rev() {
            let deadline = match self.stops.get(index + 1) {
                Some(after) => after.deadline - model.onward(self.stops[index].node)[usize::from(after.node)],
                None => i32::MAX,
            };
            self.stops[index].deadline = deadline.min(self.stops[index].latest);
        }
    }
}
