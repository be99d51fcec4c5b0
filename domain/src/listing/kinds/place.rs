//! A place to go: scenic areas, villages, old towns, museums, revolutionary sites.

use serde::{Deserialize, Serialize};

use super::super::fact::{Fact, SearchFacts};
use super::super::kind::KindRules;
use super::super::limits;
use super::super::opening::Opening;
use super::barrier_free::{self, BarrierFree};
use crate::{Lang, Problem, Text};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What sort of place, as the sources call it: 古城, 溶洞, 乡村旅游重点村.
    pub sort: Text,
    /// `5A`, `4A`, or the name of the list it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Text>,
    /// The year the grade was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// False where the grade is general knowledge that nobody has looked up.
    #[serde(default)]
    pub grade_verified: bool,
    /// Editors' estimate of how many minutes a visit takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_min: Option<u32>,
    /// As its source says; none where nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barrier_free: Vec<BarrierFree>,
}

/// Of a grade's name, in characters: more is no name, and could not be asked for in an address.
const LONGEST_GRADE: usize = 40;

/// Whether results can be narrowed to this grade: what an address gives back is trimmed and bounded.
pub fn is_grade(name: &str) -> bool {
    !name.is_empty() && name == name.trim() && name.chars().count() <= LONGEST_GRADE && !name.chars().any(char::is_control)
}

pub(super) fn say_minutes(minutes: u32, lang: Lang) -> String {
    let hours = f64::from(minutes) / 60.0;
    if minutes.is_multiple_of(60) || minutes > 60 {
        lang.pick(format!("约{hours}小时"), format!("about {hours} h"))
    } else {
        lang.pick(format!("约{minutes}分钟"), format!("about {minutes} min"))
    }
}

impl KindRules for Place {
    const NAME: (&'static str, &'static str, &'static str, &'static str) = ("place", "places", "去处", "Places");

    fn check(&self) -> Vec<Problem> {
        let mut found = barrier_free::check(&self.barrier_free);
        if self.year.is_some_and(|year| !(1949..2100).contains(&year)) {
            found.push(Problem::new("details.year", "out_of_range", "年份不合理", "the year is out of range"));
        }
        limits::text(&mut found, "details.sort", &self.sort, limits::LONGEST_NAME);
        limits::optional(&mut found, "details.grade", self.grade.as_ref(), limits::LONGEST_NAME);
        limits::optional(&mut found, "details.note", self.note.as_ref(), limits::LONGEST_REMARK);
        if self.grade.as_ref().is_some_and(|grade| !is_grade(&grade.zh)) {
            found.push(Problem::new(
                "details.grade",
                "not_filterable",
                format!("等级名称首尾不能有空格，不超过{LONGEST_GRADE}字，否则无法筛选"),
                format!("a grade has no space around it and at most {LONGEST_GRADE} characters, or nobody can filter by it"),
            ));
        }
        found
    }

    fn facts(&self, lang: Lang) -> Vec<Fact> {
        let mut facts = vec![Fact::new("sort", lang.pick("类型", "Type"), self.sort.get(lang))];
        if let Some(grade) = &self.grade {
            let value = match self.year {
                Some(year) => lang.pick(format!("{}（{year}年）", grade.get(lang)), format!("{} ({year})", grade.get(lang))),
                None => grade.get(lang).to_owned(),
            };
            let doubt = lang.pick("等级未逐条核对", "grade not yet verified");
            facts.push(Fact::new("grade", lang.pick("等级", "Grade"), value).noted((!self.grade_verified).then_some(doubt)));
        }
        if let Some(opening) = &self.opening {
            let hours = opening.say_hours(lang);
            if !hours.is_empty() {
                facts.push(Fact::new("hours", lang.pick("开放时间", "Hours"), hours.join(lang.pick("；", "; "))));
            }
            if let Some(shut) = opening.say_shut(self.sort.zh.ends_with('馆'), lang) {
                facts.push(Fact::new("closed", lang.pick("不开放的日子", "Closed"), shut));
            }
        }
        if let Some(minutes) = self.visit_min {
            let label = lang.pick("建议停留", "Time to allow");
            let note = Some(lang.pick("编者建议", "editors' suggestion"));
            facts.push(Fact::new("visit", label, say_minutes(minutes, lang)).noted(note));
        }
        if let Some(note) = &self.note {
            facts.push(Fact::new("note", lang.pick("说明", "Note"), note.get(lang)));
        }
        facts.extend(barrier_free::row(&self.barrier_free, lang));
        facts
    }

    fn headline(&self, lang: Lang) -> String {
        let sort = self.sort.get(lang);
        match &self.grade {
            Some(grade) => format!("{} · {sort}", grade.get(lang)),
            None => sort.to_owned(),
        }
    }

    fn index(&self, facts: &mut SearchFacts) {
        facts.words.push(self.sort.zh.clone());
        facts.words.extend(self.sort.en.clone());
        facts.grade = self.grade.as_ref().map(|g| g.zh.clone());
        facts.barrier_free = barrier_free::is_barrier_free(&self.barrier_free);
    }

    fn sample() -> Self {
        Self {
            sort: Text::new("古城", "Old town"),
            grade: Some(Text::new("4A", "4A")),
            year: Some(2020),
            grade_verified: true,
            visit_min: Some(180),
            opening: None,
            note: None,
            barrier_free: vec![],
        }
    }
}
