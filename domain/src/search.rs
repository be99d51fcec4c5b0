//! What a search asks for, and how it stands in an address.
//!
//! [`Query::from_params`] is total: every list of parameters means some query, and what did not fit comes back as problems.
//! The API refuses a query with problems; a page shows them and goes on with the rest. [`Query::to_params`] is its inverse
//! (a law test says so), so a page can build the address of every next step.

pub mod asked;
pub mod correct;
pub mod fold;
pub mod notes;
pub mod numeral;
mod params;
pub mod pieces;
pub mod script;
mod sort;
pub mod sounds;
pub mod synonyms;
pub mod terms;
pub mod tongue;
pub mod understand;
pub mod weights;

use chrono::{Datelike, NaiveDate};

use crate::geo::{Bbox, Point};
use crate::listing::kinds::{Family, Level, is_grade};
use crate::listing::{Kind, Tag};
use crate::region::RegionCode;
use crate::time::Months;
use crate::{Fen, Lang, Problem};

pub use params::{PARAMS, Param};
pub use sort::Sort;

pub const LONGEST_QUERY: usize = 100;
/// Values of one parameter that count. Every chosen value stands in every link of a page, so their number is squared there.
pub const MOST_VALUES: usize = 20;
pub const MOST_PER_PAGE: u32 = 100;
pub const DEFAULT_PER_PAGE: u32 = 20;
/// Nobody reads further; it bounds the work of one request.
pub const DEEPEST_HIT: u32 = 10_000;
/// More conditions than these are in no text.
const MOST_LITERAL: usize = 12;
pub const DEFAULT_RADIUS_KM: f64 = 30.0;
pub const DEFAULT_CORRIDOR_KM: f64 = 20.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What was typed, trimmed, at most [`LONGEST_QUERY`] characters.
    pub text: String,
    pub kinds: Vec<Kind>,
    pub counties: Vec<RegionCode>,
    pub prefectures: Vec<RegionCode>,
    pub families: Vec<Family>,
    pub grades: Vec<String>,
    pub levels: Vec<Level>,
    pub tags: Vec<Tag>,
    /// Known to be open on this day.
    pub date: Option<NaiveDate>,
    /// Good in any of these months.
    pub months: Months,
    /// Indexes into [`crate::money::PRICE_BANDS`].
    pub price_bands: Vec<usize>,
    pub price_min: Option<Fen>,
    pub price_max: Option<Fen>,
    pub barrier_free: bool,
    pub voucher: bool,
    pub near: Option<Point>,
    pub radius_km: Option<f64>,
    pub bbox: Option<Bbox>,
    pub corridor: Option<Corridor>,
    pub corridor_km: Option<f64>,
    /// Codes of [`understand::Chip`]s whose words are to be taken as words.
    pub literal: Vec<String>,
    /// As typed: nothing understood, nothing corrected, nothing left out.
    pub exact: bool,
    /// Say of every hit why it stands where it stands.
    pub explain: bool,
    pub sort: Sort,
    /// Counted from 1.
    pub page: u32,
    pub per_page: u32,
    pub lang: Lang,
}

/// What lies along a route.
#[derive(Debug, Clone, PartialEq)]
pub struct Corridor {
    /// Slug or id.
    pub route: String,
    /// Its stops in their order: not in the address, looked up by whoever runs the query.
    pub line: Vec<Point>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            kinds: vec![],
            counties: vec![],
            prefectures: vec![],
            families: vec![],
            grades: vec![],
            levels: vec![],
            tags: vec![],
            date: None,
            months: Months::NONE,
            price_bands: vec![],
            price_min: None,
            price_max: None,
            barrier_free: false,
            voucher: false,
            near: None,
            radius_km: None,
            bbox: None,
            corridor: None,
            corridor_km: None,
            literal: vec![],
            exact: false,
            explain: false,
            sort: Sort::Relevance,
            page: 1,
            per_page: DEFAULT_PER_PAGE,
            lang: Lang::Zh,
        }
    }
}

impl Query {
    /// Reads decoded parameters. Unknown names are reported as problems with the code `unknown_parameter`.
    pub fn from_params<'a>(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Problem>) {
        let mut query = Self::default();
        let mut problems = Vec::new();
        let mut given: Vec<&str> = Vec::new();
        for (name, value) in params {
            let value = value.trim();
            let read = match PARAMS.iter().find(|param| param.name == name && !param.repeats && !value.is_empty()) {
                Some(param) if given.contains(&param.name) => Err(repeated(param)),
                Some(param) => {
                    given.push(param.name);
                    query.read(name, value)
                }
                None => query.read(name, value),
            };
            if let Err(problem) = read
                && problems.len() < MOST_PROBLEMS
                && !problems.iter().any(|known: &Problem| known.field == problem.field && known.code == problem.code)
            {
                problems.push(problem);
            }
        }
        if matches!((query.price_min, query.price_max), (Some(min), Some(max)) if min > max) {
            (query.price_min, query.price_max) = (None, None);
            problems.push(Problem::new("price_min", "above_maximum", "最低价高于最高价", "price_min is above price_max"));
        }
        if query.near.is_none() {
            if query.sort == Sort::Distance {
                let (zh, en) = ("按距离排序需要 near", "sort=distance needs near");
                problems.push(Problem::new("sort", "needs_near", zh, en));
                query.sort = Sort::Relevance;
            }
            if query.radius_km.take().is_some() {
                problems.push(Problem::new("radius_km", "needs_near", "radius_km 需要 near", "radius_km needs near"));
            }
        }
        if query.corridor.is_none() && query.corridor_km.take().is_some() {
            let (zh, en) = ("corridor_km 需要 corridor", "corridor_km needs corridor");
            problems.push(Problem::new("corridor_km", "needs_corridor", zh, en));
        }
        if query.page.saturating_mul(query.per_page) > DEEPEST_HIT {
            query.page = 1;
            problems.push(Problem::new(
                "page",
                "too_deep",
                format!("只能翻到第{DEEPEST_HIT}条，请缩小范围"),
                format!("only the first {DEEPEST_HIT} hits can be reached; narrow the search"),
            ));
        }
        (query, problems)
    }

    fn read(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        let Some(param) = PARAMS.iter().find(|param| param.name == name) else {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
            return Err(Problem::new(
                shown.clone(),
                "unknown_parameter",
                format!("没有“{shown}”这个参数"),
                format!("there is no parameter “{shown}”"),
            ));
        };
        if value.is_empty() {
            return Ok(());
        }
        let refuse = || bad_value(param, value);
        match name {
            "q" => {
                let clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                self.text = clean.trim().chars().take(LONGEST_QUERY).collect();
                if clean.trim().chars().count() > LONGEST_QUERY {
                    return Err(Problem::new(
                        "q",
                        "too_long",
                        format!("搜索词太长，只用了前{LONGEST_QUERY}个字"),
                        format!("the query is too long; only its first {LONGEST_QUERY} characters count"),
                    ));
                }
            }
            "kind" => add(param, &mut self.kinds, Kind::parse(value).ok_or_else(refuse)?)?,
            "county" => {
                let known = RegionCode::parse(value).ok().filter(|code| code.region().is_some_and(|r| r.code != r.prefecture));
                add(param, &mut self.counties, known.ok_or_else(refuse)?)?;
            }
            "prefecture" => {
                let known = RegionCode::parse(value).ok().filter(|code| code.region().is_some_and(|r| r.code == r.prefecture));
                add(param, &mut self.prefectures, known.ok_or_else(refuse)?)?;
            }
            "family" => add(param, &mut self.families, Family::parse(value).ok_or_else(refuse)?)?,
            "grade" => {
                let grade = is_grade(value).then(|| value.to_owned());
                add(param, &mut self.grades, grade.ok_or_else(refuse)?)?;
            }
            "level" => add(param, &mut self.levels, Level::parse(value).ok_or_else(refuse)?)?,
            "tag" => add(param, &mut self.tags, Tag::parse(value).ok_or_else(refuse)?)?,
            "month" => {
                let month = value.parse().ok().and_then(Months::only).ok_or_else(refuse)?;
                self.months = self.months.with(month);
            }
            "date" => {
                let day = value.parse::<NaiveDate>().ok().filter(|day| (2000..2100).contains(&day.year()));
                self.date = Some(day.ok_or_else(refuse)?);
            }
            "price_band" => {
                let band = crate::money::PRICE_BANDS.iter().position(|(code, ..)| *code == value);
                add(param, &mut self.price_bands, band.ok_or_else(refuse)?)?;
            }
            "price_min" => self.price_min = Some(parse_price(value).ok_or_else(refuse)?),
            "price_max" => self.price_max = Some(parse_price(value).ok_or_else(refuse)?),
            "barrier_free" => self.barrier_free = parse_flag(value).ok_or_else(refuse)?,
            "voucher" => self.voucher = parse_flag(value).ok_or_else(refuse)?,
            "near" => self.near = Some(Point::parse(value).ok_or_else(refuse)?),
            "radius_km" => {
                let km = value.parse::<f64>().ok().filter(|km| *km > 0.0 && *km <= 500.0);
                self.radius_km = Some(km.ok_or_else(refuse)?);
            }
            "bbox" => self.bbox = Some(Bbox::parse(value).ok_or_else(refuse)?),
            "corridor" => {
                let plain = value.len() <= 100 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
                let route = plain.then(|| value.to_owned()).ok_or_else(refuse)?;
                self.corridor = Some(Corridor { route, line: vec![] });
            }
            "corridor_km" => {
                let km = value.parse::<f64>().ok().filter(|km| *km > 0.0 && *km <= 100.0);
                self.corridor_km = Some(km.ok_or_else(refuse)?);
            }
            "literal" => {
                let plain = value.chars().count() <= 60 && !value.chars().any(char::is_control);
                if self.literal.len() < MOST_LITERAL {
                    add(param, &mut self.literal, plain.then(|| value.to_owned()).ok_or_else(refuse)?)?;
                }
            }
            "exact" => self.exact = parse_flag(value).ok_or_else(refuse)?,
            "explain" => self.explain = parse_flag(value).ok_or_else(refuse)?,
            "sort" => self.sort = Sort::ALL.into_iter().find(|sort| sort.code() == value).ok_or_else(refuse)?,
            "page" => self.page = value.parse().ok().filter(|page| *page >= 1).ok_or_else(refuse)?,
            "per_page" => {
                self.per_page = value.parse().ok().filter(|n| (1..=MOST_PER_PAGE).contains(n)).ok_or_else(refuse)?;
            }
            "lang" => self.lang = Lang::parse(value).ok_or_else(refuse)?,
            _ => unreachable!("every parameter is read: a test says so"),
        }
        Ok(())
    }

    /// The parameters that make this query again; defaults are left out. The language is not among them: it is in the path.
    pub fn to_params(&self) -> Vec<(&'static str, String)> {
        let mut params = Vec::new();
        let mut put = |name: &'static str, value: String| params.push((name, value));
        if !self.text.is_empty() {
            put("q", self.text.clone());
        }
        self.kinds.iter().for_each(|kind| put("kind", kind.name().to_owned()));
        self.counties.iter().for_each(|code| put("county", code.to_string()));
        self.prefectures.iter().for_each(|code| put("prefecture", code.to_string()));
        self.families.iter().for_each(|family| put("family", family.code().to_owned()));
        self.grades.iter().for_each(|grade| put("grade", grade.clone()));
        self.levels.iter().for_each(|level| put("level", level.code().to_owned()));
        self.tags.iter().for_each(|tag| put("tag", tag.code().to_owned()));
        if let Some(day) = self.date {
            put("date", day.to_string());
        }
        self.months.iter().for_each(|month| put("month", month.to_string()));
        self.price_bands.iter().for_each(|band| put("price_band", crate::money::PRICE_BANDS[*band].0.to_owned()));
        if let Some(price) = self.price_min {
            put("price_min", price.0.to_string());
        }
        if let Some(price) = self.price_max {
            put("price_max", price.0.to_string());
        }
        if self.barrier_free {
            put("barrier_free", "1".to_owned());
        }
        if self.voucher {
            put("voucher", "1".to_owned());
        }
        if let Some(point) = self.near {
            put("near", format!("{},{}", point.lat, point.lon));
        }
        if let Some(km) = self.radius_km {
            put("radius_km", km.to_string());
        }
        if let Some(Bbox { south_west, north_east }) = self.bbox {
            put("bbox", format!("{},{},{},{}", south_west.lon, south_west.lat, north_east.lon, north_east.lat));
        }
        if let Some(corridor) = &self.corridor {
            put("corridor", corridor.route.clone());
        }
        if let Some(km) = self.corridor_km {
            put("corridor_km", km.to_string());
        }
        self.literal.iter().for_each(|code| put("literal", code.clone()));
        if self.exact {
            put("exact", "1".to_owned());
        }
        if self.explain {
            put("explain", "1".to_owned());
        }
        if self.sort != Sort::default() {
            put("sort", self.sort.code().to_owned());
        }
        if self.page != 1 {
            put("page", self.page.to_string());
        }
        if self.per_page != DEFAULT_PER_PAGE {
            put("per_page", self.per_page.to_string());
        }
        params
    }

    /// [`Self::to_params`] as a query string, `?` included; empty for the default query.
    pub fn to_query_string(&self) -> String {
        let pairs: Vec<_> =
            self.to_params().iter().map(|(name, value)| format!("{name}={}", crate::navigation::encode(value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// Anything but text narrows it.
    pub fn has_filters(&self) -> bool {
        let bare = Self {
            text: self.text.clone(),
            literal: self.literal.clone(),
            exact: self.exact,
            explain: self.explain,
            sort: self.sort,
            page: self.page,
            per_page: self.per_page,
            lang: self.lang,
            ..Self::default()
        };
        *self != bare
    }

    /// How far from `near` a hit may be; none where there is no limit.
    pub fn reach_km(&self) -> Option<f64> {
        self.near.map(|_| self.radius_km.unwrap_or(DEFAULT_RADIUS_KM))
    }
}

/// Of problems that are told; who sends more has other troubles.
const MOST_PROBLEMS: usize = 20;

fn add<T: PartialEq>(param: &Param, list: &mut Vec<T>, value: T) -> Result<(), Problem> {
    if list.contains(&value) {
        return Ok(());
    }
    if list.len() >= MOST_VALUES {
        let name = param.name;
        return Err(Problem::new(
            name,
            "too_many",
            format!("参数 {name} 的值太多，只用了前{MOST_VALUES}个"),
            format!("too many values for {name}; only the first {MOST_VALUES} count"),
        ));
    }
    list.push(value);
    Ok(())
}

fn repeated(param: &Param) -> Problem {
    let name = param.name;
    Problem::new(
        name,
        "repeated",
        format!("参数 {name} 只能给一次，只用了第一个值"),
        format!("{name} can be given once; only its first value counts"),
    )
}

fn parse_price(value: &str) -> Option<Fen> {
    value.parse().ok().map(Fen).filter(|fen| (Fen(0)..=Fen::MOST).contains(fen))
}

fn parse_flag(value: &str) -> Option<bool> {
    match value {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

fn bad_value(param: &Param, value: &str) -> Problem {
    let shown: String = value.chars().filter(|c| !c.is_control()).take(40).collect();
    let (name, about) = (param.name, param.about);
    Problem::new(
        name,
        "bad_value",
        format!("参数 {name} 的值“{shown}”不可用"),
        format!("“{shown}” is no value for {name}. {about}"),
    )
}

#[cfg(test)]
mod tests;
