//! The compiled rules of a bundle, whatever they are, under the hash that they have.

#![no_main]

#[path = "../laws.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    laws::bundle(bytes);
});
