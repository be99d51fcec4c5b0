//! From settings to a listening server, and back down without dropping anybody.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use tokio::net::TcpListener;

use crate::accept::{self, Patience};
use crate::config::Config;
use crate::http;
use crate::services::keeper::Keeper;
use crate::services::listings::Listings;
use crate::services::{asked, catalogue_load, dumps, trips};
use crate::state::App;
use crate::store::Store;

/// After this, requests that are still running are cut.
const GRACE: Duration = Duration::from_secs(20);

pub async fn connect(config: &Config) -> anyhow::Result<Store> {
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("XIAOXIANG_DATA_DIR: the folder {} cannot be made", config.data_dir.display()))?;
    Store::connect(&config.database_url).await.context("XIAOXIANG_DATABASE_URL: the database cannot be opened")
}

/// The parts of a server over a migrated database. The index may still have to catch up: see [`prepare`].
pub fn assemble(config: Config, store: Store, keeper: Keeper) -> anyhow::Result<Arc<App>> {
    // One recorder a process; tests start several servers in one.
    static METRICS: std::sync::OnceLock<metrics_exporter_prometheus::PrometheusHandle> = std::sync::OnceLock::new();
    let metrics = METRICS.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(
                Matcher::Suffix("seconds".into()),
                &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5],
            )
            .expect("buckets are given");
        builder.install_recorder().expect("the first recorder")
    });
    let listings = Arc::new(Listings::new(store.clone(), !config.shows_samples));
    Ok(Arc::new(App::new(config, store, Arc::new(keeper), listings, metrics.clone())))
}

/// Migrates, loads the embedded catalogue and brings the index up to date.
pub async fn prepare(app: &App) -> anyhow::Result<()> {
    app.store.migrate().await.context("the schema could not be brought up to date")?;
    if app.config.loads_catalogue {
        catalogue_load::load(&app.store).await?;
    }
    app.curation.refresh(&app.store).await?;
    app.keeper.catch_up(&app.store, &app.listings).await?;
    Ok(())
}

/// What keeps answers true and counts searches, until the process ends.
pub fn start_following(app: &Arc<App>) {
    tokio::spawn(app.keeper.clone().follow(app.store.clone(), app.listings.clone()));
    tokio::spawn(app.curation.clone().follow(app.store.clone()));
    tokio::spawn(app.asked.clone().count(app.store.clone()));
}

/// Work that goes on beside the requests, until the process ends.
pub fn start_jobs(app: &Arc<App>) {
    start_following(app);
    tokio::spawn(dumps::every_night(app.clone()));
    tokio::spawn(trips::forget_every_day(app.clone()));
    let measured = app.metrics.clone();
    tokio::spawn(async move {
        // Samples wait in memory until somebody asks for them, or until this.
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            measured.run_upkeep();
        }
    });
    tokio::spawn(asked::keep_up(app.clone()));
    let quiet = app.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(60)).await;
            if let Some(limiter) = &quiet.limiter {
                limiter.forget_quiet();
            }
        }
    });
}

pub async fn serve(config: Config) -> anyhow::Result<()> {
    let addr = config.addr;
    let store = connect(&config).await?;
    let keeper = match Keeper::open(Some(config.index_dir())) {
        Err(crate::services::keeper::KeeperError::Index(crate::search::Fault::Locked)) => {
            anyhow::bail!(
                "XIAOXIANG_DATA_DIR: another server is using {}; every server needs a folder of its own",
                config.data_dir.display()
            )
        }
        other => other?,
    };
    let listener = TcpListener::bind(addr).await.with_context(|| format!("XIAOXIANG_ADDR: cannot listen on {addr}"))?;
    let bound = listener.local_addr()?;
    let app = assemble(config, store, keeper)?;

    // Listening comes first, so that /healthz and /readyz can say what is going on while a large catalogue is indexed.
    let stop = stop_signal();
    let serving = tokio::spawn(accept::serve(listener, http::router(app.clone()), Patience::default(), stop.clone().wait()));

    tokio::select! {
        prepared = prepare(&app) => prepared?,
        () = stop.clone().wait() => return Ok(()),
    }
    start_jobs(&app);
    println!("游潇湘 is ready: http://{bound}");

    stop.clone().wait().await;
    tracing::info!("stopping: running requests are finished first");
    match tokio::time::timeout(GRACE, serving).await {
        Ok(done) => done?,
        Err(_) => tracing::warn!("some requests took too long and were cut"),
    }
    // at most what a slow database keeps it waiting for
    let _ = tokio::time::timeout(Duration::from_secs(5), app.asked.write_now()).await;
    app.store.clone().close().await?;
    Ok(())
}

/// Told once, heard by everyone who waits.
#[derive(Clone)]
struct Stop(tokio::sync::watch::Receiver<bool>);

impl Stop {
    async fn wait(mut self) {
        // An error means the sender is gone, which it is only after it has spoken.
        let _ = self.0.wait_for(|stopped| *stopped).await;
    }
}

fn stop_signal() -> Stop {
    let (told, heard) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        let interrupt = tokio::signal::ctrl_c();
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).expect("signals can be heard");
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        let _ = told.send(true);
    });
    Stop(heard)
}
