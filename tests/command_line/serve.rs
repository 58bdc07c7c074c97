//! `carepath serve`.

use crate::program::*;

/// A server of its own for one test; ended when the test is over, whatever comes.
struct Served {
    child: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Starts the server on a free port. Built without its pages it must say so, and then there is nothing to serve.
fn serve(rules: &str) -> Option<Served> {
    let mut child = program().args(["serve", "--port", "0", "--rules", rules]).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut served = Served { child, port: 0 };
    let (send, receive) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        drop(out.read_line(&mut line));
        drop(send.send(line));
        // Whatever else it prints is read away, so that it never waits for us.
        drop(out.read_to_end(&mut Vec::new()));
    });
    let line = receive.recv_timeout(LONGEST).expect("the server says where it is, or ends");
    if let Some(address) = line.split("http://127.0.0.1:").nth(1) {
        served.port = address.split('/').next().unwrap().trim().parse().unwrap();
        return Some(served);
    }
    let mut err = String::new();
    served.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    let status = served.child.wait().unwrap();
    assert_eq!(status.code(), Some(2), "{err}");
    assert!(err.contains("without its pages") && err.contains("./dev build"), "{err}");
    None
}

impl Served {
    /// Sends a request as it is; gives the status, the headers and the body.
    fn ask(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONGEST)).unwrap();
        stream.set_write_timeout(Some(LONGEST)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_else(|| panic!("no status in:\n{text}")), head.to_lowercase(), body.to_owned())
    }

    fn method(&self, method: &str, path: &str) -> (u16, String, String) {
        let port = self.port;
        self.ask(&format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.method("GET", path)
    }

    fn json(&self, path: &str) -> Value {
        let (status, head, body) = self.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(head.contains("content-type: application/json"), "{head}");
        let (start, end) = (body.find('{').unwrap(), body.rfind('}').unwrap());
        serde_json::from_str(&body[start..=end]).unwrap_or_else(|error| panic!("{path}: {error}\n{body}"))
    }
}

#[test]
fn the_server_answers_pages_and_rules() {
    let Some(served) = serve("rules") else { return };
    let (status, head, body) = served.get("/");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html") && body.to_lowercase().contains("<html"));
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
    ] {
        assert!(head.contains(header), "`{header}` is not in:\n{head}");
    }
    let index = served.json("/rules/index.json");
    let states: Vec<&str> =
        index["states"].as_array().unwrap().iter().map(|state| state["state"].as_str().unwrap()).collect();
    assert_eq!(states, shipped_states());
    assert!(index["national"].is_object());
    // Rules can change at any time here: nothing names their hash, and no page lists their programs.
    let ar = index["states"].as_array().unwrap().iter().find(|state| state["state"] == "AR").unwrap();
    assert_eq!(
        (&ar["bundle"], &ar["integrity"], &ar["list"]),
        (&json!("AR.carepath"), &json!(null), &json!(null))
    );
    let screened = fed(&["screen", "--state", "AR", "--answers", "-", "--format", "json"], "{}").out;
    let screened: Value = serde_json::from_str(&screened).unwrap();
    assert_eq!(ar["opening"]["remaining"], screened["remaining"]);
    for language in ["en", "es"] {
        assert_eq!(ar["opening"]["next"][language]["fact"], screened["next"]["fact"], "{language}");
    }
    for page in ["index.html", "frame.html", "configure.html", "accessibility.html", "carepath.js"] {
        let (status, _, body) = served.get(&format!("/{page}"));
        let inside = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/dist").join(page).exists();
        assert_eq!(status, if inside { 200 } else { 404 }, "{page}: {body}");
    }
    let (status, head, bundle) = served.get("/rules/AR.carepath");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: application/octet-stream"), "{head}");
    assert!(bundle.starts_with("carepath") && bundle.contains("passe"), "{bundle}");
    assert!(!bundle.contains("mdph_care_coordination"), "nothing of another state");
}

#[test]
fn the_server_refuses_what_it_must() {
    let Some(served) = serve("rules") else { return };
    let port = served.port;
    let with_host =
        |host: &str| served.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).0;
    // A page elsewhere could give this machine a name of its own, and read what is here.
    assert_eq!(with_host(&format!("evil.example:{port}")), 403);
    assert_eq!(with_host("127.0.0.1:1"), 403);
    assert_eq!(with_host(&format!("127.0.0.1.evil.example:{port}")), 403);
    assert_eq!(with_host(&format!("localhost:{port}")), 200);
    assert_eq!(served.ask("GET / HTTP/1.0\r\n\r\n").0, 403, "no name at all");
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(served.method(method, "/").0, 405, "{method}");
        assert_eq!(served.method(method, "/rules/AR.carepath").0, 405, "{method}");
    }
    for path in [
        "/nothing.html",
        "/rules/XX.carepath",
        &format!("/rules/{}.carepath", state_without_rules()),
        "/rules/ar.carepath",
        "/rules/",
        "/rules/us.carepath",
        "/rules/..carepath",
        "/../Cargo.toml",
        "/../../Cargo.toml",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/./../../Cargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/rules/../Cargo.toml",
        "/assets/../../../Cargo.toml",
        "/..\\Cargo.toml",
        "/rules/../../etc/passwd.carepath",
        "/%00",
    ] {
        let (status, _, body) = served.get(path);
        assert_eq!(status, 404, "{path}");
        assert!(!body.contains("[package]") && !body.contains("root:"), "{path}");
    }
    assert_eq!(served.get("/").0, 200, "and it goes on serving");
}

#[test]
fn the_server_shows_a_rule_file_as_it_is_now() {
    let folder = Folder::with_rules();
    let Some(served) = serve(&folder.path("")) else { return };
    let bundle = || served.get("/rules/OK.carepath");
    let (status, _, before) = bundle();
    assert_eq!(status, 200);
    let right = fs::read_to_string(folder.path("ok/ok.care")).unwrap();
    folder.write("ok/ok.care", right.replace("age under 21", "age under 23"));
    assert_ne!(bundle().2, before);
    folder.write("ok/ok.care", right);
    assert_eq!(bundle().2, before);
    // Rules with a mistake do not end the server; the page shows the others and the national line.
    folder.write("ok/ok.care", "state OK \"Oklahoma\"\ndefine a = age up to 21\n");
    let index = served.json("/rules/index.json");
    assert_eq!(index["states"][0]["status"]["en"], "The rules have errors.");
    assert!(index["states"][0]["opening"].is_null(), "nothing is asked by rules that cannot be used");
    assert!(index["national"].is_object());
    let (status, _, body) = bundle();
    assert_eq!(status, 422);
    assert!(body.contains("\"line\":2") && body.contains("\"severity\":\"error\""), "{body}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = run(&["serve", "--port", &port]).ends_with(2);
    assert!(ran.err.contains(&port) || ran.err.contains("without its pages"), "{}", ran.err);
}
