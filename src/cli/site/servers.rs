//! Example configurations of web servers: who may show which page in a frame, types, caching, and what other sites may load.

use super::File;

/// What a browser may do on each page, as the page itself says it.
pub(super) struct Policies {
    pub(super) index: String,
    pub(super) frame: String,
    pub(super) configure: String,
    pub(super) accessibility: String,
    pub(super) programs: String,
}

/// One example a server, and for hosts that read `_headers` that very file where they look for it.
pub(super) fn examples(policies: &Policies) -> Vec<File> {
    let headers = with(include_str!("servers/headers.txt"), policies);
    vec![
        ("server/nginx.conf".into(), with(include_str!("servers/nginx.conf"), policies)),
        ("server/apache.conf".into(), with(include_str!("servers/apache.conf"), policies)),
        ("server/_headers".into(), headers.clone()),
        ("_headers".into(), headers),
    ]
}

fn with(example: &str, policies: &Policies) -> Vec<u8> {
    let Policies { index, frame, configure, accessibility, programs } = policies;
    [
        ("INDEX", index),
        ("FRAME", frame),
        ("CONFIGURE", configure),
        ("ACCESSIBILITY", accessibility),
        ("PROGRAMS", programs),
    ]
    .iter()
    .fold(example.to_owned(), |text, (page, policy)| text.replace(&format!("@{page}@"), policy))
    .into_bytes()
}
