//! Numbers with decimals, kept as whole steps: with one decimal, 1.5 is 15 steps. Nothing is ever computed with
//! floating point; what a file or a browser hands over as such is read by its digits.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// So many decimals a fact can have.
pub const MOST_DECIMALS: u8 = 3;

/// A number with decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// How many steps it is.
    pub steps: i64,
    /// How many decimals a step has: with 1, it is a tenth.
    pub decimals: u8,
}

/// No number of 64 bits has more decimals than this.
const ALL_DIGITS: u8 = 18;

/// How many steps make one.
#[must_use]
pub fn steps_of_one(decimals: u8) -> i64 {
    10i64.pow(u32::from(decimals.min(ALL_DIGITS)))
}

impl Figure {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self { steps: number, decimals: 0 }
    }

    /// Digits, with a point between them or without: `1.5`. It has as many decimals as are written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !part.is_none_or(digits) {
            return None;
        }
        let part = part.unwrap_or_default();
        let decimals = u8::try_from(part.len()).ok().filter(|decimals| *decimals <= ALL_DIGITS)?;
        Some(Self { steps: format!("{whole}{part}").parse().ok()?, decimals })
    }

    /// In steps of so many decimals; nothing if it has more.
    #[must_use]
    pub fn at(self, decimals: u8) -> Option<i64> {
        let (one, own) = (steps_of_one(decimals), steps_of_one(self.decimals));
        let steps = self.steps.checked_mul(one)?;
        (steps % own == 0).then_some(steps / own)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = steps_of_one(self.decimals);
        let (whole, part) = (self.steps / one, (self.steps % one).unsigned_abs());
        let sign = if self.steps < 0 && whole == 0 { "-" } else { "" };
        write!(f, "{sign}{whole}")?;
        if part == 0 {
            return Ok(());
        }
        let part = format!("{part:0width$}", width = usize::from(self.decimals));
        write!(f, ".{}", part.trim_end_matches('0'))
    }
}

impl Serialize for Figure {
    /// A number of JSON. What is not whole has few digits: the nearest fraction that a reader can hold is written with
    /// the same ones.
    #[expect(
        clippy::float_arithmetic,
        reason = "one division of whole numbers, which gives the nearest fraction"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.at(0) {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.steps as f64 / steps_of_one(self.decimals) as f64),
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Figure;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Figure, E> {
                Ok(Figure::whole(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Figure, E> {
                i64::try_from(number).map(Figure::whole).map_err(E::custom)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Figure, E> {
                Figure::parse(&number.to_string()).ok_or_else(|| E::custom("a number has digits alone"))
            }
        }
        deserializer.deserialize_any(Read)
    }
}
