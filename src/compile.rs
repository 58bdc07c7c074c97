//! From the files of a rules folder to one state's compiled rules: the whole way in one call.

use crate::diagnostic::{Diagnostic, has_errors};
use crate::model;
use crate::program::{self, Program};
use crate::source::Sources;
use crate::value::StateCode;

/// Compiles one state. The program is there exactly if no diagnostic is an error.
///
/// A state without a folder compiles to the shared rules: no programs, and the national contact for everyone.
#[must_use]
pub fn compile(sources: &Sources, state: StateCode) -> (Option<Program>, Vec<Diagnostic>) {
    let (model, mut diagnostics) = model::from_folder(sources, state);
    if has_errors(&diagnostics) {
        return (None, diagnostics);
    }
    let (program, found) = program::lower(sources, model);
    diagnostics.extend(found);
    let sound = !has_errors(&diagnostics);
    (sound.then_some(program), diagnostics)
}

/// The states that have a folder, by code; and the folders that are no state's.
#[must_use]
pub fn states(sources: &Sources) -> (Vec<StateCode>, Vec<String>) {
    let (mut states, mut strange) = (Vec::new(), Vec::new());
    for (_, file) in sources.iter() {
        let Some((folder, _)) = file.path.split_once('/') else { continue };
        if folder == model::SHARED_FOLDER {
            continue;
        }
        match StateCode::parse(folder).filter(|state| state.folder() == folder) {
            Some(state) if !states.contains(&state) => states.push(state),
            Some(_) => {}
            None if !strange.iter().any(|known| known == folder) => strange.push(folder.to_owned()),
            None => {}
        }
    }
    states.sort_by_key(|state| state.code());
    (states, strange)
}
