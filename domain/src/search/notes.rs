//! What a search says about itself: when the hits are not for what was typed, why.

use crate::Text;

/// How what was typed became what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A place's name read as its characters are read elsewhere: binzhou for 郴州.
    Misreading,
    /// Sounds that many in Hunan do not tell apart: fulan for 湖南.
    Dialect,
    /// Letters astray.
    Typo,
    /// One wrong character.
    Character,
}

impl Reason {
    pub fn code(self) -> &'static str {
        match self {
            Reason::Misreading => "misreading",
            Reason::Dialect => "dialect",
            Reason::Typo => "typo",
            Reason::Character => "character",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    Corrected { from: String, to: String, reason: Reason },
    Relaxed(Step),
}

/// A step down the ladder where nothing fits everything.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Without a condition that was understood from the text.
    WithoutChip(Text),
    /// Further around.
    Wider { km: f64 },
    /// Without a word.
    WithoutWord(String),
    /// What lies nearest to where it was asked for.
    Nearest,
}

impl Note {
    pub fn code(&self) -> &'static str {
        match self {
            Note::Corrected { .. } => "corrected",
            Note::Relaxed(_) => "relaxed",
        }
    }

    /// The sentence for the visitor.
    pub fn text(&self) -> Text {
        match self {
            Note::Corrected { from, to, reason } => {
                let (zh, en) = match reason {
                    Reason::Misreading => ("按常见的误读理解", "taken as a common misreading"),
                    Reason::Dialect => ("按湖南口音理解", "taken as said in Hunan"),
                    Reason::Typo => ("按拼写相近理解", "taken as a slip of the keys"),
                    Reason::Character => ("按相近的字理解", "taken as a wrong character"),
                };
                Text::new(
                    format!("没有与“{from}”完全相符的内容，显示的是“{to}”（{zh}）。"),
                    format!("Nothing matches “{from}” as typed; these are results for “{to}” ({en})."),
                )
            }
            Note::Relaxed(Step::WithoutChip(label)) => {
                let zh = &label.zh;
                let en = label.en.as_deref().unwrap_or(zh);
                Text::new(
                    format!("没有全部符合的内容，下面没有按“{zh}”筛选。"),
                    format!("Nothing meets every condition; “{en}” is left out here."),
                )
            }
            Note::Relaxed(Step::Wider { km }) => Text::new(
                format!("附近没有，范围放宽到{km:.0}公里。"),
                format!("Nothing that near; looking within {km:.0} km instead."),
            ),
            Note::Relaxed(Step::WithoutWord(word)) => Text::new(
                format!("没有全部符合的内容，下面的结果不含“{word}”。"),
                format!("Nothing has all the words; these are without “{word}”."),
            ),
            Note::Relaxed(Step::Nearest) => {
                Text::new("没有符合的内容，下面是离得最近的。", "Nothing fits; these are the nearest.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_note_has_a_sentence_in_both_languages() {
        let corrected = |reason| Note::Corrected { from: "芙容镇".into(), to: "芙蓉镇".into(), reason };
        let steps = [
            Step::WithoutChip(Text::new("10月", "Oct")),
            Step::Wider { km: 60.0 },
            Step::WithoutWord("云".into()),
            Step::Nearest,
        ];
        let notes = [Reason::Misreading, Reason::Dialect, Reason::Typo, Reason::Character].map(corrected);
        for note in notes.into_iter().chain(steps.map(Note::Relaxed)) {
            let text = note.text();
            assert!(text.zh.ends_with('。') && text.en.is_some_and(|en| en.ends_with('.')), "{note:?}");
        }
        assert!(corrected(Reason::Typo).text().zh.contains("“芙蓉镇”"));
    }
}
