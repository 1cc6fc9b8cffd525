//! Bytes to text.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Why a file is not read.
pub(super) const BINARY: &str = "binary file";

/// The text of a file, as its bytes say; a byte order mark stays in it, since offsets count it.
///
/// UTF-8, UTF-16 by its byte order mark, else windows-1252, which takes anything. A warning tells
/// of every guess and repair.
pub(super) fn text(bytes: Vec<u8>) -> Result<(String, Option<String>), &'static str> {
    let utf16 = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16 {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes);
        let warning = broken.then(|| format!("not valid {}, broken characters replaced", encoding.name()));
        return if is_binary(text.as_bytes()) { Err(BINARY) } else { Ok((text.into_owned(), warning)) };
    }
    if is_binary(&bytes) {
        return Err(BINARY);
    }
    Ok(row(bytes))
}

/// The text of a row or cell: UTF-8, else windows-1252 with a warning.
pub(super) fn row(bytes: Vec<u8>) -> (String, Option<String>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
            (text.into_owned(), Some(format!("not valid UTF-8 at byte {at}, decoded as windows-1252")))
        }
    }
}

/// Whether bytes are no text: a NUL, or a tenth of control characters, among the first of them.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    head.contains(&0) || head.iter().filter(control).count() * 10 > head.len()
}
