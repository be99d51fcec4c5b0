//! A small world to render.

use std::sync::Arc;

use app::views::*;
use chrono::{NaiveDate, TimeZone, Utc};
use domain::geo::Position;
use domain::listing::kinds::{Basis, Family, Stop};
use domain::listing::{Confidence, Details, Kind, Listing, Provenance, Tag, Terrain};
use domain::region::{self, RegionCode, RegionLevel};
use domain::search::Query;
use domain::time::Months;
use domain::{Lang, ListingId, Slug, Text};

pub const BASE: &str = "https://hunan.example";

pub fn chrome(lang: Lang, size: Size, path: &str) -> Chrome {
    let site = Site {
        report_contact: Some("fix@example.org".into()),
        icp_number: Some("湘ICP备1号".into()),
        police_number: Some("湘公网安备1号".into()),
        site_code: Some("430000".into()),
        complaint_phone: Some("12345".into()),
        shows_samples: true,
        remembers_searches: true,
        empty_kinds: vec![],
        facts_as_of: NaiveDate::from_ymd_opt(2026, 11, 1),
        tiles: None,
    };
    Chrome {
        lang,
        size,
        scheme: Scheme::Auto,
        in_app: None,
        path: path.to_owned(),
        base_url: BASE.to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
        kept_at: None,
        unsent: 0,
        site: Arc::new(site),
        assets: Arc::new(Assets {
            css: "/assets/site.css".into(),
            boot: Some("/assets/boot.js".into()),
            offline: None,
            detailed_map: None,
            planner: None,
            take: None,
        }),
    }
}

pub fn listing(kind: Kind, name: &str) -> Listing {
    let at = Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap();
    Listing {
        id: ListingId::parse(&format!("{name}-{kind}")).unwrap(),
        slug: Slug::parse(&format!("{name}-{kind}")).unwrap(),
        title: Text::new("凤凰古城", "Fenghuang Old Town"),
        aliases: vec!["镇竿".into()],
        keywords: vec!["沱江夜色".into()],
        summary: Text::zh_only("沱江边的老城。"),
        body: Some(Text::new("第一段\n第二段", "One\nTwo")),
        region: RegionCode::parse("433123").ok(),
        regions: vec![],
        position: Some(Position { lat: 27.95, lon: 109.6, accuracy_m: Some(8000) }),
        terrain: Terrain::OldTown,
        months: Months::only(11).unwrap(),
        tags: vec![Tag::OldTown],
        provenance: Provenance {
            source: "公开资料".into(),
            confidence: Confidence::Sourced,
            as_of: NaiveDate::from_ymd_opt(2026, 11, 1).unwrap(),
            licence: "CC BY 4.0".into(),
            credits: vec!["GeoNames".into()],
            editorial: vec!["months".into(), "details.visit_min".into()],
        },
        sample: false,
        published_at: at,
        updated_at: at,
        details: kind.sample(),
    }
}

fn card(kind: Kind, name: &str) -> ListingCard {
    let reason = Some("脱贫县优先".to_owned());
    ListingCard { distance_km: Some(12.3), reason, ..ListingCard::plain(listing(kind, name).into()) }
}

fn cards(kind: Kind) -> Vec<ListingCard> {
    ["a", "b", "c", "d", "e"].map(|name| card(kind, name)).into()
}

pub fn listing_page(listing: Listing) -> ListingPage {
    let stops = match &listing.details {
        Details::Route(route) => route.stops.iter().map(|stop| StopView { stop: stop.clone(), place: None }).collect(),
        _ => vec![],
    };
    let (is_offer, has_roots) = (listing.kind() == Kind::Offer, matches!(listing.kind(), Kind::Experience | Kind::Product));
    ListingPage {
        listing: Arc::new(listing),
        stops,
        routes: cards(Kind::Route),
        neighbours: cards(Kind::Place),
        heritage: cards(Kind::Heritage),
        products: cards(Kind::Product),
        offers: if is_offer { vec![] } else { cards(Kind::Offer) },
        usable_at: if is_offer { cards(Kind::Stay) } else { vec![] },
        behind: has_roots.then(|| Arc::new(self::listing(Kind::Heritage, "root"))),
        json_ld: None,
    }
}

pub fn route_of_two_days() -> ListingPage {
    let mut route = listing(Kind::Route, "x");
    let Details::Route(details) = &mut route.details else { panic!("a route") };
    let stop = |name: &str, basis, day| Stop { name: Text::zh_only(name), basis, day: Some(day), ..details.stops[0].clone() };
    details.stops = vec![stop("甲", Basis::Sourced, 1), stop("乙", Basis::Editorial, 1), stop("丙", Basis::Sourced, 2)];
    let mut page = listing_page(route);
    page.stops[1].place = Some(Arc::new(listing(Kind::Place, "b")));
    page
}

pub fn search_page(query: Query) -> SearchPage {
    let value = |value: &str, label: &str, selected| FacetValue { value: value.into(), label: label.into(), count: 3, selected };
    let months = (1..=12).map(|month| value(&month.to_string(), &format!("{month}月"), false)).collect();
    let tagged = query.tags.contains(&Tag::OldTown);
    SearchPage {
        query,
        fixed_kind: None,
        chips: vec![],
        notes: vec![],
        problems: vec![],
        total: 45,
        hits: cards(Kind::Place),
        groups: vec![(Kind::Place, 40, cards(Kind::Place)), (Kind::Stay, 5, cards(Kind::Stay))],
        facets: vec![
            Facet { name: "kind", label: "类别", values: vec![value("place", "去处", false)] },
            Facet { name: "tag", label: "标签", values: vec![value("old-town", "古镇", tagged)] },
            Facet { name: "month", label: "月份", values: months },
        ],
        ideas: cards(Kind::Route),
    }
}

pub fn region_page(code: &str) -> RegionPage {
    let sections = vec![(Kind::Place, 9, cards(Kind::Place)), (Kind::Stay, 5, cards(Kind::Stay)), (Kind::Offer, 0, vec![])];
    RegionPage { region: region::find(code).unwrap(), sections }
}

pub fn regions_page() -> RegionsPage {
    let parts = |prefecture: &'static region::Region| (prefecture, prefecture.parts().map(|part| (part, 3)).collect());
    RegionsPage { prefectures: region::prefectures().map(parts).collect() }
}

pub fn home_page() -> HomePage {
    HomePage {
        counts: Kind::ALL.iter().map(|kind| (*kind, 5)).collect(),
        season: cards(Kind::Place),
        routes: cards(Kind::Route),
        heritage: cards(Kind::Heritage),
        offers: cards(Kind::Offer),
        prefectures: region::all().iter().filter(|r| r.level == RegionLevel::Prefecture).map(|r| (r, 7)).collect(),
        sights: vec![Arc::new(listing(Kind::Place, "sight"))],
    }
}

pub fn families_page() -> FamiliesPage {
    FamiliesPage { families: Family::ALL.iter().map(|family| (*family, cards(Kind::Route))).collect() }
}

pub fn offers_page() -> OffersByCountyPage {
    let county = region::find("433123");
    OffersByCountyPage { regions: vec![(None, cards(Kind::Offer)), (county, cards(Kind::Offer))] }
}

pub fn decisions() -> Vec<DecisionView> {
    let pin = DecisionView {
        what: Decided::Recommended,
        query: Some("擂茶".into()),
        whole: false,
        county: region::find("433123"),
        listings: vec![Arc::new(listing(Kind::Product, "a")), Arc::new(listing(Kind::Product, "b"))],
        reason: Text::new("冬季推介", "Winter promotion"),
        last_day: NaiveDate::from_ymd_opt(2026, 12, 31),
    };
    let hide = DecisionView {
        what: Decided::Hidden,
        query: None,
        county: None,
        listings: vec![Arc::new(listing(Kind::Stay, "c"))],
        reason: Text::zh_only("停业"),
        ..pin.clone()
    };
    let silence = DecisionView {
        what: Decided::Silenced,
        query: Some("某人的名字".into()),
        listings: vec![],
        reason: Text::zh_only("有人投诉"),
        ..hide.clone()
    };
    vec![pin, hide, silence]
}

pub fn data_page() -> DataPage {
    DataPage {
        counts: Kind::ALL.iter().map(|kind| (*kind, 5)).collect(),
        confidences: vec![("公开资料有载".into(), 20)],
        samples: 3,
        credits: vec!["GeoNames (CC BY 4.0)".into()],
    }
}

pub fn saved_page() -> SavedPage {
    let item = |name: &str, listing: Option<Listing>| SavedItem {
        id: ListingId::parse(name).unwrap(),
        title: Text::zh_only("沱江"),
        saved_on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        listing: listing.map(Arc::new),
    };
    let there = |kind, name: &str| item(&format!("{name}-{kind}"), Some(listing(kind, name)));
    SavedPage { items: vec![there(Kind::Place, "a"), there(Kind::Stay, "b"), item("gone-1", None)], most: 200 }
}

pub fn compare_page() -> ComparePage {
    let sample = Listing { sample: true, ..listing(Kind::Stay, "b") };
    let listings = vec![Arc::new(listing(Kind::Place, "a")), Arc::new(sample), Arc::new(listing(Kind::Product, "c"))];
    ComparePage { listings, left_out: vec![Arc::new(listing(Kind::Place, "d"))], unknown: vec!["gone-1".into()] }
}

pub fn near_page() -> NearPage {
    let region = region::find("433123").unwrap();
    NearPage {
        typed: "凤凰".into(),
        here: Some(Here::Region(region, region.centre().unwrap())),
        problems: vec![],
        others: vec![Here::Listing(Arc::new(listing(Kind::Place, "x")), region.centre().unwrap())],
        radius_km: 15.0,
        groups: vec![(Kind::Place, 9, cards(Kind::Place)), (Kind::Stay, 5, cards(Kind::Stay))],
    }
}
