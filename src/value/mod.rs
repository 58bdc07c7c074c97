//! The values that rules and answers are made of: dates and ages, diagnosis codes, words, outcomes.

mod date;
mod diagnosis;
mod figure;
mod letters;
mod outcome;
mod place;
mod state;
mod words;

pub use date::{Date, MonthOf, OLDEST_AGE_YEARS};
pub use diagnosis::{Code, CodeEntry, CodeMatch};
pub use figure::{Figure, MOST_DECIMALS, steps_of_one};
pub use letters::{capital_first, small_first, small_letters};
pub use outcome::{Outcome, Outcomes, Truth};
pub use place::place_key;
pub use state::{Region, StateCode};
#[cfg(feature = "language")]
pub(crate) use words::replaced;
pub use words::{By, Lang, Words};
