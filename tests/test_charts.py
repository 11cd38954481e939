"""Charts: what they draw, what they say in words, and what stands behind each mark."""

from __future__ import annotations

import itertools
import json
import re

import numpy as np
import pandas as pd
import pytest
import vl_convert
from conftest import ROOT

import reviewkit as rk
from reviewkit.charts import offline, parts
from reviewkit.charts.agreement import agreement_matrix
from reviewkit.charts.attitudes import sentiment_and_attitude
from reviewkit.charts.linked import MOST, Linked
from reviewkit.charts.reveals import reveal_timeline
from reviewkit.charts.strips import stage_strips
from reviewkit.charts.verdicts import verdict_bars
from reviewkit.charts.words import keyness_plot
from reviewkit.scoring import STAGES
from reviewkit.widgets.reading._rows import legend

TEXTS = {
    "page-01": "I read the book. They are clones. The acting is fine. I cried.",
    "page-02": "Spoilers ahead! They all die. It moved me.",
}
STAGED = {
    "page-01": ["comparison", "plot", "performance", "response"],
    "page-02": ["address", "plot", "response"],
}


@pytest.fixture(scope="module")
def reviews():
    return pd.DataFrame({"review_id": list(TEXTS), "text": list(TEXTS.values())})


@pytest.fixture(scope="module")
def sentences(reviews):
    return rk.sentences(reviews)


@pytest.fixture(scope="module")
def evidence(reviews, sentences):
    stages = [stage for each in STAGED.values() for stage in each]
    places = zip(sentences["review_id"], sentences["start"], sentences["end"], stages, strict=True)
    marked = [
        rk.evidence(reviews, [(r, (a, b), stage) for r, a, b, stage in places], layer="structure"),
        rk.evidence(
            reviews,
            [
                ("page-01", "They are clones.", "major"),
                ("page-02", "Spoilers ahead!", "warning"),
                ("page-02", "They all die.", "everything"),
            ],
            layer="spoilers",
        ),
        rk.evidence(reviews, [("page-01", "I read the book", "book-reader")], layer="perspective"),
        rk.evidence(
            reviews,
            [("page-01", "The acting is fine.", "positive"), ("page-02", "It moved me.", "negative")],
            layer="attitude",
        ),
    ]
    return pd.concat(marked, ignore_index=True)


@pytest.fixture(scope="module")
def verdicts():
    return pd.DataFrame(
        {
            "review_id": ["page-01", "page-02"] * 2,
            "layer": ["perspective"] * 2 + ["stance"] * 2,
            "label": ["book-reader", "unstated", "favourable", "mixed"],
            "basis": ["stated", "none", None, None],
            "order": ["book-first", None, None, None],
            "source": "key",
        }
    )


WORDS = pd.DataFrame(
    {
        "word": ["novel", "cried", "the"],
        "a": [6, 1, 30],
        "b": [1, 4, 30],
        "rate_a": [3.0, 0.5, 15.0],
        "rate_b": [0.5, 2.0, 15.0],
    }
)
PAIRS = pd.DataFrame(
    {"label_1": ["plot", "plot", "theme"], "label_2": ["plot", "theme", "theme"], "count": [8, 2, 5]}
)


@pytest.fixture(scope="module")
def scores(sentences):
    return sentences.assign(compound=[0.0, 0.0, 0.2, -0.4, 0.0, -0.6, 0.5])


@pytest.fixture(scope="module")
def charts(evidence, sentences, reviews, verdicts, scores):
    return {
        "stage_strips": stage_strips(evidence, sentences),
        "reveal_timeline": reveal_timeline(evidence, reviews),
        "verdict_bars": verdict_bars(verdicts, "stance", evidence=evidence),
        "keyness_plot": keyness_plot(WORDS, between=("readers", "viewers"), sentences=sentences),
        "sentiment_and_attitude": sentiment_and_attitude(scores, evidence),
        "agreement_matrix": agreement_matrix(PAIRS),
    }


NAMES = [
    "stage_strips",
    "reveal_timeline",
    "verdict_bars",
    "keyness_plot",
    "sentiment_and_attitude",
    "agreement_matrix",
]


def spec(chart: Linked) -> dict:
    return chart.chart.to_dict()


def svg(chart: Linked) -> str:
    return vl_convert.vegalite_to_svg(spec(chart) | {"width": 700}, allowed_base_urls=[])


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_whole(charts, name):
    chart = charts[name]
    page = chart._page
    assert len(chart.table) == len(page["marks"])
    assert spec(chart)["description"] == chart.description
    assert spec(chart)["width"] == "container"
    assert chart._chart.embed_options["actions"] is False
    assert re.search(r"\d", chart.description)
    assert not chart.description.startswith(" ")
    drawn = {row["mark"] for rows in spec(chart)["datasets"].values() for row in rows if "mark" in row}
    assert drawn == set(range(len(chart.table)))
    assert "<svg" in svg(chart)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_chart_is_fetched(charts, name):
    text = json.dumps(spec(charts[name]))
    addresses = set(re.findall(r"https?://[^\s\"]+", text))
    assert addresses <= {spec(charts[name])["$schema"]}
    assert '"url"' not in text
    module = charts[name]._chart._library.code
    assert not re.search(r"""(?:from|import)\s*\(?\s*["']https?:""", module)
    assert "esm.sh" not in module
    assert "://" not in str(charts[name]._esm)


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_opens(charts, name):
    chart = charts[name]
    for mark in range(len(chart.table)):
        chart.chosen = mark
        assert chart._words["mark"] == mark
        assert chart._chart.params.chosen == mark
        assert len(chart._words["rows"]) == len(chart.sentences())
    chart.chosen = -1
    assert chart._words == {"mark": -1, "rows": []}


def test_all_charts_share_one_copy_of_the_drawing_code(charts):
    libraries = {id(chart._chart._library) for chart in charts.values()}
    assert len(libraries) == 1
    one = keyness_plot(WORDS)
    assert len(str(one._chart._esm)) < 2000
    assert len(one._chart._library.code) > 100_000
    offline._shared["library"].close()
    assert keyness_plot(WORDS)._chart._library.comm is not None


def test_strips_are_cut_where_the_stage_changes(evidence, sentences):
    same = evidence.replace({"label": {"performance": "plot"}})
    chart = stage_strips(same, sentences)
    of_first = chart.table[chart.table["review_id"] == "page-01"]
    assert of_first[["stage", "first", "last", "sentences"]].values.tolist() == [
        ["comparison", 1, 1, 1],
        ["plot", 2, 3, 2],
        ["response", 4, 4, 1],
    ]
    assert chart.sentences(review_id="page-01", stage="plot")["text"].tolist() == [
        "They are clones.",
        "The acting is fine.",
    ]
    assert chart.description == (
        "2 reviews in 7 sentences. The sentences by stage, most first: plot (3, 43%), response (2, 29%), "
        "comparison (1, 14%) and address (1, 14%). The stage that most reviews begin with is comparison "
        "(1 of 2); that most end with, response (2 of 2). There are 6 stretches of one stage; the longest "
        "review has 4 sentences, the shortest 3."
    )


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("page", ["page-01", "page-02"]),
        ("length", ["page-01", "page-02"]),
        ("plot", ["page-02", "page-01"]),  # one of three sentences against one of four
        (["page-02"], ["page-02"]),
    ],
)
def test_strips_in_an_order(evidence, sentences, order, expected):
    chart = stage_strips(evidence, sentences, order=order)
    assert list(dict.fromkeys(chart.table["review_id"])) == expected


def test_a_sentence_without_a_stage_is_drawn_and_named(evidence, sentences):
    some = evidence[evidence["label"] != "performance"]
    chart = stage_strips(some, sentences)
    assert "no stage" in set(chart.table["stage"])
    assert "no stage (1, 14%)" in chart.description


def test_what_strips_cannot_draw(evidence, sentences):
    with pytest.raises(rk.TableError, match=r"This table of evidence has no column 'label'.*rk.evidence"):
        stage_strips(evidence.drop(columns="label"), sentences)
    with pytest.raises(rk.TableError, match="order='lenght' is not known. Did you mean 'length'?"):
        stage_strips(evidence, sentences, order="lenght")
    with pytest.raises(rk.TableError, match="No review with stages is called 'page-09'"):
        stage_strips(evidence, sentences, order=["page-09"])
    with pytest.raises(rk.TableError, match="scale='words' is not known"):
        stage_strips(evidence, sentences, scale="words")
    with pytest.raises(rk.TableError, match="Nothing in this evidence is in the layer 'structure'"):
        stage_strips(evidence[evidence["layer"] == "spoilers"], sentences)
    two = pd.concat([evidence, evidence.assign(source="rule")])
    with pytest.raises(rk.TableError, match="hand and rule have marked structure. Say whose: source='hand'"):
        stage_strips(two, sentences)
    assert len(stage_strips(two, sentences, source="rule").table) == 7
    with pytest.raises(rk.TableError, match="Nobody called 'key' has marked structure"):
        stage_strips(two, sentences, source="key")


def test_a_thousand_reviews_are_not_all_drawn():
    reviews = pd.DataFrame({"review_id": [f"big-{n:04}" for n in range(1000)], "text": "Fine."})
    marks = rk.evidence(reviews, [(r, (0, 5), "overall") for r in reviews["review_id"]], layer="structure")
    chart = stage_strips(marks, rk.sentences(reviews))
    assert len(chart.table) == 60
    assert "940 more reviews are not drawn." in chart.description
    timeline = reveal_timeline(marks, reviews)
    assert "940 more reviews are not drawn." in timeline.description


def test_reveals_say_how_early_and_whether_warned(evidence, reviews):
    chart = reveal_timeline(evidence, reviews)
    # page-01: "They are clones." begins at 17 of 62 characters; page-02: the death at 16 of 42, warned at 0
    assert chart.table.values.tolist() == [
        ["page-01", "major", 27.4, 53.2, "unwarned"],
        ["page-02", "warning", 0.0, 35.7, "warned"],
        ["page-02", "everything", 38.1, 69.0, "warned"],
    ]
    assert chart.description == (
        "2 reviews: 1 warned and 1 unwarned. Marked in them: 1 major, 1 everything and 1 warning. "
        "2 reviews give a secret, a turn or a fate away, the first time at 27% of its text at the earliest, "
        "38% at the latest, 33% in the middle case."
    )
    assert chart.sentences(2)["text"].tolist() == ["They all die."]
    assert reveal_timeline(evidence, reviews.iloc[::-1], order="page").table["review_id"][0] == "page-02"


def test_nothing_given_away_is_a_finding(reviews):
    nothing = rk.evidence(reviews.iloc[:0], [])
    chart = reveal_timeline(nothing, reviews.assign(text=[None, ""]))
    assert chart.description == (
        "2 reviews: 2 spoiler-free. Nothing is marked in them. None gives a secret, a turn or a fate away."
    )
    assert chart.sentences().empty
    assert "<svg" in svg(chart)


def test_verdicts_by_another_layer(verdicts, evidence):
    chart = verdict_bars(verdicts, "stance", evidence=evidence)
    assert chart.table.values.tolist() == [["favourable", "book-reader", 1, 1], ["mixed", "unstated", 1, 1]]
    assert chart.description == "2 reviews by stance. favourable (1): 1 book-reader. mixed (1): 1 unstated."
    assert chart.sentences(label="book-reader")["text"].tolist() == ["I read the book"]
    chart.chosen = 1
    assert chart._words["rows"] == [
        {"place": "page-02", "quote": "", "beside": ["label: unstated", "basis: none"]}
    ]
    assert chart._page["noWords"] == "No words of the review say so."


def test_verdicts_by_anything(verdicts):
    year = pd.Series({"page-01": 2011}, name="year")
    assert verdict_bars(verdicts, year).description == (
        "2 reviews by year. 2011 (1): 1 book-reader. unknown (1): 1 unstated."
    )
    assert verdict_bars(verdicts, {"page-01": "x", "page-02": "x"}).table["of"].tolist() == [2, 2]
    assert verdict_bars(verdicts, "order").table["group"].tolist() == ["book-first", "unknown"]
    stars = {"page-01": "10 stars", "page-02": "2 stars"}
    assert verdict_bars(verdicts, stars, layer="stance").table["group"].tolist() == ["2 stars", "10 stars"]
    with pytest.raises(rk.TableError, match="by='stanse' is not known. Did you mean 'stance'?"):
        verdict_bars(verdicts, "stanse")
    with pytest.raises(
        rk.TableError, match="no verdicts on 'spoilers' in this table. There is: 'perspective'"
    ):
        verdict_bars(verdicts, "stance", layer="handling")
    with pytest.raises(rk.TableError, match=r"This table of verdicts has no column 'label'.*rk.handlings"):
        verdict_bars(verdicts.drop(columns="label"), "stance")


def test_words_furthest_apart_from_both_sides(sentences):
    chart = keyness_plot(WORDS, between=("readers", "viewers"), sentences=sentences)
    assert chart.table["word"].tolist() == ["novel", "cried"]  # "the" does not differ
    assert chart.description == (
        "2 words, by how often they come in 1,000 words of readers and of viewers. "
        "More in readers, the furthest apart first: “novel” (3.0 to 0.5). "
        "More in viewers, the furthest apart first: “cried” (0.5 to 2.0). 1 of 3 words are not drawn."
    )
    assert chart.sentences(word="cried")["text"].tolist() == ["I cried."]
    assert keyness_plot(WORDS, most=1).table["word"].tolist() == ["novel"]
    assert keyness_plot(WORDS.assign(z=[0.1, -4.0, 3.0]), most=2).table["word"].tolist() == ["the", "cried"]
    assert keyness_plot(WORDS.iloc[2:]).description == "No word differs between group a and group b."


def test_words_need_sentences_to_open():
    chart = keyness_plot(WORDS)
    chart.chosen = 0
    assert chart._words["rows"] == []
    assert "give sentences=corpus.sentences" in chart._page["nothing"]
    with pytest.raises(rk.TableError, match=r"no column 'rate_a', 'rate_b'. It has: .*rk.keyness"):
        keyness_plot(WORDS.drop(columns=["rate_a", "rate_b"]))
    with pytest.raises(rk.TableError, match="A table of words was expected, not str"):
        keyness_plot("words")


def test_scores_on_the_other_side_of_zero(scores, evidence):
    chart = sentiment_and_attitude(scores, evidence)
    # "The acting is fine." +0.2, positive; "It moved me." +0.5, negative; five sentences without attitude
    labelled = chart.table[chart.table["attitude"] != "not labelled"]
    assert labelled.values.tolist() == [
        ["positive", 0.15, 0.25, 1, False],
        ["negative", 0.45, 0.55, 1, True],
    ]
    assert chart.description == (
        "7 sentences. positive: 1 sentence, mean score +0.20, 0 near zero. negative: 1 sentence, mean score "
        "+0.50, 0 near zero, 1 on the other side of zero. not labelled: 5 sentences, mean score −0.20, "
        "3 near zero."
    )
    assert chart.sentences(contrary=True)["text"].tolist() == ["It moved me."]


@pytest.mark.parametrize(
    ("score", "above"),
    [(0.049, -0.05), (0.05, 0.05), (-0.05, -0.15), (1.0, 0.95), (-1.0, -1.05), (0.15, 0.15)],
)
def test_neutral_ends_where_its_authors_say(score, above):
    scores = pd.DataFrame({"review_id": "a", "start": [0], "end": [2], "text": ["So"], "compound": [score]})
    chart = sentiment_and_attitude(scores, rk.evidence(pd.DataFrame({"review_id": [], "text": []}), []))
    assert chart.table["above"].tolist() == [above]


def test_agreement_counted_or_to_be_counted(sentences):
    chart = agreement_matrix(PAIRS, between=("Ann", "Ben"))
    assert chart.description == (
        "15 sentences; on 13 of them (87%) Ann and Ben agreed. "
        "They differed most often on plot against theme (2)."
    )
    each = sentences.assign(label_1="plot", label_2=["theme"] + ["plot"] * 6)
    counted = agreement_matrix(each)
    assert counted.table[["label_1", "label_2", "count"]].values.tolist() == [
        ["plot", "plot", 6],
        ["plot", "theme", 1],
    ]
    assert counted.sentences(label_2="theme")["text"].tolist() == ["I read the book."]
    assert chart.sentences().empty
    with pytest.raises(rk.TableError, match=r"no column 'count'.*groupby"):
        agreement_matrix(PAIRS.drop(columns="count"))
    with pytest.raises(rk.TableError, match=r"table of labelled sentences has no column 'label_1'"):
        agreement_matrix(PAIRS, sentences=sentences)


HOSTILE = [
    "datum.mark",
    "=1+1",
    "<b onclick=x>bold</b>",
    "a.b[c]",
    'it\'s "quoted" \\',
    "{{x}}",
    "url(https://example.org/x)",
    "\u202eabc",
]


def test_words_of_a_page_are_data_never_markup_or_expressions(reviews):
    words = pd.DataFrame({"word": HOSTILE, "a": range(1, 9), "b": 0, "rate_a": range(1, 9), "rate_b": 0.0})
    chart = keyness_plot(words, between=("=SUM(A1)", "datum.b"))
    drawn = svg(chart)
    assert "<b onclick" not in drawn
    assert "&lt;b onclick=x&gt;" in drawn
    for word in HOSTILE[:7]:
        assert any(word == row.get("row") for rows in spec(chart)["datasets"].values() for row in rows)
    text = json.dumps(spec(chart), ensure_ascii=False)
    assert "\u202e" not in text
    assert "\u202e" not in json.dumps(chart._page, ensure_ascii=False)


def test_labels_and_groups_of_ones_own(reviews, sentences):
    marks = [
        (r, (s, e), HOSTILE[n])
        for n, (r, s, e) in enumerate(sentences[["review_id", "start", "end"]].values.tolist())
    ]
    own = rk.evidence(reviews, marks, layer="structure")
    chart = stage_strips(own, sentences)
    codes = [sign["code"] for sign in chart._page["signs"]]
    assert len(set(codes)) == 7
    assert "<svg" in svg(chart)
    table = pd.DataFrame({"review_id": ["page-01", "page-02"], "layer": "perspective", "label": HOSTILE[:2]})
    assert "<svg" in svg(verdict_bars(table, {"page-01": HOSTILE[3], "page-02": HOSTILE[2]}))
    assert "<svg" in svg(agreement_matrix(PAIRS.assign(label_2=HOSTILE[:3])))


def test_expressions_are_our_own(charts):
    """Every expression in a chart is one of a few that are written in the code."""
    known = re.compile(
        r"datum\.mark === chosen|datum\.look === '\w+'"
        r"|[ ()&<>=.\d]|datum\.(?:to|from)"
        r"|width|-|\*|/"
    )

    def tests(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("test", "expr", "calculate") and isinstance(value, str):
                    yield value
                elif key != "datasets":
                    yield from tests(value)
        elif isinstance(node, list):
            for each in node:
                yield from tests(each)

    found = [test for chart in charts.values() for test in tests(spec(chart))]
    assert found
    assert [test for test in found if known.sub("", test)] == []


def test_a_mark_is_opened_from_python(charts):
    chart = charts["stage_strips"]
    chart.chosen = 1
    assert chart.sentences()["text"].tolist() == ["They are clones."]
    assert chart.sentences(0)["text"].tolist() == ["I read the book."]
    chart._row = 0
    assert chart.selection["start"] == 17
    chart.chosen = 2
    assert chart.selection is None
    with pytest.raises(rk.TableError, match="There is no mark 99 in this chart: its table has rows 0 to 6"):
        chart.chosen = 99
    with pytest.raises(rk.TableError, match="no column 'label'. It has: 'review_id', 'stage'"):
        chart.sentences(label="plot")
    with pytest.raises(
        rk.TableError, match="Nothing in this chart has the stage 'plotting'. There is: 'compa"
    ):
        chart.sentences(stage="plotting")
    chart.chosen = -1
    assert len(chart.sentences()) == 7


def test_a_view_that_is_drawn_later_shows_what_is_open(charts):
    chart = charts["stage_strips"]
    chart.chosen = 4
    chart._chart._params = {"chosen": -1}  # what a new view reports
    assert chart._chart._params == {"chosen": 4}
    chart.chosen = -1


def test_a_sentence_is_shown_in_a_pane(charts, reviews):
    pane = rk.ReadingPane(reviews)
    chart = charts["reveal_timeline"]
    chart.open_in(pane)
    chart.chosen = 2
    chart._row = 0
    assert pane.review_id == "page-02"
    assert (pane._target["start"], pane._target["end"]) == (16, 29)
    with pytest.raises(rk.TableError, match="A reading pane was expected, not str"):
        chart.open_in("pane")


def test_long_lists_say_what_they_leave_out(reviews):
    many = pd.DataFrame({"review_id": ["x"], "text": ["Fine. " * 300]})
    sentences = rk.sentences(many)
    marks = [("x", (s, e), "overall") for s, e in sentences[["start", "end"]].values.tolist()]
    chart = stage_strips(rk.evidence(many, marks, layer="structure"), sentences)
    chart.chosen = 0
    assert len(chart._words["rows"]) == MOST
    assert chart._words["more"] == "100 more are not shown: .sentences() has all."
    assert len(chart.sentences()) == 300


def test_a_signature_is_masked_where_sentences_are_shown():
    signed = pd.DataFrame({"review_id": ["x"], "text": ["It is fine.\n\nAda Example"]})
    marks = rk.evidence(signed, [("x", (0, 11), "overall"), ("x", (13, 24), "other")], layer="structure")
    chart = stage_strips(marks, rk.sentences(signed))
    chart.chosen = 1
    assert chart._words["rows"][0]["quote"] == "███ ███████"


def test_tables_that_are_given_out_are_copies(charts, evidence):
    before = evidence.copy()
    chart = charts["stage_strips"]
    given = chart.table
    given.loc[0, "stage"] = "changed"
    assert chart.table["stage"][0] == "comparison"
    pd.testing.assert_frame_equal(evidence, before)


def test_stages_have_the_letters_of_the_reading_pane():
    all_stages = pd.DataFrame({"layer": "structure", "label": STAGES})
    assert {each["label"]: each["code"] for each in legend(all_stages)} == parts.STAGE_CODES


# Colour blindness after Machado, Oliveira & Fernandes 2009, severity 1; grey is lightness alone.
EYES = {
    "usual": np.eye(3),
    "red-blind": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "green-blind": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "blue-blind": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def linear(colour: str) -> np.ndarray:
    colour = "#" + "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour
    values = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    light = sorted((TO_XYZ[1] @ linear(each) for each in (one, other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


def colours(name: str, theme: int) -> list[str]:
    """The values of `--rk-NAME-1`, `-2` and so on, light (0) or dark (1)."""
    css = (ROOT / "reviewkit" / "looks" / "theme.css").read_text(encoding="utf-8")
    found = re.findall(rf"--rk-{name}-(\d+): (?:light-dark\()?(#\w+)(?:, (#\w+)\))?;", css)
    return [(light, dark or light)[theme] for _, light, dark in sorted(found, key=lambda each: int(each[0]))]


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(("name", "count", "apart"), [("stage", 10, 10), ("grade", 3, 15)])
def test_colours_are_told_apart_by_every_eye(theme, name, count, apart):
    found = [linear(each) for each in colours(name, theme)]
    assert len(found) == count
    for eye, matrix in EYES.items():
        seen = [lab(np.asarray(matrix) @ each) for each in found]
        nearest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
        assert nearest > apart, eye
    grey = sorted(lab(each)[0] for each in found)
    assert min(np.diff(grey)) > 3


@pytest.mark.parametrize("theme", [0, 1])
def test_letters_can_be_read_on_every_stage(theme):
    pairs = zip(colours("stage", theme), colours("stage-ink", theme), strict=True)
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", [0, 1])
def test_grades_stand_out_from_the_paper(theme):
    paper = ("#fdfcf9", "#191816")[theme]
    assert [each for each in colours("grade", theme) if contrast(each, paper) < 3] == []
