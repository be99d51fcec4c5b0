//! What is offered while one types.

use domain::Lang;

use super::world::*;
use crate::search::{Index, Options, Target};

fn offered(index: &Index, text: &str, lang: Lang, options: &Options) -> Vec<String> {
    index.suggest(text, lang, 6, options).unwrap().into_iter().map(|suggestion| suggestion.text).collect()
}

#[test]
fn names_are_offered_by_character_pinyin_and_first_letters() {
    let index = index_of(world());
    let all = options();
    let check = |text: &str, expected: &str| {
        let offered = offered(&index, text, Lang::Zh, &all);
        assert!(offered.contains(&expected.to_owned()), "{text}: {offered:?}");
    };
    for text in ["凤", "凤凰", "古城", "鳳凰", "feng", "fengh", "fenghuanggu", "fh", "fhgc", "凤h", "old"] {
        check(text, "凤凰古城");
    }
    check("wang", "芙蓉镇");
    check("凤凰", "凤凰县");
    check("fhx", "凤凰县");
    check("xiangxi", "湘西土家族苗族自治州");
    check("Zhangjiajie", "张家界市");
    assert_eq!(offered(&index, "fenghuang old", Lang::En, &all), ["Fenghuang Old Town"]);
}

#[test]
fn the_whole_name_comes_before_its_beginning_before_its_inside() {
    let index = index_of(world());
    assert_eq!(offered(&index, "凤凰古城", Lang::Zh, &options())[0], "凤凰古城");
    let furong = offered(&index, "芙蓉镇", Lang::Zh, &options());
    assert_eq!(furong, ["芙蓉镇"]);
    assert_eq!(offered(&index, "凤凰", Lang::Zh, &options())[..2], ["凤凰县", "凤凰古城"]);
}

#[test]
fn only_what_leads_somewhere_is_offered() {
    let index = index_of(world());
    assert_eq!(offered(&index, "临湘", Lang::Zh, &options()), Vec::<String>::new(), "nothing lies in 临湘市");
    assert_eq!(offered(&index, "洪江区", Lang::Zh, &options()), ["洪江区"]);
    let real = Options { hide_samples: true, ..options() };
    assert_eq!(offered(&index, "洪江区", Lang::Zh, &real), Vec::<String>::new(), "only a sample lies there");
    assert_eq!(offered(&index, "沱江边", Lang::Zh, &real), Vec::<String>::new());
    for nothing in ["", " ", "?", "qqzz", "魑魅"] {
        assert_eq!(offered(&index, nothing, Lang::Zh, &options()), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn an_offer_says_where_it_leads() {
    let index = index_of(world());
    let suggestions = index.suggest("凤凰", Lang::Zh, 2, &options()).unwrap();
    assert_eq!(suggestions[0].target, Target::Region(region("433123")));
    let Target::Listing { id, kind, slug } = &suggestions[1].target else { panic!("a listing") };
    assert_eq!((id.as_str(), kind.name(), slug.as_str()), ("pl-fenghuang", "place", "pl-fenghuang"));
    assert_eq!(index.suggest("凤凰", Lang::Zh, 1, &options()).unwrap().len(), 1);
}
