//! Trips, by people without script and without an account.

#[path = "trips/conflicts.rs"]
mod conflicts;
#[path = "trips/guards.rs"]
mod guards;
#[path = "trips/late.rs"]
mod late;
#[path = "trips/money.rs"]
mod money;
#[path = "trips/opening.rs"]
mod opening;
#[path = "trips/packs.rs"]
mod packs;
#[path = "trips/plans.rs"]
mod plans;
#[path = "trips/roads.rs"]
mod roads;
#[path = "trips/said.rs"]
mod said;
#[path = "trips/sent.rs"]
mod sent;
#[path = "trips/slips.rs"]
mod slips;
#[path = "trips/tasks.rs"]
mod tasks;
#[path = "trips/wanted.rs"]
mod wanted;

use acceptance::{Page, Site, Visitor};
use chrono::{Days, NaiveDate, Utc};

const ROUTE: &str = "zuimei-dongxiang";

/// A browser of somebody who plans: it keeps the cookie it is given and goes where it is sent.
struct Browser {
    visitor: Visitor,
    cookie: Option<String>,
}

impl Browser {
    fn new() -> Self {
        Self { visitor: Site::shared().visitor(), cookie: None }
    }

    fn visitor(&self) -> Visitor {
        match &self.cookie {
            Some(cookie) => self.visitor.clone().with("cookie", cookie),
            None => self.visitor.clone(),
        }
    }

    async fn get(&self, path: &str) -> Page {
        self.visitor().get(path).await
    }

    async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Page {
        let page = self.visitor().post(path, fields).await;
        if let Some((cookie, _)) = page.header("set-cookie").split_once(';') {
            self.cookie = Some(cookie.to_owned());
        }
        page
    }

    /// Fills some fields of a form in and presses a button.
    async fn send(&mut self, page: &Page, form: &str, filled: &[(&str, &str)]) -> Page {
        let (action, mut fields) = page.form(form).unwrap_or_else(|| panic!("no form {form} in “{}”", page.text("h1")));
        for (name, value) in filled {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.post(&action, &fields).await
    }

    /// As [`Browser::send`], to where the answer leads.
    async fn send_and_follow(&mut self, page: &Page, form: &str, filled: &[(&str, &str)]) -> Page {
        let answer = self.send(page, form, filled).await;
        assert_eq!(answer.status, 303, "{}", answer.texts(".notice").join("\n"));
        self.get(answer.header("location").split('#').next().unwrap()).await
    }

    /// Follows a link of a page.
    async fn open(&self, page: &Page, link: &str) -> Page {
        let address = page.attribute(link, "href");
        assert_ne!(address, "", "no link {link}");
        self.get(address.split('#').next().unwrap()).await
    }

    /// Presses a button that is an edit by itself.
    async fn press(&mut self, page: &Page, button: &str) -> Page {
        let edit = page.attribute(button, "value");
        assert_ne!(edit, "", "no button {button}");
        self.send_and_follow(page, ".trip__undo", &[("edit", &edit)]).await
    }

    /// Its address, and the page of a new trip along the route.
    async fn follow_route(&mut self) -> (String, Page) {
        let form = self.get(&format!("/trips/new?route={ROUTE}")).await;
        let made = self.send(&form, ".form", &[("starts", &a_saturday().to_string())]).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let address = made.header("location").to_owned();
        let page = self.get(&address).await;
        (address, page)
    }
}

/// Some weeks ahead, so that it is never in the past.
fn a_saturday() -> NaiveDate {
    use chrono::Datelike;
    let soon = domain::time::day_of(Utc::now()) + Days::new(60);
    soon + Days::new(u64::from(5 + 7 - soon.weekday().num_days_from_monday()) % 7)
}

fn names(page: &Page) -> Vec<Vec<String>> {
    let days = page.texts(".trip__day > h2").len();
    (1..=days).map(|day| page.texts(&format!("#day-{day} .trip__name"))).collect()
}
