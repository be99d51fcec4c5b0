//! Putting visits in until no more fit: always the one with the most score, squared, for the delay that it brings, with some
//! chance in it. (The measure is that of Vansteenwegen and others, 2009.)

use super::chance::Chance;
use super::model::Model;
use super::route::{NO_ROOM, Room};
use super::state::{NOWHERE, State};

/// How much chance there is in the measure: at most this part of it, half up and half down.
const NOISE: f32 = 0.8;
/// How often the time for which the visitor would wait counts in full, by half, not at all; as [`Room`] has it.
const PATIENCE: [u32; 3] = [31, 1, 0];
/// With fewer visits left than this each is looked at by itself.
const FEW: usize = 16;
/// What money counts beside time, when there is not enough of it: parts of the time in which the budget would be spent evenly.
const THRIFT: [f32; 4] = [0.0, 0.3, 1.0, 3.0];

/// What the work needs, kept from one time to the next to spare allocations.
#[derive(Debug)]
pub struct Recreation {
    rooms: Vec<Room>,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    visit: u16,
    tour: u16,
    delay: i32,
    weight: f32,
    /// What its price adds to the delay.
    burden: f32,
    measure: f32,
}

impl Candidate {
    fn measured(mut self) -> Self {
        self.measure = self.weight / (self.burden + self.delay.max(0) as f32);
        self
    }
}

impl Recreation {
    pub fn new(model: &Model) -> Self {
        Self { rooms: vec![Room::none(model); model.tours.len()], candidates: Vec::new() }
    }

    /// Fills the tours. In those that were not touched only what was `lost` is tried: nothing else fitted there before. With
    /// `everywhere` all is tried.
    pub fn recreate(&mut self, model: &Model, chance: &mut Chance, state: &mut State, lost: &[u16], everywhere: bool) {
        let patience = PATIENCE[chance.below(PATIENCE.len())];
        for (tour, room) in self.rooms.iter_mut().enumerate() {
            let (route, day) = (&state.routes[tour], model.tours[tour].day);
            if everywhere || state.touched & (1 << tour) != 0 {
                route.room(model, day, patience, room);
            } else {
                room.clear();
                for &visit in lost {
                    route.room_for(model, day, patience, visit, room);
                }
            }
        }
        self.gather(model, chance, state);
        while let Some(Candidate { visit, tour, .. }) = self.take_best() {
            if state.cost + model.cost[usize::from(visit)] > model.budget {
                continue;
            }
            let tour = usize::from(tour);
            state.insert(model, tour, visit, self.rooms[tour].place(usize::from(visit)));
            self.refresh(model, state, tour, patience);
        }
    }

    fn gather(&mut self, model: &Model, chance: &mut Chance, state: &State) {
        let thrift = if model.priced { model.time_per_fen * THRIFT[chance.below(THRIFT.len())] } else { 0.0 };
        self.candidates.clear();
        for &visit in &model.wanted {
            let index = usize::from(visit);
            if state.home[index] != NOWHERE {
                continue;
            }
            if let Some((delay, tour)) = least(&self.rooms, index) {
                let weight = model.weight[index] * (1.0 + NOISE * (chance.unit32() - 0.5));
                let burden = model.base + thrift * model.cost[index] as f32;
                self.candidates.push(Candidate { visit, tour, delay, weight, burden, measure: 0.0 }.measured());
            }
        }
    }

    fn take_best(&mut self) -> Option<Candidate> {
        let (mut most, mut best) = (f32::NEG_INFINITY, None);
        for (index, candidate) in self.candidates.iter().enumerate() {
            if candidate.measure > most {
                (most, best) = (candidate.measure, Some(index));
            }
        }
        best.map(|index| self.candidates.swap_remove(index))
    }

    /// After a tour has changed.
    fn refresh(&mut self, model: &Model, state: &State, tour: usize, patience: u32) {
        let Self { rooms, candidates } = self;
        let (route, day) = (&state.routes[tour], model.tours[tour].day);
        if candidates.len() >= FEW {
            route.room(model, day, patience, &mut rooms[tour]);
        } else {
            for candidate in &*candidates {
                route.room_for(model, day, patience, candidate.visit, &mut rooms[tour]);
            }
        }
        candidates.retain_mut(|candidate| {
            let visit = usize::from(candidate.visit);
            let delay = rooms[tour].delay(visit);
            if delay < candidate.delay {
                (candidate.delay, candidate.tour) = (delay, tour as u16);
            } else if usize::from(candidate.tour) == tour {
                let Some(least) = least(rooms, visit) else { return false };
                (candidate.delay, candidate.tour) = least;
            } else {
                return true;
            }
            *candidate = candidate.measured();
            true
        });
    }
}

/// The tour that is delayed least.
#[inline]
fn least(rooms: &[Room], visit: usize) -> Option<(i32, u16)> {
    let (mut least, mut tour) = (NO_ROOM, 0);
    for (index, room) in rooms.iter().enumerate() {
        let delay = room.delay(visit);
        if delay < least {
            (least, tour) = (delay, index as u16);
        }
    }
    (least != NO_ROOM).then_some((least, tour))
}
