"""Files about a work: what a cue finds, what a file can have wrong, and the works that the kit brings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import reviewkit as rk
from reviewkit.commands import main
from reviewkit.cues import compile_cue, folded
from reviewkit.works import named_in

NAMES = {"Tommy": ("Tommy", "Tommy D."), "Miss Lucy": ("Miss Lucy",)}


def finds(cue: str, sentence: str) -> bool:
    return bool(compile_cue(cue, NAMES).find(folded(sentence)))


@pytest.mark.parametrize(
    ("cue", "yes", "no"),
    [
        ("clone*", "They are CLONES.", "They wore cloth."),
        ("raised for parts", "raised, for “parts”", "raised and sold for parts"),
        ("dies|died", "He died.", "He tied it."),
        ("passed_away|died", "She passed away.", "She passed the salt."),
        ("donat* ... organ*", "They donate, one by one, their organs.", "An organ plays; they donate."),
        ("donat* ... organ*", "donate a b c d e f organs", "donate a b c d e f g organs"),
        ("organ* + taken", "It is taken from them, an organ.", "An organ plays."),
        ("@Tommy ... dies", "Tommy D. sadly dies.", "Tommyrot, he dies."),
        ("@Miss_Lucy's class", "Miss Lucy’s class", "Lucy's class"),
        ("@tommy|he dies", "he dies", "she dies"),
        ("*clonal", "It is monoclonal.", "It is clonally done."),
    ],
)
def test_a_cue_finds(cue, yes, no):
    assert finds(cue, yes)
    assert not finds(cue, no)


def test_a_cue_says_where_its_words_stand():
    sentence = folded("It’s İSTANBUL: then Tommy, at last, dies.")
    ((start, end),) = compile_cue("@Tommy ... dies", NAMES).find(sentence)
    assert sentence[start:end] == "tommy, at last, dies"
    assert len(sentence) == len("It’s İSTANBUL: then Tommy, at last, dies.")


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("organ* +", "lacks words"),
        ("... dies", "at an edge"),
        ("@Tomy dies", "names @tomy, who is not in this file. After @ may stand: miss_lucy, tommy"),
        ("dies (", r"has '\(' in it, which is no word"),
        ("*", r"has '\*' in it"),
        ("a||b", "has '' in it"),
    ],
)
def test_a_faulty_cue_says_how_to_write_one(cue, said):
    with pytest.raises(rk.WorkError, match=said):
        compile_cue(cue, NAMES)


def test_no_cue_runs_away():
    cue = compile_cue("a|b ... c|d ... e", NAMES)
    for text in ("a" * 100_000, "a " * 50_000, "(" * 100_000, "a b " * 25_000):
        start = time.process_time()
        assert cue.find(text) == []
        assert time.process_time() - start < 5


@pytest.mark.parametrize("name", rk.known_works())
def test_the_works_of_the_kit_have_no_fault(name):
    assert rk.check_work(name) == []
    work = rk.read_work(name)
    assert {"premise", "turn", "fate"} <= {reveal.kind for reveal in work.reveals}
    assert list(work.table["reveal"]) == [reveal.name for reveal in work.reveals]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("Three friends grow up in a boarding school.", 1),
        ("They turn out to be clones.", 2),
        ("Tommy dies at his fourth donation.", 3),
        ("Carey Mulligan is wonderful.", None),
    ],
)
def test_a_work_grades_a_sentence_by_its_gravest_reveal(sentence, grade):
    given = rk.read_work("never-let-me-go").given_away(sentence)
    assert (given[0].reveal.grade if given else None) == grade
    for each in given:
        assert all(0 <= start < end <= len(sentence) for start, end in each.spans)


def test_a_heading_names_its_work():
    assert named_in("Customer Reviews: Never Let Me Go\nAmazon Try Prime") == "never-let-me-go"
    assert named_in("Reviews of THE GREAT GATSBY (2013)") == "the-great-gatsby"
    assert named_in("Never Let Me Go and The Great Gatsby") is None
    assert named_in("Customer reviews: On the Road") is None
    assert named_in("Customer reviews") is None


# ---- a file of one's own ----


def written(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    path = tmp_path / "own.toml"
    assert main(["work", "new", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_file_has_no_fault(tmp_path, capsys):
    path = written(tmp_path)
    assert main(["work", "check", str(path)]) == 0
    assert "Nothing is wrong: 2 reveals, 4 cues, 6 sentences tried." in capsys.readouterr().out
    assert rk.read_work(path).people[1].plays == "Tom"


def test_a_file_is_not_written_over(tmp_path, capsys):
    written(tmp_path)
    assert main(["work", "new", str(tmp_path / "own")]) == 1
    assert "already. Give another name." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            'author = "Ada Example"',
            'autor = "Ada Example"',
            6,
            "'autor' is not known in 'novel'. Did you mean 'author'?",
        ),
        ("year = 1931", 'year = "1931"', 7, "'year' must be a whole number."),
        ("year = 1931", "year = true", 7, "'year' must be a whole number."),
        ('title = "The Lighthouse Year"', 'title = " "', 5, "'title' is empty."),
        ("[film]", "[films]", 10, "'films' is no part of such a file. Did you mean 'film'?"),
        ("[novel]", "[[novel]]", 4, "The part 'novel' is written [novel]"),
        ('role = "actor"', 'role = "acter"', 22, "The role 'acter' is not known. Did you mean 'actor'?"),
        ('plays = "Tom"', 'plays = "Tim"', 23, "plays 'Tim', who is no character here. Did you mean 'Tom'?"),
        (
            'kind = "fate"',
            'kind = "ending"',
            50,
            "The kind 'ending' is not known. Known here: premise, secret, turn, fate.",
        ),
        (
            'kind = "fate"',
            'kind = "fate"\ngrade = 7',
            51,
            "A grade is 1 (minor), 2 (major) or 3 (everything).",
        ),
        ('"@Tom ... alone"', '"@Tim ... alone"', 44, "names @tim, who is not in this file"),
        ('"In the end he drowned."', '"In the end he sank."', 54, "No cue finds 'In the end he sank.'."),
        (
            'unless = ["nearly"]',
            "unless = []",
            55,
            "finds 'He nearly drowned in the first scene.', which must not",
        ),
        ('unless = ["nearly"]', 'unless = ["cried"]', 54, "is held back by 'cried' under `unless`"),
        ('cues = ["year ... lighthouse", "@Tom ... alone"]', "cues = []", 44, "'cues' is empty."),
        ('also = ["Muster"]', 'also = "Muster"', 24, "'also' must be a list."),
        ('also = ["Muster"]', "also = [3]", 24, "'also' must be a list of texts"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, old, new, line, said):
    found = rk.check_work(written(tmp_path, (old, new)))
    assert any(problem.line == line and said in problem.text for problem in found), found


def test_every_fault_is_listed_and_the_first_one_stops_a_reading(tmp_path, capsys):
    path = written(tmp_path, ("year = 1931", ""), ("year = 1998", ""))
    assert main(["work", "check", str(path)]) == 1
    assert capsys.readouterr().out.count("has no 'year'. Add a line: year = ...") == 2
    with pytest.raises(rk.WorkError, match=r"own.toml, line 4: .* There are 1 more"):
        rk.read_work(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Max Muster"', '"Max Muster', "line 21: a text is not closed"),
        ("year = 1931", "year = nineteen", "line 7: a value is missing or is not in quotation marks"),
        ("year = 1931", "year = 1931\nyear = 1932", "line 8: this name stands twice"),
        ("year = 1931", "year 1931", "line 7: an = is missing"),
    ],
)
def test_a_file_that_is_no_toml_is_explained(tmp_path, old, new, said):
    with pytest.raises(rk.WorkError, match=said):
        rk.check_work(written(tmp_path, (old, new)))


def test_a_name_that_is_nothing_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(rk.WorkError, match="Did you mean 'the-great-gatsby'"):
        rk.read_work("the-great-gatsbi")
    with pytest.raises(rk.WorkError, match="begun with: reviewkit work new FILE"):
        rk.read_work(tmp_path / "nothing.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(rk.WorkError, match="not plain text in UTF-8"):
        rk.read_work(tmp_path / "binary.toml")
