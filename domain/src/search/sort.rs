//! In which order hits stand.

use crate::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Relevance,
    Distance,
    Price,
    Newest,
}

impl Sort {
    pub const ALL: [Sort; 4] = [Sort::Relevance, Sort::Distance, Sort::Price, Sort::Newest];

    pub fn code(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Distance => "distance",
            Sort::Price => "price",
            Sort::Newest => "newest",
        }
    }

    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Sort::Relevance => lang.pick("最相关", "Best match"),
            Sort::Distance => lang.pick("由近到远", "Nearest"),
            Sort::Price => lang.pick("价格从低到高", "Lowest price"),
            Sort::Newest => lang.pick("最近更新", "Latest"),
        }
    }
}
