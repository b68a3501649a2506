//! End-to-end tests. See tests/README.md.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod architecture;
mod archives;
mod bad_input;
mod cases;
mod check;
mod command_line;
mod doctor;
mod extract;
mod fetch;
mod front;
mod head;
mod init;
mod languages;
mod ledger;
mod links;
#[cfg(target_os = "linux")]
mod media_names;
mod old_addresses;
mod output;
mod own_files;
mod preview;
mod privacy;
mod properties;
mod publish;
mod rebuild;
mod relative;
mod sample;
mod search;
mod serve;
mod site;
mod theme_guide;
