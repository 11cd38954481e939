"""The machine's readings: rules hold to their sentences, quotations to their texts; rules can be changed."""

from __future__ import annotations

import csv
import time

import pandas as pd
import pytest
from conftest import ROOT
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import reviewkit as rk
from reviewkit import evaluating, readings
from reviewkit.commands import main
from reviewkit.corpus import labelled_corpora
from reviewkit.readings import sentiment
from reviewkit.rulebook import LAYERS, check_rules

pytestmark = pytest.mark.usefixtures("no_network")
HOSTILE = {
    "no space": "a" * 100_000,
    "quotes": '"' * 50_000,
    "nested": "“‘(" * 20_000,
    "brackets": "(" * 100_000,
    "but": "but " * 25_000,
    "marks": "?!" * 50_000,
    "emoji": "👩‍👩‍👧‍👦 ❤️ " * 5_000,
    "right to left": "\u202eספר \u202c" * 5_000,
}


@pytest.fixture(scope="module")
def corpus() -> rk.Corpus:
    return rk.load("never-let-me-go", names=True)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_rule_hits_and_misses_the_sentences_it_names(layer):
    assert check_rules(layer) == []
    table = rk.rules(layer)
    assert table["rule"].is_unique
    for column in ("label", "why", "cues", "hits", "misses"):
        assert (table[column].str.len() > 0).all(), column


@pytest.mark.parametrize("layer", readings.READINGS)
def test_the_quoted_words_are_the_text_at_their_offsets(layer):
    for each in labelled_corpora():
        found = rk.read(each, layer)
        texts = dict(zip(each.reviews["review_id"], each.reviews["text"], strict=True))
        assert len(found) > 0
        for row in found.itertuples():
            assert row.start < row.end
            assert texts[row.review_id][row.start : row.end] == row.text
        assert found.dtypes.equals(rk.read(each.reviews.head(0), layer).dtypes)


@pytest.mark.parametrize("layer", readings.READINGS)
def test_no_text_takes_a_reading_for_ever(layer):
    for name, text in HOSTILE.items():
        reviews = pd.DataFrame({"review_id": [name], "text": [text]})
        start = time.process_time()
        rk.read(reviews, layer)
        assert time.process_time() - start < 20, name


def test_a_reading_of_no_words_is_empty_and_still_decided():
    reviews = pd.DataFrame({"review_id": ["a", "b"], "text": ["", None]}).astype("str")
    assert rk.read(reviews, "devices").empty
    for layer, label in (("perspective", "unstated"), ("spoilers", "spoiler-free")):
        verdicts = rk.decide(rk.read(reviews, layer), reviews)
        assert verdicts[["review_id", "label", "source"]].values.tolist() == [
            ["a", label, "rule"],
            ["b", label, "rule"],
        ]


def test_what_is_asked_for_wrongly_is_answered_with_the_remedy(corpus):
    with pytest.raises(rk.TableError, match="There is no reading 'spoiler'. Did you mean 'spoilers'"):
        rk.read(corpus, "spoiler")
    with pytest.raises(
        rk.TableError, match="There are no rules for 'sentiment'. There are for: perspective, "
    ):
        rk.rules("sentiment")
    with pytest.raises(rk.TableError, match="no column 'text'"):
        rk.read(pd.DataFrame({"review_id": ["a"]}), "devices")
    with pytest.raises(rk.WorkError, match="There is no work 'emma'"):
        rk.read(corpus, "spoilers", work="emma")
    with pytest.raises(rk.TableError, match="no column 'cues'"):
        rk.read(corpus, "devices", rules=pd.DataFrame({"rule": ["x"], "label": ["hedge"]}))
    faulty = rk.rules("devices").head(1).assign(cues="but (")
    with pytest.raises(rk.WorkError, match=r"The rule .* has '\(' in it, which is no word"):
        rk.read(corpus, "devices", rules=faulty)


# ---- a rule that is changed ----


def test_a_changed_rule_shows_what_moved(corpus):
    mine = rk.rules("perspective")
    mine = mine[mine["label"] != "film-only"]
    moved = rk.compare_rules(corpus, "perspective", mine)
    verdicts = moved[moved["of"] == "verdict"]
    assert set(verdicts["before"]) == {"film-only"}
    assert len(verdicts) == (corpus.verdicts["label"] == "film-only").sum()
    gone = moved[moved["of"] == "evidence"]
    assert (gone["before"] == "film-only").any()
    assert rk.compare_rules(corpus, "perspective", rk.rules("perspective")).empty
    with pytest.raises(rk.TableError, match="edit a copy of rk.rules"):
        rk.compare_rules(corpus, "perspective", "mine")


def test_a_rule_of_ones_own_is_used(corpus):
    own = pd.DataFrame(
        {"rule": ["boats"], "label": ["grounds"], "cues": ["boat*\nbeach"], "unless": ["Holkham"]}
    )
    found = rk.read(corpus, "devices", rules=own)
    assert set(found["rule"]) <= {"boats"}
    assert found["cues"].str.lower().str.contains("boat|beach").all()


# ---- sentiment ----


def test_scores_are_vaders_own(corpus):
    analyser = SentimentIntensityAnalyzer()
    table = sentiment.scores(corpus)
    assert table["compound"].tolist() == [
        analyser.polarity_scores(text)["compound"] for text in table["text"]
    ]
    assert len(table) == len(corpus.sentences)


@pytest.mark.parametrize(
    ("text", "word", "changed"),
    [
        ("It was good.", "good", ""),
        ("It was not good.", "good", "not"),
        ("It was very good.", "good", "very"),
        ("It was GOOD, he said.", "GOOD", "capitals"),
        ("It was good but long.", "good", "but"),
        ("It was kind of good.", "good", "kind of"),
        ("Never was it so good.", "good", "so"),
        ("A 😁 ending, very sad.", "sad", "very"),
    ],
)
def test_a_words_weight_is_explained(text, word, changed):
    weighed = {text[w.start : w.end]: w for w in sentiment.weigh(text).words}
    assert weighed[word].changed_by == changed
    assert bool(changed) == (weighed[word].valence != weighed[word].lexicon)


def test_offsets_of_words_hold_behind_emoji(corpus):
    texts = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"], strict=True))
    for row in sentiment.valences(corpus).itertuples():
        assert texts[row.review_id][row.start : row.end] == row.text
    assert [w.start for w in sentiment.weigh("😁😁 I love it 💘 so.").words][:3] == [0, 1, 5]


def test_a_whole_text_saturates(corpus):
    table = sentiment.review_scores(corpus)
    assert table["whole"].abs().mean() > table["mean"].abs().mean()
    assert table[["mean", "whole"]].abs().max(axis=None) <= 1


# ---- evaluation, by hand ----


def test_a_reading_is_counted_against_a_key_by_hand():
    sentences = pd.DataFrame({"review_id": "a", "start": [0, 10, 20], "end": [9, 19, 29]})
    rows = [("structure", "plot", 0, 9), ("structure", "theme", 10, 19), ("structure", "craft", 20, 29)]
    key = pd.DataFrame(rows, columns=["layer", "label", "start", "end"]).assign(review_id="a", runner_up=None)
    key.loc[1, "runner_up"] = "overall"
    given = key.assign(label=["plot", "overall", "plot"], runner_up=None)
    none = pd.DataFrame(columns=["review_id", "layer", "label"])
    counts = evaluating.scoring.counted((key, none), (given, none), sentences, ["a"])
    assert counts["structure", "plot"].tolist() == [[1, 1, 0]]
    assert counts["structure", "overall"].tolist() == [[1, 0, 0]]  # the key's second stage is right too
    assert counts["structure", "craft"].tolist() == [[0, 0, 1]]
    assert counts["structure", "description"].tolist() == [[1, 1, 0]]


def test_the_rules_beat_both_baselines_on_reviews_they_were_not_written_against():
    tests = [each for each in labelled_corpora() if each.use == "test"]
    assert len(tests) == 5
    table = rk.evaluate(tests, resamples=200)
    pooled = table[table["corpus"] == "all test"].set_index(["layer", "label"])
    assert (pooled["low"].isna() | (pooled["low"] <= pooled["f1"]) & (pooled["f1"] <= pooled["high"])).all()
    for question in [*evaluating.MEANS, ("spoilers", "grade 2 or more"), ("spoilers", "handling")]:
        row = pooled.loc[question]
        assert row["f1"] > max(row["most_frequent"], row["keywords"]), question
        assert row["annotators"] > row["f1"], question
    assert (
        pooled.loc[("spoilers", "grade 2 or more"), "f1"]
        > pooled.loc[("spoilers", "grade 2 or more"), "without_work"]
    )


def test_every_misreading_can_be_opened(corpus):
    texts = dict(zip(corpus.reviews["review_id"], corpus.reviews["text"], strict=True))
    for layer in LAYERS:
        table = rk.misreadings(corpus, layer)
        assert set(table["what"]) <= {"miss", "false alarm", "other label"}
        for row in table.itertuples():
            assert texts[row.review_id][row.start : row.end] == row.text


# ---- at the command line ----


def test_read_writes_five_tables(tmp_path, capsys):
    ours = str(ROOT / "data" / "never-let-me-go" / "page.txt")
    assert main(["read", ours, "--to", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert "read with what is known of Never Let Me Go" in said.err
    names = {path.stem for path in tmp_path.glob("*.csv")}
    assert names == {"reviews", "sentences", "evidence", "verdicts", "report"}
    with (tmp_path / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["source"] for row in rows} == {"rule"}
    assert {row["layer"] for row in rows} == set(readings.READINGS)
    assert not any("Harding" in row["text"] for row in rows)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "its heading names no work that the kit knows"),
        (["--work", "none"], "read without a work"),
        (["--work", "rebecca"], "read with what is known of Rebecca"),
    ],
)
def test_read_says_what_it_knows_of_the_work(tmp_path, capsys, options, said):
    (tmp_path / "own.txt").write_text("I never read it, and he dies.\n-----\nSlow, but it has its moments.\n")
    assert main(["read", str(tmp_path / "own.txt"), "--to", str(tmp_path / "out"), *options]) == 0
    assert said in capsys.readouterr().err


def test_evaluate_prints_and_writes(tmp_path, capsys):
    assert main(["evaluate", "--corpus", "never-let-me-go-critic", "--to", str(tmp_path)]) == 0
    assert "written against" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"evaluation.csv", "misreadings.csv"}
