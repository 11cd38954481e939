"""What notebook 05 says of the kit's pages is so: its surprises surprise, and its figures are right."""

from __future__ import annotations

import ast
import json
import re

import pandas as pd
import pytest
from conftest import COLLECTED, ROOT
from test_notebooks import CUT_NETWORK, WORK_ALL_WIDGETS, run, sources

import reviewkit as rk

NOTEBOOK = ROOT / "notebooks" / "05_how_a_review_persuades.ipynb"


def devices(corpus: rk.Corpus, label: str = "") -> pd.DataFrame:
    found = corpus.key[corpus.key["layer"] == "devices"]
    return found[found["label"] == label] if label else found


def conceding(corpus: rk.Corpus) -> tuple[int, int]:
    """How many *but* stand in a concession, and how many there are."""
    buts = rk.concordance(corpus, "but").reset_index()
    pairs = buts.merge(devices(corpus, "concession"), on="review_id", suffixes=("", "_of"))
    held = pairs[(pairs["start_of"] <= pairs["start"]) & (pairs["end"] <= pairs["end_of"])]
    return held["index"].nunique(), len(buts)


def hedges_and_boosters(corpus: rk.Corpus, more: str = "") -> tuple[int, int]:
    rules = rk.rules("devices")
    rules.loc[rules["rule"] == "certainly", "cues"] += more
    found = rk.read(corpus, "devices", rules=rules)["label"].value_counts()
    return found["hedge"], found["booster"]


def liking(corpus: rk.Corpus, word: str) -> tuple[int, int]:
    said = rk.concordance(corpus, word, by="stance").drop_duplicates("review_id")
    return (said["group"] == "favourable").sum(), len(said)


def hedged(corpus: rk.Corpus) -> dict[str, int]:
    found = rk.compare(corpus, "stance", layer="devices", label="hedge").table.set_index("group")
    return (100 * found["share"]).round().astype(int).to_dict()


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


@pytest.fixture(scope="module")
def page_of_2016(collected):
    return rk.load(COLLECTED)


# ---- its surprises


def test_every_other_but_concedes_nothing(corpus):
    assert conceding(corpus) == (38, 77)


def test_a_concession_can_do_without_but(corpus):
    granted = devices(corpus, "concession")
    without = granted[~granted["text"].str.contains(r"\bbut\b", case=False)]
    assert (len(without), len(granted)) == (16, 54)
    teacher = granted[granted["review_id"] == "never-let-me-go-01"]
    assert len(teacher) == 5
    assert teacher.index.isin(without.index).all()


def test_three_words_turn_a_finding_round_and_one_turns_it_back(corpus):
    assert hedges_and_boosters(corpus) == (100, 7)
    assert hedges_and_boosters(corpus, "\nvery|really|so") == (100, 164)
    assert hedges_and_boosters(corpus, "\nvery|really") == (100, 75)


def test_those_who_condemn_hedge_least(corpus):
    assert hedged(corpus) == {"favourable": 12, "mixed": 24, "unfavourable": 5}
    assert hedged(rk.load("the-great-gatsby")) == {"favourable": 9, "mixed": 10, "unfavourable": 6}


def test_sad_and_depressing_part(corpus):
    assert [liking(corpus, word) for word in ("slow*", "sad*", "depressing")] == [(2, 6), (7, 10), (1, 6)]


def test_the_critic_neither_hedges_nor_says_who_is_speaking():
    critic = rk.load("never-let-me-go-critic")
    found = devices(critic)["label"].value_counts().to_dict()
    assert found == {"grounds": 5, "concession": 2, "voices": 1, "question": 1}
    assert len(critic.sentences) == 31


# ---- its other figures


def test_counts_of_the_page(corpus):
    found = devices(corpus)
    counts = found["label"].value_counts()
    assert counts[["hedge", "booster", "grounds"]].tolist() == [87, 9, 41]
    assert len(corpus.sentences) == 589
    reviews = found.groupby("label")["review_id"].nunique()
    assert reviews[["grounds", "voices", "ethos"]].tolist() == [30 - 14, 17, 9]


def test_the_review_to_mark(corpus):
    found = devices(corpus)
    two = found[found["label"].isin(["concession", "voices"])]
    lengths = corpus.sentences.groupby("review_id").size()
    thick = (two.groupby("review_id").size() / lengths).fillna(0)
    review = thick.idxmax()
    assert review == "never-let-me-go-20"
    counts = found[found["review_id"] == review]["label"].value_counts()
    assert counts[["concession", "voices", "hedge"]].tolist() == [4, 6, 10]
    told = corpus.key[corpus.key["label"].isin(["major", "everything"])]
    assert review not in set(told["review_id"])


def test_eight_reviews_speak_of_what_others_have_written(corpus):
    voices = devices(corpus, "voices")
    page = voices[voices["text"].str.contains(r"\bhere\b|reviews|people are writing")]
    assert page["review_id"].nunique() == 8


def test_the_longest_review_without_grounds(corpus):
    words = corpus.reviews.set_index("review_id")["text"].str.split().str.len()
    bare = words[~words.index.isin(devices(corpus, "grounds")["review_id"])]
    assert (bare.idxmax(), bare.max(), words.max()) == ("never-let-me-go-15", 1112, 1112)


def test_what_is_quoted_of_the_kit_stands_there_and_tells_nothing(corpus):
    """Every quotation of six words or more is the kit's, and in no sentence that gives the story away."""
    told = corpus.key[corpus.key["label"].isin(["major", "everything"])]
    covered = [" ".join(text.casefold().split()) for text in told["text"]]
    texts = [" ".join(text.casefold().split()) for text in corpus.reviews["text"]]
    prose = re.sub(r"`[^`]*`", "", "\n".join(sources(NOTEBOOK, "markdown")))
    quotes = [" ".join(q.rstrip(",.;?").split()) for q in re.findall(r'"([^"\n]+)"', prose)]
    quotes += [
        line.replace("**", "").rstrip(" …")
        for line in re.findall(r"^> (?!\*\*claim)(.+)$", prose, re.MULTILINE)
    ]
    code = "\n".join(sources(NOTEBOOK, "code"))
    keywords = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.keyword)]
    quotes += [ast.literal_eval(node.value) for node in keywords if node.arg == "quote"]
    invented = "It is for me one of the best films that I have seen but also very cruel and depressing"
    long = [quote for quote in quotes if len(quote.split()) > 5 and quote != invented]
    assert len(long) > 8
    for quote in long:
        assert any(quote.casefold() in text for text in texts), quote
        assert not any(quote.casefold() in text for text in covered), quote


FIVE = ["Slow, but I liked the music. Go and see it.", "Great film!", "We left after an hour. Hard seats."]
FIVE += ["A man loses his dog. I cried, I think.", "Do not buy this disc."]


@pytest.mark.slow
@pytest.mark.parametrize("chosen", ["the-great-gatsby", "my_pages/five.csv"])
def test_it_runs_on_another_page(chosen, tmp_path, monkeypatch):
    for folder in ("my_pages", "my_work"):
        (tmp_path / folder).mkdir()
    pd.DataFrame({"text": FIVE}).to_csv(tmp_path / "my_pages" / "five.csv", index=False)
    (tmp_path / "my_work" / "choice.json").write_text(json.dumps({"chosen": chosen}), encoding="utf-8")
    cells = [CUT_NETWORK, *sources(NOTEBOOK, "code"), WORK_ALL_WIDGETS]
    assert run(cells, tmp_path, monkeypatch) == []


# ---- what it says of the collected page


def test_on_the_collected_page(page_of_2016):
    found = devices(page_of_2016)
    assert conceding(page_of_2016) == (26, 52)
    assert found["label"].value_counts()[["hedge", "booster"]].tolist() == [71, 14]
    assert hedges_and_boosters(page_of_2016) == (86, 15)
    assert hedges_and_boosters(page_of_2016, "\nvery|really|so") == (86, 90)
    assert hedges_and_boosters(page_of_2016, "\nvery|really") == (86, 59)
    assert liking(page_of_2016, "sad*") == (6, 7)
    assert liking(page_of_2016, "slow*") == (2, 3)
    assert (rk.groups(page_of_2016, "stance") != "unfavourable").all()
    reviews = found.groupby("label")["review_id"].nunique()
    assert reviews[["grounds", "ethos"]].tolist() == [5, 1]
    words = page_of_2016.reviews.set_index("review_id")["text"].str.split().str.len()
    assert 1194 in words[~words.index.isin(found.loc[found["label"] == "grounds", "review_id"])].tolist()


def test_as_many_sentences_hold_a_concession_as_the_pane_counts(corpus):
    granted = corpus.key.query("layer == 'devices' and label == 'concession'")
    met = granted.merge(corpus.sentences, on="review_id", suffixes=("", "_of"))
    met = met[(met["start"] < met["end_of"]) & (met["start_of"] < met["end"])]
    assert (len(granted), len(met[["review_id", "sentence"]].drop_duplicates())) == (54, 65)


def test_the_reviews_with_one_voice_give_nothing_away(corpus):
    severity = rk.first_reveals(corpus).table.set_index("review_id")["severity"]
    heard = corpus.key.query("layer == 'devices' and label == 'voices'")["review_id"].value_counts()
    for number in ("07", "12", "14"):
        assert heard[f"never-let-me-go-{number}"] == 1
        assert severity[f"never-let-me-go-{number}"] < 2
