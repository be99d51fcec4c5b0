use std::process::ExitCode;

/// A page is made of thousands of small pieces; with the system's allocator a third of the time went into asking for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::run()
}
