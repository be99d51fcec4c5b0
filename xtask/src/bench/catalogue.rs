//! A made-up catalogue of any size: places and stays over the real counties, the same every time.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use domain::geo::Position;
use domain::listing::kinds::{Amenity, Place, Stay, StayType};
use domain::listing::{Confidence, Details, Kind, Listing, Provenance, Tag};
use domain::region::{self, Region};
use domain::time::Months;
use domain::{Fen, ListingId, Slug, Text};

/// Characters of Hunan's own place names, so that words and bigrams are spread much as in true ones.
const FIRST: [char; 32] = [
    '石', '龙', '凤', '白', '清', '大', '小', '金', '青', '云', '双', '古', '水', '花', '竹', '松', '黄', '红', '南', '北', '东',
    '西', '新', '老', '岩', '桃', '梅', '茶', '莲', '枫', '月', '鹿',
];
const SECOND: [char; 32] = [
    '潭', '溪', '塘', '冲', '坪', '山', '岭', '江', '洲', '湾', '桥', '村', '洞', '泉', '峰', '谷', '湖', '寨', '垭', '坡', '田',
    '林', '河', '滩', '口', '井', '园', '铺', '渡', '屋', '台', '关',
];
const PLACE_SORTS: [(&str, &str); 5] =
    [("古村", "Old village"), ("溶洞", "Cave"), ("森林公园", "Forest park"), ("水库", "Reservoir"), ("旧址", "Historic site")];
const STAY_SORTS: [&str; 4] = ["客栈", "农庄", "小院", "山居"];

/// Writes a folder that `xiaoxiang catalog import` reads.
pub fn write(folder: &Path, listings: u64) -> Result<()> {
    fs::create_dir_all(folder)?;
    let kinds = [Kind::Place, Kind::Stay];
    let mut files = Vec::new();
    for (turn, kind) in (0..).zip(kinds) {
        let name = format!("{}.jsonl", kind.plural());
        let mut file = BufWriter::new(File::create(folder.join(&name))?);
        for nth in (turn..listings).step_by(kinds.len()) {
            serde_json::to_writer(&mut file, &listing(kind, nth)?)?;
            file.write_all(b"\n")?;
        }
        file.flush()?;
        files.push(serde_json::json!({ "name": name, "kind": kind.name() }));
    }
    let manifest = serde_json::json!({ "format": 1, "as_of": day(), "licence": "CC BY 4.0", "files": files });
    Ok(fs::write(folder.join("manifest.json"), format!("{manifest:#}\n"))?)
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day of the calendar")
}

fn listing(kind: Kind, nth: u64) -> Result<Listing> {
    let mut chance = Chance(nth);
    let counties: Vec<&Region> = region::counties().collect();
    let county = chance.of(&counties);
    let seat = county.seat.context("every county has a seat")?;
    let name = format!("{}{}{}{}", chance.of(&FIRST), chance.of(&SECOND), chance.of(&FIRST), chance.of(&SECOND));
    let (sort, english, details) = match kind {
        Kind::Stay => stay(&mut chance),
        _ => place(&mut chance),
    };
    let whose = county.name.en.as_deref().unwrap_or(&county.pinyin);
    let at = day().and_hms_opt(0, 0, 0).context("midnight")?.and_utc();
    Ok(Listing {
        id: ListingId::parse(&format!("gen-{nth}"))?,
        slug: Slug::parse(&format!("gen-{nth}"))?,
        title: Text::new(format!("{name}{sort}"), format!("{english} {nth}, {whose}")),
        aliases: vec![],
        keywords: vec![],
        summary: Text::new(
            format!("{name}{sort}在{}，距县城不远，四周有{}和{}。", county.name.zh, chance.of(&FIRST), chance.of(&SECOND)),
            format!("{english} number {nth} lies in {whose}, not far from the county seat."),
        ),
        body: None,
        region: Some(county.code.clone()),
        regions: vec![],
        position: Some(Position {
            lat: seat.lat + chance.around(0.2),
            lon: seat.lon + chance.around(0.2),
            accuracy_m: Some(1000),
        }),
        terrain: county.terrain,
        months: (1..=12).filter(|_| chance.below(3) == 0).filter_map(Months::only).fold(Months::NONE, Months::with),
        tags: vec![*chance.of(Tag::ALL)],
        provenance: Provenance {
            source: "generated for a benchmark".into(),
            confidence: Confidence::Editorial,
            as_of: day(),
            licence: "CC BY 4.0".into(),
            credits: vec![],
            editorial: vec![],
        },
        sample: false,
        published_at: at,
        updated_at: at,
        details,
    })
}

fn place(chance: &mut Chance) -> (&'static str, &'static str, Details) {
    let &(sort, english) = chance.of(&PLACE_SORTS);
    let grade = [None, None, Some("2A"), Some("3A"), Some("4A")];
    let place = Place {
        sort: Text::new(sort, english),
        grade: chance.of(&grade).map(|grade| Text::new(grade, grade)),
        year: None,
        grade_verified: false,
        visit_min: Some(30 * (1 + chance.below(8) as u32)),
        opening: None,
        note: None,
        barrier_free: vec![],
    };
    (sort, english, Details::Place(place))
}

fn stay(chance: &mut Chance) -> (&'static str, &'static str, Details) {
    let low = 8000 + 1000 * chance.below(60) as i64;
    let stay = Stay {
        stay_type: *chance.of(StayType::ALL),
        rooms: Some(1 + chance.below(30) as u32),
        price_min: Some(Fen(low)),
        price_max: Some(Fen(low + 1000 * chance.below(40) as i64)),
        brand: None,
        amenities: vec![*chance.of(Amenity::ALL)],
        vouchers: chance.below(2) == 0,
        barrier_free: vec![],
    };
    let &sort = chance.of(&STAY_SORTS);
    (sort, "Stay", Details::Stay(stay))
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u64) as usize]
    }

    /// At most so far off on either side.
    fn around(&mut self, width: f64) -> f64 {
        (self.next() as f64 / u64::MAX as f64 * 2.0 - 1.0) * width
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn generated_listings_are_valid_and_each_its_own() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), 301).unwrap();
        let mut ids = HashSet::new();
        for kind in [Kind::Place, Kind::Stay] {
            let lines = fs::read_to_string(folder.path().join(format!("{}.jsonl", kind.plural()))).unwrap();
            for line in lines.lines() {
                let listing: Listing = serde_json::from_str(line).unwrap();
                assert_eq!(listing.problems(), vec![], "{line}");
                assert_eq!(listing.kind(), kind);
                ids.insert(listing.id);
            }
        }
        assert_eq!(ids.len(), 301);
    }
}
