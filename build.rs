//! Tells the program a hash of its own source, so that a site made by another version is made anew,
//! and the linker that the program need not be position-independent.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

fn main() {
    let mut hasher = DefaultHasher::new();
    for folder in ["src", "themes"] {
        println!("cargo::rerun-if-changed={folder}");
        hash_folder(Path::new(folder), &mut hasher);
    }
    println!("cargo::rerun-if-changed=Cargo.lock");
    hash_file(Path::new("Cargo.lock"), &mut hasher);
    println!("cargo::rustc-env=STILLPRESS_SOURCE_HASH={:016x}", hasher.finish());
    stay_in_place();
}

/// A position-independent program relocates 80,000 addresses in its tables at each start, which takes
/// 10 ms and 4 MiB. Programs written in Go are not, either.
fn stay_in_place() {
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            hash_folder(&path, hasher);
        } else {
            hash_file(&path, hasher);
        }
    }
}

/// A file that cannot be read here cannot be compiled either: that is where it is told.
fn hash_file(path: &Path, hasher: &mut DefaultHasher) {
    path.to_string_lossy().replace('\\', "/").hash(hasher);
    fs::read(path).unwrap_or_default().hash(hasher);
}
