"""A class that hands in: right and wrong answers, every oddity of a platform, and some who attack."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from pathlib import Path

from conftest import ROOT
from handed_sets import closed, handed, set_for, solved_of

from reviewkit.exercises import load_key

SET, PAGE = "ex01", "the-great-gatsby"
KEY = load_key(SET, PAGE, ROOT / "exercises" / "held-out")
STUDENT = json.loads((ROOT / "exercises" / "assessment" / f"{SET}_{PAGE}.ipynb").read_text(encoding="utf-8"))
SOLVED = json.loads(
    (ROOT / "exercises" / "held-out" / f"{SET}_{PAGE}_solutions.ipynb").read_text(encoding="utf-8")
)
TASKS = {task["id"]: task for task in KEY["tasks"]}
CLOSED = sum(task["points"] for task in KEY["tasks"] if task["kind"] != "open")
SECRET = "the-owl-flies-at-dusk"
PROSE = (
    "On this page the reviews with most votes are longer than the middle one, but the table cannot say why, "
    "since the votes were counted on a page that puts its most helpful reviews at the top. Words are lost. "
)


def right(task_id):
    """The model answer of a task, as data."""
    task = TASKS[task_id]
    key = task["key"]
    if task["kind"] == "open":
        return {"text": PROSE}
    for name in ("right", "expected"):
        if name in key:
            return copy.deepcopy(key[name])
    raise AssertionError(task["kind"])


def answers(number=0, *, wrong=()):
    """All answers of one student; the tasks named in `wrong` get a wrong one."""
    made = {}
    for task_id, task in TASKS.items():
        answer = right(task_id)
        if task["kind"] == "open":
            answer = {
                "text": f"Number {number * 7919} says. {PROSE if number < 0 else ''}"
                + " ".join(f"word{(number * 31 + n * n) % 997}" for n in range(60))
            }
        if task_id in wrong:
            answer = 999 + number if task["kind"] == "number" else []
        made[task_id] = {
            "answer": answer,
            "because": "",
            "tries": 2,
            "at": f"2026-11-2{len(made) % 9}T10:00:{number % 60:02}Z",
        }
    return made


def as_data(number=0, who=None, *, wrong=(), at="2026-11-20T10:00:00Z", **changed):
    """A notebook with its answers as data, as `ex.submit()` makes it."""
    book = copy.deepcopy(STUDENT)
    said = {
        "schema": "reviewkit-submission/1",
        "set": SET,
        "page": PAGE,
        "kit": "0.2.0",
        "at": at,
        "who": {"as": "pseudonym", "is": who or f"owl-{number}"},
        "texts": KEY["texts"],
        "notebook_saved": None,
        "answers": answers(number, wrong=wrong),
    }
    book["metadata"]["reviewkit_submission"] = {**said, **changed}
    return book


def bare(**sources):
    """A solved notebook without answers as data; `sources` replaces the code of tasks."""
    book = copy.deepcopy(SOLVED)
    for cell in book["cells"]:
        for task, source in sources.items():
            if cell["id"] == f"{SET}-{task.replace('_', '-')}-answer":
                cell["source"] = f"# {SET}-{task}: your answer\n{source}"
    return book


def attack(code, at=0):
    """A solved notebook with a cell of its own that means harm; 0 is right after the first code cell."""
    book = bare()
    code_cells = [n for n, cell in enumerate(book["cells"]) if cell["cell_type"] == "code"]
    book["cells"].insert(code_cells[at] + 1, code_cell(code))
    return book


def code_cell(source, **more):
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": source,
        **more,
    }


def text(book):
    return json.dumps(book)


def zipped(**files):
    """A zip as bytes; names have `__` for `/`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_ipynb", ".ipynb"), content)
    return out.getvalue()


def put(root: Path, name: str, content):
    """Write a file below the folder of submissions."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = (
        content
        if isinstance(content, bytes)
        else (content if isinstance(content, str) else text(content)).encode()
    )
    path.write_bytes(data)
    return path


def moodle(who, number):
    return f"{who}_{number}_assignsubmission_file_"


def moved():
    """Answers in another order, the checks first."""
    book = solved_of("ex04")
    start, rest = book["cells"][:2], book["cells"][2:]
    book["cells"] = [*start, *reversed(rest)]
    return book


def duplicated():
    """An answer twice, the later one untouched."""
    book = bare()
    for cell in copy.deepcopy(STUDENT["cells"]):
        if cell["id"] in (f"{SET}-nought-answer", f"{SET}-above-answer"):
            book["cells"].append(cell)
    return book


def cleared():
    """Everything that a tool can strip from a notebook: metadata, ids."""
    book = solved_of("ex06")
    book["metadata"] = {}
    for cell in book["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return book


def beheaded():
    """Without the first cells, on which all others rest."""
    book = solved_of("ex02")
    book["cells"] = [c for c in book["cells"] if c["id"] not in ("ex02-header", "ex02-start")]
    return book


def cut():
    """An answer's cell is gone."""
    book = bare()
    book["cells"] = [c for c in book["cells"] if not c["id"].startswith(f"{SET}-end")]
    return book


def the_class(root: Path, secrets: list[Path]) -> dict[str, float | None]:
    """Sixty who hand in, of all eight sets; gives the points of each, None where nothing can be marked."""
    points: dict[str, float | None] = {}

    def give(who, expected):
        points[who] = expected

    worth = {task_id: task["points"] for task_id, task in TASKS.items()}
    for n in range(20):
        book, earned = handed(set_for(n), n, wrong=n % 7, disputes=n % 3 == 1)
        who = f"Student {n}_{1000 + n}"
        put(root, f"{moodle(*who.rsplit('_', 1))}/{set_for(n)}_{PAGE}_owl-{n}.ipynb", book)
        give(who, earned)
    for n in range(20, 26):  # Canvas, one late, three with an older attempt
        late = "_LATE" if n == 20 else ""
        if n % 2:
            older, _ = handed(set_for(n), n, wrong=2, at="2026-11-19T10:00:00Z")
            put(root, f"doe{chr(77 + n)}_{n}_500{n}_{set_for(n)}.ipynb", older)
        put(root, f"doe{chr(77 + n)}{late}_{n}_600{n}_{set_for(n)}-2.ipynb", handed(set_for(n), n)[0])
        give(f"doe{chr(77 + n)}_{n}", closed(set_for(n)))
    for n in range(26, 30):  # Blackboard, the earlier attempt the better one, and its paper
        for day in ("18", "19"):
            stem = f"Exercises 1_jdoe{n}_attempt_2026-11-{day}-10-11-12"
            book, earned = handed(set_for(n), n, wrong=2 if day == "19" else 0)
            put(root, f"{stem}_work.ipynb", book)
            put(root, f"{stem}.txt", "Name: J. Doe\nSubmission: work.ipynb")
        give(f"jdoe{n}", earned)
    for n, name in ((30, "work.zip"), (31, "my work (1).zip")):
        put(root, f"{moodle(f'Zip {n}', n)}/{name}", zipped(**{"deep__er__work_ipynb": text(as_data(n))}))
        give(f"Zip {n}_{n}", CLOSED)
    inner = zipped(work_ipynb=text(as_data(32)))
    put(root, f"{moodle('Nested 32', 32)}/out.zip", zipped(**{"in.zip": inner}))
    give("Nested 32_32", CLOSED)
    odd = {"moved": moved(), "duplicated": duplicated(), "cleared": cleared(), "beheaded": beheaded()}
    sets = ("ex04", SET, "ex06", "ex02")
    for n, ((who, book), set_id) in enumerate(zip(odd.items(), sets, strict=True), 40):
        put(root, f"{moodle(who, n)}/work.ipynb", book)
        give(f"{who}_{n}", closed(set_id))
    put(root, f"{moodle('cut', 44)}/{SET}.ipynb", cut())
    give("cut_44", CLOSED - worth["end"])
    extra = bare()
    extra["cells"][5:5] = [
        code_cell("%time 1 + 1"),
        code_cell("!echo hallo"),
        code_cell("1 / 0"),
        code_cell("def ("),
    ]
    put(root, f"{moodle('extra', 45)}/{SET}.ipynb", extra)
    give("extra_45", CLOSED)
    for n in range(50, 54):
        book, earned = handed(set_for(n), n, wrong=3)
        put(root, f"{moodle('Late', n)}/{set_for(n)}.ipynb.txt", book)
        give(f"Late_{n}", earned)
    blank = copy.deepcopy(STUDENT)
    put(root, f"{moodle('blank', 46)}/{SET}.ipynb", blank)
    give("blank_46", 0)
    put(root, f"{moodle('broken', 47)}/{SET}.ipynb", text(bare())[:2000])
    give("broken_47", None)
    put(root, f"{moodle('bomb', 48)}/{SET}.zip", zipped(bomb_ipynb=b"0" * 30_000_000))
    give("bomb_48", None)
    put(root, f"{moodle('climber', 49)}/{SET}.zip", zipped(**{"../../up.ipynb": text(as_data(49))}))
    give("climber_49", None)
    for who, code in hostile(secrets).items():
        put(root, f"{moodle(who, 70)}/{SET}.ipynb", attack(code, at=-1 if who == "forger" else 0))
        give(f"{who}_70", CLOSED)
    for who in ("looper", "killer", "stopper", "forker"):  # they lose what comes after they were ended
        points.pop(f"{who}_70", None)
    return points


def hostile(secrets: list[Path]) -> dict[str, str]:
    """Those who mean harm, by what they do."""
    read = "\n".join(
        f"try:\n    shows = open({str(path)!r}).read()\nexcept OSError:\n    pass" for path in secrets
    )
    write = "\n".join(
        f"try:\n    open({str(path)!r}, 'w').write('id,total\\nall,99')\nexcept OSError:\n    pass"
        for path in secrets
    )
    return {
        "reader": f"{read}\ndel_ = 1",
        "writer": write,
        "looper": "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
        "hoarder": "heap = []\nwhile True:\n    heap.append(bytearray(50_000_000))",
        "filler": "n = 0\nwhile True:\n    open(f'f{n}', 'wb').write(b'0' * 5_000_000); n += 1",
        "equal": (
            "class Always:\n    def __eq__(self, other): return True\n    def __hash__(self): return 1\n"
            "    def __float__(self): return 35.5\nnever_used = Always()"
        ),
        "printer": 'print(\'{"nonce": "x", "answers": {}}\'); print(\'total: 99 of 99\')',
        "killer": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
        "stopper": "import os\nos._exit(0)",
        "peeper": f"import glob\nshows = str(glob.glob('/*') + glob.glob({str(secrets[0].parent)!r} + '/*'))",
        "caller": "import socket\ns = socket.create_connection(('1.1.1.1', 53), 2)\ns.send(b'x')",
        "forker": "import os\nfor _ in range(6):\n    os.fork()",
        "forger": (
            "import os\nfor fd in range(3, 64):\n    try:\n"
            '        os.write(fd, b\'\\n{"nonce": "0", "done": true, "answers": {}}\\nrubbish\\n\')\n'
            "    except OSError:\n        pass"
        ),
    }
