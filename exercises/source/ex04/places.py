"""A table of the places where things stand."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import reviewkit as rk
from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import choices
from reviewkit.exercises.tasks import Task


def tenths(corpus: Corpus) -> Task | None:
    """A table of places: what can be read from it, and what not."""
    found = rk.stage_positions(corpus, source="key", resamples=20).table
    wide: Any = found.pivot_table(index="stage", columns="tenth", values="share", aggfunc="first").fillna(0.0)
    counts = found.groupby("stage")["count"].sum()
    wide = (100 * wide).round().astype(int)
    size = found.groupby("tenth")["sentences"].first().round().astype(int)
    if wide.shape[1] != 10 or "overall" not in wide.index:
        return None
    names = [
        "overall",
        *[n for n in counts.sort_values(ascending=False).index if n not in ("overall", "other")][:3],
    ]
    apart = [
        (x, z, t)
        for t in (1, 2, 9)
        for x, z in permutations(names[1:], 2)
        if wide.loc[x, t] > wide.loc[z, t] + 1
    ]
    tops = [n for n in names[1:] if (wide.loc[n] == wide.loc[n].max()).sum() == 1]
    last = int(wide.loc["overall", 10])
    middle = next((t for t in (5, 4, 6, 3, 7) if abs(wide.loc["overall", t] - last) > 1), None)
    if not apart or not tops or middle is None or not last:
        return None
    (more, less, where), one = apart[0], tops[0]
    top = int(wide.loc[one].idxmax())
    word = "larger" if last > wide.loc["overall", middle] else "smaller"
    options = {
        "a": f"In the last tenth `overall` has a {word} share of the sentences than in tenth {middle}.",
        "b": f"In tenth {where} there is more `{more}` than `{less}`.",
        "c": f"Of all sentences of `overall`, {last} in a hundred stand in the last tenth.",
        "d": f"{last} in a hundred reviews end with a sentence of `overall`.",
        "e": f"`{one}` has its largest share in tenth {top}.",
        "f": f"The review in which `{one}` is strongest has most of it in tenth {top}.",
        "g": "Reviewers put `overall` where it stands because readers look there first.",
    }
    right = set("abe")
    taken = {
        "c": ("share-turned-round", "c: of what is the number in a cell a share: of a row, or of a column?"),
        "d": (
            "sentences-for-reviews",
            "d: what is counted in a tenth, reviews or sentences? A tenth can hold several.",
        ),
        "f": ("page-for-a-review", "f: a column adds up all reviews. What can you know of a single one?"),
        "g": ("place-for-purpose", "g: the table knows where. Who has asked the reviewers why?"),
    }
    left = dict.fromkeys(
        "abe",
        ("left-unread", "Something that the table does show is missing. Test each statement on its cells."),
    )
    form, key = choices(options, right, taken, left)
    good = sorted(right)
    wrong: list[tuple[object, str]] = [([*good, g], said[0]) for g, said in taken.items()]
    wrong += [([g for g in good if g != each], "left-unread") for each in good]
    wrong += [
        ([*options], "took-everything"),
        (["a", "c"], "share-turned-round"),
        (["d", "g"], "place-for-purpose"),
    ]
    head = "| stage | " + " | ".join(str(n) for n in range(1, 11)) + " |\n|---|" + "---|" * 10
    body = "\n".join(f"| `{n}` | " + " | ".join(str(v) for v in wide.loc[n]) + " |" for n in names)
    return Task(
        id="tenths",
        kind="choices",
        title="In which tenth?",
        points=3,
        statement="Each review of the page was cut into ten equal parts. Of 100 sentences in each tenth, "
        "so many have, by the key, the stage at the left (other stages are left "
        f"out):\n\n{head}\n{body}\n\nThe tenths hold {size.min()} to {size.max()} sentences. Which of "
        "these statements can be read from the table?",
        starter='tenths = ex.card("tenths")\ntenths',
        answer=f"tenths = {good!r}",
        form=form,
        key=key,
        hints=(
            "Choose one cell and say in a whole sentence what its number counts, and out of what.",
            "A column with all its stages adds up to a hundred. A row does not.",
            "For each statement ask: could it be false although every number stands as it is?",
        ),
        solution="A cell says how much of a **tenth** a stage fills. So shares within a column can be "
        "compared, and a stage can be followed along its row, from tenth to tenth. How the sentences of "
        "a stage are spread over the text, what a single review does, with what a review ends, and why "
        "anybody wrote so, are not in it.",
        ask="What is a hundred in this table: the sentences of a tenth, those of a stage, or the reviews?",
        right=[good, set(good), ", ".join(good), {g: g in right for g in options}],
        wrong=wrong,
        cites=("04, “Where things stand”",),
    )
