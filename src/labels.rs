//! The closed sets of labels. `docs/stance.md` says what each means.

use serde::{Deserialize, Serialize};

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum $name { $($(#[$item])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All of them, in their documented order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for it in every output.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The label with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|label| label.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(crate) use labels;

labels! {
    /// What kind of thing a name names.
    Label {
        Per = "PER",
        Org = "ORG",
        /// A country, region or city with a government.
        Gpe = "GPE",
        Loc = "LOC",
        /// A nationality, religion or political group.
        Norp = "NORP",
        Outlet = "OUTLET",
    }
}

labels! {
    /// How a mention was found.
    Via {
        Gazetteer = "gazetteer",
        /// A name that no list knows, from its shape and surroundings.
        Model = "model",
        Pronoun = "pronoun",
        /// A surname, first name, acronym or short form of something named in full elsewhere.
        Surname = "surname",
        /// A place or seat that speaks for a state or body.
        Metonym = "metonym",
        /// A description without a name ("the ministry").
        Description = "description",
    }
}

labels! {
    /// Why an entity of a document has its place in the corpus.
    Reason {
        /// Its id is that of a list.
        Gazetteer = "gazetteer",
        /// Its name is that of the corpus entity, or differs by case and marks alone.
        Name = "name",
        /// Another spelling or form of the whole name.
        Variant = "variant",
        /// A short form that can mean nothing else in the corpus.
        Short = "short",
        /// A short form of several names, decided by what else is named in the document.
        Context = "context",
        /// A short form of several names that nothing decides: an entity of this document alone.
        Open = "open",
    }
}

labels! {
    /// Whether the content stands in quotation marks: all, none or some of it.
    Kind { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}

labels! {
    /// What kind of source speaks.
    SourceKind {
        Person = "person",
        OfficialGroup = "official_group",
        State = "state",
        Organisation = "organisation",
        Outlet = "outlet",
        Document = "document",
        Anonymous = "anonymous",
        Public = "public",
    }
}

labels! {
    /// What the source does with the content.
    Act {
        Assert = "assert",
        Confirm = "confirm",
        Deny = "deny",
        Accuse = "accuse",
        Criticise = "criticise",
        Praise = "praise",
        Warn = "warn",
        Believe = "believe",
        Disbelieve = "disbelieve",
        Doubt = "doubt",
        Speculate = "speculate",
        Question = "question",
        Intend = "intend",
        Urge = "urge",
        Decline = "decline",
    }
}

labels! {
    /// What the source commits to, in FactBank's terms (Saurí and Pustejovsky, 2009).
    Factuality {
        Certain = "CT+",
        Probable = "PR+",
        Possible = "PS+",
        CertainNot = "CT-",
        ProbableNot = "PR-",
        PossibleNot = "PS-",
        Uncommitted = "Uu",
    }
}

impl Factuality {
    /// The sign: 1 so, -1 not so, 0 uncommitted.
    pub fn polarity(self) -> i8 {
        match self {
            Self::Certain | Self::Probable | Self::Possible => 1,
            Self::CertainNot | Self::ProbableNot | Self::PossibleNot => -1,
            Self::Uncommitted => 0,
        }
    }

    /// The degree in [0, 1]: certain 1, probable 0.75, possible 0.5, uncommitted 0.
    pub fn certainty(self) -> f32 {
        match self {
            Self::Certain | Self::CertainNot => 1.0,
            Self::Probable | Self::ProbableNot => 0.75,
            Self::Possible | Self::PossibleNot => 0.5,
            Self::Uncommitted => 0.0,
        }
    }

    /// The same degree with the other sign.
    pub fn negated(self) -> Self {
        match self {
            Self::Certain => Self::CertainNot,
            Self::Probable => Self::ProbableNot,
            Self::Possible => Self::PossibleNot,
            Self::CertainNot => Self::Certain,
            Self::ProbableNot => Self::Probable,
            Self::PossibleNot => Self::Possible,
            Self::Uncommitted => Self::Uncommitted,
        }
    }

    /// The weaker of two degrees, with this one's sign: the weakest link counts.
    pub fn weakened(self, limit: Self) -> Self {
        let (a, b) = (self.certainty(), limit.certainty());
        if b >= a {
            return self;
        }
        match (self.polarity() < 0, limit.certainty()) {
            (_, 0.0) => Self::Uncommitted,
            (false, c) if c > 0.6 => Self::Probable,
            (false, _) => Self::Possible,
            (true, c) if c > 0.6 => Self::ProbableNot,
            (true, _) => Self::PossibleNot,
        }
    }
}

/// Grammatical gender of a person, where a name, title or list tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

impl Gender {
    /// `m` or `f`.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            _ => None,
        }
    }
}

labels! {
    /// How a text stands towards a claim, in the words of the Fake News Challenge.
    Stance {
        Agree = "agree",
        Disagree = "disagree",
        /// Repeats it without taking a side.
        Discuss = "discuss",
        /// Is about something else.
        Unrelated = "unrelated",
    }
}

labels! {
    /// What a text is, and so which model reads it.
    Form { Headline = "headline", Article = "article" }
}
