//! The pages inside this program: what `npm run build` left in `www/dist`.

use super::Failure;

#[derive(rust_embed::RustEmbed)]
#[folder = "www/dist"]
#[allow_missing = true]
struct Embedded;

/// A page, or a file that pages need.
pub(super) fn page(path: &str) -> Option<Vec<u8>> {
    Embedded::get(path).map(|file| file.data.into_owned())
}

/// All of them with their paths, by name; refused where this program was built without.
pub(super) fn pages() -> Result<Vec<(String, Vec<u8>)>, Failure> {
    there()?;
    let mut paths: Vec<String> = Embedded::iter().map(|path| path.to_string()).collect();
    paths.sort();
    Ok(paths.into_iter().filter_map(|path| page(&path).map(|bytes| (path, bytes))).collect())
}

/// Refuses to go on in a program that was built without its pages.
pub(super) fn there() -> Result<(), Failure> {
    match Embedded::get("index.html") {
        Some(_) => Ok(()),
        None => {
            Err(Failure::Usage("this program was built without its pages; `./dev build` makes them".into()))
        }
    }
}
