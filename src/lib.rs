//! Routes a child with special health care needs to the right care-coordination pathway.
//!
//! The modules below stand in reading order: each uses only those above it (`tests/layers.rs` holds them to it).
//!
//! ```text
//!  rules/*/*.care ──► syntax ──► model ──► program ─┬─► eval         the meaning, on complete answers
//!                                                   ├─► bundle       one small file that gives its results for ever
//!    (text)           tree as    resolved   flat    └─► diagram ──┬─► route      who leads
//!                     written    and typed  nodes                 ├─► explain    why
//!                                           (exact under unknowns)├─► interview  what to ask next
//!                                                                 ├─► screen     one child, the whole result
//!                                                                 ├─► analysis   all children at once
//!                                                                 └─► compare    what a new version changes, for whom
//! ```
//!
//! ```
//! use carepath::source::{SourceFile, Sources};
//! use carepath::{child::Raw, compile::compile, screen::{Detail, Screener}, value::{Date, Lang, StateCode}};
//!
//! // A rules folder without rules for Ohio: everyone there is sent to the shared contact.
//! let files = [
//!     ("us/us.care", "contact helpline \"A helpline\" {\n  phone \"211\"\n  source page\n}\nroute {\n  otherwise helpline\n}\n"),
//!     ("us/sources.yaml", "- { id: page, title: T, publisher: P, address: https://example.org }\n"),
//!     ("us/es.yaml", "A helpline: Una línea\n"),
//! ];
//! let files = files.map(|(path, text)| SourceFile { path: path.into(), text: text.into() });
//! let state = StateCode::parse("OH").unwrap();
//! let (program, mistakes) = compile(&Sources::new(files.into()), state);
//! assert!(mistakes.is_empty());
//! let screener = Screener::new(program.unwrap());
//! let day = Date::parse("2026-06-01").unwrap();
//! let result = screener.screen(&Raw::Map(vec![]), day, Lang::En, Detail::Family).unwrap();
//! assert_eq!(result.lead.status, "fallback");
//! assert_eq!(result.lead.contact_first.as_deref(), Some("helpline"));
//! ```

pub mod source;

pub mod value;

pub mod vocabulary;

pub mod diagnostic;

#[cfg(feature = "icd")]
pub mod icd;

#[cfg(feature = "language")]
pub mod syntax;

#[cfg(feature = "language")]
pub mod model;

pub mod program;

pub mod bundle;

pub mod child;

pub mod eval;

pub mod diagram;

pub mod example;

pub mod route;

#[cfg(feature = "language")]
pub mod compile;

#[cfg(feature = "language")]
pub mod reading;

pub mod explain;

pub mod interview;

pub mod screen;

#[cfg(feature = "language")]
pub mod scenarios;

#[cfg(feature = "language")]
pub mod analysis;

#[cfg(feature = "language")]
pub mod compare;

#[cfg(feature = "screener")]
pub mod wasm;
