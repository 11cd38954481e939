"""Which page do we read? The chooser with which every notebook begins.

It lists the kit's own pages and what lies in `my_pages/`, and adds a page by upload or from pasted text.
What a student types or uploads is data: a name becomes letters, digits and hyphens, so it can lead nowhere
else; a page that cannot be read is not kept; no page is ever written over. The choice is kept in
`my_work/choice.json` for every notebook. The environment variable REVIEWKIT_PAGE names a page as well.
"""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from ... import _paths, kept
from ...corpus import Corpus, corpora, load
from ...errors import PageError, ReviewkitError
from .ask import Ask

__all__ = ["Choose", "add_page", "choose", "safe_name"]

_MOST = 8_000_000
_RESERVED = {"con", "prn", "aux", "nul", "readme"}
_THEN = (
    "Now click the next cell, and choose Run > Run Selected Cell and All Below, so that everything follows."
)
_ADDING = {
    "label": "Add a page of your own",
    "lede": [
        "Copy a page of reviews in the browser and paste it here, or upload it as a text or CSV file. "
        "It is kept in my_pages/ on this computer."
    ],
    "name": "A name for it, such as persuasion-film",
    "file": "Upload a file …",
    "text": "… or paste the page here",
    "button": "Add this page",
    "most": _MOST,
    "both": "There is a file and a pasted text. Take one of them out.",
    "too_large": "That file is larger than 8 MB. Put it into the folder my_pages/ yourself, and run "
    "this cell again.",
}


def choose() -> Choose:
    """Show the chooser; `.corpus` of what it returns is the page that everything below works on.

    >>> choose().corpus.name
    'never-let-me-go'
    """
    return Choose()


def safe_name(name: str) -> str:
    """A name for a page as a file can bear it: small letters, digits and hyphens.

    Raises `PageError` where nothing is left of it, or where the system keeps the name for itself.

    >>> safe_name("../Émile's page, 2")
    'emile-s-page-2'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    safe = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    if not safe or safe in _RESERVED or re.fullmatch(r"(com|lpt)\d", safe):
        raise PageError(
            "Give the page another name: a few plain letters and digits, such as persuasion-film."
        )
    return safe


def add_page(name: str, content: bytes, suffix: str = ".txt") -> str:
    """Keep a page in `my_pages/` under a safe name and give that back, as `my_pages/NAME.txt`.

    The page is read first, under its future name but in a folder of its own; one that cannot be read
    leaves nothing behind. Raises `PageError` for it, and where the name is taken.
    """
    safe = safe_name(name)
    if not re.fullmatch(r"\.[a-z0-9]{1,5}", suffix):
        suffix = ".txt"
    folder = _paths.pages()
    taken = {path.stem.lower() for path in _own()} | {*_shipped()}
    if safe in taken:
        raise PageError(f"There is a page called {safe} already. Give this one another name.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as apart:
            path = Path(apart) / f"{safe}{suffix}"
            path.write_bytes(content)
            load(str(path))
            path.rename(folder / path.name)  # the name is free: looked up above
    except OSError as trouble:
        raise PageError(f"{folder} could not be written to ({trouble.strerror}).") from trouble
    return f"my_pages/{safe}{suffix}"


def _own() -> list[Path]:
    """The pages in `my_pages/`."""
    folder = _paths.pages()
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return [p for p in there if p.is_file() and p.name[0] != "." and p.suffix.lower() not in (".md", ".toml")]


def _load(value: str) -> Corpus:
    """The corpus behind an option."""
    folder, _, name = value.partition("/")
    return load(str(_paths.pages() / name) if folder == "my_pages" else value)


class Choose(Ask):
    """The chooser. `.corpus` is the last page that could be read; `.chosen` its name in the list."""

    def __init__(self) -> None:
        super().__init__(kicker="The page", heading="Which page of reviews do you want to work on?")
        self.adding = _ADDING
        self._corpus: Corpus | None = None
        self._list()
        named = os.environ.get("REVIEWKIT_PAGE", "")
        first = next(iter(_shipped()))
        for value in (named, kept.read("choice").get("chosen", ""), first):
            if isinstance(value, str) and value and self._take(value):
                break
        self.answers = {"page": self.chosen}
        if self._corpus is not None and not self.status:
            self.say("now", f"now: {self._what()}")
        self.observe(self._on_answers, "answers")
        self.on_msg(self._on_message)

    @property
    def corpus(self) -> Corpus:
        """The page chosen, with `.name`, `.reviews`, `.sentences`, `.lines` and `.report`."""
        if self._corpus is None:
            raise PageError("No page could be read. Choose one above, and run this cell again.")
        return self._corpus

    chosen: str = ""

    def _list(self) -> None:
        """Fill the list."""
        options = [{"value": v, "label": v, "note": note} for v, note in _shipped().items()]
        options += [
            {"value": f"my_pages/{p.name}", "label": p.name, "note": "in your folder my_pages/"}
            for p in _own()
        ]
        named = os.environ.get("REVIEWKIT_PAGE", "")
        if named and named not in [option["value"] for option in options]:
            note = "named by REVIEWKIT_PAGE"
            options.append({"value": named, "label": Path(named).name, "note": note})
        question = {"key": "page", "kind": "choice", "prompt": "Pages", "options": options}
        self.questions = [{**question, "hide": True}]

    def _take(self, value: str) -> bool:
        """Load a page, or say in a sentence why it cannot be; then the last good one stays."""
        try:
            corpus = _load(value)
            self._about = (
                f", read with what {corpus.beside.name} tells" if corpus.beside and corpus.work else ""
            )
        except ReviewkitError as trouble:
            still = f" You are still on {self.chosen}." if self.chosen else ""
            self.say("problem", f"{trouble}{still}")
            return False
        self._corpus, self.chosen = corpus, value
        return True

    def _on_answers(self, change: dict[str, Any]) -> None:
        value = str(change["new"].get("page", ""))
        if value == self.chosen:
            return
        known = [option["value"] for option in self.questions[0]["options"]]
        if value in known:
            self.say("saving", "reading the page …")  # somebody is there, however long it may take
        if value in known and self._take(value):
            self._keep_choice()
        else:
            self.answers = {"page": self.chosen}

    def _keep_choice(self) -> None:
        self.keep("choice", {"chosen": self.chosen}, f"kept: {self._what()}. {_THEN}")

    def _what(self) -> str:
        count = len(self.corpus.reviews)
        return f"{self.chosen}, {count} review{'' if count == 1 else 's'}{self._about}"

    def _on_message(self, _: Any, content: Any, buffers: list[Any]) -> None:
        """Add a page, as the form sends it."""
        if not isinstance(content, dict) or content.get("type") != "add":
            return
        file, text = str(content.get("file", "")), str(content.get("text", ""))
        data = bytes(buffers[0]) if buffers else text.encode()
        source = Path(file.replace("\\", "/"))
        name = str(content.get("name", "")).strip() or source.stem
        self.say("saving", "reading the page …")
        try:
            if file and text.strip():
                raise PageError(str(_ADDING["both"]))
            if len(data) > _MOST:
                raise PageError(str(_ADDING["too_large"]))
            if file and not data.strip():
                raise PageError(f"'{source.name}' is empty. Was it saved after pasting?")
            if not data.strip():
                raise PageError("Choose a file or paste the page first.")
            value = add_page(name, data, source.suffix.lower() if buffers else ".txt")
        except ReviewkitError as trouble:
            self.say("problem", str(trouble))
            return
        self._list()
        if self._take(value):
            self.answers = {"page": value}
            self._keep_choice()
        self.adding = {**_ADDING, "turn": len(self.questions[0]["options"])}  # an empty form again


def _shipped() -> dict[str, str]:
    """The kit's own pages, with a note on each."""
    table = corpora()
    own = {path.name for path in _own()}
    return {
        str(name): f"{title}{'' if not invented or 'invented' in title else '; invented'}"
        for name, title, invented in zip(table["name"], table["title"], table["invented"], strict=True)
        if name not in own
    }
