//! A static site: the pages of this program put together with the compiled rules, as files for any web host.
//!
//! What a file holds is in its name wherever other sites or families' browsers may keep it: such a name never comes to
//! mean something else, and what an earlier build left under such names goes on working. Only the few names that people
//! type or link to are used again. Nothing here touches the disk.

mod programs;
mod servers;

use super::Failure;
use super::index::{Entry, Index, Opening};
use super::publish::{DIGITS, Release};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carepath::screen::{AboutContact, InWords};
use carepath::value::Date;
use serde::Serialize;
use servers::Policies;
use sha2::{Digest as _, Sha256, Sha384};
use std::fmt::Write as _;

/// What the loader holds where the place of the rules belongs, between quotes of any kind.
const LOADER_MARK: &str = "__CAREPATH_SITE__";
/// What a page holds where the place of the rules belongs, between the last two quotes.
const PAGE_MARK: &str = "<meta name=\"carepath-site\" content=\"\"";

/// A file of the site: its path inside the site's folder, and what it holds.
pub(super) type File = (String, Vec<u8>);

/// A site that is ready to be written.
pub(super) struct Site {
    /// Files whose names come from what they hold.
    pub(super) lasting: Vec<File>,
    /// Files whose names every build uses again.
    pub(super) replaced: Vec<File>,
    /// What other sites paste.
    pub(super) tags: Tags,
}

/// What goes into a site besides its pages.
pub(super) struct Content {
    /// The rules of each state.
    pub(super) releases: Vec<Release>,
    /// The line for everyone.
    pub(super) national: Option<AboutContact>,
    /// The day that the site says it was made.
    pub(super) built: Date,
}

/// Where a page finds what it needs, relative to itself.
#[derive(Clone, Serialize)]
struct Places<'p> {
    index: &'p str,
    index_integrity: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loader: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loader_integrity: Option<&'p str>,
}

/// The tags that other sites paste.
pub(super) struct Tags {
    loader: String,
    integrity: String,
}

impl Tags {
    /// The tag of a state, for a site at this address, which ends with `/`.
    pub(super) fn tag(&self, address: &str, state: &str, name: &InWords) -> String {
        let Self { loader, integrity } = self;
        let list = list_path(state);
        let name = super::picture::safe(&name.en);
        format!(
            "<script type=\"module\" src=\"{address}{loader}\" integrity=\"{integrity}\" crossorigin=\"anonymous\"></script>\n\
             <care-pathway state=\"{state}\"><a href=\"{address}{list}\">Who can help with your child’s care in {name}</a></care-pathway>"
        )
    }
}

/// Puts a site together.
pub(super) fn assemble(pages: Vec<File>, content: Content) -> Result<Site, Failure> {
    let mut pages = Pages::sorted(pages)?;
    let policies = pages.policies()?;
    let mut lasting = std::mem::take(&mut pages.assets);
    let mut replaced = std::mem::take(&mut pages.others);
    let (rules, lists, index) = rules(content)?;
    let index_integrity = integrity(&index.1);
    let places = Places {
        index: &index.0,
        index_integrity: &index_integrity,
        frame: None,
        loader: None,
        loader_integrity: None,
    };
    // The frame is the one page that never opens a frame, and its name comes from all that it holds.
    let frame = filled("frame.html", &pages.frame, &places)?;
    let frame = (named("frame", &frame, "html"), frame);
    let places = Places { frame: Some(&frame.0), ..places };
    let loader = loaded("carepath.js", &pages.loader, &places)?;
    let tags = Tags { loader: named("carepath", &loader, "js"), integrity: integrity(&loader) };
    let plain = filled("index.html", &pages.index, &places)?;
    let known =
        Places { loader: Some(&tags.loader), loader_integrity: Some(&tags.integrity), ..places.clone() };
    let configure = filled("configure.html", &pages.configure, &known)?;
    lasting.push((tags.loader.clone(), loader.clone()));
    lasting.extend(rules);
    lasting.push(index.clone());
    lasting.push(frame.clone());
    replaced.extend(lists);
    replaced.extend(servers::examples(&policies));
    replaced.push(("accessibility.html".into(), pages.accessibility.into_bytes()));
    replaced.push(("configure.html".into(), configure));
    replaced.push(("index.html".into(), plain));
    replaced.push(("carepath.js".into(), loader));
    Ok(Site { lasting, replaced, tags })
}

/// The bundles, the pages that list programs, and the list of the states.
fn rules(content: Content) -> Result<(Vec<File>, Vec<File>, File), Failure> {
    let Content { releases, national, built } = content;
    let (mut bundles, mut lists, mut states) = (Vec::new(), Vec::new(), Vec::new());
    for Release { name, bytes, screener } in releases {
        let about = screener.about();
        let list = list_path(&about.state);
        let page = programs::page(&about, national.as_ref(), screener.rules(), built);
        lists.push((list.clone(), page.into_bytes()));
        let integrity = Some(integrity(&bytes));
        let opening = Opening::of(&screener, built);
        states.push(Entry { about, opening, bundle: name.clone(), integrity, list: Some(list) });
        bundles.push((format!("rules/{name}"), bytes));
    }
    let index =
        serde_json::to_vec(&Index { states, national }).map_err(|error| Failure::Usage(error.to_string()))?;
    let name = named("rules/index", &index, "json");
    Ok((bundles, lists, (name, index)))
}

/// Where the page with a state's programs lies.
pub(super) fn list_path(state: &str) -> String {
    format!("programs/{}.html", state.to_lowercase())
}

/// The pages, each where it is needed.
struct Pages {
    index: String,
    frame: String,
    configure: String,
    /// The statement on accessibility: it needs no script and no place of the rules.
    accessibility: String,
    loader: String,
    /// What has its hash in its name already.
    assets: Vec<File>,
    /// What else belongs to the pages.
    others: Vec<File>,
}

impl Pages {
    fn sorted(files: Vec<File>) -> Result<Self, Failure> {
        let [mut index, mut frame, mut configure, mut accessibility, mut loader] = [const { None }; 5];
        let (mut assets, mut others) = (Vec::new(), Vec::new());
        for (path, bytes) in files {
            let text =
                |bytes: Vec<u8>| String::from_utf8(bytes).map(Some).map_err(|_| other(&path, "is no text"));
            match path.as_str() {
                "index.html" => index = text(bytes)?,
                "frame.html" => frame = text(bytes)?,
                "configure.html" => configure = text(bytes)?,
                "accessibility.html" => accessibility = text(bytes)?,
                "carepath.js" => loader = text(bytes)?,
                _ if path.starts_with("assets/") => assets.push((path, bytes)),
                _ => others.push((path, bytes)),
            }
        }
        let there = |page: Option<String>, path| page.ok_or_else(|| other(path, "is not among them"));
        Ok(Self {
            index: there(index, "index.html")?,
            frame: there(frame, "frame.html")?,
            configure: there(configure, "configure.html")?,
            accessibility: there(accessibility, "accessibility.html")?,
            loader: there(loader, "carepath.js")?,
            assets,
            others,
        })
    }

    fn policies(&self) -> Result<Policies, Failure> {
        Ok(Policies {
            index: policy("index.html", &self.index)?,
            frame: policy("frame.html", &self.frame)?,
            configure: policy("configure.html", &self.configure)?,
            accessibility: policy("accessibility.html", &self.accessibility)?,
            programs: programs::policy(),
        })
    }
}

/// What a page says that browsers may do on it: servers say the very same.
fn policy(path: &str, page: &str) -> Result<String, Failure> {
    let said = page
        .split("<meta")
        .filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag))
        .find(|tag| tag.contains("http-equiv=\"Content-Security-Policy\""))
        .and_then(|tag| tag.split_once("content=\"")?.1.split_once('"'))
        .map(|(policy, _)| policy.split_whitespace().collect::<Vec<_>>().join(" "));
    // What could end a line or a text in a server's configuration is in no policy.
    let plain =
        |policy: &String| policy.chars().all(|c| c.is_ascii_alphanumeric() || " '-;:/.*+=_".contains(c));
    said.filter(plain).ok_or_else(|| other(path, "has no Content-Security-Policy"))
}

/// A page with its places filled in. What it will need first begins to load beside its script.
fn filled(path: &str, page: &str, places: &Places) -> Result<Vec<u8>, Failure> {
    let site = super::picture::safe(&json(places)?);
    match page.split(PAGE_MARK).collect::<Vec<_>>()[..] {
        [before, after] => {
            let mark = PAGE_MARK.trim_end_matches('"');
            let early = match places.loader {
                None => format!(
                    "<link rel=\"preload\" href=\"{}\" as=\"fetch\" crossorigin=\"anonymous\" />\n    ",
                    places.index
                ),
                // The page that makes tags shows the questions in a frame alone.
                Some(_) => String::new(),
            };
            Ok(format!("{before}{early}{mark}\"{site}\"{after}").into_bytes())
        }
        _ => Err(other(path, "has no place, or several, for the address of the rules")),
    }
}

/// The loader with its places filled in.
fn loaded(path: &str, script: &str, places: &Places) -> Result<Vec<u8>, Failure> {
    // JSON once more makes a text in quotes that JavaScript reads as the JSON it was.
    let site = json(&json(places)?)?;
    if let [before, after] = script.split(LOADER_MARK).collect::<Vec<_>>()[..] {
        for quote in ['"', '\'', '`'] {
            if let (Some(before), Some(after)) = (before.strip_suffix(quote), after.strip_prefix(quote)) {
                return Ok(format!("{before}{site}{after}").into_bytes());
            }
        }
    }
    Err(other(path, "has no place, or several, for the address of the rules"))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Usage(error.to_string()))
}

/// Pages that do not belong to this program.
fn other(path: &str, why: &str) -> Failure {
    Failure::Usage(format!(
        "the pages inside this program were built for another version of carepath: `{path}` {why}; `./dev build` makes \
         them anew"
    ))
}

/// A file's name with the hash of what it holds.
fn named(stem: &str, bytes: &[u8], extension: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes).iter().take(DIGITS / 2) {
        // Writing into a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    format!("{stem}-{digits}.{extension}")
}

/// What a browser checks a file against.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests;
