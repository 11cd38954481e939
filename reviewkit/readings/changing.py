"""What would move if a rule were changed? Two sets of rules on the same reviews, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..errors import TableError
from . import decide, read

__all__ = ["compare_rules"]

_VERDICTS = ("perspective", "spoilers")


def compare_rules(
    source: Any, layer: str, rules: pd.DataFrame, *, than: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What changes on a corpus when an edited copy of `rk.rules(layer)` takes the place of the kit's rules.

    `than` is what to compare with, in place of the kit's own rules. Gives one row for each verdict
    (`perspective` and `spoilers`), then for each sentence or span, that is not the same: review_id, of
    (`verdict` or `evidence`), start, end, text, before, after (labels; missing where there is none), by
    (the rule). Empty where nothing moves. Raises `TableError` for a table that holds no rules, `WorkError`
    for a cue that cannot be read.

    >>> import reviewkit as rk
    >>> mine = rk.rules("perspective").query("label != 'film-only'")
    >>> moved = compare_rules(rk.load("never-let-me-go"), "perspective", mine)
    >>> moved["after"].iloc[0]
    'unstated'
    """
    if not isinstance(rules, pd.DataFrame):
        raise TableError(
            f"A table of rules was expected, not {type(rules).__name__}: edit a copy of rk.rules(layer)."
        )
    before, after = read(source, layer, rules=than), read(source, layer, rules=rules)
    moved = [_evidence(before, after)]
    if layer in _VERDICTS:
        moved.insert(0, _verdicts(decide(before, source), decide(after, source)))
    return pd.concat(moved, ignore_index=True)


_COLUMNS = ["review_id", "of", "start", "end", "text", "before", "after", "by"]


def _verdicts(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The reviews whose verdict moved."""
    both = before.merge(after, on=["review_id", "layer"], suffixes=("_before", "_after"))
    both = both[both["label_before"] != both["label_after"]]
    shown = both.rename(columns={"label_before": "before", "label_after": "after"}).assign(of="verdict")
    return shown.reindex(columns=_COLUMNS)


def _evidence(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The words whose label moved, came or went, in the order of the text."""
    place = ["review_id", "start", "end", "text"]
    sides = [
        table[[*place, "label", "rule"]]
        .drop_duplicates([*place, "label"])
        .rename(columns={"rule": f"by_{name}"})
        for name, table in (("before", before), ("after", after))
    ]
    both = sides[0].merge(sides[1], on=[*place, "label"], how="outer", indicator=True)
    gone, come = (both[both["_merge"] == side] for side in ("left_only", "right_only"))
    moved = gone.merge(come, on=place, how="outer", suffixes=("_gone", "_come"))
    moved["by"] = moved["by_after_come"].fillna(moved["by_before_gone"])
    moved = moved.rename(columns={"label_gone": "before", "label_come": "after"}).assign(of="evidence")
    return moved.sort_values(["review_id", "start", "end"]).reindex(columns=_COLUMNS)
