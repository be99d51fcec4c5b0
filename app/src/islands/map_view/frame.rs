//! Which part of the drawing is shown: plain arithmetic on the viewBox.
#![cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser moves the map"))]

use super::Step;

/// How many times its drawn size the map can have.
const LARGEST: f64 = 8.0;
/// What one press of a button makes larger, and moves by.
const ZOOM_STEP: f64 = 1.5;
const PAN_STEP: f64 = 0.25;

/// A point in the units of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    pub x: f64,
    pub y: f64,
}

/// A viewBox.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn center(self) -> At {
        At { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    pub fn contains(self, at: At) -> bool {
        at.x >= self.x && at.x <= self.x + self.width && at.y >= self.y && at.y <= self.y + self.height
    }
}

/// The part of the drawing that is shown; never more than the whole, never beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    whole: Area,
    now: Area,
}

impl Frame {
    pub fn of(whole: Area) -> Self {
        Self { whole, now: whole }
    }

    pub fn area(&self) -> Area {
        self.now
    }

    /// 1 where the whole is shown.
    pub fn zoom(&self) -> f64 {
        self.whole.width / self.now.width
    }

    pub fn can_grow(&self) -> bool {
        self.zoom() < LARGEST - 0.01
    }

    pub fn can_shrink(&self) -> bool {
        self.zoom() > 1.01
    }

    /// Makes the drawing `factor` times larger, and leaves the point `at` where it is on the screen.
    pub fn zoomed(self, factor: f64, at: At) -> Self {
        let zoom = (self.zoom() * factor).clamp(1.0, LARGEST);
        let kept = self.zoom() / zoom;
        self.showing(Area {
            x: at.x - (at.x - self.now.x) * kept,
            y: at.y - (at.y - self.now.y) * kept,
            width: self.whole.width / zoom,
            height: self.whole.height / zoom,
        })
    }

    pub fn moved(self, dx: f64, dy: f64) -> Self {
        self.showing(Area { x: self.now.x + dx, y: self.now.y + dy, ..self.now })
    }

    pub fn centered(self, at: At) -> Self {
        let center = self.now.center();
        self.moved(at.x - center.x, at.y - center.y)
    }

    pub fn stepped(self, step: Step) -> Self {
        let (dx, dy) = (self.now.width * PAN_STEP, self.now.height * PAN_STEP);
        match step {
            Step::In => self.zoomed(ZOOM_STEP, self.now.center()),
            Step::Out => self.zoomed(1.0 / ZOOM_STEP, self.now.center()),
            Step::Home => Self::of(self.whole),
            Step::Left => self.moved(-dx, 0.0),
            Step::Up => self.moved(0.0, -dy),
            Step::Down => self.moved(0.0, dy),
            Step::Right => self.moved(dx, 0.0),
        }
    }

    fn showing(self, area: Area) -> Self {
        let within = |from: f64, length: f64, low: f64, room: f64| from.min(low + room - length).max(low);
        let x = within(area.x, area.width, self.whole.x, self.whole.width);
        let y = within(area.y, area.height, self.whole.y, self.whole.height);
        Self { now: Area { x, y, ..area }, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Area = Area { x: -10.0, y: 0.0, width: 400.0, height: 300.0 };

    fn assert_close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn the_point_under_the_finger_stays_there() {
        let at = At { x: 90.0, y: 75.0 };
        let before = Frame::of(WHOLE);
        let after = before.zoomed(2.0, at);
        let share = |frame: Frame| (at.x - frame.area().x) / frame.area().width;
        assert_close(share(after), share(before));
        assert_close(after.zoom(), 2.0);
    }

    #[test]
    fn nothing_beside_the_drawing_is_ever_shown() {
        let corner = Frame::of(WHOLE).zoomed(4.0, WHOLE.center()).moved(1e6, -1e6).area();
        assert_close(corner.x + corner.width, WHOLE.x + WHOLE.width);
        assert_close(corner.y, WHOLE.y);
    }

    #[test]
    fn zooming_ends_at_the_whole_and_at_the_largest() {
        let small = Frame::of(WHOLE).zoomed(3.0, At { x: 300.0, y: 20.0 }).zoomed(0.01, WHOLE.center());
        assert_eq!(small, Frame::of(WHOLE));
        let large = Frame::of(WHOLE).zoomed(1e9, WHOLE.center());
        assert_close(large.zoom(), LARGEST);
        assert!(!large.can_grow() && large.can_shrink());
    }

    #[test]
    fn the_whole_cannot_be_moved() {
        for step in [Step::Left, Step::Up, Step::Down, Step::Right, Step::Out] {
            assert_eq!(Frame::of(WHOLE).stepped(step), Frame::of(WHOLE), "{step:?}");
        }
    }

    #[test]
    fn a_step_and_its_opposite_cancel() {
        let start = Frame::of(WHOLE).zoomed(4.0, WHOLE.center());
        for (there, back) in [(Step::Left, Step::Right), (Step::Up, Step::Down), (Step::In, Step::Out)] {
            let end = start.stepped(there).stepped(back).area();
            assert_close(end.x, start.area().x);
            assert_close(end.y, start.area().y);
        }
    }

    #[test]
    fn a_point_out_of_sight_is_brought_into_it() {
        let away = At { x: 380.0, y: 290.0 };
        let frame = Frame::of(WHOLE).zoomed(4.0, At { x: -10.0, y: 0.0 });
        assert!(!frame.area().contains(away));
        assert!(frame.centered(away).area().contains(away));
    }
}
