"""Where do words begin and end?"""

from __future__ import annotations

from reviewkit.corpus import Corpus
from reviewkit.exercises.kinds import number
from reviewkit.exercises.tasks import Task


def offsets(corpus: Corpus) -> Task | None:
    """From a sentence and its first character to the offset of its end."""
    known = corpus.sentences
    opens = corpus.opens_at or known["review_id"].iloc[0]
    sizes = known["text"].str.len()
    fit = known[(known["review_id"] == opens) & (known["start"] > 40) & sizes.between(18, 70)]
    if fit.empty:
        fit = known[(known["start"] > 40) & sizes.between(18, 70)]
    if fit.empty:
        return None
    row = fit.iloc[0]
    text, start, end = str(row["text"]), int(row["start"]), int(row["end"])
    letters, words = len(text.replace(" ", "")), len(text.split())
    slips = {
        "last-character": (
            end - 1,
            "{yours} is the place of the last character. Is that what the end is, in the table?",
        ),
        "length-for-place": (
            len(text),
            "{yours} is how long the sentence is. Where on the review's own ruler does it end?",
        ),
        "one-too-far": (end + 1, "{yours} is one too far. With which number does the counting begin?"),
        "start-for-end": (start, "{yours} is where the sentence begins."),
        "words-for-characters": (start + words, "{yours}: you have counted words. Offsets count characters."),
        "how-many-words": (
            words,
            "{yours} is how many words there are. Offsets count characters, from the review's beginning.",
        ),
        "spaces-left-out": (start + letters, "{yours}: the spaces are characters too."),
        "letters-alone": (
            letters,
            "{yours} counts letters without spaces, and from the sentence's own beginning.",
        ),
        "taken-away": (
            start - len(text),
            "{yours} lies before the sentence. Did you take away where you should add?",
        ),
        "full-stop-left-out": (
            start + len(text.rstrip(".!?")),
            "{yours}: is the stop at the end part of the sentence?",
        ),
    }
    form, key = number(end, slips)
    seen: dict[float, str] = {}
    for name, (value, _) in slips.items():
        if value != end:
            seen.setdefault(float(value), name)
    return Task(
        id="end",
        kind="number",
        title="Where does it end?",
        points=1,
        statement=f"In review {int(str(row['review_id'])[-2:])} a sentence has the start {start}:\n\n> "
        f"{text}\n\n"
        f"It has {len(text)} characters, spaces and full stop among them. What is its **end** in the table "
        "of sentences?",
        starter='end = ex.card("end")\nend',
        answer=f"end = {end}",
        form=form,
        key=key,
        hints=(
            "An offset counts from the beginning of the review, and the first character has the number 0.",
            "The end is the place of the character *after* the last one.",
            "Try it small: a sentence of three characters that starts at 0 has them at 0, 1 and 2. Its end "
            "is 3.",
        ),
        solution=f"The end is the first place that no longer belongs to the sentence: {start} + "
        f"{len(text)} = {end}. So "
        "the length is always end minus start, and `text[start:end]` cuts out the very words.",
        ask="From where did you begin to count, and at what did you stop?",
        right=[end, float(end), str(end), f"{end}."],
        wrong=[*((v, n) for v, n in seen.items()), (-start, "below-nought")],
        cites=("01, “From reviews to sentences”", "01, “From a number back to the words”"),
    )
