//! What every answer carries, what the server refuses, and how it says so.

use std::num::NonZeroU32;
use std::time::Duration;

use acceptance::Site;
use server::accept::{self, Patience};
use server::services::trips::{CHOOSING, MENDING};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn every_answer_is_guarded_whatever_it_is() {
    let site = Site::start(|_| {}).await;
    let visitor = site.visitor();
    let home = visitor.get("/").await;
    let etag = home.header("etag").to_owned();
    let again = visitor.clone().with("if-none-match", &etag).get("/").await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    for page in
        [home, again, visitor.get("/no-such-page").await, visitor.get("/api/v1/search").await, visitor.get("/robots.txt").await]
    {
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_ne!(page.header("referrer-policy"), "");
        assert_ne!(page.header("permissions-policy"), "");
        assert_ne!(page.header("x-request-id"), "");
        assert_eq!(page.header("strict-transport-security"), "", "not behind TLS");
    }
}

#[tokio::test]
async fn behind_tls_the_browser_is_told_to_stay_there() {
    let site = Site::start(|config| config.base_url = "https://you.test".into()).await;
    assert_ne!(site.visitor().get("/").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_greedy_client_is_told_to_wait_and_a_forged_address_does_not_help() {
    let site = Site::start(|config| config.rate_limit = NonZeroU32::new(1)).await;
    let mut refused = None;
    for _ in 0..1_100 {
        let page = site.visitor().get("/api/v1/suggest?q=x").await;
        if page.status == 429 {
            refused = Some(page);
            break;
        }
    }
    let refused = refused.expect("a burst of a thousand, and no more");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let forged = site.visitor().with("x-forwarded-for", "203.0.113.1").get("/").await;
    assert_eq!(forged.status, 429);
    assert!(forged.h1().chars().count() > 1, "people get a page");
    assert_eq!(site.visitor().get("/healthz").await.status, 200, "health is never limited");
}

#[tokio::test]
async fn health_is_told_in_words() {
    let visitor = Site::shared().visitor();
    assert_eq!(visitor.get("/healthz").await.status, 200);
    assert_eq!(visitor.get("/readyz").await.status, 200);
    let metrics = visitor.get("/metrics").await.body;
    assert!(metrics.contains("xiaoxiang_requests_total"), "{metrics}");
}

#[tokio::test]
async fn the_look_is_a_cookie_set_by_a_link_and_goes_back_only_to_this_site() {
    let visitor = Site::shared().visitor();
    let elder = visitor.get("/look?size=elder&back=%2Fen%2Fplaces").await;
    assert_eq!((elder.status, elder.header("location")), (303, "/en/places"));
    assert!(
        elder.header("set-cookie").starts_with("look=elder.auto; Path=/; Max-Age=31536000; SameSite=Lax"),
        "{}",
        elder.header("set-cookie")
    );
    for evil in ["https://evil.test", "//evil.test", "/%5Cevil.test", "/%0d%0aset-cookie:x=1"] {
        let page = visitor.get(&format!("/look?size=elder&back={}", domain::navigation::encode(evil))).await;
        assert_eq!(page.header("location"), if evil.starts_with("/%") { evil } else { "/" }, "{evil}");
    }
    assert_eq!(visitor.get("/look?back=//evil.test&scheme=dark").await.header("location"), "/");
    assert_eq!(visitor.get("/look?size=gigantic").await.status, 400);
    let page = visitor.clone().with("cookie", "look=elder.dark").get("/").await;
    assert_eq!((page.attribute("html", "data-size"), page.attribute("html", "data-scheme")), ("elder".into(), "dark".into()));
    assert!(page.header("vary").contains("cookie"));
}

#[tokio::test]
async fn a_page_is_compressed_for_whoever_can_read_that() {
    let client = reqwest::Client::builder().no_brotli().no_gzip().build().unwrap();
    for path in ["/", "/routes", "/en/places", "/api/v1/search"] {
        let ask = async |coding: &str, known: &str| {
            let request = client.get(format!("{}{path}", Site::shared().base));
            request.header("accept-encoding", coding).header("if-none-match", known).send().await.unwrap()
        };
        for coding in ["br", "gzip"] {
            let response = ask(coding, "").await;
            assert_eq!(response.headers()["content-encoding"], coding, "{path}");
            let etag = response.headers()["etag"].to_str().unwrap().to_owned();
            assert_eq!(ask(coding, &etag).await.status().as_u16(), 304, "{path} in {coding}");
            assert_eq!(ask("identity", &etag).await.status().as_u16(), 200, "another coding is another representation");
        }
        assert!(ask("identity", "").await.headers().get("content-encoding").is_none());
    }
    let head = client.head(format!("{}/", Site::shared().base)).send().await.unwrap();
    assert_eq!(head.status().as_u16(), 200);
    assert!(head.bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_form_that_posts_where_nothing_is_posted_gets_an_answer_in_words() {
    let client = reqwest::Client::new();
    let response = client.post(format!("{}/places", Site::shared().base)).body("x=1").send().await.unwrap();
    assert_eq!(response.status().as_u16(), 405);
    assert_eq!(response.headers()["allow"], "GET,HEAD", "what can be done there is said");
    assert!(response.text().await.unwrap().contains("<h1"));
}

#[tokio::test]
async fn what_refuses_a_program_can_be_read_by_a_page_of_any_origin() {
    let site = Site::start(|config| config.rate_limit = NonZeroU32::new(1)).await;
    let visitor = site.visitor();
    let mut answers = vec![visitor.get("/api/v1/nothing").await, visitor.get("/api/v1/search?page=-1").await];
    while answers.last().is_some_and(|page| page.status != 429) {
        assert!(answers.len() < 1_100, "a burst of a thousand, and no more");
        answers.push(visitor.get("/api/v1/suggest?q=x").await);
    }
    for page in answers {
        assert_eq!(page.header("access-control-allow-origin"), "*", "{}", page.status);
        assert!(page.header("access-control-expose-headers").contains("retry-after"));
    }
}

#[tokio::test]
async fn only_a_trusted_proxy_says_who_asks_and_how() {
    let site = Site::start(|config| {
        config.rate_limit = NonZeroU32::new(1);
        config.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let from = |address: &str| site.visitor().with("x-forwarded-for", address).with("x-forwarded-proto", "https");
    let first = from("203.0.113.1").get("/").await;
    assert_ne!(first.header("strict-transport-security"), "");
    for _ in 0..1_100 {
        if from("203.0.113.1").get("/healthz-not").await.status == 429 {
            assert_eq!(from("203.0.113.2").get("/").await.status, 200, "another client behind the same proxy");
            let stranger = Site::start(|_| {}).await;
            let said = stranger.visitor().with("x-forwarded-proto", "https").get("/").await;
            assert_eq!(said.header("strict-transport-security"), "", "anybody can say so");
            return;
        }
    }
    panic!("the client behind the proxy was never limited");
}

/// A server with little patience over the same catalogue, until the sender is used or dropped.
async fn impatient(patience: Patience) -> (std::net::SocketAddr, tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let door = server::http::router(Site::shared().app.clone());
    let serving = tokio::spawn(accept::serve(listener, door, patience, async { drop(stopped.await) }));
    (addr, stop, serving)
}

#[tokio::test]
async fn half_a_request_does_not_hold_a_connection() {
    let (addr, _stop, _serving) = impatient(Patience { head: Duration::from_millis(200), ..Patience::default() }).await;
    let mut slow = TcpStream::connect(addr).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let mut said = Vec::new();
    let cut = tokio::time::timeout(Duration::from_secs(20), slow.read_to_end(&mut said)).await;
    assert!(cut.is_ok(), "the server lets go");
    assert!(!said.starts_with(b"HTTP/1.1 200"), "half a request is no request");
}

#[tokio::test]
async fn a_client_that_reads_nothing_does_not_hold_a_connection() {
    let (addr, _stop, _serving) = impatient(Patience { write: Duration::from_millis(200), ..Patience::default() }).await;
    let mut deaf = TcpStream::connect(addr).await.unwrap();
    // More than the buffers between the two can take, and nothing of it is read.
    let request = b"GET /api/v1/listings HTTP/1.1\r\nhost: x\r\n\r\n".repeat(200);
    let deaf_until = async {
        deaf.write_all(&request).await?;
        loop {
            tokio::time::sleep(Duration::from_millis(50)).await;
            deaf.write_all(&request).await?;
        }
        #[allow(unreachable_code)]
        Ok::<(), std::io::Error>(())
    };
    let cut = tokio::time::timeout(Duration::from_secs(20), deaf_until).await;
    assert!(cut.is_ok_and(|end| end.is_err()), "the server lets go");
}

#[tokio::test]
async fn stopping_finishes_what_was_asked_and_closes_what_is_only_kept_open() {
    let (addr, stop, serving) = impatient(Patience::default()).await;
    let _idle = TcpStream::connect(addr).await.unwrap();
    let mut asking = TcpStream::connect(addr).await.unwrap();
    asking.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut first = [0; 12];
    asking.read_exact(&mut first).await.unwrap();
    // A drawing takes a while: the stop comes in the middle of it.
    asking.write_all(b"GET /covers/places/fenghuang-gucheng.png HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    stop.send(()).unwrap();
    let mut rest = Vec::new();
    asking.read_to_end(&mut rest).await.unwrap();
    let answered = String::from_utf8_lossy(&rest).matches("HTTP/1.1 200 OK").count();
    assert_eq!((&first[..], answered), (&b"HTTP/1.1 200"[..], 1), "the drawing came whole after the stop");
    tokio::time::timeout(Duration::from_secs(20), serving).await.expect("an idle connection does not hold the server").unwrap();
    assert!(TcpStream::connect(addr).await.is_err(), "nobody listens any more");
}

/// The form for two days from Jishou, as somebody fills it in who leaves the choice to the site.
async fn wish_form(site: &Site) -> Vec<(String, String)> {
    let (_, mut fields) = site.visitor().get("/trips/new").await.form("#new-trip").unwrap();
    let filled = [("days", "2"), ("start", "433101"), ("budget", "777"), ("choose", "1")];
    fields.retain(|(known, _)| !filled.iter().any(|(name, _)| name == known));
    fields.extend(filled.map(|(name, value)| (name.to_owned(), value.to_owned())));
    fields
}

/// In one story, since turns are the whole program's.
#[tokio::test]
async fn a_trip_is_shown_while_others_have_theirs_chosen_or_mended() {
    let site = Site::start(|_| {}).await;
    let mut fields = wish_form(&site).await;
    let choosing = CHOOSING.take().await.unwrap();
    let refused = site.visitor().post("/trips/new", &fields).await;
    assert_eq!((refused.status, refused.header("set-cookie")), (503, ""));
    assert!(refused.text(".notice--problem").contains("还没轮到"), "{}", refused.text(".notice--problem"));
    assert_eq!(refused.attribute("#new-budget", "value"), "777", "what was filled in stays");

    fields.retain(|(name, _)| name != "choose");
    let made = site.visitor().post("/trips/new", &fields).await;
    assert_eq!(made.status, 303, "nobody has to choose for this one");
    let (cookie, _) = made.header("set-cookie").split_once(';').unwrap();
    let owner = site.visitor().with("cookie", cookie);
    let page = owner.get(made.header("location")).await;
    let (action, mut edit) = page.form(".trip__undo").unwrap();
    let late = r#"{"edit":"add_visit","day":0,"index":0,"visit":{"id":1,"stay_min":60,"arrive":"08:00","at":{"own":{"name":{"zh":"早市"}}}}}"#;
    edit.push(("edit".to_owned(), late.to_owned()));
    assert_eq!(owner.post(&action, &edit).await.status, 303);
    let page = owner.get(made.header("location")).await;
    assert!(!page.texts(".trip__repair").is_empty(), "{}", page.text(".trip__day"));
    let busy = "还没算出怎么改";
    assert!(!page.text("main").contains(busy));

    let mending = [MENDING.take().await.unwrap(), MENDING.take().await.unwrap()];
    let page = owner.get(made.header("location")).await;
    assert_eq!((page.status, page.texts(".trip__repair").len()), (200, 0));
    assert!(page.text("main").contains(busy) && !page.texts(".trip__breach").is_empty(), "{}", page.text("main"));
    for rest in ["/today", "/print", "/trip.ics"] {
        assert_eq!(owner.get(&format!("{}{rest}", made.header("location"))).await.status, 200, "{rest}");
    }
    drop((choosing, mending));
    assert!(!owner.get(made.header("location")).await.texts(".trip__repair").is_empty());
}

#[tokio::test]
async fn a_network_has_so_many_trips_made_and_listings_saved_in_a_day() {
    let site = Site::start(|config| config.rate_limit = NonZeroU32::new(100)).await;
    let mut fields = wish_form(&site).await;
    fields.retain(|(name, _)| name != "choose");
    assert_eq!(site.visitor().post("/trips/new", &fields).await.status, 303);
    let (limiter, here) = (site.app.limiter.as_ref().unwrap(), "127.0.0.1".parse().unwrap());
    while limiter.allows_trip(here) {}
    // Neither without a cookie nor with one that was made up is anybody somebody else.
    let made_up = site.visitor().with("cookie", &format!("trips={}", "a".repeat(64)));
    for visitor in [site.visitor(), made_up] {
        let refused = visitor.post("/trips/new", &fields).await;
        assert_eq!((refused.status, refused.header("set-cookie")), (429, ""));
        assert!(refused.text("main").contains("明天再来"), "{}", refused.text("main"));
    }
    let listing = [("listing".to_owned(), "pl-001".to_owned())];
    assert_eq!(site.visitor().post("/saved", &listing).await.status, 303);
    while limiter.allows_saving(here) {}
    assert_eq!(site.visitor().post("/saved", &listing).await.status, 429);
    assert_eq!(site.visitor().get("/trips").await.status, 200);
}
