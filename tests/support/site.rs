//! Sites: one that everybody may read, and private ones that a test may change.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::Utc;
use domain::listing::Listing;
use server::accept::Patience;
use server::config::Config;
use server::services::keeper::Keeper;
use server::state::App;
use server::store::{ChangeRequest, Store};

use crate::Page;

/// A running site. Dropped, it stops and its folder goes.
pub struct Site {
    pub app: Arc<App>,
    pub base: String,
    _folder: Option<tempfile::TempDir>,
    server: Option<tokio::task::JoinHandle<()>>,
}

/// Somebody with a browser that runs no script.
#[derive(Clone)]
pub struct Visitor {
    base: String,
    client: reqwest::Client,
    headers: Vec<(String, String)>,
}

impl Site {
    /// The embedded catalogue, served for the whole test program. Read it; do not change it.
    pub fn shared() -> &'static Site {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(|| {
            let (told, heard) = std::sync::mpsc::channel();
            // A runtime of its own, since each test's runtime ends with the test.
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Runtime::new().expect("a runtime");
                runtime.block_on(async {
                    let site = Site::start(|_| {}).await;
                    server::services::dumps::write(&site.app).await.expect("the dumps are written");
                    told.send(site).expect("the tests wait");
                    std::future::pending::<()>().await;
                });
            });
            heard.recv().expect("the shared site starts")
        })
    }

    /// A private site on SQLite with the embedded catalogue.
    pub async fn start(adjust: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::for_tests(folder.path().to_owned());
        adjust(&mut config);
        let mut site = Self::over(config).await;
        site._folder = Some(folder);
        site
    }

    /// A site over a database and a data folder that the test keeps.
    pub async fn over(config: Config) -> Self {
        let store = server::serve::connect(&config).await.expect("the database opens");
        store.migrate().await.expect("the schema is made");
        let keeper = Keeper::open(Some(config.index_dir())).expect("the index opens");
        let app = server::serve::assemble(config, store, keeper).expect("a site");
        server::serve::prepare(&app).await.expect("the catalogue loads");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        server::serve::start_following(&app);
        let serving =
            server::accept::serve(listener, server::http::router(app.clone()), Patience::default(), std::future::pending());
        let server = tokio::spawn(serving);
        Self { app, base, _folder: None, server: Some(server) }
    }

    pub fn store(&self) -> &Store {
        &self.app.store
    }

    pub fn visitor(&self) -> Visitor {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Visitor { base: self.base.clone(), client, headers: vec![] }
    }

    /// Publishes a listing as an owner's or a bureau's edit would, and gives the revision.
    pub async fn publish(&self, listing: Listing) -> i64 {
        self.store().write(vec![ChangeRequest::put(listing)], Utc::now()).await.expect("it is written").revision
    }

    /// Waits until a revision can be searched. It takes well under a second; a busy machine gets a minute.
    pub async fn caught_up(&self, revision: i64) {
        let mut states = self.app.keeper.states();
        let waited = tokio::time::timeout(Duration::from_secs(60), states.wait_for(|seen| seen.revision >= revision)).await;
        waited.expect("the index follows").expect("the keeper lives");
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
        }
    }
}

impl Visitor {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As if by the elder version's switch.
    pub fn elder(self) -> Self {
        self.with("cookie", "look=elder.auto")
    }

    pub async fn get(&self, path: &str) -> Page {
        let request = self.client.get(format!("{}{path}", self.base));
        self.answer(request).await
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> Page {
        let request = self.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.text().await.expect("text");
        Page { status, headers, body }
    }

    /// As a program of the bureau's: PUT, POST or DELETE.
    pub async fn send(&self, method: &str, path: &str, body: &serde_json::Value) -> Page {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.client.request(method, format!("{}{path}", self.base)).body(body.to_string());
        self.answer(request).await
    }

    /// Sends a form as a browser does.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> Page {
        self.post_body(path, body_of(fields)).await
    }

    /// A form that has been written down.
    pub async fn post_body(&self, path: &str, body: String) -> Page {
        let request = self.client.post(format!("{}{path}", self.base));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        self.answer(request).await
    }

    pub async fn options(&self, path: &str) -> Page {
        let response =
            self.client.request(reqwest::Method::OPTIONS, format!("{}{path}", self.base)).send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        Page { status, headers, body: String::new() }
    }
}

/// A form as it goes over the wire.
pub fn body_of(fields: &[(String, String)]) -> String {
    let encode = domain::navigation::encode;
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}
