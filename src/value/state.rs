//! The states, the District of Columbia and the territories, by their two-letter postal codes.

/// Code, English name, Spanish name; the Spanish ones where usage has one (Fundéu, *topónimos*).
const STATES: [(&str, &str, &str); 56] = [
    ("AL", "Alabama", "Alabama"),
    ("AK", "Alaska", "Alaska"),
    ("AS", "American Samoa", "Samoa Americana"),
    ("AZ", "Arizona", "Arizona"),
    ("AR", "Arkansas", "Arkansas"),
    ("CA", "California", "California"),
    ("CO", "Colorado", "Colorado"),
    ("CT", "Connecticut", "Connecticut"),
    ("DE", "Delaware", "Delaware"),
    ("DC", "District of Columbia", "Distrito de Columbia"),
    ("FL", "Florida", "Florida"),
    ("GA", "Georgia", "Georgia"),
    ("GU", "Guam", "Guam"),
    ("HI", "Hawaii", "Hawái"),
    ("ID", "Idaho", "Idaho"),
    ("IL", "Illinois", "Illinois"),
    ("IN", "Indiana", "Indiana"),
    ("IA", "Iowa", "Iowa"),
    ("KS", "Kansas", "Kansas"),
    ("KY", "Kentucky", "Kentucky"),
    ("LA", "Louisiana", "Luisiana"),
    ("ME", "Maine", "Maine"),
    ("MD", "Maryland", "Maryland"),
    ("MA", "Massachusetts", "Massachusetts"),
    ("MI", "Michigan", "Míchigan"),
    ("MN", "Minnesota", "Minnesota"),
    ("MS", "Mississippi", "Misisipi"),
    ("MO", "Missouri", "Misuri"),
    ("MT", "Montana", "Montana"),
    ("NE", "Nebraska", "Nebraska"),
    ("NV", "Nevada", "Nevada"),
    ("NH", "New Hampshire", "Nuevo Hampshire"),
    ("NJ", "New Jersey", "Nueva Jersey"),
    ("NM", "New Mexico", "Nuevo México"),
    ("NY", "New York", "Nueva York"),
    ("NC", "North Carolina", "Carolina del Norte"),
    ("ND", "North Dakota", "Dakota del Norte"),
    ("MP", "Northern Mariana Islands", "Islas Marianas del Norte"),
    ("OH", "Ohio", "Ohio"),
    ("OK", "Oklahoma", "Oklahoma"),
    ("OR", "Oregon", "Oregón"),
    ("PA", "Pennsylvania", "Pensilvania"),
    ("PR", "Puerto Rico", "Puerto Rico"),
    ("RI", "Rhode Island", "Rhode Island"),
    ("SC", "South Carolina", "Carolina del Sur"),
    ("SD", "South Dakota", "Dakota del Sur"),
    ("TN", "Tennessee", "Tennessee"),
    ("TX", "Texas", "Texas"),
    ("UT", "Utah", "Utah"),
    ("VT", "Vermont", "Vermont"),
    ("VI", "U.S. Virgin Islands", "Islas Vírgenes de EE. UU."),
    ("VA", "Virginia", "Virginia"),
    ("WA", "Washington", "Washington"),
    ("WV", "West Virginia", "Virginia Occidental"),
    ("WI", "Wisconsin", "Wisconsin"),
    ("WY", "Wyoming", "Wyoming"),
];

use super::Words;
use serde::{Deserialize, Serialize};

/// A part of the country with poverty guidelines of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// The 48 contiguous states and the District of Columbia.
    Contiguous,
    /// Alaska.
    Alaska,
    /// Hawaii.
    Hawaii,
}

/// A state, the District of Columbia or a territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct StateCode(usize);

impl From<StateCode> for String {
    fn from(state: StateCode) -> Self {
        state.code().to_owned()
    }
}

impl TryFrom<String> for StateCode {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code).ok_or("a code of no state")
    }
}

impl StateCode {
    /// The District of Columbia.
    pub const DISTRICT: Self = Self(9);

    /// The state of a two-letter code, in capitals or not.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        STATES.iter().position(|(code, ..)| code.eq_ignore_ascii_case(text)).map(Self)
    }

    /// Two capital letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        STATES[self.0].0
    }

    /// Its folder below the rules folder: the code in small letters.
    #[must_use]
    pub fn folder(self) -> String {
        self.code().to_ascii_lowercase()
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> Words {
        Words { en: STATES[self.0].1.to_owned(), es: STATES[self.0].2.to_owned() }
    }

    /// Where it lies for the poverty guidelines; nowhere for a territory, which they do not cover.
    #[must_use]
    pub fn region(self) -> Option<Region> {
        match self.code() {
            "AK" => Some(Region::Alaska),
            "HI" => Some(Region::Hawaii),
            "AS" | "GU" | "MP" | "PR" | "VI" => None,
            _ => Some(Region::Contiguous),
        }
    }

    /// Every one, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..STATES.len()).map(Self)
    }
}
