//! The name in scope that a misspelled one most likely meant.

/// The nearest of `names`, if it is near enough to be worth asking about: at most a third of its letters differ.
/// Ties go to the name that comes first.
#[must_use]
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_ascii_lowercase();
    // Longer words are never names; comparing them would only cost time.
    if wrong.len() > 80 {
        return None;
    }
    let mut best: Option<(usize, &'a str)> = None;
    for name in names {
        let distance = edits(&wrong, &name.to_ascii_lowercase());
        // A name of one or two letters is too short to be recognized when misspelled.
        let allowed = name.chars().count().max(wrong.chars().count()) / 3;
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Insertions, deletions, replacements and swaps of neighbors that turn `a` into `b` (optimal string alignment).
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: [Vec<usize>; 3] = [vec![0; b.len() + 1], (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows.rotate_left(1);
        // rows[0]: the row before, rows[2]: the row before that, rows[1]: this one.
        let [before, this, older] = &mut rows;
        this[0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            this[j] = (before[j - 1] + same).min(before[j] + 1).min(this[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                this[j] = this[j].min(older[j - 2] + 1);
            }
        }
    }
    rows[1][b.len()]
}
