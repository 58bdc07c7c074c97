//! Sites from a few small pages.

use super::*;
use carepath::bundle::{Bundle, write};
use carepath::compile::compile;
use carepath::screen::Screener;
use carepath::value::StateCode;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

fn html(name: &str) -> String {
    format!(
        "<html>\n<head>\n<meta\n  http-equiv=\"Content-Security-Policy\"\n  content=\"{POLICY};\n   base-uri 'none'\" />\n\
         <meta name=\"carepath-site\" content=\"\" />\n<title>{name}</title>\n</head>\n</html>\n"
    )
}

/// The pages of the program, as the smallest that can be.
fn pages() -> Vec<File> {
    let file = |(path, text): (&str, String)| (path.to_owned(), text.into_bytes());
    [
        (
            "accessibility.html",
            html("accessibility").replace("<meta name=\"carepath-site\" content=\"\" />\n", ""),
        ),
        ("assets/engine-B00.wasm", "wasm".to_owned()),
        ("carepath.js", "const s=`__CAREPATH_SITE__`;go(s)".to_owned()),
        ("configure.html", html("configure")),
        ("frame.html", html("frame")),
        ("index.html", html("index")),
        ("robots.txt", "none".to_owned()),
    ]
    .map(file)
    .into()
}

/// The same with one of them changed.
fn with(path: &str, change: impl Fn(&str) -> Option<String>) -> Vec<File> {
    let changed = |(name, bytes): File| {
        let text = String::from_utf8(bytes).unwrap();
        let text = if name == path { change(&text) } else { Some(text) };
        text.map(|text| (name, text.into_bytes()))
    };
    pages().into_iter().filter_map(changed).collect()
}

fn content() -> Content {
    let sources = super::super::files::built_in().sources;
    let release = |code: &str| {
        let state = StateCode::parse(code).unwrap();
        let bytes = write(&compile(&sources, state).0.unwrap());
        let screener = Screener::of(Bundle::read(&bytes).unwrap());
        Release { name: format!("{}-0123456789abcdef.carepath", state.folder()), bytes, screener }
    };
    Content {
        releases: vec![release("AR"), release("MA")],
        national: super::super::index::national(&sources),
        built: Date::parse("2026-06-01").unwrap(),
    }
}

fn site(pages: Vec<File>) -> Site {
    assemble(pages, content()).map_err(|failure| failure.to_string()).unwrap()
}

fn refusal(pages: Vec<File>) -> String {
    assemble(pages, content()).err().expect("these pages are of no use").to_string()
}

fn text(files: &[File], start: &str, end: &str) -> (String, String) {
    let fits = |path: &str| path.starts_with(start) && path.ends_with(end);
    let found: Vec<_> = files.iter().filter(|(path, _)| fits(path)).collect();
    assert_eq!(found.len(), 1, "{start}…{end}");
    let (path, bytes) = found[0];
    (path.clone(), String::from_utf8(bytes.clone()).unwrap())
}

fn places(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("<meta name=\"carepath-site\" content=\"").unwrap();
    let site = rest.split_once('"').unwrap().0.replace("&quot;", "\"").replace("&amp;", "&");
    serde_json::from_str(&site).unwrap()
}

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_name_with_a_hash_is_that_of_what_the_file_holds() {
    let Site { lasting, replaced, .. } = site(pages());
    for (start, end) in [("carepath-", "js"), ("frame-", "html"), ("rules/index-", "json")] {
        let (path, text) = text(&lasting, start, end);
        assert_eq!(path, named(start.trim_end_matches('-'), text.as_bytes(), end));
    }
    let names: Vec<&str> = replaced.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        names,
        [
            "robots.txt",
            "programs/ar.html",
            "programs/ma.html",
            "server/nginx.conf",
            "server/apache.conf",
            "server/_headers",
            "_headers",
            "accessibility.html",
            "configure.html",
            "index.html",
            "carepath.js"
        ]
    );
    assert!(lasting.iter().any(|(path, bytes)| path == "assets/engine-B00.wasm" && bytes == b"wasm"));
    assert!(lasting.iter().any(|(path, _)| path == "rules/ma-0123456789abcdef.carepath"));
}

#[test]
fn pages_and_loader_know_where_the_rules_are() {
    let Site { lasting, replaced, tags } = site(pages());
    let (index, listed) = text(&lasting, "rules/index-", ".json");
    let (frame, in_frame) = text(&lasting, "frame-", ".html");
    let (loader, script) = text(&lasting, "carepath-", ".js");
    assert_eq!(text(&replaced, "carepath.js", "").1, script, "the stable name leads to the same");
    let literal = script.strip_prefix("const s=").unwrap().strip_suffix(";go(s)").unwrap();
    let site: String = serde_json::from_str(literal).unwrap();
    let site: serde_json::Value = serde_json::from_str(&site).unwrap();
    assert_eq!(keys(&site), ["frame", "index", "index_integrity"]);
    assert_eq!((&site["index"], &site["frame"]), (&index.into(), &frame.into()));
    assert_eq!(site["index_integrity"], integrity(listed.as_bytes()));
    assert_eq!(places(&text(&replaced, "index.html", "").1), site);
    // A file whose name comes from all that it holds cannot hold its name.
    assert_eq!(keys(&places(&in_frame)), ["index", "index_integrity"]);
    let configure = places(&text(&replaced, "configure.html", "").1);
    assert_eq!(
        (&configure["loader"], &configure["loader_integrity"]),
        (&loader.into(), &tags.integrity.into())
    );
}

#[test]
fn the_list_of_states_says_where_each_bundle_is_and_what_it_must_be() {
    let Site { lasting, .. } = site(pages());
    let listed: serde_json::Value = serde_json::from_str(&text(&lasting, "rules/index-", ".json").1).unwrap();
    let ar = &listed["states"][0];
    assert_eq!(ar["state"], "AR");
    assert_eq!(ar["bundle"], "ar-0123456789abcdef.carepath");
    assert_eq!(ar["list"], "programs/ar.html");
    let (_, bytes) = lasting.iter().find(|(path, _)| path.starts_with("rules/ar-")).unwrap();
    assert_eq!(ar["integrity"], integrity(bytes));
    assert!(listed["national"]["phone"].is_string() && ar["contacts"].is_array());
}

#[test]
fn the_list_of_states_has_each_first_question_as_the_engine_asks_it_on_the_day_of_the_site() {
    let content = content();
    let asked = |release: &Release, lang| {
        let nothing = carepath::child::Raw::Map(Vec::new());
        let detail = carepath::screen::Detail::Family;
        release.screener.screen(&nothing, content.built, lang, detail).unwrap()
    };
    let expected: Vec<serde_json::Value> = content
        .releases
        .iter()
        .map(|release| {
            let [en, es] = carepath::value::Lang::ALL.map(|lang| asked(release, lang));
            serde_json::json!({ "next": { "en": en.next, "es": es.next }, "remaining": es.remaining })
        })
        .collect();
    assert!(
        expected.iter().all(|opening| opening["next"]["es"]["question"].is_string()),
        "something is asked"
    );
    let Site { lasting, .. } = assemble(pages(), content).map_err(|failure| failure.to_string()).unwrap();
    let listed: serde_json::Value = serde_json::from_str(&text(&lasting, "rules/index-", ".json").1).unwrap();
    let openings: Vec<_> =
        listed["states"].as_array().unwrap().iter().map(|state| state["opening"].clone()).collect();
    assert_eq!(openings, expected);
}

#[test]
fn the_tag_names_the_very_script() {
    let Site { tags, lasting, .. } = site(pages());
    let name = InWords { en: "A \"<b>\"".into(), es: "A".into() };
    let tag = tags.tag("https://a.example/", "AR", &name);
    let (loader, script) = text(&lasting, "carepath-", ".js");
    let integrity = integrity(script.as_bytes());
    assert_eq!(
        tag,
        format!(
            "<script type=\"module\" src=\"https://a.example/{loader}\" integrity=\"{integrity}\" \
             crossorigin=\"anonymous\"></script>\n<care-pathway state=\"AR\"><a \
             href=\"https://a.example/programs/ar.html\">Who can help with your child’s care in A \
             &quot;&lt;b&gt;&quot;</a></care-pathway>"
        )
    );
    // As `openssl dgst -sha384 -binary | base64` has it.
    assert_eq!(
        super::integrity(b""),
        "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    );
    assert_eq!(named("a", b"", "js"), "a-e3b0c44298fc1c14.js");
}

#[test]
fn pages_of_another_version_are_refused_by_name() {
    let twice = |text: &str| Some(format!("{text}{text}"));
    let bare = |text: &str| Some(text.replace("<meta", "<data"));
    let marked = |text: &str| Some(text.replace("content=\"\"", "content=\"x\""));
    for page in ["index.html", "frame.html", "configure.html"] {
        let why = refusal(with(page, |_| None));
        assert!(why.contains("were built for another version") && why.contains(page), "{why}");
        assert!(refusal(with(page, marked)).contains(&format!("`{page}` has no place, or several")));
        assert!(refusal(with(page, bare)).contains(&format!("`{page}` has no Content-Security-Policy")));
        assert!(refusal(with(page, twice)).contains(&format!("`{page}` has no place, or several")));
    }
    assert!(refusal(with("accessibility.html", |_| None)).contains("accessibility.html"));
    assert!(refusal(with("carepath.js", |_| None)).contains("carepath.js"));
    assert!(refusal(with("carepath.js", twice)).contains("`carepath.js` has no place, or several"));
    for unlike in ["go()", "go(__CAREPATH_SITE__)", "go('__CAREPATH_SITE__\")", "go('a__CAREPATH_SITE__')"] {
        assert!(refusal(with("carepath.js", |_| Some(unlike.into()))).contains("`carepath.js`"), "{unlike}");
    }
    for quote in ['"', '\'', '`'] {
        let script = format!("go({quote}__CAREPATH_SITE__{quote})");
        site(with("carepath.js", |_| Some(script.clone())));
    }
    // It would become part of a server's configuration.
    let odd = |text: &str| Some(text.replace("base-uri 'none'", "base-uri ${x}"));
    assert!(refusal(with("index.html", odd)).contains("Content-Security-Policy"));
}

#[test]
fn servers_say_what_the_pages_say_and_nothing_is_left_open() {
    let Site { replaced, .. } = site(pages());
    for name in ["server/nginx.conf", "server/apache.conf", "_headers"] {
        let example = text(&replaced, name, "").1;
        for end in ["'self'", "*"] {
            let policy = format!("{POLICY}; base-uri 'none'; frame-ancestors {end}");
            assert!(example.contains(&policy), "{name}: {policy}\n{example}");
        }
        assert!(example.contains(&format!("{}; frame-ancestors *", programs::policy())), "{name}");
        assert!(
            !["@INDEX", "@FRAME", "@CONFIGURE", "@ACCESSIBILITY", "@PROGRAMS"]
                .iter()
                .any(|mark| example.contains(mark))
        );
        for said in ["application/wasm", "immutable", "no-cache", "nosniff", "no-referrer", "cross-origin"] {
            assert!(example.contains(said), "{name}: {said}");
        }
    }
    // Hosts that read this file send a header of two rules twice.
    let headers = text(&replaced, "_headers", "").1;
    let rules: Vec<&str> = headers.split("\n\n").filter(|rule| rule.contains("Cache-Control")).collect();
    assert_eq!(rules.len(), headers.matches("Cache-Control").count());
    assert_eq!(headers, text(&replaced, "server/_headers", "").1);
}
