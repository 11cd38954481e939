"""Sentences, facts, schema: what each table promises."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest
from conftest import ROOT

import reviewkit as rk
from reviewkit import _paths, schema
from reviewkit.corpus import labelled_corpora
from reviewkit.splitting import paragraphs, sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for _, start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Romanek made it.", "Dr. No he is not."],
        ["J. G. Ballard would have liked it.", "I think."],
        ["Well ... I cried.", "Then...silence.", "And so...", "Kathy drives on."],
        ["“Who is she?” he asked.", "“Nobody.”", "She left."],
        ["I give it a B+ ) and my wife agrees.", "So there."],
        ["Full of **SPOILERS**", "Ruth is ill."],
        ["It cost 3.5 dollars.", "The disc is 103 min. long."],
        ["I read the book.", "Kathy tells the story.", "Tommy runs.", "That is life.", "Ruth knows."],
        ["Really?!", "Yes!!!", "ok then."],
        ["no capitals here.", "none at all."],
        ["I liked it :)", "It was sad :(", "But fine."],
        ["😀 Great.", "👩‍👩‍👧 went too."],
    ],
    ids=lambda sentences: sentences[0][:20],
)
def test_sentences(sentences):
    assert split(" ".join(sentences)) == sentences
    assert split("\n\n".join(sentences)) == sentences


def test_a_line_broken_by_the_width_of_a_window_continues_its_sentence():
    wrapped = "I went to see it with nobody but my aunt and\nTommy from next door, and the three of us\nwept."
    assert split(wrapped) == [wrapped]


def test_a_line_broken_on_purpose_ends_its_sentence():
    assert split("MY VERDICT\nA long and quiet film that I shall see again, I am sure.\nAda Example") == [
        "MY VERDICT",
        "A long and quiet film that I shall see again, I am sure.",
        "Ada Example",
    ]


def test_paragraphs_are_parted_by_blank_lines():
    text = "  One.\n\n\nTwo,\nstill two. \n \t\nThree."
    assert [text[a:b] for a, b in paragraphs(text)] == ["One.", "Two,\nstill two.", "Three."]
    assert paragraphs("") == paragraphs(" \n ") == []


def test_the_sentence_table_counts_from_one_within_each_review():
    reviews = pd.DataFrame({"review_id": ["a-01", "a-02"], "text": ["One. Two.\n\nThree.", ""]})
    table = rk.sentences(reviews)
    assert table[["paragraph", "sentence", "start"]].values.tolist() == [[1, 1, 0], [1, 2, 5], [2, 3, 11]]
    assert list(table.columns) == list(rk.TABLES["sentences"])


@pytest.mark.parametrize("name", list(schema.TABLES))
def test_every_table_has_its_types_even_when_empty(name):
    table = schema.empty(name)
    assert {c: str(t) for c, t in table.dtypes.items()} == {
        c: t.dtype for c, t in schema.TABLES[name].items()
    }
    assert schema.check(table, name) is table


def test_a_page_has_the_types_of_the_schema():
    page = rk.load("never-let-me-go").page
    for name, table in {"reviews": page.reviews, "report": page.report, "lines": page.lines}.items():
        assert table.dtypes.equals(schema.empty(name).dtypes)


def test_a_table_without_its_columns_is_refused_by_name():
    with pytest.raises(
        rk.TableError, match=r"reviews has no column 'text'. It has: 'review_id'. rk.read_page"
    ):
        rk.sentences(pd.DataFrame({"review_id": ["a"]}))
    with pytest.raises(rk.TableError, match="A table of reviews was expected, not str"):
        rk.sentences("page.txt")


def expected(name: str) -> pd.DataFrame:
    types = {"helpful_votes": "Int64", "comments": "Int64"}
    facts = pd.read_csv(_paths.data() / name / "facts.csv", dtype=types, parse_dates=["date"])
    return facts.astype({"date": "datetime64[s]"})


def test_our_page_has_the_expected_table():
    pd.testing.assert_frame_equal(
        rk.facts(rk.load("never-let-me-go", names=True).reviews), expected("never-let-me-go")
    )


def test_the_collected_page_has_the_expected_table(collected):
    page = rk.read_page(collected)
    pd.testing.assert_frame_equal(rk.facts(page.reviews), expected("never-let-me-go-2016"))
    assert page.reviews[["rating", "title", "author", "votes", "verified", "country"]].isna().all(axis=None)


def test_no_six_words_in_a_row_are_shared_with_the_collected_page(collected):
    def runs(texts: Iterable[str], length: int = 6) -> set[tuple[str, ...]]:
        found = set()
        for text in texts:
            for part in text.lower().replace("’", "'").split("never let me go"):  # the title aside
                words = "".join(c if c.isalnum() or c == "'" else " " for c in part).split()
                found |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
        return found

    theirs = runs(rk.read_page(collected).reviews["text"])
    for corpus in labelled_corpora():
        if corpus.invented:
            assert runs(corpus.page.reviews["text"]) & theirs == set(), corpus.name
    longer = runs(
        rk.read_page(collected).reviews["text"], 9
    )  # prose about reviews meets by chance in six words
    for path in ROOT.rglob("*"):
        kept = path.suffix in {".py", ".js", ".md", ".toml", ".ipynb", ".csv", ".txt"} and path.is_file()
        if kept and path.relative_to(ROOT).parts[0] not in {".venv", "my_pages", "my_work", "wheels"}:
            assert runs([path.read_text(encoding="utf-8")], 9) & longer == set(), path
