"""From a file to text: what kind of file is this, how is it encoded, and is it damaged?

Text that is UTF-8 stays as it is. Another encoding is detected with charset-normalizer and said in the
report. Mojibake ("donâ€™t") is repaired with ftfy's `fix_encoding`, line by line and only in lines where
ftfy finds damage, so quotation marks and ligatures elsewhere are untouched. Line ends become `\\n`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..errors import PageError

__all__ = ["Opened", "Repair", "as_path", "clean", "open_page"]

_PASTE = "Open it, select the reviews, copy them, and paste them into a plain text file (.txt)."

# How a file begins, what that makes it, and what to do instead.
_NOT_TEXT: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", _PASTE),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document", _PASTE),
    (b"{\\rtf", "a rich-text document", _PASTE),
    (b"\x89PNG", "an image (PNG)", "A picture holds no text to read. " + _PASTE),
    (b"\xff\xd8\xff", "an image (JPEG)", "A picture holds no text to read. " + _PASTE),
    (b"GIF8", "an image (GIF)", "A picture holds no text to read. " + _PASTE),
    (b"II*\x00", "an image (TIFF)", "A picture holds no text to read. " + _PASTE),
    (b"MM\x00*", "an image (TIFF)", "A picture holds no text to read. " + _PASTE),
    (b"\x1f\x8b", "a compressed file", "Unpack it first, and give the text file inside."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first, and give the text file inside."),
    (b"Rar!\x1a", "a compressed file", "Unpack it first, and give the text file inside."),
    (b"PAR1", "a Parquet table", "Save it as CSV, with a column named `text`."),
    (b"SQLite format 3", "a database", "Export a table as CSV, with a column named `text`."),
)
_HTML = re.compile(
    r"\s*<(?:\?xml|!--|!doctype|html|head|body|div|table|section|article|main|ul|ol|p|span|meta)\b"
    r"|\s*<!--|(?:From|MIME-Version|Snapshot-Content-Location): .*\n(?:.*\n){0,8}.*multipart/related",
    re.IGNORECASE,
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])")
_SUSPECT = re.compile(r"[ÃÂâðÐÑÅÄÎÏ×Øãäåæçï\x80-\x9f](?:[^\x00-\x7f]|(?<=Ã) )")
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"  # in Windows-1252
_CENTRAL = b"\xb3\xb9"  # ł and ą of Windows-1250, which Western texts hardly have
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class Repair(NamedTuple):
    """What was mended before the page was read; `line` counts from 1, None for the whole page."""

    line: int | None
    kind: str
    action: str


class Opened(NamedTuple):
    """A page's text, with `\\n` line ends, and what was mended on the way."""

    text: str
    repairs: list[Repair]


def as_path(path: object) -> Path:
    """The path of a file, or a `PageError` that says what was expected."""
    if not isinstance(path, str | Path):
        raise PageError(f"The path of a file was expected, such as 'my_pages/page.txt', not {path!r:.60}.")
    if "\n" in str(path) or len(str(path)) > 1000:
        raise PageError(
            "The path of a file was expected. To read a text that is at hand: rk.read_text(text)."
        )
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def open_page(path: Path) -> Opened:
    """Read a file as text.

    Raises `PageError`, with what to do instead, for a folder, a missing, empty or unreadable file, and for
    an image, PDF, Word file or saved web page.
    """
    try:
        if path.is_dir():
            raise PageError(f"{str(path)!r} is a folder. Give the file inside it that holds the reviews.")
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise PageError(_no_such_file(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PageError(
            f"{path.name!r} cannot be read ({reason}). Close it in other programs, or copy it to `my_pages/`."
        ) from None
    _refuse_other_kinds(path, data)
    text, repairs = _decode(path, data.rstrip(b"\x1a"))
    if not text.strip("\x00\ufeff\u200b\u2060 \t\r\n\u00a0"):
        raise PageError(f"{path.name!r} is empty. Paste the page of reviews into it, save it, and try again.")
    if _JSON.match(text):
        raise PageError(f"{path.name!r} holds JSON. Save its reviews as CSV, with a column named `text`.")
    if _HTML.match(text):
        raise PageError(
            f"{path.name!r} is a saved web page (HTML). Open it in a browser, select everything (Ctrl+A), "
            "copy it, and paste it into a plain text file (.txt)."
        )
    opened = clean(text)
    return Opened(opened.text, repairs + opened.repairs)


def clean(text: str) -> Opened:
    """Text with `\\n` line ends and its damaged lines repaired."""
    repairs = []
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    if text.startswith("\ufeff"):
        text = text[1:]
        repairs.append(Repair(1, "encoding", "Byte-order mark removed."))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        repairs.append(Repair(None, "line ends", "Windows or old Macintosh line ends made into plain ones."))
    if "\ufffd" in text:
        lines = text.split("\n")
        repairs += [
            Repair(i, "encoding", "Bytes that are no text shown as \ufffd.")
            for i, line in enumerate(lines, 1)
            if "\ufffd" in line
        ]
    if _SUSPECT.search(text):
        text, mended = _mend(text)
        repairs += mended
    return Opened(text, repairs)


def _mend(text: str) -> tuple[str, list[Repair]]:
    """Undo wrong decodings in the lines where ftfy sees one."""
    import ftfy
    from ftfy.badness import is_bad

    lines, repairs = text.split("\n"), []
    for i, line in enumerate(lines):
        if _SUSPECT.search(line) and is_bad(line):
            fixed = ftfy.fix_encoding(line)
            if fixed != line and "\n" not in fixed and "\r" not in fixed:
                lines[i] = fixed
                repairs.append(Repair(i + 1, "mojibake", "Letters garbled by a wrong encoding repaired."))
    return "\n".join(lines), repairs


def _refuse_other_kinds(path: Path, data: bytes) -> None:
    for start, kind, remedy in _NOT_TEXT:
        if data.startswith(start):
            raise PageError(f"{path.name!r} is {kind}, not text. {remedy}")
    if data.startswith(b"PK\x03\x04"):
        kind, remedy = _inside_zip(data)
        raise PageError(f"{path.name!r} is {kind}, not text. {remedy}")
    bitmap = data[:2] == b"BM" and data[6:10] == bytes(4)
    if bitmap or data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise PageError(f"{path.name!r} is a picture, sound or film, not text. {_PASTE}")


def _inside_zip(data: bytes) -> tuple[str, str]:
    if b"word/" in data or b"opendocument.text" in data[:200]:
        return (
            "a Word or Writer document",
            "Open it and save it as plain text (.txt), or copy the reviews into one.",
        )
    if b"xl/" in data or b"opendocument.spreadsheet" in data[:200]:
        return "a spreadsheet", "Save it as CSV (UTF-8), with a column named `text`."
    return "a compressed file or an office document", "Unpack it, or save it as plain text (.txt)."


def _decode(path: Path, data: bytes) -> tuple[str, list[Repair]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            said = [Repair(1, "encoding", f"Byte-order mark removed; read as {encoding.upper()}.")]
            return data[len(mark) :].decode(encoding, errors="replace"), said
    detected = _wide(data[:2000])
    if detected is None:
        text = data.decode("utf-8", errors="replace")
        damaged = text.count("\ufffd")
        if not damaged or damaged <= sum(char > "\x7f" for char in text) - damaged:
            return text, []
        detected = _detect(data[:200_000])
        if detected is None and damaged < len(text) / 100:
            return text, []
    if detected is None:
        raise PageError(
            f"{path.name!r} is not text in any encoding that is known here. Open it in the program that made "
            "it, and save it as plain text with the encoding UTF-8."
        )
    warning = f"Not UTF-8: read as {detected}. If letters look wrong, save it as UTF-8."
    return data.decode(detected, errors="replace"), [Repair(None, "encoding", warning)]


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a byte-order mark: every other byte of Western text is 0."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[first::2].count(0) > 0.2 * len(sample):
            return encoding
    return None


def _detect(sample: bytes) -> str | None:
    """The encoding of bytes that are not UTF-8; None where bytes are damaged, or no text at all."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in sample):
        return None
    # A short text gives a detector little to go by. By far the most frequent case is Windows-1252, so it
    # is taken where it has every byte and the text is mostly plain letters, as Western languages are.
    high = bytes(byte for byte in sample if byte > 127)
    if (
        not set(high) & set(_UNDEFINED + _CENTRAL)
        and len(high) < sum(map(str.isalpha, sample.decode("cp1252", "ignore"))) / 9
    ):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


def _no_such_file(path: Path) -> str:
    from difflib import get_close_matches

    folder = path.parent if str(path.parent) else Path()
    try:
        there = sorted(p.name for p in folder.iterdir() if p.is_file())
    except OSError:
        there = []
    close = get_close_matches(path.name, there, n=1, cutoff=0.75)
    hint = (
        f" Did you mean {close[0]!r}?"
        if close
        else " Check its name and folder; pages of your own go to `my_pages/`."
    )
    return f"There is no file {str(path)!r}.{hint}"
