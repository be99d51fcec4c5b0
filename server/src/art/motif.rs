//! Objects in the foreground: what a product is, what a heritage item is about. Each is drawn about the origin,
//! some two hundred across, standing on y = 90.

mod harvest;
mod larder;
mod stage;
mod workshop;

pub use workshop::brocade;

use domain::listing::Listing;
use domain::listing::kinds::Motif;
use domain::listing::{Details, Tag};

use super::scene::Scene;

/// An object, by what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Tea,
    Fruit,
    Grain,
    Vegetable,
    Pig,
    Duck,
    Ox,
    Fish,
    Oil,
    Water,
    Herb,
    Carving,
    Silver,
    Fan,
    Print,
    Vase,
    Weave,
    Calico,
    Noodle,
    Liquor,
    Lotus,
    Mask,
    Drum,
    Reedpipe,
    Suona,
    Strings,
    Scroll,
    Lantern,
    DragonBoat,
    Loom,
    Seedling,
}

impl Object {
    #[cfg(test)]
    pub const ALL: [Object; 31] = [
        Object::Tea,
        Object::Fruit,
        Object::Grain,
        Object::Vegetable,
        Object::Pig,
        Object::Duck,
        Object::Ox,
        Object::Fish,
        Object::Oil,
        Object::Water,
        Object::Herb,
        Object::Carving,
        Object::Silver,
        Object::Fan,
        Object::Print,
        Object::Vase,
        Object::Weave,
        Object::Calico,
        Object::Noodle,
        Object::Liquor,
        Object::Lotus,
        Object::Mask,
        Object::Drum,
        Object::Reedpipe,
        Object::Suona,
        Object::Strings,
        Object::Scroll,
        Object::Lantern,
        Object::DragonBoat,
        Object::Loom,
        Object::Seedling,
    ];

    /// What the foreground of a listing shows, if anything.
    pub fn of(listing: &Listing, scene: &Scene) -> Option<Self> {
        let title = listing.title.zh.as_str();
        match &listing.details {
            Details::Product(product) => Some(named(title).filter(|o| o.suits(product.motif)).unwrap_or(match product.motif {
                Motif::Tea => Object::Tea,
                Motif::Fruit => Object::Fruit,
                Motif::Grain => Object::Grain,
                Motif::Vegetable => Object::Vegetable,
                Motif::Meat => Object::Pig,
                Motif::Fish => Object::Fish,
                Motif::Oil => Object::Oil,
                Motif::Water => Object::Water,
                Motif::Medicine => Object::Herb,
                Motif::Craft => Object::Carving,
                Motif::Ceramics => Object::Vase,
                Motif::Embroidery => Object::Weave,
                Motif::Noodle => Object::Noodle,
                Motif::Liquor => Object::Liquor,
                Motif::Flower => Object::Lotus,
            })),
            Details::Heritage(heritage) => {
                let category = heritage.category.as_ref().map_or("", |c| c.zh.as_str());
                named(title).or_else(|| {
                    let any = |of: &[Object]| Some(scene.s.pick(of));
                    match category {
                        c if c.contains("戏剧") => Some(Object::Mask),
                        c if c.contains("曲艺") => any(&[Object::Strings, Object::Drum]),
                        c if c.contains("音乐") => any(&[Object::Suona, Object::Reedpipe, Object::Drum]),
                        c if c.contains("舞蹈") => any(&[Object::Drum, Object::Reedpipe]),
                        c if c.contains("美术") => any(&[Object::Print, Object::Weave, Object::Carving]),
                        c if c.contains("技艺") => any(&[Object::Loom, Object::Vase, Object::Calico]),
                        c if c.contains("医药") => Some(Object::Herb),
                        c if c.contains("民俗") => any(&[Object::Lantern, Object::DragonBoat]),
                        c if c.contains("体育") => any(&[Object::DragonBoat, Object::Drum]),
                        c if c.contains("文学") => Some(Object::Scroll),
                        _ => None,
                    }
                })
            }
            Details::Experience(_) => Some(named(title).unwrap_or_else(|| {
                let tagged = |tag: &str| listing.tags.iter().any(|t: &Tag| t.code() == tag);
                match () {
                    () if tagged("tea") => Object::Tea,
                    () if tagged("opera") => Object::Mask,
                    () if tagged("dance") => Object::Drum,
                    () if tagged("music") => Object::Reedpipe,
                    () if tagged("fruit") => Object::Fruit,
                    () if tagged("farming") => Object::Seedling,
                    () if tagged("craft") => Object::Loom,
                    () => Object::Lantern,
                }
            })),
            _ => None,
        }
    }

    /// Whether a word in the title may say more than the motif does.
    fn suits(self, motif: Motif) -> bool {
        match motif {
            Motif::Meat => matches!(self, Object::Pig | Object::Duck | Object::Ox),
            Motif::Craft => {
                matches!(self, Object::Silver | Object::Fan | Object::Print | Object::Lantern | Object::Calico | Object::Scroll)
            }
            Motif::Embroidery => matches!(self, Object::Calico),
            _ => false,
        }
    }

    /// Draws it about the origin.
    pub fn draw(self, s: &mut Scene) {
        match self {
            Object::Tea => larder::tea(s),
            Object::Fruit => harvest::fruit(s),
            Object::Grain => harvest::grain(s),
            Object::Vegetable => harvest::vegetable(s),
            Object::Pig => larder::pig(s),
            Object::Duck => larder::duck(s),
            Object::Ox => larder::ox(s),
            Object::Fish => larder::fish(s),
            Object::Oil => larder::oil(s),
            Object::Water => larder::water(s),
            Object::Herb => harvest::herb(s),
            Object::Carving => workshop::carving(s),
            Object::Silver => workshop::silver(s),
            Object::Fan => workshop::fan(s),
            Object::Print => workshop::print(s),
            Object::Vase => workshop::vase(s),
            Object::Weave => workshop::weave(s),
            Object::Calico => workshop::calico(s),
            Object::Noodle => larder::noodle(s),
            Object::Liquor => larder::liquor(s),
            Object::Lotus => harvest::lotus(s),
            Object::Mask => stage::mask(s),
            Object::Drum => stage::drum(s),
            Object::Reedpipe => stage::reedpipe(s),
            Object::Suona => stage::suona(s),
            Object::Strings => stage::strings(s),
            Object::Scroll => stage::scroll(s),
            Object::Lantern => stage::lantern(s),
            Object::DragonBoat => stage::dragon_boat(s),
            Object::Loom => workshop::loom(s),
            Object::Seedling => harvest::seedling(s),
        }
    }
}

/// The object a title names, if it does.
fn named(title: &str) -> Option<Object> {
    const WORDS: &[(&str, Object)] = &[
        ("蓝印花布", Object::Calico),
        ("龙舟", Object::DragonBoat),
        ("龙灯", Object::Lantern),
        ("灯", Object::Lantern),
        ("芦笙", Object::Reedpipe),
        ("唢呐", Object::Suona),
        ("咚咚喹", Object::Suona),
        ("长鼓", Object::Drum),
        ("鼓", Object::Drum),
        ("锣", Object::Drum),
        ("丝弦", Object::Strings),
        ("琵琶", Object::Strings),
        ("弹词", Object::Strings),
        ("昆", Object::Mask),
        ("傩", Object::Mask),
        ("戏", Object::Mask),
        ("银饰", Object::Silver),
        ("银片", Object::Silver),
        ("扇", Object::Fan),
        ("年画", Object::Print),
        ("凿花", Object::Print),
        ("剪纸", Object::Print),
        ("女书", Object::Scroll),
        ("纸扎", Object::Lantern),
        ("纸", Object::Scroll),
        ("瓷", Object::Vase),
        ("陶", Object::Vase),
        ("釉", Object::Vase),
        ("拉坯", Object::Vase),
        ("织", Object::Loom),
        ("锦", Object::Loom),
        ("绣", Object::Weave),
        ("挑花", Object::Weave),
        ("茶", Object::Tea),
        ("君山银针", Object::Tea),
        ("插秧", Object::Seedling),
        ("桃", Object::Fruit),
        ("橘", Object::Fruit),
        ("蜜饯", Object::Fruit),
        ("鸭", Object::Duck),
        ("鸡", Object::Duck),
        ("鹅", Object::Duck),
        ("牛", Object::Ox),
        ("羊", Object::Ox),
        ("豆腐", Object::Noodle),
        ("酒", Object::Liquor),
        ("民歌", Object::Reedpipe),
    ];
    WORDS.iter().find(|(word, _)| title.contains(word)).map(|(_, object)| *object)
}
