//! Ways between all that matters, asked for once.

use super::super::plan::Transport;
use super::super::timeline::World;
use super::super::travel::{KnownFrom, Leg, Spot};

/// Where the trip begins; where it ends if nobody minds; then the beds, then the candidates.
pub(super) const HOME: usize = 0;
pub(super) const ANYWHERE: usize = 1;
pub(super) const FIRST_BED: usize = 2;

/// Stops farther apart are not visited one after the other: a bed lies between them.
const SAME_DAY_KM: f64 = 90.0;

const NO_WAY: Leg = Leg { minutes: 0, km: 0, mountain: false, known_from: KnownFrom::Estimate };

pub(super) struct Legs {
    nodes: usize,
    transport: Transport,
    /// None where nobody will go, or nobody can say how.
    legs: Vec<Option<Leg>>,
}

impl Legs {
    /// The way back is taken to be as long: a plan is judged by the ways as they are.
    pub fn between(spots: &[Option<Spot>], beds: usize, transport: Transport, world: &World) -> Self {
        let nodes = spots.len();
        let mut legs = vec![Some(NO_WAY); nodes * nodes];
        for a in 0..nodes {
            for b in a + 1..nodes {
                // What has no position takes no time, and the trip says that nobody knows.
                let Some((from, to)) = spots[a].as_ref().zip(spots[b].as_ref()) else { continue };
                let stops = a >= FIRST_BED + beds;
                let far = stops && from.point.km_to(to.point) > SAME_DAY_KM;
                let leg = if far { None } else { (world.travel)(from, to) };
                legs[a * nodes + b] = leg;
                legs[b * nodes + a] = leg;
            }
        }
        Self { nodes, transport, legs }
    }

    pub fn leg(&self, from: usize, to: usize) -> Option<Leg> {
        self.legs[from * self.nodes + to]
    }

    /// With a margin: for the wrong turn, the fuel, the photograph; trains and buses do not leave when one comes.
    pub fn minutes(&self, from: usize, to: usize) -> Option<i32> {
        let leg = self.leg(from, to)?;
        let (share, wait) = if self.transport == Transport::Transit { (1.2, 10) } else { (1.1, 3) };
        Some(if leg.minutes == 0 { 0 } else { (f64::from(leg.minutes) * share).ceil() as i32 + wait })
    }
}
