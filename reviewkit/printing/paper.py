"""How does HTML become a sheet of paper? One file with its styles in it, no script, nothing to fetch.

The policy in the head forbids the page to load or run anything, so that even a mistake in escaping could do
no harm.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..errors import ReviewkitError
from ..looks import assets

__all__ = ["document", "write"]

_STYLE = Path(__file__).with_name("paper.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def document(title: str, body: str, *, kind: str = "sheets") -> str:
    """A whole HTML page from a title, which is escaped, and a body, which is taken as it is.

    `kind` is a class by which the styles tell sheets from books.

    >>> "<title>Praise &amp; blame</title>" in document("Praise & blame", "<h1>Praise</h1>")
    True
    """
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="reviewkit">
<title>{escape(title)}</title>
<style>
{assets("theme.css", _STYLE)}
</style>
</head>
<body>
<div class="rk paper {escape(kind)}">
{body}
</div>
</body>
</html>
"""


def write(page: str, path: str | Path) -> Path:
    """Write a page to a file, its folder made where it is absent; give back the path.

    Raises `ReviewkitError` for a name that does not end in .html, so that no other file is written over by
    mistake, and where nothing can be written.
    """
    path = Path(path).expanduser()
    if path.suffix.lower() not in {".html", ".htm"}:
        raise ReviewkitError(f"{path.name!r} would be a web page: give it a name that ends in .html.")
    beside = path.with_name(f".{path.name}.writing")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(page, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ReviewkitError(f"{str(path)!r} cannot be written ({error.strerror or error}).") from None
    return path
