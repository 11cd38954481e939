"""What is shown of one place? Its words in their context, who said what, and the key when it is asked for.

Texts are cut here, under the veil; a covered place comes without its words, its notes and its quotations.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ... import schema
from ...comparisons.together import Readings
from ...looks.blocks import shown
from ...marks.events import text_sha
from ...veiling import GIVES_AWAY, Covered, Veil
from ..comparing._context import cut
from ..reading import _covers
from ..reading._cuts import pieces
from ..reading._sheets import Sheets
from ..reading._words import tokens
from . import _together as drawn

__all__ = ["Places"]

_LISTED = 180  # characters of a place in the list


class Places:
    """The places of a class's readings, under a veil that can be lifted sentence by sentence."""

    def __init__(
        self,
        reviews: pd.DataFrame,
        texts: dict[str, str],
        sentences: pd.DataFrame,
        evidence: pd.DataFrame,
        veil: Veil,
        data: Any,
        key: pd.DataFrame | None,
    ) -> None:
        self._texts, self._veil = texts, veil
        self._none = schema.empty("evidence")
        self._sheets = Sheets(reviews, texts, self._none, veil)
        self._uncovered: set[tuple[str, int]] = set()
        given = reviews["position"] if "position" in reviews else pd.Series(dtype="Int64")
        numbers = [n if pd.isna(p) else int(p) for n, p in enumerate(given.reindex(reviews.index), 1)]
        self._numbers = dict(zip(reviews["review_id"], numbers, strict=True))
        self._of: dict[str, list[tuple[int, int]]] = {}
        for review, start, end in zip(
            sentences["review_id"], sentences["start"], sentences["end"], strict=True
        ):
            self._of.setdefault(review, []).append((int(start), int(end)))
        self._notes = _notes(evidence)
        self._key, self._verdicts = _key(data, key, set(evidence["source"]))

    @property
    def has_key(self) -> bool:
        """Whether there is anything to hold against the class."""
        return len(self._key) > 0 or len(self._verdicts) > 0

    def put_on(self, veil: Veil) -> None:
        """Another veil, closed."""
        self._veil = veil
        self._uncovered.clear()
        self._sheets.put_on(veil)

    def lift(self, review: str, at: int, up: bool) -> None:
        """Uncover, or cover again, the sentence that starts at `at`, or those that the words there lie in."""
        if review not in self._texts:
            return
        for each in self._veil.covered(review):
            if each.start <= at < each.end or each.start == at:
                (self._uncovered.add if up else self._uncovered.discard)((review, each.start))
                self._sheets.lift(review, each.start, up)
        if at == _covers.TITLE:
            self._sheets.lift(review, at, up)

    def _over(self, review: str, start: int, end: int) -> list[Covered]:
        covers = _covers.covered(self._veil, review, self._uncovered)
        return [c for c in covers if c.start < end and start < c.end]

    def row(self, readings: Readings, n: int) -> dict[str, Any]:
        """A place in the list: its words, or what covers them, and how often each label was given."""
        place = readings.places.iloc[n]
        review, start, end = str(place["review_id"]), int(place["start"]), int(place["end"])
        told: dict[str, Any] = {"row": n, "review": self._numbers[review], "about": _named(place["about"])}
        counts = [
            (readings.labels[c], int((readings.codes[n] == c).sum())) for c in range(len(readings.labels))
        ]
        ranked = sorted((c for c in counts if c[1]), key=lambda each: -each[1])
        told["counts"] = [{"label": shown(label), "n": count} for label, count in ranked]
        if readings.layer.kind == "reviews":
            covers = _covers.covered(self._veil, review, self._uncovered)
            return told | {"parts": [{"t": shown(_covers.beginning(self._texts[review], covers))}]}
        hits = [(start, end)] if readings.layer.kind == "spans" else []
        if hits:
            near = [(a, b) for a, b in self._of.get(review, ()) if a < end and start < b] or hits
            start, end = min(start, near[0][0]), max(end, near[-1][1])
        if over := self._over(review, start, end):
            says = f"Covered: {GIVES_AWAY[max(c.grade for c in over)]}, {self._veil.whose}"
            return told | {"covered": says}
        if hits and hits[0][0] - start > _LISTED // 2:
            start = self._texts[review].rfind(" ", start, hits[0][0] - _LISTED // 4) + 1
            told["cut"] = True
        last = end if end - start <= _LISTED + 20 else max(start + _LISTED, *(b for _, b in hits or [(0, 0)]))
        parts = cut(self._texts[review], start, last, hits)
        return told | {
            "parts": [
                *([{"t": "… "}] if "cut" in told else []),
                *parts,
                *([] if last == end else [{"t": "…"}]),
            ]
        }

    def place(self, readings: Readings, n: int, *, key: bool) -> dict[str, Any]:
        """A place ready to draw and to decide on."""
        row = readings.places.iloc[n]
        review, start, end = str(row["review_id"]), int(row["start"]), int(row["end"])
        layer, kind = readings.layer, readings.layer.kind
        first, last = self._window(review, start, end, kind)
        covered = bool(self._over(review, start, end)) and kind != "reviews"
        notes = {} if covered else self._said(readings, n)
        spans = [self._quoted(review, each) for each in drawn.span_of(readings, n)] if kind == "spans" else []
        words = [t for t in tokens(self._texts[review]) if t.kind == "word" and first <= t.start < last]
        return {
            "row": n,
            "kind": kind,
            "layer": layer.layer,
            "about": _named(row["about"]),
            "review_id": review,
            "number": self._numbers[review],
            "start": start,
            "end": end,
            "sha": text_sha(self._texts[review]),
            "quote": "" if covered or kind == "reviews" else self._texts[review][start:end],
            "covered": covered,
            "paragraphs": self._context(review, (start, end), (first, last), spans),
            "said": drawn.said_of(readings, n, notes),
            "missing": int((readings.codes[n] < 0).sum()),
            "choices": drawn.choices(readings, n),
            "spans": spans,
            "words": {"starts": [w.start for w in words], "ends": [w.end for w in words]}
            if kind == "spans"
            else None,
            "key": self._key_on(readings, n, review, start, end) if key else None,
        }

    def sheet(self, review: str, start: int, end: int) -> dict[str, Any]:
        """The whole review, the place in it lit."""
        return self._sheets.sheet(review, (start, end)) | {"number": self._numbers[review]}

    def _window(self, review: str, start: int, end: int, kind: str) -> tuple[int, int]:
        """From where to where the context goes: a sentence before the place, and one behind it."""
        near = self._of.get(review, [])
        if kind == "reviews" or not near:
            return 0, near[min(2, len(near) - 1)][1] if near else len(self._texts[review])
        touched = [i for i, (a, b) in enumerate(near) if a < end and start < b] or [0]
        return min(start, near[max(0, touched[0] - 1)][0]), max(
            end, near[min(len(near) - 1, touched[-1] + 1)][1]
        )

    def _context(
        self, review: str, aimed: tuple[int, int], window: tuple[int, int], spans: list[dict[str, Any]]
    ) -> list[list[dict[str, Any]]]:
        text, veil = self._texts[review], self._veil
        covers = _covers.covered(veil, review, self._uncovered)
        open_ = _covers.bare(veil, review, self._uncovered)
        edges = [
            window,
            *((c.start, c.end) for c in (*covers, *open_)),
            *((s["start"], s["end"]) for s in spans),
        ]
        target = None if aimed[1] - aimed[0] >= len(text.rstrip()) else aimed
        made = _covers.draped(
            pieces(text, self._none, target, words=bool(spans), also=edges), covers, open_, veil.whose
        )
        inside = [
            [p for p in parts if window[0] <= p.get("at", p.get("again", 0)) < window[1]] for parts in made
        ]
        return [parts for parts in inside if parts]

    def _quoted(self, review: str, span: dict[str, Any]) -> dict[str, Any]:
        over = self._over(review, span["start"], span["end"])
        words = " ".join(self._texts[review][span["start"] : span["end"]].split())
        return span | {"quote": None if over else shown(words)}

    def _said(self, readings: Readings, n: int) -> dict[tuple[str, int], str]:
        """What people noted beside their marks here."""
        row = readings.places.iloc[n]
        found = {}
        for at, name in enumerate(readings.people):
            for start, end, note in self._notes.get((name, str(row["review_id"]), readings.layer.layer), ()):
                if start < row["end"] and row["start"] < end:
                    found[name, at] = note
        return found

    def _key_on(self, readings: Readings, n: int, review: str, start: int, end: int) -> list[dict[str, Any]]:
        """What the key and its annotators say of a place."""
        layer = readings.layer
        if layer.kind == "reviews":
            rows = self._verdicts[
                (self._verdicts["review_id"] == review) & (self._verdicts["layer"] == layer.layer)
            ]
            return [
                _row(source, label, "", None)
                for source, label in zip(rows["source"], rows["label"], strict=True)
            ]
        rows = self._key[(self._key["review_id"] == review) & (self._key["layer"] == layer.layer)]
        rows = rows[(rows["start"] < end) & (rows["end"] > start)]
        if layer.layer == "spoilers":
            rows = rows[rows["label"].isin(["warning", "withholding"]) == (layer.kind == "spans")]
        found = []
        for row in rows.to_dict("records"):
            covered = bool(self._over(review, int(row["start"]), int(row["end"])))
            quote = "" if layer.kind == "sentences" or covered else shown(str(row["text"]))
            why = None if covered or pd.isna(row["cues"]) else shown(str(row["cues"]))
            label = str(row["label"]) + ("" if pd.isna(row["runner_up"]) else f" (or {row['runner_up']})")
            found.append(_row(str(row["source"]), label, quote, why))
        silent = [
            s for s in dict.fromkeys(self._key["source"]) if s not in {each["source"] for each in found}
        ]
        judged = self._key[self._key["review_id"] == review]["source"]
        found += [_row(s, "none", "", None) for s in silent if (judged == s).any()]
        return sorted(found, key=lambda each: (each["source"] != "key", each["source"]))


def _row(source: str, label: str, quote: str, why: str | None) -> dict[str, Any]:
    return {"source": shown(source), "label": shown(label), "quote": quote, "why": why}


def _named(label: Any) -> str | None:
    return None if label is None or pd.isna(label) else shown(str(label))


def _notes(evidence: pd.DataFrame) -> dict[tuple[str, str, str], list[tuple[int, int, str]]]:
    rows = evidence[evidence["cues"].notna()]
    found: dict[tuple[str, str, str], list[tuple[int, int, str]]] = {}
    columns = (rows[name] for name in ("source", "review_id", "layer", "start", "end", "cues"))
    for who, review, layer, start, end, note in zip(*columns, strict=True):
        found.setdefault((who, review, layer), []).append((int(start), int(end), str(note)))
    return found


def _key(data: Any, key: pd.DataFrame | None, there: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The key's evidence and verdicts, and its annotators', without those who are of the class."""
    if key is not None:
        schema.check(key, "evidence", ("review_id", "layer", "label", "start", "end"))
        return key.reindex(columns=list(schema.TABLES["evidence"])).fillna({"source": "key"}), schema.empty(
            "verdicts"
        )
    labels = getattr(data, "labels", None)
    found = [getattr(labels, name, None) for name in ("evidence", "verdicts")]
    tables = [
        t.reindex(columns=list(schema.TABLES[name])) if isinstance(t, pd.DataFrame) else schema.empty(name)
        for t, name in zip(found, ("evidence", "verdicts"), strict=True)
    ]
    evidence, verdicts = (t[~t["source"].isin(there)] for t in tables)
    return evidence, verdicts
