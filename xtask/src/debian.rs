//! Tools from Debian's packages: installed where that is allowed, asked for where it is not.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::build::say;
use crate::process;

pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// Installs the packages; as anyone but root on Debian, fails with the command to give.
pub fn install(wanted_for: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let debian = Path::new("/etc/debian_version").exists() && process::which("apt-get").is_some();
    if !debian {
        bail!("{wanted_for} needs what Debian calls: {names}. Install it with this system's own means and try again");
    }
    if !is_root() {
        bail!("{wanted_for} needs packages that are not installed. Please run: sudo apt-get install {names}");
    }
    say(&format!("installing {names} for {wanted_for}"));
    if apt(&["install", "--yes", "--no-install-recommends"], packages).is_err() {
        // The lists may be absent or old.
        apt(&["update"], &[])?;
        apt(&["install", "--yes", "--no-install-recommends"], packages)?;
    }
    Ok(())
}

fn apt(arguments: &[&str], packages: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet").args(arguments).args(packages);
    process::run(command.stdout(Stdio::null()))
}
