//! Han text as typed, cut into what must be found. The rules are `domain`'s; the dictionary is ours.

use domain::search::pieces;

use super::synonyms::Synonyms;
use super::tongue::Tables;

/// The pieces that ask for something, in their order.
pub fn pieces(text: &str, synonyms: &Synonyms) -> Vec<String> {
    pieces::pieces(text, synonyms, &Tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_cut_into_what_must_be_found() {
        let check = |text: &str, expected: &[&str]| assert_eq!(pieces(text, Synonyms::built_in()), expected, "{text}");
        check("凤凰古城", &["凤凰", "古城"]);
        check("安化茶", &["安化", "茶"]);
        check("茶洞古镇", &["茶洞", "古镇"]);
        check("张云", &["张云"]);
        check("看梯田", &["梯田"]);
        check("看", &["看"]);
        check("毛泽东同志故居", &["毛泽东同志故居"]);
    }
}
