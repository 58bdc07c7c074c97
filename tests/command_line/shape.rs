//! The shapes that the contract gives the JSON.

use crate::program::*;

/// Compares a value with a pattern: `"text"`, `"number"`, `"yes or no"`, `"a|b"` for words, a trailing `?` for null,
/// `[pattern]` for a list, and an object for its keys. More keys than the pattern has are fine; fewer are not.
pub(crate) fn shape(at: &str, value: &Value, pattern: &Value) {
    match pattern {
        Value::String(word) => {
            let (word, optional) = word.strip_suffix('?').map_or((word.as_str(), false), |word| (word, true));
            let fits = match (word, value) {
                (_, Value::Null) => optional,
                ("text", Value::String(text)) => !text.is_empty(),
                ("number", Value::Number(number)) => number.is_i64(),
                ("yes or no", Value::Bool(_)) => true,
                ("contact", Value::Object(_)) => {
                    shape(at, value, &contact());
                    true
                }
                ("why", Value::Object(_)) => {
                    shape(at, value, &why());
                    true
                }
                ("ending", Value::Object(_)) => {
                    shape(at, value, &json!({ "date": "text?", "next": "text?" }));
                    true
                }
                (words, Value::String(text)) => words.split('|').any(|word| word == text),
                _ => false,
            };
            assert!(fits, "{at} must be {pattern}, and is {value}");
        }
        Value::Array(patterns) => {
            let list = value.as_array().unwrap_or_else(|| panic!("{at} must be a list, and is {value}"));
            for (index, entry) in list.iter().enumerate() {
                shape(&format!("{at}[{index}]"), entry, &patterns[0]);
            }
        }
        Value::Object(keys) => {
            for (key, pattern) in keys {
                let inner = value.get(key).unwrap_or_else(|| panic!("{at} has no key `{key}`: {value}"));
                shape(&format!("{at}.{key}"), inner, pattern);
            }
        }
        _ => panic!("no pattern: {pattern}"),
    }
}

pub(crate) fn contact() -> Value {
    json!({ "name": "text", "phone": "text?", "hours": "text?", "url": "text?", "confirm": "yes or no" })
}

pub(crate) fn why() -> Value {
    json!({
        "text": "text", "state": "met|not_met|unknown|agency_decides|not_stated", "answer": "text?",
        "source": "text?", "parts": ["why"],
    })
}

fn benefit(decision: &str) -> Value {
    json!({
        "id": "text", "name": "text", "decision": decision,
        "basis": "official|secondary|illustrative|conflicting|stale", "offers": ["text"], "payer": "text?",
        "financing": [{ "payer": "text", "pays_for": "text?", "mechanism": "text?" }],
        "cost_to_family": "free|may_cost|not_stated", "missing": ["text"], "dont_know": ["text"],
        "review": [{ "by": "text", "because": "text", "contact": "contact?" }], "why": "why?",
    })
}

fn relation() -> Value {
    let kinds =
        "excluded_by|mandatory_into|supplements|within|escalates_to|apply_first_to|payer_of_last_resort";
    json!({ "kind": kinds, "program": "text?", "name": "text?", "text": "text" })
}

fn program(decision: &str) -> Value {
    json!({
                "id": "text", "kind": "program|contact", "name": "text", "in_force": "yes or no",
                "decision": decision, "receiving": "yes|no|unknown",
                "basis": "official|secondary|illustrative|conflicting|stale",
                "benefits": [benefit(decision)],
                "missing": ["text"], "dont_know": ["text"],
                "review": [{ "by": "text", "because": "text", "contact": "contact?" }],
                "coordinator": "text?", "payer": "text?",
                "financing": [{ "payer": "text", "pays_for": "text?", "mechanism": "text?" }],
                "cost_to_family": "free|may_cost|not_stated", "contact": "contact?",
                "sources": [{ "id": "text", "title": "text", "publisher": "text", "date": "text?", "address": "text" }],
                "assumptions": ["text"], "notes": ["text"], "steps": ["text"], "documents": ["text"],
                "relations": [relation()],
                "renewal": "text?", "why": "why?",
                "would_change": [[{ "fact": "text", "to": "text", "how": "apply|enroll|assess|time", "text": "text" }]],
                "would_also_need": [["text"]],
                "changes": [{ "on": "text", "by": "text?", "what": "ends|begins|renews", "then": "text?" }],
    })
}

/// The result as the contract has it.
pub(crate) fn result_shape(result: &Value) {
    let decision = "eligible|ineligible|review|undetermined";
    shape(
        "result",
        result,
        &json!({
            "format": "number", "state": "text", "as_of": "text", "rules": "text",
            "lead": {
                "status": "receiving|eligible|review|fallback|undetermined", "program": "text?",
                "possible": ["text"], "contact_first": "text",
                "ask_about": [{ "program": "text", "question": "text" }], "ending": "ending?",
            },
            "settled": "yes or no", "open_because": ["dont_know|review"], "alongside": ["text"],
            "duplicates": [{ "program": "text", "kind": "received|not_needed", "because": "text" }],
            "programs": [program(decision)],
            "remaining": { "at_least": "number", "at_most": "number" },
        }),
    );
    if result.get("next").expect("the key `next` is always there").is_object() {
        shape(
            "result.next",
            &result["next"],
            &json!({
                "fact": "text", "question": "text", "help": "text?",
                "type": "yes_no|date|month|number|range|choice|set|codes", "min": "number?", "max": "number?",
                "choices": [{ "id": "text", "label": "text" }],
            }),
        );
    }
    assert_eq!(result["format"], 1);
    let hash = result["rules"].as_str().unwrap().strip_prefix("sha256:").unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(result["settled"] == true, result["next"].is_null(), "settled is when nothing is left to ask");
    if result["settled"] == false {
        assert_eq!(result["open_because"], json!([]), "`open_because` is filled only when settled");
    }
    let ids: Vec<&Value> = result["programs"].as_array().unwrap().iter().map(|entry| &entry["id"]).collect();
    let named = [&result["lead"]["program"], &result["lead"]["contact_first"]];
    let lists = [&result["lead"]["possible"], &result["alongside"]];
    let named = named.into_iter().chain(lists.into_iter().flat_map(|list| list.as_array().unwrap()));
    for id in named.filter(|id| !id.is_null()) {
        assert!(ids.contains(&id), "{id} stands in no entry of `programs`");
    }
}
