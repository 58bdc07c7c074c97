//! The printed listing of a compiled state: all that can change a result, one thing a line.
//!
//! For people who want to see what their rules became (`carepath listing`), and for tests.

use super::{Node, NodeId, NodeKind, Program};
use crate::value::{Date, Words};
use crate::vocabulary::{
    AgeOn, Amount, Deference, FactKind, Financing, Implication, Measure, Per, Period, Related, Says, Target,
    Test, Usual,
};
use std::fmt::Write as _;

/// The listing. The same rules give the same bytes on every machine.
#[must_use]
pub fn listing(program: &Program) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write_all(&mut out, program);
    out
}

fn write_all(out: &mut String, program: &Program) -> std::fmt::Result {
    writeln!(out, "state {}", program.state.code())?;
    match &program.review {
        Some(review) => writeln!(out, "reviewed by {}, {}, {}", review.name, review.agency, review.date)?,
        None => writeln!(out, "draft")?,
    }
    if let Some(review) = &program.spanish_review {
        writeln!(out, "spanish reviewed by {}, {}, {}", review.name, review.agency, review.date)?;
    }
    for (index, fact) in program.facts.iter().enumerate() {
        writeln!(out, "fact {index} {} {}", fact.id, kind(&fact.kind))?;
        writeln!(
            out,
            "  topic {} sensitive {} change {:?} burden {} likely {} may not apply {}",
            fact.topic, fact.sensitive, fact.can_change, fact.burden, fact.likely, fact.may_not_apply
        )?;
        for (key, words) in [
            ("name", &fact.name),
            ("question", &fact.question),
            ("help", &fact.help),
            ("find out", &fact.find_out),
            ("yes", &fact.yes),
            ("no", &fact.no),
        ] {
            write_words(out, key, words)?;
        }
        for choice in fact.kind.choices() {
            writeln!(out, "  choice {} {:?} likely {:?}", choice.id, choice.value, choice.likely)?;
            write_words(out, "label", &choice.label)?;
        }
    }
    for Implication { when, then } in &program.implications {
        writeln!(out, "implies {when:?} {then:?}")?;
    }
    for Usual { when, then } in &program.usual {
        writeln!(out, "usually {when:?} {then:?}")?;
    }
    for (index, list) in program.lists.iter().enumerate() {
        writeln!(out, "list {index} {} {:?} source {}", list.id, list.status, list.source)?;
        write_words(out, "name", &list.name)?;
        write_words(out, "note", &list.note)?;
        for entry in &list.entries {
            writeln!(out, "  entry {}", entry.codes)?;
            write_words(out, "name", &entry.name)?;
        }
        for entry in &list.except {
            writeln!(out, "  except {entry}")?;
        }
    }
    for (index, list) in program.place_lists.iter().enumerate() {
        writeln!(out, "places {index} {} source {} {:?}", list.id, list.source, list.places)?;
        write_words(out, "name", &list.name)?;
    }
    for (index, source) in program.sources.iter().enumerate() {
        writeln!(
            out,
            "source {index} {} {:?} {:?} {:?} {:?}",
            source.id, source.title, source.publisher, source.date, source.address
        )?;
        if let Some(day) = source.checked {
            writeln!(out, "  checked {day}")?;
        }
    }
    for guideline in &program.guidelines {
        writeln!(
            out,
            "poverty {} from {} source {} first {} each {}",
            guideline.year, guideline.from, guideline.source, guideline.first, guideline.each
        )?;
    }
    if let Some(months) = program.check_sources {
        writeln!(out, "check sources every {months} months")?;
    }
    for (index, statement) in program.statements.iter().enumerate() {
        writeln!(
            out,
            "statement {index} {} source {} {:?} conflicts {:?} {:?} {:?}",
            statement.id,
            statement.source,
            statement.confidence,
            statement.conflicts_with,
            statement.text,
            statement.not_used_because
        )?;
    }
    for (kind, terms) in [
        ("offer", &program.terms.offers),
        ("payer", &program.terms.payers),
        ("mechanism", &program.terms.mechanisms),
        ("coordinator", &program.terms.coordinators),
    ] {
        for (index, term) in terms.iter().enumerate() {
            writeln!(out, "{kind} {index} {} coordinates {}", term.id, term.coordinates)?;
            write_words(out, "name", &term.name)?;
        }
    }
    for (index, contact) in program.contacts.iter().enumerate() {
        writeln!(
            out,
            "contact {index} {} {:?} {:?} confirm {} source {:?}",
            contact.id, contact.phone, contact.url, contact.confirm, contact.source
        )?;
        write_words(out, "name", &contact.name)?;
        write_words(out, "hours", &contact.hours)?;
    }
    for (index, node) in program.nodes.iter().enumerate() {
        write!(out, "n{index} = {}", node_text(program, node))?;
        writeln!(
            out,
            "  at {}:{} cites {:?}",
            program.files[node.at.file as usize], node.at.line, node.cites
        )?;
        if let Some(reading) = &node.reading {
            write_words(out, "reading", reading)?;
        }
    }
    write_pathways(out, program)?;
    let target = |target: &Target| match target {
        Target::Program(index) => program.pathways[*index].id.clone(),
        Target::Contact(index) => program.contacts[*index].id.clone(),
    };
    let lead: Vec<String> = program.route.lead.iter().map(|index| target(&Target::Program(*index))).collect();
    let alongside: Vec<String> = program.route.alongside.iter().map(target).collect();
    let otherwise = program.route.otherwise.map(|index| target(&Target::Contact(index)));
    writeln!(out, "route lead {lead:?} alongside {alongside:?} otherwise {otherwise:?}")?;
    if let Some(reading) = &program.route.reading {
        write_words(out, "reading", reading)?;
    }
    Ok(())
}

fn write_pathways(out: &mut String, program: &Program) -> std::fmt::Result {
    for (index, pathway) in program.pathways.iter().enumerate() {
        writeln!(
            out,
            "program {index} {} eligible n{} receiving {:?}",
            pathway.id,
            pathway.eligible.0,
            pathway.receiving.map(|node| node.0)
        )?;
        write_words(out, "name", &pathway.name)?;
        writeln!(
            out,
            "  offers {:?} coordinator {:?} cost {:?} for professionals {} sources {:?} contact {:?}",
            pathway.offers,
            pathway.coordinator,
            pathway.cost,
            pathway.for_professionals,
            pathway.sources,
            pathway.contact
        )?;
        write_words(out, "coordinator", &pathway.coordinator_text)?;
        write_financing(out, &pathway.financing)?;
        for benefit in &pathway.benefits {
            writeln!(
                out,
                "  benefit {} eligible n{} offers {:?} cost {:?}",
                benefit.id, benefit.eligible.0, benefit.offers, benefit.cost
            )?;
            write_words(out, "name", &benefit.name)?;
            write_financing(out, &benefit.financing)?;
        }
        for relation in &pathway.relations {
            let to = match &relation.to {
                Related::Program(other) => other.to_string(),
                Related::Named(name) => format!("{:?} {:?}", name.en, name.es),
                Related::Everybody => String::new(),
            };
            writeln!(out, "  {} {to}", relation.kind.as_str())?;
        }
        if let Some(renewal) = &pathway.renewal {
            writeln!(out, "  renews {renewal:?}")?;
        }
        for document in &pathway.documents {
            write_words(out, "document", document)?;
        }
        for note in &pathway.notes {
            write_words(out, "note", note)?;
        }
        for (whom, step) in &pathway.steps {
            write_words(out, &format!("step {whom:?}"), step)?;
        }
        for (key, dated) in [("since", &pathway.since), ("until", &pathway.until)] {
            if let Some(dated) = dated {
                writeln!(out, "  {key} {}", dated.date)?;
                write_words(out, "reading", dated.reading.as_ref().unwrap_or(&Words::default()))?;
            }
        }
        match &pathway.defers_to {
            Some(Deference::AnyReceived(offer)) => writeln!(out, "  defers to any offer {offer} received")?,
            Some(Deference::Programs(programs)) => writeln!(out, "  defers to {programs:?}")?,
            None => {}
        }
    }
    Ok(())
}

fn write_financing(out: &mut String, financing: &[Financing<NodeId>]) -> std::fmt::Result {
    for financing in financing {
        writeln!(
            out,
            "  financing {} {:?} when {:?} negated {}",
            financing.payer,
            financing.mechanism,
            financing.when.map(|node| node.0),
            financing.negated
        )?;
        write_words(out, "pays for", &financing.pays_for)?;
    }
    Ok(())
}

fn write_words(out: &mut String, key: &str, words: &Words) -> std::fmt::Result {
    if words.is_empty() { Ok(()) } else { writeln!(out, "    {key} {:?} {:?}", words.en, words.es) }
}

fn kind(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "yes_no".into(),
        FactKind::BirthDate => "date".into(),
        FactKind::BirthMonth => "month".into(),
        FactKind::Age => "age".into(),
        FactKind::Number { min, max, measure, within, .. } => {
            let counts = match measure {
                Measure::Count { .. } => "money false",
                Measure::Dollars(Per::Year) => "money true",
                Measure::Dollars(Per::Month) => "money true a month",
            };
            let within = within.map_or_else(String::new, |months| format!(" within {months} months"));
            let decimals = match measure.decimals() {
                0 => String::new(),
                some => format!(" decimals {some}"),
            };
            format!("number {min} {max} {counts}{decimals}{within}")
        }
        FactKind::Choice(_) => "choice".into(),
        FactKind::Set(_) => "set".into(),
        FactKind::Codes => "codes".into(),
        FactKind::Place(_) => "place".into(),
        FactKind::Day => "day".into(),
        FactKind::AgeAt { event } => format!("age at {event:?}"),
    }
}

fn node_text(program: &Program, node: &Node) -> String {
    let list =
        |nodes: &[NodeId]| nodes.iter().map(|node| format!("n{}", node.0)).collect::<Vec<_>>().join(" ");
    let bound = |bound: &Option<i64>| bound.map_or_else(|| "…".to_owned(), |bound| bound.to_string());
    match &node.kind {
        NodeKind::Test(Test::Fact(fact)) => program.facts[*fact].id.clone(),
        NodeKind::Test(Test::Age { from, below, in_months, month_end, on }) => {
            let (from, below) = (from.map(i64::from), below.map(i64::from));
            format!(
                "age months {}..{} said in months {in_months} month end {month_end}{}",
                bound(&from),
                bound(&below),
                match on {
                    AgeOn::AsOf => String::new(),
                    AgeOn::Day(day) => format!(" on {day}"),
                    AgeOn::Last(month, day) => format!(" on the last {month:02}-{day:02}"),
                    AgeOn::Next(month, day) => format!(" on the next {month:02}-{day:02}"),
                }
            )
        }
        NodeKind::Test(Test::Number { fact, from, to }) => {
            format!("{} {}..={}", program.facts[*fact].id, bound(from), bound(to))
        }
        NodeKind::Test(Test::InTheLast { fact, months }) => {
            format!("{} in the last {months} months", program.facts[*fact].id)
        }
        NodeKind::Test(Test::OneOf { fact, choices, list: None }) => {
            format!("{} one of {choices:?}", program.facts[*fact].id)
        }
        NodeKind::Test(Test::OneOf { fact, choices, list: Some(list) }) => {
            format!("{} one of {choices:?} in places {list}", program.facts[*fact].id)
        }
        NodeKind::Test(Test::Includes { fact, elements, at_least: 1 }) => {
            format!("{} any of {elements:?}", program.facts[*fact].id)
        }
        NodeKind::Test(Test::Includes { fact, elements, at_least }) => {
            format!("{} at least {at_least} of {elements:?}", program.facts[*fact].id)
        }
        NodeKind::Test(Test::Diagnoses { fact, list, at_least }) => {
            format!("{} at least {at_least} in list {list}", program.facts[*fact].id)
        }
        NodeKind::Judgment { agency, question, list, left } => {
            format!(
                "judgment {:?} {:?} {:?} {:?} list {list:?}{}",
                agency.en,
                agency.es,
                question.en,
                question.es,
                if left.is_some() { " while it lasts" } else { "" }
            )
        }
        NodeKind::NotStated(what) => format!("not stated {:?} {:?}", what.en, what.es),
        NodeKind::Eligible { pathway, node } => format!("eligible for {pathway} n{}", node.0),
        NodeKind::Receiving { pathway, node } => format!("receiving {pathway} {:?}", node.map(|node| node.0)),
        NodeKind::All(nodes) => format!("all {}", list(nodes)),
        NodeKind::Any(nodes) => format!("any {}", list(nodes)),
        NodeKind::AtLeast(needed, nodes) => format!("at least {needed} {}", list(nodes)),
        NodeKind::Sum(sum) => {
            let fact = |fact: &usize| program.facts[*fact].id.clone();
            let mut text = match &sum.says {
                Says::Poverty { fact: income, compare, percent, plus, people, guideline, by_default } => {
                    let year = program.guidelines[*guideline].year;
                    let chosen = if *by_default { " by default" } else { "" };
                    format!(
                        "{} {compare:?} {percent} of poverty {year}{chosen} plus {plus} people {people:?}: {}",
                        fact(income),
                        sum.always
                    )
                }
                Says::Compared { fact: one, compare, other } => {
                    format!("{} {compare:?} {}: {}", fact(one), fact(other), sum.always)
                }
                Says::Score(title) => format!("score {:?} {:?}: {}", title.en, title.es, sum.always),
            };
            for addend in &sum.addends {
                let _ = match &addend.amount {
                    Amount::ForEach { points, of, plus } => {
                        write!(text, " + {points} for each {of} of {} and {plus}", fact(&addend.fact))
                    }
                    // The first two say all of a table that rises evenly; the guidelines are listed.
                    Amount::Table(first, values) => {
                        let start = values.get(..3).unwrap_or(values);
                        write!(text, " + {start:?}… by {} from {first}", fact(&addend.fact))
                    }
                };
            }
            for (when, points) in sum.when.iter().zip(&sum.points) {
                let _ = write!(text, " + {points} when n{}", when.0);
            }
            format!("{text} {}..={}", bound(&sum.from), bound(&sum.to))
        }
        NodeKind::Dated { periods, parts, stale_from } => {
            let case = |(period, part): (&Period, &NodeId)| {
                let day = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
                format!("n{} {}..={}", part.0, day(period.since), day(period.until))
            };
            let cases: Vec<String> = periods.iter().zip(parts).map(case).collect();
            let stale = stale_from.map_or_else(String::new, |day| format!(" stale from {day}"));
            format!("on its day {}{stale}", cases.join(", "))
        }
        NodeKind::Not { node, written } => format!("not n{} {written:?}", node.0),
    }
}
