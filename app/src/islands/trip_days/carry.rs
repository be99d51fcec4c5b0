//! Where a stop that is held would stand, and what is said about it.
#![cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser moves anything"))]

use domain::Lang;

/// Counted from 0; the place in the day's order is among the other stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub day: usize,
    pub index: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Earlier,
    Later,
    DayBefore,
    DayAfter,
    First,
    Last,
}

impl Step {
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Step::Earlier,
            "ArrowDown" => Step::Later,
            "ArrowLeft" => Step::DayBefore,
            "ArrowRight" => Step::DayAfter,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return None,
        })
    }
}

impl Place {
    /// `others` is for each day how many stops it has beside the one that is held. Over the edge of a day leads into the next; past
    /// the first and the last place nothing leads.
    pub fn stepped(self, step: Step, others: &[usize]) -> Self {
        let Place { day, index } = self;
        let last = others.len().saturating_sub(1);
        let within = |day: usize| Place { day, index: index.min(others[day]) };
        match step {
            Step::Earlier if index > 0 => Place { day, index: index - 1 },
            Step::Earlier if day > 0 => Place { day: day - 1, index: others[day - 1] },
            Step::Later if index < others[day] => Place { day, index: index + 1 },
            Step::Later if day < last => Place { day: day + 1, index: 0 },
            Step::DayBefore if day > 0 => within(day - 1),
            Step::DayAfter if day < last => within(day + 1),
            Step::First => Place { day, index: 0 },
            Step::Last => Place { day, index: others[day] },
            _ => self,
        }
    }

    /// The edit that puts a stop there, as the buttons send it.
    pub fn edit(self, visit: u32) -> String {
        let Place { day, index } = self;
        format!(r#"{{"edit":"move_visit","visit":{visit},"day":{day},"index":{index}}}"#)
    }

    /// `第2天第1站，共3站`; `others` as for [`Place::stepped`].
    fn say(self, lang: Lang, others: &[usize]) -> String {
        let (day, index, all) = (self.day + 1, self.index + 1, others[self.day] + 1);
        match lang {
            Lang::Zh => format!("第{day}天第{index}站，共{all}站"),
            Lang::En => format!("day {day}, stop {index} of {all}"),
        }
    }
}

/// What is heard.
pub enum Told<'a> {
    Lifted(&'a str, Place),
    At(Place),
    Dropped(&'a str),
    PutBack(&'a str),
    NothingToUndo,
    NothingToRedo,
}

impl Told<'_> {
    pub fn say(&self, lang: Lang, others: &[usize]) -> String {
        match (self, lang) {
            (Told::Lifted(name, at), Lang::Zh) => {
                format!("拿起了{name}，现在在{}。方向键移动，空格放下，Esc 放回原处。", at.say(lang, others))
            }
            (Told::Lifted(name, at), Lang::En) => {
                format!("Lifted {name}, {}. Arrow keys move it, Space drops it, Escape puts it back.", at.say(lang, others))
            }
            (Told::At(at), _) => at.say(lang, others),
            (Told::Dropped(name), Lang::Zh) => format!("放下了{name}。Ctrl+Z 撤销。"),
            (Told::Dropped(name), Lang::En) => format!("Dropped {name}. Ctrl+Z takes it back."),
            (Told::PutBack(name), Lang::Zh) => format!("{name}放回原处，没有改动。"),
            (Told::PutBack(name), Lang::En) => format!("{name} is back where it was; nothing has changed."),
            (Told::NothingToUndo, Lang::Zh) => "没有可以撤销的了。".to_owned(),
            (Told::NothingToUndo, Lang::En) => "There is nothing to undo.".to_owned(),
            (Told::NothingToRedo, Lang::Zh) => "没有可以重做的了。".to_owned(),
            (Told::NothingToRedo, Lang::En) => "There is nothing to redo.".to_owned(),
        }
    }
}

/// The name of a stop's handle.
pub fn handle(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("移动：{name}"),
        Lang::En => format!("Move {name}"),
    }
}

pub fn hint(lang: Lang) -> &'static str {
    lang.pick(
        "按住⠿拖动，可以换先后、换到别的日子。用键盘：空格拿起，方向键移动，空格放下，Esc 取消；Ctrl+Z 撤销。",
        "Drag by the ⠿ to another place or day. With keys: Space lifts, arrows move, Space drops, Escape cancels; Ctrl+Z takes back.",
    )
}

pub fn here(lang: Lang) -> &'static str {
    lang.pick("放到这里", "To here")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days with two, no and one other stops.
    const OTHERS: [usize; 3] = [2, 0, 1];

    fn walk(from: (usize, usize), keys: &[&str]) -> (usize, usize) {
        let start = Place { day: from.0, index: from.1 };
        let end = keys.iter().fold(start, |at, key| at.stepped(Step::of_key(key).unwrap(), &OTHERS));
        (end.day, end.index)
    }

    #[test]
    fn arrows_lead_through_every_place_and_over_the_edges_of_days() {
        assert_eq!(walk((0, 0), &["ArrowDown"]), (0, 1));
        assert_eq!(walk((0, 2), &["ArrowDown"]), (1, 0), "into the empty day");
        assert_eq!(walk((0, 2), &["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]), (2, 1), "and no further");
        assert_eq!(walk((2, 0), &["ArrowUp", "ArrowUp"]), (0, 2));
        assert_eq!(walk((0, 0), &["ArrowUp"]), (0, 0));
        assert_eq!(walk((0, 2), &["ArrowRight", "ArrowRight"]), (2, 0), "as far down as the day goes");
        assert_eq!(walk((0, 1), &["ArrowLeft"]), (0, 1));
        assert_eq!(walk((0, 1), &["End", "Home"]), (0, 0));
        assert_eq!(Step::of_key("x"), None);
    }

    #[test]
    fn every_place_is_reached_and_each_step_can_be_taken_back() {
        let mut at = Place { day: 0, index: 0 };
        let mut seen = vec![at];
        loop {
            let next = at.stepped(Step::Later, &OTHERS);
            if next == at {
                break;
            }
            assert_eq!(next.stepped(Step::Earlier, &OTHERS), at);
            at = next;
            seen.push(at);
        }
        assert_eq!(seen.len(), OTHERS.iter().map(|others| others + 1).sum::<usize>());
    }

    #[test]
    #[cfg(feature = "ssr")]
    fn a_drop_asks_for_what_the_buttons_ask_for() {
        use domain::trip::{Edit, VisitId};
        let edit: Edit = serde_json::from_str(&Place { day: 2, index: 1 }.edit(7)).unwrap();
        assert_eq!(edit, Edit::MoveVisit { visit: VisitId(7), day: 2, index: 1 });
    }

    #[test]
    fn what_is_heard_counts_from_one() {
        let at = Place { day: 0, index: 2 };
        assert_eq!(Told::At(at).say(Lang::Zh, &OTHERS), "第1天第3站，共3站");
        assert_eq!(Told::At(at).say(Lang::En, &OTHERS), "day 1, stop 3 of 3");
    }
}
