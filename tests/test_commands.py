"""The command line, as it is typed; and the files it writes."""

from __future__ import annotations

import csv
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT

import reviewkit as rk
from reviewkit.commands import main
from reviewkit.files import write_tables

pytestmark = pytest.mark.usefixtures("no_network")
OURS = str(ROOT / "data" / "never-let-me-go" / "page.txt")


def test_parse_writes_reviews_and_report(tmp_path, capsys):
    assert main(["parse", OURS, "--to", str(tmp_path / "new" / "tables")]) == 0
    written = capsys.readouterr().out.split()
    assert [path.rsplit("/", 1)[-1].rsplit("\\", 1)[-1] for path in written] == ["reviews.csv", "report.csv"]
    with (tmp_path / "new" / "tables" / "reviews.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 30
    assert list(rows[0]) == list(rk.TABLES["reviews"])
    assert (rows[0]["date"], rows[0]["helpful_votes"], rows[0]["rating"]) == ("", "1017", "")
    assert rows[1]["date"] == "2010-10-04"


def test_signatures_are_masked_unless_names_are_asked_for(tmp_path):
    page = rk.read_page(OURS)
    signed = page.reviews.set_index("position").loc[4, "text"]
    for options in ([], ["--names"]):
        assert main(["parse", OURS, "--to", str(tmp_path), *options]) == 0
        written = pd.read_csv(tmp_path / "reviews.csv", index_col="position").loc[4, "text"]
        assert len(written) == len(signed)
        assert (written == signed) == bool(options)


def test_a_spreadsheet_runs_nothing(tmp_path):
    page = rk.read_text('text,title\n"=HYPERLINK(""x"")",@me\n-1 star,fine\n')
    write_tables({"reviews": page.reviews, "report": page.report}, tmp_path, for_excel=True)
    assert (tmp_path / "reviews-for-excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "reviews-for-excel.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == ['\'=HYPERLINK("x")', "'-1 star"]
    assert [row["title"] for row in rows] == ["'@me", "fine"]
    assert pd.read_csv(tmp_path / "reviews.csv")["text"][1] == "-1 star"


def test_nothing_is_written_when_a_page_is_wrong(tmp_path, capsys):
    (tmp_path / "wrong.txt").write_text("It was the best of times.")
    assert main(["parse", OURS, str(tmp_path / "wrong.txt"), "--to", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert "reviewkit: 'wrong.txt' is not a page of reviews" in capsys.readouterr().err


def test_nothing_is_replaced_when_a_file_cannot_be_written(tmp_path, capsys):
    (tmp_path / "report.csv").mkdir()
    assert main(["parse", OURS, "--to", str(tmp_path)]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["report.csv"]


def test_two_pages_of_one_name_get_ids_of_their_own(tmp_path):
    assert main(["parse", OURS, OURS, "--to", str(tmp_path)]) == 0
    table = pd.read_csv(tmp_path / "reviews.csv")
    assert table["review_id"].is_unique
    assert {"page-01", "page-2-01"} <= set(table["review_id"])


@pytest.mark.parametrize(
    ("given", "says"),
    [([], "COMMAND"), (["prase"], "invalid choice: 'prase'.*parse"), (["parse"], "PAGE")],
)
def test_wrong_usage_is_one_line(given, says, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(given)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--help" in said
    assert pd.Series([said]).str.contains(says).all()


def test_without_a_folder_nothing_is_written_and_it_says_so(capsys):
    assert main(["parse", OURS]) == 0
    assert "30 reviews" in (said := capsys.readouterr().err)
    assert "--to DIR" in said


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "reviewkit", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == f"reviewkit {rk.__version__}\n"


def test_parquet_holds_the_same_or_says_how_to_add_it(tmp_path, capsys):
    code = main(["parse", OURS, "--to", str(tmp_path), "--parquet"])
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        assert code == 1
        assert "start.py add parquet" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []
    else:
        assert code == 0
        assert len(pd.read_parquet(tmp_path / "reviews.parquet")) == 30
