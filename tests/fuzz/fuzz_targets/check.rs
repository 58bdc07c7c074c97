//! A whole folder of a state: rules and YAML files, as a spec test writes them.

#![no_main]

#[path = "../laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        laws::check(text);
    }
});
