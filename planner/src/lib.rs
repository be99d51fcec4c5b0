//! Choosing stops in a browser's worker: the first plan at once, better ones for as long as it is let.
//!
//! A wasm of its own: it is small, loaded when somebody begins to plan, and has vector instructions, which browsers know since 2021
//! (Safari since 2023). Where they do not the site chooses.

use domain::Lang;
use domain::trip::choose::{Chooser, Chosen, Task};
use domain::trip::clock::say_minutes;
use domain::trip::facts::PlaceFacts;
use domain::trip::travel::on_roads;
use domain::trip::voucher::Voucher;
use domain::trip::{Facts, World};
use serde_json::{Value, json};

/// Says every plan that is better than the ones before it, the first one at once: `{"objective":…,"days":…,"plan":…}`, where
/// `days` has, for each day, a list of `{"at":"09:30","name":…,"sample":false}`, and `plan` is the trip as JSON in a text, as the form
/// for a new trip takes it. Asks `go_on` every few hundredths of a second.
///
/// # Errors
/// Where the task cannot be read, for a programmer, or cannot be done, for whoever wished for it.
pub fn choose(task: &str, mut go_on: impl FnMut() -> bool, mut say: impl FnMut(String)) -> Result<(), String> {
    let Task { wish, listings, offers, roads } = serde_json::from_str(task).map_err(|why| format!("task: {why}"))?;
    let facts: Facts = listings.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
    let (travel, vouchers) = (on_roads(wish.transport, roads), offers.iter().filter_map(Voucher::of).collect::<Vec<_>>());
    let world = World { facts: &facts, travel: &travel };
    let tell = |objective: f64, chosen: Chosen| {
        let days = days(&chosen, &facts, wish.lang);
        let plan = serde_json::to_string(&chosen.noted(wish.lang)).unwrap_or_default();
        json!({ "objective": objective, "days": days, "plan": plan }).to_string()
    };
    let chooser = Chooser::new(&wish, &world, &vouchers);
    let mut chooser = chooser.map_err(|problem| problem.say(wish.lang).to_owned())?;
    let mut best = chooser.objective();
    say(tell(best, chooser.best()));
    while go_on() {
        let mut once = true;
        chooser.run(|| std::mem::take(&mut once));
        if chooser.objective() > best {
            best = chooser.objective();
            say(tell(best, chooser.best()));
        }
    }
    Ok(())
}

fn days(chosen: &Chosen, facts: &Facts, lang: Lang) -> Vec<Vec<Value>> {
    let days = chosen.trip.days.iter().zip(&chosen.report.days).map(|(day, times)| {
        let stops = day.visits.iter().zip(&times.stops).map(|(visit, over)| {
            let place = visit.at.locate(facts);
            json!({ "at": say_minutes(over.step.begin), "name": place.name.get(lang), "sample": place.sample })
        });
        stops.collect()
    });
    days.collect()
}

/// [`choose`] for a worker, for so many milliseconds; ending the worker ends it sooner.
#[cfg(target_arch = "wasm32")]
mod worker {
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen::{JsCast, JsValue};

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance, js_name = now)]
        fn clock() -> f64;

        type Said;
        #[wasm_bindgen(method, js_name = call)]
        fn call(this: &Said, nobody: &JsValue, said: &str);
    }

    #[wasm_bindgen]
    pub fn choose(task: &str, millis: f64, say: JsValue) -> Result<(), String> {
        let (until, say) = (clock() + millis, say.unchecked_into::<Said>());
        super::choose(task, || clock() < until, |said| say.call(&JsValue::NULL, &said))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::region::RegionCode;
    use domain::trip::travel::Roads;
    use domain::trip::{Party, Trip, Where, Wish};

    use super::*;

    fn task() -> String {
        let read =
            |name: &str| std::fs::read_to_string(format!("{}/../server/catalogue/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let near =
            |listing: &domain::listing::Listing| listing.region.as_ref().is_some_and(|code| code.as_str().starts_with("4331"));
        let listings = read("places.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).filter(near).collect();
        let party =
            Party { adults: 2, elders: 0, children: vec![], mobility: Default::default(), interests: vec![], rooms: None };
        let from = Where::Region(RegionCode::parse("433101").unwrap());
        let wish = Wish::new(NaiveDate::from_ymd_opt(2027, 5, 8).unwrap(), 2, from, party);
        serde_json::to_string(&Task { wish, listings, offers: vec![], roads: Roads::default() }).unwrap()
    }

    #[test]
    fn there_is_a_plan_before_anybody_is_asked_whether_to_go_on_and_each_is_better_than_the_last() {
        let mut said: Vec<serde_json::Value> = vec![];
        choose(&task(), || false, |text| said.push(serde_json::from_str(&text).unwrap())).unwrap();
        assert_eq!(said.len(), 1);
        let plan: Trip = serde_json::from_str(said[0]["plan"].as_str().unwrap()).unwrap();
        assert!(plan.days.len() == 2 && plan.visits().count() > 1 && plan.problems().is_empty());
        let shown: Vec<usize> = said[0]["days"].as_array().unwrap().iter().map(|day| day.as_array().unwrap().len()).collect();
        assert_eq!(shown, plan.days.iter().map(|day| day.visits.len()).collect::<Vec<_>>());
        assert!(said[0]["days"][0][0]["name"].as_str().is_some_and(|name| !name.is_empty()));

        let (mut rounds, mut values) = (0, vec![]);
        let go_on = || {
            rounds += 1;
            rounds <= 12
        };
        choose(&task(), go_on, |text| values.push(serde_json::from_str::<Value>(&text).unwrap()["objective"].as_f64().unwrap()))
            .unwrap();
        assert!(values.is_sorted_by(|a, b| a < b), "{values:?}");
        assert_eq!(rounds, 13, "asked after each round until told to stop");
    }

    #[test]
    fn a_task_that_cannot_be_read_is_no_plan() {
        assert!(choose("{}", || false, |_| panic!("nothing to say")).unwrap_err().starts_with("task: missing field"));
    }
}
