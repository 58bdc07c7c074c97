//! Brute force: every child there can be under random rules, and what the rules say of each.
//!
//! A *world* is one complete child, up to differences that no criterion sees. What is concluded under open answers is
//! read off the worlds that the answers leave, one by one. Nothing here is shared with the engine but the compiled rules
//! and the answers as they are written: tests of facts, ages, codes, implications, the route and the questions are all
//! spelled out once more.

#![allow(dead_code, unused_imports, reason = "each test takes what it needs")]

mod axes;
mod cube;
mod left_out;
mod route;
mod said;
mod versions;
mod whole;
mod worlds;

pub(crate) use axes::{entry_of, is_recent, months, of_age};
pub(crate) use cube::Cube;
pub(crate) use left_out::{Change, finer, left_out};
pub(crate) use route::Shown;
pub(crate) use said::Said;
pub(crate) use versions::{Differs, Versions, share_vocabulary};
pub(crate) use whole::{Group, Whole, days};
pub(crate) use worlds::{Worlds, in_force};

/// What comes out, a bit for each thing that can come out: over several worlds, the bits of all of them. No bit at all
/// is a child that cannot be.
pub(crate) type Mask = u128;
