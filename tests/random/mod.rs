//! Random rule sets and children, the same from the same seed on every machine.
//!
//! One generator serves the laws, the oracle and the benchmarks. It writes rule files as an author would and compiles
//! them; what the files cannot say is set in the compiled program. Nothing here reads the engine's reasoning.

#![allow(dead_code, unused_imports, reason = "each test takes what it needs")]

mod changed;
mod child;
mod criteria;
mod declared;
mod dice;
mod facts;
mod rules;

pub(crate) use changed::{changed, reworded};
pub(crate) use child::{CODES, Full, Reply, VAGUE, all_answers, answers, full_child, reply};
pub(crate) use dice::Dice;
pub(crate) use rules::{RuleSet, Shape, rule_set};
