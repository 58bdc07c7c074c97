//! The difference of two versions as a page of its own: who moves from which pathway to which, as a picture and in words.

use super::diff::{OfState, by_heading, example, headline, moves, share};
use carepath::compare::Change;
use carepath::value::Date;
use std::fmt::Write as _;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}\
h1,h2,h3{line-height:1.2}.changes>li{margin:1rem 0}code{display:block;background:#f0f0f0;padding:.25rem .5rem}\
.moves{display:grid;grid-template-columns:1fr 22% 1fr;column-gap:.5rem;margin:1rem 0;font-size:.9rem;line-height:1.3}\
.moves p{margin:0;font-weight:600}.moves .to{grid-column:3}.moves ol{list-style:none;margin:0;padding:0}\
.moves li{height:7rem;display:flex;flex-direction:column;justify-content:center;overflow:hidden}.moves .from{text-align:right}\
.moves svg{width:100%;height:calc(var(--rows)*7rem)}.moves path{fill:none;stroke-opacity:.7;vector-effect:non-scaling-stroke}\
summary{min-height:1.5rem}table{border-collapse:collapse;width:100%;table-layout:fixed}\
th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}";
/// The height of a place in the picture, in its own units.
const BAND: usize = 100;
const COLORS: [&str; 6] = ["#005ea2", "#8c3a00", "#1b6b3a", "#6d2077", "#a3001b", "#4a4a00"];

/// A page that needs nothing else.
pub(super) fn page(all: &[OfState], versions: [&str; 2], as_of: Date) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write_page(&mut out, all, versions, as_of);
    out
}

fn write_page(out: &mut String, all: &[OfState], versions: [&str; 2], as_of: Date) -> std::fmt::Result {
    let [old, new] = versions.map(safe);
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>What changes from {old} to {new}</title>\n<style>{STYLE}</style>")?;
    writeln!(out, "<main>\n<h1>What changes from {old} to {new}</h1>")?;
    writeln!(out, "<p>Compared exactly for every child there can be, from {as_of} on.</p>")?;
    for one in all {
        writeln!(out, "<h2>{}</h2>", safe(&headline(one)))?;
        write_moves(out, one)?;
        for (heading, changes) in by_heading(&one.difference) {
            writeln!(out, "<h3>{heading}</h3>\n<ul class=\"changes\">")?;
            for change in changes {
                write_change(out, change)?;
            }
            writeln!(out, "</ul>")?;
        }
        if !one.difference.reworded.is_empty() {
            writeln!(out, "<details><summary>What reads otherwise</summary><table>")?;
            writeln!(
                out,
                "<tr><th scope=\"col\">what</th><th scope=\"col\">before</th><th scope=\"col\">after</th></tr>"
            )?;
            let cell = |text: &Option<String>| text.as_deref().map(safe).unwrap_or_default();
            for words in &one.difference.reworded {
                let (what, before, after) = (safe(&words.what), cell(&words.before), cell(&words.after));
                writeln!(out, "<tr><th scope=\"row\">{what}</th><td>{before}</td><td>{after}</td></tr>")?;
            }
            writeln!(out, "</table></details>")?;
        }
    }
    writeln!(out, "</main>\n</html>")
}

fn write_change(out: &mut String, change: &Change) -> std::fmt::Result {
    let from = change.from.map(|day| format!("<strong>From {day} on:</strong> ")).unwrap_or_default();
    let share = share(change).map(|share| format!(" ({share})")).unwrap_or_default();
    writeln!(out, "<li>{from}{}{share}:<ul>", safe(&change.who))?;
    for what in &change.what {
        writeln!(out, "<li>{}</li>", safe(what))?;
    }
    writeln!(out, "</ul>")?;
    if let Some(child) = example(change) {
        writeln!(out, "For example <code>{}</code>", safe(&child))?;
    }
    writeln!(out, "</li>")
}

/// Bands from who led to who leads, as wide as there are children, or classes of children.
fn write_moves(out: &mut String, one: &OfState) -> std::fmt::Result {
    let moves = moves(one);
    if moves.is_empty() {
        return Ok(());
    }
    let mut sides: [Vec<&String>; 2] = [Vec::new(), Vec::new()];
    for (before, after) in moves.keys() {
        for (side, name) in sides.iter_mut().zip([before, after]) {
            if !side.contains(&name) {
                side.push(name);
            }
        }
    }
    let rows = sides.iter().map(Vec::len).max().unwrap_or_default();
    let most = moves.values().copied().max().unwrap_or(1).max(1);
    let told: Vec<String> =
        moves.iter().map(|((from, to), count)| format!("{from} to {to}: {count}")).collect();
    writeln!(
        out,
        "<div class=\"moves\" style=\"--rows:{rows}\"><p class=\"from\">Led before</p><p class=\"to\">Leads now</p>"
    )?;
    write_side(out, "from", &sides[0], &|name| {
        moves.iter().filter(|((from, _), _)| from == name).map(|(_, count)| count).sum()
    })?;
    writeln!(
        out,
        "<svg viewBox=\"0 0 100 {}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
        rows * BAND,
        safe(&told.join("; "))
    )?;
    for (number, ((before, after), count)) in moves.iter().enumerate() {
        let middle = |side: usize, name: &String| {
            let place = sides[side].iter().position(|known| *known == name).unwrap_or_default();
            place * BAND + BAND / 2
        };
        let (from, to) = (middle(0, before), middle(1, after));
        let (width, color) = (3 + 21 * count / most, COLORS[number % COLORS.len()]);
        writeln!(
            out,
            "<path d=\"M0 {from} C50 {from} 50 {to} 100 {to}\" stroke=\"{color}\" stroke-width=\"{width}\"/>"
        )?;
    }
    writeln!(out, "</svg>")?;
    write_side(out, "names", &sides[1], &|name| {
        moves.iter().filter(|((_, to), _)| to == name).map(|(_, count)| count).sum()
    })?;
    let counted =
        if one.difference.population > 0 { "children of the population" } else { "kinds of children" };
    writeln!(out, "</div>\n<p>The numbers count {counted} who are led by another.</p>")
}

/// The names on one side, each with how many move.
fn write_side(
    out: &mut String,
    class: &str,
    names: &[&String],
    count: &dyn Fn(&String) -> usize,
) -> std::fmt::Result {
    writeln!(out, "<ol class=\"{class}\">")?;
    for name in names {
        writeln!(out, "<li><span>{}</span><strong>{}</strong></li>", safe(name), count(name))?;
    }
    writeln!(out, "</ol>")
}

/// A text as it may stand in a page.
pub(super) fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
