//! Which listings a plan finds, and what they are worth: one segment at a time, a list at a time.
//!
//! Every part of a plan becomes the list of the listings it finds, from the tokens upwards. A plan asks for the same words in many
//! places, so its lists are many and alike: joining whole lists costs a few nanoseconds an entry, where scorers that
//! ask each other for the next listing cost a call for each entry on every floor. Where much is wanted at once the shortest
//! list comes first, and the longer ones are only looked up where it has something.

use std::collections::HashMap;

use tantivy::postings::TermInfo;
use tantivy::query::{Bm25Weight, EnableScoring, PhrasePrefixQuery, PhraseQuery, Query, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::Fault;
use super::clauses::{All, Clause};
use super::docs::{Docs, Join, Table};
use super::snapshot::Snapshot;

/// A look-up in a list of tokens costs as much as reading so many entries of it.
const LOOK_UP: usize = 16;

/// A plan with all its words looked up in one state of the index.
pub struct Evaluation<'a> {
    searcher: &'a Searcher,
    root: Node,
}

/// Where a token is, in each segment.
type Found = Box<[Option<TermInfo>]>;

enum Node {
    Everything(f32),
    Token {
        field: Field,
        found: Found,
        weight: Option<Bm25Weight>,
    },
    /// All tokens of each segment that begin alike.
    Begun {
        field: Field,
        found: Vec<Vec<TermInfo>>,
        weight: Option<Bm25Weight>,
    },
    Row {
        weight: Box<dyn Weight>,
        worth: f32,
        at_most: Box<[u32]>,
    },
    Best(Vec<Node>),
    Most(Vec<Node>, usize),
    All {
        must: Vec<Node>,
        should: Vec<Node>,
        not: Vec<Node>,
    },
    Flat(Box<Node>, f32),
}

impl<'a> Evaluation<'a> {
    /// Without `scored` it only matters what is found, and everything is worth nothing.
    pub fn new(snapshot: &'a Snapshot, plan: &Clause, scored: bool) -> Result<Self, Fault> {
        let mut words = Words { snapshot, known: HashMap::new() };
        let root = words.node(plan, 1.0, scored)?;
        Ok(Self { searcher: &snapshot.searcher, root })
    }

    /// What is found in one segment, listings that are deleted among them.
    pub fn segment(&self, ordinal: usize, table: &mut Table) -> Result<Docs, Fault> {
        let reader = self.searcher.segment_reader(ordinal as u32);
        Segment { ordinal, reader, table }.docs(&self.root, None)
    }
}

/// Looks words up, each once.
struct Words<'a> {
    snapshot: &'a Snapshot,
    known: HashMap<(Field, String), Found>,
}

impl Words<'_> {
    /// `worth` is what everything in it is multiplied by.
    fn node(&mut self, clause: &Clause, worth: f32, scored: bool) -> Result<Node, Fault> {
        let mut each = |clauses: &[Clause]| -> Result<Vec<Node>, Fault> {
            let nodes = clauses.iter().map(|clause| self.node(clause, worth, scored));
            nodes.collect()
        };
        Ok(match clause {
            Clause::Nothing => Node::Best(Vec::new()),
            Clause::Everything => Node::Everything(worth),
            Clause::Best(places) => Node::Best(each(places)?),
            Clause::Most(clauses, needed) => Node::Most(each(clauses)?, *needed),
            Clause::All(All { must, should, not }) => {
                let should = if scored { each(should)? } else { Vec::new() };
                let must = each(must)?;
                let not = not.iter().map(|clause| self.node(clause, worth, false)).collect::<Result<_, _>>()?;
                Node::All { must, should, not }
            }
            Clause::Worth(clause, weight) => self.node(clause, worth * weight, scored)?,
            Clause::Flat(clause, score) => Node::Flat(Box::new(self.node(clause, 1.0, false)?), worth * score),
            Clause::Token(field, text) => {
                let found = self.look_up(*field, text)?;
                let weight = scored.then(|| self.weight(*field, found.iter().flatten(), worth)).flatten();
                Node::Token { field: *field, found, weight }
            }
            Clause::Begun(field, beginning) => {
                let found = self.look_up_begun(*field, beginning)?;
                let bearing = found.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
                let weight =
                    if scored { self.snapshot.weight(*field, bearing).map(|weight| weight.boost_by(worth)) } else { None };
                Node::Begun { field: *field, found, weight }
            }
            Clause::Row(field, tokens) => self.row(*field, tokens, tokens.len(), worth, scored)?,
            Clause::BegunRow(field, tokens) => self.row(*field, tokens, tokens.len() - 1, worth, scored)?,
        })
    }

    /// Of the tokens the first `whole` are whole.
    fn row(&mut self, field: Field, tokens: &[(usize, String)], whole: usize, worth: f32, scored: bool) -> Result<Node, Fault> {
        let mut at_most = vec![u32::MAX; self.snapshot.segments.len()];
        for (_, token) in &tokens[..whole] {
            let found = self.look_up(field, token)?;
            at_most
                .iter_mut()
                .zip(&found)
                .for_each(|(most, info)| *most = info.as_ref().map_or(0, |info| info.doc_freq).min(*most));
        }
        if at_most.iter().all(|most| *most == 0) {
            return Ok(Node::Best(Vec::new()));
        }
        let searcher = &self.snapshot.searcher;
        let scoring =
            if scored { EnableScoring::enabled_from_searcher(searcher) } else { EnableScoring::disabled_from_searcher(searcher) };
        let terms = tokens.iter().map(|(at, token)| (*at, Term::from_field_text(field, token))).collect();
        let weight = if whole < tokens.len() {
            PhrasePrefixQuery::new_with_offset(terms).weight(scoring)?
        } else {
            PhraseQuery::new_with_offset(terms).weight(scoring)?
        };
        Ok(Node::Row { weight, worth, at_most: at_most.into() })
    }

    fn look_up(&mut self, field: Field, text: &str) -> Result<Found, Fault> {
        // only what is asked for again is worth keeping, but which that is nobody knows
        let key = (field, text.to_owned());
        if let Some(found) = self.known.get(&key) {
            return Ok(found.clone());
        }
        let term = Term::from_field_text(field, text);
        let readers = self.snapshot.searcher.segment_readers().iter();
        let found = readers.map(|reader| Ok::<_, Fault>(reader.inverted_index(field)?.get_term_info(&term)?));
        let found: Found = found.collect::<Result<_, _>>()?;
        self.known.insert(key, found.clone());
        Ok(found)
    }

    fn look_up_begun(&self, field: Field, beginning: &str) -> Result<Vec<Vec<TermInfo>>, Fault> {
        let in_segment = |reader: &SegmentReader| {
            let index = reader.inverted_index(field)?;
            let mut stream = index.terms().range().ge(beginning).into_stream()?;
            let mut found = Vec::new();
            while stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                found.push(stream.value().clone());
            }
            Ok(found)
        };
        self.snapshot.searcher.segment_readers().iter().map(in_segment).collect()
    }

    /// What a match of any of these lists is worth.
    fn weight<'i>(&self, field: Field, lists: impl Iterator<Item = &'i TermInfo>, worth: f32) -> Option<Bm25Weight> {
        let bearing = lists.map(|info| u64::from(info.doc_freq)).sum();
        self.snapshot.weight(field, bearing).map(|weight| weight.boost_by(worth))
    }
}

struct Segment<'a> {
    ordinal: usize,
    reader: &'a SegmentReader,
    table: &'a mut Table,
}

impl Segment<'_> {
    /// With `within`, only listings in it are wanted; others may be among them.
    fn docs(&mut self, node: &Node, within: Option<&[DocId]>) -> Result<Docs, Fault> {
        match node {
            Node::Everything(score) => {
                let docs: Vec<DocId> = within.map_or_else(|| (0..self.reader.max_doc()).collect(), <[DocId]>::to_vec);
                Ok(Docs { scores: vec![*score; docs.len()], docs })
            }
            Node::Token { field, found, weight } => match &found[self.ordinal] {
                Some(info) => self.token(*field, info, weight.as_ref(), within),
                None => Ok(Docs::default()),
            },
            Node::Begun { field, found, weight } => {
                let each = found[self.ordinal].iter().map(|info| self.token(*field, info, weight.as_ref(), within));
                let lists = each.collect::<Result<_, _>>()?;
                Ok(self.table.join(lists, Join::Best, self.reader.max_doc()))
            }
            Node::Row { weight, worth, at_most } if at_most[self.ordinal] > 0 => self.row(&**weight, *worth, within),
            Node::Row { .. } => Ok(Docs::default()),
            Node::Best(places) => self.joined(places, Join::Best, within),
            Node::Most(clauses, needed) => self.joined(clauses, Join::Sum { needed: *needed }, within),
            Node::All { must, should, not } => self.all(must, should, not, within),
            Node::Flat(node, score) => {
                let mut docs = self.docs(node, within)?;
                docs.scores.fill(*score);
                Ok(docs)
            }
        }
    }

    fn joined(&mut self, nodes: &[Node], join: Join, within: Option<&[DocId]>) -> Result<Docs, Fault> {
        let lists = nodes.iter().map(|node| self.docs(node, within)).collect::<Result<_, _>>()?;
        Ok(self.table.join(lists, join, self.reader.max_doc()))
    }

    fn all(&mut self, must: &[Node], should: &[Node], not: &[Node], within: Option<&[DocId]>) -> Result<Docs, Fault> {
        let mut order: Vec<&Node> = must.iter().collect();
        order.sort_by_key(|node| self.at_most(node));
        let mut order = order.into_iter();
        let Some(first) = order.next() else { return Ok(Docs::default()) };
        let mut docs = self.docs(first, within)?;
        for node in order {
            if docs.is_empty() {
                return Ok(docs);
            }
            let more = self.docs(node, Some(&docs.docs))?;
            docs.keep_common(&more);
        }
        for node in not {
            let out = self.docs(node, Some(&docs.docs))?;
            docs.remove(&out);
        }
        for node in should {
            if docs.is_empty() {
                return Ok(docs);
            }
            let more = self.docs(node, Some(&docs.docs))?;
            docs.add_where_common(&more);
        }
        Ok(docs)
    }

    /// As many listings as it can find here, or more.
    fn at_most(&self, node: &Node) -> usize {
        let most = match node {
            Node::Everything(_) => usize::MAX,
            Node::Token { found, .. } => found[self.ordinal].as_ref().map_or(0, |info| info.doc_freq as usize),
            Node::Begun { found, .. } => found[self.ordinal].iter().map(|info| info.doc_freq as usize).sum(),
            Node::Row { at_most, .. } => at_most[self.ordinal] as usize,
            Node::Best(nodes) | Node::Most(nodes, _) => {
                nodes.iter().map(|node| self.at_most(node)).fold(0, usize::saturating_add)
            }
            Node::All { must, .. } => must.iter().map(|node| self.at_most(node)).min().unwrap_or(0),
            Node::Flat(node, _) => self.at_most(node),
        };
        most.min(self.reader.max_doc() as usize)
    }

    fn token(&self, field: Field, info: &TermInfo, weight: Option<&Bm25Weight>, within: Option<&[DocId]>) -> Result<Docs, Fault> {
        let record = if weight.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let index = self.reader.inverted_index(field)?;
        let mut block = index.read_block_postings_from_terminfo(info, record)?;
        let lengths = weight.map(|_| self.reader.get_fieldnorms_reader(field)).transpose()?;
        let score = |doc: DocId, often: u32| match (weight, &lengths) {
            (Some(weight), Some(lengths)) => weight.score(lengths.fieldnorm_id(doc), often),
            _ => 0.0,
        };
        let often =
            |block: &tantivy::postings::BlockSegmentPostings, at: usize| if weight.is_some() { block.freq(at) } else { 1 };
        if let Some(within) = within.filter(|within| within.len() * LOOK_UP < info.doc_freq as usize) {
            let mut docs = Docs::with_capacity(within.len());
            for doc in within {
                let at = block.seek(*doc);
                if block.doc(at) == *doc {
                    docs.push(*doc, score(*doc, often(&block, at)));
                }
            }
            return Ok(docs);
        }
        let mut docs = Docs::with_capacity(info.doc_freq as usize);
        while !block.docs().is_empty() {
            docs.docs.extend_from_slice(block.docs());
            match weight {
                Some(_) => docs.scores.extend(block.docs().iter().zip(block.freqs()).map(|(doc, often)| score(*doc, *often))),
                None => docs.scores.resize(docs.docs.len(), 0.0),
            }
            block.advance();
        }
        Ok(docs)
    }

    fn row(&self, weight: &dyn Weight, worth: f32, within: Option<&[DocId]>) -> Result<Docs, Fault> {
        let mut scorer = weight.scorer(self.reader, worth)?;
        let mut docs = Docs::default();
        match within {
            Some(within) => {
                let mut doc = scorer.doc();
                for wanted in within {
                    if doc < *wanted {
                        doc = scorer.seek(*wanted);
                    }
                    if doc == *wanted {
                        docs.push(doc, scorer.score());
                    }
                    if doc == TERMINATED {
                        break;
                    }
                }
            }
            None => {
                let mut doc = scorer.doc();
                while doc != TERMINATED {
                    docs.push(doc, scorer.score());
                    doc = scorer.advance();
                }
            }
        }
        Ok(docs)
    }
}
