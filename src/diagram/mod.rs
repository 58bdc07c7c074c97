//! Exact answers about what the open answers leave possible, for every way they could turn out.
//!
//! Each node of the program is a reduced ordered decision diagram over the cells of the facts, all in one shared
//! forest; what is true by definition is kept apart and met only when a child is asked about. A judgment of an agency is
//! a yes/no that nobody here can answer: it stands below all facts and is folded into one leaf.

mod ask;
mod build;
mod cells;
mod forest;
mod lead;

pub use ask::Known;
pub use build::{Diagrams, TooTangled};
pub use lead::Leads;
