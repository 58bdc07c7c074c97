//! Scenarios: a child's answers, and what must come out. They are the tests that program staff write.

mod coverage;
mod read;
mod run;
mod suggest;

pub use coverage::{Coverage, Never, Uncovered};
pub use read::{Expectation, Scenario, scenarios};
pub use run::{Difference, run};
pub use suggest::{NotSuggested, Real, Suggested, Suggestions, Why, suggest};
