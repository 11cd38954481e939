"""Reviews on paper: every sentence once, with its number, as text; what tells, where it was asked for."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import reviewkit as rk
from reviewkit.commands import main
from reviewkit.errors import ReviewkitError, TableError
from reviewkit.printing.labels import LAYERS, label_sheet
from reviewkit.printing.paper import document, write
from reviewkit.printing.sheets import chosen, print_out

TELLS_NOT = [2, 5, 7, 8, 10, 12, 13, 14, 17, 19, 20, 21, 29]
NASTY = 'text,title\n"<script>alert(1)</script> & <b>sad</b> ]]> &amp; <!-- ""x"" -->","<i>Two</i> Stars"\n'


class Sheets(HTMLParser):
    """What a browser would find: sentences by review, headings, every element and every attribute."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sentences: dict[str, dict[int, str]] = {}
        self.headings: list[tuple[int, str]] = []
        self.elements: list[str] = []
        self.names: list[str] = []
        self.lines: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._review = ""
        self._number = 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.names += [name for name, _ in attributes]
        given = dict(attributes)
        self._open.append(tag)
        if tag == "section":
            self._review = (given.get("aria-labelledby") or "").removeprefix("review-")
        if tag == "li":
            self._number = int(given["value"])
            assert self._number not in self.sentences.setdefault(self._review, {})
            self.sentences[self._review][self._number] = ""
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        inner = self._open[-1] if self._open else ""
        if inner == "li":
            self.sentences[self._review][self._number] += data
        if re.fullmatch(r"h[1-6]", inner):
            level, said = self.headings[-1]
            self.headings[-1] = (level, said + data)
        if "section" in self._open and inner == "span":
            self.lines.setdefault(self._review, []).append(data)


@pytest.fixture(scope="module")
def ours():
    return rk.load("never-let-me-go")


def test_every_sentence_stands_once_with_its_number(ours):
    found = Sheets(print_out(ours)).sentences
    assert sorted(map(int, found)) == list(range(1, 31))
    for review_id, group in ours.sentences.groupby("review_id"):
        expected = dict(zip(group["sentence"], group["text"], strict=True))
        assert found[str(int(review_id[-2:]))] == expected


def test_lines_hold_every_word_and_fit(ours):
    page = Sheets(print_out(ours, numbered="lines", labels=[]))
    for row in ours.reviews.to_dict("records"):
        lines = page.lines[str(row["position"])]
        assert " ".join("".join(lines).split()) == " ".join(row["text"].split())
        assert max(map(len, lines)) <= 65


def test_names_are_masked_as_everywhere(ours):
    plain = rk.load("never-let-me-go", names=True).reviews["text"]
    signed = [(a, b) for a, b in zip(plain, ours.reviews["text"], strict=True) if a != b]
    page = print_out(ours)
    assert signed
    for text, masked in signed:
        start = next(n for n, (a, b) in enumerate(zip(text, masked, strict=True)) if a != b)
        assert text[start : start + 6] not in page
    assert "█" in page


def test_what_tells_stands_last_or_in_place_or_not_at_all(ours):
    last = list(Sheets(print_out(ours)).sentences)
    assert sorted(map(int, last[: len(TELLS_NOT)])) == TELLS_NOT
    assert "From here on the story is given away" in print_out(ours)
    assert list(Sheets(print_out(ours, spoilers="keep")).sentences) == [str(n) for n in range(1, 31)]
    left = print_out(ours, spoilers="leave-out")
    assert [int(n) for n in Sheets(left).sentences] == TELLS_NOT
    assert "13 of 30 reviews." in left
    assert "17 that give a secret, a turn or the end away were left out. Judged by the key." in left


def test_what_the_person_at_the_computer_knows_does_not_matter(ours, tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    before = print_out(ours, spoilers="leave-out")
    from reviewkit.knowing import keep_standing

    keep_standing("read", "seen")
    assert print_out(ours, spoilers="leave-out") == before


def test_a_page_without_a_key_is_judged_by_rule_and_says_so():
    page = rk.read_text("text\nIn the end they all die.\nLovely hats.\n", name="hats")
    corpus = rk.Corpus("hats", "hats", False, page)
    printed = print_out(corpus, spoilers="leave-out")
    assert list(Sheets(printed).sentences) == ["2"]
    assert "by rule" in printed
    assert "A rule can miss" in printed


def test_invented_reviews_say_so_and_others_belong_to_their_writers(ours):
    assert "These reviews are invented." in print_out(ours)
    page = rk.read_text("text\nLovely hats.\n", name="hats")
    printed = print_out(rk.Corpus("hats", "hats", False, page), site="Hats & Co", collected="3 May 2026")
    assert "invented" not in printed.partition("</style>")[2]
    assert "belong to the people who wrote them" in printed
    assert "Hats &amp; Co, [no date]. Accessed 3 May 2026." in printed


def test_text_is_data():
    page = rk.Corpus("<u>x</u>", "<u>x</u>", False, rk.read_text(NASTY, name="x"))
    for numbered in ("sentences", "lines"):
        printed = print_out(page, numbered=numbered, site="<u>s</u>")
        found = Sheets(printed)
        assert {"script", "b", "i", "u"} & set(found.elements) == set()
        assert not any(name.startswith("on") for name in found.names)
        assert "<script>alert(1)" in " ".join(
            [*found.sentences.get("1", {}).values(), *found.lines.get("1", [])]
        )
    assert "default-src 'none'" in printed


def test_nothing_is_fetched_and_nothing_runs(ours):
    found = Sheets(print_out(ours))
    assert {"script", "link", "img", "iframe", "form"} & set(found.elements) == set()
    assert {"src", "href"} & set(found.names) == set()
    assert "url(" not in print_out(ours).partition("<body>")[0]


def test_headings_are_in_order(ours):
    levels = [level for level, _ in Sheets(print_out(ours)).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_some_reviews_and_some_labels(ours):
    page = print_out(ours, reviews=[7, 2], labels=["devices"], apart=True)
    assert [said for _, said in Sheets(page).headings] == [
        "Never Let Me Go: thirty invented reviews",
        "Review 2",
        "Review 7",
        "Labels",
        "Devices: how the case is made",
    ]
    assert page.count('class="review apart"') == 2


def test_the_sheet_of_labels_has_those_of_the_manual(ours):
    sheet = label_sheet()
    assert all(f'<th scope="row">{label}</th>' in sheet for label in set(ours.key["label"]))
    assert all(f'<th scope="row">{v}</th>' in sheet for v in ("unstated", "favourable", "unfavourable"))
    assert [layer for layer in LAYERS if label_sheet([layer])] == list(LAYERS)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"reviews": [31]}, "There is no review 31 on this page; it has 30."),
        ({"numbered": "words"}, "numbered='words' is not known. It is one of: sentences, lines."),
        ({"spoilers": "no"}, "one of: last, keep, leave-out"),
        ({"labels": ["stages"]}, "There are no labels for 'stages'. There are: perspective,"),
    ],
)
def test_what_is_not_there_is_said(ours, options, says):
    with pytest.raises(TableError, match=re.escape(says)):
        print_out(ours, **options)


@pytest.mark.parametrize("wrong", ["two", "3-2", "-4", "1-99999999", "1;2"])
def test_places_that_are_none(wrong):
    with pytest.raises(TableError, match="is no place on a page. Write places like this: 2,5,7-9."):
        chosen(wrong)


def test_nothing_but_a_web_page_is_written_over(tmp_path):
    (tmp_path / "essay.txt").write_text("mine")
    with pytest.raises(ReviewkitError, match="give it a name that ends in .html"):
        write(document("x", ""), tmp_path / "essay.txt")
    assert (tmp_path / "essay.txt").read_text() == "mine"
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(ReviewkitError, match="cannot be written"):
        write(document("x", ""), tmp_path / "folder.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["essay.txt", "folder.html"]


def test_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    assert main(["print", "never-let-me-go", "--reviews", "14,5", "--labels", "none"]) == 0
    written = tmp_path / "my_work" / "print" / "never-let-me-go.html"
    assert capsys.readouterr().out.strip() == str(written)
    assert list(Sheets(written.read_text(encoding="utf-8")).sentences) == ["5", "14"]
    assert main(["print", "never-let-me-go", "--number", "words"]) == 1
    assert capsys.readouterr().err.startswith("reviewkit: numbered='words' is not known.")
