"""The portfolio: every text stays text, nothing is fetched, what is missing is said, nobody is exposed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import reviewkit as rk
from reviewkit import kept
from reviewkit.charts.still import still
from reviewkit.drafting import kept_as
from reviewkit.marks.events import make
from reviewkit.marks.store import Store
from reviewkit.portfolios.gathering import quoted
from reviewkit.portfolios.markup import el, paragraphs

NASTY = "<script>alert(1)</script> <img src=x onerror=y> </style> & \"'> =SUM(A1) $x^2$ \u202e\x07"


class Page(HTMLParser):
    """A page taken apart as a browser does it: elements with attributes, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).split())


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def corpus():
    return rk.load("never-let-me-go")


def mark(corpus, number=0, kind="mark", **fields):
    row = corpus.reviews.iloc[number]
    where = {"who": rk.pseudonym(), "corpus": corpus.name, "review_id": row["review_id"]}
    with Store() as store:
        store.add([make(kind, text=row["text"], **where, **fields)])
    return row


def opened(made) -> Page:
    return Page(made.path.read_text(encoding="utf-8"))


def test_an_empty_one_says_what_is_missing_and_what_to_do(home):
    made = rk.portfolio()
    text = opened(made).text
    for part in (
        "argument",
        "A review of your own",
        "first reader",
        "Marks",
        "Answers",
        "figure",
        "pseudonym",
    ):
        assert any(part in each for each in made.missing), part
    assert all(each in text for each in made.missing)
    assert all(re.search(r"[.)]$", each) for each in made.missing)
    assert "Not in it yet:" in repr(made)
    assert "my_work/portfolio-" in repr(made)


def test_every_text_stays_text(home, corpus):
    card = rk.Draft(corpus)
    card.commit({"reader": NASTY, "knows": "unstated", "tells": "nothing", "text": f"One.\n\n{NASTY}"})
    rk.FirstReader(card.drafts).commit({"whom": NASTY})
    rk.Predict(NASTY, "text", "So.").commit(NASTY)
    mark(corpus, layer=NASTY[:20], label="x<b>y", start=0, end=9, note=NASTY[:-1])
    mark(corpus, kind="dispute", layer="devices", label="hedge", reason=NASTY[:-1])
    drafts = card.drafts
    chart = rk.stage_strips(drafts.evidence, drafts.sentences, note=NASTY)
    made = rk.portfolio(corpus, argument=NASTY, figures=[chart], title=NASTY, site=NASTY)
    page = opened(made)
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"script", "img", "i", "iframe", "object", "form", "input", "link", "base"})
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert page.text.count("<script>alert(1)</script>") >= 8
    assert "=SUM(A1) $x^2$" in page.text
    assert sum(tag == "style" for tag, _ in page.elements) == 1
    assert not re.search("[\u202e\x07]", made.path.read_text(encoding="utf-8"))


def test_it_asks_nothing_of_another_machine_and_its_links_resolve(home, corpus):
    mark(corpus, layer="devices", label="hedge", start=0, end=9)
    figures = [
        rk.stage_strips(corpus.key, corpus.sentences),
        rk.verdict_bars(corpus.verdicts, "basis", evidence=corpus.key),
    ]
    page = opened(made := rk.portfolio(corpus, argument="So.", figures=figures))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len({*ids})
    for _, attributes in page.elements:
        assert "src" not in attributes
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in ids
            assert attributes["href"].startswith("#")
    text = made.path.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:https?:)?//[\w.]+", text)) <= {"http://www.w3.org"}
    assert not re.search(r"@import|url\((?!#)", text)
    policies = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies[0].startswith("default-src 'none'; ")


def test_figures_are_described(home, corpus):
    chart = rk.verdict_bars(corpus.verdicts, "basis", evidence=corpus.key)
    page = opened(rk.portfolio(figures=[chart]))
    labels = [a["aria-label"] for _, a in page.elements if a.get("role") == "img"]
    assert labels == [f"{chart._drawing.title}. {chart.description}"]
    assert sum(tag == "svg" for tag, _ in page.elements) == 1


def test_a_drawing_keeps_only_shapes_and_letters(corpus):
    drawn = still(rk.stage_strips(corpus.key, corpus.sentences), named="figure-7").svg
    assert {*re.findall(r"<(\w+)", drawn)} <= {"svg", "g", "path", "line", "rect", "text", "defs", "clipPath"}
    assert not re.search(r"href|class=|style=|\son\w+=", drawn)
    assert all(name.startswith("figure-7") for name in re.findall(r'\bid="([^"]+)"', drawn))
    with pytest.raises(rk.TableError, match="A chart was expected, not str"):
        still("a picture")


def test_words_are_quoted_with_their_citation(home, corpus):
    row = mark(corpus, 3, layer="devices", label="hedge", start=0, end=12, note="Why?")
    mark(corpus, 3, kind="verdict", layer="perspective", label="film-only")
    mark(corpus, 3, kind="dispute", layer="devices", label="booster", start=0, end=12, reason="Because.")
    text = opened(rk.portfolio(corpus)).text
    assert row["text"][:12] in text
    assert row["text"][:40] not in text
    for part in (
        "Why?",
        "film-only",
        "booster",
        "Because.",
        "no. 4 on its page",
        "nvented for the teaching kit",
    ):
        assert part in text


def test_a_collected_review_is_never_quoted_whole(home):
    reviews = "\n-----\n".join([" ".join(f"word{n}" for n in range(90)), "Short."])
    (home / "my_pages").mkdir()
    (home / "my_pages" / "hats.txt").write_text(reviews, encoding="utf-8")
    page = rk.load("hats.txt")
    mark(page, layer="devices", label="voices", start=0, end=len(page.reviews["text"].iloc[0]))
    made = rk.portfolio()
    text = opened(made).text
    assert "word0 " in text
    assert "word89" in text
    assert "word45" not in text
    assert "[site]" in text
    assert any("where your collected page is from" in each.lower() for each in made.missing)
    assert not any("where your collected" in each.lower() for each in rk.portfolio(site="Hats").missing)
    assert quoted("a b c d e f g h i", "structure", invented=True) == "a b c d e f g h i"


def test_a_mark_on_a_page_that_is_gone_is_still_there(home):
    with Store() as store:
        where = {"who": rk.pseudonym(), "corpus": "gone", "review_id": "gone-01", "layer": "devices"}
        store.add([make(text="It is, perhaps, so.", label="hedge", start=7, end=14, **where)])
    text = opened(rk.portfolio()).text
    assert "perhaps hedge" in text
    assert "on a page called gone, which is not at hand" in text


def test_what_a_card_quotes_is_left_out(home, corpus):
    asked = {"a": "Line 3 is: somebody's own words", "b": "Line 4 is: and more of them"}
    record = {"question": "What is each line?", "asked": asked, "answers": {"a": "text", "b": "date"}}
    kept.write("answers/lines", {**record, "date": "2026-05-04", "notebook": "01_from_page_to_table"})
    text = opened(rk.portfolio()).text
    assert "Line 3 is: text" in text
    assert "01 From page to table" in text
    assert "somebody's own words" not in text


def test_drafts_are_kept_beside_each_other_and_read(home, corpus):
    card = rk.Draft(corpus)
    card.commit({"text": "I have read the novel. In the end Tommy dies."})
    card.committed = False
    card.commit({"text": "I have read the novel. I will not tell the end.", "reader": "Jonas"})
    card.committed = False
    card.committed = True  # the same words again are no new draft
    drafts = rk.Draft(corpus).drafts
    assert drafts.last == "draft-2"
    assert drafts.reviews["text"].iloc[0].endswith("Tommy dies.")
    moved = drafts.moved().set_index("reading")
    assert moved.loc["what it gives away"].tolist() == ["the end", "nothing"]
    assert moved.loc["how it handles that"].tolist() == ["unwarned", "withheld"]
    assert drafts.sentences_moved()["what"].tolist() == ["stayed", "went", "came"]
    for start, end, quote, review in drafts.evidence[["start", "end", "text", "review_id"]].values:
        text = drafts.reviews.set_index("review_id").loc[review, "text"]
        assert text[start:end] == quote
    assert rk.my_drafts(corpus.name).work.name == "never-let-me-go"
    page = opened(rk.portfolio())
    assert "Written for: Jonas" in page.text
    assert "In the end Tommy dies." in page.text


def test_a_first_reader_is_held_against_writer_and_rules(home, corpus):
    card = rk.Draft(corpus)
    card.commit({"text": "In the end Tommy dies.", "knows": "unstated", "tells": "nothing"})
    first = rk.FirstReader(card.drafts)
    first.commit({"knows": "unstated", "tells": "the end"})
    assert first.table.iloc[1].tolist()[1:] == ["nothing", "the end", "the end"]
    assert "one of the two" in first.after[0]["text"]
    assert rk.FirstReader(card.drafts).committed
    with pytest.raises(rk.WorkError, match="no work 'nix'"):
        rk.Draft(corpus, work="nix")
    with pytest.raises(rk.TableError, match="There is: perspective"):
        card.drafts.of_last("plots")
    with pytest.raises(rk.TableError, match="no draft 'draft-9'"):
        card.drafts.moved(after="draft-9")


def test_a_damaged_record_of_drafts_is_no_draft(home):
    for wrong in (
        {"drafts": "x"},
        {"drafts": [3, {"text": ""}]},
        {"drafts": [{"text": "a", "date": "yesterday"}]},
    ):
        kept.write(f"answers/{kept_as('page')}", {"page": "page", "date": "yesterday", **wrong})
        assert len(rk.my_drafts("page").kept) in (0, 1)
        rk.portfolio()


def test_names_are_masked(home, corpus):
    card = rk.Draft(corpus)
    card.commit({"text": "A slow film, and a good one.\n\nAda Example"})
    assert "Ada Example" not in opened(rk.portfolio()).text


def test_only_ones_own_is_handed_in(home, corpus):
    row = mark(corpus, layer="devices", label="hedge", start=0, end=9)
    with Store() as store:
        about = {"corpus": corpus.name, "review_id": row["review_id"], "layer": "devices"}
        store.add([make(text=row["text"], who="other-1", label="ethos", start=0, end=9, **about)])
    assert "ethos" not in opened(rk.portfolio(corpus)).text
    theirs = rk.portfolio(corpus, who="other-1")
    assert theirs.path.name == "portfolio-other-1.html"
    assert "ethos" in opened(theirs).text


def test_markup_is_made_by_one_function():
    assert el("a", "<", href='"#x"') == '<a href="&quot;#x&quot;">&lt;</a>'
    assert paragraphs("a\r\nb\n\n\n<c>") == "<p>a<br>b</p><p>&lt;c&gt;</p>"
    with pytest.raises(rk.TableError, match="The argument is a text, not int"):
        rk.portfolio(argument=3)
