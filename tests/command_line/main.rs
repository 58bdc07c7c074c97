//! `carepath` as a person or a script calls it: every command, every exit status, and all the bad input.
//!
//! Each test runs the built program in a process of its own. None may hang, and none may see a panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod analyze;
mod answers;
mod arguments;
mod build;
mod bundles;
mod check;
mod diff;
mod explain;
mod fmt;
mod new_state;
mod program;
mod rule_files;
mod scenarios;
mod screen;
mod serve;
mod shape;
mod sources;
mod terminal;
