//! tantivy as its own documentation sets it up: three text fields, jieba for a tokenizer, its query parser.

use std::ops::Bound;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::Result;
use domain::geo::Bbox;
use domain::listing::Listing;
use domain::search::Query;
use jieba_rs::{Jieba, TokenizeMode};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, QueryParser, RangeQuery, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{LowerCaser, TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::{Answer, Desk, Engine, Fill};
use crate::corpus::Plain;

const TOKENIZER: &str = "jieba";
const WRITER_THREADS: usize = 2;
const WRITER_MEMORY: usize = 128 << 20;
/// A word counts so much more in a title than in a body, and in a summary.
const TITLE: f32 = 4.0;
const SUMMARY: f32 = 2.0;

#[derive(Clone, Copy)]
struct Fields {
    id: Field,
    kind: Field,
    region: Field,
    month: Field,
    lat: Field,
    lon: Field,
    title: Field,
    summary: Field,
    body: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        kind: schema.add_text_field("kind", STRING),
        region: schema.add_text_field("region", STRING),
        month: schema.add_u64_field("month", INDEXED),
        lat: schema.add_f64_field("lat", INDEXED | FAST),
        lon: schema.add_f64_field("lon", INDEXED | FAST),
        title: schema.add_text_field("title", text.clone()),
        summary: schema.add_text_field("summary", text.clone()),
        body: schema.add_text_field("body", text),
    };
    (schema.build(), fields)
}

fn register(index: &Index) {
    index.tokenizers().register(TOKENIZER, TextAnalyzer::builder(Words::default()).filter(LowerCaser).build());
}

pub struct Filling {
    writer: IndexWriter,
    fields: Fields,
}

impl Filling {
    pub fn create(folder: &Path) -> Result<Self> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(folder, schema)?;
        register(&index);
        Ok(Self { writer: index.writer_with_num_threads(WRITER_THREADS, WRITER_MEMORY)?, fields })
    }
}

impl Fill for Filling {
    fn add(&mut self, listings: &[Arc<Listing>]) -> Result<()> {
        let fields = self.fields;
        for listing in listings {
            let Plain { title, summary, body } = Plain::of(listing);
            let mut doc = TantivyDocument::new();
            doc.add_text(fields.id, listing.id.as_str());
            doc.add_text(fields.kind, listing.kind().name());
            for region in listing.all_regions().into_iter().filter_map(|code| code.region()) {
                doc.add_text(fields.region, region.code.as_str());
                doc.add_text(fields.region, region.prefecture.as_str());
            }
            for month in listing.months.iter() {
                doc.add_u64(fields.month, u64::from(month));
            }
            if let Some(position) = listing.position {
                doc.add_f64(fields.lat, position.lat);
                doc.add_f64(fields.lon, position.lon);
            }
            doc.add_text(fields.title, title);
            doc.add_text(fields.summary, summary);
            doc.add_text(fields.body, body);
            self.writer.add_document(doc)?;
        }
        Ok(())
    }

    fn commit(mut self: Box<Self>) -> Result<()> {
        self.writer.commit()?;
        Ok(self.writer.wait_merging_threads()?)
    }
}

pub struct Stock {
    reader: IndexReader,
    parser: QueryParser,
    fields: Fields,
}

impl Stock {
    pub fn open(folder: &Path) -> Result<Self> {
        let (_, fields) = schema();
        let index = Index::open_in_dir(folder)?;
        register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut parser = QueryParser::for_index(&index, vec![fields.title, fields.summary, fields.body]);
        parser.set_field_boost(fields.title, TITLE);
        parser.set_field_boost(fields.summary, SUMMARY);
        Ok(Self { reader, parser, fields })
    }

    fn answer(&self, query: &Query) -> Result<Answer> {
        let text = self.parser.parse_query_lenient(&query.text).0;
        let mut clauses = vec![(Occur::Must, text)];
        let fields = self.fields;
        let mut any_of = |terms: Vec<Term>| {
            if !terms.is_empty() {
                let one = |term| (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as _);
                clauses.push((Occur::Must, Box::new(BooleanQuery::new(terms.into_iter().map(one).collect())) as _));
            }
        };
        any_of(query.kinds.iter().map(|kind| Term::from_field_text(fields.kind, kind.name())).collect());
        let regions = query.counties.iter().chain(&query.prefectures);
        any_of(regions.map(|code| Term::from_field_text(fields.region, code.as_str())).collect());
        any_of(query.months.iter().map(|month| Term::from_field_u64(fields.month, u64::from(month))).collect());
        if let Some(Bbox { south_west, north_east }) = super::around(query) {
            for (field, from, to) in [(fields.lat, south_west.lat, north_east.lat), (fields.lon, south_west.lon, north_east.lon)]
            {
                let bound = |value| Bound::Included(Term::from_field_f64(field, value));
                clauses.push((Occur::Must, Box::new(RangeQuery::new(bound(from), bound(to)))));
            }
        }
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(query.per_page as usize).order_by_score();
        let mut ids = Vec::new();
        for (_, address) in searcher.search(&BooleanQuery::new(clauses), &top)? {
            let doc: TantivyDocument = searcher.doc(address)?;
            ids.extend(doc.get_first(fields.id).and_then(|id| id.as_str()).map(str::to_owned));
        }
        Ok(Answer { ids, corrected: false })
    }
}

impl Engine for Stock {
    fn desk(&self) -> Result<Desk<'_>> {
        Ok(Box::new(|query| self.answer(query)))
    }
}

/// Words and the words inside them, as the tokenizer that is published for tantivy gives them.
#[derive(Clone, Default)]
struct Words {
    tokens: Vec<Token>,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Reading<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Reading<'a> {
        static JIEBA: OnceLock<Jieba> = OnceLock::new();
        self.tokens.clear();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for word in JIEBA.get_or_init(Jieba::new).tokenize(text, TokenizeMode::Search, true) {
            let (from, to) = (starts[word.start], starts[word.end]);
            if text[from..to].chars().any(char::is_alphanumeric) {
                self.tokens.push(Token {
                    offset_from: from,
                    offset_to: to,
                    position: word.start,
                    text: text[from..to].to_owned(),
                    position_length: word.end - word.start,
                });
            }
        }
        Reading { tokens: &mut self.tokens, next: 0 }
    }
}

struct Reading<'a> {
    tokens: &'a mut Vec<Token>,
    next: usize,
}

impl TokenStream for Reading<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
