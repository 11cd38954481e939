"""The chooser: it follows the student, keeps the last good page, and never writes anywhere else."""

import pytest

import reviewkit as rk
from reviewkit import kept
from reviewkit.commands import main
from reviewkit.errors import PageError
from reviewkit.widgets.cards.choose import add_page, choose, safe_name

SHIPPED = ["never-let-me-go", "never-let-me-go-critic", "the-great-gatsby"]
PAGE = b"A first review.\n-----\nA second one.\n"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    monkeypatch.delenv("REVIEWKIT_PAGE", raising=False)
    return tmp_path


def send(card, *, name="", file="", text="", data=None):
    """A page as the form sends it."""
    content = {"type": "add", "name": name, "file": file, "text": text}
    card._on_message(card, content, [] if data is None else [memoryview(data)])


def values(card):
    return [option["value"] for option in card.questions[0]["options"]]


def test_without_a_choice_it_is_the_kits_own_page():
    choice = choose()
    assert choice.corpus.name == "never-let-me-go"
    assert choice.corpus.invented
    assert kept.read("choice") == {}


def test_a_page_in_my_pages_is_listed_chosen_and_remembered(home):
    (home / "my_pages").mkdir()
    (home / "my_pages" / "hats.txt").write_bytes(PAGE)
    (home / "my_pages" / "README.md").write_text("Not a page.")
    choice = choose()
    assert values(choice) == [*SHIPPED, "my_pages/hats.txt"]
    choice.answers = {"page": "my_pages/hats.txt"}
    assert choice.corpus.name == "hats"
    assert choice.status["text"].startswith("kept: my_pages/hats.txt, 2 reviews. Now click")
    assert choose().corpus.name == "hats"


def test_a_file_about_the_work_goes_with_the_page_of_its_name(home):
    folder = home / "my_pages"
    folder.mkdir()
    folder.joinpath("keeper.txt").write_text(
        "The light goes out twice, and the sea is grey.\n-----\nIn the end he drowned, and I slept.\n",
        encoding="utf-8",
    )
    assert main(["work", "new", str(folder / "keeper.toml")]) == 0
    choice = choose()
    assert values(choice) == [*SHIPPED, "my_pages/keeper.txt"]
    choice.answers = {"page": "my_pages/keeper.txt"}
    assert "2 reviews, read with what keeper.toml tells." in choice.status["text"]
    assert choice.corpus.work.title == "The Lighthouse Year"
    assert rk.read(choice.corpus, "spoilers")["label"].tolist() == ["everything"]
    assert rk.read(choice.corpus, "spoilers")["rule"].iloc[0] in list(choice.corpus.work.table["reveal"])

    written = folder.joinpath("keeper.toml").read_text(encoding="utf-8")
    folder.joinpath("keeper.toml").write_text(written.replace("[novel]", "[novle]"), encoding="utf-8")
    again = choose()
    assert again.corpus.name == "never-let-me-go"
    assert again.status["state"] == "problem"
    assert "keeper.toml" in again.status["text"]


def test_a_page_that_cannot_be_read_leaves_the_last_good_one(home):
    (home / "my_pages").mkdir()
    (home / "my_pages" / "hats.txt").write_bytes(PAGE)
    (home / "my_pages" / "scan.txt").write_bytes(b"%PDF-1.7 ...")
    choice = choose()
    choice.answers = {"page": "my_pages/hats.txt"}
    choice.answers = {"page": "my_pages/scan.txt"}
    assert choice.status["state"] == "problem"
    assert "is a PDF" in choice.status["text"]
    assert "You are still on my_pages/hats.txt." in choice.status["text"]
    assert choice.corpus.name == "hats"
    assert choice.answers == {"page": "my_pages/hats.txt"}
    assert choose().corpus.name == "hats"


def test_a_remembered_page_that_is_gone_gives_way_to_the_kits_own():
    kept.write("choice", {"chosen": "my_pages/gone.txt"})
    choice = choose()
    assert choice.corpus.name == "never-let-me-go"
    assert "gone.txt" in choice.status["text"]


@pytest.mark.parametrize("odd", ["../../etc/passwd", "/etc/passwd", "", 7, None, ["x"]])
def test_a_value_that_is_not_listed_is_not_followed(odd):
    choice = choose()
    choice.answers = {"page": odd}
    assert choice.corpus.name == "never-let-me-go"
    assert choice.answers == {"page": "never-let-me-go"}


def test_the_environment_names_a_page(tmp_path, monkeypatch):
    (tmp_path / "elsewhere.txt").write_bytes(PAGE)
    monkeypatch.setenv("REVIEWKIT_PAGE", str(tmp_path / "elsewhere.txt"))
    choice = choose()
    assert choice.corpus.name == "elsewhere"
    assert values(choice)[-1] == str(tmp_path / "elsewhere.txt")


def test_pasted_text_becomes_a_page_and_the_choice(home):
    choice = choose()
    send(choice, name="Hats, mostly", text=PAGE.decode())
    assert (home / "my_pages" / "hats-mostly.txt").read_bytes() == PAGE
    assert choice.corpus.name == "hats-mostly"
    assert choice.answers == {"page": "my_pages/hats-mostly.txt"}


def test_an_upload_keeps_its_kind_and_lends_its_name(home):
    choice = choose()
    send(choice, file="Class set.CSV", data=b"text\nA review long enough to be one.\n")
    assert (home / "my_pages" / "class-set.csv").is_file()
    assert len(choice.corpus.reviews) == 1


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"name": "x1"}, "Choose a file or paste the page"),
        ({"name": "x2", "text": " \n"}, "Choose a file or paste the page"),
        ({"name": "x2", "file": "a/hats.txt", "data": b""}, "'hats.txt' is empty. Was it saved"),
        ({"name": "x2", "file": "hats.txt"}, "'hats.txt' is empty."),
        ({"name": "x2", "file": "hats.txt", "data": PAGE, "text": "Hello."}, "Take one of them out."),
        ({"name": "", "text": "Hello.\n---\nYes."}, "Give the page another name"),
        ({"name": "x3", "text": "Hello there."}, "not a page of reviews"),
        ({"name": "x4", "file": "a.pdf", "data": b"%PDF-1.4"}, "is a PDF"),
        ({"name": "x5", "file": "a.png", "data": b"\x89PNG\r\n"}, "an image"),
        ({"name": "never-let-me-go", "text": "Hello.\n---\nYes."}, "called never-let-me-go already"),
    ],
)
def test_what_cannot_be_added_gets_a_sentence_and_leaves_nothing(home, sent, message):
    choice = choose()
    send(choice, **sent)
    assert choice.status["state"] == "problem"
    assert message in choice.status["text"]
    assert choice.corpus.name == "never-let-me-go"
    folder = home / "my_pages"
    assert not folder.exists() or [*folder.iterdir()] == []


def test_no_page_is_written_over(home):
    add_page("hats", PAGE)
    with pytest.raises(PageError, match="called hats already"):
        add_page("HATS!", b"Other.\n---\nWords.")
    assert (home / "my_pages" / "hats.txt").read_bytes() == PAGE


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("Persuasion, film", "persuasion-film"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Users\\me", "c-users-me"),
        ("a\x00b\nc", "a-b-c"),
        (".hidden", "hidden"),
        ("x" * 200, "x" * 60),
        ("Émile Ω", "emile"),
    ],
)
def test_names_are_made_safe(typed, safe):
    assert safe_name(typed) == safe


@pytest.mark.parametrize("typed", ["", "...", "/", "con", "LPT1", "  ", "Ω", "README"])
def test_names_that_no_file_can_bear_are_refused(typed):
    with pytest.raises(PageError, match="another name"):
        safe_name(typed)


@pytest.mark.parametrize("suffix", ["", ".t/x", "./../x", ".exe_long", "."])
def test_a_strange_ending_becomes_txt(home, suffix):
    assert add_page("hats", PAGE, suffix) == "my_pages/hats.txt"


def test_messages_of_another_kind_are_ignored():
    choice = choose()
    for content in ("add", {"type": "remove"}, {}, None):
        choice._on_message(choice, content, [])
    assert choice.corpus.name == "never-let-me-go"


def test_a_folder_that_cannot_be_written_is_said(home):
    (home / "my_pages").write_text("a file where the folder should be")
    choice = choose()
    send(choice, name="hats", text=PAGE.decode())
    assert "could not be written to" in choice.status["text"]
