//! The parts of a running server.

use std::sync::{Arc, Mutex, PoisonError};

use app::views::{Assets, Site, Tiles};
use axum::http::HeaderValue;
use chrono::NaiveDate;
use domain::event::Revision;
use domain::listing::{Confidence, Kind};
use domain::search::Query;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::config::Config;
use crate::error::ServiceError;
use crate::http::covers::Pictures;
use crate::http::limits::Limiter;
use crate::http::packs::Packs;
use crate::http::page_cache::PageCache;
use crate::http::security::policy;
use crate::search::Options;
use crate::services::asked::AskedLog;
use crate::services::asked::past::PastQueries;
use crate::services::curation::Curation;
use crate::services::gathered::Gathered;
use crate::services::keeper::{Keeper, State};
use crate::services::listings::Listings;
use crate::services::roads::Wayfinder;
use crate::store::Store;

/// What every answer depends on, beside what was asked. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub today: NaiveDate,
    pub catalogue: State,
    /// Of the bureau's decisions.
    pub curation: Revision,
}

/// Shared by every request. Cheap to clone through its `Arc`.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub keeper: Arc<Keeper>,
    pub listings: Arc<Listings>,
    pub assets: Arc<Assets>,
    pub pages: PageCache,
    pub gathered: Gathered,
    pub pictures: Pictures,
    pub packs: Packs,
    pub curation: Arc<Curation>,
    pub asked: Arc<AskedLog>,
    pub past: PastQueries,
    pub limiter: Option<Limiter>,
    pub ways: Wayfinder,
    /// The content security policy of every answer.
    pub policy: HeaderValue,
    pub metrics: PrometheusHandle,
    /// Told apart from an earlier run by pages that reload themselves while developing.
    pub started: std::time::SystemTime,
    facts: Worked<CatalogueFacts>,
    site: Worked<Site>,
}

/// Something worked out from the catalogue, for as long as the catalogue stays as it is. It is worked out without the lock, by
/// two at once if need be: nobody waits, and nothing that breaks in there breaks this.
struct Worked<T>(Mutex<Option<(State, Arc<T>)>>);

impl<T> Default for Worked<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Worked<T> {
    fn get(&self, state: State) -> Option<Arc<T>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(seen, _)| *seen == state).map(|(_, value)| value.clone())
    }

    fn set(&self, state: State, value: T) -> Arc<T> {
        let value = Arc::new(value);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, value.clone()));
        value
    }
}

/// Sums over the whole catalogue that no facet gives.
#[derive(Debug, Default)]
pub struct CatalogueFacts {
    pub confidences: Vec<(Confidence, u64)>,
    pub samples: u64,
    pub credits: Vec<String>,
}

impl App {
    pub fn new(config: Config, store: Store, keeper: Arc<Keeper>, listings: Arc<Listings>, metrics: PrometheusHandle) -> Self {
        let manifest = crate::assets::manifest();
        let has_detailed_map = manifest.is_some_and(|manifest| manifest.detailed_map.is_some());
        Self {
            assets: Arc::new(manifest.map_or_else(Assets::default, |m| Assets {
                css: m.css.clone(),
                boot: Some(m.boot.clone()),
                offline: m.offline_glue.clone().zip(m.offline_wasm.clone()),
                detailed_map: m.detailed_map.clone(),
                planner: m.planner_glue.clone().zip(m.planner_wasm.clone()),
                take: m.take.clone(),
            })),
            pages: PageCache::new(config.page_cache_bytes),
            gathered: Gathered::default(),
            pictures: Pictures::default(),
            packs: Packs::default(),
            curation: Arc::default(),
            asked: Arc::new(AskedLog::new(config.remembers_searches)),
            past: PastQueries::default(),
            limiter: config.rate_limit.map(Limiter::new),
            ways: Wayfinder::new(config.routing.clone()),
            // What this build cannot show, no browser needs to be allowed to fetch.
            policy: policy(config.tiles.as_ref().filter(|_| has_detailed_map).map(|tiles| tiles.origin())),
            metrics,
            started: std::time::SystemTime::now(),
            facts: Worked::default(),
            site: Worked::default(),
            config,
            store,
            keeper,
            listings,
        }
    }

    pub fn moment(&self) -> Moment {
        Moment {
            today: domain::time::day_of(chrono::Utc::now()),
            catalogue: self.keeper.state(),
            curation: self.curation.revision(),
        }
    }

    /// How searches are run here, one list with its facets.
    pub fn options(&self, today: NaiveDate) -> Options {
        Options {
            hide_samples: !self.config.shows_samples,
            today,
            per_kind: None,
            facets: true,
            curated: self.curation.on(today),
            typed: None,
        }
    }

    /// What the frame of every page shows; looked up once a revision.
    pub fn site(&self) -> Arc<Site> {
        let state = self.keeper.state();
        if let Some(site) = self.site.get(state) {
            return site;
        }
        let config = &self.config;
        let site = Site {
            report_contact: config.report_contact.clone(),
            icp_number: config.icp_number.clone(),
            police_number: config.police_number.clone(),
            site_code: config.site_code.clone(),
            complaint_phone: config.complaint_phone.clone(),
            shows_samples: config.shows_samples,
            remembers_searches: config.remembers_searches,
            facts_as_of: crate::services::catalogue_load::embedded_as_of(),
            tiles: config.tiles.as_ref().map(|tiles| Tiles {
                address: tiles.address.clone(),
                is_style: tiles.is_style,
                attribution: tiles.attribution.clone(),
                approval: tiles.approval.clone(),
                gcj02: tiles.gcj02,
            }),
            empty_kinds: self.empty_kinds(),
        };
        self.site.set(state, site)
    }

    /// Kinds that nobody has listed anything of: they must not stand in the navigation.
    fn empty_kinds(&self) -> Vec<Kind> {
        let today = domain::time::day_of(chrono::Utc::now());
        // what exists, whatever is hidden from searches
        let options = Options { curated: Arc::default(), ..self.options(today) };
        let Ok(results) = self.keeper.index().search(&Query { per_page: 1, ..Query::default() }, &options) else { return vec![] };
        let counted = results.facets.iter().find(|facet| facet.name == "kind");
        let is_there =
            |kind: &Kind| counted.is_some_and(|facet| facet.values.iter().any(|(value, n)| value == kind.name() && *n > 0));
        Kind::ALL.iter().copied().filter(|kind| !is_there(kind)).collect()
    }

    /// Counted once a revision.
    pub async fn catalogue_facts(&self) -> Result<Arc<CatalogueFacts>, ServiceError> {
        let state = self.keeper.state();
        if let Some(facts) = self.facts.get(state) {
            return Ok(facts);
        }
        let mut facts = CatalogueFacts::default();
        let mut after = None;
        loop {
            let rows = self.store.page_after(after.as_ref(), 1_000).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.listing.id.clone());
            for row in rows.iter().filter(|row| row.withdrawn_at.is_none()) {
                let provenance = &row.listing.provenance;
                facts.samples += u64::from(row.listing.sample);
                match facts.confidences.iter_mut().find(|(known, _)| *known == provenance.confidence) {
                    Some((_, count)) => *count += 1,
                    None => facts.confidences.push((provenance.confidence, 1)),
                }
                for credit in &provenance.credits {
                    if !facts.credits.contains(credit) {
                        facts.credits.push(credit.clone());
                    }
                }
            }
        }
        facts.credits.sort();
        facts.confidences.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(self.facts.set(state, facts))
    }
}
