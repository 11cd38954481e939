"""What students said about themselves, and how small answers are kept."""

import json

import pytest

from reviewkit import kept
from reviewkit.errors import TableError
from reviewkit.knowing import Knows, keep_standing, standing


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    return tmp_path


def test_nothing_is_known_of_a_student_who_has_said_nothing():
    assert standing() == Knows(None, None)
    assert standing().story is None


def test_what_was_said_is_given_back():
    assert keep_standing("part", "seen") == Knows("part", "seen")
    assert standing() == Knows("part", "seen")


@pytest.mark.parametrize(
    ("novel", "film", "story"),
    [
        ("read", "not", True),
        ("not", "seen", True),
        ("read", None, True),
        ("part", "part", False),
        ("not", "not", False),
        ("not", None, False),
    ],
)
def test_who_knows_the_story(novel, film, story):
    assert Knows(novel, film).story is story


def test_an_unknown_answer_is_refused_with_the_known_ones():
    with pytest.raises(TableError, match="'maybe' is not one of: read, part, not"):
        keep_standing("maybe", "seen")
    assert standing() == Knows(None, None)


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"novel": 7, "film": ["x"]}', "\x00"])
def test_a_damaged_file_counts_as_nothing_said(home, damaged):
    (home / "my_work").mkdir()
    (home / "my_work" / "standing.json").write_text(damaged, encoding="utf-8")
    assert standing() == Knows(None, None)


def test_one_answer_at_a_time():
    keep_standing(None, "not")
    assert standing() == Knows(None, "not")


def test_keeping_leaves_one_whole_file_and_nothing_beside_it(home):
    kept.write("answers/a", {"said": "é █"})
    path = kept.write("answers/a", {"said": "again"})
    assert json.loads(path.read_text(encoding="utf-8")) == {"said": "again"}
    assert [p.name for p in path.parent.iterdir()] == ["a.json"]
    kept.drop("answers/a")
    kept.drop("answers/a")
    assert kept.read("answers/a") == {}


def test_a_folder_that_cannot_be_written_is_named(home):
    (home / "my_work").write_text("a file where the folder should be")
    with pytest.raises(kept.KeptError, match=r"my_work.*could not be kept"):
        keep_standing("read", "seen")


def test_a_failed_replacement_keeps_what_was_there(home, monkeypatch):
    path = kept.write("choice", {"chosen": "old"})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.os, "fsync", full)
    with pytest.raises(kept.KeptError, match="No space left"):
        kept.write("choice", {"chosen": "new"})
    assert kept.read("choice") == {"chosen": "old"}
    assert [p.name for p in path.parent.iterdir()] == ["choice.json"]
