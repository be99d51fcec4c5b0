//! Counting what results could be narrowed by.
//!
//! The law: the count of a value is the number of hits of the same search with that value as the only one chosen in its
//! facet. So a row counts in a facet if it misses nothing, or misses what was chosen in this facet alone.

use domain::listing::kinds::{Family, Level};
use domain::listing::{Kind, Tag};
use domain::money::PRICE_BANDS;
use domain::region;
use domain::search::Query;

use super::Facet;
use super::filter::{By, facet_regions};
use super::row::{NO_GRADE, NONE, REGION_WORDS, RegionSet, Row};

#[derive(Debug, Clone)]
pub struct Counts {
    kinds: [u32; 8],
    regions: [[u32; 64]; REGION_WORDS],
    families: [u32; 16],
    grades: Vec<u32>,
    levels: [u32; 8],
    tags: [u32; 64],
    months: [u32; 16],
    bands: [u32; 8],
    barrier_free: u32,
    voucher: u32,
    prefectures: RegionSet,
    counties: RegionSet,
}

impl Counts {
    pub fn new(grades: usize) -> Self {
        Self {
            kinds: [0; 8],
            regions: [[0; 64]; REGION_WORDS],
            families: [0; 16],
            grades: vec![0; grades + 1],
            levels: [0; 8],
            tags: [0; 64],
            months: [0; 16],
            bands: [0; 8],
            barrier_free: 0,
            voucher: 0,
            prefectures: facet_regions(By::Prefecture),
            counties: facet_regions(By::County),
        }
    }

    /// `missed` are the facets in which the row is not what was chosen.
    pub fn add(&mut self, row: &Row, missed: u16) {
        if missed == 0 {
            By::ALL.into_iter().for_each(|by| self.add_in(by, row));
        } else if let Some(by) = By::ALL.into_iter().find(|by| missed == by.bit()) {
            self.add_in(by, row);
        }
    }

    fn add_in(&mut self, by: By, row: &Row) {
        match by {
            By::Kind => self.kinds[usize::from(row.kind & 7)] += 1,
            By::Prefecture => add_regions(&mut self.regions, &row.regions, &self.prefectures),
            By::County => add_regions(&mut self.regions, &row.regions, &self.counties),
            By::Family => self.families[usize::from(row.family & 15)] += 1,
            By::Grade => {
                if let Some(count) = self.grades.get_mut(usize::from(row.grade)) {
                    *count += 1;
                }
            }
            By::Level => self.levels[usize::from(row.level & 7)] += 1,
            By::Tag => add_bits(&mut self.tags, row.tags),
            By::Month => add_bits(&mut self.months, u64::from(row.months)),
            By::PriceBand => self.bands[usize::from(row.price_band() & 7)] += 1,
            By::BarrierFree => self.barrier_free += u32::from(row.barrier_free()),
            By::Voucher => self.voucher += u32::from(row.voucher()),
        }
    }

    /// Values that count something or are chosen. Kinds, months, levels and prices stand in their own order, the rest by count.
    pub fn facets(&self, query: &Query, grades: &[String]) -> Vec<Facet> {
        By::ALL.into_iter().map(|by| self.facet(by, query, grades)).collect()
    }

    fn facet(&self, by: By, query: &Query, grades: &[String]) -> Facet {
        // tables whose rows are counted from 1
        let from_one = |counts: &[u32], index: usize| counts[index + 1];
        let (name, in_order, values): (_, _, Vec<(String, u32, bool)>) = match by {
            By::Kind => {
                let value =
                    |kind: &Kind| (kind.name().to_owned(), from_one(&self.kinds, kind.index()), query.kinds.contains(kind));
                ("kind", true, Kind::ALL.iter().map(value).collect())
            }
            By::Prefecture => ("prefecture", false, self.regions(&self.prefectures, &query.prefectures)),
            By::County => ("county", false, self.regions(&self.counties, &query.counties)),
            By::Family => {
                let value = |f: &Family| (f.code().to_owned(), from_one(&self.families, *f as usize), query.families.contains(f));
                ("family", false, Family::ALL.iter().map(value).collect())
            }
            By::Grade => {
                let count = |number: usize| self.grades.get(number).copied().unwrap_or(0);
                let mut values: Vec<_> = (grades.iter().enumerate())
                    .map(|(i, grade)| (grade.clone(), count(i + 1), query.grades.contains(grade)))
                    .collect();
                values.sort();
                let unknown = query.grades.iter().filter(|grade| !grades.contains(grade));
                values.extend(unknown.map(|grade| (grade.clone(), 0, true)));
                ("grade", false, values)
            }
            By::Level => {
                let value = |l: &Level| (l.code().to_owned(), from_one(&self.levels, *l as usize), query.levels.contains(l));
                ("level", true, Level::ALL.iter().map(value).collect())
            }
            By::Tag => {
                let value = |tag: &Tag| (tag.code().to_owned(), self.tags[*tag as usize], query.tags.contains(tag));
                ("tag", false, Tag::ALL.iter().map(value).collect())
            }
            By::Month => {
                let value = |m: u32| (m.to_string(), self.months[m as usize - 1], query.months.contains(m));
                ("month", true, (1..=12).map(value).collect())
            }
            By::PriceBand => {
                let bands = PRICE_BANDS.iter().enumerate();
                let value = |(i, band): (usize, &(&str, i64, i64))| {
                    (band.0.to_owned(), from_one(&self.bands, i), query.price_bands.contains(&i))
                };
                ("price_band", true, bands.map(value).collect())
            }
            By::BarrierFree => ("barrier_free", true, vec![("1".to_owned(), self.barrier_free, query.barrier_free)]),
            By::Voucher => ("voucher", true, vec![("1".to_owned(), self.voucher, query.voucher)]),
        };
        let shown = values.into_iter().filter(|(_, count, chosen)| *count > 0 || *chosen);
        let mut values: Vec<(String, u64)> = shown.map(|(value, count, _)| (value, u64::from(count))).collect();
        if !in_order {
            values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        Facet { name, values }
    }

    fn regions(&self, of: &RegionSet, chosen: &[region::RegionCode]) -> Vec<(String, u32, bool)> {
        let all = region::all().iter().enumerate();
        let in_facet = all.filter(|(index, _)| of[index / 64] >> (index % 64) & 1 == 1);
        let value = |(index, region): (usize, &region::Region)| {
            (region.code.to_string(), self.regions[index / 64][index % 64], chosen.contains(&region.code))
        };
        in_facet.map(value).collect()
    }
}

fn add_bits(counts: &mut [u32], mut bits: u64) {
    while bits != 0 {
        counts[bits.trailing_zeros() as usize] += 1;
        bits &= bits - 1;
    }
}

fn add_regions(counts: &mut [[u32; 64]; REGION_WORDS], regions: &RegionSet, of: &RegionSet) {
    for (counts, (bits, of)) in counts.iter_mut().zip(regions.iter().zip(of)) {
        add_bits(counts, bits & of);
    }
}

const _: () = assert!(NONE == 0 && NO_GRADE == 0, "nothing is counted in place 0, which is never shown");
