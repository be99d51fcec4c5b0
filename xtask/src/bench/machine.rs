//! What the numbers were measured on.

use std::fs;

/// `Intel … , 2 cores, 16 GB, Linux 6.1`
pub fn describe() -> String {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let field = |text: &str, name: &str| {
        text.lines().find_map(|line| Some(line.strip_prefix(name)?.trim_start_matches(['\t', ' ', ':']).trim().to_owned()))
    };
    let model = field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown processor".into());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kib = field(&read("/proc/meminfo"), "MemTotal").and_then(|text| text.trim_end_matches(" kB").parse::<u64>().ok());
    let memory = kib.map(|kib| format!(", {} GB", (kib + (1 << 19)) >> 20)).unwrap_or_default();
    let kernel = read("/proc/sys/kernel/osrelease");
    format!("Machine: {model}, {cores} cores{memory}, Linux {}", kernel.trim())
}

/// `12.3 MB`, in millions of bytes as memory budgets are given.
pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
