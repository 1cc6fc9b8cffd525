//! The tags of words and the relations between them, as the English treebanks of Universal Dependencies have them.

use crate::labels::labels;
use serde::{Deserialize, Serialize};

labels! {
    /// Universal part of speech.
    Pos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Fine tag: that of the Penn treebank, with the additions of the English Web Treebank.
    Fine {
        Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS",
        Ls = "LS", Md = "MD", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS",
        Prp = "PRP", PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO",
        Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT",
        Wp = "WP", WpPoss = "WP$", Wrb = "WRB", Dollar = "$", Close = "''", Open = "``", Comma = ",",
        Stop = ".", Colon = ":", LeftBracket = "-LRB-", RightBracket = "-RRB-", Hyphen = "HYPH",
        Nfp = "NFP", Add = "ADD", Afx = "AFX", Gw = "GW", Xx = "XX",
        /// None: a treebank may have universal tags alone.
        Blank = "_",
    }
}

labels! {
    /// Relation of a word to its head.
    Rel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Rel {
    /// The relation without its subtype: "nsubj:pass" is a "nsubj".
    pub fn base(self) -> Rel {
        let name = self.name().split(':').next().unwrap_or("");
        Rel::from_name(name).unwrap_or(self)
    }

    /// The relation of a treebank, which may have subtypes that English does not.
    pub fn read(name: &str) -> Option<Rel> {
        Rel::from_name(name).or_else(|| Rel::from_name(name.split(':').next()?))
    }
}

/// A word's two tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tags {
    /// Universal.
    pub pos: Pos,
    /// Fine.
    pub fine: Fine,
}

impl Default for Tags {
    fn default() -> Self {
        Self { pos: Pos::X, fine: Fine::Blank }
    }
}
