//! Nothing of a trip is kept, indexed or open to other sites.

use super::*;

#[tokio::test]
async fn no_answer_about_trips_is_kept_or_indexed() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let page = browser.send_and_follow(&page, "#sharing .form", &[]).await;
    let link = page.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let mut paths = vec!["/trips".to_owned(), "/trips/new".into(), "/en/trips/new".into(), "/trips/add?listing=pl-001".into()];
    paths.extend(["", "/print", "/trip.gpx", "/trip.pdf"].map(|rest| format!("{address}{rest}")));
    paths.extend(["", "/print", "/trip.kml"].map(|rest| format!("{link}{rest}")));
    for path in paths {
        let page = browser.get(&path).await;
        assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
        assert_eq!((page.header("x-robots-tag"), page.header("etag")), ("noindex", ""), "{path}");
    }
}

#[tokio::test]
async fn the_secret_is_for_the_server_alone() {
    let browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let (action, mut fields) = form.form(".form").unwrap();
    fields.retain(|(name, _)| name != "choose");
    let made = browser.visitor().post(&action, &fields).await;
    let cookie = made.header("set-cookie").to_owned();
    assert!(cookie.starts_with("trips=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "not behind TLS");
    let secret = cookie.trim_start_matches("trips=").split(';').next().unwrap();
    let mine = browser.visitor().with("cookie", &format!("trips={secret}")).get(made.header("location")).await;
    assert_eq!(mine.status, 200);
    assert!(!mine.body.contains(secret), "the page does not say it");

    let behind_tls = Site::start(|config| config.base_url = "https://you.test".into()).await;
    let made = behind_tls.visitor().post("/trips/new", &fields).await;
    assert!(made.header("set-cookie").ends_with("; Secure"), "{}", made.header("set-cookie"));
}

#[tokio::test]
async fn forms_of_other_sites_do_nothing() {
    let mut browser = Browser::new();
    let (address, page) = browser.follow_route().await;
    let (action, mut fields) = page.form(".trip__undo").unwrap();
    fields.push(("edit".into(), r#"{"edit":"remove_visit","visit":1}"#.into()));
    for (name, value) in [("origin", "https://evil.test"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let foreign = browser.visitor().with(name, value).post(&action, &fields).await;
        assert_eq!(foreign.status, 403, "{value}");
        let made = browser.visitor().with(name, value).post("/trips/new", &[]).await;
        assert_eq!((made.status, made.header("set-cookie")), (403, ""), "{value}");
    }
    assert_eq!(names(&browser.get(&address).await), names(&page));
    let ours = browser.visitor().with("origin", "http://xiaoxiang.test").post(&action, &fields).await;
    assert_eq!(ours.status, 303);
}

#[tokio::test]
async fn pages_of_the_catalogue_are_the_same_for_those_who_plan() {
    let mut browser = Browser::new();
    browser.follow_route().await;
    for path in [format!("/routes/{ROUTE}"), "/places/fenghuang-gucheng".to_owned()] {
        assert_eq!(browser.get(&path).await.body, Browser::new().get(&path).await.body, "{path}");
    }
}

#[tokio::test]
async fn what_is_too_large_or_no_edit_is_refused() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    for (edit, status) in [
        ("{}".to_owned(), 422),
        ("nonsense".to_owned(), 422),
        (r#"{"edit":"remove_visit","visit":99}"#.to_owned(), 422),
        (r#"{"edit":"set_first_day","date":"2001-01-01"}"#.to_owned(), 422),
        (r#"{"edit":"set_title","title":"夏"}"#.replace('夏', &"夏".repeat(6_000)), 422),
        ("x".repeat(100_000), 413),
    ] {
        let answer = browser.send(&page, ".trip__undo", &[("edit", &edit)]).await;
        assert_eq!(answer.status, status, "{}", &edit[..edit.len().min(60)]);
    }
}

#[tokio::test]
async fn a_trip_that_nobody_opens_for_a_year_is_forgotten() {
    let site = Site::start(|_| {}).await;
    let mut browser = Browser { visitor: site.visitor(), cookie: None };
    let (address, _) = browser.follow_route().await;
    let after = |days| Utc::now() + chrono::TimeDelta::days(days);
    assert_eq!(server::services::trips::forget(&site.app, after(364)).await.unwrap(), 0);
    assert_eq!(browser.get(&address).await.status, 200);
    assert_eq!(server::services::trips::forget(&site.app, after(366)).await.unwrap(), 1);
    assert_eq!(browser.get(&address).await.status, 404);
    let privacy = browser.get("/privacy").await;
    assert!(privacy.text("main").contains("一年没人打开的行程会自动删除"), "and the privacy page says so");
}

#[tokio::test]
async fn a_guest_may_leave_but_neither_delete_nor_take_links_back() {
    let (mut mine, mut theirs) = (Browser::new(), Browser::new());
    let (address, page) = mine.follow_route().await;
    let page = mine.send_and_follow(&page, "#sharing .form", &[("rights", "edit")]).await;
    assert!(page.form("form[action$='/delete']").is_some() && page.form("form[action$='/leave']").is_none());
    let link = page.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let seen = theirs.get(&link).await;
    let their_page = theirs.send_and_follow(&seen, "form[action$='/join']", &[]).await;
    assert!(their_page.form("form[action$='/delete']").is_none() && their_page.form("form[action$='/unshare']").is_none());
    let (unshare, token) = page.form("form[action$='/unshare']").unwrap();
    for (action, fields) in [(unshare, token), (format!("{address}/delete"), vec![])] {
        let refused = theirs.post(&action, &fields).await;
        assert_eq!(refused.status, 403, "{action}");
        assert!(refused.text("main").contains("只有做行程的人可以"), "{}", refused.text("main"));
    }
    assert_eq!((mine.get(&address).await.status, theirs.get(&link).await.status), (200, 200), "all is still there");

    let listed = async |browser: &Browser| browser.get("/trips").await.attributes(".trip-list__item a", "href");
    assert!(listed(&theirs).await.contains(&address));
    let left = theirs.send_and_follow(&their_page, "form[action$='/leave']", &[]).await;
    assert!(!left.attributes(".trip-list__item a", "href").contains(&address));
    assert_eq!((theirs.get(&address).await.status, mine.get(&address).await.status), (403, 200));
    assert_eq!(mine.post(&format!("{address}/leave"), &[]).await.status, 303);
    assert!(listed(&mine).await.contains(&address), "whoever made it does not lose it by that");
}

#[tokio::test]
async fn what_no_page_would_send_is_refused_before_anybody_works_on_it() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let (action, fields) = form.form("#new-trip").unwrap();
    let names = |count: usize| (0..count).map(|number| format!("地方{number}")).collect::<Vec<_>>().join("、");
    for (field, value, said) in [
        ("avoid", "in,".repeat(10_000), "太长了"),
        ("avoid", names(21), "最多写20个"),
        ("avoid", names(20), "没有“地方0”"),
        ("children", "5,".repeat(10_000), "太长了"),
        ("invoice_name", "某".repeat(5_000), "太长了"),
    ] {
        let filled = [(field, value.as_str()), ("days", "2"), ("start", "433101"), ("choose", "1"), ("occasion", "study")];
        let mut fields = fields.clone();
        fields.retain(|(known, _)| !filled.iter().any(|(name, _)| name == known));
        fields.extend(filled.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let answer = browser.post(&action, &fields).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (422, ""), "{field}");
        let wrong = answer.text(&format!("#new-{field}-wrong"));
        assert!(wrong.contains(said), "{field}: {wrong}");
        assert!(answer.attribute(&format!("#new-{field}"), "value").chars().count() <= 500, "{field}");
        let task = browser.post("/trips/new/task", &fields).await;
        assert_eq!((task.status, task.body.as_str()), (422, ""), "{field}");
    }
    let mut liked = fields.clone();
    liked.extend(std::iter::repeat_n(("interests".to_owned(), "red".to_owned()), 3_000));
    assert_eq!(browser.post(&action, &liked).await.status, 422);
    let page = browser.get(&format!("/trips/new?say={}", "a".repeat(6_000))).await;
    assert!(page.text(".notice").contains("只读了前300个字"), "{}", page.text(".notice"));
    assert_eq!(page.attribute("#say", "value").len(), 300);
}

#[tokio::test]
async fn what_is_named_often_is_avoided_once() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let (_, mut fields) = form.form("#new-trip").unwrap();
    let filled = [("avoid", "凤凰、凤凰、凤凰古城"), ("days", "2"), ("start", "433101"), ("choose", "1")];
    fields.retain(|(known, _)| !filled.iter().any(|(name, _)| name == known));
    fields.extend(filled.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let task = browser.post("/trips/new/task", &fields).await.json();
    let avoid: Vec<&str> = task["wish"]["avoid"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let each: std::collections::BTreeSet<&str> = avoid.iter().copied().collect();
    assert!(!avoid.is_empty() && avoid.len() == each.len(), "{avoid:?}");
}
