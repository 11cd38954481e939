"""The teacher's book: every link leads somewhere, and what it says to type works."""

from __future__ import annotations

import re
import shlex
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from conftest import ROOT

import reviewkit as rk
from reviewkit.commands import main
from reviewkit.errors import ReviewkitError
from tools import book

DOCS = ROOT / "docs"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
LESSONS = sorted(path for path in (DOCS / "teachers").glob("0?.md"))
PARTS = [
    *("Aims", "Timing", "What to prepare", "What they will find", "What students get wrong, and why"),
    *("Questions that open discussion", "Content and spoilers", "Without computers"),
    "Marking the written part",
]


class Read(HTMLParser):
    """Ids, links and headings of the book."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.elements: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.elements.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []


@pytest.fixture(scope="module")
def joined():
    return book.book()


def headings(path):
    """The anchors of a page: code blocks hold none."""
    prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {book.slug(line) for line in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}


def test_links_between_the_pages_resolve():
    wrong = []
    for path in book.pages(DOCS):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if target.startswith(("http:", "https:")):
                continue
            name, _, anchor = target.partition("#")
            to = (path.parent / name).resolve() if name else path
            if not to.exists() or (anchor and anchor not in headings(to)):
                wrong.append(f"{path.relative_to(DOCS)}: {target}")
    assert wrong == []


def test_every_link_in_the_book_leads_to_a_place_in_it(joined):
    read = Read(joined)
    assert len(read.ids) == len(set(read.ids))
    inner = [link for link in read.links if not link.startswith("https:")]
    assert len(inner) > 60
    assert [link for link in inner if not link.startswith("#") or link[1:] not in read.ids] == []


def test_headings_are_in_order(joined):
    levels = Read(joined).levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_book_holds_every_page_and_every_lesson(joined):
    for path in [*(DOCS / "teachers").glob("*.md"), *DOCS.glob("*.md")]:
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        assert f"{title}</h2>" in unescape(joined), path.name
    assert '<span class="number">A</span> For teachers</h2>' in joined
    assert 'data-chapter="part B"' in joined
    assert joined.index("For teachers") < joined.index('id="teachers-02"') < joined.index('id="glossary"')


def test_nothing_is_fetched_and_nothing_runs(joined):
    assert {"script", "link", "img", "iframe", "form"} & set(Read(joined).elements) == set()
    assert "default-src 'none'" in joined


def test_markup_in_a_page_is_text(tmp_path):
    (tmp_path / "teachers.md").write_text(
        "# A <b>page</b>\n\n<script>x</script>\n\n[a](javascript:x) `<NA>`\n"
    )
    made = book.book(tmp_path)
    assert "<script" not in made
    assert "<b>" not in made
    assert "javascript:" not in "".join(Read(made).links)
    assert "<code>&lt;NA&gt;</code>" in made


def test_a_folder_without_pages_is_said(tmp_path):
    with pytest.raises(ReviewkitError, match="There are no pages in"):
        book.book(tmp_path)


def test_the_command_writes_it(tmp_path, capsys):
    assert book.main(["--to", str(tmp_path / "book.html")]) == 0
    assert (tmp_path / "book.html").stat().st_size > 100_000
    assert book.main(["--to", str(tmp_path / "book.pdf")]) == 1
    assert "ends in .html" in capsys.readouterr().err


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_each_lesson_has_all_its_parts_by_the_same_names(lesson):
    found = re.findall(r"^## (.+)$", lesson.read_text(encoding="utf-8"), re.MULTILINE)
    named = [part for head in found for part in PARTS if head.startswith(part)]
    assert named == PARTS


def test_what_the_pages_say_to_print_can_be_printed(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    table = (DOCS / "teachers" / "without-computers.md").read_text(encoding="utf-8")
    said = re.findall(r"`(--[^`]+)`", table)
    assert len(said) > 10
    for options in said:
        given = shlex.split(options)
        given += ["--to", str(tmp_path / "x.html")] if "--to" not in given else []
        monkeypatch.chdir(tmp_path)
        assert main(["print", "never-let-me-go", *given]) == 0, options


def test_your_own_page_works_as_it_is_written(tmp_path, monkeypatch, capsys):
    """The steps of the page, from an empty folder; each answer that it quotes is the answer given."""
    page = (DOCS / "teachers" / "your-own.md").read_text(encoding="utf-8")
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my_pages").mkdir()
    (text,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    (tmp_path / "my_pages" / "lighthouse.txt").write_text(text, encoding="utf-8")
    commands = re.findall(r"^python3 start.py reviewkit (.+)$", page, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["parse", "work", "work", "read"]
    said = ""
    for command in [*commands, "print lighthouse.txt"]:
        assert main(shlex.split(command)) == 0, command
        said += "".join(capsys.readouterr())
    quoted = re.findall(r"^> (.+)$", page, re.MULTILINE)
    assert len(quoted) == 4
    assert [line for line in quoted if line not in said and "line 54" not in line] == []
    written = (tmp_path / "my_pages" / "lighthouse.toml").read_text(encoding="utf-8")
    (tmp_path / "my_pages" / "lighthouse.toml").write_text(
        written.replace('"@Tom|he ... drowns|drowned", ', ""), encoding="utf-8"
    )
    assert main(["work", "check", "my_pages/lighthouse.toml"]) == 1
    assert capsys.readouterr().out.strip() == quoted[2]
    verdicts = (tmp_path / "my_work" / "lighthouse" / "verdicts.csv").read_text(encoding="utf-8").splitlines()
    labels = [line.split(",")[2] for line in verdicts[1:9]]
    assert ", ".join(labels[4:]) in page.replace("\n", " ")
    assert labels[:4] == ["book-reader", "film-only", "book-reader", "unstated"]


def test_the_page_on_other_works_names_those_that_the_kit_knows():
    page = (ROOT / "docs/teachers/your-own.md").read_text(encoding="utf-8")
    listed = " ".join(page.split("knows thirteen works: ")[1].split("`reviewkit read`")[0].split())
    titles = sorted(rk.read_work(name).title for name in rk.known_works())
    assert listed == f"{', '.join(f'*{title}*' for title in titles)}."
