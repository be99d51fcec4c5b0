//! Barrier-free facts (T19): measured things, each with who saw it and when, never a vague promise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::fact::Fact;
use super::super::limits;
use crate::time::say_day;
use crate::{Lang, Problem, Text};

words! {
    BarrierFact {
        StepHeight = "step_height_cm", "门口台阶高度", "Step at the door";
        DoorWidth = "door_width_cm", "门净宽", "Clear door width";
        AccessibleToilet = "accessible_toilet", "无障碍卫生间", "Accessible toilet";
        Parking = "parking", "无障碍车位", "Accessible parking";
        HearingLoop = "hearing_loop", "助听回路", "Hearing loop";
        Ramp = "ramp", "坡道", "Ramp";
        Lift = "lift", "电梯", "Lift";
        GroundFloorRoom = "ground_floor_room", "一楼客房", "Ground-floor room";
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarrierFree {
    pub fact: BarrierFact,
    pub value: Measured,
    /// Who saw it.
    #[serde(deserialize_with = "crate::lang::once_plain")]
    pub witness: Text,
    pub on: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Measured {
    Yes(bool),
    Centimetres(u32),
}

impl BarrierFree {
    fn say(&self, lang: Lang) -> String {
        let label = self.fact.label(lang);
        let value = match self.value {
            Measured::Yes(true) => lang.pick("有", "yes").to_owned(),
            Measured::Yes(false) => lang.pick("无", "no").to_owned(),
            Measured::Centimetres(cm) => lang.pick(format!("{cm} 厘米"), format!("{cm} cm")),
        };
        lang.pick(format!("{label}：{value}"), format!("{label}: {value}"))
    }

    fn helps(&self) -> bool {
        match (self.fact, self.value) {
            (BarrierFact::StepHeight, Measured::Centimetres(cm)) => cm <= 2,
            (BarrierFact::DoorWidth, Measured::Centimetres(cm)) => cm >= 80,
            (_, Measured::Yes(yes)) => yes,
            (_, Measured::Centimetres(_)) => false,
        }
    }
}

/// Whether a wheelchair gets in: a level or ramped door that is wide enough, or a level entrance with an accessible toilet.
pub fn is_barrier_free(facts: &[BarrierFree]) -> bool {
    let has = |fact| facts.iter().any(|f| f.fact == fact && f.helps());
    let gets_in = has(BarrierFact::StepHeight) || has(BarrierFact::Ramp);
    gets_in && (has(BarrierFact::DoorWidth) || has(BarrierFact::AccessibleToilet))
}

/// One row of the facts table: what was measured, and by whom and when, said once for all that were measured together.
pub fn row(facts: &[BarrierFree], lang: Lang) -> Option<Fact> {
    let mut visits: Vec<(&Text, NaiveDate, Vec<String>)> = Vec::new();
    for fact in facts {
        match visits.iter_mut().find(|(witness, on, _)| **witness == fact.witness && *on == fact.on) {
            Some((.., said)) => said.push(fact.say(lang)),
            None => visits.push((&fact.witness, fact.on, vec![fact.say(lang)])),
        }
    }
    let said: Vec<String> = visits
        .iter()
        .map(|(witness, on, facts)| {
            let (facts, witness, on) = (facts.join(lang.pick("；", "; ")), witness.get(lang), say_day(*on, lang));
            lang.pick(format!("{facts}（{witness}，{on}）"), format!("{facts} ({witness}, {on})"))
        })
        .collect();
    (!said.is_empty()).then(|| Fact::new("barrier_free", lang.pick("无障碍", "Access"), said.join(lang.pick("；", "; "))))
}

pub fn check(facts: &[BarrierFree]) -> Vec<Problem> {
    let measured_in_cm = |f: BarrierFact| matches!(f, BarrierFact::StepHeight | BarrierFact::DoorWidth);
    let mut found = Vec::new();
    limits::count(&mut found, "details.barrier_free", facts.len());
    for fact in facts {
        limits::text(&mut found, "details.barrier_free", &fact.witness, limits::LONGEST_NAME);
    }
    let wrongly_measured =
        facts.iter().filter(|f| measured_in_cm(f.fact) != matches!(f.value, Measured::Centimetres(_))).map(|f| {
            Problem::new(
                "details.barrier_free",
                "wrong_measure",
                format!("“{}”的取值类型不对", f.fact.label(Lang::Zh)),
                format!("“{}” is measured the wrong way: centimetres for steps and doors, yes or no for the rest", f.fact.code()),
            )
        });
    found.extend(wrongly_measured);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(fact: BarrierFact, value: Measured) -> BarrierFree {
        BarrierFree {
            fact,
            value,
            witness: Text::new("示例记录", "sample record"),
            on: NaiveDate::from_ymd_opt(2026, 5, 18).unwrap(),
        }
    }

    #[test]
    fn a_wheelchair_needs_a_way_in_and_room_inside() {
        let door = |cm| fact(BarrierFact::DoorWidth, Measured::Centimetres(cm));
        let step = |cm| fact(BarrierFact::StepHeight, Measured::Centimetres(cm));
        assert!(!is_barrier_free(&[]), "unknown is not a yes");
        assert!(is_barrier_free(&[step(2), door(80)]));
        assert!(!is_barrier_free(&[step(15), door(90)]));
        assert!(is_barrier_free(&[step(15), fact(BarrierFact::Ramp, Measured::Yes(true)), door(90)]));
        assert!(!is_barrier_free(&[fact(BarrierFact::Ramp, Measured::Yes(false)), door(90)]));
    }
}
