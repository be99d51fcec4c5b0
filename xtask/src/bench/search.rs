//! `bench search`: the engine without a server around it.

use std::process::Command;

use anyhow::Result;

use super::Options;
use crate::build::say;
use crate::workspace::Workspace;
use crate::{measure, process};

pub fn bench(workspace: &Workspace, options: &Options) -> Result<String> {
    say("building the measuring program");
    let mut command = Command::new(measure::build(workspace, true)?);
    let documents: Vec<String> = options.documents.iter().map(u64::to_string).collect();
    command.args(["bench", "--documents", &documents.join(","), "--seconds", &options.seconds.to_string()]);
    if options.million {
        command.arg("--million");
    }
    for file in &options.earlier {
        command.arg("--earlier").arg(file);
    }
    for (name, path) in [("--plot", &options.plot), ("--keep", &options.keep), ("--json", &options.toptw.json)] {
        if let Some(path) = path {
            command.arg(name).arg(path);
        }
    }
    process::output(&mut command)
}
