//! A tiny SVG writer that keeps count: a picture may not outgrow its budget.

use std::fmt::{Display, Write as _};

use domain::xml::escape;

use super::palette::Rgb;

/// No cover is longer than this, in bytes.
pub const LIMIT: usize = 6_144;

/// An SVG being written, back to front. What would exceed the budget is left out whole, so the text stays well-formed.
#[derive(Debug, Clone)]
pub struct Canvas {
    out: String,
    /// The length a shape may bring the picture to.
    budget: usize,
    /// Open groups, to be closed at the end.
    open: usize,
    /// Keeps the ids of several pictures in one page apart.
    mark: String,
    names: usize,
    left_out: usize,
}

impl Canvas {
    pub fn new(width: i32, height: i32, title: &str, mark: u32) -> Self {
        let mut out = String::with_capacity(LIMIT);
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\"><title>{}</title>",
            escape(title)
        );
        Self { out, budget: LIMIT - 64, open: 0, mark: format!("c{:x}", mark & 0xfff), names: 0, left_out: 0 }
    }

    /// How long the picture may be until the next call: keeps room for what is drawn later.
    pub fn up_to(&mut self, length: usize) {
        self.budget = length.min(LIMIT - 64);
    }

    fn put(&mut self, element: &str) {
        if self.out.len() + element.len() + 4 * self.open <= self.budget {
            self.out.push_str(element);
        } else {
            self.left_out += 1;
        }
    }

    /// A filled outline.
    pub fn fill(&mut self, d: &str, paint: impl Display) {
        self.put(&format!("<path d=\"{d}\" fill=\"{paint}\"/>"));
    }

    /// A filled outline that lets `percent` of itself be seen.
    pub fn wash(&mut self, d: &str, paint: impl Display, percent: i32) {
        self.put(&format!("<path d=\"{d}\" fill=\"{paint}\" opacity=\".{percent:02}\"/>"));
    }

    /// A drawn line.
    pub fn line(&mut self, d: &str, colour: Rgb, width: impl Display) {
        self.put(&format!("<path d=\"{d}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"));
    }

    /// A drawn line that lets `percent` of itself be seen.
    pub fn faint(&mut self, d: &str, colour: Rgb, width: impl Display, percent: i32) {
        self.put(&format!("<path d=\"{d}\" stroke=\"{colour}\" stroke-width=\"{width}\" opacity=\".{percent:02}\"/>"));
    }

    /// A broken line: with round ends and a dash of nothing, a row of dots.
    pub fn dashes(&mut self, d: &str, colour: Rgb, width: impl Display, dash: &str) {
        self.put(&format!("<path d=\"{d}\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dash}\"/>"));
    }

    /// A filled outline with an inked edge.
    pub fn inked(&mut self, d: &str, paint: impl Display, ink: Rgb, width: impl Display) {
        self.put(&format!("<path d=\"{d}\" fill=\"{paint}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>"));
    }

    pub fn disc(&mut self, x: i32, y: i32, r: i32, paint: impl Display) {
        self.put(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{paint}\"/>"));
    }

    pub fn oval(&mut self, x: i32, y: i32, rx: i32, ry: i32, paint: impl Display) {
        self.put(&format!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{rx}\" ry=\"{ry}\" fill=\"{paint}\"/>"));
    }

    /// A paint that runs from one colour at the top of a shape to another at its foot.
    pub fn fade(&mut self, top: Rgb, foot: Rgb) -> String {
        let id = self.name();
        self.put(&format!(
            "<linearGradient id=\"{id}\" x2=\"0\" y2=\"1\"><stop stop-color=\"{top}\"/><stop offset=\"1\" stop-color=\"{foot}\"/></linearGradient>"
        ));
        format!("url(#{id})")
    }

    /// A paint of three colours, top to foot.
    pub fn fade3(&mut self, top: Rgb, middle: Rgb, at: i32, foot: Rgb) -> String {
        let id = self.name();
        self.put(&format!(
            "<linearGradient id=\"{id}\" x2=\"0\" y2=\"1\"><stop stop-color=\"{top}\"/><stop offset=\".{at:02}\" stop-color=\"{middle}\"/>\
             <stop offset=\"1\" stop-color=\"{foot}\"/></linearGradient>"
        ));
        format!("url(#{id})")
    }

    /// A paint that glows at its middle and is gone at its rim.
    pub fn glow(&mut self, colour: Rgb, percent: i32) -> String {
        let id = self.name();
        self.put(&format!(
            "<radialGradient id=\"{id}\"><stop stop-color=\"{colour}\" stop-opacity=\".{percent:02}\"/>\
             <stop offset=\"1\" stop-color=\"{colour}\" stop-opacity=\"0\"/></radialGradient>"
        ));
        format!("url(#{id})")
    }

    /// A group; everything until [`Canvas::end`] is in it.
    pub fn group(&mut self, attributes: &str) {
        // Groups are few and short; leaving one out would unbalance the text, so the reserve pays for them.
        let _ = write!(self.out, "<g {attributes}>");
        self.open += 1;
    }

    /// A group that is only seen inside an outline.
    pub fn within(&mut self, d: &str) {
        let id = self.name();
        let _ = write!(self.out, "<clipPath id=\"{id}\"><path d=\"{d}\"/></clipPath><g clip-path=\"url(#{id})\">");
        self.open += 1;
    }

    /// Moves and scales (in hundredths) what follows.
    pub fn moved(&mut self, x: i32, y: i32, percent: i32) {
        if percent == 100 {
            self.group(&format!("transform=\"translate({x} {y})\""));
        } else {
            self.group(&format!("transform=\"translate({x} {y})scale({})\"", f64::from(percent) / 100.0));
        }
    }

    pub fn end(&mut self) {
        debug_assert!(self.open > 0);
        self.out.push_str("</g>");
        self.open -= 1;
    }

    /// What follows, until [`Canvas::end_stamp`], is kept for [`Canvas::again`] instead of drawn.
    pub fn begin_stamp(&mut self) -> String {
        let id = self.name();
        let _ = write!(self.out, "<defs><g id=\"{id}\">");
        self.open += 3; // `</g></defs>` is as long as three ends
        id
    }

    pub fn end_stamp(&mut self) {
        self.out.push_str("</g></defs>");
        self.open -= 3;
    }

    /// A stamp once more, moved and scaled (in hundredths; a negative width turns it round).
    pub fn again(&mut self, id: &str, x: i32, y: i32, across: i32, down: i32) {
        let (across, down) = (f64::from(across) / 100.0, f64::from(down) / 100.0);
        let scale = match (across, down) {
            (1.0, 1.0) => String::new(),
            (a, b) if a == b => format!("scale({a})"),
            (a, b) => format!("scale({a} {b})"),
        };
        self.put(&format!("<use href=\"#{id}\" transform=\"translate({x} {y}){scale}\"/>"));
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("{}-{}", self.mark, self.names)
    }

    /// How many shapes did not fit.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    pub fn finish(mut self) -> String {
        while self.open > 0 {
            self.end();
        }
        self.out.push_str("</svg>");
        self.out
    }
}

/// An outline that is written relative to its last point, which is the short way.
#[derive(Debug, Default, Clone)]
pub struct Path(String);

impl Path {
    pub fn at(x: i32, y: i32) -> Self {
        Self::default().then(x, y)
    }

    /// Lifts the pen and puts it down at a point of the picture.
    pub fn then(mut self, x: i32, y: i32) -> Self {
        self.command('M', &[x, y]);
        self
    }

    pub fn by(&mut self, dx: i32, dy: i32) {
        match (dx, dy) {
            (0, dy) => self.command('v', &[dy]),
            (dx, 0) => self.command('h', &[dx]),
            _ => self.command('l', &[dx, dy]),
        }
    }

    pub fn bend(&mut self, cx: i32, cy: i32, dx: i32, dy: i32) {
        self.command('q', &[cx, cy, dx, dy]);
    }

    /// Any further commands, as SVG writes them.
    pub fn raw(&mut self, d: &str) {
        self.0.push_str(d);
    }

    fn command(&mut self, letter: char, numbers: &[i32]) {
        self.0.push(letter);
        for (i, n) in numbers.iter().enumerate() {
            if i > 0 && *n >= 0 {
                self.0.push(' ');
            }
            let _ = write!(self.0, "{n}");
        }
    }

    pub fn d(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_left_out_and_the_rest_stays_whole() {
        let mut canvas = Canvas::new(10, 10, "a", 1);
        canvas.group("opacity=\".5\"");
        for _ in 0..1000 {
            canvas.fill("M0 0h9v9z", Rgb(0));
        }
        assert!(canvas.left_out() > 0);
        let svg = canvas.finish();
        assert!(svg.len() <= LIMIT, "{} bytes", svg.len());
        assert!(svg.ends_with("/></g></svg>"), "{}", &svg[svg.len() - 40..]);
    }

    #[test]
    fn titles_cannot_break_out() {
        let picture = Canvas::new(10, 10, "</title><script>", 1).finish();
        assert!(picture.contains("&lt;/title&gt;&lt;script&gt;"), "{picture}");
    }

    #[test]
    fn outlines_are_written_short() {
        let mut path = Path::at(3, -4);
        path.by(-5, 6);
        path.bend(1, 2, 3, -4);
        assert_eq!(path.d(), "M3-4l-5 6q1 2 3-4");
    }
}
