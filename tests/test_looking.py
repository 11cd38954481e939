"""Where do two readings part, how far, and is nothing of the other told before one's own is committed?"""

from __future__ import annotations

import json
import uuid
from types import SimpleNamespace

import pandas as pd
import pytest

import reviewkit as rk
from reviewkit import schema
from reviewkit.comparisons.look_figures import figures, limits, verdict_figures
from reviewkit.comparisons.look_verdicts import look_at_verdicts
from reviewkit.comparisons.looking import COLUMNS, look
from reviewkit.errors import TableError
from reviewkit.marks import events as made
from reviewkit.marks.exchange import write_marks
from reviewkit.marks.store import Store
from reviewkit.widgets.cards import ask

TEXT = "Perhaps that was unfair. It keeps still, but never lies. It is, I think, a quiet film."
REVIEWS = pd.DataFrame(
    {"review_id": ["page-01", "page-02"], "text": [TEXT, "Slow, perhaps. In the end they all die."]}
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.setitem(ask._GATES, "open", False)
    return tmp_path


def devices(*marks, source="owl", layer="devices"):
    return rk.evidence(
        REVIEWS, [("page-01", words, label) for words, label in marks], layer=layer, source=source
    )


def found(own, other, layer="devices", **more):
    table = look(own, other, REVIEWS, layer=layer, committed=["page-01"], **more)
    return [
        (
            row.outcome,
            None if pd.isna(row.label) else row.label,
            None if pd.isna(row.other_label) else row.other_label,
        )
        for row in table.itertuples()
    ]


# ---- rows ----


def test_the_five_outcomes():
    own = devices(
        ("Perhaps", "hedge"), ("that was", "booster"), ("think", "hedge"), ("keeps still", "grounds")
    )
    key = devices(
        ("Perhaps", "hedge"), ("It keeps still", "concession"), ("I think", "hedge"), ("quiet", "ethos")
    )
    assert found(own, key) == [
        ("agreement", "hedge", "hedge"),
        ("addition", "booster", None),
        ("other label", "grounds", "concession"),
        ("shifted", "hedge", "hedge"),
        ("miss", None, "ethos"),
    ]


@pytest.mark.parametrize(
    ("mine", "moved", "begins", "ends"),
    [
        ("think", "begins 1 word later", 2, 0),
        ("is, I think", "begins 1 word earlier", -4, 0),
        ("I think, a quiet", "ends 2 words later", 0, 9),
        ("It is, I", "begins 2 words earlier, ends 1 word earlier", -7, -6),
    ],
)
def test_how_far_a_boundary_has_moved(mine, moved, begins, ends):
    table = look(devices((mine, "hedge")), devices(("I think", "hedge")), REVIEWS, layer="devices")
    (row,) = table.to_dict("records")
    assert (row["outcome"], row["moved"], row["begins"], row["ends"]) == ("shifted", moved, begins, ends)


def test_a_little_overlap_is_no_other_label():
    own, key = devices(("It keeps still, but never lies", "concession")), devices(("never", "booster"))
    assert [outcome for outcome, *_ in found(own, key)] == ["addition", "miss"]


def test_one_mark_over_two_of_theirs_meets_both():
    own = devices(("Perhaps that was unfair", "hedge"))
    key = devices(("Perhaps", "hedge"), ("unfair", "hedge"))
    assert [outcome for outcome, *_ in found(own, key)] == ["shifted", "shifted"]
    assert figures(own, key, REVIEWS, layer="devices", committed=["page-01"])["value"].tolist()[1] == 1.0


def test_offsets_quote_their_words_and_the_sentence():
    own, key = devices(("think", "hedge")), devices(("I think", "hedge"))
    (row,) = look(own, key, REVIEWS, layer="devices").to_dict("records")
    assert TEXT[row["start"] : row["end"]] == row["text"] == "think"
    assert TEXT[row["other_start"] : row["other_end"]] == row["other_text"] == "I think"
    assert row["sentence"] == "It is, I think, a quiet film."


def test_stages_go_by_sentence_and_a_second_stage_is_right():
    own = devices(
        ("Perhaps that was", "response"), ("It keeps still, but never lies.", "craft"), layer="structure"
    )
    key = devices(
        ("Perhaps that was unfair.", "address"),
        ("It keeps still, but never lies.", "overall"),
        layer="structure",
    )
    key["runner_up"] = pd.array(["response", None], dtype="str")
    assert found(own, key, "structure") == [
        ("agreement", "response", "address"),
        ("other label", "craft", "overall"),
    ]
    table = figures(own, key, REVIEWS, layer="structure", committed=["page-01"])
    assert table.loc[0, ["measure", "value", "n"]].tolist() == ["raw", 0.5, 2]


def test_grades_go_by_sentence_and_warnings_by_words():
    own = devices(("Perhaps", "warning"), ("It keeps still, but never lies.", "minor"), layer="spoilers")
    key = devices(("Perhaps that", "warning"), layer="spoilers")
    assert [outcome for outcome, *_ in found(own, key, "spoilers")] == ["shifted", "addition"]
    table = figures(own, key, REVIEWS, layer="spoilers", committed=["page-01"])
    raw = table[table["measure"] == "raw"].iloc[0]
    assert (raw["n"], round(raw["value"], 2)) == (3, 0.67)  # two sentences of grade 0 with both


def test_who_shared_it():
    own, key = devices(("Perhaps", "hedge")), devices(("I think", "hedge"))
    one = devices(("Perhaps", "hedge"), ("I think", "hedge"), source="annotator-1")
    two = devices(("quiet", "ethos"), source="annotator-2")
    table = look(own, key, REVIEWS, layer="devices", sharing=pd.concat([one, two]))
    assert table["shared"].tolist() == ["annotator-1", "annotator-2"]
    assert table["other_shared"].tolist() == ["annotator-2", "annotator-1"]


def test_set_aside_counts_for_nothing_and_unknown_layers_are_named():
    aside = devices(("Perhaps", "set-aside"), layer="perspective")
    assert found(aside, aside, "perspective") == []
    with pytest.raises(TableError, match="no layer 'device' to look at. There is: perspective"):
        look(aside, aside, REVIEWS, layer="device")
    assert list(look(aside, aside, REVIEWS, layer="devices").columns) == [*COLUMNS]


def verdicts(source, **labels):
    rows = [(f"page-0{n}", label) for n, label in ((1, labels.get("one")), (2, labels.get("two"))) if label]
    table = {"review_id": [r for r, _ in rows], "label": [y for _, y in rows]}
    return schema.frame(
        "verdicts", {**table, "layer": ["stance"] * len(rows), "source": [source] * len(rows)}
    )


def test_verdicts_with_reasons():
    own, key = (
        verdicts("owl", one="mixed", two="favourable"),
        verdicts("key", one="mixed", two="unfavourable"),
    )
    rest = rk.evidence(REVIEWS, [("page-02", "Slow", "negative")], layer="stance")
    why = pd.DataFrame(
        {"review_id": ["page-02"], "layer": ["stance"], "start": [None], "why": ["It is slow."]}
    )
    table = look_at_verdicts(
        own,
        key,
        REVIEWS,
        layers=["stance"],
        evidence=rest,
        reasons=why,
        notes={("page-02", "stance"): "I like it."},
    )
    assert table["outcome"].tolist() == ["agreement", "other label"]
    assert table.loc[1, ["text", "reason", "other_text"]].tolist() == ["I like it.", "It is slow.", "Slow"]
    assert verdict_figures(own, key, layers=["stance"]).loc[0, "value"] == 0.5


# ---- figures ----


def test_f1_by_hand():
    own = devices(("Perhaps", "hedge"), ("think", "hedge"), ("quiet", "hedge"))
    key = devices(("Perhaps", "hedge"), ("I think", "hedge"))
    table = figures(own, key, REVIEWS, layer="devices", committed=["page-01"])
    values = table[table["label"] == "all"].set_index("measure")["value"].round(2).to_dict()
    assert values == {"F1": 0.4, "F1 overlapping": 0.8}
    assert table["low"].isna().all()
    told = limits(table, 1)
    assert told[0] == "With 5 spans between you, one hit more or less moves F1 by .40."
    assert told[-1].startswith("One review")


def test_an_interval_from_three_reviews_up():
    corpus = rk.load("the-great-gatsby")
    labels = corpus.labels.evidence
    own, key = labels[labels["source"] == "annotator-1"], corpus.key
    ids = corpus.reviews["review_id"].tolist()
    for n, known in ((2, 0), (3, 1)):
        table = figures(own, key, corpus.reviews, layer="structure", committed=ids[:n])
        assert table["low"].notna().any() == bool(known)


def test_what_cannot_be_shown_without_anything_to_measure():
    nothing = schema.empty("evidence")
    table = figures(nothing, nothing, REVIEWS, layer="devices", committed=["page-01"])
    assert limits(table, 1) == ["There is nothing that both of you labelled: no figure."]


# ---- the pane ----


@pytest.fixture
def page():
    key = devices(("I think", "hedge"), ("It keeps still, but never lies", "concession"), source="key")
    key["cues"] = "ZEBRA"
    one = devices(("Perhaps", "hedge"), source="annotator-1")
    said = verdicts("key", one="mixed", two="favourable")
    labels = rk.Labels(
        pd.concat([key, one], ignore_index=True), said, pd.DataFrame(columns=["start", "why"]), pd.DataFrame()
    )
    return SimpleNamespace(reviews=REVIEWS, name="page", title="A page", labels=labels, key=key)


def listened(pane):
    said = []
    pane.send = lambda content, *_: said.append(content)
    return pane, said


def mark(pane, words, label, **more):
    start = TEXT.index(words)
    base = {
        "event": str(uuid.uuid4()),
        "mark": str(uuid.uuid4()),
        "what": "set",
        "kind": "mark",
        "at": made.now(),
    }
    place = {
        "review_id": "page-01",
        "start": start,
        "end": start + len(words),
        "text_sha": made.text_sha(TEXT),
    }
    event = base | place | {"layer": "devices", "label": label, "note": None} | more
    pane._on_message(None, {"type": "marks", "events": [event]}, None)
    return event


def sent(pane):
    return json.dumps({k: v for k, v in pane.get_state().items() if k not in ("_esm", "_css")}, default=str)


def test_nothing_is_told_before_the_commitment(page):
    pane, said = listened(rk.LookPane(page, layer="devices", veil="off"))
    mark(pane, "Perhaps", "hedge")
    assert "ZEBRA" not in sent(pane) + json.dumps(said, default=str)
    assert pane._current["look"] == {"committed": "", "shown": False, "done": 0, "of": 2}
    pane._on_message(None, {"type": "hold", "review_id": "page-01", "row": 0, "reason": "no"}, None)
    assert pane.disputes.empty
    pane._on_message(None, {"type": "commit", "review_id": "page-01"}, None)
    assert "ZEBRA" in sent(pane)
    assert [row["outcome"] for row in pane._current["look"]["rows"]] == ["addition", "miss", "miss"]
    assert pane._current["look"]["rows"][0]["shared"] == "annotator-1"
    assert all("rows" not in sheet["look"] for sheet in pane._ahead)


def test_the_committed_reading_counts_whatever_is_changed(page):
    pane, _ = listened(rk.LookPane(page, layer="devices", veil="off"))
    event = mark(pane, "think", "hedge")
    pane.commit()
    mark(pane, "think", "hedge", mark=event["mark"], what="drop", at=made.now(after=event["at"]))
    mark(pane, "quiet", "ethos")
    pane.commit()  # a second time changes nothing
    for each in (pane, rk.LookPane(page, layer="devices", veil="off")):
        assert each.results["outcome"].tolist() == ["miss", "shifted"]
        assert each.committed == ["page-01"]
    assert [e["layer"] for e in Store().current("page", kind="commit")] == ["devices"]
    assert rk.LookPane(page, layer="devices", veil="off").summary.loc[0, "value"] == 0.0


def test_clocks_that_differ_do_not_matter(page):
    pane, _ = listened(rk.LookPane(page, layer="devices", veil="off"))
    mark(pane, "think", "hedge", at="2999-01-01T00:00:00.000Z")  # the browser's clock is ahead
    pane.commit()
    mark(pane, "quiet", "ethos", at="2020-01-01T00:00:00.000Z")  # and now behind
    assert pane.results["outcome"].tolist() == ["miss", "shifted"]


def test_one_may_hold_to_a_reading(page):
    pane, _ = listened(rk.LookPane(page, layer="devices", veil="off"))
    mark(pane, "think", "hedge")
    pane.commit()
    pane.hold(1, "It is his thinking.")
    pane.hold(1, "It is his own thinking.")
    pane.hold(0, "A contrast, not a concession.")
    again = rk.LookPane(page, layer="devices", veil="off")
    assert again.results["held"].tolist() == ["A contrast, not a concession.", "It is his own thinking."]
    assert again.disputes["against"].tolist() == ["the key: hedge", "the key: concession"]
    assert again.disputes["text"].tolist() == ["think", "It keeps still, but never lies"]
    again.hold(1, "")
    assert len(again.disputes) == 1
    with pytest.raises(TableError, match="none in which you differ"):
        again.hold(7, "because")


def test_two_panes_of_one_kernel_look_together(page):
    one, two = (rk.LookPane(page, layer="devices", veil="off") for _ in range(2))
    one.commit()
    assert two._current["look"]["shown"]
    other = rk.LookPane(page, verdicts=["stance"], veil="off")
    assert not other._current["look"]["shown"]  # marks and verdicts are committed apart


def test_verdicts_need_a_choice(page):
    pane, said = listened(rk.LookPane(page, verdicts="stance", veil="off"))
    pane._on_message(None, {"type": "commit", "review_id": "page-01"}, None)
    assert said[-1]["type"] == "look trouble"
    assert "no verdict on stance" in said[-1]["why"]
    verdict = {"kind": "verdict", "layer": "stance", "start": None, "end": None, "note": "Warm."}
    mark(pane, "think", "favourable", **verdict | {"mark": pane._current["verdict_ids"]["stance"]})
    pane.commit()
    assert pane.results[["outcome", "text", "other_label"]].to_numpy().tolist() == [
        ["other label", "Warm.", "mixed"]
    ]
    pane.hold(0, "It ends warmly.")
    assert pane.results["held"].tolist() == ["It ends warmly."]


def test_a_teacher_opens_the_gates(page, monkeypatch):
    pane = rk.LookPane(page, layer="devices", veil="off")
    rk.open_gates()
    assert pane._current["look"]["shown"]
    assert len(pane._current["look"]["rows"]) == 2
    assert pane.results.empty
    rk.open_gates(False)
    monkeypatch.setenv("REVIEWKIT_OPEN", "1")
    assert rk.LookPane(page, layer="devices", veil="off")._current["look"]["shown"]


def test_covered_words_are_not_told(page):
    key = rk.evidence(REVIEWS, [("page-02", "they all die", "grounds")], layer="devices", source="fox")
    key["cues"] = "They die."
    pane = rk.LookPane(page, layer="devices", against=key, veil="rule", review_id="page-02")
    pane.commit()
    (row,) = pane._current["look"]["rows"]
    assert row["covered"]
    assert "die" not in json.dumps(pane._current["look"])


def test_against_a_rule_and_a_classmate(page, tmp_path):
    rule = rk.LookPane(page, layer="devices", against=rk.read(REVIEWS, "devices"), veil="off")
    rule.commit()
    assert rule.results["rule"].notna().any()
    assert "annotator" not in json.dumps(rule._current["look"])
    theirs = made.make(
        text=TEXT,
        who="fox",
        corpus="page",
        review_id="page-01",
        layer="devices",
        label="hedge",
        start=0,
        end=7,
    )
    write_marks(tmp_path / "fox.csv", [theirs])
    mate = rk.LookPane(page, layer="devices", against=tmp_path / "fox.csv", veil="off")
    mate.commit("page-01")
    assert mate.results["other_label"].tolist() == ["hedge"]
    assert mate._record.other.whose == "fox"


def test_the_veil_tells_nothing_of_the_key(page):
    key = devices(("It keeps still, but never lies.", "major"), layer="spoilers", source="key")
    page.labels = rk.Labels(key, page.labels.verdicts, page.labels.adjudication, page.labels.report)
    page.key = key
    pane = rk.LookPane(page, layer="spoilers")
    assert pane.veil.judge == "rule"
    with pytest.raises(TableError, match="before you have committed"):
        rk.LookPane(page, layer="spoilers", veil="key")


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({}, "one of the two"),
        ({"layer": "devices", "verdicts": "stance"}, "one of the two"),
        ({"layer": "device"}, "no layer 'device'"),
        ({"verdicts": "mood"}, "no verdict 'mood'"),
        ({"layer": "structure"}, "there are no marks on structure; there are on: devices"),
        ({"layer": "devices", "against": "rule"}, "against=rk.read"),
        ({"layer": "devices", "against": 3}, "not int"),
    ],
)
def test_what_cannot_be_looked_at(page, options, match):
    with pytest.raises(TableError, match=match):
        rk.LookPane(page, **options)


def test_several_sources_and_none(page):
    with pytest.raises(TableError, match="reading of several: key, annotator-1"):
        rk.LookPane(page, layer="devices", against=page.labels.evidence)
    with pytest.raises(TableError, match="no key to look at"):
        rk.LookPane(REVIEWS, layer="devices")
