"""Texts that the tests share; all people, places and companies in them are invented."""

from pathlib import Path

SAID = '"The ship sank," Mara Quill said.'
STORY = (
    "TRESSAY (Northline) — “We had no part in it,” Norvia’s spokesman Ælfric Bélanger told reporters on "
    "Monday. 🚢 The harbour board accused Norvia of cutting the cable, a charge the company denied.\n\n"
    "According to Mara Quill, the freighter may have dragged its anchor. “It was not us,” she said."
)

SHARED = next((p / "shared" for p in Path(__file__).resolve().parents if (p / "shared/eval").is_dir()), None)
"""The reference scorers and annotated data, where they are there."""
