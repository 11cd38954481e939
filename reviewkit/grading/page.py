"""What does every page of the marking have? No program, nothing fetched, every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ..exercises.marking import RESULTS
from ..portfolios.markup import Markup, el
from ..portfolios.writing import styles

__all__ = ["badge", "listed", "number", "page", "said", "section"]

_SAFE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SIGNS = {
    "correct": ("good", "✓"),
    "agrees with the key": ("good", "✓"),
    "agrees with an annotator": ("good", "✓"),
    "disputed": ("unsure", "≠"),
    "partly": ("unsure", "½"),
    "not yet": ("wrong", "✗"),
    "unreadable": ("wrong", "?"),
    "not attempted": ("quiet-sign", "–"),
    "open": ("quiet-sign", "…"),
    "kept": ("quiet-sign", "…"),
}
_LONGEST = 5_000


def page(title: str, head: list[Markup], parts: list[tuple[str, str, Markup]], *, wide: bool = False) -> str:
    """A whole page: a header, links to its parts, the parts."""
    there = [(name, title, body) for name, title, body in parts if body]
    links = [el("li", el("a", text, href=f"#{name}")) for name, text, _ in there]
    body = el(
        "body",
        el("header", el("h1", title), *head),
        el("nav", el("ul", *links), aria_label="On this page") if len(there) > 2 else None,
        el("main", *(section(*part) for part in there)),
        el("footer", el("p", "Made with reviewkit, a teaching kit for the criticism of reviews.")),
        class_="wide" if wide else None,
    )
    top = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_SAFE),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Markup(_styles())),
    )
    return f"<!DOCTYPE html>\n{el('html', top, body, lang='en')}\n"


@cache
def _styles() -> str:
    return styles() + "\n" + (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def section(name: str, head: str, body: Markup) -> Markup:
    """A part of a page, with a heading that names it."""
    return el("section", el("h2", head, id=f"{name}-head"), body, id=name, aria_labelledby=f"{name}-head")


def badge(result: str) -> Markup:
    """What became of an answer: a sign and a word, and a colour besides."""
    kind, sign = _SIGNS.get(result, ("quiet-sign", "…"))
    return el(
        "span",
        el("span", sign, aria_hidden="true"),
        f" {RESULTS.get(result, result)}",
        class_=f"badge {kind}",
    )


def said(text: Any) -> str:
    """A text of a student's, cut where it is beyond reading."""
    plain = str(text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]} […]"


def listed(texts: Any) -> Markup:
    """A list, or nothing where there is nothing to list."""
    rows = [el("li", text) for text in texts]
    return el("ul", *rows) if rows else Markup("")


def number(points: float, what: str = "point") -> str:
    """Points, as one writes them.

    >>> number(1), number(2.5)
    ('1 point', '2.5 points')
    """
    return f"{points:g} {what}{'' if points == 1 else 's'}"
