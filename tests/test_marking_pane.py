"""Does Python keep what the browser sends, exactly once, with the words it stands on, and tell the others?"""

import sqlite3
import uuid
from types import SimpleNamespace

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit.errors import TableError
from reviewkit.marks import events as made
from reviewkit.marks.store import Store, StoreError
from reviewkit.widgets.marking._marking import MEANINGS, completed, offered, sentences, with_ends
from reviewkit.widgets.reading._rows import MANUAL

TEXT = "I read the novel 👩‍👧 first.\n\nסרט יפה. Perhaps I should not have.\n\nAda Example\nSmallville"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def page():
    reviews = pd.DataFrame(
        {"review_id": ["page-01", "page-02"], "text": [TEXT, "In the end they all die. Fine."]}
    )
    return SimpleNamespace(reviews=reviews, name="page", title="A page", invented=True)


def listened(pane):
    """The pane, and what it says to the browser."""
    said = []
    pane.send = lambda content, *_: said.append(content)
    return pane, said


def sent(pane, start, end, label="hedge", **more):
    """An event as the module sends it."""
    place = {"review_id": pane.review_id, "start": start, "end": end, "text_sha": pane._current["sha"]}
    base = {"event": str(uuid.uuid4()), "mark": str(uuid.uuid4()), "what": "set", "kind": "mark"}
    return base | place | {"at": made.now(), "layer": "devices", "label": label, "note": None} | more


def keep(pane, *events):
    pane._on_message(None, {"type": "marks", "events": list(events)}, None)


def test_a_mark_is_kept_with_its_words(page):
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    event = sent(pane, 2, 20)
    keep(pane, event)
    assert said[0]["type"] == "kept"
    assert said[0]["events"] == [event["event"]]
    (row,) = pane.marks.to_dict("records")
    assert row["text"] == TEXT[2:20] == "read the novel 👩‍👧"
    assert (row["layer"], row["label"], row["start"], row["end"]) == ("devices", "hedge", 2, 20)
    (stored,) = Store().current("page")
    assert (stored["prefix"], stored["suffix"][:7]) == ("I ", " first.")
    assert stored["who"] == row["source"]


def test_sent_twice_is_kept_once(page):
    pane, _ = listened(rk.MarkingPane(page, veil="off"))
    event = sent(pane, 2, 6)
    keep(pane, event)
    keep(pane, event)
    keep(pane, event, sent(pane, 7, 10))
    assert len(Store().history()) == 2


def test_changed_and_dropped(page):
    pane, _ = listened(rk.MarkingPane(page, veil="off"))
    event = sent(pane, 2, 6)
    keep(pane, event)
    later = made.now(after=event["at"])
    keep(pane, event | {"event": str(uuid.uuid4()), "at": later, "label": "booster", "note": "why not"})
    assert pane.marks[["label", "cues"]].to_numpy().tolist() == [["booster", "why not"]]
    keep(pane, event | {"event": str(uuid.uuid4()), "at": made.now(after=later), "what": "drop"})
    assert pane.marks.empty
    assert len(Store().history(event["mark"])) == 3
    assert pane._own == []


def test_marks_of_earlier_days_are_there(page):
    keep(listened(rk.MarkingPane(page, veil="off"))[0], sent(rk.MarkingPane(page, veil="off"), 2, 6))
    again = rk.MarkingPane(page, veil="off")
    assert [event["label"] for event in again._own] == ["hedge"]
    assert len(again.marks) == 1


def test_panes_of_one_kernel_hear_at_once_and_others_when_they_ask(page):
    one, _ = listened(rk.MarkingPane(page, veil="off"))
    two, said = listened(rk.MarkingPane(page, veil="off"))
    _, elsewhere = listened(rk.MarkingPane(SimpleNamespace(reviews=page.reviews, name="other"), veil="off"))
    event = sent(one, 2, 6)
    keep(one, event)
    assert [n["event"] for n in said[0]["events"]] == [event["event"]]
    assert elsewhere == []
    foreign = made.make(
        text=TEXT,
        who=one._who,
        corpus="page",
        review_id="page-01",
        layer="devices",
        label="ethos",
        start=3,
        end=6,
    )
    Store().add([foreign])
    two._on_message(None, {"type": "news?"}, None)
    assert [n["event"] for m in said[1:] for n in m["events"]] == [foreign["event"]]
    assert len(two._own) == 2
    assert any(part["at"] == 3 for part in two._current["paragraphs"][0])  # cut within "read"


def test_somebody_elses_marks_are_not_mine(page):
    theirs = made.make(
        text=TEXT,
        who="owl",
        corpus="page",
        review_id="page-01",
        layer="devices",
        label="hedge",
        start=2,
        end=6,
    )
    Store().add([theirs])
    pane = rk.MarkingPane(page, veil="off")
    assert pane._own == []
    assert pane.marks.empty


def test_an_unsound_event_is_refused_and_holds_up_no_other(page):
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    good, bad = sent(pane, 2, 6), sent(pane, 2, 6, label="no such device")
    keep(pane, bad, good)
    assert [m["type"] for m in said if m["type"] != "news"] == ["refused", "kept"]
    assert "has no label" in said[0]["why"]
    pane._on_message(None, {"type": "marks", "events": "nonsense"}, None)
    pane._on_message(None, {"type": "marks"}, None)
    pane._on_message(None, "nonsense", None)
    assert len(pane.marks) == 1


@pytest.mark.parametrize("place", [(-1, 5), (5, 5), (5, 10_000), ("2", 6), (None, None), (2.5, 6)])
def test_offsets_are_checked(page, place):
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    keep(pane, sent(pane, *place))
    assert said[0]["type"] == "refused"
    assert pane.marks.empty


def test_a_store_that_cannot_write_says_why_and_takes_it_later(page, monkeypatch):
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    event = sent(pane, 2, 6)

    def full(*_):
        raise StoreError("The disk is full. Make room.")

    with monkeypatch.context() as patched:
        patched.setattr(Store, "add", full)
        keep(pane, event)
    assert said == [{"type": "not kept", "events": [event["event"]], "why": "The disk is full. Make room."}]
    keep(pane, event)
    assert said[1]["type"] == "kept"


def test_a_store_that_cannot_be_opened_does_not_stop_the_pane(page, home):
    (home / "my_work").mkdir()
    newer = sqlite3.connect(home / "my_work" / "marks.sqlite3")
    newer.execute("PRAGMA user_version = 99")
    newer.execute("CREATE TABLE about (name, value)")
    newer.close()
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    assert pane._desk["trouble"]
    keep(pane, sent(pane, 2, 6))
    assert said[0]["type"] == "not kept"


def test_a_text_that_was_parsed_anew(page):
    pane, _ = listened(rk.MarkingPane(page, veil="off"))
    keep(pane, sent(pane, 2, 16), sent(pane, 41, 48, label="booster"))
    changed = page.reviews.assign(text=["Well. " + TEXT.replace("Perhaps", "No doubt"), "Other."])
    again = rk.MarkingPane(SimpleNamespace(reviews=changed, name="page"), veil="off")
    assert [(e["start"], e["end"]) for e in again._own] == [(8, 22)]
    assert again.marks["text"].tolist() == ["read the novel"]
    (lost,) = again._desk["lost"]
    assert lost["label"] == "booster"


def test_an_event_about_an_older_text_is_anchored_by_its_words(page):
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    old = sent(pane, 8, 22, text_sha="0" * 64, quote="read the novel")
    keep(pane, old)
    assert said[0]["type"] == "kept"
    assert pane.marks["text"].tolist() == ["read the novel"]
    assert [(e["start"], e["end"]) for m in said if m["type"] == "news" for e in m["events"]] == [(2, 16)]


def test_verdicts(page):
    pane, _ = listened(rk.MarkingPane(page, veil="off"))
    verdict = sent(pane, None, None, label="mixed", kind="verdict", layer="stance")
    keep(pane, verdict | {"mark": pane._current["verdict_ids"]["stance"]})
    assert pane.verdicts[["review_id", "layer", "label"]].to_numpy().tolist() == [
        ["page-01", "stance", "mixed"]
    ]
    assert pane.marks.empty
    assert [(e["kind"], e["label"]) for e in pane._own] == [("verdict", "mixed")]


def test_signatures_are_masked_in_what_is_kept(page):
    pane, _ = listened(rk.MarkingPane(page, veil="off", names=True))
    start = TEXT.index("Ada")
    keep(pane, sent(pane, start, start + 11))
    assert "Ada" not in Store().current("page")[0]["quote"]


def test_every_word_can_be_chosen_and_the_pieces_are_the_text(page):
    sheet = rk.MarkingPane(page, veil="off", names=True)._current
    parts = [part for paragraph in sheet["paragraphs"] for part in paragraph]
    assert all(TEXT[part["at"] : part["e"]] == part["t"] for part in parts)
    words = {part["word"]: part["t"] for part in parts if part["kind"] == "word"}
    assert list(words.values())[:6] == ["I", "read", "the", "novel", "first", "סרט"]
    assert [TEXT[u["start"] : u["end"]] for u in sheet["units"]][1:3] == [
        "סרט יפה.",
        "Perhaps I should not have.",
    ]


def test_covered_words_are_not_sent_and_cannot_be_marked_by_word(page):
    pane = rk.MarkingPane(page, veil="rule", review_id="page-02")
    assert "die" not in str(pane._current["paragraphs"])
    assert pane._current["covered"] == 1
    pane._on_message(None, {"type": "lift", "review_id": "page-02", "at": 0, "up": True}, None)
    assert "die" in str(pane._current["paragraphs"])


def test_reviews_open_and_neighbours_are_ready(page):
    pane = rk.MarkingPane(page, veil="off")
    assert [sheet["id"] for sheet in pane._ahead] == ["page-02"]
    assert pane._ahead[0]["units"]
    pane.review_id = "page-02"
    assert pane._current["id"] == "page-02"
    assert pane._current["units"]


def test_every_label_of_the_manual_has_a_meaning():
    for layer, labels in MEANINGS.items():
        assert [*labels] == [label for label in MANUAL[layer] if label != "set-aside"]


def test_labels_that_shut_each_other_out():
    _, labels = offered("spoilers", None)
    alone = {e["label"] for e in labels if e["alone"] and e["layer"] == "spoilers"}
    assert alone == {"minor", "major", "everything"}
    assert not any(e["alone"] for e in labels if e["layer"] == "devices")
    assert all(e["alone"] for e in labels if e["layer"] in ("structure", "attitude"))


def test_tags_of_ones_own():
    layer, labels = offered("devices", {"irony": "says the contrary", "praise": ""})
    assert layer == "own"
    own = [(e["label"], e["means"], e["given"]) for e in labels if e["layer"] == "own"]
    assert own == [("irony", "says the contrary", True), ("praise", "", True)]
    assert offered("tone", ["dry"])[0] == "tone"


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"layer": "device"}, "There is no layer 'device' in the coding manual. It has: perspective, "),
        ({"tags": []}, "there are none"),
        ({"tags": ["a", "a"]}, "one stands twice"),
        ({"tags": ["a", " "]}, "' ' is none"),
        ({"tags": ["a", 3]}, "3 is none"),
        ({"tags": ["x" * 41]}, "up to 40 characters"),
    ],
)
def test_layers_and_tags_that_are_none(page, options, match):
    with pytest.raises(TableError, match=match):
        rk.MarkingPane(page, **options)


def test_tags_of_an_earlier_day_are_still_shown(page):
    pane, _ = listened(rk.MarkingPane(page, tags=["irony"], veil="off"))
    keep(pane, sent(pane, 2, 6, layer="own", label="irony"))
    again = rk.MarkingPane(page, tags=["praise"], veil="off")
    assert [(e["label"], e["given"]) for e in again._legend if e["layer"] == "own"] == [
        ("praise", True),
        ("irony", False),
    ]
    without = rk.MarkingPane(page, veil="off")
    assert "own" not in without._desk["layers"]
    assert [e["label"] for e in without._legend if e["layer"] == "own"] == ["irony"]


def test_of_two_events_at_once_the_later_counts(page):
    pane, _ = listened(rk.MarkingPane(page, veil="off"))
    first = sent(pane, 2, 6)
    later = first | {"event": str(uuid.uuid4()), "at": made.now(after=first["at"]), "label": "ethos"}
    keep(pane, later, first)
    assert [event["label"] for event in pane._own] == ["ethos"]
    assert pane.marks["label"].tolist() == ["ethos"]


def test_a_note_is_kept_whatever_was_pasted_into_it(page):
    pane, said = listened(rk.MarkingPane(page, veil="off"))
    keep(pane, sent(pane, 2, 6, note="a\x00b\nc \ud83d =1+1"))
    assert said[0]["type"] == "kept"
    assert pane.marks["cues"].tolist() == ["ab\nc ? =1+1"]


def test_one_tag_is_a_tag(page):
    assert rk.MarkingPane(page, tags="irony", veil="off")._desk["layers"][0] == "own"


def test_no_reviews_at_all():
    pane = rk.MarkingPane(pd.DataFrame({"review_id": [], "text": []}).astype("str"), veil="off")
    assert pane.marks.empty
    assert pane.verdicts.empty


def test_nothing_given_is_changed(page):
    before = page.reviews.copy()
    rk.MarkingPane(page, veil="off")
    pd.testing.assert_frame_equal(page.reviews, before)


def test_pure_parts():
    assert with_ends([[{"t": "ab", "at": 3}, {"cover": 5, "at": 5}]]) == [
        [{"t": "ab", "at": 3, "e": 5}, {"cover": 5, "at": 5}]
    ]
    assert [u["p"] for u in sentences("One. Two.\n\nThree.")] == [0, 0, 1]
    assert completed(None, corpus="c", who="owl", texts={})["who"] == "owl"
