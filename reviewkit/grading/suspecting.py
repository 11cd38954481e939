"""What in a class asks for a second look? Likenesses that chance seldom makes, and what was tried in secret.

None of it proves anything: people learn together, and quote the same words. Each finding says what was seen.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from .worth import Marked

__all__ = ["Suspicion", "suspicions"]

_WORDS = 20  # of a text before its likeness says anything
_ALIKE = 0.7  # share of five-word runs that two texts have in common
_TOGETHER = 2  # rare wrong answers that two people share
_QUICK = 60  # seconds in which a whole set was answered


class Suspicion(NamedTuple):
    """Something to look at: what kind, what was seen, and in whose work."""

    kind: str
    seen: str
    who: tuple[str, ...]


def suspicions(made: Sequence[Marked], keys: Mapping[Any, Mapping[str, Any]]) -> list[Suspicion]:
    """Everything worth a look, the gravest first."""
    marked = [each for each in made if each.rows]
    found = [*_tried(made), *_same_files(made), *_same_signature(made), *_texts(marked), *_rare(marked)]
    return [*found, *_times(marked), *_hashes(marked, keys), *_odd_pages(marked)]


def _tried(made: Sequence[Marked]) -> Iterator[Suspicion]:
    for each in made:
        if each.tried:
            what = "; ".join(each.tried[:8])
            yield Suspicion("tried what is not allowed", f"When it was run, it tried to: {what}.", (each.id,))
        if each.strange:
            seen = "It wrote into the channel that carries its answers; what it wrote was passed over."
            yield Suspicion("tried to forge a result", seen, (each.id,))


def _same_files(made: Sequence[Marked]) -> Iterator[Suspicion]:
    groups: dict[str, list[str]] = defaultdict(list)
    for each in made:
        if each.sha:
            groups[each.sha].append(each.id)
    for who in groups.values():
        if len(set(who)) > 1:
            yield Suspicion("the same file", "These files are the same to the last byte.", tuple(who))


def _same_signature(made: Sequence[Marked]) -> Iterator[Suspicion]:
    groups: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for each in made:
        if each.pseudonym:
            groups[each.set, each.page, each.pseudonym].add(each.id)
    for (_, _, pseudonym), who in groups.items():
        if len(who) > 1:
            seen = f"All of these say that they are {pseudonym}. The names of the files decided."
            yield Suspicion("the same pseudonym", seen, tuple(sorted(who)))


def _prose(each: Marked) -> Iterator[tuple[str, str]]:
    for row in each.rows:
        answer = row["answer"]
        text = answer.get("text") if isinstance(answer, dict) else answer
        if row["kind"] == "open" and isinstance(text, str):
            yield row["task"], text
        if isinstance(row["because"], str) and row["because"]:
            yield f"{row['task']}, the reason", row["because"]


def _runs(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())[:2_000]
    return (
        frozenset(" ".join(words[n : n + 5]) for n in range(len(words) - 4))
        if len(words) >= _WORDS
        else frozenset()
    )


def _texts(made: Sequence[Marked]) -> Iterator[Suspicion]:
    texts: dict[tuple[str, str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for each in made:
        for task, text in _prose(each):
            if runs := _runs(text):
                texts[each.set, each.page, task].append((each.id, runs))
    for (_, _, task), rows in texts.items():
        for (one, a), (other, b) in combinations(rows, 2):
            if one != other and 2 * min(len(a), len(b)) >= max(len(a), len(b)):
                share = len(a & b) / len(a | b)
                if share >= _ALIKE:
                    how = (
                        "the same words"
                        if share == 1
                        else f"{share:.0%} of their runs of five words in common"
                    )
                    yield Suspicion("the same text", f"{task}: {how}.", (one, other))


def _rare(made: Sequence[Marked]) -> Iterator[Suspicion]:
    """Pairs who share several wrong answers that hardly anybody else has."""
    holders: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for each in made:
        for row in each.rows:
            if row["result"] in ("partly", "not yet") and row["kind"] != "open":
                value = json.dumps(row["answer"], sort_keys=True, ensure_ascii=False, default=str)
                holders[each.set, each.page, row["task"], value].append(each.id)
    most = max(2, len({each.id for each in made}) // 30)
    pairs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for (_, _, task, value), who in holders.items():
        people = sorted(set(who))
        if 2 <= len(people) <= most:
            for pair in combinations(people, 2):
                pairs[pair].append(f"{task} ({value[:60]})")
    for both, tasks in pairs.items():
        if len(tasks) >= _TOGETHER:
            yield Suspicion("the same rare wrong answers", f"Nobody else has them: {'; '.join(tasks)}.", both)


def _moments(each: Marked) -> list[datetime.datetime]:
    found = []
    for said in (each.said or {}).get("answers", {}).values():
        try:
            found.append(datetime.datetime.fromisoformat(str(said.get("at")).replace("Z", "+00:00")))
        except (AttributeError, ValueError):
            continue
    return [moment for moment in found if moment.tzinfo is not None]


def _times(made: Sequence[Marked]) -> Iterator[Suspicion]:
    same: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for each in made:
        moments = sorted(_moments(each))
        if len(moments) < 4:
            continue
        same[each.set, each.page, *moments].append(each.id)
        took = (moments[-1] - moments[0]).total_seconds()
        tries = [a.get("tries", 1) for a in (each.said or {})["answers"].values() if isinstance(a, dict)]
        if took < _QUICK and all(n == 1 for n in tries):
            seen = f"{len(moments)} answers were checked within {took:.0f} seconds, each of them once."
            yield Suspicion("times", seen, (each.id,))
    for who in same.values():
        if len(set(who)) > 1:
            yield Suspicion("times", "Every answer was checked at the same second.", tuple(sorted(set(who))))


def _hashes(made: Sequence[Marked], keys: Mapping[Any, Mapping[str, Any]]) -> Iterator[Suspicion]:
    for each in made:
        said, key = each.said or {}, keys[each.set, each.page]
        if "texts" in said and said["texts"] != key["texts"]:
            seen = "It was done on other texts than the key was made from."
            seen = (
                "Its page was not at hand, or changed, when it was handed in."
                if said["texts"] is None
                else seen
            )
            yield Suspicion("other texts", seen, (each.id,))


def _odd_pages(made: Sequence[Marked]) -> Iterator[Suspicion]:
    for set_id in sorted({each.set for each in made}):
        pages = Counter(each.page for each in made if each.set == set_id)
        usual, count = pages.most_common(1)[0]
        for each in made:
            if each.set == set_id and each.page != usual and 2 * count > sum(pages.values()):
                seen = f"{set_id} was done on {each.page}; most did it on {usual}."
                yield Suspicion("another page", seen, (each.id,))
