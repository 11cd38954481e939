"""What notebook 07 says is so, and it works for a class, for two, and for a student alone."""

from __future__ import annotations

import json
import re
import zipfile

import nbformat
import pandas as pd
import pytest
from conftest import COLLECTED, ROOT
from test_notebooks import CUT_NETWORK, WORK_ALL_WIDGETS, run

import reviewkit as rk
from reviewkit.comparisons.agreeing import units_of
from reviewkit.marks.events import make
from reviewkit.marks.exchange import write_marks
from reviewkit.marks.store import Store

NOTEBOOK = ROOT / "notebooks" / "07_reading_together.ipynb"
CELLS = {cell.id: cell.source for cell in nbformat.read(NOTEBOOK, 4).cells}
CODE = {name: source for name, source in CELLS.items() if name.endswith("-code")}
TWO = ("annotator-1", "annotator-2")
FIRST, SECOND = "never-let-me-go-14", "never-let-me-go-21"


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def of(corpus, number, layer):
    part = corpus.sentences[corpus.sentences["review_id"] == f"{corpus.name}-{number:02d}"]
    evidence = corpus.labels.evidence
    pairs = [pair for pair in units_of(evidence, part, layer, TWO).values() if None not in pair]
    kappa = rk.pairwise(evidence, part, layer=layer, between=TWO).iloc[0, 1]
    return sum(a == b for a, b in pairs), len(pairs), kappa


# ---- what it says


def test_owl_and_fox():
    names: dict = {"rk": type("none", (), {"Predict": staticmethod(lambda *_, **__: None)})}
    exec(CODE["together-much-code"], names)
    found = [round(names[name], 2) for name in ("same", "chance", "kappa")]
    assert found == [0.7, 0.5, 0.4]
    differ = 1 - (11 * 10 + 9 * 8) / (20 * 19)
    assert round(differ, 2) == 0.52
    assert round(1 - 0.3 / differ, 2) == 0.42
    rows = [line for line in CELLS["together-much"].split("\n") if line.startswith(("| owl", "| fox"))]
    assert ["".join(row.split("|")[2:-1]).replace(" ", "") for row in rows] == [names["owl"], names["fox"]]


def test_more_agreement_and_a_kappa_of_nothing(corpus):
    same, n, kappa = of(corpus, 5, "attitude")
    assert (same, n, round(kappa, 2)) == (9, 10, 0.85)
    same, n, kappa = of(corpus, 5, "spoilers")
    assert (same, n, kappa) == (12, 13, 0)


def test_nobody_takes_praise_for_blame(corpus):
    differ = {}
    pages = [corpus, rk.load("the-great-gatsby")]
    if COLLECTED.is_file():
        pages.append(rk.load(COLLECTED))
    for page in pages:
        met = rk.confusions(page.labels.evidence, page.sentences, layer="attitude")
        pairs = [frozenset(pair) for pair in zip(met["label_1"], met["label_2"], strict=True)]
        met = met.assign(pair=pairs)
        assert frozenset({"positive", "negative"}) not in pairs
        differ[page.name] = met.loc[met["label_1"] != met["label_2"], "count"].sum()
        if page is corpus:
            assert met["count"].sum() == 382
            assert met.loc[met["pair"] == frozenset({"negative", "neutral"}), "count"].sum() == 15
    assert [*differ.values()] == [23, 10, 6][: len(differ)]


def test_the_order_of_the_questions_is_turned_round(corpus):
    table = rk.agreement(corpus.labels.evidence, corpus.labels.verdicts, corpus.sentences)
    table = table[(table["label"] == "all") & (table["unit"] == "sentences")]
    wide = table.pivot(index="layer", columns="measure", values="value").round(3)
    assert [*wide["raw"].sort_values().index] == ["structure", "attitude", "spoilers"]
    for measure in ("kappa", "alpha"):
        assert [*wide[measure].sort_values().index] == ["spoilers", "attitude", "structure"]
    assert wide["raw"].sort_values().tolist() == [0.937, 0.94, 0.958]
    assert wide["kappa"].sort_values().tolist() == [0.91, 0.914, 0.929]
    kappas = table[table["measure"] == "kappa"]
    assert kappas["low"].max() < kappas["high"].min()
    ids = [*CELLS]
    told = [n for n in ids if re.search(r"0\.91\d?\b", CELLS[n])]
    assert min(map(ids.index, told)) > ids.index("together-layers-code")


def test_how_often_dealt_slips_meet(corpus):
    def shares(layer):
        pairs = units_of(corpus.labels.evidence, corpus.sentences, layer, TWO).values()
        return pd.Series([label for pair in pairs for label in pair]).value_counts(normalize=True)

    assert round(shares("spoilers")["none"], 1) == 0.7
    assert 0.5 < (shares("spoilers") ** 2).sum() < 0.55
    assert (shares("structure") ** 2).sum() < 0.12


def test_the_collected_page(collected):
    page = rk.load(COLLECTED)
    kappa = {
        layer: rk.pairwise(page.labels.evidence, page.sentences, layer=layer, between=TWO).iloc[0, 1]
        for layer in ("structure", "attitude", "spoilers")
    }
    assert sorted(kappa, key=kappa.get)[0] == "spoilers"


def test_the_two_reviews_tell_nothing_and_are_as_long_as_said(corpus):
    told = corpus.key[corpus.key["label"].isin(["major", "everything"])]
    lengths = corpus.sentences.groupby("review_id").size()
    for review in (FIRST, SECOND, "never-let-me-go-19", "never-let-me-go-08"):
        assert review not in set(told["review_id"])
    assert lengths[[FIRST, SECOND]].tolist() == [10, 10]


def test_it_quotes_the_rules_of_the_manual():
    manual = (ROOT / "docs" / "coding-manual.md").read_text(encoding="utf-8")
    (rules,) = (line for line in manual.split("\n") if line.startswith("**Attitude.** "))
    assert f"> {rules.removeprefix('**Attitude.** ')}\n" in CELLS["together-again"]


def test_its_panes_ask_for_no_verdicts_on_whole_reviews(corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    panes = [source for source in CODE.values() if "rk.MarkingPane(" in source]
    assert len(panes) == sum("verdicts=False" in source for source in panes) == 2
    assert {*rk.MarkingPane(corpus)._desk["verdicts"]} == {"perspective", "spoilers", "stance"}
    assert rk.MarkingPane(corpus, verdicts=False)._desk["verdicts"] == {}


# ---- for a class, for two, alone


def labels(page, who, shift=0):
    """A reader of these reviews: every sentence, in turn one of four labels."""
    texts = dict(zip(page.reviews["review_id"], page.reviews["text"], strict=True))
    named = ("positive", "negative", "mixed", "neutral")
    return [
        make(
            text=texts[row.review_id],
            who=who,
            corpus=page.name,
            review_id=row.review_id,
            layer="attitude",
            label=named[(n // 2 + shift * (n % 3 == 0)) % 4],
            start=row.start,
            end=row.end,
            note=None,
        )
        for n, row in enumerate(page.sentences.itertuples())
    ]


def worked(folder, monkeypatch, check, **environment):
    """Run the notebook with its cards committed; then a cell that must hold."""
    cells = [CUT_NETWORK]
    for name, source in CODE.items():
        cells.append(source)
        if name in ("together-beside-guess-code", "together-again-guess-code"):
            cells.append("guess.commit('7')")
        if name == "together-kinds-code":
            cells.append("kinds.commit('3')")
    return run([*cells, check, WORK_ALL_WIDGETS], folder, monkeypatch, **environment)


def home(folder, monkeypatch, who="owl"):
    monkeypatch.setenv("REVIEWKIT_HOME", str(folder))
    monkeypatch.delenv("REVIEWKIT_PAGE", raising=False)
    (folder / "my_work" / "class").mkdir(parents=True)
    rk.keep_pseudonym(who)
    return folder / "my_work"


def test_for_a_class(corpus, tmp_path, monkeypatch):
    work = home(tmp_path, monkeypatch, "teacher")
    with zipfile.ZipFile(work / "class" / "all.zip", "w") as packed:
        for n in range(12):
            events = [e for e in labels(corpus, f"reader-{n}", n) if e["review_id"] in (FIRST, SECOND)]
            (path,) = write_marks(work / f"hers-{n}.csv", events)
            packed.write(path, f"Course/Doe_{n}/{path.name}")
    check = "assert len(both.people) == 12 and len(pane.divisions) and len(both.by_review()) == 2, both"
    assert worked(tmp_path, monkeypatch, check) == []


def test_for_two_on_a_page_of_their_own(tmp_path, monkeypatch):
    work = home(tmp_path, monkeypatch)
    pages = tmp_path / "my_pages"
    pages.mkdir()
    texts = ["A fine film. It is slow.", "We left. Why?", "No.", "I wept, and I slept.", "Good."]
    pd.DataFrame({"text": texts}).to_csv(pages / "ours.csv", index=False)
    (work / "choice.json").write_text(json.dumps({"chosen": "my_pages/ours.csv"}))
    page = rk.load("ours.csv")
    with Store() as store:
        store.add(labels(page, "owl"))
    write_marks(work / "class" / "fox.jsonld", labels(page, "fox", 1))
    check = "assert corpus.name == 'ours' and both.people == ['fox', 'owl'] and both.several, both"
    assert worked(tmp_path, monkeypatch, check) == []


def test_for_a_student_alone(corpus, tmp_path, monkeypatch):
    home(tmp_path, monkeypatch)
    with Store() as store:
        store.add([e for e in labels(corpus, "owl") if e["review_id"] == FIRST])
    check = (
        "assert found.people == ['annotator-1', 'annotator-2', 'owl'], found\n"
        f"assert set(both.marks['review_id']) == {{'{FIRST}'}}, both\n"
        "assert 'labelled 0 of 10 sentences' in str(both), both"
    )
    assert worked(tmp_path, monkeypatch, check) == []


def test_nothing_is_shown_before_it_is_labelled_and_predicted(corpus, tmp_path, monkeypatch):
    work = home(tmp_path, monkeypatch)
    write_marks(work / "class" / "fox.jsonld", labels(corpus, "fox"))
    with Store() as store:
        store.add([e for e in labels(corpus, "owl") if e["review_id"] == FIRST][:4])
    check = "assert found.people == ['owl'] and pane is None and not guess.shown, found"
    assert run([*CODE.values(), check], tmp_path, monkeypatch) == []
