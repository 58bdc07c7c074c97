//! The difference of two versions as a page of its own: who moves from which pathway to which, as a picture and in words.

use super::diff::{OfState, example, headline, moves};
use carepath::value::Date;
use std::fmt::Write as _;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}\
h1,h2{line-height:1.2}svg{max-width:100%;height:auto}svg text{font:14px system-ui,sans-serif;fill:#1b1b1b}\
li{margin:.75rem 0}code{display:block;background:#f0f0f0;padding:.25rem .5rem;overflow-wrap:anywhere}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}";
const BAND: usize = 56;
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
    writeln!(out, "<h1>What changes from {old} to {new}</h1>")?;
    writeln!(out, "<p>Compared exactly for every child there can be, from {as_of} on.</p>")?;
    for one in all {
        writeln!(out, "<h2>{}</h2>", safe(&headline(one)))?;
        write_moves(out, one)?;
        if !one.difference.changes.is_empty() {
            writeln!(out, "<ul>")?;
            for change in &one.difference.changes {
                let from =
                    change.from.map(|day| format!("<strong>From {day} on:</strong> ")).unwrap_or_default();
                let share = change.share.map(|share| format!(" ({share} children)")).unwrap_or_default();
                let child =
                    example(change).map(|child| format!(" For example <code>{}</code>", safe(&child)));
                writeln!(out, "<li>{from}{}{share}.{}</li>", safe(&change.text), child.unwrap_or_default())?;
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
    writeln!(out, "</html>")
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
    let height = sides.iter().map(Vec::len).max().unwrap_or_default() * BAND + 8;
    let most = moves.values().copied().max().unwrap_or(1).max(1);
    let told: Vec<String> =
        moves.iter().map(|((from, to), count)| format!("{from} to {to}: {count}")).collect();
    writeln!(
        out,
        "<svg viewBox=\"0 0 900 {height}\" role=\"img\" aria-label=\"{}\">",
        safe(&told.join("; "))
    )?;
    let middle = |index: usize| index * BAND + BAND / 2;
    for (number, ((before, after), count)) in moves.iter().enumerate() {
        let place = |side: usize, name: &String| {
            sides[side].iter().position(|known| *known == name).unwrap_or_default()
        };
        let (from, to) = (middle(place(0, before)), middle(place(1, after)));
        let width = 3 + 21 * count / most;
        let color = COLORS[number % COLORS.len()];
        writeln!(
            out,
            "<path d=\"M300 {from} C450 {from} 450 {to} 600 {to}\" fill=\"none\" stroke=\"{color}\" stroke-opacity=\".7\" stroke-width=\"{width}\"/>"
        )?;
        writeln!(out, "<text x=\"308\" y=\"{}\">{count}</text>", from.saturating_sub(8))?;
    }
    for (side, names) in sides.iter().enumerate() {
        for (index, name) in names.iter().enumerate() {
            let (x, anchor) = if side == 0 { (292, "end") } else { (608, "start") };
            let y = middle(index) + 5;
            writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
                safe(&short(name))
            )?;
        }
    }
    writeln!(out, "</svg>")
}

/// A name that fits beside the picture; the whole one stands in the text.
fn short(name: &str) -> String {
    match name.char_indices().nth(38) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

/// A text as it may stand in a page.
fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
