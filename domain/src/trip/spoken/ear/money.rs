//! How much was said.

use super::{Ear, Expected};
use crate::Fen;
use crate::search::numeral::Amount;
use crate::trip::spoken::tokens::Is;
use crate::trip::spoken::words::What;

#[derive(Debug, Clone, Copy)]
pub struct Money {
    fen: i64,
    /// For each of them.
    each: bool,
    /// 预算 was said before it.
    announced: bool,
    /// The tokens that say it.
    at: (usize, usize),
}

impl Ear<'_> {
    /// A number at `at` that may be an amount of money.
    pub(super) fn may_be_money(&self, at: usize) -> bool {
        self.plain_number(at).is_some()
            || matches!(self.is_at(at), Some(Is::Number(_))) && matches!(self.unit(at), Some((What::Yuan, _)))
    }

    pub(super) fn money_ends_at(&self, at: usize) -> bool {
        self.money.is_some_and(|money| money.at.1 + 1 == at)
    }

    /// The first amount is the budget, unless a later one is announced as it.
    pub(super) fn pay(&mut self, number: Amount, at: (usize, usize)) -> bool {
        let announced = self.expected == Some(Expected::Money);
        self.expected = self.expected.filter(|expected| *expected != Expected::Money);
        let money = Money { fen: number.hundredths, each: std::mem::take(&mut self.each), announced, at };
        if !(1..=Fen::MOST.0).contains(&money.fen) {
            return false;
        }
        match self.money {
            Some(known) if known.announced || !announced => return false,
            Some(known) => self.miss(known.at),
            None => {}
        }
        self.money = Some(money);
        true
    }

    /// 每人 at `at`: of the amount that follows, or else of the one that was heard.
    pub(super) fn each(&mut self, at: usize) {
        let follows = self.may_be_money(self.behind(at + 1));
        match &mut self.money {
            Some(money) if !follows => money.each = true,
            _ => (self.each, self.expected) = (true, Some(Expected::Money)),
        }
    }

    pub(super) fn sum_up_money(&mut self) {
        let Some(money) = self.money else { return };
        let people = [self.heard.adults, self.heard.elders, Some(self.heard.children)].into_iter().flatten().sum::<u32>();
        let times = if money.each { i64::from(people.max(1)) } else { 1 };
        self.heard.budget = Some(Fen(money.fen.saturating_mul(times))).filter(|fen| *fen <= Fen::MOST);
        if self.heard.budget.is_none() {
            self.miss(money.at);
        }
    }
}
