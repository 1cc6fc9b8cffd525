"""Canonical names compared: case, accents, punctuation and a leading article do not count."""

import unicodedata
from typing import Any

# Short names that gold and predictions may use for the same entity.
ALIASES = {
    "united states": ("us", "usa", "united states of america", "us government", "american government"),
    "republican party": ("gop", "republicans"),
    "democratic party": ("democrats",),
    "federal bureau of investigation": ("fbi",),
    "central intelligence agency": ("cia",),
    "united states department of justice": (
        "justice department",
        "department of justice",
        "us department of justice",
    ),
    "united states department of state": (
        "state department",
        "department of state",
        "us department of state",
    ),
    "republican national committee": ("rnc",),
    "democratic national committee": ("dnc",),
    "united states congress": ("congress", "us congress"),
    "united states senate": ("senate", "us senate"),
    "supreme court of the united states": (
        "supreme court",
        "us supreme court",
        "united states supreme court",
    ),
    "new york times": ("nyt",),
    "north atlantic treaty organization": ("nato",),
    "united kingdom": ("uk", "britain", "great britain"),
}
CANON = {alias: name for name, aliases in ALIASES.items() for alias in aliases}


def norm(name: Any) -> str | None:
    """The name in a form to compare; None where there is none."""
    if not name:
        return None
    bare = unicodedata.normalize("NFKD", str(name)).casefold()
    return "".join(c for c in bare if c.isalnum() or c == " ").removeprefix("the ").strip()


def same_name(gold: Any, said: Any) -> bool:
    """Whether two name the same; gold that names several ("A; B") is met by any of them."""
    return bool(_all_names(gold) & _all_names(said))


def _all_names(text: Any) -> set[str]:
    names = (norm(part) for part in str(text or "").split(";"))
    return {CANON.get(name, name) for name in names if name is not None}
