//! What a character is to the tokeniser: a table for ASCII, the exact answer for the rest.

/// Character classes. The order matters: everything up to [`Class::Digit`] may stand in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Class {
    Lower,
    Upper,
    /// Letters without case, and what joins the letter before it: combining marks, joiners, soft hyphens.
    Letter,
    Digit,
    Space,
    Dot,
    /// `!` `?` and `…`.
    Stop,
    Comma,
    Colon,
    Hyphen,
    Dash,
    /// Marks that are an apostrophe between letters and may be a quotation mark elsewhere.
    Apostrophe,
    /// Marks that are never an apostrophe.
    Mark,
    Open,
    Close,
    Symbol,
    /// Past the end of the text.
    End,
}

impl Class {
    pub(super) fn is_word(self) -> bool {
        self <= Self::Digit
    }

    pub(super) fn is_letter(self) -> bool {
        self <= Self::Letter
    }

    /// The class of any character. ASCII goes through [`TABLE`], which is built from the same rules.
    pub(super) fn of(c: char) -> Self {
        if c.is_ascii() { ascii(c as u8) } else { other(c) }
    }
}

/// The class of every ASCII byte; bytes of longer characters are marked [`Class::End`] and never looked up.
pub(super) const TABLE: [Class; 256] = {
    let mut table = [Class::End; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = ascii(byte as u8);
        byte += 1;
    }
    table
};

const fn ascii(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' => Class::Lower,
        b'A'..=b'Z' => Class::Upper,
        b'0'..=b'9' => Class::Digit,
        b' ' | b'\t'..=b'\r' => Class::Space,
        b'.' => Class::Dot,
        b'!' | b'?' => Class::Stop,
        b',' => Class::Comma,
        b':' | b';' => Class::Colon,
        b'-' => Class::Hyphen,
        b'\'' => Class::Apostrophe,
        b'"' | b'`' => Class::Mark,
        b'(' | b'[' | b'{' => Class::Open,
        b')' | b']' | b'}' => Class::Close,
        _ => Class::Symbol,
    }
}

fn other(c: char) -> Class {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | '′' => Class::Apostrophe,
        '“' | '”' | '„' | '‟' | '«' | '»' | '‚' | '‹' | '›' | '″' => Class::Mark,
        '–' | '—' | '―' | '‒' => Class::Dash,
        '‐' | '‑' => Class::Hyphen,
        '…' => Class::Stop,
        c if joins(c) => Class::Letter,
        c if crate::clean::is_blank(c) => Class::Space,
        c if c.is_lowercase() => Class::Lower,
        c if c.is_uppercase() => Class::Upper,
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_numeric() => Class::Digit,
        _ => Class::Symbol,
    }
}

/// Characters that belong to the one before them.
pub(super) fn joins(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}
