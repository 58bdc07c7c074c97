//! Exact answers about what the open answers leave possible, for every way they could turn out.
//!
//! Each node of the program is a reduced ordered decision diagram over the cells of the facts, all in one shared
//! forest and met with what is true by definition. A judgment of an agency is a yes/no that nobody here can answer: it
//! stands below all facts and is folded into one leaf.
//!
//! `cells`, `conditions` and `order` say what the variables are, `build` makes the diagrams (`forest`, `table`) of a period
//! (`periods`). Of one child, `ask` tells what is still open and worth asking, `lead` who may lead, `ask_lead` what can
//! still be asked about that, `weigh` how much a question decides, `best` how many it takes at least, `change` what would
//! have to be different, `example` what others would have to say for something to come out; `decide` is for children of
//! whom everything is known. Of all children at once, `classes` says for whom something is so, and `variants` whether the
//! rules with something left out would decide differently. `apart` says where tests that have something in common are taken
//! apart all the same.

mod apart;
mod ask;
mod ask_lead;
mod best;
mod build;
mod cells;
mod change;
mod classes;
mod conditions;
mod decide;
mod example;
mod forest;
mod lead;
mod order;
mod periods;
mod sums;
mod table;
mod variants;
mod weigh;

pub use apart::{Apart, taken_apart};
pub use ask::{Known, Open};
pub use ask_lead::Payer;
pub use build::{Diagrams, Sizes, TooTangled};
pub use cells::{bounds_on, ranges};
pub use change::{Step, To, Way};
pub use classes::{Class, Traits};
pub use decide::Cells;
pub use example::{Said, latest_birth_past};
pub use lead::Leads;
pub use periods::Periods;
pub use variants::{LeftOut, Variants};
pub use weigh::{CERTAIN, Chance, Gain};
