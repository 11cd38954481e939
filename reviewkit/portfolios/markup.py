"""How does text become HTML without becoming anything else? By one function that escapes all it is given."""

from __future__ import annotations

import html

from ..looks.blocks import shown

__all__ = ["Markup", "el", "paragraphs", "table"]


class Markup(str):
    """HTML that was made here; any other text is escaped."""

    __slots__ = ()


_ALONE = {"meta", "br"}


def el(tag: str, *children: str | None, **attributes: str | None) -> Markup:
    """An element; children that are no `Markup` become text, attributes that are None are left out.

    An underscore at the end of an attribute's name is dropped, any other becomes a hyphen.

    >>> el("p", "1 < 2 & <script>", class_="a")
    '<p class="a">1 &lt; 2 &amp; &lt;script&gt;</p>'
    """
    named = {name.removesuffix("_").replace("_", "-"): value for name, value in attributes.items()}
    said = "".join(f' {name}="{html.escape(shown(v))}"' for name, v in named.items() if v is not None)
    if tag in _ALONE:
        return Markup(f"<{tag}{said}>")
    return Markup(f"<{tag}{said}>{''.join(_text(each) for each in children if each is not None)}</{tag}>")


def paragraphs(text: str) -> Markup:
    """Text as paragraphs: an empty line between them, line ends within them kept.

    >>> paragraphs("One.\\n\\nTwo,\\nand more.")
    '<p>One.</p><p>Two,<br>and more.</p>'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = [part.strip("\n") for part in plain.split("\n\n") if part.strip()]
    return Markup("".join(el("p", *_lines(part)) for part in parts))


def table(caption: str, columns: list[str], rows: list[list[str]]) -> Markup:
    """A table that can be scrolled sideways, by the keyboard too, where there is too little room for it."""
    head = el("tr", *(el("th", name, scope="col") for name in columns))
    body = [el("tr", el("th", row[0], scope="row"), *(el("td", cell) for cell in row[1:])) for row in rows]
    made = el("table", el("caption", caption), el("thead", head), el("tbody", *body))
    return el("div", made, class_="scroll", role="region", aria_label=caption, tabindex="0")


def _lines(text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [first, *(part for line in rest for part in (el("br"), line))]


def _text(child: str) -> str:
    return child if isinstance(child, Markup) else html.escape(shown(child), quote=False)
