"""Who is there, with how many marks on which reviews, and what was refused and why?

A class's files come as a folder, as the zip that a learning platform makes of all hand-ins, or one by one.
In a zip only files of marks are read, and of those no more than fits: names in it are never used as paths.
What a file is called often tells a student's name, so it is said only of files that were refused.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ... import schema
from ...errors import TableError
from ...marks.events import Event, fold
from ...marks.exchange import KINDS
from ...marks.merging import merge
from ...marks.table import corpus_of, evidence_of, verdicts_of

__all__ = ["Files", "Gathered", "gathered"]

Files = str | Path | Iterable[str | Path] | Mapping[str | Path, str | None] | pd.DataFrame
"""A folder, a zip, a file, several of these, with pseudonyms to read them with, or a table of evidence."""

_MOST_FILES = 2_000
_MOST_BYTES = 512_000_000


class Gathered(NamedTuple):
    """Everybody's marks: tables, who has committed what, who is there, and what was refused.

    `people` has source, marks, reviews, verdicts, lost; `refused` has file and why; `notes` are sentences.
    """

    evidence: pd.DataFrame
    verdicts: pd.DataFrame
    committed: frozenset[tuple[str, str, str]]
    people: pd.DataFrame
    refused: list[tuple[str, str]]
    notes: list[str]


def gathered(files: Files, data: Any, *, without: str) -> Gathered:
    """Read everybody's files and place their marks in these reviews; `without` is who decides, not labels.

    `data` is a corpus, a page or a table of reviews. Nothing is kept: the files stay as they are. Raises
    `TableError` where there are no files, or no marks on these reviews in any of them.
    """
    reviews = schema.check(getattr(data, "reviews", data), "reviews", ("review_id", "text"))
    if isinstance(files, pd.DataFrame):
        return _of_table(files, getattr(getattr(data, "labels", None), "verdicts", None), reviews, without)
    with tempfile.TemporaryDirectory(prefix="reviewkit-", ignore_cleanup_errors=True) as folder:
        refused: list[tuple[str, str]] = []
        found = {path: (name, who) for path, name, who in _listed(files, Path(folder), refused)}
        if not found and not refused:
            raise TableError(
                f"No file of marks here. They end in {', '.join(KINDS)} (rk.export_marks writes them); name "
                "a folder of them, or the zip with everybody's."
            )
        merged = merge({path: who for path, (_, who) in found.items()}) if found else None
    notes: list[str] = []
    for n, (name, _) in enumerate(found.values()):
        assert merged is not None
        row = merged.report.iloc[n]
        if pd.isna(row["who"]):
            refused.append((name, str(row["note"])))
        elif pd.notna(row["note"]):
            notes.append(str(row["note"]))
    return _placed(merged.events if merged else [], data, reviews, without, refused, notes)


def _placed(
    events: list[Event],
    data: Any,
    reviews: pd.DataFrame,
    without: str,
    refused: list[tuple[str, str]],
    notes: list[str],
) -> Gathered:
    corpus = corpus_of(data)
    here = [e for e in events if e["corpus"] == corpus and e["who"] != without]
    others = sorted({e["corpus"] for e in events} - {corpus})
    if others:
        n = sum(e["corpus"] != corpus for e in fold(events))
        notes.append(f"{n:,} marks are on other pages ({', '.join(others[:5])}) and were left aside.")
    evidence, lost = evidence_of(here, reviews)
    last, known = fold(here), set(reviews["review_id"])
    verdicts = verdicts_of(e for e in last if e["review_id"] in known)
    if evidence.empty and verdicts.empty:
        why = f" Refused: {refused[0][0]} ({refused[0][1]})" if refused else ""
        there = f" They hold marks on {', '.join(others)}." if others else ""
        raise TableError(
            f"These files hold no marks on {corpus}.{there}{why} Choose the page they are about."
        )
    done = frozenset((e["who"], e["review_id"], e["layer"]) for e in last if e["kind"] == "commit")
    people = _people(evidence, verdicts, lost["source"].tolist())
    return Gathered(evidence, verdicts, done, people, refused, notes)


def _of_table(evidence: pd.DataFrame, verdicts: Any, reviews: pd.DataFrame, without: str) -> Gathered:
    """A table of evidence with several sources, and the verdicts of those sources where the data has them."""
    schema.check(evidence, "evidence", ("review_id", "layer", "label", "start", "end", "text", "source"))
    known = evidence["review_id"].isin(list(reviews["review_id"])) & ~evidence["source"].isin(
        [without, "key", "rule"]
    )
    evidence = evidence[known].reset_index(drop=True).reindex(columns=list(schema.TABLES["evidence"]))
    if evidence.empty:
        raise TableError(
            "No row of this evidence is somebody's mark on these reviews (the key's count for none)."
        )
    said = schema.empty("verdicts") if verdicts is None else verdicts
    said = said[
        said["source"].isin(set(evidence["source"])) & said["review_id"].isin(set(evidence["review_id"]))
    ]
    said = said.reset_index(drop=True)
    return Gathered(evidence, said, frozenset(), _people(evidence, said, []), [], [])


def _people(evidence: pd.DataFrame, verdicts: pd.DataFrame, lost: list[str]) -> pd.DataFrame:
    names = sorted({*evidence["source"], *verdicts["source"], *lost})
    marks = evidence.groupby("source").size()
    both = pd.concat([evidence[["source", "review_id"]], verdicts[["source", "review_id"]]])
    reviews = both.groupby("source")["review_id"].nunique()
    columns = {
        "source": names,
        "marks": marks.reindex(names, fill_value=0).tolist(),
        "reviews": reviews.reindex(names, fill_value=0).tolist(),
        "verdicts": verdicts.groupby("source").size().reindex(names, fill_value=0).tolist(),
        "lost": [lost.count(name) for name in names],
    }
    return pd.DataFrame(columns)


# ---- files ----


def _listed(
    files: Any, folder: Path, refused: list[tuple[str, str]]
) -> Iterator[tuple[Path, str, str | None]]:
    """Each file of marks: its path, what it is called, the pseudonym to read it with."""
    if isinstance(files, str | Path):
        files = [files]
    given = files.items() if isinstance(files, Mapping) else ((path, None) for path in files)
    for number, (each, who) in enumerate(given):
        path = Path(each)
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and _wanted(p.as_posix()))
        elif path.exists():
            inside = [path]
        else:
            inside = []
            refused.append((path.name, f"There is no file {path}. Check its name."))
        for n, one in enumerate(inside):
            if one.suffix.lower() == ".zip":
                for unpacked, name in _unpacked(one, folder / f"{number}-{n}", refused):
                    yield unpacked, name, who
            else:
                yield one, one.name, who


def _wanted(name: str) -> bool:
    """Whether something in a folder or a zip could be a file of marks."""
    path = Path(name)
    return (
        not _hidden(path.parts[-3:])
        and path.suffix.lower() in (*KINDS, ".zip")
        and not path.stem.endswith("-for-excel")
    )


def _unpacked(
    path: Path, folder: Path, refused: list[tuple[str, str]], *, deep: int = 0
) -> Iterator[tuple[Path, str]]:
    """The files of marks in a zip, written under names of our own; zips in it are opened once more."""
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(path) as packed:
            for n, about in enumerate(packed.infolist()):
                name = about.filename
                if about.is_dir():
                    continue
                if not _wanted(name):
                    refused += [] if _silent(name) else [(name, "It is no file of marks.")]
                    continue
                if n >= _MOST_FILES or left <= 0:
                    refused.append(
                        (name, "The zip holds more than a class's files. Unpack it, and name a folder.")
                    )
                    return
                with packed.open(about) as inside:
                    content = inside.read(left + 1)
                left -= len(content)
                if left < 0:
                    continue
                place = folder / f"{n}" / f"marks{Path(name).suffix.lower()}"
                place.parent.mkdir(parents=True)
                place.write_bytes(content)
                if place.suffix != ".zip":
                    yield place, name
                elif deep < 1:
                    yield from _unpacked(place, folder / f"{n}-in", refused, deep=deep + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as trouble:
        refused.append(
            (path.name, f"It cannot be unpacked ({trouble}). Unpack it yourself, and name the folder.")
        )


def _silent(name: str) -> bool:
    """What a zip holds beside what was handed in, and needs no mention."""
    path = Path(name)
    return _hidden(path.parts) or path.stem.endswith("-for-excel")


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
