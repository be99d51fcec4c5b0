//! The regions of Hunan: 14 prefectures, 122 counties by GB/T 2260 code, and the management zones that have no code.
//!
//! The table is `region/regions.tsv`. 脱贫县 (lifted out of poverty; 51 of them, 洪江区 among them) and eligibility for the
//! 832 platform (national-level ones only) are two facts in two columns.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::geo::Point;
use crate::listing::Terrain;
use crate::{Lang, Text};

/// `433123` (county), `433100` (prefecture) or `z-hongjiang` (zone). Well-formed, not necessarily known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a region is a six-digit code or the name of a management zone such as z-hongjiang")]
pub struct RegionCodeError;

impl RegionCode {
    pub fn parse(text: &str) -> Result<Self, RegionCodeError> {
        let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
        let zone = text.starts_with("z-") && text.len() <= 32 && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if digits || zone { Ok(Self(text.to_owned())) } else { Err(RegionCodeError) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn region(&self) -> Option<&'static Region> {
        find(&self.0)
    }

    /// Whether what is in this region is in the other: it is the same, its county or its prefecture.
    pub fn lies_in(&self, area: &RegionCode) -> bool {
        self == area || self.region().is_some_and(|it| it.prefecture == *area || it.county.as_ref() == Some(area))
    }
}

impl TryFrom<String> for RegionCode {
    type Error = RegionCodeError;
    fn try_from(text: String) -> Result<Self, RegionCodeError> {
        Self::parse(&text)
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> String {
        code.0
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegionLevel {
    Prefecture,
    County,
    /// A management zone: real to its people, absent from GB/T 2260.
    Zone,
}

/// The five blocks of the “5+2” routes; an approximation by prefecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Block {
    ChangZhuTan,
    WestHunan,
    SouthHunan,
    DongtingLake,
    XuefengMountains,
}

impl Block {
    pub const ALL: [Block; 5] =
        [Block::ChangZhuTan, Block::WestHunan, Block::DongtingLake, Block::SouthHunan, Block::XuefengMountains];

    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Block::ChangZhuTan => lang.pick("长株潭", "Changsha–Zhuzhou–Xiangtan"),
            Block::WestHunan => lang.pick("大湘西", "Greater West Hunan"),
            Block::SouthHunan => lang.pick("大湘南", "Greater South Hunan"),
            Block::DongtingLake => lang.pick("环洞庭湖", "Around Dongting Lake"),
            Block::XuefengMountains => lang.pick("雪峰山", "Xuefeng Mountains"),
        }
    }

    fn parse(zh: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|block| block.label(Lang::Zh) == zh)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    pub code: RegionCode,
    pub level: RegionLevel,
    pub name: Text,
    /// Without tones, syllables apart: `chen zhou shi`.
    pub pinyin: String,
    /// Its own code for a prefecture.
    pub prefecture: RegionCode,
    /// For a zone: the county whose code its people use.
    pub county: Option<RegionCode>,
    /// The county seat, give or take a few hundred metres; a prefecture's own is unknown here.
    pub seat: Option<Point>,
    pub terrain: Terrain,
    pub block: Option<Block>,
    /// One of the 51 脱贫县.
    pub lifted_from_poverty: bool,
    pub poverty_exit_year: Option<i32>,
    /// May supply the 832 platform: the national-level ones of the 51.
    pub on_832: bool,
    /// 自治县, or a county of an autonomous prefecture.
    pub ethnic_autonomy: Option<String>,
    /// In the Hunan–Jiangxi border zone of old revolutionary areas.
    pub border_zone: bool,
    pub former_name: Option<String>,
}

impl Region {
    pub fn prefecture_region(&self) -> &'static Region {
        self.prefecture.region().expect("every region's prefecture is in the table: a test says so")
    }

    pub fn path(&self, lang: Lang) -> String {
        format!("{}/counties/{}", lang.prefix(), self.code)
    }

    /// 凤凰县 is 凤凰, 新晃侗族自治县 is 新晃; 攸县 stays, for one character is not a name.
    pub fn short_name(&self) -> &str {
        const ENDINGS: [&str; 12] = [
            "土家族苗族自治州",
            "苗族侗族自治县",
            "苗族自治县",
            "侗族自治县",
            "瑶族自治县",
            "旅游度假区",
            "旅游管理区",
            "管理区",
            "示范区",
            "区",
            "市",
            "县",
        ];
        let short = ENDINGS.iter().find_map(|ending| self.name.zh.strip_suffix(ending));
        short.filter(|short| short.chars().count() >= 2).unwrap_or(&self.name.zh)
    }

    /// Where one is who is there: its seat; for a prefecture the middle of its city, that is of its districts, or else its
    /// first county's seat.
    pub fn centre(&self) -> Option<Point> {
        if self.seat.is_some() {
            return self.seat;
        }
        let seats = |only_districts: bool| -> Vec<Point> {
            let parts = self.parts().filter(|part| part.level == RegionLevel::County);
            parts.filter(|part| !only_districts || part.name.zh.ends_with('区')).filter_map(|part| part.seat).collect()
        };
        let districts = seats(true);
        if districts.is_empty() {
            return seats(false).first().copied();
        }
        let count = districts.len() as f64;
        Point::new(districts.iter().map(|p| p.lat).sum::<f64>() / count, districts.iter().map(|p| p.lon).sum::<f64>() / count)
    }

    /// The ones that gather under it: a prefecture's counties and zones, a county's zones.
    pub fn parts(&self) -> impl Iterator<Item = &'static Region> {
        let (code, level) = (self.code.clone(), self.level);
        all().iter().filter(move |other| match level {
            RegionLevel::Prefecture => other.level != RegionLevel::Prefecture && other.prefecture == code,
            RegionLevel::County => other.county.as_ref() == Some(&code),
            RegionLevel::Zone => false,
        })
    }

    /// Whose data its seat is, where it is not our own estimate, as that of a zone is.
    pub fn seat_credit(&self) -> Option<&'static str> {
        let theirs = self.seat.is_some() && self.level != RegionLevel::Zone;
        theirs.then_some("DQinYuan/chinese_province_city_area_mapper adcodes.csv (MIT)")
    }
}

/// Prefectures, then counties, then zones, each in the order of their codes.
pub fn all() -> &'static [Region] {
    static TABLE: OnceLock<Vec<Region>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("region/regions.tsv")
            .lines()
            .skip(1)
            .map(|line| parse_row(line).unwrap_or_else(|| panic!("regions.tsv: {line}")))
            .collect()
    })
}

pub fn find(code: &str) -> Option<&'static Region> {
    index_of(code).map(|index| &all()[index])
}

/// Those that go by a name as people type it: with and without what kind of region and whose it is (新晃侗族自治县, 新晃), in pinyin, in
/// English.
pub fn called(typed: &str) -> &'static [&'static Region] {
    static CALLED: OnceLock<HashMap<String, Vec<&'static Region>>> = OnceLock::new();
    let called = CALLED.get_or_init(|| {
        let mut called: HashMap<String, Vec<&'static Region>> = HashMap::new();
        for region in all() {
            let zh = region.name.zh.as_str();
            let en = region.name.en.as_deref().unwrap_or_default().to_lowercase();
            let pinyin = region.pinyin.split(' ').collect::<String>();
            let bare = region.pinyin.rsplit_once(' ').map(|(name, _)| name.replace(' ', "")).unwrap_or_default();
            let short = region.short_name().to_owned();
            let sounds: String = region.pinyin.split(' ').take(short.chars().count()).collect();
            let trimmed = zh.trim_end_matches(['市', '县', '区']).to_owned();
            let mut names = vec![zh.to_owned(), trimmed, en, pinyin, bare, short, sounds];
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| name.chars().count() > 1) {
                called.entry(name).or_default().push(region);
            }
        }
        called
    });
    called.get(&typed.trim().to_lowercase()).map_or(&[], Vec::as_slice)
}

/// The one whose seat is nearest, with the distance to it in kilometres.
pub fn nearest(point: Point) -> Option<(&'static Region, f64)> {
    let seats = all().iter().filter_map(|region| Some((region, region.seat?.km_to(point))));
    seats.min_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// A region's place in [`all`].
pub fn index_of(code: &str) -> Option<usize> {
    static BY_CODE: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
    let by_code = BY_CODE.get_or_init(|| all().iter().enumerate().map(|(i, r)| (r.code.as_str(), i)).collect());
    by_code.get(code).copied()
}

pub fn prefectures() -> impl Iterator<Item = &'static Region> {
    all().iter().filter(|region| region.level == RegionLevel::Prefecture)
}

pub fn counties() -> impl Iterator<Item = &'static Region> {
    all().iter().filter(|region| region.level == RegionLevel::County)
}

fn parse_row(line: &str) -> Option<Region> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [code, level, zh, en, pinyin, prefecture, county, lat, lon, terrain, block, lifted, exit, on_832, ethnic, border, former] =
        cells[..]
    else {
        return None;
    };
    let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let level = match level {
        "prefecture" => RegionLevel::Prefecture,
        "county" => RegionLevel::County,
        "zone" => RegionLevel::Zone,
        _ => return None,
    };
    Some(Region {
        code: RegionCode::parse(code).ok()?,
        level,
        name: Text { zh: zh.to_owned(), en: some(en) },
        pinyin: pinyin.to_owned(),
        prefecture: RegionCode::parse(prefecture).ok()?,
        county: RegionCode::parse(county).ok(),
        seat: lat.parse().ok().zip(lon.parse().ok()).and_then(|(lat, lon)| Point::new(lat, lon)),
        terrain: Terrain::parse(terrain)?,
        block: Block::parse(block),
        lifted_from_poverty: lifted == "1",
        poverty_exit_year: exit.parse().ok(),
        on_832: on_832 == "1",
        ethnic_autonomy: some(ethnic),
        border_zone: border == "1",
        former_name: some(former),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_province() {
        let of = |level| all().iter().filter(|r| r.level == level).count();
        assert_eq!((of(RegionLevel::Prefecture), of(RegionLevel::County), of(RegionLevel::Zone)), (14, 122, 12));
        assert_eq!(all().iter().filter(|r| r.lifted_from_poverty).count(), 51, "51 脱贫县");
        assert_eq!(all().iter().filter(|r| r.on_832).count(), 40, "the national-level ones");
        assert!(all().iter().all(|r| !r.on_832 || r.lifted_from_poverty));
        for region in all() {
            assert_eq!(region.prefecture_region().level, RegionLevel::Prefecture, "{}", region.code);
            assert_eq!(find(region.code.as_str()), Some(region));
            assert_eq!(region.seat.is_some(), region.level != RegionLevel::Prefecture, "{}", region.code);
            assert!(region.name.en.is_some(), "{}", region.code);
        }
    }

    #[test]
    fn hongjiang_district_has_no_code_and_is_lifted_from_poverty_all_the_same() {
        let zone = find("z-hongjiang").unwrap();
        assert!(zone.lifted_from_poverty && !zone.on_832);
        assert_eq!(zone.county.as_ref().unwrap().as_str(), "431281");
        let hongjiang_city = find("431281").unwrap();
        assert_eq!(hongjiang_city.parts().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["z-hongjiang"]);
    }

    #[test]
    fn short_names_are_those_people_say() {
        let short = |code: &str| find(code).unwrap().short_name();
        assert_eq!(short("433123"), "凤凰");
        assert_eq!(short("431227"), "新晃");
        assert_eq!(short("433100"), "湘西");
        assert_eq!(short("430223"), "攸县");
        assert_eq!(short("430781"), "津市");
    }

    #[test]
    fn every_region_is_somewhere_inside_its_prefecture() {
        for region in all() {
            let centre = region.centre().unwrap_or_else(|| panic!("{} is nowhere", region.code));
            let prefecture = region.prefecture_region().centre().unwrap();
            assert!(centre.km_to(prefecture) < 200.0, "{}", region.code);
        }
    }

    #[test]
    fn a_region_is_found_under_the_names_people_type() {
        let codes = |typed: &str| called(typed).iter().map(|region| region.code.as_str()).collect::<Vec<_>>();
        for typed in ["凤凰县", "凤凰", " Fenghuang County", "fenghuangxian", "fenghuang"] {
            assert_eq!(codes(typed), ["433123"], "{typed}");
        }
        assert_eq!(codes(""), [""; 0]);
        assert_eq!(codes("凤"), [""; 0]);
    }

    #[test]
    fn one_is_where_the_nearest_seat_is() {
        let (region, km) = nearest(Point::new(27.951, 109.598).unwrap()).unwrap();
        assert_eq!(region.code.as_str(), "433123");
        assert!(km < 5.0, "{km}");
        let (_, km) = nearest(Point::new(39.9, 116.4).unwrap()).unwrap();
        assert!(km > 900.0, "from Beijing it is far to any of them: {km}");
    }

    #[test]
    fn codes_are_six_digits_or_a_zone() {
        for good in ["433123", "430100", "z-hongjiang", "999999"] {
            assert!(RegionCode::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "43312", "4331230", "Z-hongjiang", "凤凰县", "43 123"] {
            assert!(RegionCode::parse(bad).is_err(), "{bad}");
        }
    }
}
