//! Taking visits out: strings of them around one place, of at most one string in a tour.
//!
//! After the "slack induction by string removals" of Christiaens and Vanden Berghe (2020). The middle of the place may be a visit
//! that is in no tour, which makes room just where it would be wanted.

use super::chance::Chance;
use super::model::Model;
use super::state::{NOWHERE, State};

/// How many visits go on average, if tours are long enough.
const REMOVED: f64 = 10.0;
/// The longest string.
const LONGEST: f64 = 10.0;
/// How often a string keeps a piece in its middle, and how often that piece is longer by one more.
const SPLIT: f64 = 0.5;
/// How often a visit that is in no tour may be the middle, when chance falls on it.
const OUTSIDE: f64 = 0.5;

/// `lost` tells which visits have gone.
pub fn ruin(model: &Model, chance: &mut Chance, state: &mut State, lost: &mut Vec<u16>) {
    lost.clear();
    let middle = loop {
        let middle = usize::from(model.wanted[chance.below(model.wanted.len())]);
        if state.home[middle] != NOWHERE || chance.unit() < OUTSIDE {
            break middle;
        }
    };
    let routed: usize = state.routes.iter().map(|route| route.len()).sum();
    let longest = LONGEST.min(routed as f64 / state.routes.len() as f64).max(1.0);
    let most = (4.0 * REMOVED / (1.0 + longest) - 1.0).max(1.0);
    let mut strings = (chance.unit() * most + 1.0) as usize;
    for &near in model.near(middle) {
        let tour = state.home[usize::from(near)];
        if tour == NOWHERE || state.touched & (1 << tour) != 0 {
            continue;
        }
        cut(model, chance, state, usize::from(tour), near, longest, lost);
        strings -= 1;
        if strings == 0 {
            break;
        }
    }
}

/// Takes a string with `around` in it, or just beside the piece that stays.
fn cut(model: &Model, chance: &mut Chance, state: &mut State, tour: usize, around: u16, longest: f64, lost: &mut Vec<u16>) {
    let length = state.routes[tour].len();
    let taken = ((chance.unit() * longest.min(length as f64)) as usize + 1).min(length);
    let mut stays = 0;
    if taken > 1 && taken < length && chance.unit() < SPLIT {
        stays = 1;
        while taken + stays < length && chance.unit() < SPLIT {
            stays += 1;
        }
    }
    let whole = taken + stays;
    let at = state.routes[tour].visits().position(|visit| visit == around).unwrap_or(0);
    let from = at.saturating_sub(whole - 1);
    let start = from + chance.below(at.min(length - whole) - from + 1);
    let island = if stays > 0 { start + 1 + chance.below(taken - 1) } else { start + whole };
    let kept = |index: usize, _| {
        let inside = (start..start + whole).contains(&index);
        !inside || (island..island + stays).contains(&index)
    };
    state.keep(model, tour, kept, lost);
}
