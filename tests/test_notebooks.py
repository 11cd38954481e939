"""Every notebook, as it stands and as it runs: on each kind of page, network cut, callbacks included."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from conftest import COLLECTED, ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
# Words of the field: linked to the glossary where the course first uses them.
TERMS = [
    *("notebook", "cell", "kernel", "adaptation", "collected page", "layout", "masked", "parser"),
    *("page furniture", "closing line", "report", "row", "column", "missing", "median", "pseudonym"),
    *("offset", "citation", "CSV", "perspective", "fidelity", "verdict", "presupposition", "veil", "stance"),
    *("attitude", "obligatory", "device", "concession", "hedge", "booster", "ethos", "warrant", "kappa"),
    *("concordance", "correlation", "homograph", "keyness", "lexicon", "permutation test", "saturation"),
    *("sentiment score", "valence", "adjudication", "interpretive community", "annotator"),
]

CUT_NETWORK = """\
import socket
def refuse(self, address, *rest):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "localhost", "::1"):
        raise AssertionError(f"the network was asked for: {address}")
    return connect(self, address, *rest)
connect, socket.socket.connect = socket.socket.connect, refuse
"""

# What a student does with each widget, sent the way the browser sends it.
WORK_ALL_WIDGETS = """\
from ipywidgets.widgets.widget import _instances
import reviewkit as rk
from reviewkit.widgets.cards.ask import Ask, gates_open

def send(widget, method="update", **content):
    data = {"method": method, "buffer_paths": []}
    data |= {"content": content} if method == "custom" else {"state": content}
    widget._handle_msg({"content": {"data": data}, "buffers": []})

widgets = list(_instances.values())
cards = [w for w in widgets if isinstance(w, Ask)]
for card in cards:
    said = {q["key"]: q["options"][-1]["value"] if q["kind"] == "choice" else "13" for q in card.questions}
    if hasattr(card, "corpus"):
        send(card, answers=dict(said, page="nothing of this name"))
        name = f"hats-{len(card.questions[0]['options'])}"
        send(card, "custom", type="add", name=name, file="", text="Lovely hats, all of them.\\n---\\nNo.")
        assert card.corpus.name == name, card.status
        send(card, "custom", type="add", name=name, file="", text="Again.")
        assert card.status["state"] == "problem", card.status
        send(card, answers={"page": card.questions[0]["options"][0]["value"]})
        continue
    send(card, answers=said)
    for committed in (True, False, True) if card.button else ():
        send(card, committed=committed)
        assert card.shown == (committed or gates_open()), card.heading
    assert card.status["state"] == "kept", (card.heading, card.status)
    assert "could not be worked out" not in str(card.after), card.after
panes = [w for w in widgets if isinstance(w, rk.ReadingPane)]
for pane in panes:
    for review in pane._reviews:
        send(pane, review_id=review["id"])
    for query in ("the", "no such word here", ""):
        send(pane, _query=query)
print(len(cards), "cards,", len(panes), "panes worked")
"""


def sources(notebook: Path, kind: str) -> list[str]:
    return [cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == kind]


def run(cells: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    """Run cells of code in a new kernel, beside the notebooks; give whatever went wrong."""
    monkeypatch.setenv("REVIEWKIT_HOME", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = NotebookClient(
        made,
        timeout=120,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(ROOT / "notebooks")}},
    )
    client.execute()
    wrong = []
    for cell in made.cells:
        for output in cell.outputs:
            said = "\n".join(output.get("traceback", [])) or output.get("text", "")
            if output.output_type == "error" or output.get("name") == "stderr" or "Traceback (most" in said:
                wrong.append(f"{cell.source[:80]!r}: {said[-1500:]}")
    return wrong


def work(notebook: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    """Run a notebook from top to bottom, then work all its widgets."""
    cells = [CUT_NETWORK, *sources(notebook, "code"), WORK_ALL_WIDGETS]
    return run(cells, folder, monkeypatch, **environment)


# ---- as they run

PAGES = {
    "a table with nothing but texts": (
        "texts.csv",
        'text\n"Slow, and ""sad"" is too small a word."\nWe turned it off halfway through.\n',
    ),
    "lines of dashes": (
        "dashes.txt",
        "The first, in\n\ntwo paragraphs.\n-----\nThe second.\n\n-- Ada Example\n",
    ),
    "a single review": ("single.txt", "Only this one review stands here. It is short.\n-----\n"),
    "a table with everything": (
        "everything.csv",
        "date,rating,title,author,helpful_votes,comments,text\n"
        '2011-05-03,4,Slow.,Ada Example,13,0,"Slow, and <b>sad</b> is too small a word."\n'
        ",,,,,,We turned it off halfway through.\n",
    ),
}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


ENDS = ("a table with nothing but texts", "a table with everything")
LESSONS = [path for path in NOTEBOOKS if "rk.choose()" in path.read_text(encoding="utf-8")]


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    """A notebook that works on the page chosen."""
    return request.param


@pytest.fixture(scope="session")
def first_run():
    """For each notebook the folder in which it was run, and what went wrong, found out once."""
    return {}


def test_it_runs_on_the_kits_own_page(notebook, first_run, tmp_path, monkeypatch):
    monkeypatch.delenv("REVIEWKIT_PAGE", raising=False)
    first_run[notebook] = tmp_path, work(notebook, tmp_path, monkeypatch)
    assert first_run[notebook][1] == []


NUMBERS = ("three", "four", "five", "six", "seven", "eight")


def test_the_short_path_needs_nothing_from_the_rest(lesson, tmp_path, monkeypatch):
    """The sections marked with a diamond run by themselves, and there are as many as the header says."""
    marked, cells, sections = False, [], 0
    for cell in nbformat.read(lesson, 4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            marked = cell.source.startswith("## ◆")
            sections += marked
        elif cell.cell_type == "code" and marked:
            cells.append(cell.source)
    assert f"the {NUMBERS[sections - 3]} sections marked ◆" in sources(lesson, "markdown")[0]
    assert run([CUT_NETWORK, *cells, WORK_ALL_WIDGETS], tmp_path, monkeypatch) == []


@pytest.mark.slow
def test_it_runs_with_all_gates_open(notebook, tmp_path, monkeypatch):
    assert work(notebook, tmp_path, monkeypatch, REVIEWKIT_OPEN="1") == []


@pytest.mark.slow
def test_it_runs_again_with_what_was_kept(notebook, first_run, tmp_path, monkeypatch):
    monkeypatch.delenv("REVIEWKIT_PAGE", raising=False)
    folder, _ = first_run.get(notebook) or (tmp_path, work(notebook, tmp_path, monkeypatch))
    assert list((folder / "my_work").rglob("*.json"))
    assert work(notebook, folder, monkeypatch) == []


# Each kind of page goes through the lesson on pages; the others get the barest and the fullest.
ON_PAGES = [(path, kind) for path in LESSONS for kind in (PAGES if path.stem[:2] == "01" else ENDS)]


@pytest.mark.slow
@pytest.mark.parametrize(("lesson", "kind"), ON_PAGES, ids=lambda value: getattr(value, "stem", value))
def test_it_runs_on_a_page_of_ones_own(lesson, kind, tmp_path, monkeypatch):
    name, text = PAGES[kind]
    (tmp_path / "my_pages").mkdir()
    (tmp_path / "my_pages" / name).write_text(text, encoding="utf-8")
    (tmp_path / "my_work").mkdir()
    chosen = json.dumps({"chosen": f"my_pages/{name}"})
    (tmp_path / "my_work" / "choice.json").write_text(chosen, encoding="utf-8")
    assert work(lesson, tmp_path, monkeypatch) == []


@pytest.mark.slow
def test_it_runs_on_the_collected_page(lesson, tmp_path, monkeypatch, collected):
    assert work(lesson, tmp_path, monkeypatch, REVIEWKIT_PAGE=str(COLLECTED)) == []


@pytest.mark.slow
def test_a_callback_that_raises_is_noticed(tmp_path, monkeypatch):
    card = (
        "from reviewkit.widgets.cards.ask import Ask\n"
        "card = Ask(questions=[{'key': 'a', 'kind': 'text', 'prompt': 'Why?'}])\n"
        "def fail(change): raise ValueError('planted')\n"
        "card.observe(fail, 'answers')"
    )
    wrong = run([card, WORK_ALL_WIDGETS], tmp_path, monkeypatch)
    assert any("planted" in text for text in wrong)


@pytest.mark.slow
def test_a_request_to_another_machine_is_noticed(tmp_path, monkeypatch):
    ask = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    assert "network was asked for" in run([CUT_NETWORK, ask], tmp_path, monkeypatch)[0]


# ---- as they stand


def test_the_header_says_what_a_teacher_needs(notebook):
    header = sources(notebook, "markdown")[0]
    assert header.startswith("# ")
    for part in ("**For:**", "**Time:**", "**You need:**", "**Next:**", "**Afterwards you can**"):
        assert part in header
    assert re.search(r"\d+ (?:to \d+ )?minutes|hour", header)


def test_nothing_is_stored_and_cells_are_short(notebook):
    raw = json.loads(notebook.read_text(encoding="utf-8"))
    assert raw["metadata"]["kernelspec"]["name"] == "python3"
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    nbformat.validate(nbformat.from_dict(raw))
    names = [cell["id"] for cell in raw["cells"]]
    assert len({*names}) == len(names)
    for cell in raw["cells"]:
        assert not re.fullmatch(r"[0-9a-f]{8}(-.*)?", cell["id"]), "a cell's id says what it is for"
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
            assert 1 <= len(cell["source"]) <= 12
            assert not re.search(r"^\s*(def|class|%|!)", "".join(cell["source"]), re.MULTILINE)


def test_code_that_is_shown_passes_the_same_checks(notebook):
    code = "\n\n".join(sources(notebook, "code"))
    compile(code, notebook.name, "exec")
    assert max(map(len, code.split("\n"))) <= 110


def test_each_code_cell_is_led_to_by_prose(notebook):
    kinds = [cell.cell_type for cell in nbformat.read(notebook, 4).cells]
    for before, first, second in zip(kinds, kinds[1:], kinds[2:], strict=False):
        assert (before, first, second) != ("code", "code", "code")


def test_it_asks_before_it_shows_and_ends_in_a_question(notebook):
    assert any(re.search(r"rk\.(Predict|Guess\w+)\(", cell) for cell in sources(notebook, "code"))
    assert "?" in "".join(sources(notebook, "markdown")[-3:])


def test_it_says_that_the_kits_reviews_are_invented(notebook):
    assert "invented" in "".join(sources(notebook, "markdown"))


def test_links_lead_somewhere(notebook):
    for source in sources(notebook, "markdown"):
        for _, target in LINK.findall(source):
            assert not target.startswith(("http:", "//")), target
            if target.startswith("https://"):
                continue
            path, _, anchor = target.partition("#")
            file = (notebook.parent / unquote(path)).resolve() if path else notebook
            assert file.is_file(), f"{target} leads nowhere"
            assert file.is_relative_to(ROOT)
            if anchor:
                assert anchor in headings(file), f"{target}: no such heading"


def test_images_are_local_and_described(notebook):
    for source in sources(notebook, "markdown"):
        assert not re.search(r"!\[\s*\]\(", source)
        assert not re.search(r"!\[[^\]]*\]\(https?:", source)
        assert "<img" not in source


def headings(file: Path) -> set[str]:
    """Anchors of a Markdown file's headings, the same in JupyterLab as on a code host."""
    found = re.findall(r"^#{1,6} +(.+?)\s*$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {heading.replace(" ", "-") for heading in found}


def course() -> str:
    """All prose of the course in order, without headers' titles and code."""
    prose = "\n\n".join(source for path in NOTEBOOKS for source in sources(path, "markdown")[1:])
    return re.sub(r"`[^`]*`|^#.*$", "", prose, flags=re.MULTILINE)


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_linked_where_it_is_first_used(term):
    prose = course()
    first = re.search(rf"\b{term}s?\b", prose, re.IGNORECASE)
    assert first, f"{term} is not used"
    links = [(found.span(1), found[2]) for found in LINK.finditer(prose)]
    inside = [target for (start, end), target in links if start <= first.start() < end]
    assert inside, f"first used without a link: {prose[first.start() - 40 : first.end() + 20]!r}"
    assert inside[0].startswith("../docs/glossary.md#")


def test_each_entry_of_the_glossary_has_a_heading_that_can_be_linked():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert len(entries) == len({*entries}) > 20
    assert all(entry == entry.lower() for entry in entries)
    bodies = re.split(r"^#{2,3} .+$", text, flags=re.MULTILINE)[1:]
    assert all(len(body.split()) > 8 for body in bodies if body.strip())


@pytest.mark.skipif(sys.platform == "win32", reason="the same on each system; once is enough")
def test_the_collected_page_is_not_quoted():
    if not COLLECTED.is_file():
        pytest.skip("the collected page is not at hand (it belongs to its writers and is not shipped)")
    words = re.findall(r"[a-z']+", COLLECTED.read_text(encoding="utf-8").lower().split("\n", 8)[-1])
    runs = {tuple(words[i : i + 8]) for i in range(len(words) - 7)}
    for path in (*NOTEBOOKS, ROOT / "docs" / "glossary.md", ROOT / "my_pages" / "README.md"):
        ours = re.findall(r"[a-z']+", path.read_text(encoding="utf-8").lower())
        shared = [" ".join(ours[i : i + 8]) for i in range(len(ours)) if tuple(ours[i : i + 8]) in runs]
        assert shared == [], path.name
