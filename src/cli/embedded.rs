//! Build script: the program contains the pages and the rules, so it is built anew when one is added or changed.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=src/cli/embedded.rs");
    if std::env::var_os("CARGO_FEATURE_CLI").is_some() {
        println!("cargo::rerun-if-changed=www/dist");
        println!("cargo::rerun-if-changed=rules");
        println!("cargo::rerun-if-changed=grammar/errors");
    }
}
