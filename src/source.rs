//! The files of a rules folder, and places in them.
//!
//! Nothing here reads a disk: whoever stands at a door (the command line, the browser) hands the texts in.
//! Paths are relative to the rules folder, with `/`, so that every message is the same on every machine.

/// One file: its path below the rules folder and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the rules folder, `/` between the parts: `ar/ar.care`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// A file's number in its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct FileId(pub u32);

/// A stretch of one file, in bytes: `start` is in, `end` is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A line and column as a person counts them, both from 1; a column is a character, not a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// All files that are read together.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Where each line of each file starts.
    lines: Vec<Vec<usize>>,
}

impl Sources {
    /// Takes the files over, sorted by path so that results never depend on the order a disk lists them in.
    #[must_use]
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let starts = |text: &str| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect()
        };
        let lines = files.iter().map(|file| starts(&file.text)).collect();
        Self { files, lines }
    }

    /// Every file with its number, by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// The file of a number that this set gave out.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file at a path.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        self.iter().find(|(_, file)| file.path == path)
    }

    /// Where a span starts.
    #[must_use]
    pub fn start(&self, span: Span) -> Position {
        self.position(span.file, span.start as usize)
    }

    /// Where a span ends: the place just after its last character.
    #[must_use]
    pub fn end(&self, span: Span) -> Position {
        self.position(span.file, span.end as usize)
    }

    fn position(&self, id: FileId, offset: usize) -> Position {
        let (text, lines) = (&self.file(id).text, &self.lines[id.0 as usize]);
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let column = text[lines[line - 1]..offset].chars().count() as u32 + 1;
        Position { line: line as u32, column }
    }
}

impl Span {
    /// A span of the bytes from `start` to `end`.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start: start as u32, end: end as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let sources =
            Sources::new(vec![SourceFile { path: "a.care".into(), text: "á\nñandú x\n".into() }]);
        let at = sources.start(Span::new(FileId(0), "á\nñandú ".len(), "á\nñandú x".len()));
        assert_eq!(at, Position { line: 2, column: 7 });
    }
}
