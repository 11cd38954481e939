"""A class of made-up students: a key's labels perturbed by a seeded generator, as files of marks."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reviewkit.marks.checking import LABELS
from reviewkit.marks.events import make
from reviewkit.marks.exchange import write_marks
from reviewkit.marks.table import corpus_of

WHOLE = ("structure", "attitude")
AT = "2026-03-02T{:02}:{:02}:{:02}.000Z"


def student(
    corpus: Any, who: str, seed: int, *, reviews: int | None = None, wrong: float = 0.2
) -> Iterator[dict]:
    """The events of one student: annotator-1's labels, some missed, some exchanged, edges moved by a word."""
    chance = random.Random(seed)
    texts = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"], strict=True))
    read = set(list(texts)[: reviews or len(texts)])
    rows = corpus.labels.evidence
    rows = rows[(rows["source"] == "annotator-1") & rows["review_id"].isin(read)]
    for n, row in enumerate(rows.to_dict("records")):
        label, start, end = row["label"], row["start"], row["end"]
        text = texts[row["review_id"]]
        if chance.random() < wrong and row["layer"] in WHOLE:
            label = chance.choice([one for one in LABELS[row["layer"]] if one != label])
        elif (
            row["layer"] == "spoilers"
            and label in ("minor", "major", "everything")
            and chance.random() < wrong / 2
        ):
            label = chance.choice(["minor", "major", "everything"])
        elif row["layer"] in ("devices", "perspective"):
            if chance.random() < wrong:
                continue
            if chance.random() < wrong and " " in text[start:end]:
                end = text.rfind(" ", start, end)
        yield make(
            text=text,
            who=who,
            corpus=corpus_of(corpus),
            review_id=row["review_id"],
            layer=row["layer"],
            label=label,
            start=start,
            end=end,
            note="It could be either." if chance.random() < 0.02 else None,
            at=AT.format(n // 3600 % 24, n // 60 % 60, n % 60),
        )


def class_of(
    corpus: Any, folder: Path, size: int, *, reviews: int | None = None, wrong: float = 0.2
) -> list[Path]:
    """A file of marks for each of so many students, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for n in range(size):
        who = f"reader-{n + 1:02}"
        ending = (".jsonld", ".csv")[n % 2]
        events = student(corpus, who, n, reviews=reviews, wrong=wrong * (0.5 + n / max(size, 1)))
        paths += write_marks(folder / f"{who}{ending}", events)
    return paths


def zipped(paths: list[Path], place: Path) -> Path:
    """The files as a learning platform zips them: a folder for each student, with a name in it."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        for n, path in enumerate(paths):
            packed.write(path, f"Course/Doe_Jane_{n}_assignsubmission_file_/{path.name}")
    return place
