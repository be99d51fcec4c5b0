//! `bench plan`: how long a hard day takes to arrange, and the first plan of a trip.

use std::process::Command;

use anyhow::Result;

use crate::build::say;
use crate::process;
use crate::workspace::Workspace;

/// Its tables.
pub fn bench(workspace: &Workspace) -> Result<String> {
    say("building the planner");
    process::run(workspace.cargo().args(["build", "--package", "domain", "--example", "plan", "--release"]))?;
    let mut command = Command::new(workspace.target.join("release/examples/plan"));
    process::output(command.arg("--catalogue").arg(workspace.root.join("server/catalogue")))
}
