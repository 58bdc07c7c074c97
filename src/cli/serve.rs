//! `carepath serve`: the screener for this machine's browser, and the rules as they are on disk at every request.

use super::files::{Loaded, Rules, built_in};
use super::index::{Entry, Index, Opening, national};
use super::render::{self, Finding};
use super::{Failure, complain, pages, say, today};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, Method, Response, StatusCode, header};
use carepath::bundle::write;
use carepath::compile::compile;
use carepath::diagnostic::{Diagnostic, has_errors};
use carepath::screen::{About, InWords, Screener};
use carepath::value::StateCode;
use clap::Args;
use serde_json::{Value, json};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serve the screener.
#[derive(Args)]
pub(super) struct Serve {
    /// The port; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8750)]
    port: u16,
}

/// What a browser may do on these pages: nothing that reaches beyond this machine.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

impl Serve {
    pub(super) fn run(self, rules: &Rules) -> Result<ExitCode, Failure> {
        pages::there()?;
        let loaded = rules.load()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .map_err(|error| Failure::Usage(format!("the server cannot start: {error}")))?;
        runtime.block_on(self.listen(rules, &loaded))
    }

    async fn listen(&self, rules: &Rules, loaded: &Loaded) -> Result<ExitCode, Failure> {
        let taken = |error: std::io::Error| {
            Failure::Usage(format!(
                "the port {} cannot be used: {error}; try another with `--port`",
                self.port
            ))
        };
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        let states: Vec<&str> = loaded.states.iter().map(|state| state.code()).collect();
        say(&format!("The screener for {} is at http://127.0.0.1:{port}/", states.join(", ")));
        match rules.path() {
            Some(folder) => {
                let folder = folder.display();
                say(&format!("The rules in {folder} are read anew at every visit. Control-C ends it."));
            }
            None => say("The rules are those inside this program. Control-C ends it."),
        }
        let rules = Arc::new(Rules { folder: rules.folder.clone() });
        let router = Router::new().fallback(move |request: Request| {
            let rules = Arc::clone(&rules);
            async move { respond(&rules, &request, port) }
        });
        axum::serve(listener, router).await.map_err(taken)?;
        Ok(ExitCode::SUCCESS)
    }
}

type Answer = Response<Body>;

fn respond(rules: &Rules, request: &Request, port: u16) -> Answer {
    if !from_here(request, port) {
        return text(403, "this page is for this machine only");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return text(405, "only reading is possible here");
    }
    let path = request.uri().path().trim_start_matches('/');
    match path {
        "" => page("index.html"),
        "rules/index.json" => match index(rules) {
            Ok(value) => json_answer(200, &value),
            Err(failure) => broken(&failure),
        },
        _ => match path.strip_prefix("rules/").and_then(|name| name.strip_suffix(".carepath")) {
            Some(code) => bundle(rules, code).unwrap_or_else(|failure| broken(&failure)),
            None => page(path),
        },
    }
}

/// Whether a request names this machine: a page elsewhere cannot reach us under a name of its own.
fn from_here(request: &Request, port: u16) -> bool {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    host.is_some_and(|host| names.iter().any(|name| name == host))
}

fn page(path: &str) -> Answer {
    let Some(bytes) = pages::page(path) else { return text(404, "there is no such page") };
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
    answer(200, kind, bytes)
}

/// The states as they are on disk now, and the national line.
fn index(rules: &Rules) -> Result<Value, Failure> {
    let loaded = rules.load()?;
    let entry = |state: &StateCode| {
        let (about, opening) = known(&loaded, *state);
        Entry { about, opening, bundle: format!("{}.carepath", state.code()), integrity: None, list: None }
    };
    let index =
        Index { states: loaded.states.iter().map(entry).collect(), national: national(&loaded.sources) };
    serde_json::to_value(index).map_err(|error| Failure::Usage(error.to_string()))
}

/// What to say of a state, and what is asked there first. Where its rules have errors nothing is, and the contacts are those
/// of the rules inside this program.
fn known(loaded: &Loaded, state: StateCode) -> (About, Option<Opening>) {
    let (program, diagnostics) = compile(&loaded.sources, state);
    let inside = || compile(&built_in().sources, state).0.filter(|inside| !inside.pathways.is_empty());
    if let Some(program) = program.or_else(inside) {
        let screener = Screener::new(program);
        let opening = (!has_errors(&diagnostics)).then(|| Opening::of(&screener, today())).flatten();
        return (screener.about(), opening);
    }
    let about = About {
        state: state.code().to_owned(),
        name: (&state.name()).into(),
        status: InWords { en: "The rules have errors.".into(), es: "Las reglas tienen errores.".into() },
        languages: Vec::new(),
        contacts: Vec::new(),
        programs: Vec::new(),
    };
    (about, None)
}

/// A state's rules as they are now; where they hold mistakes, those.
fn bundle(rules: &Rules, code: &str) -> Result<Answer, Failure> {
    let loaded = rules.load()?;
    let known = StateCode::parse(code).filter(|state| state.code() == code);
    let Some(state) = known.filter(|state| loaded.states.contains(state)) else {
        return Ok(json_answer(404, &json!({ "error": "there is no such state" })));
    };
    let (program, diagnostics) = compile(&loaded.sources, state);
    Ok(match program {
        Some(program) if !has_errors(&diagnostics) => {
            answer(200, "application/octet-stream", write(&program))
        }
        _ => json_answer(422, &json!({ "findings": mistakes(&loaded, &diagnostics) })),
    })
}

fn mistakes(loaded: &Loaded, diagnostics: &[Diagnostic]) -> Vec<Finding> {
    diagnostics.iter().map(|diagnostic| render::finding(loaded, diagnostic)).collect()
}

fn broken(failure: &Failure) -> Answer {
    complain(&format!("carepath: {failure}"));
    json_answer(500, &json!({ "error": failure.to_string() }))
}

fn json_answer(status: u16, value: &Value) -> Answer {
    answer(status, "application/json", value.to_string().into_bytes())
}

fn text(status: u16, text: &str) -> Answer {
    answer(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn answer(status: u16, kind: &str, bytes: Vec<u8>) -> Answer {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (field, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(field, value);
        }
    }
    response
}
