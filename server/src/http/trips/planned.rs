//! The trip that the form for a new one asks for.

use app::trips::change::beside_field;
use app::trips::form::{Reader, Typed};
use app::trips::{listings_of, plan, wishes};
use app::views::NewTripPage;
use domain::listing::{Kind, Listing};
use domain::region::RegionCode;
use domain::time::{Timestamp, day_of};
use domain::trip::adapt::from_route;
use domain::trip::choose::{Fixed, Guide, night_for};
use domain::trip::plan::{LONGEST_TITLE, MOST_DAYS};
use domain::trip::{Day, Facts, Pace, PlaceFacts, Transport, Trip, Where, Wish};
use domain::{Lang, Problem};

use super::Refusal;
use crate::services::trips::{self, Choice, Wanted, arranged, chosen, wanted};
use crate::state::App;

/// What a browser has chosen, as far as it can be used: days of so many as were asked for.
fn chosen_there(typed: &Typed, wish: &Wish) -> Option<Trip> {
    let plan: Trip = serde_json::from_str(typed.get("plan")).ok()?;
    let fits = plan.days.len() == wish.days && plan.problems().is_empty();
    fits.then(|| Trip { days: plan.days, ..Trip::new(plan.title, wish.starts, wish.party.clone()) })
}

/// The trip a form asks for, with what its page says of it at first (a query); or everything that is wrong with the form. With `hand_out`
/// stops are not chosen: the wish is handed out.
pub async fn new_trip(
    app: &App,
    typed: &Typed,
    page: &NewTripPage,
    lang: Lang,
    now: Timestamp,
    hand_out: Option<&mut Option<Wish>>,
) -> Result<Result<(Trip, String), Vec<Problem>>, Refusal> {
    let mut reader = Reader::new(typed);
    let starts = reader.date("starts");
    reader.problems.extend(starts.and_then(|date| wishes::past(date, day_of(now))));
    let near = page.route.as_ref().filter(|_| typed.has("near"));
    let follows = page.route.as_ref().filter(|_| near.is_none());
    let days = if follows.is_some() { Some(1) } else { reader.needed_number("days") };
    if let Some(days) = days.filter(|days| *days == 0 || *days as usize > MOST_DAYS) {
        let (zh, en) = (format!("{days}天不行，行程是1到{MOST_DAYS}天"), format!("a trip has 1 to {MOST_DAYS} days, not {days}"));
        reader.problems.push(Problem::new("days", "out_of_range", zh, en));
    }
    let party = wishes::party(&mut reader, typed);
    let start = reader.region("start");
    let transport = reader.word("transport", Transport::parse);
    let budget = reader.yuan("budget");
    let group = wishes::group(&mut reader, typed);
    let pace = if typed.has("pace") { reader.word("pace", Pace::parse) } else { Some(Pace::Steady) };
    let chooses = near.is_some() || (typed.has("choose") && page.route.is_none());
    let samples = typed.has("samples") && app.config.shows_samples;
    let to = if page.route.is_none() { typed.get("to") } else { "" };
    let goals = wanted(app, to, samples, day_of(now)).await?.unwrap_or_else(|problem| {
        reader.problems.push(problem);
        Wanted::default()
    });
    if !chooses && !goals.regions.is_empty() {
        let (zh, en) = (
            "去整个县市，要勾上“替我选好每天去哪儿”；不勾的话写具体的景点",
            "to go to a whole county, have the stops chosen for you; otherwise name places in it",
        );
        reader.problems.push(Problem::new("to", "not_chosen", zh, en));
    }
    if chooses && !typed.has("start") {
        let (zh, en) = ("选好从哪里出发，才能替你选去处", "stops can be chosen once it is known where you start from");
        reader.problems.push(Problem::new("start", "missing", zh, en));
    }
    let mut problems = reader.problems;
    let (Some(starts), Some(days), Some(party), Some(transport), Some(pace)) = (starts, days, party, transport, pace) else {
        return Ok(Err(problems));
    };
    let along = match follows {
        Some(route) => from_route(route, &facts_along(app, route).await?, starts, party.clone()).map(|trip| {
            // A name is the traveller's, in the traveller's language.
            let title = route.title.get(lang).chars().take(LONGEST_TITLE).collect();
            Trip { title, ..trip }
        }),
        None => None,
    };
    let days = (days as usize).min(MOST_DAYS);
    let title = title(lang, days, &goals, start.as_ref());
    let mut blank = Trip::new(title.clone(), starts, party.clone());
    blank.days = vec![Day::empty(); days];
    (blank.transport, blank.budget, blank.group, blank.pace) = (transport, budget, group, pace);
    // Before anybody chooses for a thousand children.
    add_problems(&mut problems, &blank);
    let (beds, mut stops): (Vec<_>, Vec<_>) = page.add.iter().partition(|listing| listing.kind() == Kind::Stay);
    stops.extend(goals.places.iter().filter(|goal| page.add.iter().all(|listing| listing.id != goal.id)));
    // Who brings several stops has chosen them: they are laid out, and others come only where that is asked for.
    let laid_out = !chooses && stops.len() > 1 && page.route.is_none();
    let from = start.clone().or_else(|| stops.first().filter(|_| laid_out).and_then(|listing| listing.region.clone()));
    let mut remarks = String::new();
    let chosen = match from.filter(|_| (chooses || laid_out) && problems.is_empty()) {
        Some(from) => {
            let fixed = stops.iter().map(|listing| Fixed::at(Where::Listing(listing.id.clone()))).collect();
            let from = Where::Region(from);
            // Who has not said where they come from is not taken back there.
            let returns = start.is_some();
            let route = match near {
                Some(route) => Guide::of(route, &facts_along(app, route).await?),
                None => None,
            };
            let wish = Wish::new(starts, days, from, party.clone());
            let around = goals.regions.clone();
            let wish = Wish { fixed, around, budget, lang, transport, pace, samples, route, returns, ..wish };
            let there = chosen_there(typed, &wish).filter(|_| chooses);
            let plain = |trip: Trip| Ok(Choice { trip, remarks: String::new() });
            let found = match (hand_out.filter(|_| chooses), there) {
                (Some(out), _) => {
                    *out = Some(wish.clone());
                    plain(blank.clone())
                }
                (None, Some(trip)) => plain(trip),
                (None, None) if laid_out => arranged(app, wish, now).await?,
                (None, None) => chosen(app, wish, typed.get("avoid"), now).await?,
            };
            match found {
                Ok(choice) => {
                    remarks = with_missed(choice.remarks, &missed(app, &goals, &choice.trip).await?);
                    Some(Trip { title: title.clone(), ..choice.trip })
                }
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            }
        }
        None => None,
    };
    let placed = chosen.is_some();
    let mut trip = along.or(chosen).unwrap_or_else(|| blank.clone());
    (trip.transport, trip.budget, trip.group, trip.pace) = (transport, budget, blank.group, pace);
    if let (Some(code), Some(first)) = (start, trip.days.first_mut()) {
        first.start = Some(Where::Region(code));
    }
    for (index, listing) in stops.iter().filter(|_| !placed).enumerate() {
        match trip.apply(&wishes::add(listing, index % trip.days.len().max(1), &trip)) {
            Ok(applied) => trip = applied.trip,
            Err(problem) => problems.push(problem),
        }
    }
    let facts: Facts = page.add.iter().map(|listing| (listing.id.clone(), PlaceFacts::of(listing))).collect();
    let mut nights = Vec::new();
    for bed in &beds {
        let Some(night) = night_for(&trip, &Where::Listing(bed.id.clone()), &facts, &nights) else {
            let (beds, days) = (beds.len(), beds.len() + 1);
            let (zh, en) = (
                format!("选了{beds}处住宿，要有{days}天才住得过来；把天数改成{days}，或者少选几处"),
                format!("{beds} places to sleep need {days} days; make it {days} days, or choose fewer of them"),
            );
            problems.push(Problem::new("days", "too_few", zh, en));
            break;
        };
        nights.push(night);
        match trip.apply(&wishes::add(bed, night, &trip)) {
            Ok(applied) => trip = applied.trip,
            Err(problem) => problems.push(problem),
        }
    }
    let facts = trips::facts_of(app, &listings_of(&trip)).await?;
    let gone = trip.places().filter_map(|place| match place {
        Where::Listing(id) if !facts.contains_key(id) => {
            Some(Problem::new("add", "vanished", "有一站已不在目录里", "a stop is no longer in the catalogue"))
        }
        _ => None,
    });
    problems.extend(gone.take(1));
    add_problems(&mut problems, &trip);
    Ok(if problems.is_empty() { Ok((trip, remarks)) } else { Err(problems) })
}

fn add_problems(problems: &mut Vec<Problem>, trip: &Trip) {
    for problem in trip.problems() {
        // What the form has said of a field is not said again.
        let problem = beside_field(problem);
        if !problems.iter().any(|known| known.field == problem.field) {
            problems.push(problem);
        }
    }
}

async fn facts_along(app: &App, route: &Listing) -> Result<Facts, Refusal> {
    Ok(trips::facts_of(app, &plan::stops_of(route)).await?)
}

/// What the trip is called at first.
fn title(lang: Lang, days: usize, goals: &Wanted, start: Option<&RegionCode>) -> String {
    let goal = goals.name(lang);
    let start = start.and_then(|code| code.region()).map_or(lang.pick("湖南", "Hunan"), |region| region.name.get(lang));
    let title = match (goal.is_empty(), days) {
        (true, 1) => lang.pick(format!("{start}1日行程"), format!("A day from {start}")),
        (true, _) => lang.pick(format!("{start}{days}日行程"), format!("{days} days from {start}")),
        (false, 1) => lang.pick(format!("{goal}1日行程"), format!("A day in {goal}")),
        (false, _) => lang.pick(format!("{goal}{days}日行程"), format!("{days} days in {goal}")),
    };
    title.chars().take(LONGEST_TITLE).collect()
}

/// Counties and prefectures that were asked for and in which the trip stops nowhere.
async fn missed(app: &App, goals: &Wanted, trip: &Trip) -> Result<Vec<RegionCode>, Refusal> {
    if goals.regions.is_empty() {
        return Ok(vec![]);
    }
    let facts = trips::facts_of(app, &listings_of(trip)).await?;
    let is_in = |place: &Where, area: &RegionCode| match place {
        Where::Listing(id) => facts.get(id).and_then(|it| it.region.as_ref()).is_some_and(|here| here.lies_in(area)),
        Where::Region(code) => code.lies_in(area),
        Where::Own(_) => false,
    };
    let missed = goals.regions.iter().filter(|area| !trip.visits().any(|visit| is_in(&visit.at, area)));
    Ok(missed.cloned().collect())
}

/// For the address of the new trip, beside what is said there already.
fn with_missed(remarks: String, missed: &[RegionCode]) -> String {
    if missed.is_empty() {
        return remarks;
    }
    let missed: Vec<&str> = missed.iter().map(RegionCode::as_str).collect();
    let joined = if remarks.is_empty() { '?' } else { '&' };
    format!("{remarks}{joined}missed={}", missed.join(","))
}
