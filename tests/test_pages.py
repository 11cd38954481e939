"""Pages to tables, by example: one page written out, one question each."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.pages import LAYOUTS

pytestmark = pytest.mark.usefixtures("no_network")
CLOSE = "1313 comments| 136 people found this helpful. Was this review helpful to you?YesNoReport abuse"


def page(*lines: str) -> rk.Page:
    return rk.read_text("\n".join(lines))


def texts(read: rk.Page) -> list[str]:
    return read.reviews["text"].tolist()


def known(column: pd.Series) -> list[object]:
    """The values, None for missing."""
    return [None if pd.isna(value) else value for value in column]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.NAME)
def test_each_layout_reads_its_own_example_and_no_other_claims_it(layout):
    assert [other.NAME for other in LAYOUTS if other.recognise(layout.EXAMPLE)] == [layout.NAME]
    read = rk.read_text(layout.EXAMPLE)
    assert read.layout == layout.NAME
    assert len(read.reviews) == 2
    assert layout.LOOKS_FOR


@pytest.mark.parametrize("first", ["Comment", "Review", "Content", "Customer reviews"])
@pytest.mark.parametrize(
    "layout", [each for each in LAYOUTS if each.NAME != "csv"], ids=lambda each: each.NAME
)
def test_a_stray_first_line_does_not_change_the_layout(layout, first):
    assert rk.read_text(f"{first}\n{layout.EXAMPLE}").layout == layout.NAME


@pytest.mark.parametrize(
    ("printed", "comments"),
    [
        ("1313 comments|", 13),
        ("11 comment|", 1),
        ("22 comments|", 2),
        ("1111 comments|", 11),
        ("121121 comments|", 121),
        ("1,0231,023 comments|", 1023),
        ("0Comment|", 0),
        ("Comment|", None),
        ("", None),
    ],
)
def test_the_comment_count_is_printed_twice(printed, comments):
    read = page("Slow.", f"{printed} 2 people found this helpful. Was this review helpful to you?YesNo")
    assert known(read.reviews["comments"]) == [comments]
    assert read.report.empty


def test_a_count_that_is_not_doubled_is_taken_as_it_stands_and_doubted():
    read = page("Slow.", "12 comments| Was this review helpful to you?YesNoReport abuse")
    assert read.reviews["comments"].tolist() == [12]
    assert read.report["kind"].tolist() == ["doubt"]


@pytest.mark.parametrize(
    ("clause", "votes"),
    [
        ("136 people found this helpful.", 136),
        ("One person found this helpful.", 1),
        ("1,017 people found this helpful.", 1017),
        ("136\u00a0people found this helpful.", 136),
        ("", None),
    ],
)
def test_helpful_votes(clause, votes):
    read = page("Slow.", f"0Comment| {clause} Was this review helpful to you?YesNoReport abuse")
    assert known(read.reviews["helpful_votes"]) == [votes]


@pytest.mark.parametrize(
    ("lines", "edition", "verified"),
    [
        (["Format: DVD"], "DVD", None),
        (["Verified Purchase"], None, True),
        (["Format: DVD|Verified Purchase"], "DVD", True),
        (["Format: Blu-rayVerified Purchase"], "Blu-ray", True),
        (["Format: DVD", "Verified Purchase"], "DVD", True),
        ([], None, None),
    ],
)
def test_format_and_verified_stand_on_lines_of_their_own(lines, edition, verified):
    read = page("on May 21, 2013", *lines, "Slow, and sad.", CLOSE)
    assert known(read.reviews["format"]) == [edition]
    assert known(read.reviews["verified"]) == [verified]
    assert texts(read) == ["Slow, and sad."]


def test_the_date_stands_before_its_review_and_may_be_missing():
    read = page("First.", CLOSE, "on May 21, 2013", "Second.", CLOSE, "Third, undated.", CLOSE)
    assert texts(read) == ["First.", "Second.", "Third, undated."]
    assert read.reviews["date"].isna().tolist() == [True, False, True]
    assert read.reviews["date"][1] == pd.Timestamp("2013-05-21")


def test_a_day_that_never_was_is_missing_and_reported():
    read = page("on February 30, 2013", "Slow.", CLOSE)
    assert read.reviews["date"].isna().all()
    assert read.report["action"].tolist() == ["No such day: the date is left missing."]


@pytest.mark.parametrize(
    "prose",
    [
        "Funny that 12 people found this helpful before it was even released.",
        "It asks me: Was this review helpful to you? No.",
        "on May 21, 2011, to be exact, we had tickets.",
        "I went with my brother\non May 21, 2013\nand we left early.",
        "Format: it is a dialogue. I liked that.",
        "Next to nothing happens.",
        "Verified Purchase is what it says beside my name, and yes, I bought it.",
    ],
)
def test_prose_that_looks_like_the_page_stays_prose(prose):
    read = page("on May 3, 2011", "I saw it twice.", "", prose, CLOSE, "on May 4, 2011", "Slow.", CLOSE)
    assert texts(read) == [f"I saw it twice.\n\n{prose}", "Slow."]


def test_furniture_before_between_and_after_goes_to_the_report():
    read = page(
        "Customer Reviews: Never Let Me Go",
        "Vehicles Garden Music Gift Cards Help",
        "Format: DVD|Change",
        "Your rating(Clear)Rate this item",
        "",
        "First words.",
        CLOSE,
        "Sponsored",
        "on May 3, 2011",
        "Second words.",
        CLOSE,
        "Customers also viewed these items",
        "Atonement [Blu-ray]",
        "Need customer service? Click here",
    )
    assert texts(read) == ["First words.", "Second words."]
    assert read.report["line"].tolist() == [1, 2, 3, 4, 8, 12, 13, 14]
    assert read.report["kind"].tolist().count("unknown") == 2


def test_two_pages_pasted_one_after_the_other():
    one = ["Customer Reviews: A Film", "Your rating(Clear)Rate this item", "Some words.", CLOSE]
    two = ["Customer Reviews: A Film", "Your rating(Clear)Rate this item", "Other words.", CLOSE]
    read = page(*one, "Need customer service? Click here", *two)
    assert texts(read) == ["Some words.", "Other words."]


def test_a_lost_closing_line_is_told_by_the_next_date():
    read = page("on May 3, 2011", "First review.", "on May 4, 2011", "Second review.", CLOSE)
    assert texts(read) == ["First review.", "Second review."]
    assert read.reviews["helpful_votes"].isna().tolist() == [True, False]
    assert read.report["kind"].tolist() == ["cut"]


def test_a_page_cut_off_in_the_middle_of_a_review():
    read = page("on May 3, 2011", "Whole.", CLOSE, "on May 4, 2011", "This one breaks off in the mid")
    assert texts(read) == ["Whole.", "This one breaks off in the mid"]
    assert read.report[["line", "kind"]].values.tolist() == [[5, "cut"]]


def test_a_repeated_review_is_left_out_and_reported_line_by_line():
    review = ["on May 3, 2011", "The same words.", CLOSE]
    read = page(*review, "on May 4, 2011", "Others.", CLOSE, *review)
    assert texts(read) == ["The same words.", "Others."]
    assert read.report[["line", "kind"]].values.tolist() == [[7, "repeat"], [8, "repeat"], [9, "repeat"]]


def test_a_copy_in_which_votes_have_grown_is_the_same_review():
    head, words = "By Ada Example on May 3, 2011", "The same words."
    read = page(head, words, CLOSE, head, words, CLOSE.replace("136", "137"))
    assert texts(read) == [words]
    assert set(read.report["kind"]) == {"repeat"}


def test_the_same_words_on_another_day_are_another_review():
    read = page("on May 3, 2011", "Boring film.", CLOSE, "on May 4, 2011", "Boring film.", CLOSE)
    assert len(read.reviews) == 2


def test_a_closing_line_glued_to_the_text_is_cut_off():
    read = page("on May 3, 2011", "The end." + CLOSE, "on May 4, 2011", "Slow.", CLOSE)
    assert texts(read) == ["The end.", "Slow."]


def test_counts_question_and_buttons_on_lines_of_their_own():
    read = page(
        "Slow film.",
        "22 comments| 58 people found this helpful.",
        "Was this review helpful to you?",
        "Yes",
        "No",
        "Report abuse",
        "on May 4, 2011",
        "Sad film.",
        CLOSE,
    )
    assert texts(read) == ["Slow film.", "Sad film."]
    assert read.reviews["helpful_votes"].tolist() == [58, 136]


def test_stars_title_and_author_of_other_years():
    read = page("5.0 out of 5 stars Quietly shattering", "By Ada Example on May 3, 2011", "Slow.", CLOSE)
    row = read.reviews.iloc[0]
    assert (row["rating"], row["title"]) == (5, "Quietly shattering")
    assert row["author"].startswith("Reviewer ")
    assert "Ada" not in read.lines["text"].str.cat()


def test_text_is_verbatim_but_for_its_ends():
    words = "  Tabs\tand\u00a0hard spaces,  two  spaces,\n\n\nthree line ends, “quotes” and 👩‍👩‍👧 remain.  "
    read = page("on May 3, 2011", words, CLOSE)
    assert texts(read) == [words.strip()]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end):
    read = rk.read_text(end.join(["on May 3, 2011", "One.", "", "Two.", CLOSE]))
    assert texts(read) == ["One.\n\nTwo."]
    assert read.report["kind"].tolist() == ["line ends"]


def test_mojibake_is_repaired_only_where_there_is_damage():
    broken = "It doesn’t end, and naïve me cried.".encode().decode("cp1252")
    read = page("on May 3, 2011", broken, "He said “no” and ‘yes’; fine.", CLOSE)
    assert texts(read) == ["It doesn’t end, and naïve me cried.\nHe said “no” and ‘yes’; fine."]
    assert read.report[["line", "kind"]].values.tolist() == [[2, "mojibake"]]


def test_dashes_between_reviews():
    read = page("One,", "", "with two paragraphs.", "---", "Two.", "----------", "Three.")
    assert read.layout == "dashes"
    assert texts(read) == ["One,\n\nwith two paragraphs.", "Two.", "Three."]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_table_with_a_text_column(sign):
    rows = [["Stars", "Review Text", "Posted on"], ["4/5", '"Slow, ""sad""\nand long."', "2011-05-03"]]
    read = rk.read_text("\n".join(sign.join(row) for row in rows))
    row = read.reviews.iloc[0]
    assert (row["rating"], row["text"], row["date"]) == (
        4,
        'Slow, "sad"\nand long.',
        pd.Timestamp("2011-05-03"),
    )


def test_a_table_says_what_it_could_not_read_or_use():
    read = page("text,rating,mood,date", "Slow.,five,low,03/05/2011", ",4,,", "Sad.,4,,")
    assert texts(read) == ["Slow.", "Sad."]
    assert read.reviews["rating"].isna().tolist() == [True, False]
    said = dict(zip(read.report["line"], read.report["kind"], strict=False))
    assert said[1] == "header"
    assert said[3] == "empty"
    assert "Not used: mood." in read.report["action"].iloc[0]
    assert (read.report["line"] == 2).sum() == 2


def test_the_longest_column_serves_where_none_is_named():
    read = page(
        "id,what they wrote", "1,It is slower than I had hoped for.", "2,It is sadder than I had feared."
    )
    assert len(read.reviews) == 2
    assert "was taken" in read.report["action"].str.cat()


def test_our_own_table_reads_back_as_it_was(tmp_path):
    from reviewkit.files import write_tables

    first = rk.load("never-let-me-go").page
    write_tables({"reviews": first.reviews}, tmp_path, names=True)
    again = rk.read_page(tmp_path / "reviews.csv", name="never-let-me-go")
    known = first.reviews.drop(columns="author")
    pd.testing.assert_frame_equal(again.reviews.drop(columns="author"), known)
