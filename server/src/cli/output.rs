//! What the commands say. A reader that goes away (`xiaoxiang check | head`) must not undo what is being done: the rest is
//! said to nobody, and the exit code stands.

use std::fmt::Display;
use std::io::Write;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::catalogue::{Progress, Stage};

/// On standard output: what was asked for.
pub fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// On standard error: what went wrong, and what is going on.
pub fn tell(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A line on the terminal now and then, and one at the end of each stage.
pub fn tell_progress() -> impl Fn(Progress) + Send + Sync {
    let told = Mutex::new(Instant::now());
    move |progress: Progress| {
        if progress.stage == Stage::Waiting {
            return tell("waiting: another import or a server is writing to this database");
        }
        let mut told = told.lock().expect("no panic while telling");
        if told.elapsed() < Duration::from_millis(500) && progress.total != Some(progress.done) {
            return;
        }
        *told = Instant::now();
        let stage = if progress.stage == Stage::Reading { "reading" } else { "writing" };
        match progress.total {
            Some(total) => tell(format_args!("{stage}: {} of {total}", progress.done)),
            None => tell(format_args!("{stage}: {}", progress.done)),
        }
    }
}
