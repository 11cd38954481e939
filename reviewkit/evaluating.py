"""How right are the rules, on reviews they were written against and on reviews they were not?

`evaluate` holds the machine's reading against the key of every labelled corpus, beside two baselines (the
most frequent label; a list of keywords) and the two annotators' agreement with each other, with intervals
over reviews. `misreadings` gives every miss and every false alarm with its words. Only the rows marked
`test` say how the rules do on reviews that nobody who wrote them had seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from . import readings, scoring, tables
from .comparisons.sampling import interval
from .corpus import Corpus, labelled_corpora, load
from .errors import TableError
from .rulebook import LAYERS
from .scoring import Counts, Question

__all__ = ["MEANS", "evaluate", "misreadings"]

MEANS: dict[Question, tuple[str, ...]] = {
    ("perspective", "mean of three"): ("book-reader", "film-only", "unstated"),
    ("structure", "description and comment"): ("description", "comment"),
    ("structure", "ten stages"): scoring.STAGES,
    ("devices", "mean of five"): ("concession", "grounds", "hedge", "question", "ethos"),
}
"""Figures that are means of the F1 of several labels."""

# A list of keywords, the baseline that rules must beat: (layer, label) and words, ten lines.
_KEYWORDS = (
    ("perspective", "film-only", ("haven't read", "have not read", "not read the book")),
    ("perspective", "book-reader", ("read the book", "read the novel", "in the book")),
    ("spoilers", "warning", ("spoiler",)),
    ("spoilers", "withholding", ("give away", "won't reveal", "won't spoil")),
    ("spoilers", "major", ("dies", "killed", "death", "secret", "in the end")),
    ("devices", "concession", ("but ", "although", "however")),
    ("devices", "hedge", ("i think", "maybe", "perhaps", "seems")),
    ("devices", "grounds", ("the scene",)),
    ("devices", "question", ("?",)),
    ("devices", "ethos", ("as a ", "i teach", "years")),
)
_STAGE_WORDS = (
    ("performance", ("acting", "actor", "performance", "plays")),
    ("comparison", ("book", "novel", "than")),
    ("response", ("i felt", "i cried", "made me")),
    ("address", ("recommend", "you should", "spoiler")),
    ("craft", ("music", "director", "photography", "pace")),
    ("overall", ("film", "movie")),
)


_PLACE = ("review_id", "start", "end")


class _Held(NamedTuple):
    """A corpus held against its key: counts of each method, (reviews, 3) for each question."""

    corpus: str
    use: str
    rules: dict[Question, Counts]
    without_work: dict[Question, Counts]
    frequent: dict[Question, Counts]
    keywords: dict[Question, Counts]
    annotators: dict[Question, Counts]


def evaluate(
    corpora: Sequence[Corpus] | None = None, *, resamples: int = 2000, seed: int = 1
) -> pd.DataFrame:
    """How right the rules are, for each corpus, layer and label.

    Takes labelled corpora (default: all that the kit has). Gives one row for each question: corpus (`all
    test` pools those of use `test`), use (`written against` or `test`), layer, label, n (in the key),
    precision, recall, f1, low and high (95 % bootstrap interval of f1 over reviews), without_work,
    most_frequent, keywords (f1 of the rules without a work file and of the two baselines), annotators (f1
    between the two). `handling` is accuracy throughout. Raises `TableError` for a corpus without labels.
    """
    held = [_hold(corpus) for corpus in (labelled_corpora() if corpora is None else corpora)]
    tests = [each for each in held if each.use == "test"]
    if len(tests) > 1:
        held.append(_pooled(tests))
    rows = [row for each in held for row in _rows(each, np.random.default_rng(seed), resamples)]
    columns = ["corpus", "use", "layer", "label", "n", "precision", "recall", "f1", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "without_work", "most_frequent", "keywords", "annotators"])


def misreadings(corpus: Corpus | str, layer: str) -> pd.DataFrame:
    """Every miss and false alarm of the rules on one layer, with the words.

    Gives review_id, what (`miss`, `false alarm` or `other label`), start, end, text, key, rule (the
    labels), by (the rule's name) and cues. Sentences are compared for `structure` and grades, spans
    elsewhere.
    """
    corpus = load(corpus) if isinstance(corpus, str) else corpus
    key = corpus.key[corpus.key["layer"] == layer]
    found = readings.read(corpus, layer)
    rows = []
    for wanted in key.itertuples():
        met = found[_meets(found, wanted)]
        if wanted.label in set(met["label"]) or wanted.runner_up in set(met["label"]):
            continue
        said = met.iloc[0] if len(met) and layer == "structure" else None
        what = "miss" if said is None else "other label"
        rest = (None, None, None) if said is None else (said["label"], said["rule"], said["cues"])
        rows.append((wanted.review_id, what, wanted.start, wanted.end, wanted.text, wanted.label, *rest))
    if layer != "structure":
        for got in found.itertuples():
            met = key[_meets(key, got)]
            if got.label != "set-aside" and got.label not in set(met["label"]):
                rows.append(
                    (
                        got.review_id,
                        "false alarm",
                        got.start,
                        got.end,
                        got.text,
                        None,
                        got.label,
                        got.rule,
                        got.cues,
                    )
                )
    columns = ["review_id", "what", "start", "end", "text", "key", "rule", "by", "cues"]
    return pd.DataFrame(rows, columns=columns).sort_values(["review_id", "start"], ignore_index=True)


def _meets(table: pd.DataFrame, row: Any) -> pd.Series:
    found: pd.Series = (
        (table["review_id"] == row.review_id) & (table["start"] < row.end) & (table["end"] > row.start)
    )
    return found


# ---- one corpus ----


def _hold(corpus: Corpus) -> _Held:
    labels = corpus.labels
    if not labels:
        raise TableError(f"Nobody has labelled {corpus.name!r}: there is no key to hold the rules against.")
    sentences = tables.sentences(corpus.page.reviews)
    reviews = list(dict.fromkeys(corpus.verdicts["review_id"]))

    def of(source: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        return (
            labels.evidence[labels.evidence["source"] == source],
            labels.verdicts[labels.verdicts["source"] == source],
        )

    key = of("key")
    given = {
        "rules": _by_rules(corpus, corpus.work),
        "without_work": _by_rules(corpus, None),
        "frequent": _by_frequency(key, sentences, reviews),
        "keywords": _by_keywords(corpus, sentences),
    }
    counts = {name: scoring.counted(key, each, sentences, reviews) for name, each in given.items()}
    between = scoring.counted(of("annotator-1"), of("annotator-2"), sentences, reviews)
    return _Held(corpus.name, corpus.use, **counts, annotators=between)


def _by_rules(corpus: Corpus, work: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = {layer: readings.read(corpus, layer, work=work) for layer in LAYERS}
    verdicts = [readings.decide(found[layer], corpus) for layer in ("perspective", "spoilers")]
    return pd.concat(found.values(), ignore_index=True), pd.concat(verdicts, ignore_index=True)


def _by_frequency(
    key: tuple[pd.DataFrame, pd.DataFrame], sentences: pd.DataFrame, reviews: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every sentence has the stage that most have, every review the verdict that most have; no spans."""
    stage = key[0].loc[key[0]["layer"] == "structure", "label"].mode().iloc[0]
    evidence = sentences[["review_id", "start", "end"]].assign(layer="structure", label=stage, runner_up=None)
    made = [
        pd.DataFrame({"review_id": reviews, "layer": layer, "label": rows["label"].mode().iloc[0]})
        for layer, rows in key[1].groupby("layer")
    ]
    return evidence, pd.concat(made, ignore_index=True)


def _by_keywords(corpus: Corpus, sentences: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first keyword that a sentence has decides; a review has the verdict of its first sentence that
    has one."""
    rows = []
    for review, start, end, text in zip(*(sentences[c] for c in _PLACE), sentences["text"], strict=True):
        plain = text.lower().replace("’", "'")
        for layer in ("perspective", "spoilers", "devices"):
            found = [
                label for of, label, words in _KEYWORDS if of == layer and any(w in plain for w in words)
            ]
            chosen = found if layer == "devices" else found[:1]
            rows += [(review, layer, label, start, end, "keywords") for label in chosen]
        stage = next((stage for stage, words in _STAGE_WORDS if any(w in plain for w in words)), "plot")
        rows.append((review, "structure", stage, start, end, "keywords"))
    columns = ["review_id", "layer", "label", "start", "end", "source"]
    evidence = pd.DataFrame(rows, columns=columns).assign(runner_up=None, rule=None)
    evidence.attrs["layers"] = ["perspective", "spoilers"]
    return evidence, readings.decide(evidence, corpus)


# ---- all corpora ----


def _pooled(held: Sequence[_Held]) -> _Held:
    def joined(name: str) -> dict[Question, Counts]:
        return {q: np.concatenate([getattr(each, name)[q] for each in held]) for q in held[0].rules}

    names = ("rules", "without_work", "frequent", "keywords", "annotators")
    return _Held("all test", "test", **{name: joined(name) for name in names})


def _rows(held: _Held, rng: np.random.Generator, resamples: int) -> list[tuple[object, ...]]:
    size = len(next(iter(held.rules.values())))
    weights = rng.multinomial(size, np.full(size, 1 / size), size=resamples)
    rows: list[tuple[object, ...]] = []
    for layer, label in [*held.rules, *MEANS]:
        parts = [(layer, each) for each in MEANS.get((layer, label), (label,))]
        n = sum(int(held.rules[part][:, [0, 2]].sum()) for part in parts)
        if not n:
            continue
        single = len(parts) == 1
        total = held.rules[parts[0]].sum(0)
        figures = (scoring.precision(total), scoring.recall(total)) if single else (np.nan, np.nan)
        low, high = interval(_mean_f1(held.rules, parts, weights), size)
        others = (held.without_work, held.frequent, held.keywords, held.annotators)
        f1s = [float(_mean_f1(counts, parts)) for counts in (held.rules, *others)]
        rows.append(
            (
                held.corpus,
                held.use,
                layer,
                label,
                n,
                *map(float, figures),
                f1s[0],
                low,
                high,
                *f1s[1:],
            )
        )
    return rows


def _mean_f1(counts: dict[Question, Counts], parts: Sequence[Question], weights: Any = None) -> Counts:
    """The mean F1 of several labels, over all reviews or over each resample; labels that never occur are
    left out."""
    sums = [counts[part].sum(0) if weights is None else weights @ counts[part] for part in parts]
    each = np.array([scoring.f1(total) for total in sums])
    known = ~np.isnan(each)
    filled = np.where(known, each, 0).sum(0)
    found: Counts = np.where(known.any(0), filled / np.maximum(known.sum(0), 1), np.nan)
    return found
