//! Exact answers about what the open answers leave possible, for every way they could turn out.
//!
//! Each node of the program is a reduced ordered decision diagram over the cells of the facts, all in one shared
//! forest; what is true by definition is kept apart and met only when a child is asked about. A judgment of an agency is
//! a yes/no that nobody here can answer: it stands below all facts and is folded into one leaf.

mod ask;
mod best;
mod build;
mod cells;
mod change;
mod decide;
mod forest;
mod lead;
mod leading;
mod order;
mod periods;
mod table;
mod weigh;

pub use ask::{Known, Open};
pub use build::{Diagrams, Sizes, TooTangled};
pub use cells::ranges;
pub use change::{Step, To, Way};
pub use decide::Cells;
pub use lead::Leads;
pub use leading::Payer;
pub use periods::Periods;
pub use weigh::{CERTAIN, Chance, Gain};
