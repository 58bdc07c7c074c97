//! `carepath sources`.

use crate::program::*;
use crate::shape::*;

#[test]
fn sources_lists_every_statement() {
    let found = run(&["sources", "--state", "AR", "--format", "json"]).ends_with(0).json();
    shape(
        "sources",
        &found,
        &json!({ "statements": [{
            "id": "text", "state": "AR", "text": "text", "source": "text", "confidence": "seed|public|public*",
            "used_by": ["text"], "not_used_because": "text?",
        }] }),
    );
    let statements = found["statements"].as_array().unwrap();
    let find = |id: &str| statements.iter().find(|statement| statement["id"] == id).unwrap();
    assert!(find("ar_cchcp_rule")["used_by"][0].as_str().unwrap().starts_with("ar/ar.care:"));
    assert!(find("ar_passe_waiver")["not_used_because"].is_string());
    let all = run(&["sources", "--format", "json"]).ends_with(0).json();
    assert!(all["statements"].as_array().unwrap().len() > statements.len());
    run(&["sources", "--state", "AR"]).ends_with(0).prints("not used:");
}
