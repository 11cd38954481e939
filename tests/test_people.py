"""Whose names are these? Pseudonyms, and signatures masked at equal length."""

from __future__ import annotations

import pytest

import reviewkit as rk
from reviewkit import people


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("I wept.\n\nAda Example", ["Ada Example"]),
        ("I wept.\n\nAda Example\nSmallville, Ohio", ["Ada Example", "Smallville, Ohio"]),
        ("I wept.\n\n- Ada", ["- Ada"]),
        ("I wept. AdaExample, 10.10", ["AdaExample, 10.10"]),
        ("I wept. KGH, 10.10", ["KGH, 10.10"]),
        ("I wept. moviegoer, 10.4", ["moviegoer, 10.4"]),
        ("I wept. ~Ada", ["~Ada"]),
        ("I wept. film_fan_77", ["film_fan_77"]),
        ("I wept.\n\nHighly Recommended", []),
        ("I wept.\n\nFive Stars", []),
        ("I wept. Loved it. WOW", []),
        ("It was by Kazuo Ishiguro", []),
        ("Seen in the U.S.A.", []),
        ("My grade: B+", []),
        ("Ada Example", []),
    ],
)
def test_signatures(text, signed):
    assert [text[start:end] for start, end in people.signatures(text)] == signed
    hidden = people.mask(text)
    assert len(hidden) == len(text)
    assert all(name not in hidden for name in signed)
    assert (hidden == text) == (not signed)


def test_the_collected_page_is_signed_twice(collected):
    texts = rk.read_page(collected).reviews["text"]
    assert [len(people.signatures(text)) for text in texts] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]


def test_a_pseudonym_is_stable_and_tells_nothing(monkeypatch, tmp_path):
    first = people.pseudonym("Ada  Example")
    assert first == people.pseudonym("ada example")
    assert first != people.pseudonym("Bo Example")
    assert "ada" not in first.lower()
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "another"))
    people._key.cache_clear()
    assert people.pseudonym("Ada Example") != first
    people._key.cache_clear()
    assert (tmp_path / "another" / "my_work" / "pseudonyms.key").is_file()


def test_a_name_is_masked_on_a_line_of_its_own_too():
    close = "0Comment| Was this review helpful to you?YesNoReport abuse"
    reviews = [f"By Ada Example on May {day}, 2011\nSlow.\n{close}" for day in (3, 4)]
    page = rk.read_text("\nAda Example\n".join(reviews))
    assert not page.lines["text"].str.contains("Ada").any()
    assert not page.report["text"].str.contains("Ada").any()


def test_a_name_is_masked_whole_where_another_cell_is_part_of_it():
    page = rk.read_text("text,mood,author\nSlow.,ex,Alex Example\nFine.,z,Cy Other\n")
    assert page.lines["text"].tolist() == ["text,mood,author", "Slow.,██,████ ███████", "Fine.,█,██ █████"]


def test_masked_stretches_may_nest():
    from reviewkit.pages.account import Account
    from reviewkit.pages.parts import Parsed

    parsed = Parsed("Ada Example\nBo Li\nas Ada Example says\n")
    parsed.hide(0, len(parsed.page), "Ada Example")
    parsed.hide(12, 17)
    parsed.add(len(parsed.page), "text")
    assert Account(parsed, []).lines()["text"].tolist() == ["███ ███████", "██ ██", "as ███ ███████ says"]


def test_a_corpus_masks_signatures_unless_names_are_asked_for():
    masked, plain = rk.load("never-let-me-go"), rk.load("never-let-me-go", names=True)
    assert plain.sentences["text"].str.contains("Harding").any()
    assert not masked.sentences["text"].str.contains("Harding|Matt D").any()
    assert not masked.lines["text"].str.contains("Harding|Matt D").any()
    known = ["review_id", "paragraph", "sentence", "start", "end"]
    assert masked.sentences[known].equals(plain.sentences[known])


def test_no_name_is_left_in_any_table():
    close = "0Comment| Was this review helpful to you?YesNoReport abuse"
    review = f"By Ada Example on May 3, 2011\nI wept.\n\nBo Example\nSmallville\n{close}"
    page = rk.read_text(f"Published 3 months ago by Cy Example\n{review}\n{review}\n")
    assert len(page.reviews) == 1
    for table in (page.report, page.lines, page.reviews.drop(columns="text")):
        shown = table.to_csv()
        assert not any(name in shown for name in ("Ada", "Bo Ex", "Cy Ex", "Smallville"))
    assert "Bo Example" in page.reviews["text"].item()
    assert "Ada" not in repr(page)
