//! Calendar dates and ages, by the proleptic Gregorian calendar, without a clock and without time zones.
//!
//! Age counts completed months: a child born on the 31st completes a month on the 1st of the month after a
//! shorter one, and a child born on 29 February has its birthday on 1 March in other years. Twelve completed
//! months are a completed year, so one count serves years and months.

use serde::{Deserialize, Serialize};
use std::fmt;

/// No living person is older; an unknown birth date lies within this many years before the as-of date.
pub const OLDEST_AGE_YEARS: u32 = 125;

/// A calendar date, valid by construction; years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl From<Date> for i32 {
    fn from(date: Date) -> Self {
        date.day_number()
    }
}

impl TryFrom<i32> for Date {
    type Error = &'static str;

    fn try_from(number: i32) -> Result<Self, Self::Error> {
        let date = Self::from_day_number(number);
        if date.day_number() == number { Ok(date) } else { Err("a day of no year from 1 to 9999") }
    }
}

/// A calendar month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthOf {
    first: Date,
}

impl Date {
    /// The last date there is.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// The date, if there is one.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in(year, month);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = digits::<3>(text, &[4, 2, 2])?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January of year 1, which is day 0.
    #[must_use]
    pub fn day_number(self) -> i32 {
        let before = i32::from(self.year) - 1;
        let leap_days = before / 4 - before / 100 + before / 400;
        let in_year: i32 = (1..self.month).map(|month| i32::from(days_in(self.year, month))).sum();
        before * 365 + leap_days + in_year + i32::from(self.day) - 1
    }

    /// The date of a day number; days before year 1 or after year 9999 give the first or the last date.
    #[must_use]
    pub fn from_day_number(number: i32) -> Self {
        let first = Self { year: 1, month: 1, day: 1 };
        let number = number.clamp(first.day_number(), Self::LAST.day_number());
        let mut year = (number / 366 + 1).clamp(1, 9999) as u16;
        while year < 9999 && (Self { year: year + 1, month: 1, day: 1 }).day_number() <= number {
            year += 1;
        }
        let mut rest = number - Self { year, month: 1, day: 1 }.day_number();
        let mut month = 1;
        while rest >= i32::from(days_in(year, month)) {
            rest -= i32::from(days_in(year, month));
            month += 1;
        }
        Self { year, month, day: rest as u8 + 1 }
    }

    /// The day after; the last date stays itself.
    #[must_use]
    pub fn next(self) -> Self {
        Self::from_day_number(self.day_number() + 1)
    }

    /// The day of a number as facts hold it.
    #[must_use]
    pub fn of_number(number: i64) -> Self {
        Self::from_day_number(i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The day before; the first date stays itself.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::from_day_number(self.day_number() - 1)
    }

    /// The month this date lies in.
    #[must_use]
    pub fn month_of(self) -> MonthOf {
        MonthOf { first: Self { day: 1, ..self } }
    }

    /// Months completed on `as_of` by somebody born on this date; nothing before birth.
    #[must_use]
    pub fn completed_months(self, as_of: Self) -> Option<u32> {
        let months = months_apart(self, as_of) - i32::from(as_of.day < self.day);
        u32::try_from(months).ok()
    }

    /// Calendar months from the month of this date to the month of `as_of`, whatever the days; nothing before.
    #[must_use]
    pub fn calendar_months(self, as_of: Self) -> Option<u32> {
        u32::try_from(months_apart(self, as_of)).ok()
    }

    /// The latest birth date of somebody who has completed `months` on this date.
    #[must_use]
    pub fn latest_birth(self, months: u32) -> Self {
        // Within a month the count only falls as the birth date moves on, so the first that fits is the latest.
        let mut birth = Self::from_day_number(self.day_number() - (months as i32 * 304) / 10);
        while birth.completed_months(self).is_some_and(|completed| completed >= months) && birth < self {
            birth = birth.next();
        }
        while birth.completed_months(self).is_none_or(|completed| completed < months) {
            let before = birth.previous();
            if before == birth {
                break;
            }
            birth = before;
        }
        birth
    }

    /// The day on which somebody born on this date completes `months`.
    #[must_use]
    pub fn completes(self, months: u32) -> Self {
        let total = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        let (year, month) = ((total / 12).min(9999) as u16, (total % 12) as u8 + 1);
        Self::new(year, month, self.day).unwrap_or_else(|| {
            // The month is too short: the first day of the next one.
            let last = Self { year, month, day: days_in(year, month) };
            last.next()
        })
    }
}

impl MonthOf {
    /// The month, if there is one.
    #[must_use]
    pub fn new(year: u16, month: u8) -> Option<Self> {
        Date::new(year, month, 1).map(|first| Self { first })
    }

    /// Reads `YYYY-MM` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month] = digits::<2>(text, &[4, 2])?;
        Self::new(year, u8::try_from(month).ok()?)
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        Date { day: days_in(self.first.year, self.first.month), ..self.first }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for MonthOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year, self.first.month)
    }
}

fn months_apart(from: Date, to: Date) -> i32 {
    (i32::from(to.year) - i32::from(from.year)) * 12 + i32::from(to.month) - i32::from(from.month)
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn digits<const N: usize>(text: &str, lengths: &[usize; N]) -> Option<[u16; N]> {
    let mut parts = text.split('-');
    let mut numbers = [0; N];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next()?;
        if part.len() != *length || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["2023-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01", "2024-01-01-01", ""] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn day_numbers_agree_with_jiff() {
        let mut ours = date("1899-12-28");
        let mut theirs = jiff::civil::date(1899, 12, 28);
        for _ in 0..90_000 {
            assert_eq!(ours.to_string(), theirs.to_string());
            assert_eq!(Date::from_day_number(ours.day_number()), ours);
            ours = ours.next();
            theirs = theirs.tomorrow().unwrap();
        }
    }

    #[test]
    fn a_leap_day_birthday_is_the_first_of_march() {
        let born = date("2008-02-29");
        assert_eq!(born.completed_months(date("2026-02-28")), Some(18 * 12 - 1));
        assert_eq!(born.completed_months(date("2026-03-01")), Some(18 * 12));
        assert_eq!(born.completes(18 * 12), date("2026-03-01"));
        assert_eq!(born.completes(16 * 12), date("2024-02-29"));
    }

    #[test]
    fn latest_birth_is_the_latest() {
        for start in ["2026-03-01", "2024-02-29", "2026-02-28", "2025-12-31", "2026-06-01"] {
            let as_of = date(start);
            for months in (0..400).chain([21 * 12, 100 * 12]) {
                let birth = as_of.latest_birth(months);
                assert!(birth.completed_months(as_of) >= Some(months), "{as_of} {months} {birth}");
                let after = birth.next();
                assert!(after > as_of || after.completed_months(as_of) < Some(months), "{as_of} {months}");
            }
        }
    }
}
