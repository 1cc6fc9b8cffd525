//! Addresses of pages, people and files: one token up to the next space or bracket.

use super::classes::Class;
use super::tokens::Scan;
use super::{Join, TokenKind};

/// Domains that news copy prints, and ends of file names. Anything else with a dot inside is a missing space.
pub(super) fn is_domain(part: &str) -> bool {
    const DOMAINS: [&str; 24] = [
        "com", "org", "net", "gov", "edu", "mil", "info", "example", "co", "uk", "eu", "ru", "ua", "de",
        "fr", "cn", "tv", "io", "fm", "news", "int", "au", "ca", "pl",
    ];
    DOMAINS.contains(&part) || is_extension(part)
}

/// Ends of file names, which some write in capitals.
pub(super) fn is_extension(part: &str) -> bool {
    const EXTENSIONS: [&str; 18] = [
        "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "txt", "csv", "jpg", "jpeg", "png", "gif", "zip",
        "exe", "html", "htm", "url",
    ];
    matches!(part.len(), 3..=4) && EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(part))
}

/// Bytes before the "@" that are looked at: it is asked at every dot.
const LONGEST: usize = 64;

impl<const FAST: bool> Scan<'_, '_, FAST> {
    /// An address, e-mail or path from `start`: everything up to space, bracket or mark, less the punctuation at its
    /// end.
    pub(super) fn address(&mut self, start: usize, from: usize, join: Join) -> usize {
        let mut stop = from;
        loop {
            let (class, len) = self.at(stop);
            let ends = match class {
                Class::Space | Class::End | Class::Mark | Class::Open | Class::Close | Class::Dash => true,
                _ => matches!(self.byte(stop), b'<' | b'>' | b'|'),
            };
            if ends {
                break;
            }
            stop += len;
        }
        let mut end = stop;
        while end > from
            && matches!(self.byte(end - 1), b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*')
        {
            end -= 1;
        }
        // "norvia.example's"
        if end - start > 2 && matches!(self.byte(end - 1), b's') && self.byte(end - 2) == b'\'' {
            return self.push_with_clitic(start, end - 2, end, TokenKind::Word, join);
        }
        self.push_joined(start, end, TokenKind::Word, join)
    }

    /// Whether the letters, digits, dots and hyphens from `i` on lead to the "@" of an e-mail address.
    pub(super) fn is_mail(&self, i: usize) -> bool {
        let mut end = i;
        loop {
            let (class, len) = self.at(end);
            if !(class.is_word() || matches!(self.byte(end), b'.' | b'-' | b'_' | b'%')) || end - i > LONGEST
            {
                return end > i && self.byte(end) == b'@' && self.class(end + 1).is_word();
            }
            end += len;
        }
    }

    /// "misc.boats.sailing": three words of small letters with dots between them. `part` is the start of the first,
    /// `dot` its end, `end` the end of the second.
    pub(super) fn is_newsgroup(&self, part: usize, dot: usize, end: usize) -> bool {
        let small = |from, to| {
            let word = self.slice(from, to);
            word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        self.byte(end) == b'.'
            && self.class(end + 1) == Class::Lower
            && small(part, dot)
            && small(dot + 1, end)
    }
}
