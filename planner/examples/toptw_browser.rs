//! The solver in a browser, on published instances: what `cargo xtask bench toptw --browser` runs beside the native one.

#![cfg(target_arch = "wasm32")]

#[path = "../../domain/examples/toptw/instance.rs"]
#[allow(dead_code)]
mod instance;

use domain::trip::orienteering::Solver;
use instance::{Instance, Rounding};
use wasm_bindgen::prelude::wasm_bindgen;

/// An instance, solved a number of steps at a time.
#[wasm_bindgen]
pub struct Run(Solver);

#[wasm_bindgen]
impl Run {
    /// `text` is the instance's file; with `cordeau` travel times have two decimals, else one.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, cordeau: bool, tours: usize, seed: u32) -> Result<Self, String> {
        let rounding = if cordeau { Rounding::Cordeau } else { Rounding::Solomon };
        let problem = Instance::read(text, rounding).and_then(|instance| instance.problem(tours));
        Ok(Self(Solver::new(problem.map_err(|why| format!("{why:#}"))?, seed.into())))
    }

    pub fn step(&mut self, steps: u32) {
        self.0.step(steps.into());
    }

    pub fn score(&self) -> u32 {
        self.0.best().score as u32
    }

    /// Vertices of the tours, one after the other, each tour ended by a 0.
    pub fn tours(&self) -> Vec<u32> {
        let ended = |tour: &Vec<usize>| tour.iter().map(|visit| *visit as u32 + 1).chain([0]).collect::<Vec<_>>();
        self.0.best().tours.iter().flat_map(ended).collect()
    }
}
