"""Who is speaking? One-sentence reviews, traps beside what they imitate, and one verdict per review."""

from __future__ import annotations

import time
from functools import cache

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.readings import decide, read
from reviewkit.readings.parts import told
from reviewkit.readings.perspective import find, perspectives
from reviewkit.rulebook import check_rules, compiled

READ = [
    ("I read the book on a train to Leeds.", "stated", None),
    ("Having read the novel, I feared the worst.", "stated", "book-first"),
    ("I listened to the audiobook in the car.", "stated", None),
    ("I couldn't put the book down.", "stated", None),
    ("My friend and I have read the book.", "stated", None),
    ("As someone who has read the book, I was uneasy.", "stated", None),
    ("If I hadn't read the book first I would have been lost.", "stated", "book-first"),
    ("We had to read the book in school.", "stated", None),
    ("Read this years ago and loved it.", "stated", "book-first"),
    ("I read the book years before I saw the film.", "stated", "book-first"),
    ("I saw the film first and then I read the book.", "stated", "film-first"),
    ("After seeing the movie I read the novel in two days.", "stated", "film-first"),
    ("I hadn't read it when I saw the film, but I have since read the book.", "stated", "film-first"),
    ("I want to reread the novel now.", "stated", None),
    ("I have taught this novel for ten years.", "stated", "book-first"),
    ("I loved the book.", "implied", None),
    ("In the book the sister is much funnier.", "implied", None),
    ("The movie leaves out the chapter where they meet.", "implied", None),
    ("It stays faithful to the book.", "implied", None),
    ("Not half as good as the book.", "implied", None),
    ("The captain is just as I had pictured him.", "implied", None),
]
NOT_READ = [
    ("I haven't read the book.", "stated"),
    ("Not having read the novel, I cannot compare them.", "stated"),
    ("havent read the book so i went in blind", "stated"),
    ("A novel that I have never yet read.", "stated"),
    ("Maybe you have to read the book, I haven't.", "stated"),
    ("I knew nothing about the novel.", "stated"),
    ("I'm going to read the book now.", "implied"),
    ("I wish I had read the book first.", "implied"),
    ("I had no idea that this was based on a novel.", "implied"),
    ("My sister offered to lend me the book.", "implied"),
    ("The book is next on my list.", "implied"),
    ("Whether it is true to the book I couldn't say.", "implied"),
]
PART = [
    "I am about halfway through the book.",
    "I never finished the novel.",
    "I gave up on the book after fifty pages.",
    "I skimmed the book last week.",
    "I tried to read the book.",
]
UNSTATED = [
    "My wife has read the book and liked it.",
    "I went with a friend who has read the book three times.",
    "Our teacher loved the novel.",
    "You don't need to have read the book to enjoy it.",
    "If you've read the book you will know what happens.",
    "People who have read the book will be cross.",
    "Fans of the novel may grumble.",
    "I have read two other novels by the same author.",
    "It is adapted from the novel by Ada Example.",
    "The novel was published in 1931 and won a prize.",
    "Apparently the book explains it better.",
    "Reviewers say that the book is better.",
    "I read that the book was a bestseller.",
    "I read the reviews before we went.",
    "Should I have read the book first?",
    '"I have read the book," said the man behind me.',
    "A slow film, and a long one.",
    "",
]


@cache
def rules_of(work: str | None):
    return compiled("perspective", rk.read_work(work) if work else None)


def verdict(text: str, work: str | None = None) -> pd.Series:
    reviews = pd.DataFrame({"review_id": ["a-01"], "text": [text]})
    rows = [
        ("a-01", "perspective", f.label, f.start, f.rule, "rule")
        for f in find(told(text), rules_of(work), None)
    ]
    evidence = pd.DataFrame(rows, columns=["review_id", "layer", "label", "start", "rule", "source"])
    return perspectives(evidence, reviews).iloc[0]


@pytest.mark.parametrize(("text", "basis", "order"), READ)
def test_a_reader(text, basis, order):
    found = verdict(text)
    assert (found["label"], found["basis"]) == ("book-reader", basis)
    assert order is None or found["order"] == order


@pytest.mark.parametrize(("text", "basis"), NOT_READ)
def test_somebody_who_knows_the_film_alone(text, basis):
    found = verdict(text)
    assert (found["label"], found["basis"]) == ("film-only", basis)
    assert pd.isna(found["order"])


@pytest.mark.parametrize("text", PART)
def test_half_a_reader(text):
    assert verdict(text)["label"] == "partial"


@pytest.mark.parametrize("text", UNSTATED)
def test_no_evidence_about_the_reviewer(text):
    found = verdict(text)
    assert (found["label"], found["basis"]) == ("unstated", "none")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I have never read the book. In the novel she is older, I believe.", "film-only"),
        ("I had not read the book when I saw it. I have since read the book.", "book-reader"),
        ("I read the book. My husband has not read the book.", "book-reader"),
        ("I gave up on the book. The film is better than the book.", "partial"),
        ("It is nothing like the book. Now I want to read the book.", "film-only"),
    ],
)
def test_one_verdict_from_findings_that_differ(text, label):
    assert verdict(text)["label"] == label


def test_a_title_stands_for_the_book_where_the_work_is_known():
    assert verdict("I read Never Let Me Go last summer.", "never-let-me-go")["order"] == "book-first"
    assert verdict("I read Ishiguro's first novel in college.", "never-let-me-go")["label"] == "unstated"


def test_what_was_weighed_and_set_aside_is_shown_and_decides_nothing():
    reviews = pd.DataFrame({"review_id": ["a-01"], "text": ["My mother has read the book."]})
    evidence = read(reviews, "perspective", work=None)
    assert evidence["label"].tolist() == ["set-aside"]
    assert decide(evidence, reviews)["spans"].tolist() == [1]


def test_a_mark_without_a_rule_counts_as_stated():
    reviews = pd.DataFrame({"review_id": ["a-01", "a-02"], "text": ["I read it.", "Fine."]})
    marked = rk.evidence(reviews, [("a-01", "I read it", "book-reader")], layer="perspective", source="ada")
    found = perspectives(marked, reviews)
    assert found[["label", "basis", "source"]].to_numpy().tolist() == [
        ["book-reader", "stated", "ada"],
        ["unstated", "none", "ada"],
    ]


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(rk.TableError, match="no column 'layer', 'label'"):
        perspectives(pd.DataFrame({"review_id": []}), pd.DataFrame({"review_id": [], "text": []}))


def test_quoted_words_are_the_text_at_their_offsets():
    text = (
        "Ünïcode 🎬 first. “I’ve read the BOOK,” I said; I read the novel again… İt was better in the book."
    )
    for each in find(told(text), rules_of(None), None):
        assert each.cues == text[each.start : each.end]


def test_the_rules_hold_to_their_own_sentences():
    assert check_rules("perspective") == []


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "i read " * 15_000, "(" * 50_000, "'i '" * 25_000, "book " * 20_000]
)
def test_nothing_runs_away(text):
    start = time.process_time()
    find(told(text), rules_of(None), None)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The novel passed me by.", "film-only"),
        ("How close it is to the book somebody else must say.", "film-only"),
        ("I bailed out of the novel around chapter six.", "partial"),
        ("My bookmark is still at page ninety.", "partial"),
        ("We had the book on in the car all summer.", "book-reader"),
        ("The tune is still in my head.", "unstated"),
        ("My daughter finished the book in one night.", "unstated"),
        ("Every line of the script is about money.", "unstated"),
    ],
)
def test_a_reading_told_by_what_was_done_with_the_book(text, label):
    assert verdict(text)["label"] == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("There is a novel. I have never opened it.", "film-only"),
        ("My aunt says that the book is sadder. I'll take her word for it.", "film-only"),
        ("They gave us the book in class. I got up to the part where the boat sinks.", "partial"),
        ("I found the paperback in a bin. It took me all summer.", "book-reader"),
        ("I have never opened it.", "unstated"),
        ("The disc came late. I got up to the part where the boat sinks.", "unstated"),
        ("It took me all summer.", "unstated"),
    ],
)
def test_it_is_the_book_only_where_a_book_was_just_spoken_of(text, label):
    assert verdict(text)["label"] == label
