"""What is not a page of reviews gets a sentence with the remedy, and no trace."""

from __future__ import annotations

import io
import zipfile

import pytest

import reviewkit as rk
from reviewkit.errors import ReviewkitError
from reviewkit.pages import LAYOUTS

CLOSE = "0Comment| Was this review helpful to you?YesNoReport abuse"


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty. Paste"),
        (b" \n\n\t", "is empty. Paste"),
        (b"%PDF-1.7 ...", "is a PDF, not text. Open it, select"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is an image .PNG.*paste them"),
        (b"\xff\xd8\xff\xe0..", "is an image .JPEG"),
        (zipped("word/document.xml"), "is a Word or Writer document.*plain text"),
        (zipped("xl/workbook.xml"), "is a spreadsheet.*Save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word or Excel"),
        (b"{\\rtf1 Slow.}", "rich-text"),
        (b"<!DOCTYPE html><html><body>Slow.", "saved web page.*paste it into"),
        (bytes(range(256)) * 20, "not text in any encoding.*UTF-8"),
        (b"It was the best of times.\n\nIt was the worst of times.\n", "Looked for: .*a line of dashes"),
        (b"import pandas as pd\nprint(pd)\n", "is not a page of reviews"),
        (b'{"text": "Slow."}', "holds JSON. Save its reviews as CSV"),
        (b"a,b\n1,2\n3,4\n", "no column of texts; its columns are 'a', 'b'. Name the column"),
    ],
)
def test_files_that_are_no_page(tmp_path, data, says):
    path = tmp_path / "given.txt"
    path.write_bytes(data)
    with pytest.raises(rk.PageError, match=f"(?s)'given.txt'.*{says}|{says}"):
        rk.read_page(path)


def test_a_folder(tmp_path):
    with pytest.raises(rk.PageError, match="is a folder. Give the file inside"):
        rk.read_page(tmp_path)


def test_a_missing_file_names_its_neighbour(tmp_path):
    (tmp_path / "gatsby.txt").write_text("x")
    with pytest.raises(rk.PageError, match="There is no file .* Did you mean 'gatsby.txt'"):
        rk.read_page(tmp_path / "gatbsy.txt")


def test_an_unknown_layout_or_corpus_lists_the_known():
    known = ", ".join(repr(layout.NAME) for layout in LAYOUTS)
    with pytest.raises(rk.PageError, match="no layout 'amazon'. Did you mean 'amazon-2016'.*Known: " + known):
        rk.read_text("x", layout="amazon")
    with pytest.raises(rk.PageError, match="no corpus 'never-let-me-goo'. Did you mean 'never-let-me-go'"):
        rk.load("never-let-me-goo")


def test_furniture_alone_is_no_review():
    with pytest.raises(rk.PageError, match="holds no review. Select the whole page"):
        rk.read_text("Customer Reviews: A Film\nYour rating(Clear)Rate this item\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_are_read_and_said(tmp_path, encoding):
    text = f"on May 3, 2011\nI don’t know what “naïve” means here, but I cried.\n{CLOSE}\n" * 1
    path = tmp_path / "page.txt"
    path.write_bytes(text.encode(encoding))
    read = rk.read_page(path)
    assert read.reviews["text"].tolist() == ["I don’t know what “naïve” means here, but I cried."]
    assert "encoding" in read.report["kind"].tolist()


def test_a_damaged_byte_spoils_one_letter_only(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(f"Caf\u00e9 na\u00efve.\nSlow.\n{CLOSE}".encode().replace(b"low", b"l\xffw"))
    read = rk.read_page(path)
    assert read.reviews["text"].tolist() == ["Café naïve.\nSl\ufffdw."]
    assert read.report["line"].tolist() == [2]


def test_in_a_notebook_an_error_is_its_sentence():
    assert ReviewkitError("Do this.")._render_traceback_() == ["reviewkit: Do this."]
