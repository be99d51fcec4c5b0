//! The drawn map, made to move: buttons, keys, drag, pinch and wheel change the part of the drawing that is shown.
//!
//! Nothing is animated. Whatever a drag does, a button does too; at its full extent the map leaves every gesture to the page.

mod frame;
#[cfg(feature = "hydrate")]
mod gestures;
#[cfg(feature = "hydrate")]
mod stage;

use leptos::prelude::*;

/// Wraps the server-drawn `<svg class="map" viewBox=…>`; `label` names the map.
#[component]
pub fn MapView(label: String, children: Children) -> impl IntoView {
    view! {
        <div class="map-view" role="group" aria-label=label>
            <Moved>{children()}</Moved>
        </div>
    }
}

#[island]
fn Moved(children: Children) -> impl IntoView {
    let controls = NodeRef::<leptos::html::Div>::new();
    let shown = RwSignal::new(Shown::default());

    #[cfg(feature = "hydrate")]
    controls.on_load(move |controls| gestures::attend(&controls, shown));

    // Words come with waking, since the hidden buttons of the server's page do not know its language.
    let button = move |step: Step| {
        view! {
            <button
                type="button"
                class="button map__button"
                data-step=step.name()
                aria-label=move || shown.get().lang.map(|lang| step.label(lang))
                aria-disabled=move || if shown.get().allows(step) { "false" } else { "true" }
            >
                {step.sign()}
            </button>
        }
    };
    view! {
        {children()}
        <div class="map__controls" hidden=move || shown.get().lang.is_none() node_ref=controls>
            <div class="map__zoom">{[Step::In, Step::Out, Step::Home].map(button)}</div>
            <div class="map__pan" hidden=move || !shown.get().can_shrink>
                {[Step::Left, Step::Up, Step::Down, Step::Right].map(button)}
            </div>
        </div>
    }
}

/// What the buttons have to know of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Shown {
    /// None until the island is awake.
    lang: Option<domain::Lang>,
    can_grow: bool,
    /// Not the whole map is shown.
    can_shrink: bool,
}

impl Shown {
    fn allows(self, step: Step) -> bool {
        if step == Step::In { self.can_grow } else { self.can_shrink }
    }
}

/// What one press of a button or key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    In,
    Out,
    Home,
    Left,
    Up,
    Down,
    Right,
}

impl Step {
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser looks steps up"))]
    const ALL: [Step; 7] = [Step::In, Step::Out, Step::Home, Step::Left, Step::Up, Step::Down, Step::Right];

    fn name(self) -> &'static str {
        match self {
            Step::In => "in",
            Step::Out => "out",
            Step::Home => "home",
            Step::Left => "left",
            Step::Up => "up",
            Step::Down => "down",
            Step::Right => "right",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Step::In => "+",
            Step::Out => "−",
            Step::Home => "⤢",
            Step::Left => "←",
            Step::Up => "↑",
            Step::Down => "↓",
            Step::Right => "→",
        }
    }

    fn label(self, lang: domain::Lang) -> &'static str {
        match self {
            Step::In => lang.pick("放大地图", "Zoom in"),
            Step::Out => lang.pick("缩小地图", "Zoom out"),
            Step::Home => lang.pick("显示全图", "Whole map"),
            Step::Left => lang.pick("向左移", "Move left"),
            Step::Up => lang.pick("向上移", "Move up"),
            Step::Down => lang.pick("向下移", "Move down"),
            Step::Right => lang.pick("向右移", "Move right"),
        }
    }

    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser has keys"))]
    fn of_key(key: &str) -> Option<Self> {
        match key {
            "+" | "=" => Some(Step::In),
            "-" | "_" => Some(Step::Out),
            "0" => Some(Step::Home),
            "ArrowLeft" => Some(Step::Left),
            "ArrowUp" => Some(Step::Up),
            "ArrowDown" => Some(Step::Down),
            "ArrowRight" => Some(Step::Right),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_button_does_a_key_does_too() {
        let keyed: Vec<_> =
            ["+", "-", "0", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"].into_iter().filter_map(Step::of_key).collect();
        assert_eq!(keyed, Step::ALL);
    }

    #[test]
    fn before_the_first_zoom_only_growing_is_allowed() {
        let shown = Shown { lang: Some(domain::Lang::Zh), can_grow: true, can_shrink: false };
        let allowed: Vec<_> = Step::ALL.into_iter().filter(|step| shown.allows(*step)).collect();
        assert_eq!(allowed, [Step::In]);
    }
}
