"""Marking a class, part by part: names, zips, cells, the teacher's tables, pages, and errors."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
from conftest import ROOT
from handed_in import (
    CLOSED,
    PAGE,
    PROSE,
    SET,
    answers,
    as_data,
    bare,
    cleared,
    code_cell,
    moodle,
    put,
    zipped,
)

from reviewkit.commands import main
from reviewkit.errors import ReviewkitError
from reviewkit.grading import grade
from reviewkit.grading.confining import Confinement, arguments, remains_open
from reviewkit.grading.literals import literal
from reviewkit.grading.naming import file_name, named
from reviewkit.grading.staging import stage
from reviewkit.grading.unpacking import files_in

HELD = ROOT / "exercises" / "held-out"
NASTY = "<script>alert(1)</script> <img src=x onerror=y> =SUM(A1)"


def graded(tmp_path, **options):
    options.setdefault("say", lambda text: None)
    return grade(tmp_path / "in", tmp_path / "out", keys=HELD, **options)


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("trail", "name", "who"),
    [
        (("Jane Doe_12345_assignsubmission_file_",), "ex01.ipynb", "Jane Doe_12345"),
        ((), "Zoë de la Cruz_7_assignsubmission_file_ex01 (1).ipynb", "Zoë de la Cruz_7"),
        ((), "doejane_12345_67890_ex01-2.ipynb", "doejane_12345"),
        ((), "doejane_LATE_12345_67890_ex01.ipynb", "doejane_12345"),
        ((), "Exercises 1_jdoe_attempt_2026-11-20-10-11-12_my_work.ipynb", "jdoe"),
        ((), "ex01_the-great-gatsby_owl-3.ipynb", None),
        ((), "homework.ipynb", None),
    ],
)
def test_names_of_learning_platforms(trail, name, who):
    found = named(trail, name)
    assert (found and found.id) == who


def test_without_a_platform_folders_then_names_say_whose_it_is(tmp_path):
    put(tmp_path, "in/week 3/jane/ex01.ipynb", as_data(1))
    put(tmp_path, "in/week 3/john/final.ipynb", as_data(2))
    put(tmp_path, "in/week 3/late/ex01_the-great-gatsby_owl-3.ipynb", as_data(3))
    put(tmp_path, "in/week 3/late/ex01_the-great-gatsby_owl-4.ipynb", as_data(4))
    put(tmp_path, "in/week 3/ex01_the-great-gatsby_owl-5.ipynb", as_data(5))
    assert [each.id for each in graded(tmp_path).made] == [
        "jane",
        "john",
        "late/owl-3",
        "late/owl-4",
        "owl-5",
    ]


def test_nobody_can_pass_for_another(tmp_path):
    """Neither by what a notebook says of itself nor by names within a zip."""
    put(tmp_path, "in/ex01_the-great-gatsby_owl-1.ipynb", as_data(1))
    put(
        tmp_path, "in/mallory.ipynb", as_data(9, "owl-1", wrong=["end", "printed"], at="2027-01-01T00:00:00Z")
    )
    inner = {"owl-1_ipynb": json.dumps(as_data(8, "owl-1", wrong=["end"]))}
    put(tmp_path, "in/trent.zip", zipped(**inner))
    points = {each.id: each.points for each in graded(tmp_path).made}
    assert points == {"owl-1": CLOSED, "mallory": CLOSED - 2, "trent": CLOSED - 1}
    assert "say that they are owl-1" in (tmp_path / "out" / "class.html").read_text(encoding="utf-8")


def test_a_zip_of_the_whole_class(tmp_path):
    names = {f"{moodle(f'S {n}', n)}__work_ipynb".replace("S ", "S-"): json.dumps(as_data(n)) for n in (1, 2)}
    with_folders = {name.replace("file___", "file_/"): book for name, book in names.items()}
    path = put(tmp_path, "class.zip", zipped(**with_folders))
    done = grade(path, tmp_path / "out", keys=HELD, say=print)
    assert [each.id for each in done.made] == ["S-1_1", "S-2_2"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped(bomb_ipynb=b"0" * 10_000_000), "two hundred times"),
        (zipped(**{"../up.ipynb": "{}"}), "climbs out"),
        (zipped(**{"C:/up.ipynb": "{}"}), "climbs out"),
        (zipped(**{f"f{n}": "" for n in range(2_001)}), "2001 entries"),
        (zipped(**{"a.zip": zipped(**{"b.zip": zipped(**{"c.zip": zipped(x="1")})})}), "in a zip in a zip"),
        (b"PK\x03\x04 and nothing more", "a broken zip"),
    ],
)
def test_zips_that_are_refused(tmp_path, content, why):
    put(tmp_path, "in/my_work.zip", content)
    (found,) = files_in(tmp_path / "in")
    assert found.data is None
    assert why in found.trouble


def test_a_literal_is_read_and_nothing_else():
    assert literal("x = {'a': [1, 2]}\nx", "x") == {"a": [1, 2]}
    for code in (
        "x = f()",
        "x = 1\nx += 1",
        "x = 1\nx = y",
        "for x in [1]: pass",
        "x, y = 1, 2",
        "def (",
        "x = " + "(" * 500,
    ):
        assert literal(code, "x") is None


def test_answers_that_are_written_out_are_read_without_running(tmp_path):
    put(tmp_path, "in/owl.ipynb", bare())
    (made,) = graded(tmp_path, run=False).made
    known = {row["task"] for row in made.rows if row["points"]}
    assert known == {"lines", "printed", "unknown", "end", "rights"}
    assert any("would have to be run" in note for note in made.notes)
    assert graded(tmp_path, run=False).again == 1


def test_data_counts_and_is_never_run(tmp_path):
    book = as_data(1)
    book["cells"].append(code_cell("raise SystemExit"))
    put(tmp_path, "in/owl.ipynb", book)
    (made,) = graded(tmp_path).made
    assert (made.how, made.points, made.waiting) == ("data", CLOSED, 1)


@pytest.mark.parametrize(
    "said",
    [
        {"answers": []},
        {"schema": "other"},
        {"set": "../../etc", "page": "passwd"},
        {"answers": {"lines": eval("[" * 60 + "]" * 60)}},
        {"who": "me"},
    ],
)
def test_answers_of_another_shape_are_told_of_and_the_cells_are_marked(tmp_path, said):
    book = bare()
    book["metadata"]["reviewkit_submission"] = as_data(1)["metadata"]["reviewkit_submission"] | said
    put(tmp_path, "in/owl.ipynb", book)
    (made,) = graded(tmp_path, run=False).made
    assert made.points > 0
    assert any("cells are marked instead" in note for note in made.notes)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[1]", b'{"cells": 3}', b'{"cells": [3]}', b"[" * 100_000, b"\xff\xfe{"]
)
def test_one_broken_file_stops_nobody(tmp_path, data):
    put(tmp_path, "in/broken.ipynb", data)
    put(tmp_path, "in/owl.ipynb", as_data(1))
    done = {each.id: each for each in graded(tmp_path).made}
    assert done["owl"].points == CLOSED
    assert done["broken"].rows == []
    assert "Nothing here can be marked." in done["broken"].notes


def test_strange_data_is_marked_and_stops_nothing(tmp_path):
    strange = [None, 1e308, "x" * 10_000, [[[]]], {"a": {"b": 1}}, True, -1, {"columns": 3, "rows": "x"}]
    for n, value in enumerate(strange):
        put(tmp_path, f"in/owl-{n}.ipynb", as_data(n, answers={t: {"answer": value} for t in answers()}))
    assert len(graded(tmp_path).made) == len(strange)


def test_the_teacher_gives_points_and_comments(tmp_path):
    put(tmp_path, "in/owl.ipynb", as_data(1))
    put(tmp_path, "in/lark.ipynb", as_data(2))
    graded(tmp_path)
    marks = tmp_path / "out" / "open-marks.csv"
    rows = table(marks)
    assert [(row["id"], row["task"]) for row in rows] == [("lark", "shows"), ("owl", "shows")]
    rows[0] |= {"points": "2,5", "comments": "own", "remark": "Who votes, and on what?"}
    rows[1] |= {"levels": "2 1 0"}
    with marks.open("w", encoding="cp1252", newline="") as file:  # as a German spreadsheet saves it
        out = csv.DictWriter(file, rows[0], delimiter=";")
        out.writeheader()
        out.writerows(rows)
    comments = tmp_path / "out" / "comments.csv"
    comments.write_text(comments.read_text("utf-8-sig") + "own,Say it with a number.\n", encoding="utf-8")
    done = {each.id: each for each in graded(tmp_path).made}
    assert done["lark"].points == CLOSED + 2.5
    assert done["owl"].points == CLOSED + 2
    assert {each.waiting for each in done.values()} == {0}
    page = (tmp_path / "out" / "feedback" / "lark.html").read_text(encoding="utf-8")
    assert "Say it with a number." in page
    assert "Who votes, and on what?" in page
    put(tmp_path, "in/new.ipynb", as_data(3))
    graded(tmp_path)
    assert [row["points"] for row in table(marks)] == ["2,5", "", ""]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"points": "lots"}, "is no number"),
        ({"points": "9"}, "4 at the most"),
        ({"comments": "nope"}, "there is no comment 'nope'"),
        ({"id": "stranger", "points": "1"}, "nobody called 'stranger'"),
    ],
)
def test_what_the_teacher_types_wrong_is_told(tmp_path, typed, said):
    put(tmp_path, "in/owl.ipynb", as_data(1))
    row = {"id": "owl", "set": SET, "page": PAGE, "task": "shows"} | typed
    put(tmp_path, "out/open-marks.csv", f"{','.join(row)}\n{','.join(row.values())}\n")
    assert said in " ".join(graded(tmp_path).troubles)


def test_text_stays_text(tmp_path):
    given = answers(1) | {"shows": {"answer": {"text": f"{NASTY} {PROSE}"}}, "printed": {"answer": NASTY}}
    put(tmp_path, "in/=cmd()/ex01.ipynb", as_data(1, NASTY, answers=given))
    put(tmp_path, "in/+owl/ex01.ipynb", as_data(2))
    graded(tmp_path, for_excel=True)
    for path in [*(tmp_path / "out" / "feedback").iterdir(), tmp_path / "out" / "class.html"]:
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text
    for name in ("grades.csv", "grades-for-excel.csv"):
        rows = table(tmp_path / "out" / name)
        assert {row["id"] for row in rows} == {"'=cmd()", "'+owl"}
    assert (tmp_path / "out" / "grades-for-excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(graded(tmp_path).made) == 2


def test_likenesses_are_shown(tmp_path):
    same = {"shows": {"answer": {"text": PROSE}}, "end": {"answer": 77}, "printed": {"answer": 555}}
    for who in ("a", "b"):
        put(tmp_path, f"in/{who}.ipynb", as_data(ord(who), answers=answers(ord(who)) | same))
    put(tmp_path, "in/c.ipynb", as_data(3, texts="0" * 64))
    put(tmp_path, "in/d.ipynb", as_data(3, texts="0" * 64))
    put(tmp_path, "in/e.ipynb", as_data(4))
    graded(tmp_path)
    text = (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
    for said in ("The same text", "The same rare wrong answers", "The same file", "Other texts"):
        assert said in text


def test_a_class_page_says_who_took_what_for_right(tmp_path):
    for n in range(3):
        put(tmp_path, f"in/owl-{n}.ipynb", as_data(n, answers=answers(n) | {"nought": {"answer": 32.9}}))
    graded(tmp_path)
    text = (tmp_path / "out" / "class.html").read_text(encoding="utf-8")
    assert "unknown as nought: 3" in text
    assert "owl-0, owl-1, owl-2" in text


def test_the_copy_for_notebooks_holds_no_key(tmp_path):
    from handed_in import KEY

    kit = stage(tmp_path / "kit", [KEY])
    names = {path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()}
    assert "exercises/sheets/ex01.the-great-gatsby.json" in names
    assert not any(part in name for name in names for part in ("held-out", "solutions", "source/"))
    assert not any(
        name.startswith(("data/the-great-gatsby/labels", "data/the-great-gatsby/tables")) for name in names
    )
    for path in kit.rglob("*.json"):
        if '"tasks"' in (text := path.read_text(encoding="utf-8")):
            assert all(not {"key", "solution", "hints"} & set(task) for task in json.loads(text)["tasks"]), (
                path
            )


def test_the_words_of_a_confinement(tmp_path):
    words = arguments(Confinement("bwrap"), kit=tmp_path, writable={"/tmp/here": 1000})
    for word in ("--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--disable-userns"):
        assert word in words
    assert words[words.index("/tmp/here") - 3 :][:4] == ["--size", "1000", "--tmpfs", "/tmp/here"]
    assert words[-2:] == ["--remount-ro", "/"]
    older = arguments(Confinement("bwrap", "", False, False), kit=None, writable={"/work": tmp_path})
    assert "--size" not in older
    assert "--disable-userns" not in older
    assert remains_open(Confinement("bwrap")) == []
    assert len(remains_open(Confinement(None, "not here"))) >= 4


def test_missing_keys_say_where_they_were_looked_for(tmp_path):
    put(tmp_path, "in/owl.ipynb", as_data(1))
    (tmp_path / "keys").mkdir()
    with pytest.raises(ReviewkitError, match=r"no key for anything.*keys.*--keys DIR"):
        grade(tmp_path / "in", tmp_path / "out", keys=tmp_path / "keys", say=print)
    put(tmp_path, "in/lark.ipynb", as_data(2, page="another-page"))
    heard = []
    done = {each.id: each for each in graded(tmp_path, say=heard.append).made}
    assert "ex01.another-page.json was looked for in" in heard[0]
    assert done["owl"].points == CLOSED
    assert done["lark"].rows == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grade", "nowhere", "--to", "out"], "There is no 'nowhere'"),
        (["grade", "empty", "--to", "out"], "No notebook was found in 'empty'"),
        (["grade", "empty", "--to", "empty"], "Name another folder after --to"),
    ],
)
def test_errors_name_the_remedy(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert main(arguments) == 1
    assert said in capsys.readouterr().err


def test_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "in/owl.ipynb", as_data(1))
    assert main(["grade", "in", "--to", "in/marks", "--keys", str(HELD)]) == 0
    assert "1 of 1 marked, 1 of them now." in capsys.readouterr().err
    assert main(["grade", "in", "--to", "in/marks", "--keys", str(HELD)]) == 0
    assert "1 of 1 marked, 0 of them now." in capsys.readouterr().err
    shutil.rmtree(tmp_path / "in" / "marks" / ".marking")
    assert main(["grade", "in", "--to", "in/marks", "--keys", str(HELD), "--seconds", "5"]) == 0


def test_cleared_metadata_is_known_by_the_cells(tmp_path):
    put(tmp_path, "in/owl.ipynb", cleared())
    (made,) = graded(tmp_path, run=False).made
    assert (made.set, made.page) == ("ex06", PAGE)
    assert any("metadata is gone" in note for note in made.notes)


def test_file_names_that_every_system_can_write():
    taken: set[str] = set()
    assert [file_name(each, taken) for each in ("A/b", "a b", "CON", "日本")] == [
        "a-b",
        "a-b-2",
        "con-",
        "nobody",
    ]
