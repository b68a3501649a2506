//! The `stillpress` command.

use std::process::ExitCode;

/// Rendering makes many small strings on all threads at once, which the system's allocator does
/// slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    stillpress::commands::run()
}
