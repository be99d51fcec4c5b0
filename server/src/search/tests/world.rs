//! A small Hunan that everybody in these tests knows.

use std::sync::Arc;

use chrono::{NaiveDate, TimeZone, Utc};
use domain::geo::Position;
use domain::listing::kinds::{BarrierFact, BarrierFree, Level};
use domain::listing::{Confidence, Details, Kind, Listing, Provenance, Tag, Terrain};
use domain::region::RegionCode;
use domain::search::Query;
use domain::time::Months;
use domain::{Fen, ListingId, Slug, Text};

use crate::search::{Index, Location, Options, Results};

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn options() -> Options {
    Options { hide_samples: false, today: day(2026, 11, 24), per_kind: None, facets: true, curated: Arc::default(), typed: None }
}

pub fn id(text: &str) -> ListingId {
    ListingId::parse(text).unwrap()
}

pub fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).unwrap()
}

/// Everything but kind, name and county has a default that changes nothing.
pub struct Build(pub Listing);

pub fn listing(ident: &str, kind: Kind, zh: &str, en: &str, county: &str) -> Build {
    let mut details = kind.sample();
    if let Details::Place(place) = &mut details {
        (place.grade, place.sort) = (None, Text::new("去处", "Place"));
    }
    if let Details::Heritage(heritage) = &mut details {
        heritage.protecting_place = None;
    }
    Build(Listing {
        id: id(ident),
        slug: Slug::parse(ident).unwrap(),
        title: Text::new(zh, en),
        aliases: vec![],
        keywords: vec![],
        summary: Text::zh_only("一处。"),
        body: None,
        region: Some(region(county)),
        regions: vec![],
        position: None,
        terrain: Terrain::Village,
        months: Months::NONE,
        tags: vec![],
        provenance: Provenance {
            source: "test".into(),
            confidence: Confidence::Sourced,
            as_of: day(2026, 1, 1),
            licence: "CC BY 4.0".into(),
            credits: vec![],
            editorial: vec![],
        },
        sample: false,
        published_at: Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap(),
        updated_at: Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap(),
        details,
    })
}

impl Build {
    pub fn summary(mut self, zh: &str) -> Self {
        self.0.summary.zh = zh.to_owned();
        self
    }

    pub fn body(mut self, zh: &str, en: &str) -> Self {
        self.0.body = Some(Text::new(zh, en));
        self
    }

    pub fn alias(mut self, alias: &str) -> Self {
        self.0.aliases.push(alias.to_owned());
        self
    }

    pub fn at(mut self, lat: f64, lon: f64) -> Self {
        self.0.position = Some(Position { lat, lon, accuracy_m: None });
        self
    }

    pub fn also_in(mut self, counties: &[&str]) -> Self {
        self.0.regions = counties.iter().map(|code| region(code)).collect();
        self
    }

    pub fn tags(mut self, tags: &[Tag]) -> Self {
        self.0.tags = tags.to_vec();
        self
    }

    pub fn months(mut self, months: &[u32]) -> Self {
        self.0.months = Months::try_from(months.to_vec()).unwrap();
        self
    }

    pub fn grade(mut self, grade: &str) -> Self {
        if let Details::Place(place) = &mut self.0.details {
            place.grade = Some(Text::zh_only(grade));
        }
        self
    }

    pub fn level(mut self, level: Level) -> Self {
        if let Details::Heritage(heritage) = &mut self.0.details {
            heritage.level = level;
        }
        self
    }

    pub fn price(mut self, fen: Option<i64>) -> Self {
        if let Details::Stay(stay) = &mut self.0.details {
            (stay.price_min, stay.price_max) = (fen.map(Fen), None);
        }
        self
    }

    pub fn vouchers(mut self, taken: bool) -> Self {
        if let Details::Stay(stay) = &mut self.0.details {
            stay.vouchers = taken;
        }
        self
    }

    pub fn step_free(mut self) -> Self {
        let fact = |fact, value: serde_json::Value| BarrierFree {
            fact,
            value: serde_json::from_value(value).unwrap(),
            witness: Text::new("示例记录", "sample record"),
            on: day(2026, 5, 18),
        };
        if let Details::Stay(stay) = &mut self.0.details {
            stay.barrier_free = vec![fact(BarrierFact::Ramp, true.into()), fact(BarrierFact::DoorWidth, 90.into())];
        }
        self
    }

    pub fn sample(mut self) -> Self {
        self.0.sample = true;
        self.0.provenance.confidence = Confidence::Sample;
        self
    }

    pub fn updated(mut self, on: NaiveDate) -> Self {
        self.0.updated_at = Utc.from_utc_datetime(&on.and_hms_opt(0, 0, 0).unwrap());
        self
    }
}

pub fn world() -> Vec<Listing> {
    let all = vec![
        listing("pl-fenghuang", Kind::Place, "凤凰古城", "Fenghuang Old Town", "433123")
            .summary("沱江边的古城，吊脚楼临水而立，夜里灯火很好看。")
            .at(27.948, 109.599)
            .tags(&[Tag::OldTown, Tag::Miao, Tag::Night])
            .months(&[3, 4, 5, 9, 10, 11])
            .grade("4A"),
        listing("pl-furong", Kind::Place, "芙蓉镇", "Furong Town", "433127")
            .alias("王村")
            .summary("挂在瀑布上的千年古镇。")
            .at(28.766, 109.965)
            .tags(&[Tag::OldTown, Tag::Tujia, Tag::Water])
            .months(&[4, 5, 10])
            .grade("4A"),
        listing("pl-yuelu", Kind::Place, "岳麓山", "Yuelu Mountain", "430104")
            .summary("湘江西岸的名山，山下有岳麓书院。")
            .at(28.186, 112.936)
            .tags(&[Tag::Mountain, Tag::Study])
            .grade("5A"),
        listing("pl-wulingyuan", Kind::Place, "武陵源", "Wulingyuan", "430811")
            .alias("张家界国家森林公园")
            .summary("石英砂岩峰林，世界自然遗产。")
            .at(29.345, 110.550)
            .tags(&[Tag::Nature, Tag::Mountain, Tag::WorldHeritage])
            .months(&[4, 5, 6, 9, 10])
            .grade("5A"),
        listing("pl-dongjiang", Kind::Place, "郴州东江湖", "Dongjiang Lake", "431081")
            .summary("清晨的小东江雾气弥漫。")
            .at(25.86, 113.30)
            .tags(&[Tag::Water, Tag::Photography])
            .grade("5A"),
        listing("pl-quzi", Kind::Place, "汨罗屈子祠", "Quzi Temple", "430681")
            .summary("祭祀屈原的祠堂，端午赛龙舟。")
            .at(28.96, 113.02)
            .tags(&[Tag::Study]),
        listing("pl-suishan", Kind::Place, "溆浦穿岩山", "Chuanyan Mountain", "431224")
            .summary("雪峰山里的森林景区。")
            .grade("4A"),
        listing("pl-jingdian", Kind::Place, "乡村景点", "A rural sight", "430524").summary("一处小小的景点。"),
        listing("he-jingdian", Kind::Heritage, "经典戏曲", "Classic opera", "430524")
            .summary("经典剧目。")
            .level(Level::Provincial),
        listing("he-zhijiang", Kind::Heritage, "芷江侗族大歌", "Dong choral singing of Zhijiang", "431228")
            .summary("多声部民歌。")
            .tags(&[Tag::Dong, Tag::Music])
            .level(Level::National),
        listing("rt-west", Kind::Route, "神韵大湘西", "Spirit of the West", "430802")
            .also_in(&["430811", "433127", "433123"])
            .summary("从张家界经芙蓉镇到凤凰的线路。"),
        listing("pr-huangtea", Kind::Product, "安化黑茶", "Anhua Dark Tea", "430923")
            .summary("后发酵茶。")
            .body("茶叶采自山头，渥堆之后再烘干。", "Leaves from the lakes and hills are piled and dried.")
            .tags(&[Tag::Tea]),
        listing("st-fenghuang", Kind::Stay, "沱江边的小院", "A yard by the Tuo", "433123")
            .summary("示例民宿，凤凰城里的院子，有蝶和花。")
            .at(27.950, 109.601)
            .price(Some(16_800))
            .vouchers(true)
            .step_free()
            .sample(),
        listing("st-furong", Kind::Stay, "瀑布人家", "Home at the waterfall", "433127")
            .summary("示例农家乐。")
            .at(28.767, 109.966)
            .price(Some(29_900))
            .vouchers(false)
            .sample()
            .updated(day(2026, 6, 1)),
        listing("st-yuelu", Kind::Stay, "书院旁的旅馆", "Inn by the academy", "430104").price(None).vouchers(false).sample(),
        listing("of-winter", Kind::Offer, "冬游满减", "Winter saving", "z-hongjiang").sample(),
    ];
    all.into_iter().map(|build| build.0).collect()
}

pub fn with_digests(listings: Vec<Listing>) -> Vec<(Arc<Listing>, String)> {
    listings.into_iter().map(|listing| (Arc::new(listing.clone()), format!("digest of {}", listing.id))).collect()
}

pub fn index_of(listings: Vec<Listing>) -> Index {
    let index = Index::open(&Location::Memory).unwrap();
    index.apply(&with_digests(listings), &[], 1).unwrap();
    index
}

pub fn ask(text: &str) -> Query {
    Query { text: text.to_owned(), ..Query::default() }
}

pub fn found(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// The ids a query finds, best first.
pub fn search(index: &Index, query: &Query) -> Vec<String> {
    found(&index.search(query, &options()).unwrap()).into_iter().map(str::to_owned).collect()
}
