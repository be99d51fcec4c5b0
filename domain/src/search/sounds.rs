//! Ways in which a syllable is also said or written: misreadings of names, and the sounds of Hunan.

use std::collections::HashMap;
use std::sync::OnceLock;

/// `character <tab> how it is wrongly read`: readings of a part of it, or of a character like it.
const MISREADINGS: &str = include_str!("misreadings.tsv");

/// How a character of a place's name is often wrongly read.
pub fn misreadings(c: char) -> &'static [&'static str] {
    static TABLE: OnceLock<HashMap<char, Vec<&'static str>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = MISREADINGS.lines().filter_map(|line| line.split_once('\t'));
        rows.filter_map(|(c, readings)| Some((c.chars().next()?, readings.split(' ').collect()))).collect()
    });
    table.get(&c).map_or(&[], Vec::as_slice)
}

/// A syllable as it is also said, and how many sounds are another's.
pub type Accent = (String, u8);

/// Initials that many do not tell apart.
const INITIALS: [(&str, &str); 4] = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")];
/// Endings likewise; the last four are rarer.
const ENDINGS: [(&str, &str); 6] =
    [("ing", "in"), ("eng", "en"), ("iang", "ian"), ("uang", "uan"), ("ang", "an"), ("ong", "eng")];
/// f and h before u, as syllables.
const F_AND_H: [(&str, &str); 9] = [
    ("hu", "fu"),
    ("hua", "fa"),
    ("huan", "fan"),
    ("huang", "fang"),
    ("hui", "fei"),
    ("hun", "fen"),
    ("hong", "feng"),
    ("huo", "fo"),
    ("hun", "feng"),
];

/// How a syllable may be spelt by one who says it as in Hunan; the syllable itself first, at no cost.
pub fn accents_of(syllable: &str) -> Vec<Accent> {
    let mut found: Vec<Accent> = vec![(syllable.to_owned(), 0)];
    let mut add = |spelt: String, cost: u8| {
        if !found.iter().any(|(known, _)| *known == spelt) {
            found.push((spelt, cost));
        }
    };
    let swapped = initials(syllable);
    for (spelt, cost) in swapped.iter().cloned().chain([(syllable.to_owned(), 0)]) {
        if cost > 0 {
            add(spelt.clone(), cost);
        }
        for (ending, more) in endings(&spelt) {
            add(ending, cost + more);
        }
    }
    found
}

fn initials(syllable: &str) -> Vec<Accent> {
    let mut found = Vec::new();
    for (a, b) in INITIALS {
        if let Some(rest) = syllable.strip_prefix(a) {
            found.push((format!("{b}{rest}"), 1));
        } else if let Some(rest) = syllable.strip_prefix(b)
            && !rest.starts_with('h')
        {
            found.push((format!("{a}{rest}"), 1));
        }
    }
    for (h, f) in F_AND_H {
        if syllable == h {
            found.push((f.to_owned(), 1));
        } else if syllable == f {
            found.push((h.to_owned(), 1));
        }
    }
    found
}

fn endings(syllable: &str) -> Vec<Accent> {
    let mut found = Vec::new();
    for (i, (long, short)) in ENDINGS.into_iter().enumerate() {
        let cost = if i < 2 { 1 } else { 2 };
        if let Some(stem) = syllable.strip_suffix(long).filter(|stem| is_initial(stem)) {
            found.push((format!("{stem}{short}"), cost));
        } else if let Some(stem) = syllable.strip_suffix(short).filter(|stem| is_initial(stem)) {
            found.push((format!("{stem}{long}"), cost));
        }
    }
    found
}

fn is_initial(stem: &str) -> bool {
    !stem.contains(['a', 'e', 'i', 'o', 'u', 'v'])
}

/// Characters that are taken for each other by their look: each line of the table is a group.
pub fn look_alike(a: char, b: char) -> bool {
    static GROUPS: OnceLock<HashMap<char, Vec<char>>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let mut groups: HashMap<char, Vec<char>> = HashMap::new();
        for line in include_str!("shapes.txt").lines() {
            for c in line.chars() {
                groups.entry(c).or_default().extend(line.chars());
            }
        }
        groups
    });
    groups.get(&a).is_some_and(|others| others.contains(&b))
}

/// Damerau–Levenshtein with neighbours swapped once (optimal string alignment), if it is at most `most`.
pub fn distance_within(a: &[u8], b: &[u8], most: u32) -> Option<u32> {
    if a.len().abs_diff(b.len()) > most as usize || a.first() != b.first() && a.get(1) != b.first() && a.first() != b.get(1) {
        return None;
    }
    let width = b.len() + 1;
    let mut before_last = vec![0u32; width];
    let mut last: Vec<u32> = (0..width as u32).collect();
    for i in 1..=a.len() {
        let mut row = vec![i as u32; width];
        for j in 1..width {
            let changed = last[j - 1] + u32::from(a[i - 1] != b[j - 1]);
            let mut best = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row[j] = best;
        }
        if row.iter().all(|distance| *distance > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_misread_by_their_parts() {
        assert_eq!(misreadings('郴'), ["bin", "lin"]);
        assert!(misreadings('凤').is_empty());
        assert!(look_alike('泪', '汨') && look_alike('汨', '泪') && !look_alike('山', '水'));
    }

    #[test]
    fn slips_of_the_keys_are_counted() {
        let check = |a: &str, b: &str, most: u32, expected: Option<u32>| {
            assert_eq!(distance_within(a.as_bytes(), b.as_bytes(), most), expected, "{a} {b}");
        };
        check("fenghaung", "fenghuang", 2, Some(1));
        check("shaoshna", "shaoshan", 2, Some(1));
        check("terrases", "terraces", 2, Some(1));
        check("srping", "spring", 1, Some(1));
        check("lake", "lake", 1, Some(0));
        check("lake", "lamp", 1, None);
        check("a", "abcdef", 2, None);
    }
}
