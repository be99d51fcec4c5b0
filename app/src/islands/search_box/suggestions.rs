//! What is suggested, which of it is chosen, and what each key does to that.
#![cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser has suggestions"))]

use domain::Lang;
use domain::listing::Kind;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub text: String,
    pub kind: Option<Kind>,
    pub url: String,
}

impl Suggestion {
    /// Only paths of this site are followed.
    pub fn new(text: String, kind: Option<&str>, url: String) -> Option<Self> {
        let here = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
        (here && !text.is_empty()).then(|| Self { text, kind: kind.and_then(Kind::parse), url })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestions {
    items: Vec<Suggestion>,
    open: bool,
    active: Option<usize>,
}

/// What is to be done after a key, besides showing the list as it now is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// The key is the field's: its own effect follows.
    Field,
    /// The list has taken the key.
    Taken,
    /// There is nothing to open yet.
    Ask,
    Go(String),
}

impl Suggestions {
    /// An answer has come: shown, if it has anything.
    pub fn answered(items: Vec<Suggestion>) -> Self {
        Self { open: !items.is_empty(), items, active: None }
    }

    pub fn items(&self) -> &[Suggestion] {
        &self.items
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn active(&self) -> Option<usize> {
        self.active
    }

    pub fn close(&mut self) {
        self.open = false;
        self.active = None;
    }

    pub fn choose_none(&mut self) {
        self.active = None;
    }

    /// For those who cannot see the list.
    pub fn said(&self, lang: Lang) -> String {
        match (self.open, self.items.len(), lang) {
            (false, ..) => String::new(),
            (true, n, Lang::Zh) => ["有 ", &n.to_string(), " 条建议，按上下键选择"].concat(),
            (true, 1, Lang::En) => "1 suggestion, use the up and down keys".to_owned(),
            (true, n, Lang::En) => [&n.to_string(), " suggestions, use the up and down keys"].concat(),
        }
    }

    /// What a key pressed in the field does, outside of a composition. `alt` opens without choosing.
    pub fn key(&mut self, key: &str, alt: bool) -> After {
        let last = self.items.len().checked_sub(1);
        match (key, last) {
            ("ArrowDown" | "ArrowUp", None) => After::Ask,
            ("ArrowDown", Some(_)) if alt => self.taken(None),
            ("ArrowUp", Some(_)) if alt => {
                self.close();
                After::Taken
            }
            ("ArrowDown", Some(last)) => self.taken(Some(self.active.filter(|it| *it < last).map_or(0, |it| it + 1))),
            ("ArrowUp", Some(last)) => self.taken(Some(self.active.and_then(|it| it.checked_sub(1)).unwrap_or(last))),
            ("Escape", _) if self.open => {
                self.close();
                After::Taken
            }
            ("Enter", _) => match self.active {
                Some(index) if self.open => After::Go(self.items[index].url.clone()),
                _ => After::Field,
            },
            ("Tab", _) => {
                self.close();
                After::Field
            }
            // these move the caret: the choice goes back to what is typed
            ("Home" | "End" | "ArrowLeft" | "ArrowRight", _) => {
                self.choose_none();
                After::Field
            }
            _ => After::Field,
        }
    }

    fn taken(&mut self, active: Option<usize>) -> After {
        self.open = true;
        self.active = active;
        After::Taken
    }
}

pub fn option_id(list_id: &str, index: usize) -> String {
    [list_id, "-", &index.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Suggestions {
        let item = |name: &str| Suggestion::new(name.to_owned(), Some("place"), format!("/places/{name}")).unwrap();
        Suggestions::answered(vec![item("a"), item("b"), item("c")])
    }

    fn press(list: &mut Suggestions, keys: &[&str]) -> After {
        keys.iter().map(|key| list.key(key, false)).last().unwrap()
    }

    #[test]
    fn the_arrows_go_round() {
        let mut list = three();
        press(&mut list, &["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]);
        assert_eq!(list.active(), Some(0));
        press(&mut list, &["ArrowUp"]);
        assert_eq!(list.active(), Some(2));
    }

    #[test]
    fn enter_goes_to_the_chosen_one() {
        assert_eq!(press(&mut three(), &["ArrowDown", "ArrowDown", "Enter"]), After::Go("/places/b".to_owned()));
    }

    #[test]
    fn enter_with_nothing_chosen_is_the_forms() {
        assert_eq!(press(&mut three(), &["Enter"]), After::Field);
        assert_eq!(press(&mut three(), &["ArrowDown", "Home", "Enter"]), After::Field);
        assert_eq!(press(&mut three(), &["ArrowDown", "Escape", "Enter"]), After::Field);
    }

    #[test]
    fn escape_closes_first_and_only_then_is_the_fields() {
        let mut list = three();
        assert_eq!(press(&mut list, &["ArrowDown", "Escape"]), After::Taken);
        assert!(!list.is_open());
        assert_eq!(press(&mut list, &["Escape"]), After::Field);
    }

    #[test]
    fn tab_leaves_without_choosing() {
        let mut list = three();
        assert_eq!(press(&mut list, &["ArrowDown", "Tab"]), After::Field);
        assert!(!list.is_open());
    }

    #[test]
    fn alt_and_down_opens_without_choosing() {
        let mut list = three();
        list.close();
        assert_eq!(list.key("ArrowDown", true), After::Taken);
        assert!(list.is_open());
        assert_eq!(list.active(), None);
    }

    #[test]
    fn an_arrow_with_nothing_to_show_asks() {
        assert_eq!(press(&mut Suggestions::default(), &["ArrowDown"]), After::Ask);
    }

    #[test]
    fn an_empty_answer_opens_nothing() {
        let none = Suggestions::answered(vec![]);
        assert!(!none.is_open());
        assert_eq!(none.said(Lang::Zh), "");
    }

    #[test]
    fn how_many_there_are_is_said() {
        assert_eq!(three().said(Lang::Zh), "有 3 条建议，按上下键选择");
        assert_eq!(three().said(Lang::En), "3 suggestions, use the up and down keys");
    }

    #[test]
    fn other_sites_are_not_suggested() {
        for url in ["https://other.example/", "//other.example/", "/\\other.example", "javascript:alert(1)", ""] {
            assert_eq!(Suggestion::new("x".to_owned(), None, url.to_owned()), None, "{url}");
        }
    }
}
