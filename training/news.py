"""Raw news as blank CoNLL-U: words and sentences in the manner of UD English EWT, found by rules.

A first version, so that there is text to label. A better tokeniser can take its place: all that follows
reads the CoNLL-U file alone.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from conllu import Sentence, write_sentence

LONGEST = 150
# These never end a sentence: a name or a number follows.
TITLES = """
    Mr Mrs Ms Dr Prof Sen Sens Rep Reps Gov Govs Gen Col Lt Maj Capt Cmdr Sgt Adm Rev Fr Hon Pres Supt Det
    St Mt Ft vs Messrs Atty"""
# These may end one.
SHORT = """
    Jr Sr Inc Corp Co Ltd Bros Assn Dept Univ Ave Blvd Rd etc al approx est
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun
    Calif Conn Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt
    Wash Wis Wyo Ariz Ark Ala Colo Del"""
# Prefixes that the treebanks leave on their words; other compounds are split at the hyphen.
PREFIXES = """
    e co non pre post re un anti semi mid ex pro sub multi inter intra mini pan socio counter neo de bi ultra
    extra infra trans micro mega hyper pseudo quasi geo euro"""
HAND = "'’‘"


def any_of(words: str) -> str:
    return "|".join(words.split())


TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|co\.uk)\b(?:/[\w/.-]*\w)?
    | [@\#][^\W\d]\w*
    | \b(?:{any_of(TITLES)})\.
    | \b(?:{any_of(SHORT)})\.(?=\s*[\w,;:)(]|\s*$)
    | \bNos?\.(?=\s\d)
    | \b(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w]))?
    | \bPh\.?D\.
    | (?<![\w.])[A-HJ-Z]\.(?=\s?[A-Z])
    | \d{{3}}-\d{{3}}-\d{{4}}
    | \d++(?:[.,:/]\d+)*+(?:(?:st|nd|rd|th|s)\b)?
    | (?<!\w)[{HAND}]\d0s\b
    | \b(?i:{any_of(PREFIXES)})-\w+
    | (?<!\w)[{HAND}](?:em|til|cause|tis|twas|n)\b
    | \b[A-Z]{{1,3}}&[A-Z]{{1,3}}\b
    | (?<=[\w.)])[{HAND}](?:s|re|ve|ll|d|m)\b
    | (?:US|C|A|NZ|HK)\$
    | [^\W\d_]\w*(?:[{HAND}][^\W\d_]+)*
    | \w+
    | \.{{2,}} | … | -{{2,}} | [!?]+ | '' | `` | \*+ | _+
    | \S
    """,
    re.VERBOSE,
)
CLITIC = re.compile(rf"(?i)^(.+?)(n[{HAND}]t|[{HAND}](?:s|re|ve|ll|d|m))$")
FUSED = {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3}
CLOSERS = {'"', "”", "’", "'", "''", ")", "]"}
OPENERS = {'"', "“", "‘", "'", "``", "(", "[", "*", "•"}
SPEAKS = {"said", "says", "asked", "asks", "told", "wrote", "added", "tweeted", "replied", "shouted"}
STARTERS = set(
    """The This That These Those A An He She It They We You I His Her Its Their Our My But And Or So In On At
    For From With By As If When While After Before Although Though However Meanwhile There Here What Who Why
    How Where Some Many Most All No Not""".split()
)


@dataclass
class Token:
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    tokens = []
    for match in TOKEN.finditer(text):
        word, start = match.group(), match.start()
        cut = FUSED.get(word.lower())
        clitic = CLITIC.match(word)
        if cut is None and clitic and word[0] not in "@#":
            cut = clitic.start(2)
        if cut:
            tokens.append(Token(word[:cut], start, start + cut))
            tokens.append(Token(word[cut:], start + cut, match.end()))
        else:
            tokens.append(Token(word, start, match.end()))
    return tokens


def touches(tokens: list[Token], i: int) -> bool:
    """Whether no space stands before token `i`."""
    return tokens[i].start == tokens[i - 1].end


def split_sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    """The sentences of a paragraph."""
    begin = i = 0
    while i < len(tokens):
        after = i + 1
        while after < len(tokens) and tokens[after].text in CLOSERS and touches(tokens, after):
            after += 1
        if ends_sentence(tokens, i, after):
            yield tokens[begin:after]
            begin = i = after
        else:
            i += 1
    if begin < len(tokens):
        yield tokens[begin:]


def ends_sentence(tokens: list[Token], i: int, after: int) -> bool:
    """Whether a sentence ends at token `i`, with its closing marks before token `after`."""
    mark = tokens[i].text
    if after >= len(tokens) or touches(tokens, after):
        return False
    following = [t.text for t in tokens[after : after + 6]]
    while following and following[0] in OPENERS:
        following.pop(0)
    if not following:
        return False
    capital = following[0][0].isupper()
    if mark in {".", "...", "…", "...."}:
        return capital or (mark == "." and following[0][0].isdigit())
    if mark[0] in "!?":
        # "Is it?" Norvia said.
        asked = after > i + 1 and any(word in SPEAKS for word in following[:4])
        return (capital or following[0][0].isdigit()) and not asked
    if len(mark) > 2 and mark.endswith(".") and mark[:-1] not in TITLES.split():
        return after > i + 1 or following[0] in STARTERS
    return False


def sentences(identity: str, paragraphs: list[str], seen: set[str]) -> Iterator[Sentence]:
    """Blank sentences of a text, without paragraphs met before, such as notes that a publisher repeats."""
    count = 0
    for paragraph in paragraphs:
        paragraph = " ".join(paragraph.split())
        if not paragraph or paragraph in seen:
            continue
        seen.add(paragraph)
        first = True
        for tokens in split_sentences(tokenize(paragraph)):
            if len(tokens) > LONGEST:
                continue
            comments = [] if count else [f"# newdoc id = {identity}"]
            if first:
                comments.append("# newpar")
            count, first = count + 1, False
            text = paragraph[tokens[0].start : tokens[-1].end]
            comments += [f"# sent_id = {identity}-{count:04}", f"# text = {text}"]
            glued = [touches(tokens, i) for i in range(1, len(tokens))] + [False]
            misc = ["SpaceAfter=No" if g else "_" for g in glued]
            yield Sentence([t.text for t in tokens], misc=misc, comments=comments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    args = parser.parse_args()
    seen: set[str] = set()
    count = words = 0
    with args.out.open("w", encoding="utf-8") as out:
        for name in ("polnear", "newsmtsc"):
            # Training parts alone: what a student is measured on must not be among its texts.
            for line in (args.data / name / "train.jsonl").read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                for sentence in sentences(record["id"], record["text"].split("\n\n"), seen):
                    write_sentence(out, sentence)
                    count += 1
                    words += len(sentence.words)
    print(f"{count} sentences, {words} words")


if __name__ == "__main__":
    main()
