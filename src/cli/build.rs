//! `carepath build`: the questions and the rules as a static site, and the tag that other sites paste.

use super::files::{Loaded, Rules, check_site_folder, leave_site};
use super::index::national;
use super::publish::{Release, release};
use super::site::{Content, File, assemble, list_path};
use super::{Failure, Format, complain, json, pages, say, today};
use carepath::screen::InWords;
use carepath::value::StateCode;
use clap::Args;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

const MORE: &str = "\
The folder is a whole website: copy it to any web host that serves by HTTPS. In it are
  index.html             the questions, as a page of their own
  accessibility.html     who can use the questions, how that is tested, and what no one has tested
  configure.html         for webmasters: choose the looks, copy the tag
  programs/ar.html       a state's programs with phone numbers, without any script
  carepath-HASH.js       the script of the tag, and what it needs in assets/ and rules/
  server/                examples for nginx, Apache and hosts that read a file `_headers`

Build into the same folder again to update the site. Files with a hash in their names are never
changed or removed, so pages with an older tag go on showing the version that they name.

Examples:
  carepath build --state AR -o site
  carepath build --state AR,MA -o site --address https://screener.example.org/
  carepath build --state all -o site --format json";

/// Where the site is, as long as nobody has said so.
const NO_ADDRESS: &str = "https://YOUR-SITE/";

/// Make a website of the questions and the rules: a folder of files that any web host serves.
///
/// The rules of every state are checked and their scenarios run first. If anything is wrong, nothing is written.
#[derive(Args)]
#[command(after_long_help = MORE, after_help = "See `carepath build --help` for what lies where, and for examples.")]
pub(super) struct Build {
    /// The states, by their two letters, with commas between them; or `all` that have rules
    #[arg(long, value_name = "AR,MA|all", required = true, value_delimiter = ',', value_parser = which)]
    state: Vec<Which>,
    /// The folder of the site; it is made if there is none
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// Where the site will be, for the tag to paste, such as https://screener.example.org/
    #[arg(long, value_name = "HTTPS", value_parser = address)]
    address: Option<String>,
}

#[derive(Clone, Copy)]
enum Which {
    All,
    One(StateCode),
}

#[derive(Serialize)]
struct Built {
    files: Vec<Written>,
    states: Vec<BuiltState>,
    address: String,
    tag: String,
}

#[derive(Serialize)]
struct Written {
    path: String,
    bytes: usize,
}

#[derive(Serialize)]
struct BuiltState {
    state: &'static str,
    rules: String,
    file: String,
    bytes: usize,
    list: String,
    tag: String,
    #[serde(skip)]
    name: InWords,
}

impl Build {
    pub(super) fn run(self, rules: &Rules, format: Format) -> Result<ExitCode, Failure> {
        let pages = pages::pages()?;
        let loaded = rules.load()?;
        let states = self.states(&loaded)?;
        check_site_folder(&self.out, rules)?;
        let releases = releases(&loaded, &states)?;
        let mut told: Vec<BuiltState> = states.iter().zip(&releases).map(built_state).collect();
        let content = Content { releases, national: national(&loaded.sources), built: today() };
        let site = assemble(pages, content)?;
        leave_site(&self.out, &site.lasting, &site.replaced)?;
        let address = self.address.clone().unwrap_or_else(|| NO_ADDRESS.to_owned());
        for state in &mut told {
            state.tag = site.tags.tag(&address, state.state, &state.name);
        }
        let files = site.lasting.iter().chain(&site.replaced).map(written).collect();
        let tag = told.first().map(|state| state.tag.clone()).unwrap_or_default();
        let built = Built { files, states: told, address, tag };
        match format {
            Format::Json => say(&json(&built)?),
            _ => self.tell(&built),
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Every state that was asked for, once.
    fn states(&self, loaded: &Loaded) -> Result<BTreeSet<StateCode>, Failure> {
        let codes = || loaded.states.iter().map(|state| state.code()).collect::<Vec<_>>().join(", ");
        if loaded.states.is_empty() {
            return Err(Failure::Usage("there are no rules of any state to build a site from".into()));
        }
        let mut states = BTreeSet::new();
        for which in &self.state {
            match which {
                Which::All => states.extend(&loaded.states),
                Which::One(state) if loaded.states.contains(state) => drop(states.insert(*state)),
                Which::One(state) => {
                    let (code, codes) = (state.code(), codes());
                    let message =
                        format!("there are no rules of {code}; the states that have rules are {codes}");
                    return Err(Failure::Usage(message));
                }
            }
        }
        Ok(states)
    }

    fn tell(&self, built: &Built) {
        let folder = self.out.display();
        let Built { files, states, address, tag } = built;
        let bytes: usize = files.iter().map(|file| file.bytes).sum();
        say(&format!("The site is in {folder}: {} files, {bytes} bytes.", files.len()));
        for Written { path, bytes } in files {
            say(&format!("{bytes:>9}  {path}"));
        }
        say("\nThe rules:");
        for BuiltState { state, rules, .. } in states {
            say(&format!("  {state} {rules}"));
        }
        say(&format!(
            "\nTo show the questions on a page of yours, paste this where they should stand:\n\n{tag}\n"
        ));
        if states.len() > 1 {
            say("For another state, write its two letters in place of these, in both places.");
        }
        if self.address.is_none() {
            say(&format!("Write where the site is in place of {address}, or build with `--address`."));
        }
        say(&format!("How to set up a web server is in {}.", self.out.join("server").display()));
    }
}

/// The rules of each state. What is wrong with any of them is told before all are refused.
fn releases(loaded: &Loaded, states: &BTreeSet<StateCode>) -> Result<Vec<Release>, Failure> {
    let (mut releases, mut refused) = (Vec::new(), None);
    for state in states {
        match release(loaded, *state) {
            Ok(release) => releases.push(release),
            Err(failure) => {
                if let Some(before) = refused.replace(failure) {
                    complain(&format!("carepath: {before}"));
                }
            }
        }
    }
    refused.map_or(Ok(releases), Err)
}

fn built_state((state, release): (&StateCode, &Release)) -> BuiltState {
    BuiltState {
        state: state.code(),
        rules: release.screener.rules().to_owned(),
        file: format!("rules/{}", release.name),
        bytes: release.bytes.len(),
        list: list_path(state.code()),
        tag: String::new(),
        name: (&state.name()).into(),
    }
}

fn written((path, bytes): &File) -> Written {
    Written { path: path.clone(), bytes: bytes.len() }
}

fn which(text: &str) -> Result<Which, String> {
    match text.trim() {
        all if all.eq_ignore_ascii_case("all") => Ok(Which::All),
        code => super::state(code).map(Which::One),
    }
}

/// A web address that ends with `/`.
fn address(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:[]%".contains(c);
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if host.starts_with(|c: char| c != '/') && host.chars().all(plain) => {
            Ok(format!("{}/", text.trim_end_matches('/')))
        }
        _ => Err(format!("`{text}` is no web address; write it like https://screener.example.org/")),
    }
}
