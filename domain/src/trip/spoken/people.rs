//! Who travels. The same person is often said twice: 两大一小，孩子5岁; 70岁的奶奶.

use super::Spoken;

/// The least age of an elder, and of an adult.
const ELDER: u32 = 60;
const ADULT: u32 = 18;

/// What was said of one class of people. Each way of saying counts by itself, and the most is how many they are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said {
    /// 两大, 三个老人.
    counted: u32,
    /// 一个孩子5岁: counted, and told apart by age.
    each_aged: u32,
    /// 爷爷, 孩子: named without a number.
    named: u32,
    /// 5岁.
    aged: u32,
}

impl Said {
    fn all(self) -> u32 {
        self.counted.max(self.each_aged).max(self.named).max(self.aged)
    }

    pub fn count(&mut self, number: u32, more: bool, an_age_follows: bool) {
        if an_age_follows {
            self.each_aged = self.each_aged.saturating_add(number);
            return;
        }
        // 爷爷和一个老人: not the same
        let known = if more { self.counted.max(self.named) } else { self.counted };
        self.counted = known.saturating_add(number);
    }

    pub fn name(&mut self, number: u32, more: bool) {
        self.named = self.named.saturating_add(number);
        if more && self.counted > 0 {
            self.counted = self.counted.saturating_add(number);
        }
    }
}

#[derive(Debug, Default)]
pub struct People {
    pub adults: Said,
    pub elders: Said,
    pub children: Said,
    ages: Vec<u32>,
    /// 四个人.
    pub all: Option<u32>,
    /// 一家三口.
    pub family: Option<u32>,
}

impl People {
    /// So many people of this age.
    pub fn age(&mut self, age: u32, people: u32) {
        let said = match age {
            ELDER.. => &mut self.elders,
            ADULT.. => &mut self.adults,
            _ => {
                self.ages.extend(std::iter::repeat_n(age, people as usize));
                &mut self.children
            }
        };
        said.aged = said.aged.saturating_add(people);
    }

    /// False where a family was named of which nobody can say who they are.
    pub fn tell(mut self, heard: &mut Spoken) -> bool {
        let known = self.family.is_none_or(|family| self.in_family(family));
        let (elders, children) = (self.elders.all(), self.children.all());
        let adults = self.adults.all();
        let others = elders.saturating_add(children);
        heard.adults = (adults > 0).then_some(adults).or(self.all.map(|all| all.saturating_sub(others)));
        heard.elders = (elders > 0).then_some(elders);
        heard.children = children;
        heard.ages = self.ages;
        known
    }

    /// Three are two parents and a child, unless it was said who they are.
    fn in_family(&mut self, family: u32) -> bool {
        let others = self.elders.all() > 0 || self.children.all() > 0;
        let counted = self.adults.counted + self.elders.counted + self.children.counted > 0;
        match family {
            2..=4 if !counted => {
                (self.adults.counted, self.children.counted) = (2, family - 2);
                true
            }
            _ if others || counted => {
                self.all = self.all.or(Some(family));
                true
            }
            _ => false,
        }
    }
}
