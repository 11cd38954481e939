"""Is a class's agreement right, is what divides it at the head, and does a decision become a key?"""

from __future__ import annotations

import json
import time
import zipfile

import numpy as np
import pandas as pd
import pytest
from classes import class_of, zipped

import reviewkit as rk
from reviewkit import _paths, labels
from reviewkit.comparisons.class_agreeing import class_agreement, labels_met, people_met, places_met
from reviewkit.comparisons.together import Layer, divisions, layers_of, readings_of, snapped
from reviewkit.errors import TableError
from reviewkit.marks.events import make
from reviewkit.marks.exchange import write_marks
from reviewkit.marks.store import Store

REVIEWS = pd.DataFrame(
    {
        "review_id": ["page-01", "page-02"],
        "text": ["They meet at school. It is about time. I wept.", "I think it is slow. Perhaps not."],
    }
)
SENTENCES = rk.sentences(REVIEWS)
STAGES = Layer("structure", "structure", "sentences")
DEVICES = Layer("devices", "devices", "spans")


def said(who, marks, layer="structure"):
    return rk.evidence(REVIEWS, [(r, words, label) for r, words, label in marks], layer=layer, source=who)


def three():
    first, second, third = (
        ("page-01", "They meet at school.", "plot"),
        ("page-01", "It is about time.", "theme"),
        ("page-01", "I wept.", "response"),
    )
    return pd.concat(
        [
            said("ant", [first, second, third]),
            said("bee", [first, (*second[:2], "plot"), third]),
            said("cat", [first, (*second[:2], "craft")]),
        ],
        ignore_index=True,
    )


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of one's own, so that no decision of another test is in the file of marks."""
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


# readings


def test_what_divides_a_class_stands_first():
    table = divisions(readings_of(three(), SENTENCES, STAGES))
    assert table["division"].round(3).tolist() == [1.0, 0.0, 0.0]
    assert table.loc[0, ["labels", "readers"]].tolist() == ["plot 1, craft 1, theme 1", 3]
    assert table.loc[0, "said"] == "ant: theme; bee: plot; cat: craft"
    assert table.loc[0, "entropy"] == pytest.approx(np.log2(3))


def test_a_sentence_that_one_person_read_divides_nobody():
    assert 2 not in divisions(
        readings_of(said("ant", [("page-01", "I wept.", "response")]), SENTENCES, STAGES)
    )


def test_who_did_not_label_a_sentence_counts_for_nothing_there():
    readings = readings_of(three(), SENTENCES, STAGES)
    assert readings.codes[2].tolist().count(-1) == 1
    assert divisions(readings).query("place == 2")["readers"].tolist() == [2]


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("meet at school", ["They meet at school."]),
        ("They meet at school. It is about", ["They meet at school.", "It is about time."]),
        ("meet at school. It", ["They meet at school."]),
        ("I", ["It is about time."]),
    ],
)
def test_marks_are_moved_to_their_sentences(words, sentences):
    at = REVIEWS["text"][0].index(words if words != "I" else "It")
    mark = rk.evidence(REVIEWS, [("page-01", (at, at + len(words)), "plot")], layer="structure")
    assert snapped(mark, SENTENCES)["text"].tolist() == sentences


def test_spans_are_not_moved():
    marks = said("ant", [("page-02", "I think", "hedge")], "devices")
    assert snapped(marks, SENTENCES)[["start", "end"]].values.tolist() == [[0, 7]]


def hedges():
    return pd.concat(
        [
            said("ant", [("page-02", "I think", "hedge"), ("page-02", "Perhaps", "hedge")], "devices"),
            said("bee", [("page-02", "I think it is slow", "hedge")], "devices"),
            said("cat", [("page-02", "I think", "booster"), ("page-02", "Perhaps", "hedge")], "devices"),
        ],
        ignore_index=True,
    )


def test_spans_of_one_label_that_overlap_are_one_passage():
    readings = readings_of(hedges(), SENTENCES, DEVICES)
    assert readings.places[["start", "end", "about"]].values.tolist() == [
        [0, 7, "booster"],
        [0, 18, "hedge"],
        [20, 27, "hedge"],
    ]
    told = [[readings.labels[code] for code in row] for row in readings.codes]
    assert told == [["hedge", "hedge", "booster"], ["hedge", "hedge", "booster"], ["hedge", "none", "hedge"]]


def test_passages_divide_by_their_code_points():
    readings = readings_of(hedges(), SENTENCES, DEVICES)
    table = divisions(readings).set_index("place")["division"]
    assert table[1] == pytest.approx(1 - (7 / 18 + 0 + 0) / 3)  # ant and bee share 7 of 18; cat marked none
    assert divisions(readings, by="pairs").set_index("place")["division"][2] == pytest.approx(2 / 3)
    with pytest.raises(TableError, match="no measure 'words' here. There is: points, pairs, entropy"):
        divisions(readings, by="words")


def test_who_marked_nothing_has_read_a_review_only_if_committed():
    marks = hedges().query("source != 'cat'")
    dog = said("dog", [("page-01", "It is about time", "hedge")], "devices")
    marks = pd.concat([marks, dog], ignore_index=True)
    readings = readings_of(marks, SENTENCES, DEVICES)
    at = int(np.flatnonzero((readings.places["review_id"] == "page-02").to_numpy())[0])
    assert readings.codes[at, readings.people.index("dog")] == -1
    done = readings_of(marks, SENTENCES, DEVICES, committed={("dog", "page-02", "devices")})
    assert done.labels[done.codes[at, done.people.index("dog")]] == "none"


# agreement


@pytest.mark.parametrize("layer", ["structure", "spoilers", "attitude", "devices", "perspective"])
def test_of_two_people_the_figures_are_those_of_agreement(corpus, layer):
    evidence, verdicts = corpus.labels.evidence, corpus.labels.verdicts
    two = ("annotator-1", "annotator-2")
    known = rk.agreement(evidence, verdicts, corpus.sentences, between=two, resamples=10)
    known = known[known["unit"] != "reviews"].set_index(["layer", "label", "measure"])["value"]
    (asked,) = (each for each in layers_of(evidence) if each.name == layer)
    mine = class_agreement(readings_of(evidence, corpus.sentences, asked, people=two), resamples=10)
    met = 0
    for row in mine.to_dict("records"):
        at = (row["layer"], row["label"], row["measure"])
        if at in known.index and (row["label"] == "all" or row["measure"].startswith("F1")):
            assert row["value"] == pytest.approx(known[at]), at
            met += 1
    assert met >= 3


def test_alpha_of_a_class_is_that_of_agreement(corpus):
    evidence = corpus.labels.evidence
    known = rk.agreement(evidence, corpus.labels.verdicts, corpus.sentences, between=None, resamples=10)
    mine = class_agreement(readings_of(evidence, corpus.sentences, STAGES), resamples=10)
    known = known[known["layer"] == "structure"].set_index(["label", "measure"])["value"]
    for row in mine.to_dict("records"):
        assert row["value"] == pytest.approx(known[row["label"], row["measure"]])


def test_f1_over_all_pairs_by_hand():
    table = class_agreement(readings_of(hedges(), SENTENCES, DEVICES), resamples=10).set_index(
        ["label", "measure"]
    )["value"]
    # hedge: first passage 2 of 3 marked, second 2 of 3: 2 * (2 + 2) of pairs' marks 2 * (2 * 2 + 2 * 2)
    assert table["hedge", "F1 overlapping"] == pytest.approx(4 / 8)
    assert table["booster", "F1 overlapping"] == 0


def test_intervals_are_missing_for_two_reviews():
    table = class_agreement(readings_of(hedges(), SENTENCES, DEVICES), resamples=10)
    assert table[["low", "high"]].isna().all(axis=None)


def test_label_against_label_and_what_stands_behind_a_cell():
    readings = readings_of(three(), SENTENCES, STAGES)
    at = {label: n for n, label in enumerate(readings.labels)}
    met = labels_met(readings)
    assert met[at["plot"], at["plot"]] == 3
    assert met[at["plot"], at["craft"]] == met[at["craft"], at["plot"]] == 1
    assert places_met(readings, "plot", "theme").tolist() == [1]
    two = readings.of(("ant", "bee"))
    assert labels_met(two)[at["theme"], at["plot"]] == 1
    assert labels_met(two)[at["plot"], at["theme"]] == 0


def test_person_against_person_is_pairwise_kappa(corpus):
    evidence = corpus.labels.evidence
    known = rk.pairwise(evidence, corpus.sentences)
    mine = people_met(readings_of(evidence, corpus.sentences, STAGES))
    assert np.allclose(mine.to_numpy(), known.to_numpy())


# files


def files_of_two(folder, reviews=REVIEWS):
    folder.mkdir(parents=True, exist_ok=True)
    for n, (who, label) in enumerate((("ant", "theme"), ("bee", "plot"))):
        rows = [("It is about time.", label), ("I wept.", "response")]
        events = [
            make(
                text=reviews["text"][0],
                who=who,
                corpus="page",
                review_id="page-01",
                layer="structure",
                label=name,
                start=(at := reviews["text"][0].index(words)),
                end=at + len(words),
                note=None,
            )
            for words, name in rows
        ]
        write_marks(folder / f"{who}{('.csv', '.jsonld')[n]}", events)
    return sorted(folder.iterdir())


def test_a_folder_with_what_was_refused(home):
    files_of_two(home / "class" / "deep")
    (home / "class" / "Doe Jane.csv").write_text("nothing")
    pane = rk.TogetherPane(REVIEWS, home / "class", veil="off")
    assert pane.people.values.tolist() == [["ant", 2, 1, 0, 0], ["bee", 2, 1, 0, 0]]
    assert pane.refused["file"].tolist() == ["Doe Jane.csv"]
    assert "no column" in pane.refused["why"][0]


def test_a_zip_as_it_comes(home):
    packed = zipped(files_of_two(home / "class"), home / "all.zip")
    with zipfile.ZipFile(packed, "a") as more:
        more.writestr("Course/readme.txt", "Dear class")
        more.writestr("__MACOSX/._ant.csv", "x")
        more.writestr("../../outside.csv", "x")
        more.write(home / "class" / "ant.csv", "Course/ant-for-excel.csv")
    pane = rk.TogetherPane(REVIEWS, packed, veil="off")
    assert pane.people["source"].tolist() == ["ant", "bee"]
    assert sorted(pane.refused["file"]) == ["../../outside.csv", "Course/readme.txt"]
    assert not (home.parent / "outside.csv").exists()
    assert "Doe" not in json.dumps(pane._page["people"])


def test_a_mapping_says_who_it_is(home):
    one, two = files_of_two(home / "class")
    pane = rk.TogetherPane(REVIEWS, {one: "cat", two: None}, veil="off")
    assert pane.people["source"].tolist() == ["bee", "cat"]


@pytest.mark.parametrize("broken", [b"PK\x03\x04 no zip", b""])
def test_a_broken_zip_is_refused_and_the_others_read(home, broken):
    paths = files_of_two(home / "class")
    (home / "broken.zip").write_bytes(broken)
    pane = rk.TogetherPane(REVIEWS, [*paths, home / "broken.zip", home / "gone.csv"], veil="off")
    assert sorted(pane.refused["file"]) == ["broken.zip", "gone.csv"]
    assert len(pane.people) == 2


def test_no_marks_here_says_what_to_do(home):
    (home / "empty").mkdir()
    with pytest.raises(TableError, match="No file of marks here"):
        rk.TogetherPane(REVIEWS, home / "empty")
    files_of_two(home / "class")
    other = REVIEWS.assign(review_id=["other-01", "other-02"])
    with pytest.raises(TableError, match="no marks on other. They hold marks on page"):
        rk.TogetherPane(other, home / "class")


# the pane


def opened(home, **more):
    files_of_two(home / "class")
    return rk.TogetherPane(REVIEWS, home / "class", veil="off", **more)


def sent(pane, **fields):
    """What the browser sends when somebody decides on the open place."""
    place = pane._place
    base = {"what": "set", "kind": "mark", "review_id": place["review_id"], "layer": place["layer"]}
    base |= {"start": place["start"], "end": place["end"], "text_sha": place["sha"], "note": None}
    event = make(mark=place["mark"], who="class-key", corpus="page", **(base | fields))
    pane._on_message(None, {"type": "marks", "events": [event]}, [])


def test_what_the_pane_shows(home):
    pane = opened(home)
    (row,) = pane._listed["rows"]
    assert "".join(part["t"] for part in row["parts"]) == "It is about time."
    assert row["counts"] == [{"label": "plot", "n": 1}, {"label": "theme", "n": 1}]
    pane._open = row["row"]
    assert [(each["label"], each["people"][0]["who"]) for each in pane._place["said"]] == [
        ("plot", "bee"),
        ("theme", "ant"),
    ]
    assert pane._place["key"] is None


def test_a_decision_is_kept_and_becomes_a_key(home):
    pane = opened(home)
    pane._open = pane._order[0]
    told = []
    pane.send = lambda content, buffers=None: told.append(content)
    sent(pane, label="theme", note="It draws a meaning.")
    assert told[0]["type"] == "kept"
    assert pane._listed["decided"] == pane._listed["divided"] == 1
    (kept,) = Store().current("page", who="class-key")
    assert (kept["label"], kept["quote"], kept["note"]) == (
        "theme",
        "It is about time.",
        "It draws a meaning.",
    )
    assert pane.key[["label", "source", "cues"]].fillna("").values.tolist() == [
        ["theme", "key", "It draws a meaning."],
        ["response", "key", ""],
    ]
    assert pane.decisions.loc[0, ["annotator_1", "annotator_2", "key", "why"]].tolist() == [
        "theme",
        "plot",
        "theme",
        "It draws a meaning.",
    ]
    again = rk.TogetherPane(REVIEWS, home / "class", veil="off")
    assert again._listed["decided"] == 1
    rk.ReadingPane(REVIEWS, pane.key)


def test_a_decision_can_be_taken_back(home):
    pane = opened(home)
    pane._open = pane._order[0]
    sent(pane, label="theme")
    sent(pane, label="theme", what="drop", at="2999-01-01T00:00:00.000Z")
    assert pane._listed["decided"] == 0
    assert len(pane.decisions) == 0


def test_nothing_can_be_decided_on_words(home):
    marks = hedges()
    pane = rk.TogetherPane(REVIEWS, marks, layer="devices", veil="off")
    pane._open = pane._order[0]
    about = pane._place["about"]
    sent(pane, kind="dispute", label=about, note="No doubt is lowered.")
    assert pane.decisions["key"].tolist() == ["none"]
    assert len(pane.key) == 0
    assert Store().current("page", who="class-key", kind="dispute")[0]["reason"] == "No doubt is lowered."


def test_words_of_ones_own_choice_are_the_keys_words(home):
    pane = rk.TogetherPane(REVIEWS, hedges(), layer="devices", veil="off")
    place = int(np.flatnonzero((pane._readings.places["about"] == "hedge").to_numpy())[0])
    pane._open = place
    names = [(each["start"], each["end"], each["name"]) for each in pane._place["spans"]]
    assert names == [(0, 7, ""), (0, 18, "")]
    sent(pane, label="hedge", start=0, end=10)
    assert pane.key[["label", "text"]].values.tolist() == [["hedge", "I think it"]]


def test_the_key_is_shown_when_it_is_asked_for(home, corpus):
    evidence = corpus.labels.evidence
    students = evidence[evidence["source"] != "key"].replace({"annotator-1": "owl", "annotator-2": "fox"})
    students = students[students["source"].isin(["owl", "fox"])]
    pane = rk.TogetherPane(corpus, students, veil="off")
    pane._open = pane._order[0]
    assert pane._place["key"] is None
    pane.key_shown = True
    assert pane._place["key"][0]["source"] == "key"
    assert pane._place["key"][0]["why"]


def test_a_covered_place_comes_without_its_words(home, corpus):
    class_of(corpus, home / "class", 4, reviews=6)
    pane = rk.TogetherPane(corpus, home / "class", layer="spoilers", veil="key")
    covered = [row for row in pane._listed["rows"] if "covered" in row]
    assert covered
    assert all("parts" not in row for row in covered)
    pane._open = covered[0]["row"]
    words = pane._texts[pane._place["review_id"]][pane._place["start"] : pane._place["end"]]
    assert words not in json.dumps(pane._place)
    pane._on_message(
        None,
        {"type": "lift", "review_id": pane._place["review_id"], "at": pane._place["start"], "up": True},
        [],
    )
    assert words in "".join(p.get("t", "") for parts in pane._place["paragraphs"] for p in parts)


def test_a_saved_key_is_read_like_the_kits_own(home, corpus):
    class_of(corpus, home / "class", 3, reviews=3)
    pane = rk.TogetherPane(corpus, home / "class", veil="off")
    pane._open = pane._order[0]
    choice = pane._place["choices"][0]["value"]
    event = make(
        mark=pane._place["mark"],
        who="class-key",
        corpus="never-let-me-go",
        kind="mark",
        review_id=pane._place["review_id"],
        layer="structure",
        label=choice,
        note="So we agreed.",
        start=pane._place["start"],
        end=pane._place["end"],
        text_sha=pane._place["sha"],
    )
    pane._on_message(None, {"type": "marks", "events": [event]}, [])
    folder = pane.save_key(home / "mine")
    sentences = rk.sentences(corpus.page.reviews)
    read = labels._Placing(folder, corpus.page.reviews, sentences).labels()
    assert len(read.evidence) == len(pane.key)
    assert read.evidence[read.evidence["cues"].notna()]["cues"].tolist() == ["So we agreed."]
    assert read.adjudication["key"].tolist() == [choice]
    assert pane.save_key() == _paths.work() / "key-never-let-me-go"
    both = pd.concat([corpus.labels.evidence.query("source == 'annotator-1'"), pane.key])
    assert len(rk.agreement(both, corpus.labels.verdicts, corpus.sentences, between=("annotator-1", "key")))


def test_numbers_open_to_their_sentences(home):
    pane = opened(home)
    pane._cell = {"of": "labels", "first": "theme", "second": "plot"}
    assert pane._listed["match"] == 1
    pane._cell = {"of": "people", "first": "ant", "second": "bee"}
    assert pane._listed["match"] == 1
    pane._cell = {"of": "labels", "first": "response", "second": "response"}
    assert pane._listed["rows"][0]["division"] == 0
    pane._cell = {"of": "labels", "first": "no such", "second": "response"}
    assert pane._listed["match"] == 1


def test_wrong_asks_name_what_there_is(home):
    with pytest.raises(
        TableError, match="Nobody here has labelled the layer 'devices'. There is: 'structure'"
    ):
        opened(home, layer="devices")
    with pytest.raises(TableError, match="Two of these people were expected, or none: ant, bee"):
        opened(home, between=("ant", "dog"))


def test_verdicts_are_places_too(home, corpus):
    evidence, verdicts = corpus.labels.evidence, corpus.labels.verdicts
    stance = next(each for each in layers_of(evidence, verdicts) if each.layer == "stance")
    moved = verdicts.copy()
    first = moved.index[(moved["source"] == "annotator-1") & (moved["layer"] == "stance")][0]
    moved.loc[first, "label"] = "unfavourable"
    two = ("annotator-1", "annotator-2")
    readings = readings_of(evidence, corpus.sentences, stance, verdicts=moved, people=two)
    assert divisions(readings)["division"].gt(0).sum() == 1


def test_a_class_of_thirty_is_quick(home, corpus):
    class_of(corpus, home / "class", 30, reviews=30, wrong=0.1)
    pane = rk.TogetherPane(corpus, home / "class", veil="off")
    start = time.perf_counter()
    for name in pane._board.layers:
        pane.layer = name
    pane.matrix = "people"
    pane._open = pane._order[0] if pane._order else -1
    assert time.perf_counter() - start < 60  # nothing in it grows with the square of the class
    assert len(pane._listed["rows"]) <= 20
