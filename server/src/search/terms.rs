//! What was typed, cut into terms. The rules are `domain`'s; the tables are ours.

use domain::search::terms;
pub use domain::search::terms::{Term, Typed};

use super::tongue::Tables;

pub fn parse(text: &str) -> Typed {
    terms::parse(text, &Tables)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use domain::search::terms::MOST_TERMS;

    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let typed = parse(text);
        let show = |term: &Term| {
            let runs: Vec<&str> = term.runs.iter().map(|run| run.text.as_str()).collect();
            let sign = if term.excluded { "-" } else { "" };
            let (open, close) = if term.quoted { ("\"", "\"") } else { ("", "") };
            let end = if term.last { "…" } else { "" };
            format!("{sign}{open}{}{close}{end}", runs.join("+"))
        };
        typed.terms.iter().map(show).collect()
    }

    #[test]
    fn what_is_typed_is_cut_into_terms() {
        let check = |text: &str, terms: &[&str]| assert_eq!(shown(text), terms, "{text:?}");
        check("凤凰 古城", &["凤凰", "古城…"]);
        check("凤huang", &["凤+huang…"]);
        check("「鳳凰古城」 -民宿", &["\"凤凰古城\"", "-民宿"]);
        check("\"old town\" tea", &["\"old+town\"", "tea…"]);
        check("-\"old town\"", &["-\"old+town\""]);
        check("wi-fi", &["wi", "fi…"]);
        check("凤凰·古城，民宿", &["凤凰", "古城", "民宿…"]);
        check("凤凰！", &["凤凰"]);
        check("\"凤凰", &["凤凰…"]);
        check("walking in the old to", &["walking", "old", "to…"]);
        check("feng4 huang2", &["feng", "huang…"]);
        check("feng4huang2gu3", &["fenghuanggu…"]);
        check("5a g56 r2 b3", &["5a", "g56", "r2", "b3…"]);
        check("the", &["the…"]);
        check("the -of", &["the", "-of"]);
        check("- \" -\" ''", &[]);
        check("", &[]);
        assert!(parse("  ").blank && !parse("?").blank);
        assert_eq!(parse("Feng huang -县 古城").compact, "fenghuang古城");
    }

    proptest! {
        #[test]
        fn any_string_means_something(text in any::<String>(), signs in "[\"“”「」《》 凤a'-]{0,40}") {
            for text in [text, signs] {
                let typed = parse(&text);
                prop_assert!(typed.terms.len() <= MOST_TERMS);
                prop_assert!(typed.terms.iter().all(|term| !term.runs.is_empty()));
            }
        }
    }
}
