//! An answer, and whether it is one.

use super::problem::Problem;
use crate::Fen;

/// Visits of each tour in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub tours: Vec<Vec<usize>>,
    pub score: u64,
    pub cost: Fen,
    /// Mandatory visits for which no room was found. The plan stands without them, but it is not what was asked for.
    pub missing: Vec<usize>,
}

/// When a visit is reached, and when it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub arrives: i32,
    pub begins: i32,
}

/// Why tours are no plan. Visits and tours are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("there are {0} tours instead of {1}")]
    Tours(usize, usize),
    #[error("there is no visit {0}")]
    Unknown(usize),
    #[error("visit {0} is there twice")]
    Twice(usize),
    #[error("visit {0} is closed in tour {1}")]
    Closed(usize, usize),
    #[error("visit {0} is reached too late in tour {1}")]
    Late(usize, usize),
    #[error("tour {0} ends too late")]
    End(usize),
    #[error("the visits cost {0}, the budget is {1}")]
    Budget(Fen, Fen),
}

impl Plan {
    /// From visits in order; checks everything that must hold.
    pub fn of(problem: &Problem, tours: Vec<Vec<usize>>) -> Result<Self, Broken> {
        if tours.len() != problem.tours().len() {
            return Err(Broken::Tours(tours.len(), problem.tours().len()));
        }
        let mut seen = vec![false; problem.visits().len()];
        for (index, tour) in tours.iter().enumerate() {
            problem.schedule(index, tour)?;
            for &visit in tour {
                if std::mem::replace(&mut seen[visit], true) {
                    return Err(Broken::Twice(visit));
                }
            }
        }
        let chosen = || problem.visits().iter().zip(&seen).filter(|(_, seen)| **seen).map(|(visit, _)| visit);
        let cost = Fen(chosen().map(|visit| visit.cost.0).sum());
        if let Some(budget) = problem.budget().filter(|budget| cost > *budget) {
            return Err(Broken::Budget(cost, budget));
        }
        let score = chosen().map(|visit| u64::from(visit.score)).sum();
        let missing = (0..seen.len()).filter(|visit| problem.visits()[*visit].mandatory && !seen[*visit]).collect();
        Ok(Self { tours, score, cost, missing })
    }
}
