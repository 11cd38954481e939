"""From text to evidence, and from evidence to a verdict: the machine's reading, by rules that one can read.

`read` asks one question of every review and gives a table of evidence; `decide` gives one verdict per
review from evidence of any source. One module per question: perspective, spoilers, structure, devices,
sentiment.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from .. import schema
from ..errors import TableError
from ..handling import handlings
from ..rulebook import LAYERS, compiled
from ..works import Work, read_work
from .parts import as_written, shown, told
from .perspective import perspectives

__all__ = ["READINGS", "decide", "read"]

READINGS = (*LAYERS, "sentiment")
"""The layers that `read` knows."""


def read(
    source: Any,
    layer: str,
    *,
    work: Work | str | Path | None = "its own",
    rules: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What the rules find in reviews on one question, with the words that decided it.

    `source` is a corpus, a page, or a table with review_id and text. `layer` is `perspective`, `spoilers`,
    `structure`, `devices` or `sentiment`. `work` is the work that the reviews are about: a name, a file, or
    None for none; left out, the corpus's own. `rules` is an edited copy of `rk.rules(layer)`. Gives a table
    of evidence, in the order of the reviews and their words, `source` being `rule`. Raises `TableError` for
    an unknown layer or a table without text, and `WorkError` for a work or a cue that cannot be read.
    """
    if layer not in READINGS:
        close = get_close_matches(str(layer), READINGS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise TableError(f"There is no reading {layer!r}.{hint} There is: {', '.join(READINGS)}.")
    reviews = as_written(source)
    known = _work(source, work)
    module = import_module(f".{layer}", __name__)
    ruleset = compiled(layer, known, rules) if layer in LAYERS else None
    columns: dict[str, list[object]] = {name: [] for name in schema.TABLES["evidence"]}
    with _uncollected():
        for review_id, text in zip(reviews["review_id"], reviews["text"].fillna(""), strict=True):
            for found in module.find(told(text), ruleset, known):
                values = (
                    review_id,
                    layer,
                    found.label,
                    found.start,
                    found.end,
                    text[found.start : found.end],
                )
                rest = (found.rule or None, found.cues or None, found.runner_up or None, "rule")
                for column, value in zip(columns.values(), (*values, *rest), strict=True):
                    column.append(value)
    evidence = schema.frame("evidence", columns)
    evidence = shown(source, evidence)
    evidence.attrs["layers"] = [layer]
    return evidence


def decide(evidence: pd.DataFrame, source: Any) -> pd.DataFrame:
    """One verdict per review on perspective and on spoilers, from evidence of any source.

    `evidence` is a table of evidence; `source` what it was read from (a corpus, a page, or a table of
    reviews), since a review without evidence has a verdict too. Gives a table of verdicts, for the layers
    that were read.
    """
    reviews = as_written(source)
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "source"))
    asked = evidence.attrs.get("layers") or list(dict.fromkeys(evidence["layer"]))
    makers = {"perspective": perspectives, "spoilers": handlings}
    made = [make(evidence, reviews) for layer, make in makers.items() if layer in asked]
    return pd.concat(made, ignore_index=True) if made else schema.empty("verdicts")


def _work(source: Any, work: Work | str | Path | None) -> Work | None:
    if work == "its own":
        return getattr(source, "work", None)
    return read_work(work) if isinstance(work, str | Path) else work


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare Python its search for circles among what is made here: there are none, and it takes an eighth of
    the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
