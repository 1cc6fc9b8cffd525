//! The one error: loading can fail, analysing cannot.

use std::fmt;
use std::path::{Path, PathBuf};

/// What could not be loaded, read or written: which file, which line, and what was expected.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

/// Result of everything that loads, reads or writes.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
enum Kind {
    Row { file: String, line: usize, expected: String },
    File { path: PathBuf, what: String },
    Usage { what: String },
    Interrupted,
}

impl Error {
    /// A row of a file that is not what it should be. Lines count from 1.
    pub fn row(file: impl Into<String>, line: usize, expected: impl Into<String>) -> Self {
        Self { kind: Kind::Row { file: file.into(), line, expected: expected.into() } }
    }

    /// A file that cannot be opened, read or written.
    pub fn file(path: &Path, what: impl fmt::Display) -> Self {
        Self { kind: Kind::File { path: path.to_path_buf(), what: what.to_string() } }
    }

    /// A call that cannot be served.
    pub fn usage(what: impl Into<String>) -> Self {
        Self { kind: Kind::Usage { what: what.into() } }
    }

    /// The caller asked to stop.
    pub fn interrupted() -> Self {
        Self { kind: Kind::Interrupted }
    }

    /// Whether the caller asked to stop.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.kind, Kind::Interrupted)
    }

    /// Whether a file or folder is the trouble.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File { .. })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Row { file, line, expected } => write!(f, "{file}:{line}: {expected}"),
            Kind::File { path, what } => write!(f, "{}: {what}", path.display()),
            Kind::Usage { what } => f.write_str(what),
            Kind::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Error {}
