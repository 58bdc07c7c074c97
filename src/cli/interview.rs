//! Questions on the terminal, one at a time: a number or a word, `?` for *I'm not sure*, `<` to go back.

use super::screen::{raw, refused, word};
use super::{Failure, say};
use carepath::child::Raw;
use carepath::screen::{ChoiceValue, Detail, Question, Screener};
use carepath::value::{Date, Lang};
use std::io::BufRead as _;

/// Asks until nothing that can be answered would change anything shown. An end of input ends the questions.
pub(super) fn interview(screener: &Screener, as_of: Date, lang: Lang) -> Result<Raw, Failure> {
    let mut lines = std::io::stdin().lock().lines();
    let mut answers: Vec<(String, Raw)> = Vec::new();
    say(word(
        lang,
        "Answer with a number or a word. ? means \"I'm not sure\", < goes back, an empty line repeats the question.",
        "Responda con un número o una palabra. ? significa «no sé», < vuelve atrás, una línea vacía repite la pregunta.",
    ));
    loop {
        let result =
            screener.screen(&Raw::Map(answers.clone()), as_of, lang, Detail::Family).map_err(refused)?;
        let Some(question) = result.next else { return Ok(Raw::Map(answers)) };
        ask(&question, lang);
        let Some(Ok(line)) = lines.next() else { return Ok(Raw::Map(answers)) };
        match line.trim() {
            "" => {}
            "<" => {
                answers.pop();
            }
            reply => {
                let value = value(&question, reply);
                answers.push((question.fact.clone(), value));
                // A reply that cannot be read is said so, and the question put again.
                if let Err(refusal) = screener.screen(&Raw::Map(answers.clone()), as_of, lang, Detail::Family)
                {
                    say(&refusal.to_string());
                    answers.pop();
                }
            }
        }
    }
}

fn ask(question: &Question, lang: Lang) {
    say(&format!("\n{}", question.question));
    if let Some(help) = &question.help {
        say(&format!("  {help}"));
    }
    match question.kind {
        "yes_no" => say(word(lang, "  yes / no / ?", "  sí / no / ?")),
        "month" => say(word(lang, "  year and month, like 2012-03", "  año y mes, como 2012-03")),
        "date" => {
            say(word(lang, "  year, month and day, like 2012-03-04", "  año, mes y día, como 2012-03-04"))
        }
        _ => {}
    }
    for (number, choice) in question.choices.iter().enumerate() {
        say(&format!("  {}. {}", number + 1, choice.label));
    }
    if question.kind == "set" || question.kind == "codes" {
        say(word(
            lang,
            "  numbers with blanks between them; 0 for none",
            "  números separados por espacios; 0 para ninguno",
        ));
    }
}

/// What a reply stands for in an answers file.
fn value(question: &Question, reply: &str) -> Raw {
    if reply == "?" {
        return Raw::Text("unknown".into());
    }
    let chosen = |number: &str| -> Option<Raw> {
        let choice = question.choices.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(match &choice.value {
            Some(ChoiceValue::Number(value)) => Raw::Whole(*value),
            Some(ChoiceValue::Text(value)) => Raw::Text(value.clone()),
            Some(ChoiceValue::Range { from, to }) => {
                Raw::Map(vec![("from".into(), Raw::Whole(*from)), ("to".into(), Raw::Whole(*to))])
            }
            None => Raw::Text(choice.id.clone()),
        })
    };
    match question.kind {
        "yes_no" if ["sí", "si", "s", "y", "yes"].contains(&reply.to_lowercase().as_str()) => {
            Raw::Text("yes".into())
        }
        "yes_no" if reply.eq_ignore_ascii_case("n") => Raw::Text("no".into()),
        "set" | "codes" => {
            let numbers: Vec<&str> = reply.split_whitespace().filter(|number| *number != "0").collect();
            let values = numbers
                .iter()
                .map(|number| chosen(number).unwrap_or_else(|| Raw::Text((*number).to_owned())));
            Raw::List(values.collect())
        }
        "number" | "range" | "choice" if !question.choices.is_empty() => {
            chosen(reply).unwrap_or_else(|| Raw::Text(reply.to_owned()))
        }
        "number" => raw(reply).unwrap_or_else(|_| Raw::Text(reply.to_owned())),
        _ => Raw::Text(reply.to_owned()),
    }
}
