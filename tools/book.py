"""The teacher's book: every page of docs/ that a teacher needs, joined into one that can be printed.

Markdown becomes HTML with mistune, which JupyterLab brings. Headings go one step down, so that each page is
a part; links between the pages become links within the book; a link to a file outside it becomes the
file's place in the kit's folder, since the book may be read anywhere.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from string import ascii_uppercase
from typing import Any
from urllib.parse import unquote

import mistune

from reviewkit import _paths
from reviewkit.errors import ReviewkitError
from reviewkit.printing.paper import document, write

KIT = Path(__file__).resolve().parent.parent
FIRST: tuple[str, ...] = ("teachers.md", "teachers/plans.md", "teachers/without-computers.md")
LAST = (
    *("teachers/generative-ai.md", "teachers/your-own.md", "teachers/machines.md", "teachers/reading.md"),
    *("set-up.md", "coding-manual.md", "glossary.md"),
)
TITLE = "The teacher's book"
_LICENCE = "CC BY 4.0. From the teaching kit reviewkit; made from the folder docs/ of the kit."


def pages(docs: Path) -> list[Path]:
    """The pages of the book in their order, the lessons in the middle."""
    fixed = [docs / name for name in (*FIRST, *LAST)]
    lessons = [path for path in sorted((docs / "teachers").glob("*.md")) if path not in fixed]
    found = [*fixed[: len(FIRST)], *lessons, *fixed[len(FIRST) :]]
    return [path for path in found if path.is_file()]


def slug(heading: str) -> str:
    """The name by which a link finds a heading, as GitHub and JupyterLab form it.

    >>> slug("Thirty laptops, from one `USB` stick")
    'thirty-laptops-from-one-usb-stick'
    """
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


@dataclass
class Book:
    """Where everything is: the sign of each page, a lesson's number or else a letter, and its title."""

    docs: Path
    signs: dict[Path, str]
    titles: dict[Path, str] = field(default_factory=dict)

    def id_of(self, page: Path, anchor: str = "") -> str:
        """The id of a page, or of a heading on it, within the book."""
        name = page.relative_to(self.docs).with_suffix("").as_posix().replace("/", "-")
        return f"{name}--{anchor}" if anchor else name

    def chapter(self, page: Path) -> str:
        """The chapter of a page as HTML."""
        renderer = _Chapter(self, page)
        markdown = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough"])
        body = str(markdown(page.read_text(encoding="utf-8")))
        return f'<section class="chapter">{body}</section>\n'


class _Chapter(mistune.HTMLRenderer):
    """One page: headings a step down with ids, links within the book, no empty heads in tables."""

    def __init__(self, book: Book, page: Path) -> None:
        super().__init__(escape=True)
        self.book, self.page, self.given = book, page, dict[str, int]()

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        plain = _plain(text)
        if level == 1:
            self.book.titles[self.page] = plain
            return f'<h2 id="{self.book.id_of(self.page)}">{_signed(self.book.signs[self.page], text)}</h2>\n'
        anchor = slug(plain)
        self.given[anchor] = self.given.get(anchor, 0) + 1
        if self.given[anchor] > 1:
            anchor = f"{anchor}-{self.given[anchor] - 1}"
        return f'<h{level + 1} id="{self.book.id_of(self.page, anchor)}">{text}</h{level + 1}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if re.match(r"(?:https?|mailto):", url):
            return f'<a href="{escape(url)}">{text}</a>'
        path, _, anchor = url.partition("#")
        target = (self.page.parent / unquote(path)).resolve() if path else self.page
        if sign := self.book.signs.get(target):
            told = target == self.page or _plain(text).startswith(sign)
            within = "" if told else f' data-chapter="{"lesson" if sign.isdigit() else "part"} {sign}"'
            return f'<a href="#{self.book.id_of(target, unquote(anchor))}"{within}>{text}</a>'
        place = _place(target)
        return text if place in _plain(text) else f'{text} <span class="path">({escape(place)})</span>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"<em>{escape(text)}</em>"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        if head and text.strip():
            return f'<th scope="col">{text}</th>\n'
        return f"<td>{text}</td>\n"


def _signed(sign: str, title: str) -> str:
    """A title with its sign before it, unless it begins with it, as a lesson's does."""
    return title if title.startswith(sign) else f'<span class="number">{sign}</span> {title}'


def _place(target: Path) -> str:
    """Where a file lies in the kit's folder."""
    return target.relative_to(KIT).as_posix() if target.is_relative_to(KIT) else target.name


def _plain(text: str) -> str:
    """A heading without its markup."""
    from html import unescape

    return unescape(re.sub(r"<[^>]+>", "", text))


def book(docs: Path = KIT / "docs") -> str:
    """The whole book as one HTML page; raises `ReviewkitError` where the pages are not there."""
    found = [path.resolve() for path in pages(docs)]
    if not found:
        raise ReviewkitError(f"There are no pages in {docs}.")
    letters = iter(ascii_uppercase)
    signs = {path: path.stem if path.stem.isdigit() else next(letters) for path in found}
    made = Book(docs.resolve(), signs)
    chapters = [made.chapter(path) for path in found]
    entries = "".join(
        f'<li><a href="#{made.id_of(path)}">'
        f"{_signed(signs[path], escape(made.titles.get(path, path.stem)))}</a></li>"
        for path in found
    )
    head = (
        f"<header><h1>{escape(TITLE)}</h1><p>{escape(_LICENCE)}</p></header>\n"
        f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ul>{entries}</ul></nav>\n'
    )
    return document(TITLE, f"{head}<main>{''.join(chapters)}</main>", kind="book")


def main(arguments: list[str] | None = None) -> int:
    """Write the book and say where it is."""
    parser = argparse.ArgumentParser(prog="start.py book", description="The teacher's book as one page.")
    parser.add_argument("--to", metavar="FILE.html", help="where it goes; without it, into my_work/print/")
    options = parser.parse_args(arguments)
    try:
        print(write(book(), options.to or _paths.work() / "print" / "teachers-book.html"))
    except ReviewkitError as error:
        print(error, file=sys.stderr)
        return 1
    print("Open it in a browser; it prints on A4 and Letter.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
