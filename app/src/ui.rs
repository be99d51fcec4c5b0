//! Parts that several pages share. Each is a function from values to a view; none asks for data.

mod add_form;
mod breadcrumb;
mod card;
mod contact;
mod detailed_map;
mod facts;
mod footer;
mod form;
mod header;
mod in_app;
mod keep;
mod kept;
mod map_section;
mod notice;
mod pager;
mod section;
mod switches;
mod text;

pub use add_form::{add_form, add_to_kept_trip};
pub use breadcrumb::{Crumb, breadcrumb};
pub use card::{COVER_HEIGHT, COVER_WIDTH, card, cards, say_distance};
pub use contact::contact;
pub use detailed_map::detailed_map;
pub use facts::{Row, facts_table};
pub use footer::footer;
pub use form::{Choice, Form, hidden};
pub use header::{header, search_form};
pub use in_app::leave_app;
pub use keep::{keep_button, keep_form, keep_part};
pub use kept::{kept, say_moment};
pub use map_section::{map_credits, map_section};
pub use notice::{notice, problems, refused};
pub use pager::pager;
pub use section::{Section, heading, section};
pub use switches::{scheme_switch, switches};
pub use text::{band, chinese, foreign, marked, sample_badge, translated, untranslated_span};
