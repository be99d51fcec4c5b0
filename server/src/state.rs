//! The parts of a running server.

use std::sync::{Arc, Mutex};

use app::views::{Assets, Site};
use domain::listing::{Confidence, Kind};
use domain::search::Query;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::config::Config;
use crate::error::ServiceError;
use crate::http::covers::Pictures;
use crate::http::limits::Limiter;
use crate::http::page_cache::PageCache;
use crate::search::Options;
use crate::services::keeper::{Keeper, State};
use crate::services::listings::Listings;
use crate::store::Store;

/// Shared by every request. Cheap to clone through its `Arc`.
pub struct App {
    pub config: Config,
    pub store: Store,
    pub keeper: Arc<Keeper>,
    pub listings: Arc<Listings>,
    pub assets: Arc<Assets>,
    pub pages: PageCache,
    pub pictures: Pictures,
    pub limiter: Option<Limiter>,
    pub metrics: PrometheusHandle,
    /// Told apart from an earlier run by pages that reload themselves while developing.
    pub started: std::time::SystemTime,
    facts: Mutex<Option<(State, Arc<CatalogueFacts>)>>,
    site: Mutex<Option<(State, Arc<Site>)>>,
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
        Self {
            assets: Arc::new(
                manifest.map_or_else(Assets::default, |m| Assets { css: m.css.clone(), boot: Some(m.boot.clone()) }),
            ),
            pages: PageCache::new(config.page_cache_bytes),
            pictures: Pictures::default(),
            limiter: config.rate_limit.map(Limiter::new),
            metrics,
            started: std::time::SystemTime::now(),
            facts: Mutex::new(None),
            site: Mutex::new(None),
            config,
            store,
            keeper,
            listings,
        }
    }

    /// What the frame of every page shows; looked up once a revision.
    pub fn site(&self) -> Arc<Site> {
        let state = self.keeper.state();
        let mut known = self.site.lock().expect("no panic while counting");
        if let Some((seen, site)) = &*known
            && *seen == state
        {
            return site.clone();
        }
        let config = &self.config;
        let site = Arc::new(Site {
            report_contact: config.report_contact.clone(),
            icp_number: config.icp_number.clone(),
            police_number: config.police_number.clone(),
            site_code: config.site_code.clone(),
            complaint_phone: config.complaint_phone.clone(),
            shows_samples: config.shows_samples,
            facts_as_of: crate::services::catalogue_load::embedded_as_of(),
            empty_kinds: self.empty_kinds(),
        });
        *known = Some((state, site.clone()));
        site
    }

    /// Kinds that nobody has listed anything of: they must not stand in the navigation.
    fn empty_kinds(&self) -> Vec<Kind> {
        let today = domain::time::day_of(chrono::Utc::now());
        let options = Options { hide_samples: !self.config.shows_samples, today, per_kind: None, facets: true };
        let Ok(results) = self.keeper.index().search(&Query { per_page: 1, ..Query::default() }, &options) else { return vec![] };
        let counted = results.facets.iter().find(|facet| facet.name == "kind");
        let is_there =
            |kind: &Kind| counted.is_some_and(|facet| facet.values.iter().any(|(value, n)| value == kind.name() && *n > 0));
        Kind::ALL.iter().copied().filter(|kind| !is_there(kind)).collect()
    }

    /// Counted once a revision.
    pub async fn catalogue_facts(&self) -> Result<Arc<CatalogueFacts>, ServiceError> {
        let state = self.keeper.state();
        let known = self.facts.lock().expect("no panic while counting").clone();
        if let Some((seen, facts)) = known
            && seen == state
        {
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
        let facts = Arc::new(facts);
        *self.facts.lock().expect("no panic while counting") = Some((state, facts.clone()));
        Ok(facts)
    }
}
