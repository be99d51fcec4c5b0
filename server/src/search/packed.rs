//! Tokens on their way into the index.
//!
//! We cut texts ourselves, and tantivy's own carrier of ready tokens travels as JSON, which costs more than all the cutting.
//! So the tokens of a field are packed into one text, a line each, and unpacked by a tokenizer.

use std::fmt::Write;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which [`Unpack`] is registered with an index.
pub const TOKENIZER: &str = "packed";

/// Tokens with their positions, in the order in which they were added.
#[derive(Debug, Default)]
pub struct Packed(String);

impl Packed {
    /// `text` has no line breaks: tokens are letters, digits and characters.
    pub fn push(&mut self, position: usize, text: &str) {
        debug_assert!(!text.contains('\n'));
        writeln!(self.0, "{position} {text}").expect("a String takes everything");
    }

    /// None where there is no token.
    pub fn text(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(self.0.as_str())
    }
}

#[derive(Debug, Clone, Default)]
pub struct Unpack;

#[derive(Debug)]
pub struct Unpacked<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for Unpack {
    type TokenStream<'a> = Unpacked<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Unpacked<'a> {
        Unpacked { rest: text, token: Token { position_length: 1, ..Token::default() } }
    }
}

impl TokenStream for Unpacked<'_> {
    fn advance(&mut self) -> bool {
        let Some((line, rest)) = self.rest.split_once('\n') else { return false };
        let Some((position, text)) = line.split_once(' ') else { return false };
        self.rest = rest;
        self.token.position = position.parse().unwrap_or(0);
        self.token.text.clear();
        self.token.text.push_str(text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut packed = Packed::default();
        assert_eq!(packed.text(), None);
        for (position, text) in [(0, "凤"), (0, "凤凰"), (1, "'f"), (200, "old")] {
            packed.push(position, text);
        }
        let mut unpack = Unpack;
        let mut stream = unpack.token_stream(packed.text().unwrap());
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(found, [(0, "凤".into()), (0, "凤凰".into()), (1, "'f".into()), (200, "old".into())]);
    }
}
