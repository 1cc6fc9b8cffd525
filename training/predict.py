"""Labels of sentences by a trained teacher."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
from decode import legal_names, tree
from encoder import WordPieces
from teacher import NAMES, Teacher, make_batch, piece_count

PIECES_PER_BATCH = 3000


@dataclass
class Prediction:
    xpos: list[str]
    upos: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[str]
    # The smaller one of the probabilities of tag and head.
    confidence: list[float]


def predict(
    teacher: Teacher, split: WordPieces, sentences: list[list[str]], workers: ThreadPoolExecutor
) -> list[Prediction]:
    """One prediction for each sentence, in their order; sentences of near length share a batch."""
    counts = [piece_count(words, split) for words in sentences]
    order = sorted(range(len(sentences)), key=counts.__getitem__)
    groups: list[list[int]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * counts[i] > PIECES_PER_BATCH:
            groups.append([])
        groups[-1].append(i)

    def work(group: list[int]) -> list[Prediction]:
        return predict_batch(teacher, split, [sentences[i] for i in group])

    found: dict[int, Prediction] = {}
    for group, predictions in zip(groups, workers.map(work, groups), strict=True):
        found |= zip(group, predictions, strict=True)
    return [found[i] for i in range(len(sentences))]


@torch.inference_mode()
def predict_batch(teacher: Teacher, split: WordPieces, sentences: list[list[str]]) -> list[Prediction]:
    scores = teacher(make_batch(sentences, split))
    tag_odds, tag_best = scores.tags.softmax(-1).max(-1)
    head_scores = scores.heads.log_softmax(-1)
    trees = [
        tree(head_scores[b, : len(words), : len(words) + 1].double().numpy())
        for b, words in enumerate(sentences)
    ]
    # All words of the batch in a row.
    rows = torch.tensor([b for b, heads in enumerate(trees) for _ in heads])
    places = torch.tensor([i for heads in trees for i in range(len(heads))])
    heads_at = torch.tensor([head for heads in trees for head in heads])
    rel = teacher.relations(scores.rel_dependent[rows, places], scores.rel_head[rows, heads_at])
    # The label "root" and the head 0 go together.
    root = teacher.labels.deprels.index("root")
    rel[:, root] = torch.where(heads_at == 0, 1e9, -1e9)
    head_odds = head_scores[rows, places, heads_at].exp()
    confidence = torch.minimum(tag_odds[rows, places], head_odds).tolist()
    tags = [teacher.labels.tags[t].split(" ") for t in tag_best[rows, places].tolist()]
    deprels = [teacher.labels.deprels[r] for r in rel.argmax(-1).tolist()]
    predictions = []
    start = 0
    for b, heads in enumerate(trees):
        end = start + len(heads)
        predictions.append(
            Prediction(
                xpos=[xpos for xpos, _ in tags[start:end]],
                upos=[upos for _, upos in tags[start:end]],
                heads=heads,
                deprels=deprels[start:end],
                names=legal_names(scores.names[b, : len(heads)].double().numpy(), NAMES),
                confidence=confidence[start:end],
            )
        )
        start = end
    return predictions
