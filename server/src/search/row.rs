//! The facts of a listing that filters, counts and orders need, in one cache line each.
//!
//! They are kept in the index as columns and read into memory once per segment, so that a search touches one row per
//! candidate and never a string. Regions are bits: a listing carries the bits of its counties and of everything they lie in.

use std::ops::Range;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use chrono::{Datelike, NaiveDate};
use domain::ListingId;
use domain::listing::kinds::{Family, Level};
use domain::listing::{Kind, KnownOpen, Listing, Tag};
use domain::money::{PRICE_BANDS, price_band};
use domain::region::{self, RegionCode, RegionLevel};
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::schema::{FAST, Field, NumericOptions, STRING, SchemaBuilder};
use tantivy::{DocId, TantivyDocument};

use super::Fault;
use super::analysis::is_han;
use super::fold::fold;
use super::lexicon::Lexicon;
use super::rank::{Asof, Priors};
use super::schema::Fields;
use super::snapshot::Grades;

pub const REGION_WORDS: usize = 3;
pub type RegionSet = [u64; REGION_WORDS];

const _: () = assert!(Tag::ALL.len() <= 64, "a tag is a bit of a u64");
const _: () = assert!(Family::ALL.len() <= 16 && Level::ALL.len() <= 8 && Kind::ALL.len() <= 8 && PRICE_BANDS.len() <= 7);

/// Nothing chosen: kinds, families and the like are counted from 1 in a row.
pub const NONE: u8 = 0;
pub const NO_PRICE: i64 = i64::MAX;
pub const NO_GRADE: u16 = 0;

const SAMPLE: u8 = 1;
const BARRIER_FREE: u8 = 1 << 1;
const VOUCHER: u8 = 1 << 2;

/// What filters and counts read.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub regions: RegionSet,
    pub tags: u64,
    pub price: i64,
    /// Not a number where nobody knows.
    pub lat: f64,
    pub lon: f64,
    pub months: u16,
    /// A number of [`Grades`], 0 for none.
    pub grade: u16,
    pub kind: u8,
    pub family: u8,
    pub level: u8,
    flags: u8,
}

const _: () = assert!(size_of::<Row>() == 64, "one cache line");

/// What only order reads.
#[derive(Debug, Clone, Copy)]
pub struct Rank {
    /// Microseconds.
    pub updated: i64,
    /// Ids in their order, for ties: the first eight bytes, and the next eight.
    pub id: (u64, u64),
    /// The first day of an offer; the beginning of time for all else.
    pub from: i64,
    /// When it is known to be open, as [`KnownOpen`] has it: weekdays, Monday the first bit, and months.
    pub weekdays: u8,
    pub open_months: u16,
    /// Which festival it is about, counted from 1.
    pub festival: u8,
    /// How much is known and how well, 0 to 100.
    pub quality: u8,
    /// The last day of an offer, as days since the common era; none ends at the end of time.
    pub until: i64,
}

impl Row {
    pub fn sample(&self) -> bool {
        self.flags & SAMPLE != 0
    }

    pub fn barrier_free(&self) -> bool {
        self.flags & BARRIER_FREE != 0
    }

    pub fn voucher(&self) -> bool {
        self.flags & VOUCHER != 0
    }

    /// Counted from 1.
    pub fn price_band(&self) -> u8 {
        self.flags >> 4
    }
}

/// The columns in the index that rows are kept in.
#[derive(Debug, Clone)]
pub struct Columns {
    regions: [Field; REGION_WORDS],
    tags: Field,
    price: Field,
    lat: Field,
    lon: Field,
    facts: Field,
    updated: Field,
    id_head: Field,
    id_tail: Field,
    until: Field,
    from: Field,
    when: Field,
    grade: Field,
    /// Titles and other names in characters, folded: what else a listing is called that was asked for by one of its names.
    names: Field,
    /// The id as a column: read for the few hits that are given back.
    id: Field,
}

pub const NAMES: &str = "names";
const REGION_COLUMNS: [&str; REGION_WORDS] = ["regions_0", "regions_1", "regions_2"];

impl Columns {
    pub fn declare(builder: &mut SchemaBuilder) -> Self {
        let number = || NumericOptions::default().set_fast();
        Self {
            regions: REGION_COLUMNS.map(|name| builder.add_u64_field(name, number())),
            tags: builder.add_u64_field("tags", number()),
            price: builder.add_i64_field("price", number()),
            lat: builder.add_f64_field("lat", number()),
            lon: builder.add_f64_field("lon", number()),
            facts: builder.add_u64_field("facts", number()),
            updated: builder.add_i64_field("updated", number()),
            id_head: builder.add_u64_field("id_head", number()),
            id_tail: builder.add_u64_field("id_tail", number()),
            until: builder.add_i64_field("until", number()),
            from: builder.add_i64_field("from", number()),
            when: builder.add_u64_field("when", number()),
            grade: builder.add_text_field("grade", STRING | FAST),
            names: builder.add_text_field(NAMES, STRING | FAST),
            id: builder.add_text_field("id_column", STRING | FAST),
        }
    }

    pub fn write(&self, doc: &mut TantivyDocument, listing: &Listing) {
        let facts = listing.search_facts();
        for (field, bits) in self.regions.iter().zip(region_set(listing)) {
            doc.add_u64(*field, bits);
        }
        doc.add_u64(self.tags, listing.tags.iter().fold(0, |bits, tag| bits | 1 << *tag as u64));
        if let Some(price) = facts.price {
            doc.add_i64(self.price, price.0);
        }
        if let Some(position) = listing.position {
            doc.add_f64(self.lat, position.lat);
            doc.add_f64(self.lon, position.lon);
        }
        let flag = |is: bool, bit: u8| if is { bit } else { 0 };
        let band = facts.price.and_then(price_band).map_or(NONE, counted_from_one);
        let flags = flag(listing.sample, SAMPLE) | flag(facts.barrier_free, BARRIER_FREE) | flag(facts.voucher, VOUCHER);
        let bytes = [
            counted_from_one(listing.kind().index()),
            facts.family.and_then(Family::parse).map_or(NONE, |family| counted_from_one(family as usize)),
            facts.level.and_then(Level::parse).map_or(NONE, |level| counted_from_one(level as usize)),
            flags | band << 4,
            listing.months.bits() as u8,
            (listing.months.bits() >> 8) as u8,
            listing.quality(),
            0,
        ];
        doc.add_u64(self.facts, u64::from_le_bytes(bytes));
        doc.add_i64(self.updated, listing.updated_at.timestamp_micros());
        let (head, tail) = id_order(listing.id.as_str());
        doc.add_u64(self.id_head, head);
        doc.add_u64(self.id_tail, tail);
        let known = KnownOpen::of(listing);
        if let Some((from, until)) = known.days {
            doc.add_i64(self.until, day_number(until));
            doc.add_i64(self.from, day_number(from));
        }
        let festival = known.festival.map_or(NONE, |festival| counted_from_one(festival.index()));
        let [low, high] = known.months.bits().to_le_bytes();
        doc.add_u64(self.when, u64::from(u32::from_le_bytes([known.weekdays.bits(), festival, low, high])));
        if let Some(grade) = facts.grade {
            doc.add_text(self.grade, grade);
        }
        doc.add_text(self.id, listing.id.as_str());
        for name in std::iter::once(&listing.title.zh).chain(&listing.aliases) {
            let name = fold(name);
            if name.chars().count() >= 2 && name.chars().all(is_han) {
                doc.add_text(self.names, name);
            }
        }
    }
}

fn counted_from_one(index: usize) -> u8 {
    index as u8 + 1
}

/// The order of ids in two numbers. Ids of more than sixteen bytes that begin alike are told apart by a hash of the rest.
fn id_order(id: &str) -> (u64, u64) {
    let mut bytes = [0u8; 16];
    let length = id.len().min(16);
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    let [head, mut tail] = [0, 8].map(|at| u64::from_be_bytes(bytes[at..at + 8].try_into().expect("eight bytes")));
    if id.len() > 16 {
        // FNV-1a over the rest, into the low half
        let rest = id.bytes().skip(12).fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        tail = tail & !0xffff_ffff | rest >> 32;
    }
    (head, tail)
}

/// The bit of a region and of all it lies in: a zone in its county, a county in its prefecture.
pub fn region_bits(code: &RegionCode) -> RegionSet {
    let mut set = [0; REGION_WORDS];
    if let Some(region) = code.region() {
        for code in [Some(&region.code), region.county.as_ref(), Some(&region.prefecture)].into_iter().flatten() {
            if let Some(index) = region::index_of(code.as_str()) {
                set[index / 64] |= 1 << (index % 64);
            }
        }
    }
    set
}

/// The bit of this region alone.
pub fn region_bit(code: &RegionCode) -> RegionSet {
    let mut set = [0; REGION_WORDS];
    if let Some(index) = region::index_of(code.as_str()) {
        set[index / 64] = 1 << (index % 64);
    }
    set
}

fn region_set(listing: &Listing) -> RegionSet {
    debug_assert!(region::all().len() <= 64 * REGION_WORDS);
    listing.all_regions().into_iter().map(region_bits).fold([0; REGION_WORDS], join)
}

pub fn join(a: RegionSet, b: RegionSet) -> RegionSet {
    std::array::from_fn(|i| a[i] | b[i])
}

pub fn meet(a: &RegionSet, b: &RegionSet) -> bool {
    (a[0] & b[0]) | (a[1] & b[1]) | (a[2] & b[2]) != 0
}

/// Which regions are prefectures; the others are counties and zones.
pub fn prefecture_bits() -> RegionSet {
    let prefectures = region::all().iter().filter(|r| r.level == RegionLevel::Prefecture);
    prefectures.map(|r| region_bit(&r.code)).fold([0; REGION_WORDS], join)
}

/// The rows of one segment, by document number.
pub struct Segment {
    pub rows: Vec<Row>,
    pub ranks: Vec<Rank>,
    /// Kept in memory because every hit needs one and the column would unpack a block of terms for it.
    ids: Vec<ListingId>,
    lexicon: OnceLock<Lexicon>,
    /// What each listing's score is multiplied by, as reckoned last.
    factors: RwLock<Option<(Asof, Arc<[f32]>)>>,
}

impl Segment {
    pub fn read(reader: &SegmentReader, grades: &Grades) -> Result<Self, Fault> {
        let columns = reader.fast_fields();
        let missing = |name: &str| Fault::Unusable(format!("the column {name} is missing"));
        let u64s = |name: &str| columns.column_first_or_default::<u64>(name);
        let [r0, r1, r2] = REGION_COLUMNS.map(u64s);
        let (r0, r1, r2) = (r0?, r1?, r2?);
        let (tags, facts) = (u64s("tags")?, u64s("facts")?);
        let price = columns.i64("price")?.first_or_default_col(NO_PRICE);
        let lat = columns.f64("lat")?.first_or_default_col(f64::NAN);
        let lon = columns.f64("lon")?.first_or_default_col(f64::NAN);
        let until = columns.i64("until")?.first_or_default_col(i64::MAX);
        let from = columns.i64("from")?.first_or_default_col(i64::MIN);
        let when = u64s("when")?;
        let updated = columns.column_first_or_default::<i64>("updated")?;
        let (id_head, id_tail) = (u64s("id_head")?, u64s("id_tail")?);
        let ids = columns.str("id_column")?.ok_or_else(|| missing("id_column"))?;
        let grade_of = grade_numbers(columns.str("grade")?, grades)?;

        let all = 0..reader.max_doc();
        let row = |doc: DocId| {
            let [kind, family, level, flags, months_low, months_high, ..] = facts.get_val(doc).to_le_bytes();
            Row {
                regions: [r0.get_val(doc), r1.get_val(doc), r2.get_val(doc)],
                tags: tags.get_val(doc),
                price: price.get_val(doc),
                lat: lat.get_val(doc),
                lon: lon.get_val(doc),
                months: u16::from_le_bytes([months_low, months_high]),
                grade: grade_of(doc),
                kind,
                family,
                level,
                flags,
            }
        };
        let rank = |doc: DocId| {
            let [weekdays, festival, low, high, ..] = when.get_val(doc).to_le_bytes();
            Rank {
                from: from.get_val(doc),
                weekdays,
                open_months: u16::from_le_bytes([low, high]),
                festival,
                updated: updated.get_val(doc),
                id: (id_head.get_val(doc), id_tail.get_val(doc)),
                quality: facts.get_val(doc).to_le_bytes()[6],
                until: until.get_val(doc),
            }
        };
        Ok(Self {
            rows: all.clone().map(row).collect(),
            ranks: all.clone().map(rank).collect(),
            ids: read_ids(&ids, all)?,
            lexicon: OnceLock::new(),
            factors: RwLock::default(),
        })
    }

    /// The words and names in it, read when first asked for.
    pub fn lexicon(&self, fields: &Fields, reader: &SegmentReader) -> Result<&Lexicon, Fault> {
        if self.lexicon.get().is_none() {
            // read twice where two ask at once: better than one waiting on the other's failure
            let _ = self.lexicon.set(Lexicon::read(fields, reader)?);
        }
        Ok(self.lexicon.get().expect("just set"))
    }

    pub fn has_lexicon(&self) -> bool {
        self.lexicon.get().is_some()
    }

    /// What the score of each listing is multiplied by. The same all day, so it is reckoned once.
    pub fn factors(&self, priors: &Priors) -> Arc<[f32]> {
        let known = self.factors.read().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some((asof, factors)) if asof == priors.asof() => factors,
            _ => {
                let of = |(row, rank)| priors.factors(row, rank).product();
                let factors: Arc<[f32]> = self.rows.iter().zip(&self.ranks).map(of).collect();
                let reckoned = Some((priors.asof(), Arc::clone(&factors)));
                *self.factors.write().unwrap_or_else(PoisonError::into_inner) = reckoned;
                factors
            }
        }
    }

    pub fn id_of(&self, doc: DocId) -> &ListingId {
        &self.ids[doc as usize]
    }
}

/// One walk over the terms instead of a look-up for every document.
fn read_ids(column: &StrColumn, docs: Range<DocId>) -> Result<Vec<ListingId>, Fault> {
    let unusable = |why: &dyn std::fmt::Display| Fault::Unusable(format!("the column of ids: {why}"));
    let mut terms = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let text = std::str::from_utf8(stream.key()).map_err(|why| unusable(&why))?;
        terms.push(ListingId::parse(text).map_err(|why| unusable(&why))?);
    }
    let id_of = |doc| column.term_ords(doc).next().and_then(|ord| terms.get(ord as usize).cloned());
    docs.map(|doc| id_of(doc).ok_or_else(|| unusable(&"a document has none"))).collect()
}

/// Grades are few and free text: each gets a number that holds as long as the process.
fn grade_numbers(column: Option<StrColumn>, grades: &Grades) -> Result<impl Fn(DocId) -> u16, Fault> {
    let mut numbers = Vec::new();
    if let Some(column) = &column {
        let mut grade = String::new();
        for ord in 0..column.num_terms() as u64 {
            grade.clear();
            column.ord_to_str(ord, &mut grade)?;
            numbers.push(grades.number(&grade));
        }
    }
    let numbers: Arc<[u16]> = numbers.into();
    Ok(move |doc| {
        let ord = column.as_ref().and_then(|column| column.term_ords(doc).next());
        ord.map_or(NO_GRADE, |ord| numbers[ord as usize])
    })
}

/// Days since the common era, as in [`Rank::until`].
pub fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_their_order() {
        let ids = ["pl-001", "pl-002", "pl-01", "rt-001", "rt-0011", "rt-abcdefghijklmnop", "rt-abcdefghijklmnoq"];
        for pair in ids.windows(2) {
            let (a, b) = (id_order(pair[0]), id_order(pair[1]));
            assert!(if pair[0].len() <= 16 { a < b } else { a != b }, "{pair:?}");
        }
    }

    #[test]
    fn a_zone_lies_in_its_county_and_prefecture() {
        let set = region_bits(&RegionCode::parse("z-hongjiang").unwrap());
        for code in ["z-hongjiang", "431281", "431200"] {
            assert!(meet(&set, &region_bit(&RegionCode::parse(code).unwrap())), "{code}");
        }
        assert_eq!(set.iter().map(|word| word.count_ones()).sum::<u32>(), 3);
        assert_eq!(prefecture_bits().iter().map(|word| word.count_ones()).sum::<u32>(), 14);
        assert!(region::all().len() <= 64 * REGION_WORDS);
    }
}
