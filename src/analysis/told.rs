//! Findings as scripts and pages read them: the same from the command line and in a browser.

use super::{Finding, Kind, Rules, Share};
use crate::child::Raw;
use serde::Serialize;

/// All findings.
#[derive(Debug, Serialize)]
pub struct Findings {
    /// In the order in which they are told.
    pub findings: Vec<Told>,
}

/// A finding with its names and its place spelled out.
#[derive(Debug, Serialize)]
pub struct Told {
    /// What it is about.
    pub kind: Kind,
    /// The state, by its two letters.
    pub state: &'static str,
    /// The programs concerned, by their names in the rules.
    pub programs: Vec<String>,
    /// A sentence.
    pub text: String,
    /// The smallest example, as answers.
    pub child: Option<Raw>,
    /// The same child after something was lost or gained.
    pub after: Option<Raw>,
    /// From which day on it is so.
    pub as_of: String,
    /// The file and the line.
    pub at: Option<String>,
    /// Why it is meant to be so, if its author says so.
    pub declared: Option<String>,
    /// How many children of a population it is about.
    pub share: Option<Share>,
}

/// Spells a finding out; `shown` says how a rule file's path is written.
#[must_use]
pub fn tell(rules: &Rules, finding: Finding, shown: impl Fn(&str) -> String) -> Told {
    let program = &rules.program;
    Told {
        kind: finding.kind,
        state: program.state.code(),
        programs: finding.programs.iter().map(|pathway| program.pathways[*pathway].id.clone()).collect(),
        text: finding.text,
        child: finding.child,
        after: finding.after,
        as_of: finding.as_of.to_string(),
        at: finding.at.map(|at| format!("{}:{}", shown(&program.files[at.file as usize]), at.line)),
        declared: finding.declared,
        share: finding.share,
    }
}
