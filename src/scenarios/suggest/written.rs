//! Answers and scenarios as a file writes them.

use super::Suggested;
use crate::child::Raw;
use crate::example::text;
use crate::scenarios::Expectation;
use std::fmt::Write as _;

/// What every suggested scenario is preceded by.
const CONFIRM: &str =
    "# Suggested: it records what the rules say now. Confirm it against the source, then delete this line.";

impl Suggested {
    /// The scenario as `scenarios.yaml` has it, with a line that asks a person to confirm it.
    #[must_use]
    pub fn yaml(&self) -> String {
        let mut yaml = format!("{CONFIRM}\n- name: {}\n", line(&self.name));
        // Writing into a string cannot fail.
        if !self.tests.is_empty() {
            let _ = writeln!(yaml, "  tests: [{}]", self.tests.join(", "));
        }
        let _ = writeln!(yaml, "  as_of: {}", self.as_of);
        match &self.answers {
            Raw::Map(entries) if !entries.is_empty() => {
                yaml.push_str("  answers:\n");
                for (key, value) in entries {
                    let _ = writeln!(yaml, "    {key}: {}", flow(value));
                }
            }
            _ => yaml.push_str("  answers: {}\n"),
        }
        yaml.push_str("  expect:\n");
        for (key, value) in expected(&self.expect) {
            let _ = writeln!(yaml, "    {key}: {}", flow(&value));
        }
        yaml
    }
}

/// What suggestions expect, in the order in which people write it.
fn expected(expect: &Expectation) -> Vec<(&'static str, Raw)> {
    let mut keys: Vec<(&'static str, Raw)> = Vec::new();
    let named = |map: &std::collections::BTreeMap<String, String>| {
        Raw::Map(map.iter().map(|(key, value)| (key.clone(), text(value))).collect())
    };
    keys.extend(expect.lead.as_ref().map(|lead| ("lead", text(lead))));
    keys.extend(expect.status.as_ref().map(|status| ("status", text(status))));
    for (key, map) in [("programs", &expect.programs), ("receiving", &expect.receiving)] {
        if !map.is_empty() {
            keys.push((key, named(map)));
        }
    }
    if !expect.benefits.is_empty() {
        let benefits = expect.benefits.iter().map(|(key, own)| (key.clone(), named(own)));
        keys.push(("benefits", Raw::Map(benefits.collect())));
    }
    if !expect.missing.is_empty() {
        let facts = |facts: &Vec<String>| Raw::List(facts.iter().map(text).collect());
        let missing = expect.missing.iter().map(|(key, own)| (key.clone(), facts(own)));
        keys.push(("missing", Raw::Map(missing.collect())));
    }
    keys.extend(expect.duplicates.as_ref().map(|duplicates| ("duplicates", named(duplicates))));
    keys
}

fn flow(value: &Raw) -> String {
    match value {
        Raw::Null => "~".to_owned(),
        Raw::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        Raw::Whole(number) => number.to_string(),
        Raw::Fraction(text) => text.clone(),
        Raw::Text(text) => scalar(text),
        Raw::List(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Raw::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Raw::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", scalar(key), flow(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text that has its line for itself.
fn line(text: &str) -> String {
    let starts_plain = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let means_more = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    if starts_plain && text.contains(' ') && !means_more && !text.contains(char::is_control) {
        return text.to_owned();
    }
    quoted(text)
}

/// A text in a line with others, in quotation marks where it would else be read as something other.
fn scalar(text: &str) -> String {
    let starts_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let plain = |c: char| c.is_alphanumeric() || " _-.()%".contains(c);
    let number = text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(of_number);
    let word = ["null", "true", "false", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if starts_plain && text.chars().all(plain) && !text.ends_with(' ') && !number && !word {
        return text.to_owned();
    }
    quoted(text)
}

fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What a number may be written with.
fn of_number(c: char) -> bool {
    c.is_ascii_digit() || "eE.+_".contains(c)
}
