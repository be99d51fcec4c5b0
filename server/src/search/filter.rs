//! What a row must be to count.

use chrono::NaiveDate;
use domain::festival::Festival;
use domain::geo::{Bbox, Point};
use domain::search::{DEFAULT_CORRIDOR_KM, Query};
use domain::time::{Months, Weekdays};

use super::row::{NONE, REGION_WORDS, Rank, RegionSet, Row, day_number, join, meet, prefecture_bits, region_bit};
use super::snapshot::Grades;

/// What results can be narrowed by, in the order in which it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Kind,
    Prefecture,
    County,
    Family,
    Grade,
    Level,
    Tag,
    Month,
    PriceBand,
    BarrierFree,
    Voucher,
}

impl By {
    pub const ALL: [By; 11] = [
        By::Kind,
        By::Prefecture,
        By::County,
        By::Family,
        By::Grade,
        By::Level,
        By::Tag,
        By::Month,
        By::PriceBand,
        By::BarrierFree,
        By::Voucher,
    ];

    pub fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What being at the centre of the search counts for, against being at its edge.
const NEAREST: f32 = 0.1;

/// Kilometres of a degree of latitude, a little less than there are anywhere: the box must not cut off the circle.
const KM_OF_A_DEGREE: f64 = 110.0;

#[derive(Debug, Clone)]
pub struct Filter {
    /// Bits of values counted from 1; all of them 0 where nothing is chosen.
    kinds: u16,
    families: u32,
    levels: u16,
    bands: u16,
    months: u16,
    tags: u64,
    prefectures: RegionSet,
    counties: RegionSet,
    grades: Option<Vec<u16>>,
    barrier_free: bool,
    voucher: bool,
    /// The facets in which something is chosen: the others cannot be missed.
    chosen: u16,
    price: Option<(i64, i64)>,
    near: Option<Near>,
    bbox: Option<Bbox>,
    along: Option<Along>,
    day: Option<Day>,
    hide_samples: bool,
}

#[derive(Debug, Clone, Copy)]
struct Near {
    centre: Point,
    reach_km: f64,
    lat_reach: f64,
}

/// A day on which something must be known to be open.
#[derive(Debug, Clone, Copy)]
struct Day {
    number: i64,
    month: u16,
    weekday: u8,
    /// Bits of festivals counted from 1.
    festivals: u32,
}

impl Day {
    fn new(day: NaiveDate) -> Self {
        Self {
            number: day_number(day),
            month: Months::of(day).bits(),
            weekday: Weekdays::of(day).bits(),
            festivals: Festival::around(day).fold(0, |bits, festival| bits | 1 << (festival.index() + 1)),
        }
    }

    /// [`domain::listing::KnownOpen::on`], in bits.
    fn is_open(self, rank: &Rank) -> bool {
        if rank.until != i64::MAX {
            return (rank.from..=rank.until).contains(&self.number);
        }
        if rank.open_months == 0 {
            return rank.festival != NONE && self.festivals >> rank.festival & 1 == 1;
        }
        rank.open_months & self.month != 0 && rank.weekdays & self.weekday != 0
    }
}

/// A line and how far off it one may be; the box keeps most rows from being measured.
#[derive(Debug, Clone)]
struct Along {
    line: Vec<Point>,
    reach_km: f64,
    around: Bbox,
}

impl Along {
    fn new(line: &[Point], reach_km: f64) -> Self {
        let of = |number: fn(&Point) -> f64| {
            let all = || line.iter().map(number);
            (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max))
        };
        let ((south, north), (west, east)) = (of(|point| point.lat), of(|point| point.lon));
        let reach = reach_km / KM_OF_A_DEGREE;
        // a degree of longitude is shorter, in Hunan nine tenths; twice is plenty
        let around = Bbox {
            south_west: Point { lat: south - reach, lon: west - 2.0 * reach },
            north_east: Point { lat: north + reach, lon: east + 2.0 * reach },
        };
        Self { line: line.to_vec(), reach_km, around }
    }

    fn admits(&self, point: Point) -> bool {
        self.around.contains(point) && point.km_to_line(&self.line).is_some_and(|km| km <= self.reach_km)
    }
}

impl Filter {
    pub fn new(query: &Query, hide_samples: bool, grades: &Grades) -> Self {
        let regions = |codes: &[domain::region::RegionCode]| codes.iter().map(region_bit).fold([0; REGION_WORDS], join);
        let bits = |indexes: &mut dyn Iterator<Item = usize>| indexes.fold(0u32, |bits, index| bits | 1 << (index + 1));
        let choices = [
            (By::Kind, !query.kinds.is_empty()),
            (By::Prefecture, !query.prefectures.is_empty()),
            (By::County, !query.counties.is_empty()),
            (By::Family, !query.families.is_empty()),
            (By::Grade, !query.grades.is_empty()),
            (By::Level, !query.levels.is_empty()),
            (By::Tag, !query.tags.is_empty()),
            (By::Month, !query.months.is_empty()),
            (By::PriceBand, !query.price_bands.is_empty()),
            (By::BarrierFree, query.barrier_free),
            (By::Voucher, query.voucher),
        ];
        let near = query.near.zip(query.reach_km());
        Self {
            kinds: bits(&mut query.kinds.iter().map(|kind| kind.index())) as u16,
            families: bits(&mut query.families.iter().map(|family| *family as usize)),
            levels: bits(&mut query.levels.iter().map(|level| *level as usize)) as u16,
            bands: bits(&mut query.price_bands.iter().copied()) as u16,
            months: query.months.bits(),
            tags: query.tags.iter().fold(0, |bits, tag| bits | 1 << *tag as u64),
            prefectures: regions(&query.prefectures),
            counties: regions(&query.counties),
            grades: (!query.grades.is_empty()).then(|| query.grades.iter().filter_map(|grade| grades.find(grade)).collect()),
            barrier_free: query.barrier_free,
            voucher: query.voucher,
            chosen: choices.iter().filter(|(_, chosen)| *chosen).fold(0, |bits, (by, _)| bits | by.bit()),
            price: (query.price_min.is_some() || query.price_max.is_some())
                .then(|| (query.price_min.map_or(i64::MIN, |p| p.0), query.price_max.map_or(i64::MAX - 1, |p| p.0))),
            near: near.map(|(centre, reach_km)| Near { centre, reach_km, lat_reach: reach_km / KM_OF_A_DEGREE }),
            bbox: query.bbox,
            along: (query.corridor.as_ref())
                .map(|corridor| Along::new(&corridor.line, query.corridor_km.unwrap_or(DEFAULT_CORRIDOR_KM))),
            day: query.date.map(Day::new),
            hide_samples,
        }
    }

    /// Whether every row counts, and no distance.
    pub fn is_none(&self) -> bool {
        self.chosen == 0
            && !self.hide_samples
            && self.price.is_none()
            && self.near.is_none()
            && self.bbox.is_none()
            && self.along.is_none()
            && self.day.is_none()
    }

    /// What is not a facet: a row that fails here counts nowhere.
    pub fn admits(&self, row: &Row, rank: &Rank) -> bool {
        if self.hide_samples && row.sample() {
            return false;
        }
        if self.price.is_some_and(|(min, max)| row.price < min || row.price > max) {
            return false;
        }
        if self.day.is_some_and(|day| !day.is_open(rank)) {
            return false;
        }
        // without a position every comparison below is false
        if let Some(bbox) = &self.bbox
            && !bbox.contains(Point { lat: row.lat, lon: row.lon })
        {
            return false;
        }
        if self.along.as_ref().is_some_and(|along| !along.admits(Point { lat: row.lat, lon: row.lon })) {
            return false;
        }
        self.near.is_none_or(|near| {
            (row.lat - near.centre.lat).abs() <= near.lat_reach
                && near.centre.km_to(Point { lat: row.lat, lon: row.lon }) <= near.reach_km
        })
    }

    /// From the centre of the search; none without a centre.
    pub fn distance_km(&self, row: &Row) -> Option<f64> {
        self.near.map(|near| near.centre.km_to(Point { lat: row.lat, lon: row.lon }))
    }

    /// What being near the centre counts for in the order: half the way is worth half.
    pub fn nearness(&self, row: &Row) -> f32 {
        let Some(near) = self.near else { return 1.0 };
        let km = near.centre.km_to(Point { lat: row.lat, lon: row.lon });
        1.0 + NEAREST * (1.0 - (km / near.reach_km).min(1.0)) as f32
    }

    /// The facets in which the row is not what was chosen, as bits.
    pub fn missed(&self, row: &Row) -> u16 {
        if self.chosen == 0 {
            return 0;
        }
        let miss = |by: By, fits: bool| if self.chosen & by.bit() != 0 && !fits { by.bit() } else { 0 };
        miss(By::Kind, self.kinds >> row.kind & 1 == 1)
            | miss(By::Prefecture, meet(&self.prefectures, &row.regions))
            | miss(By::County, meet(&self.counties, &row.regions))
            | miss(By::Family, self.families >> row.family & 1 == 1)
            | miss(By::Grade, self.grades.as_ref().is_none_or(|grades| grades.contains(&row.grade)))
            | miss(By::Level, self.levels >> row.level & 1 == 1)
            | miss(By::Tag, self.tags & row.tags != 0)
            | miss(By::Month, self.months & row.months != 0)
            | miss(By::PriceBand, self.bands >> row.price_band() & 1 == 1)
            | miss(By::BarrierFree, !self.barrier_free || row.barrier_free())
            | miss(By::Voucher, !self.voucher || row.voucher())
    }
}

/// Regions of one facet among all: prefectures, or what lies in them.
pub fn facet_regions(by: By) -> RegionSet {
    let prefectures = prefecture_bits();
    match by {
        By::Prefecture => prefectures,
        _ => prefectures.map(|word| !word),
    }
}
