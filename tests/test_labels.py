"""Labels that are kept apart from the texts, and put back onto them."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.labels import labels_of, sentence_hash


@pytest.fixture(scope="module")
def corpus() -> rk.Corpus:
    return rk.load("never-let-me-go", names=True)


def placed(reviews: pd.DataFrame) -> rk.Labels:
    return labels_of(reviews, rk.sentences(reviews))


def changed(corpus: rk.Corpus, number: int, old: str, new: str) -> pd.DataFrame:
    reviews = corpus.page.reviews.copy()
    text = reviews.loc[number - 1, "text"]
    assert old in text
    reviews.loc[number - 1, "text"] = text.replace(old, new, 1)
    return reviews


def test_every_label_stands_on_its_words(corpus):
    texts = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"], strict=True))
    evidence = corpus.labels.evidence
    assert set(evidence["source"]) == {"annotator-1", "annotator-2", "annotator-3", "key"}
    for row in evidence.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.text
    staged = corpus.key[corpus.key["layer"] == "structure"]
    places = [table[["review_id", "start", "end"]].values.tolist() for table in (staged, corpus.sentences)]
    assert places[0] == places[1]


def test_the_key_gives_a_reason_wherever_the_annotators_differed(corpus):
    adjudication = corpus.labels.adjudication
    assert adjudication["why"].str.len().min() > 10
    kept = adjudication[adjudication["key"].ne("none") & adjudication["start"].notna()]
    reasons = corpus.key.set_index(["review_id", "layer", "label", "start", "end"])["cues"]
    for row in kept[~kept["layer"].isin(["spoilers"])].itertuples():
        assert reasons.loc[(row.review_id, row.layer, row.key, row.start, row.end)] == row.why


def test_a_corpus_shows_the_key_and_masks_it(corpus):
    masked = rk.load("never-let-me-go")
    assert set(masked.key["source"]) == set(masked.verdicts["source"]) == {"key"}
    assert len(masked.key) == len(corpus.key)
    assert not masked.key["text"].str.contains("Harding").any()
    verdicts = masked.verdicts.set_index(["layer", "review_id"])["label"]
    assert verdicts["perspective"].to_dict()["never-let-me-go-04"] == "book-reader"


def test_a_page_in_another_order_is_labelled_too(corpus):
    reviews = corpus.page.reviews.iloc[::-1].assign(review_id=[f"other-{n:02d}" for n in range(1, 31)])
    labels = placed(reviews)
    assert len(labels.evidence) == len(corpus.labels.evidence)
    assert labels.report.empty
    key = labels.evidence[(labels.evidence["source"] == "key") & (labels.evidence["review_id"] == "other-30")]
    assert (
        key["text"].tolist()
        == corpus.key.loc[corpus.key["review_id"] == "never-let-me-go-01", "text"].tolist()
    )


def test_what_does_not_fit_is_reported_and_not_guessed(corpus):
    first = corpus.sentences.iloc[0]["text"]
    labels = placed(changed(corpus, 1, first, "Another beginning."))
    assert labels.report.values.tolist()[0] == ["never-let-me-go-01", 1, "No sentence here has its hash."]
    assert labels.report["what"].tolist()[1:] == ["Its text differs: no verdict on it."]
    assert "never-let-me-go-01" not in set(labels.verdicts["review_id"])
    there = corpus.labels.evidence.query("review_id == 'never-let-me-go-01' and start > @first.__len__()")
    here = labels.evidence.query("review_id == 'never-let-me-go-01'")
    assert here["text"].tolist() == there["text"].tolist()
    assert (
        here["start"].to_numpy() - there["start"].to_numpy() == len("Another beginning.") - len(first)
    ).all()


def test_a_span_over_sentences_is_not_placed_where_one_came_between(corpus):
    spans = corpus.key[corpus.key["layer"] == "devices"]
    ends = set(zip(corpus.sentences["review_id"], corpus.sentences["end"], strict=True))
    span = next(
        row
        for row in spans.itertuples()
        for at in range(row.start + 1, row.end - 1)
        if (row.review_id, at) in ends
    )
    end = next(at for at in range(span.start + 1, span.end) if (span.review_id, at) in ends)
    number = int(span.review_id[-2:])
    text = corpus.page.reviews.loc[number - 1, "text"]
    labels = placed(changed(corpus, number, text, text[:end] + " A sentence came between them." + text[end:]))
    assert span.text not in set(labels.evidence["text"])


def test_the_same_sentence_in_another_review_is_not_taken_for_it(corpus):
    reviews = corpus.page.reviews.head(1).assign(text="I liked it. It was sad. Recommended.")
    assert not placed(reviews)
    labels = rk.load("never-let-me-go").labels
    assert labels


def test_a_hash_is_of_the_words():
    assert sentence_hash("Ruth waits.") == sentence_hash("Ruth waits.") != sentence_hash("Ruth waits")
    assert len(sentence_hash("")) == 16


def test_the_collected_page_is_shown_fully_labelled(collected):
    corpus = rk.load(collected)
    staged = corpus.key[corpus.key["layer"] == "structure"]
    assert (
        staged[["review_id", "start", "end"]].values.tolist()
        == corpus.sentences[["review_id", "start", "end"]].values.tolist()
    )
    assert corpus.labels.report.empty
    counts = corpus.verdicts.query("layer == 'perspective'").groupby(["label", "basis"]).size().to_dict()
    assert counts == {
        ("book-reader", "stated"): 2,
        ("book-reader", "implied"): 2,
        ("film-only", "stated"): 2,
        ("unstated", "none"): 4,
    }
    assert corpus.work.title == "Never Let Me Go"


def test_a_page_that_nobody_labelled_has_empty_tables():
    labels = placed(rk.read_text("I liked it well enough.\n-----\nNot for me, sorry to say.\n").reviews)
    assert not labels
    assert [len(t) for t in (labels.evidence, labels.verdicts, labels.adjudication, labels.report)] == [0] * 4
