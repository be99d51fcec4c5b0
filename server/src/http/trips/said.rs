//! A form for a new trip that is filled in before anybody has typed into it: from a sentence, or for an organisation's occasion.

use app::trips::form::Typed;
use app::views::{GroupTripsPage, NewTripPage, Said};
use axum::extract::State;
use axum::response::Response;
use chrono::{NaiveDate, Utc};
use domain::Lang;
use domain::listing::{Kind, Tag};
use domain::search::Query;
use domain::time::day_of;
use domain::trip::plan::Occasion;
use domain::trip::spoken::{self, Goal};

use super::{Server, finish, html};
use crate::http::visitor::Visitor;
use crate::search::fold;
use crate::services::search::shelf;
use crate::state::App;

/// Routes for an occasion.
const ROUTES: u32 = 6;

/// Fills the form of `page` with what the address says: `say` is a sentence, `occasion` what an organisation travels for.
pub fn fill(app: &App, page: &mut NewTripPage, typed: &Typed, (lang, today): (Lang, NaiveDate)) {
    if let Some(occasion) = Occasion::parse(typed.get("occasion")) {
        page.filled = for_occasion(occasion);
    }
    if typed.has("say") {
        let said = typed.get("say");
        let sentence: String = said.chars().take(spoken::LONGEST).collect();
        let cut = sentence.len() < said.len();
        let index = app.keeper.index();
        let places = index.names(&[Kind::Place]);
        let is_place = |name: &str| !places(name).is_empty();
        let heard = spoken::read(&fold(&sentence), today, &is_place);
        let (unheard, ageless) = (heard.unheard.clone(), heard.ageless());
        page.said = Some(Said { sentence, cut, heard: !heard.is_empty(), unheard, ageless });
        page.filled.extend(as_fields(&heard, lang, &is_place));
    }
}

fn for_occasion(occasion: Occasion) -> Vec<(String, String)> {
    let preset = occasion.preset();
    let mut fields = vec![
        ("occasion", occasion.code().to_owned()),
        ("adults", preset.adults.to_string()),
        ("transport", preset.transport.code().to_owned()),
    ];
    if preset.guide_needed {
        fields.push(("guide_needed", "yes".to_owned()));
    }
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn as_fields(heard: &spoken::Spoken, lang: Lang, is_place: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    let mut add = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    add("days", heard.days.map(|days| days.to_string()));
    add("starts", heard.starts.map(|day| day.to_string()));
    // Who names only grandparents travels with them.
    let others = heard.elders.is_some() || heard.children > 0;
    add("adults", heard.adults.or(others.then_some(1)).map(|adults| adults.to_string()));
    add("elders", heard.elders.map(|elders| elders.to_string()));
    let ages: Vec<String> = heard.ages.iter().map(u32::to_string).collect();
    add("children", (!ages.is_empty()).then(|| ages.join("、")));
    add("start", heard.from.as_ref().map(|code| code.to_string()));
    let goals = heard.to.iter().filter_map(|goal| match goal {
        // What else goes by that name is for the form to tell.
        Goal::Region { said, .. } if is_place(said) => Some(said.clone()),
        Goal::Region { code, .. } => code.region().map(|region| region.name.get(lang).to_owned()),
        Goal::Place(name) => Some(name.clone()),
    });
    let goals: Vec<String> = goals.collect();
    add("to", (!goals.is_empty()).then(|| goals.join(lang.pick("、", ", "))));
    add("transport", heard.transport.map(|transport| transport.code().to_owned()));
    add("budget", heard.budget.map(|fen| fen.to_string().replace('¥', "")));
    add("mobility", heard.mobility.map(|mobility| mobility.code().to_owned()));
    add("pace", heard.pace.map(|pace| pace.code().to_owned()));
    for tag in &heard.interests {
        add("interests", Some(Tag::code(*tag).to_owned()));
    }
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `/trips/groups`.
pub async fn groups(State(app): Server, visitor: Visitor) -> Response {
    let visitor = visitor.bare();
    let answer = async {
        let today = day_of(Utc::now());
        let mut occasions = Vec::new();
        for occasion in Occasion::ALL.iter().copied() {
            let about = occasion.preset().about;
            let routes = if about.is_empty() {
                vec![]
            } else {
                let query = Query {
                    kinds: vec![Kind::Route],
                    tags: about.to_vec(),
                    per_page: ROUTES,
                    lang: visitor.lang,
                    ..Query::default()
                };
                shelf(&app, &query, today).await?.1.into_iter().map(|card| card.listing).collect()
            };
            occasions.push((occasion, routes));
        }
        Ok(html(&visitor, app::pages::trip::groups::render(&visitor.chrome(&app), &GroupTripsPage { occasions })))
    };
    finish(&app, &visitor, answer.await)
}
