"""What does a portfolio look like? One page of HTML: no program, nothing fetched, every text escaped."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from .. import looks, people
from ..charts.still import Still
from ..drafting import Drafts
from ..looks.blocks import table_block
from .gathering import Answer, Gathered, Marked
from .markup import Markup, el, paragraphs, table

__all__ = ["page"]

_SAFE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLOUR = re.compile(r"var\(--rk-[\w-]+\)")


def page(found: Gathered, argument: str, figures: Sequence[Still], missing: Sequence[str], title: str) -> str:
    """The whole page, as text."""
    parts = [
        ("argument", "The argument", _argument(argument)),
        ("review", "A review of my own", _reviews(found)),
        ("figures", "Figures", Markup("".join(_figure(n, each) for n, each in enumerate(figures, 1)))),
        ("marks", "Words that I marked", _marks(found)),
        ("judgements", "Judgements and disputes", _judgements(found)),
        ("answers", "What I committed", _answers(found.answers)),
        ("missing", "Not in this portfolio yet", _list(missing) if missing else Markup("")),
    ]
    there = [(name, head, body) for name, head, body in parts if body]
    links = [el("li", el("a", head, href=f"#{name}")) for name, head, _ in there]
    made = el(
        "body",
        el("header", el("h1", title), el("p", f"by {found.who}", class_="by"), *_about(found)),
        el("nav", el("ul", *links), aria_label="In this portfolio"),
        el("main", *(_section(*part) for part in there)),
        el("footer", el("p", "Made with reviewkit, a teaching kit for the criticism of reviews.")),
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_SAFE),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", f"{title}, by {found.who}"),
        el("style", Markup(styles())),
    )
    return f"<!DOCTYPE html>\n{el('html', head, made, lang='en')}\n"


@cache
def styles() -> str:
    """The palette of all panes, for light, dark and print, and the portfolio's own sheet."""
    theme = (Path(looks.__file__).parent / "theme.css").read_text(encoding="utf-8")
    two = re.findall(r"(--rk-[\w-]+):\s*light-dark\(([^,]+),\s*([^)]+)\)", theme)
    one = re.findall(r"(--rk-[\w-]+):\s*(#\w+);", theme)
    light = "".join(f"{name}:{value};" for name, value in [*one, *((n, a) for n, a, _ in two)])
    dark = "".join(f"{name}:{value};" for name, _, value in two)
    own = (Path(__file__).parent / "portfolio.css").read_text(encoding="utf-8")
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{own}"


def _section(name: str, head: str, body: Markup) -> Markup:
    return el("section", el("h2", head, id=f"{name}-head"), body, id=name, aria_labelledby=f"{name}-head")


def _about(found: Gathered) -> list[Markup]:
    today = datetime.date.today()
    said = [el("p", f"{today.day} {today:%B %Y}", class_="quiet")]
    if found.marks or found.disputes or found.verdicts:
        made = " The kit's own reviews are invented, and say so in their citations." if found.invented else ""
        said.append(
            el(
                "p",
                f"Words of reviews are quoted here as they were marked, and some give the story away.{made}",
                class_="note",
            )
        )
    return said


def _argument(text: str) -> Markup:
    return el("div", paragraphs(text), class_="prose") if text.strip() else Markup("")


def _reviews(found: Gathered) -> Markup:
    return Markup("".join(_review(each, found) for each in found.drafts))


def _review(drafts: Drafts, found: Gathered) -> Markup:
    last, count = drafts.kept[-1], len(drafts.kept)
    about = (
        f"{drafts.work.film} ({drafts.work.film_year})" if drafts.work else f"beside the page {drafts.beside}"
    )
    parts = [el("h3", f"{about}: draft {count}, {last['date']}"), _for_whom(last["reader"])]
    parts.append(el("div", paragraphs(people.mask(last["text"])), class_="prose draft"))
    for record in found.readers:
        if record.get("page") == drafts.beside and isinstance(record.get("answers"), dict):
            asked = dict(record.get("asked") or {})
            rows = [(str(asked.get(k, k)), str(v)) for k, v in record["answers"].items() if str(v).strip()]
            parts += [el("h4", f"What the first reader said of {record['draft'] or 'it'}"), _said(rows)]
    if count > 1:
        moved = drafts.moved()
        block = table_block(moved)
        parts += [
            el("h4", "What moved"),
            table("What the rules read in the first draft and in the last", block["columns"], block["rows"]),
        ]
    for number, each in reversed([*enumerate(drafts.kept[:-1], 1)]):
        parts += [el("h4", f"Draft {number}, {each['date']}"), _for_whom(each["reader"])]
        parts.append(el("div", paragraphs(people.mask(each["text"])), class_="prose draft earlier"))
    return Markup("".join(parts))


def _for_whom(reader: str) -> Markup:
    return el("p", el("b", "Written for: "), reader) if reader.strip() else Markup("")


def _figure(number: int, drawn: Still) -> Markup:
    block = table_block(drawn.table)
    data = table(f"The data of figure {number}", block["columns"], block["rows"])
    picture = el("div", Markup(drawn.svg), role="img", aria_label=f"{drawn.title}. {drawn.description}")
    return el(
        "figure",
        el("div", picture, class_="scroll", role="region", aria_label=f"Figure {number}", tabindex="0"),
        el("ul", *map(_sign, drawn.signs), class_="signs") if drawn.signs else None,
        el(
            "figcaption",
            el("p", el("b", f"Figure {number}. "), f"{drawn.title}."),
            el("p", drawn.description, class_="quiet"),
            *(el("p", note, class_="quiet") for note in drawn.notes),
            el("details", el("summary", "The data, as a table"), data),
        ),
    )


def _sign(sign: dict[str, str]) -> Markup:
    fill, ink = (sign.get(name, "") for name in ("fill", "ink"))
    known = all(_COLOUR.fullmatch(each) for each in (fill, ink))
    style = f"background:{fill};color:{ink}" if known and "code" in sign else None
    return el(
        "li", el("span", sign.get("code") or sign.get("glyph"), style=style), f" {sign.get('name', '')}"
    )


def _marks(found: Gathered) -> Markup:
    return _by_review(found.marks, found.sources, marked)


def marked(rows: Iterable[Marked]) -> Markup:
    """Words that were marked, or verdicts, as a list."""
    return el("ul", *(_mark(each) for each in rows), class_="marks")


def _mark(mark: Marked) -> Markup:
    return el(
        "li",
        el("q", mark.words) if mark.words else None,
        " ",
        el("span", mark.label, class_="label"),
        el("span", f" {mark.layer}", class_="quiet"),
        el("p", mark.note, class_="said") if mark.note.strip() else None,
    )


def _judgements(found: Gathered) -> Markup:
    def disputes(rows: Iterable[Marked]) -> Markup:
        return el("ul", *(_dispute(each) for each in rows), class_="marks")

    parts = []
    if found.verdicts:
        parts += [
            el("h3", "Judgements of whole reviews"),
            _by_review(found.verdicts, found.sources, marked, "h4"),
        ]
    if found.disputes:
        parts += [
            el("h3", "Where I hold to another reading"),
            _by_review(found.disputes, found.sources, disputes, "h4"),
        ]
    return Markup("".join(parts))


def _dispute(mark: Marked) -> Markup:
    return el(
        "li",
        el("q", mark.words) if mark.words else None,
        " ",
        el("span", mark.label or mark.layer, class_="label"),
        el("span", f" {mark.layer}", class_="quiet") if mark.label else None,
        el("p", mark.reason or mark.note or "No reason was given.", class_="said"),
    )


def _by_review(
    rows: Sequence[Marked],
    sources: dict[str, str],
    told: Callable[[Iterable[Marked]], Markup],
    heading: str = "h3",
) -> Markup:
    parts = []
    for review_id, group in groupby(rows, key=lambda each: each.review_id):
        parts += [el(heading, review_id), told(list(group)), el("p", sources[review_id], class_="source")]
    return Markup("".join(parts))


def _answers(answers: Sequence[Answer]) -> Markup:
    parts = []
    for notebook, group in groupby(answers, key=lambda each: each.notebook):
        parts.append(el("h3", notebook or "Other answers"))
        parts.append(el("dl", *(part for each in group for part in _answer(each))))
    return Markup("".join(parts))


def _answer(answer: Answer) -> list[Markup]:
    place = ", ".join(each for each in (answer.page, answer.date) if each)
    head = el("dt", answer.question or "A card without a question", el("span", f" {place}", class_="quiet"))
    if len(answer.said) == 1 and not answer.said[0][0]:
        return [head, el("dd", paragraphs(answer.said[0][1]))]
    return [head, el("dd", _list([f"{asked}: {said}" if asked else said for asked, said in answer.said]))]


def _said(rows: Sequence[tuple[str, str]]) -> Markup:
    return el("dl", *(part for asked, said in rows for part in (el("dt", asked), el("dd", paragraphs(said)))))


def _list(texts: Iterable[str]) -> Markup:
    return el("ul", *(el("li", text) for text in texts))
