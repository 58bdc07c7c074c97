//! A bundle: the compiled rules of one state in one small file, with every word in every language, named by its hash.
//!
//! A bundle, answers and a day give the same result for ever, byte for byte; so bundles are never changed, only followed by
//! others. `tests/bundles/` keeps one of every format, and the tests replay them.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `carepath` |
//! | 2 | the format's number, least significant byte first |
//! | 32 | SHA-256 of all that follows |
//! | the rest | [`Program`], as the crate `postcard` writes it |

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod sound;

use crate::program::{At, NodeKind, Program};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The format that is written. Another one wherever a compiled state gets other parts, or its words other marks: an older
/// program would show them to families.
pub const FORMAT: u16 = 3;

const MARK: &[u8] = b"carepath";
const HEAD: usize = MARK.len() + 2 + 32;
/// A larger one is refused before it is read.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// The compiled rules of one state, with their name.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// The rules.
    pub program: Program,
    /// `sha256:` and the hash of what the bundle holds, in hexadecimal digits.
    pub hash: String,
}

/// Why bytes are no bundle that can be used. Nothing of them is used then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Something else, or the beginning is gone.
    #[error("this is no carepath bundle")]
    NotOne,
    /// Longer than any that is made.
    #[error("this bundle has more than {}, which is the most", megabytes(LARGEST))]
    TooLarge,
    /// Of a version of carepath that came later.
    #[error(
        "this bundle has format {0}, and this version of carepath reads formats up to {FORMAT}; use a newer version"
    )]
    Newer(u16),
    /// Cut off, or changed since it was made.
    #[error("this bundle is damaged: it is not what it was when it was made; get it anew")]
    Damaged,
}

fn megabytes(bytes: usize) -> String {
    format!("{} MB", bytes / (1024 * 1024))
}

impl Bundle {
    /// Takes compiled rules over and names them.
    #[must_use]
    pub fn of(program: Program) -> Self {
        let hash = name(&Sha256::digest(body(&program)));
        Self { program, hash }
    }

    /// Reads a bundle and checks that it is whole and sound.
    ///
    /// # Errors
    /// When it is none, too large, newer, or not as it was made.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let rest = bytes.strip_prefix(MARK).ok_or(Refused::NotOne)?;
        if bytes.len() > LARGEST {
            return Err(Refused::TooLarge);
        }
        let (format, rest) = rest.split_first_chunk().ok_or(Refused::Damaged)?;
        let format = u16::from_le_bytes(*format);
        if format > FORMAT {
            return Err(Refused::Newer(format));
        }
        let (told, body) = rest.split_first_chunk::<32>().ok_or(Refused::Damaged)?;
        let hash = Sha256::digest(body);
        if hash[..] != told[..] {
            return Err(Refused::Damaged);
        }
        let program = match format {
            // Format 2 is the same, without passages in three wordings.
            2 | FORMAT => program(body)?,
            // Format 1 ends before who reviewed the Spanish words: nobody had.
            1 => program(&[body, &[0]].concat())?,
            _ => return Err(Refused::Damaged),
        };
        Ok(Self { program, hash: name(&hash) })
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn program(body: &[u8]) -> Result<Program, Refused> {
    let (program, left) = postcard::take_from_bytes::<Program>(body).map_err(|_| Refused::Damaged)?;
    if left.is_empty() && sound::sound(&program) { Ok(program) } else { Err(Refused::Damaged) }
}

#[cfg(target_arch = "wasm32")]
fn program(body: &[u8]) -> Result<Program, Refused> {
    Ok(browser::program(body))
}

/// The bundle of compiled rules. The same rules give the same bytes on every machine.
#[must_use]
pub fn write(program: &Program) -> Vec<u8> {
    let body = body(program);
    let mut bytes = Vec::with_capacity(HEAD + body.len());
    bytes.extend_from_slice(MARK);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(&body));
    bytes.extend_from_slice(&body);
    bytes
}

fn body(program: &Program) -> Vec<u8> {
    // It fails for lists of unknown length alone, and a program has none.
    postcard::to_allocvec(&with_own_files(program)).unwrap_or_default()
}

/// The same rules, with the files alone in which they stand: which others lay beside them is nothing of theirs.
fn with_own_files(program: &Program) -> Program {
    let mut own = program.clone();
    let mut used: Vec<u32> = places(&mut own).into_iter().map(|at| at.file).collect();
    used.sort_unstable_by_key(|file| &program.files[*file as usize]);
    used.dedup();
    for at in places(&mut own) {
        at.file = used.iter().position(|file| *file == at.file).unwrap_or_default() as u32;
    }
    own.files = used.iter().map(|file| program.files[*file as usize].clone()).collect();
    own
}

/// Every line of a rule file that compiled rules name.
fn places(program: &mut Program) -> Vec<&mut At> {
    let cited = program.cited.iter_mut().map(|(_, at)| at);
    let nodes = program.nodes.iter_mut().flat_map(|node| {
        let left = match &mut node.kind {
            NodeKind::Judgment { left, .. } => left.as_mut(),
            _ => None,
        };
        std::iter::once(&mut node.at).chain(left)
    });
    cited.chain(nodes).collect()
}

fn name(hash: &[u8]) -> String {
    let mut name = String::from("sha256:");
    for byte in hash {
        // Writing into a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}
