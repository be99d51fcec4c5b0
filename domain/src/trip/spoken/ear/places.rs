//! Where one leaves from and where one wants to go.

use super::{Ear, Way};
use crate::region::RegionCode;
use crate::trip::spoken::Goal;
use crate::trip::spoken::tokens::Is;
use crate::trip::spoken::words::What;

impl Ear<'_> {
    /// A name stands at `at`.
    pub(super) fn goal(&mut self, goal: Goal, at: usize) {
        self.settle_place();
        self.named_at = Some(at);
        let (way, refused) = (self.way, self.refused.or(self.not));
        self.follows();
        if let Some(from) = refused {
            self.miss((from, at));
            // 不去张家界、凤凰: the list goes on.
            self.refused = Some(at);
            return;
        }
        match (way, goal) {
            (Some(Way::From), Goal::Region { code, .. }) => self.leave_from(code),
            (Some(Way::Back), Goal::Region { code, .. }) => _ = self.heard.from.get_or_insert(code),
            // One starts from a town.
            (Some(Way::From | Way::Back), Goal::Place(_)) => self.missed[at] = true,
            (None, goal @ Goal::Region { .. }) => self.place = Some(goal),
            (_, goal) => self.go_to(goal),
        }
    }

    /// 去 at `at`: 长沙到张家界 is from one to the other, 张家界三到四天 is not.
    pub(super) fn to(&mut self, at: usize) {
        self.refused = self.not;
        self.way = Some(Way::To);
        let next = (at + 1..self.tokens.len()).find(|at| !self.is_small(*at)).and_then(|at| self.is_at(at));
        if !matches!(next, Some(Is::Region(_) | Is::Place(_))) || self.not.is_some() {
            return;
        }
        match (self.place.take(), &self.heard.from) {
            (Some(Goal::Region { code, .. }), None) => self.heard.from = Some(code),
            (place, _) => place.into_iter().for_each(|place| self.go_to(place)),
        }
    }

    fn is_small(&self, at: usize) -> bool {
        matches!(self.is_at(at), Some(Is::Filler | Is::Word(What::Small)))
    }

    /// Whether a name stands before the token at `at`, with nothing but small words between.
    pub(super) fn is_named_before(&self, at: usize) -> bool {
        self.named_at.is_some_and(|named| (named + 1..at).all(|between| self.is_small(between)))
    }

    /// 出发: from the region that was named.
    pub(super) fn leave(&mut self) {
        if let Some(Goal::Region { code, .. }) = self.place.take() {
            self.leave_from(code);
        }
    }

    /// Where one was thought to leave from before is somewhere to go.
    fn leave_from(&mut self, code: RegionCode) {
        let before = self.heard.from.replace(code);
        if let Some((code, name)) = before.and_then(|code| code.region().map(|region| (code, region.name.zh.clone()))) {
            self.go_to(Goal::Region { code, said: name });
        }
    }

    /// Of the region that was named nobody said that one leaves from there.
    pub(super) fn settle_place(&mut self) {
        if let Some(place) = self.place.take() {
            self.go_to(place);
        }
    }

    fn go_to(&mut self, goal: Goal) {
        let same = |known: &Goal| match (known, &goal) {
            (Goal::Region { code: a, .. }, Goal::Region { code: b, .. }) => a == b,
            (a, b) => a == b,
        };
        if !self.heard.to.iter().any(same) {
            self.heard.to.push(goal);
        }
    }

    /// Where one comes from is no goal, though one goes back there.
    pub(super) fn sum_up_places(&mut self) {
        let home = self.heard.from.clone();
        self.heard.to.retain(|goal| !matches!(goal, Goal::Region { code, .. } if Some(code) == home.as_ref()));
    }
}
