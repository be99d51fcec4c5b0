//! Season and hour, as inks.

use std::fmt;

use domain::time::Months;

use super::seed::Seed;

/// A colour, `0xrrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u32);

impl Rgb {
    /// This colour with `percent` of another stirred in.
    pub fn mix(self, other: Rgb, percent: i32) -> Rgb {
        let part = |shift: u32| {
            let (a, b) = ((self.0 >> shift & 0xff) as i32, (other.0 >> shift & 0xff) as i32);
            ((a + (b - a) * percent / 100).clamp(0, 255) as u32) << shift
        };
        Rgb(part(16) | part(8) | part(0))
    }
}

impl fmt::Display for Rgb {
    /// `#abc` where that says it all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rgb(c) = *self;
        if c >> 4 & 0x0f_0f_0f == c & 0x0f_0f_0f {
            write!(f, "#{:x}{:x}{:x}", c >> 16 & 15, c >> 8 & 15, c & 15)
        } else {
            write!(f, "#{c:06x}")
        }
    }
}

/// The seal's vermilion: the one accent every print has.
pub const VERMILION: Rgb = Rgb(0xc23b22);
pub const PAPER: Rgb = Rgb(0xf5eedd);
pub const INK: Rgb = Rgb(0x22282a);

/// What the sky does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Air {
    Clear,
    Mist,
    Rain,
    Snow,
    Night,
}

/// The inks of one print.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub air: Air,
    pub sky: Rgb,
    pub low: Rgb,
    pub disc: Rgb,
    /// Ridges, far to near.
    pub far: Rgb,
    pub mid: Rgb,
    pub near: Rgb,
    pub deep: Rgb,
    /// Blossom, maple, rape flower: the season's own colour.
    pub bloom: Rgb,
    pub water: Rgb,
    /// Walls.
    pub wall: Rgb,
    /// Windows; lit in the evening.
    pub lamp: Rgb,
}

impl Palette {
    /// The lightest ink: mist, foam, snow.
    pub fn pale(&self) -> Rgb {
        self.low.mix(Rgb(0xffffff), 35)
    }

    /// A local colour under this print's light.
    pub fn lit(&self, local: u32) -> Rgb {
        let dark = matches!(self.air, Air::Night);
        Rgb(local).mix(self.mid, if dark { 48 } else { 16 })
    }

    pub fn is_dark(&self) -> bool {
        self.air == Air::Night
    }
}

/// Months as bits, January lowest.
const SPRING: u16 = 0b0000_0001_1100;
const SUMMER: u16 = 0b0000_1111_0000;
const AUTUMN: u16 = 0b0111_0000_0000;
const WINTER: u16 = 0b1000_0000_0011;
const ANY: u16 = 0x0fff;
const LIT: u32 = 0xffd27a;
const DAY: u32 = 0x4b4a45;

struct Mood(u16, Air, [u32; 11]);

/// sky, low, disc, far, mid, near, deep, bloom, water, wall, lamp
#[rustfmt::skip]
const MOODS: &[Mood] = &[
    // peach-blossom morning
    Mood(SPRING, Air::Mist, [0xa9c7c6, 0xf8e4d4, 0xe8735a, 0xafc6bc, 0x7ea896, 0x47725f, 0x23443c, 0xe28f95, 0xbcd5cf, 0xf7efe2, DAY]),
    // rain in the third month
    Mood(SPRING, Air::Rain, [0x9fb1b3, 0xe6ebe4, 0xf0eee4, 0xb4c4c1, 0x82a099, 0x4c7069, 0x25413f, 0xd98f98, 0xc3d2cf, 0xf2efe6, 0xe8b765]),
    // rape-flower noon
    Mood(SPRING, Air::Clear, [0x7fb3c2, 0xf7f0d6, 0xf3d27a, 0xa5c6b4, 0x79a97f, 0x447a58, 0x1f4a39, 0xe9bb32, 0xa9d0d2, 0xfaf3e4, DAY]),
    // high summer
    Mood(SUMMER, Air::Clear, [0x3f8ea6, 0xe2efdf, 0xfff4d0, 0x8fbdb6, 0x4c9482, 0x246853, 0x123d35, 0xe4798c, 0x7fbcc0, 0xf6f1e2, DAY]),
    // thunder rain over indigo hills
    Mood(SUMMER, Air::Rain, [0x46617e, 0xcbd8d6, 0xe9ece4, 0x93a9b4, 0x5b7d8b, 0x2f5364, 0x182f3f, 0xe08a6a, 0x9db7bf, 0xe9ebe4, LIT]),
    // summer evening
    Mood(SUMMER | AUTUMN, Air::Clear, [0x5b6b9c, 0xf6bd8c, 0xf26a45, 0xa08fa8, 0x696a90, 0x3d4b70, 0x20294a, 0xf0a24e, 0xd9a793, 0xf3dfcb, LIT]),
    // firefly night
    Mood(SUMMER | SPRING, Air::Night, [0x12304d, 0x4f8389, 0xf6ecc6, 0x44707f, 0x2b5566, 0x193d4c, 0x0c2331, 0xf0d879, 0x5d929a, 0xb9c7bf, LIT]),
    // gold of the tenth month
    Mood(AUTUMN, Air::Clear, [0xe9cf95, 0xfaf0d6, 0xe2603a, 0xd2bd92, 0xb48f56, 0x7f5d33, 0x452f1c, 0xc4402a, 0xe0cfa6, 0xf8efdc, DAY]),
    // maple evening
    Mood(AUTUMN, Air::Clear, [0xc96a4d, 0xf8d9a6, 0xfbe7b8, 0xc9978a, 0x965f5c, 0x5f3b42, 0x34202b, 0xdf4a2b, 0xe6b48d, 0xf5e1c8, LIT]),
    // clear autumn
    Mood(AUTUMN, Air::Clear, [0x6f9fb8, 0xf3ead0, 0xf4ecd0, 0xabb7ab, 0x8f9a72, 0x66693c, 0x363a24, 0xd0702f, 0xa9c4c6, 0xf6efe0, DAY]),
    // snow light
    Mood(WINTER, Air::Snow, [0xa9b8c2, 0xf1f0eb, 0xe27a5f, 0xcdd7da, 0x9fb1b8, 0x667b85, 0x2d3f49, 0xc8394f, 0xc6d5da, 0xf4f2ec, 0xe9a94f]),
    // winter moon
    Mood(WINTER, Air::Night, [0x1b2944, 0x64798e, 0xf5eac8, 0x586e85, 0x3d526c, 0x27384f, 0x131d2e, 0xe06a6a, 0x7389a0, 0xc3c9cc, LIT]),
    // plum-grey dusk
    Mood(WINTER | AUTUMN, Air::Mist, [0x8d8398, 0xf0dcca, 0xe4593f, 0xb5abb4, 0x847b8e, 0x544c62, 0x2c2738, 0xd8455a, 0xcfc0bd, 0xf3e9dd, LIT]),
    // ink on rice paper
    Mood(ANY, Air::Mist, [0xddd5c1, 0xf8f3e6, 0xc23b22, 0xc9c7ba, 0x94968e, 0x555a57, 0x272b2b, 0xc23b22, 0xdad8ca, 0xf8f3e6, 0xc23b22]),
    // blue and green on old silk
    Mood(ANY, Air::Clear, [0xcdb280, 0xebdcb0, 0xc9452b, 0x97b39a, 0x3f9088, 0x1f6672, 0x17433f, 0xd8673f, 0xc2cdaa, 0xf4e8c8, 0x5b3a22]),
    // indigo calico, the Miao and Dong dye
    Mood(ANY, Air::Mist, [0x7f9cc0, 0xeef0ea, 0xf7f4e8, 0xb3c4d8, 0x6f8fba, 0x365a92, 0x1a2f5c, 0xd0583f, 0xb9cbdf, 0xf6f3ea, LIT]),
    // first light
    Mood(ANY, Air::Mist, [0xe9a98b, 0xfdeed2, 0xd9432c, 0xd8b9a8, 0x8ea295, 0x4b6f6a, 0x22403f, 0xe2745c, 0xf0d3b6, 0xfbf1e0, LIT]),
];

/// Which of the print's lights a kind of picture asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    Free,
    /// Windows are lit.
    Evening,
}

/// The inks for a print: by its own chance, among the seasons it is good in.
pub fn choose(seed: &Seed, months: Months, light: Light) -> Palette {
    let seasons = if months.is_empty() { ANY } else { months.bits() };
    // Moods of the season count more than those that suit any month, or seasons would hardly be seen.
    let mut fitting: Vec<&Mood> = Vec::new();
    for mood in MOODS {
        let evening = light == Light::Free || mood.2[10] == LIT;
        if mood.0 & seasons != 0 && evening {
            fitting.push(mood);
            if mood.0 != ANY {
                fitting.push(mood);
            }
        }
    }
    let Mood(_, air, inks) = fitting[seed.range(0, fitting.len() as i32 - 1) as usize];
    let tint = Rgb(seed.pick(&[0xd9a35a, 0x5a8fb0, 0x7fa05a, 0xb0607a]));
    let strength = seed.range(0, 9);
    let ink = |i: usize| Rgb(inks[i]).mix(tint, strength);
    Palette {
        air: *air,
        sky: ink(0),
        low: Rgb(inks[1]),
        disc: Rgb(inks[2]),
        far: ink(3),
        mid: ink(4),
        near: ink(5),
        deep: ink(6),
        bloom: Rgb(inks[7]),
        water: ink(8),
        wall: Rgb(inks[9]),
        lamp: Rgb(inks[10]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_inks_by_day_and_in_the_evening() {
        for month in 1..=12 {
            let only = Months::only(month).unwrap();
            for light in [Light::Free, Light::Evening] {
                let palette = choose(&Seed::of(&["x"]), only, light);
                assert!(light == Light::Free || palette.lamp == Rgb(LIT), "windows are lit in month {month}");
            }
        }
    }

    #[test]
    fn it_never_snows_on_a_summer_place() {
        let july = Months::only(7).unwrap();
        let snowed = (0..300).any(|i| choose(&Seed::of(&[&i.to_string()]), july, Light::Free).air == Air::Snow);
        assert!(!snowed);
    }

    #[test]
    fn colours_are_written_short() {
        assert_eq!(Rgb(0xaabbcc).to_string(), "#abc");
        assert_eq!(Rgb(0x0a0b0c).to_string(), "#0a0b0c");
        assert_eq!(Rgb(0).mix(Rgb(0xffffff), 50).to_string(), "#7f7f7f");
    }
}
