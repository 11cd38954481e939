"""Pages unlike those that the rules were written against, each with what it should give."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT

import reviewkit as rk

pytestmark = pytest.mark.usefixtures("no_network")

END = "Was this review helpful to you?YesNoReport abuse"
CLOSE = f"22 comments| 4 people found this helpful. {END}"
DAY = "on May 3, 2012"
HEAD = "Customer Reviews: The Kettle\nFormat: DVD|Change\nYour rating(Clear)Rate this item\n"


def texts(*lines: str) -> list[str]:
    return rk.read_text("\n".join(lines)).reviews["text"].tolist()


@pytest.mark.parametrize(
    "head",
    [
        ["5.0 out of 5 stars Kettle", f"By Wanda Pemberley {DAY}", "Format: DVD|Verified Purchase"],
        ["5.0 out of 5 stars", "Kettle", "By Wanda Pemberley", DAY, "Verified Purchase|Format: DVD"],
        ["5.0 out of 5 stars Kettle", "By", "Wanda Pemberley", DAY, "Format: DVDVerified Purchase"],
        ["5.0 out of 5 starsKettle", f"ByWanda PemberleyVINE VOICE{DAY}", "Format: DVD", "Verified Purchase"],
    ],
    ids=["two lines", "each alone", "By alone", "glued"],
)
def test_a_head_in_one_line_or_several(head):
    page = rk.read_text("\n".join([HEAD, *head, "It sings.", CLOSE, *head, "It hums.", CLOSE]))
    assert page.reviews["text"].tolist() == ["It sings.", "It hums."]
    assert page.reviews["author"].nunique() == 1
    row = page.reviews.iloc[0]
    assert (row["rating"], row["title"], row["format"], row["verified"]) == (5, "Kettle", "DVD", True)
    assert row["author"] == rk.read_text(f"By wanda  pemberley {DAY}\nIt sits.\n{CLOSE}").reviews["author"][0]
    assert not page.lines["text"].str.contains("Wanda|Pemberley").any()


@pytest.mark.parametrize(
    "first",
    [
        "Your ratings are all wrong, and I have read every one of them.",
        "Price: fair.",
        "There was a problem loading the disc, so I saw half of it.",
        "Top critical reviews said slow. They were right.",
        "See all the other reviews before you buy.",
        "Previously I had read the novel.",
        "Sort by sadness, and it comes first.",
        "Sponsored by nobody, I write this.",
        "Customers who bought this for the trailer will be sorry.",
        "5 stars",
    ],
)
def test_an_undated_review_may_begin_like_furniture(first):
    assert texts(HEAD, first, "", "It rained on the way home.", CLOSE) == [
        f"{first}\n\nIt rained on the way home."
    ]


@pytest.mark.parametrize(
    "body",
    [
        "The shop says\n\n136 people found this helpful.",
        "No\n\nMy answer is above.",
        "Format: mostly flashbacks, sadly\n\nIt rains.",
        "Format: all talk.\nIt rains.",
        "4.0 out of 5 stars from me, because the score does half of the work.",
        "10\n\nThat is my number.",
    ],
)
def test_a_dated_review_keeps_every_word(body):
    assert texts(DAY, "One.", CLOSE, DAY, body, CLOSE) == ["One.", body]


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (["on 3 May 2012", "One.", CLOSE], {"date": pd.Timestamp("2012-05-03")}),
        (
            [DAY, "One.", CLOSE.replace("4 people", "3 of 4 people")],
            {"helpful_votes": 3, "votes": 4, "comments": 2},
        ),
        (
            [DAY, "One.", CLOSE + "Please write at least one wordYou must purchase an item first."],
            {"comments": 2},
        ),
        ([DAY, "One.", f"CommentWas this {END[9:]}"], {"text": "One."}),
        ([DAY, "👍👍" + CLOSE], {"text": "👍👍", "helpful_votes": 4}),
        ([DAY, " " * 500, "Amazon Verified Purchase(What's this?)", "One.", CLOSE], {"verified": True}),
        ([DAY, "Format: DVD, Import|Verified Purchase", "One.", CLOSE], {"format": "DVD, Import"}),
        (
            ["5.0 out of 5 stars", "By the book", f"By Jane Tremaine {DAY}", "One.", CLOSE],
            {"title": "By the book"},
        ),
        (
            ["5.0 out of 5 stars Sad", "By Jane Tremaine", "It was good.", CLOSE],
            {"rating": 5, "title": "Sad"},
        ),
    ],
)
def test_variants_of_lines(lines, known):
    page = rk.read_text("\n".join([*lines, "on May 4, 2012", "Another.", CLOSE]))
    assert page.reviews["text"].tolist()[1:] == ["Another."]
    row = page.reviews.iloc[0]
    assert {name: row[name] for name in known} == known
    assert not page.lines["text"].str.contains("Tremaine").any()


@pytest.mark.parametrize(
    "line",
    [
        "Thank you for your feedback.",
        "←Previous1234...46Next→",
        "Showing 1-10 of 456 reviews(Verified Purchases). See all 456 reviews",
        "Price:$9.99 & FREE Shipping on orders over $25.00. Details",
        "Visit the help section or contact us",
        "Customers Who Bought This Item Also Bought",
    ],
)
def test_furniture_between_two_reviews(line):
    assert texts(DAY, "One.", CLOSE, line, DAY, "Two.", CLOSE) == ["One.", "Two."]


def test_a_sentence_about_buttons_is_no_closing_line():
    said = (
        'I wish they had a "Was this review helpful to you?" with YesNo and Report abuse buttons for people.'
    )
    assert texts(DAY, said, CLOSE, DAY, "Two.", CLOSE) == [said, "Two."]


def test_a_filter_line_at_the_head_makes_no_table():
    assert texts("Text, image, video", DAY, "One.", CLOSE, DAY, "Two.", CLOSE) == ["One.", "Two."]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_western_letters_in_whatever_encoding(tmp_path, encoding):
    text = "A naïve film • slow. Ça va, «très» bien… • FIN"
    (tmp_path / "page.txt").write_bytes(
        f"See all 317 positive reviews›\n{DAY}\n{text}\n{CLOSE}".encode(encoding)
    )
    assert rk.read_page(tmp_path / "page.txt").reviews["text"].tolist() == [text]


def test_words_glued_to_a_closing_line_without_comments():
    page = rk.read_text(f"{DAY}\nOne and done.One person found this helpful. {END}")
    assert page.reviews["text"].tolist() == ["One and done."]
    assert page.reviews["helpful_votes"].tolist() == [1]


def test_a_hard_wrapped_closing_line():
    wrapped = "22 comments| 14 people found this helpful. Was this review\nhelpful to you?YesNoReport abuse"
    page = rk.read_text(f"{DAY}\nOne.\n{wrapped}\n{DAY}\nTwo.\n{CLOSE}")
    assert page.reviews["text"].tolist() == ["One.", "Two."]
    assert page.reviews["helpful_votes"].tolist() == [14, 4]


@pytest.mark.parametrize("last", ["She said “go.”", "Five stars, ten tissues", "The end"])
def test_a_lost_closing_line_whatever_the_text_ends_in(last):
    assert texts(DAY, last, "on May 4, 2012", "Two.", CLOSE) == [last, "Two."]


def test_furniture_of_other_pages():
    read = rk.read_text(
        "\n".join(
            [
                "Top positive review",
                "See all 180 positive reviews›",
                "Sort byTop ratedFilter byAll reviewersAll starsAll formatsText, image, video",
                "Showing 1-10 of 245 reviews",
                DAY,
                "One.",
                CLOSE,
                "Sponsored Products are advertisements for products sold by merchants on Amazon.com.",
                "The Winter Orchard [Blu-ray] 4.2 out of 5 stars 318 $12.49",
                DAY,
                "Two.",
                CLOSE,
                "What Other Items Do Customers Buy After Viewing This Item?",
                "After viewing product detail pages, look here to find an easy way to navigate back.",
                "Conditions of Use Privacy Notice Interest-Based Ads © 1996-2016, Amazon.com, Inc.",
            ]
        )
    )
    assert read.reviews["text"].tolist() == ["One.", "Two."]
    assert read.report["line"].tolist() == [1, 2, 3, 4, 8, 9, 13, 14, 15]


def test_the_same_few_words_by_several_people():
    page = rk.read_text("text\nGood.\nGood.\nBad one.\n")
    assert page.reviews["text"].tolist() == ["Good.", "Good.", "Bad one."]
    assert page.report["kind"].tolist() == ["header", "doubt"]
    other = CLOSE.replace("4 people", "9 people")
    assert len(texts(DAY, "Good movie.", CLOSE, DAY, "Good movie.", other)) == 2


def test_what_looks_like_a_table_and_is_none():
    page = rk.read_text("Review\n\nIt rained, and then it poured.\n-----\nIt was dry.\n")
    assert page.layout == "dashes"
    with pytest.raises(rk.PageError, match="not a page of reviews"):
        rk.read_text("It rains in this one.,4\nIt pours in that one.,5\n")


def test_a_table_of_spreadsheets():
    page = rk.read_text("sep=;\nreview;text;datum\n1;It rains.;03.05.2012\n")
    assert page.reviews["text"].tolist() == ["It rains."]
    assert page.reviews["date"].tolist() == [pd.Timestamp("2012-05-03")]
    run_on = rk.read_text('text,rating\n"It rains, and,4\nIt pours,5\n')
    assert "nothing closes" in run_on.report["action"].str.cat()


def test_a_table_leaks_no_name():
    rows = [
        "author,text,rating,customer_email",
        "Wanda Pemberley,,4,w@p.org",
        'Wanda "W" P,It rains,Wanda P,x@p.org',
    ]
    page = rk.read_text("\n".join(rows))
    shown = page.report.to_csv() + page.lines.to_csv() + page.reviews.to_csv()
    assert not any(name in shown for name in ("Wanda", "Pemberley", "p.org"))


@pytest.mark.parametrize(
    "page",
    [
        DAY + "\n" + (" " * 60 + "A line.\n") * 2000 + "b.\n" + CLOSE,
        DAY + "\n" + ("comments" + " " * 180 + "x\n") * 500 + "b.\n" + CLOSE,
        DAY + "\n" + "1" * 100_000 + " abuse\n" + CLOSE,
        "Customers also viewed these items\n" * 20_000 + DAY + "\nb.",
        DAY + "\n" + "=" * 100_000 + " A\n" + CLOSE,
        DAY + "\n" + "a" * 500_000 + "\n" + CLOSE,
        DAY + "\na b." + "\n" * 100_000 + "c d.\n" + CLOSE,
        DAY + "\n" + '("*' * 100_000 + "\n" + CLOSE,
        'text,junk\n"It rains a lot here.","' + "\n".join(f"Line {i} word" for i in range(2_000)) + '"\n',
        "".join(f"By Ada{i} Bo{i} {DAY}\nI wept.\n\nCy Dee{i}\n{CLOSE}\n" for i in range(5_000)),
    ],
    ids=[
        "indented",
        "spaces",
        "digits",
        "furniture",
        "equals",
        "no space",
        "blank lines",
        "brackets",
        "cells",
        "names",
    ],
)
def test_no_page_takes_for_ever(page, tmp_path):
    """Each is read in a second or two; where time grows with the square of the length, in minutes."""
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    code = (
        "import sys, reviewkit as rk\n"
        "page = rk.read_page(sys.argv[1])\n"
        "rk.sentences(page.reviews)\n"
        "assert len(page.lines) >= 3"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "page.txt")], cwd=ROOT, check=True, timeout=60)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (None, "The path of a file was expected, such as 'my_pages/page.txt', not None"),
        ("x\ny", "this is a text|rk.read_text"),
        ("x" * 300, "cannot be read|no file"),
        ("~nobody_x/a.txt", "There is no file"),
    ],
)
def test_what_is_no_path(given, says):
    with pytest.raises(rk.PageError, match=says):
        rk.read_page(given)


def test_a_number_beyond_reason_is_missing():
    page = rk.read_text(f"{DAY}\nOne.\n{'9' * 40} people found this helpful. {END}")
    assert page.reviews["helpful_votes"].isna().all()
    assert page.report["kind"].tolist() == ["doubt"]


def test_tables_read_back_with_pandas_still_work(tmp_path):
    page = rk.read_text(f"{DAY}\n{CLOSE}\n{DAY}\nTwo.\n{CLOSE}")
    page.reviews.to_csv(tmp_path / "reviews.csv", index=False)
    again = pd.read_csv(tmp_path / "reviews.csv")
    assert rk.sentences(again)["text"].tolist() == ["Two."]
    assert rk.facts(again)["words"].tolist() == [0, 1]
