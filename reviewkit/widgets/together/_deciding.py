"""What does the class settle on, and why? Decisions as marks of a person of their own, and the key they make.

A decision is an event in the file of marks, like any mark: a label set on a sentence, on words, or on a whole
review; that nothing should be marked there is a `dispute` with the passage's label. So it is kept at once,
can be undone, and is found again where the text was parsed anew. What is decided on comes from files that
change; a decision belongs to the place that it overlaps most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ... import kept, schema
from ...comparisons.together import Readings
from ...labels import sentence_hash
from ...marks import events as made
from ...marks.anchoring import Texts
from ...marks.checking import MarkError, checked
from ...marks.store import Store, StoreError
from ..marking._marking import brief, completed, newer

__all__ = ["DECISIONS", "Decisions", "Key", "answer", "key_of", "write_key"]

DECISIONS = ("review_id", "layer", "start", "end", "annotator_1", "annotator_2", "key", "why", "said")
"""The columns of a table of decisions: those of a key's adjudication, and who said what."""

Event = dict[str, Any]
Key = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
"""A key: tables of evidence, of verdicts, and of the decisions behind them."""


class Decisions:
    """What one adjudicator has decided on these reviews, as it stands in the file of marks."""

    def __init__(self, corpus: str, who: str, texts: Mapping[str, str]) -> None:
        self.corpus, self.who, self._texts = corpus, who, texts
        self._finder = Texts(texts)
        self._store: Store | None = None
        self._seq = 0
        self._state: dict[str, Event] = {}

    @property
    def store(self) -> Store:
        """The file of marks, opened when it is first asked for."""
        if self._store is None:
            self._store = Store()
        return self._store

    def about(self) -> dict[str, Any]:
        """Who decides, where it is kept, and what went wrong, for `marking_desk.js`."""
        told = {"who": self.who, "corpus": self.corpus, "store": ""}
        _, trouble = self.read()
        if trouble:
            return told | {"trouble": trouble}
        return told | {"store": self.store.id, "trouble": self.store.notice}

    def read(self) -> tuple[list[Event], str]:
        """What is new in the file of marks, and what went wrong, or nothing."""
        try:
            fresh, self._seq = self.store.since(self._seq, corpus=self.corpus, who=self.who)
        except StoreError as trouble:
            return [], str(trouble)
        return self._hear(fresh), ""

    def _hear(self, events: Iterable[Event]) -> list[Event]:
        ours = [e for e in events if e["who"] == self.who and newer(e, self._state.get(e["mark"]))]
        self._state |= {event["mark"]: event for event in ours}
        return ours

    def keep(self, sent: Any) -> list[dict[str, Any]]:
        """Commit events that the browser sends; gives what it is to be told."""
        sent = [each for each in sent if isinstance(each, dict)] if isinstance(sent, list) else []
        whole = [self._whole(each) for each in sent]
        ids = [each.get("event") for each in sent]
        try:
            done = self.store.add(whole)
        except MarkError as trouble:
            if len(sent) > 1:
                return [told for each in sent for told in self.keep([each])]
            return [{"type": "refused", "events": ids, "why": str(trouble)}]
        except StoreError as trouble:
            return [{"type": "not kept", "events": ids, "why": str(trouble)}]
        self._hear(checked(each) for each in whole)
        return [{"type": "kept", "events": done, "store": self.store.id}]

    def _whole(self, sent: Event) -> Event:
        """An event as the browser sends it, quoted; a dispute's words are quoted like a mark's."""
        kind = sent.get("kind")
        event = completed(
            sent | {"kind": "mark" if kind == "dispute" else kind},
            corpus=self.corpus,
            who=self.who,
            texts=self._texts,
        )
        return event | {"kind": kind, "reason": event["note"] if kind == "dispute" else None}

    def briefs(self) -> list[dict[str, Any]]:
        """What holds now, for the browser."""
        return [brief(event) for event in self._state.values() if event["what"] == "set"]

    def mark_at(self, readings: Readings, place: int) -> str:
        """The id of the decision on a place, the same in every session."""
        row = readings.places.iloc[place]
        if readings.layer.kind == "reviews":
            return made.same_mark("verdict", self.who, self.corpus, row["review_id"], readings.layer.layer)
        about = "" if row["about"] is None else str(row["about"])
        where = f"{readings.layer.name}:{about}:{row['start']}:{row['end']}"
        return made.same_mark("mark", self.who, self.corpus, row["review_id"], where)

    def on(self, readings: Readings) -> dict[int, Event]:
        """The decision on each place that has one, its words where they stand now."""
        near: dict[str, list[tuple[int, int, int, Any]]] = {}
        places = readings.places
        for n, (review, start, end, about) in enumerate(
            zip(places["review_id"], places["start"], places["end"], places["about"], strict=True)
        ):
            near.setdefault(review, []).append((n, start, end, about))
        found: dict[int, Event] = {}
        for event in sorted(self._state.values(), key=lambda each: each["at"]):
            if event["what"] == "set" and event["layer"] == readings.layer.layer:
                at = self._place(event, readings, near)
                found |= {} if at is None else {at[0]: at[1]}
        return found

    def _place(
        self, event: Event, readings: Readings, near: dict[str, list[tuple[int, int, int, Any]]]
    ) -> tuple[int, Event] | None:
        if readings.layer.kind == "reviews":
            at = [n for n, *_ in near.get(event["review_id"], ())] if event["kind"] == "verdict" else []
            return (at[0], event) if at else None
        if event["kind"] not in ("mark", "dispute") or event["start"] is None:
            return None
        if readings.layer.kind == "sentences" and event["label"] in ("warning", "withholding"):
            return None
        place, _ = self._finder.find(event)
        if place is None:
            return None
        here = event | {"review_id": place.review_id, "start": place.start, "end": place.end}
        named = readings.layer.kind == "spans"
        best = max(
            (
                (min(end, place.end) - max(start, place.start), self.mark_at(readings, n) == event["mark"], n)
                for n, start, end, about in near.get(place.review_id, ())
                if (min(end, place.end) > max(start, place.start))
                and (not named or about == event["label"] or self.mark_at(readings, n) == event["mark"])
            ),
            key=lambda each: (each[1], each[0]),
            default=None,
        )
        return None if best is None else (best[2], here)


def answer(event: Event) -> str:
    """The label that was decided on, `none` where nothing is to be marked."""
    return "none" if event["kind"] == "dispute" or event["label"] is None else str(event["label"])


def key_of(
    asked: Iterable[tuple[Readings, Mapping[int, Event]]], texts: Mapping[str, str], *, agreed: bool
) -> Key:
    """A key from readings and the decisions on them: tables of evidence, of verdicts, of decisions.

    With `agreed`, what all of two or more readers said alike (of passages: the same words) is in it too.
    """
    evidence: list[tuple[Any, ...]] = []
    verdicts: list[tuple[Any, ...]] = []
    decided: list[tuple[Any, ...]] = []
    for readings, decisions in asked:
        for n in range(len(readings.places)):
            row = readings.places.iloc[n]
            event = decisions.get(n)
            place: tuple[Any, ...] | None
            if event is not None:
                label, why = answer(event), event["note"]
                whole = readings.layer.kind == "reviews"
                start, end = (None, None) if whole else (event["start"], event["end"])
                decided.append(
                    (row["review_id"], readings.layer.layer, start, end, *_told(readings, n), label, why)
                )
                decided[-1] = (*decided[-1], _who(readings, n))
                place = (row["review_id"], readings.layer.layer, label, start, end, why)
            elif not agreed or (place := _agreed(readings, n)) is None:
                continue
            if place[2] == "none":
                continue
            (verdicts if readings.layer.kind == "reviews" else evidence).append(place)
    order = {review: n for n, review in enumerate(texts)}
    evidence.sort(key=lambda each: (order.get(each[0], len(order)), each[3], each[4]))
    names = ("review_id", "layer", "label", "start", "end", "cues")
    columns = {name: [row[n] for row in evidence] for n, name in enumerate(names)}
    columns["text"] = [texts[r][a:b] for r, _, _, a, b, _ in evidence]
    said = {name: [row[n] for row in verdicts] for n, name in enumerate(names[:3])}
    table = pd.DataFrame(decided, columns=[*DECISIONS]).astype(
        {name: "Int64" if name in ("start", "end") else "str" for name in DECISIONS}
    )
    return (
        schema.frame("evidence", columns | {"source": ["key"] * len(evidence)}),
        schema.frame("verdicts", said | {"source": ["key"] * len(verdicts)}),
        table,
    )


def _agreed(readings: Readings, n: int) -> tuple[Any, ...] | None:
    """What all of two or more readers said of a place alike, or None."""
    codes = set(readings.codes[n][readings.codes[n] >= 0].tolist())
    if len(codes) != 1 or (readings.codes[n] >= 0).sum() < 2:
        return None
    row = readings.places.iloc[n]
    if readings.layer.kind == "spans" and len({(start, end) for _, start, end in readings.spans[n]}) != 1:
        return None
    label = readings.labels[codes.pop()]
    return row["review_id"], readings.layer.layer, label, int(row["start"]), int(row["end"]), None


def _told(readings: Readings, n: int) -> tuple[str | None, str | None]:
    """Of two people what each said; of more the two most frequent readings, each with how many gave it."""
    row = readings.codes[n]
    if len(readings.people) == 2:
        one, other = (None if code < 0 else readings.labels[code] for code in row)
        return one, other
    counts = sorted(((int((row == c).sum()), -c) for c in set(row[row >= 0].tolist())), reverse=True)
    of = int((row >= 0).sum())
    named = [f"{readings.labels[-c]} ({count} of {of})" for count, c in counts[:2]]
    return (named[0], named[1] if len(named) > 1 else None)


def _who(readings: Readings, n: int) -> str:
    pairs = zip(readings.people, readings.codes[n], strict=True)
    return "; ".join(f"{who}: {readings.labels[code]}" for who, code in pairs if code >= 0)


def write_key(
    folder: Path,
    key: Key,
    sentences: pd.DataFrame,
) -> list[Path]:
    """Write a key as the kit's own labels are kept: sentences, evidence, verdicts and adjudication, as CSV.

    `sentences` have their words as they were written; only offsets and a hash of each go into the files.
    Raises `KeptError` where they cannot be written.
    """
    evidence, verdicts, decided = key
    there = sentences[sentences["review_id"].isin({*evidence["review_id"], *verdicts["review_id"]})]
    tables = {
        "sentences": there[["review_id", "sentence", "start", "end"]].assign(
            sha256=[sentence_hash(text) for text in there["text"]]
        ),
        "evidence": evidence.rename(columns={"runner_up": "also"})[
            ["source", "review_id", "layer", "label", "start", "end", "also"]
        ],
        "verdicts": verdicts[["source", "review_id", "layer", "label", "basis", "order"]],
        "adjudication": decided,
    }
    paths = []
    for name, table in tables.items():
        paths.append(folder / f"{name}.csv")
        kept.replace(paths[-1], table.to_csv(index=False, lineterminator="\n").encode())
    return paths
