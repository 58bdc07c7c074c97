//! The list of ICD-10-CM: whether a code that a rule file names is one.
//!
//! Only the native program has it: it is far too large for a browser, which never says whether a code exists. The file
//! beside this one is made by `.dev/icd10cm`, which tells how it is laid out. What a code *covers* is `value`'s question.

mod told;

pub use told::mistake;

use crate::value::Code;
use std::sync::{LazyLock, OnceLock};

/// What `.dev/icd10cm` made.
const FILE: &[u8] = include_bytes!("icd10cm.bin");

/// A code without its dot; shorter ones have zeros behind them, and so stand in the order of their letters.
type Packed = [u8; 7];

/// One release of ICD-10-CM.
#[derive(Debug)]
pub struct Table {
    release: &'static str,
    before: &'static str,
    /// Sorted.
    codes: Vec<Packed>,
    packed_titles: &'static [u8],
    packed_retired: &'static [u8],
    titles: OnceLock<Titles>,
    /// By code, sorted.
    retired: OnceLock<Vec<(Packed, String)>>,
}

/// The title of each code, empty where a seventh character alone makes it.
#[derive(Debug)]
struct Titles {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// How a code stands to a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is in it, or stands above codes that are.
    Stands,
    /// Only an older release had it.
    Retired,
    /// Neither has it.
    Unknown,
}

impl Table {
    /// The release that this program carries.
    #[must_use]
    pub fn carried() -> &'static Self {
        static CARRIED: LazyLock<Table> = LazyLock::new(|| Table::read(FILE));
        &CARRIED
    }

    /// Which release it is: `April 2026`.
    #[must_use]
    pub fn release(&self) -> &str {
        self.release
    }

    /// Which older release the retired codes are of: `2022`.
    #[must_use]
    pub fn before(&self) -> &str {
        self.before
    }

    /// How a code stands to it.
    #[must_use]
    pub fn standing(&self, code: &Code) -> Standing {
        let packed = packed(code.as_str());
        if self.below(code).next().is_some() {
            Standing::Stands
        } else if self.retired().binary_search_by_key(&packed, |(retired, _)| *retired).is_ok() {
            Standing::Retired
        } else {
            Standing::Unknown
        }
    }

    /// The title of a code, without what a seventh character adds; that of an older release where only that has it.
    #[must_use]
    pub fn title(&self, code: &Code) -> Option<&str> {
        let whole = packed(code.as_str());
        if let Ok(index) = self.retired().binary_search_by_key(&whole, |(retired, _)| *retired) {
            return Some(&self.retired()[index].1);
        }
        (3..=code.as_str().len()).rev().find_map(|length| {
            let index = self.codes.binary_search(&packed(&code.as_str()[..length])).ok()?;
            Some(self.titles().of(index)).filter(|title| !title.is_empty())
        })
    }

    /// The code itself, if the release has it, and all codes below it.
    fn below(&self, code: &Code) -> impl Iterator<Item = &Packed> {
        let start = code.as_str().as_bytes().to_vec();
        let first = self.codes.partition_point(|known| known.as_slice() < start.as_slice());
        self.codes[first..].iter().take_while(move |known| known.starts_with(&start))
    }

    fn has(&self, text: &str) -> bool {
        (3..=7).contains(&text.len()) && self.codes.binary_search(&packed(text)).is_ok()
    }

    fn titles(&self) -> &Titles {
        self.titles.get_or_init(|| {
            let text = inflated(self.packed_titles);
            let ends = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]).collect();
            Titles { text, ends }
        })
    }

    fn retired(&self) -> &[(Packed, String)] {
        self.retired.get_or_init(|| {
            let text = inflated(self.packed_retired);
            let lines = text.lines().filter_map(|line| line.split_once('\t'));
            lines.map(|(code, title)| (packed(code), title.to_owned())).collect()
        })
    }

    /// The file is part of the program: `the_list_is_whole` holds it to its shape.
    fn read(file: &'static [u8]) -> Self {
        let head = file.windows(2).position(|two| two == b"\n\n").unwrap_or_default();
        let told = std::str::from_utf8(&file[..head]).unwrap_or_default();
        let mut parts = &file[(head + 2).min(file.len())..];
        let line = |start: &str| {
            told.lines().find_map(|line| line.strip_prefix(start)).unwrap_or_default().trim_start()
        };
        let mut part = |name: &str| {
            let length: usize = line(name).parse().unwrap_or_default();
            let (part, rest) = parts.split_at(length.min(parts.len()));
            parts = rest;
            part
        };
        let codes = front_coded(&inflated(part("codes")));
        Self {
            codes,
            packed_titles: part("titles"),
            packed_retired: part("retired"),
            release: line("ICD-10-CM"),
            before: line("before"),
            titles: OnceLock::new(),
            retired: OnceLock::new(),
        }
    }
}

impl Titles {
    fn of(&self, index: usize) -> &str {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        self.ends.get(index).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }
}

fn packed(code: &str) -> Packed {
    let mut packed = [0; 7];
    packed.iter_mut().zip(code.bytes()).for_each(|(to, from)| *to = from);
    packed
}

/// Codes of which each line says how many characters are as in the line before.
fn front_coded(lines: &str) -> Vec<Packed> {
    let mut last = [0; 7];
    let mut codes = Vec::with_capacity(lines.len() / 3);
    for line in lines.lines() {
        let Some((same, rest)) = line.split_at_checked(1) else { continue };
        let same = same.parse::<usize>().unwrap_or_default();
        last[same.min(7)..].fill(0);
        last.iter_mut().skip(same).zip(rest.bytes()).for_each(|(to, from)| *to = from);
        codes.push(last);
    }
    codes
}

fn inflated(part: &[u8]) -> String {
    let bytes = miniz_oxide::inflate::decompress_to_vec(part).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn the_list_is_whole() {
        let table = Table::carried();
        assert_eq!((table.release(), table.before()), ("April 2026", "2022"));
        assert_eq!((table.codes.len(), table.retired().len()), (98_186, 324));
        assert_eq!(table.titles().ends.len(), table.codes.len());
        assert!(table.codes.is_sorted());
        for known in &table.codes {
            let text: String = known.iter().filter(|byte| **byte > 0).map(|byte| char::from(*byte)).collect();
            assert!(Code::parse(&text).is_some(), "{text} has the shape of a code");
        }
    }

    #[test]
    fn codes_of_every_length_stand() {
        let table = Table::carried();
        for known in ["A00", "E84", "E84.0", "C4A.0", "Z3A.20", "S72.001A", "QA0.0101", "Z99.89", "E10.37X1"]
        {
            assert_eq!(table.standing(&code(known)), Standing::Stands, "{known}");
        }
        // Nothing has the first of them as its own code; all that is below it does stand.
        assert_eq!(table.standing(&code("E10.37X")), Standing::Stands);
        for retired in ["T40.4X", "H81.41", "V20.0XXA"] {
            assert_eq!(table.standing(&code(retired)), Standing::Retired, "{retired}");
        }
        for unknown in ["E84.7", "E8A", "S72.001Z", "Q29", "A00.00"] {
            assert_eq!(table.standing(&code(unknown)), Standing::Unknown, "{unknown}");
        }
    }

    #[test]
    fn titles() {
        let table = Table::carried();
        assert_eq!(table.title(&code("E84")), Some("Cystic fibrosis"));
        assert_eq!(table.title(&code("A00")), Some("Cholera"));
        assert_eq!(table.title(&code("H81.41")), Some("Vertigo of central origin, right ear"));
        let fracture = "Fracture of unspecified part of neck of right femur";
        assert_eq!(table.title(&code("S72.001A")), Some(fracture));
        assert_eq!(table.title(&code("E84.7")), Some("Cystic fibrosis"));
    }
}
