//! What a decision changes in a list of hits.

use crate::ListingId;

/// Positions are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    pub entered: Vec<(ListingId, usize)>,
    pub left: Vec<(ListingId, usize)>,
    /// From where to where.
    pub moved: Vec<(ListingId, usize, usize)>,
}

impl Difference {
    pub fn between(before: &[ListingId], after: &[ListingId]) -> Self {
        let place = |list: &[ListingId], id: &ListingId| list.iter().position(|it| it == id).map(|at| at + 1);
        let mut difference = Self::default();
        for (at, id) in after.iter().enumerate() {
            match place(before, id) {
                None => difference.entered.push((id.clone(), at + 1)),
                Some(from) if from != at + 1 => difference.moved.push((id.clone(), from, at + 1)),
                Some(_) => {}
            }
        }
        let gone = before.iter().enumerate().filter(|(_, id)| place(after, id).is_none());
        difference.left = gone.map(|(at, id)| (id.clone(), at + 1)).collect();
        difference
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(names: &[&str]) -> Vec<ListingId> {
        names.iter().map(|name| ListingId::parse(name).unwrap()).collect()
    }

    #[test]
    fn what_came_went_and_moved_is_told_with_its_place() {
        let (before, after) = (ids(&["a", "b", "c"]), ids(&["d", "a", "c"]));
        let [a, b, d] = ["a", "b", "d"].map(|name| ListingId::parse(name).unwrap());
        let expected = Difference { entered: vec![(d, 1)], left: vec![(b, 2)], moved: vec![(a, 1, 2)] };
        assert_eq!(Difference::between(&before, &after), expected);
    }

    proptest! {
        #[test]
        fn the_second_list_can_be_made_of_the_first_and_the_difference(
            before in proptest::sample::subsequence(vec!["a", "b", "c", "d", "e", "f"], 0..6),
            after in proptest::sample::subsequence(vec!["f", "e", "d", "c", "b", "a"], 0..6),
        ) {
            let (before, after) = (ids(&before), ids(&after));
            let difference = Difference::between(&before, &after);
            let mut made: Vec<Option<ListingId>> = vec![None; after.len()];
            difference.entered.iter().for_each(|(id, at)| made[at - 1] = Some(id.clone()));
            difference.moved.iter().for_each(|(id, _, at)| made[at - 1] = Some(id.clone()));
            for (at, id) in before.iter().enumerate() {
                let changed = difference.left.iter().any(|(left, _)| left == id) || difference.moved.iter().any(|(moved, ..)| moved == id);
                if !changed {
                    made[at] = Some(id.clone());
                }
            }
            prop_assert_eq!(made.into_iter().collect::<Option<Vec<_>>>(), Some(after));
        }
    }
}
