"""Marks are kept: nothing is lost when a program is killed, a disk is full, a file damaged or open twice."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import marks_killed
import pytest

from reviewkit.marks import layout, opening, who
from reviewkit.marks.checking import MarkError
from reviewkit.marks.events import fold, make, now, quoted, same_mark, text_sha
from reviewkit.marks.store import Store, StoreError

TEXT = "I read the novel 😀 first. Perhaps it is better."
SCRIPT = marks_killed.__file__


def mark(start=2, end=16, **fields):
    given = {"who": "owl", "corpus": "page", "review_id": "page-01", "layer": "perspective"}
    return make(text=TEXT, start=start, end=end, **{**given, "label": "book-reader", **fields})


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    who._by_chance.cache_clear()
    return tmp_path


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "marks.sqlite3", wait=0.2) as opened:
        yield opened


# What an event is


def test_an_event_quotes_code_points_and_what_stands_around():
    made = mark(11, 18)
    assert made["quote"] == "novel 😀"
    assert made["prefix"] == "I read the "
    assert made["suffix"] == " first. Perhaps it is better."
    assert made["text_sha"] == text_sha(TEXT)


def test_a_signature_is_never_quoted():
    signed = "I wept.\n\nAda Example"
    assert quoted(signed, 2, 20)["quote"] == "wept.\n\n███ ███████"
    assert text_sha(signed) == text_sha("I wept.\n\n███ ███████")


def test_the_last_event_of_a_mark_counts_and_nobody_changes_another_persons():
    first = mark(at="2026-05-04T09:30:00.000Z")
    later = mark(mark=first["mark"], label="partial", at="2026-05-04T09:31:00.000Z")
    dropped = mark(mark=first["mark"], what="drop", at="2026-05-04T09:32:00.000Z")
    strange = mark(mark=first["mark"], what="drop", who="fox", at="2026-05-04T09:40:00.000Z")
    assert [e["label"] for e in fold([later, first])] == ["partial"]
    assert fold([first, later, dropped]) == []
    assert [e["label"] for e in fold([first, later, strange])] == ["partial"]
    assert fold([first, dropped], dropped=True) == [dropped]


def test_of_two_events_at_the_same_time_the_one_that_was_kept_later_counts():
    one = mark(at="2026-05-04T09:30:00.000Z")
    two = mark(mark=one["mark"], what="drop", at="2026-05-04T09:30:00.000Z")
    assert fold([one, two]) == []
    assert fold([two, one]) == [one]


def test_a_change_is_later_than_what_it_changes_even_where_the_clock_was_set_back():
    assert now(after="2999-12-31T23:59:59.999Z") == "3000-01-01T00:00:00.000Z"
    assert now(after="2020-01-01T00:00:00.000Z") < "2999"


def test_a_verdict_is_one_in_every_window():
    one = make("verdict", who="owl", corpus="page", review_id="page-01", layer="stance", label="mixed")
    two = make("verdict", who="owl", corpus="page", review_id="page-01", layer="stance", label="favourable")
    assert one["mark"] == two["mark"] == same_mark("verdict", "owl", "page", "page-01", "stance")
    assert fold([one, two])[0]["label"] == "favourable"


# Keeping


def test_what_was_added_is_there_after_closing_in_order(store):
    marks = [mark(n, n + 3, note="=1+1\n<b>é</b> \u202e") for n in range(5)]
    assert store.add(marks) == [each["event"] for each in marks]
    store.close()
    assert Store(store.path).history() == marks


def test_an_event_that_is_sent_again_is_taken_once(store):
    one = mark()
    assert store.add([one]) == store.add([one, one])[:1] == [one["event"]]
    store.add([one | {"label": "partial"}])
    assert store.history() == [one]


def test_nothing_to_add_is_nothing(store):
    assert store.add([]) == []
    assert store.since(0) == ([], 0)


def test_one_unsound_event_and_none_is_kept(store):
    with pytest.raises(MarkError, match=r"Event 2: the quote|Event 2: from 2 to 17 are 15 characters"):
        store.add([mark(), mark() | {"end": 17}])
    assert store.history() == []


def test_the_state_by_review_person_and_kind(store):
    dropped = mark(3, 5)
    verdict = make("verdict", who="owl", corpus="page", review_id="page-01", layer="stance", label="mixed")
    others = [mark(who="fox"), mark(review_id="page-02"), mark(corpus="another")]
    drop = make(**{**dropped, "event": None, "what": "drop", "at": now(after=dropped["at"])})
    store.add([mark(note="mine"), dropped, verdict, *others, drop])
    assert [e["note"] for e in store.current("page", review_id="page-01", who="owl")] == ["mine"]
    assert len(store.current("page", who="owl")) == 2
    assert len(store.current("page")) == 3
    assert len(store.current(kind=None)) == 5
    assert store.current("page", kind="verdict") == [verdict]
    assert [e["what"] for e in store.history(dropped["mark"])] == ["set", "drop"]


def test_two_that_have_it_open_see_each_others_marks(store):
    other = Store(store.path)
    mine, theirs = mark(), mark(who="fox")
    store.add([mine])
    news, seq = other.since(0)
    assert news == [mine]
    other.add([theirs])
    assert other.since(seq)[0] == store.since(seq, who="fox")[0] == [theirs]
    assert store.since(seq, who="owl")[0] == store.since(seq, corpus="another")[0] == []
    assert store.current("page") == other.current("page") == [mine, theirs]
    assert store.id == other.id
    other.close()


def test_events_stay(store):
    store.add([mark()])
    with closing(sqlite3.connect(store.path)) as db:
        for command in ("DELETE FROM events", "UPDATE events SET label = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="events stay"):
                db.execute(command)


def test_threads_of_one_notebook_share_a_store(store):
    threads = [threading.Thread(target=lambda: store.add([mark(), mark()])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.history()) == 16


# When it cannot


def test_a_file_that_somebody_holds_is_waited_for_then_said(store):
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"cannot be kept now .*locked.*Close the other notebook"):
            store.add([mark()])
        assert 0.15 < time.monotonic() - began < 5
        with pytest.raises(StoreError, match=r"cannot be opened now .*locked.*Close the other notebook"):
            Store(store.path, wait=0.1)
        with pytest.raises(StoreError, match=r"cannot be read now .*locked"):
            store.since(0)
    assert len(store.add([mark()])) == len(store.history()) == 1


def test_a_full_disk_is_said_and_written_when_there_is_room(store):
    store.add([mark(note="before")])
    store._db.execute("PRAGMA max_page_count = 12")
    kept, unkept = ["before"], mark(note="x" * 9000)
    with pytest.raises(StoreError, match="cannot be kept now .*full.*Delete something or empty the bin"):  # noqa: PT012
        for number in range(90):
            store.add([mark(note=f"{number}")])
            kept.append(f"{number}")
    with pytest.raises(StoreError, match="full"):
        store.add([mark(), unkept])
    assert [e["note"] for e in Store(store.path).history()] == kept
    store._db.execute("PRAGMA max_page_count = 100000")
    store.add([unkept])
    assert [e["note"] for e in store.history()] == [*kept, unkept["note"]]


def test_a_real_disk_that_is_full(mounted):
    disk = mounted("256k")
    with Store(disk / "marks.sqlite3") as store:
        store.add([mark(note="before")])
        filling = disk / "film.mkv"
        with suppress(OSError), filling.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(512))
        with pytest.raises(StoreError, match=r"cannot be kept now.*(full|make room|Make room)"):
            store.add([mark(note="x" * 9000)])
        assert [e["note"] for e in store.history()] == ["before"]
        with pytest.raises(StoreError, match=r"cannot be opened now.*(full|room)"):
            Store(disk / "another.sqlite3")
        filling.unlink()
        store.add([mark(note="after")])
        assert [e["note"] for e in store.history()] == ["before", "after"]


def test_a_file_that_may_only_be_read_shows_its_marks_and_says_why_none_is_kept(tmp_path):
    if not hasattr(os, "getuid"):
        pytest.skip("rights work differently here")
    folder = tmp_path / "folder"
    folder.mkdir()
    with Store(folder / "marks.sqlite3") as store:
        store.add([mark()])
    code = (
        f"import os, sys; sys.path[:0] = {[str(Path(SCRIPT).parents[1]), str(Path(SCRIPT).parent)]!r}; "
        "import marks_killed; from reviewkit.marks.store import Store, StoreError; "
        "os.getuid() == 0 and os.setuid(65534)\n"
        f"store = Store({str(folder / 'marks.sqlite3')!r}); print(len(store.history()))\n"
        "for do in (lambda: store.add([marks_killed.mark(1)]), "
        f"lambda: Store({str(folder / 'new.sqlite3')!r})):\n"
        "    try: do()\n"
        "    except StoreError as trouble: print(trouble)"
    )
    for place in (tmp_path, *tmp_path.parents):
        if place.owner() == folder.owner() and place != Path(tmp_path.root) and "pytest" in str(place):
            place.chmod(0o755)
    (folder / "marks.sqlite3").chmod(0o444)
    folder.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    folder.chmod(0o755)
    if done.returncode and "PermissionError" in done.stderr:
        pytest.skip("another user cannot run this Python")
    there, not_kept, not_made = done.stdout.splitlines()
    assert there == "1"
    assert "It may not be written to. Allow writing to the file and its folder" in not_kept
    assert "cannot be opened now" in not_made
    assert "REVIEWKIT_HOME" in not_made


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "my_work").write_text("a file")
    with pytest.raises(StoreError, match=r"my_work.*cannot be opened now.*REVIEWKIT_HOME"):
        Store()


def test_a_disk_that_never_answers_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "OPENS_WITHIN", 0.1)
    monkeypatch.setattr(opening, "connect", lambda *_: time.sleep(3))
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"did not open within 0.2 seconds.*network folder"):
        Store(tmp_path / "marks.sqlite3", wait=0.1)
    assert time.monotonic() - began < 2


def test_a_file_system_without_locks_is_said(tmp_path, monkeypatch):
    trouble = sqlite3.OperationalError("disk I/O error")
    trouble.sqlite_errorname = "SQLITE_IOERR_LOCK"

    def refuse(*_):
        raise trouble

    monkeypatch.setattr(opening, "connect", refuse)
    with pytest.raises(StoreError, match=r"a network folder without locks.*REVIEWKIT_HOME"):
        Store(tmp_path / "marks.sqlite3")


# Damaged, newer, older, strange


def broken(path, at, length=200):
    content = bytearray(path.read_bytes())
    content[at : at + length] = os.urandom(length)
    path.write_bytes(content)


def test_a_damaged_file_is_set_aside_and_what_can_be_read_is_taken_over(store):
    store.add([mark(note=f"{n} " + "x" * 300) for n in range(200)])
    own_id, pages = store.id, store.path.stat().st_size // 4096
    store.close()
    before = store.path.read_bytes()
    broken(store.path, 4096 * (pages // 2))
    damaged = store.path.read_bytes()
    again = Store(store.path)
    (aside,) = store.path.parent.glob("marks-damaged-*.sqlite3")
    assert aside.read_bytes() == damaged != before
    assert aside.name in again.notice
    assert "import your last export" in again.notice
    assert 100 < len(again.history()) < 200
    assert again.id == own_id
    again.add([mark(note="after")])
    assert again.history()[-1]["note"] == "after"
    third = Store(store.path)
    assert third.notice == ""
    assert len(list(store.path.parent.iterdir())) == 2


@pytest.mark.parametrize(
    "content", [b"not a database at all, but a note\n" * 90, b"SQLite format 3\0" + b"\1" * 5000]
)
def test_a_file_that_is_no_database_is_set_aside(tmp_path, content):
    (tmp_path / "marks.sqlite3").write_bytes(content)
    store = Store(tmp_path / "marks.sqlite3")
    (aside,) = tmp_path.glob("marks-damaged-*")
    assert aside.read_bytes() == content
    assert "0 events" in store.notice
    store.add([mark()])


def test_a_file_that_breaks_while_it_is_open_is_set_aside_and_the_mark_is_kept(store):
    store.add([mark(note=f"{n} " + "x" * 300) for n in range(200)])
    broken(store.path, 24, 4)  # the counter of changes, as if somebody else had written
    broken(store.path, 4096, store.path.stat().st_size - 4096)
    new = mark(note="new")
    assert store.add([new]) == [new["event"]]
    assert "was damaged" in store.notice
    assert new in Store(store.path).history()


def test_a_file_that_is_mended_while_another_notebook_has_it_open_stays_one_file(store):
    store.add([mark(note="x" * 300) for n in range(200)])
    broken(store.path, 4096 * 9)
    with Store(store.path) as other:
        assert "was damaged" in other.notice
        store.add([mark(note="mine")])
        other.add([mark(note="theirs")])
        for each in (store, other):
            assert [e["note"] for e in each.history()[-2:]] == ["mine", "theirs"]
    assert store.notice == ""


def test_nobody_writes_while_somebody_mends(store):
    guard = store.path.with_name("marks.sqlite3.mending")
    guard.touch()
    adding = threading.Thread(target=lambda: store.add([mark()]))
    adding.start()
    time.sleep(0.2)
    with Store(store.path) as other:
        assert other.history() == []
        guard.unlink()
        adding.join()
        assert len(other.history()) == 1


def test_a_guard_that_a_killed_program_left_behind_is_passed(store):
    guard = store.path.with_name("marks.sqlite3.mending")
    guard.touch()
    os.utime(guard, (0, 0))
    store.add([mark()])
    store.close()
    store.path.write_bytes(b"no database" * 900)
    assert "was damaged" in Store(store.path).notice
    assert not guard.exists()


def test_a_damaged_file_on_a_full_disk_stays_where_it_is(store, monkeypatch):
    store.close()
    store.path.write_bytes(b"no database" * 900)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reviewkit.marks.mending.shutil.copyfile", full)
    with pytest.raises(StoreError, match="No space left.*The disk is full"):
        Store(store.path)
    assert [p.name for p in store.path.parent.glob("marks*")] == ["marks.sqlite3"]
    assert store.path.read_bytes() == b"no database" * 900


def test_a_damaged_file_that_many_open_at_once_is_set_aside_once(store):
    store.add([mark(note="x" * 300) for n in range(50)])
    store.close()
    broken(store.path, 4096 * 3)
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store(store.path))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, each in enumerate(opened):
        each.add([mark(note=f"from {number}")])
    assert len(list(store.path.parent.glob("marks-damaged-*.sqlite3"))) == 1
    notes = [e["note"] for e in opened[0].history()]
    assert [n for n in notes if n.startswith("from")] == [f"from {n}" for n in range(6)]


def test_an_empty_file_is_a_new_one(tmp_path):
    (tmp_path / "marks.sqlite3").touch()
    store = Store(tmp_path / "marks.sqlite3")
    assert (store.notice, store.history()) == ("", [])


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be moved there")
def test_a_file_that_was_moved_away_while_it_is_open_is_begun_anew(store):
    store.add([mark(note="old")])
    store.path.rename(store.path.with_name("moved.sqlite3"))
    store.add([mark(note="new")])
    assert [e["note"] for e in Store(store.path).history()] == ["new"]
    assert [e["note"] for e in Store(store.path.with_name("moved.sqlite3")).history()] == ["old"]


def test_a_file_of_a_newer_kit_is_left_as_it_is(store):
    store.add([mark()])
    with closing(sqlite3.connect(store.path)) as db:
        db.execute("PRAGMA user_version = 99")
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match=r"written by a newer version of the kit.*left as it is. Update the"):
        store.add([mark()])
    with pytest.raises(StoreError, match="layout 99; this kit knows 2"):
        Store(store.path)
    assert store.path.read_bytes() == before
    assert [p.name for p in store.path.parent.glob("marks*")] == ["marks.sqlite3"]


def test_a_database_of_another_program_is_left_as_it_is(tmp_path):
    path = tmp_path / "marks.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="database of another program.*Move it elsewhere"):
        Store(path)
    assert path.read_bytes() == before


OF_VERSION_1 = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL UNIQUE, mark TEXT NOT NULL,
    what TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, corpus TEXT NOT NULL,
    review_id TEXT NOT NULL, layer TEXT, label TEXT, start INTEGER, "end" INTEGER, quote TEXT, prefix TEXT,
    suffix TEXT, text_sha TEXT, note TEXT, reason TEXT);
PRAGMA application_id = 1380666673;
INSERT INTO about VALUES ('id', '7c1d5a52-6d55-4c36-9b52-0f9a43c0a001');
INSERT INTO events VALUES (7, '7c1d5a52-6d55-4c36-9b52-0f9a43c0a002', '7c1d5a52-6d55-4c36-9b52-0f9a43c0a003',
    'set', 'mark', '2026-05-04T09:30:00.000Z', 'owl', 'page', 'page-01', 'perspective', 'book-reader',
    2, 16, 'read the novel', 'I ', ' first.', NULL, 'so they say', NULL);
PRAGMA user_version = 1;
"""


def test_a_file_of_version_1_becomes_one_of_today_with_every_mark(tmp_path):
    path = tmp_path / "marks.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OF_VERSION_1)
    store = Store(path)
    (event,) = store.current("page")
    assert (event["quote"], event["note"], event["text_sha"]) == ("read the novel", "so they say", None)
    assert store.id == "7c1d5a52-6d55-4c36-9b52-0f9a43c0a001"
    store.add([mark()])
    assert store.since(7)[1] == 8
    with closing(sqlite3.connect(path)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        found = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert version == layout.VERSION
    with Store(tmp_path / "new.sqlite3"), closing(sqlite3.connect(tmp_path / "new.sqlite3")) as db:
        assert found == {name for (name,) in db.execute("SELECT name FROM sqlite_master")}


def test_a_migration_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "marks.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OF_VERSION_1)
    before = path.read_bytes()
    monkeypatch.setattr(layout, "STEPS", (*layout.STEPS, ("DROP TABLE events", "nonsense")))
    monkeypatch.setattr(layout, "VERSION", 3)
    with pytest.raises(StoreError, match="cannot be opened now"):
        Store(path)
    assert path.read_bytes() == before


# Killed


def there(path):
    with Store(path, wait=30) as store:
        assert store.notice == ""
        events = [event["event"] for event in store.history()]
    assert len(events) == len(set(events))
    return set(events)


@pytest.mark.slow
def test_killed_a_hundred_times_every_event_reported_as_kept_is_there_once(tmp_path):
    path, chance, reported = tmp_path / "marks.sqlite3", random.Random(7), set()
    for round_ in range(50):
        writers = [
            subprocess.Popen([sys.executable, SCRIPT, str(path)], stdout=subprocess.PIPE) for _ in range(2)
        ]
        if round_ % 5:
            writers[0].stdout.read(1)
        time.sleep(chance.random() * 0.12)
        for writer in writers:
            writer.kill()
            time.sleep(chance.random() * 0.03)
        for writer in writers:
            lines = writer.communicate()[0].decode().split("\n")
            reported |= {line for line in lines[:-1] if len(line) == 36}
        assert reported <= there(path)
    assert len(reported) > 500


def test_killed_once_every_event_reported_as_kept_is_there(tmp_path):
    path = tmp_path / "marks.sqlite3"
    writer = subprocess.Popen([sys.executable, SCRIPT, str(path)], stdout=subprocess.PIPE)
    first = writer.stdout.readline().decode().strip()
    writer.kill()
    rest = writer.communicate()[0].decode().split("\n")[:-1]
    assert {first, *rest} <= there(path)


def test_two_programs_mark_at_the_same_time_and_none_is_lost(tmp_path):
    path = tmp_path / "marks.sqlite3"
    writers = [
        subprocess.Popen([sys.executable, SCRIPT, str(path), "0.002"], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [{writer.stdout.readline().decode().strip() for _ in range(40)} for writer in writers]
    for writer in writers:
        writer.kill()
        writer.communicate()
    assert said[0] | said[1] <= there(path)
    assert len(said[0] | said[1]) == 80


# Who


def test_a_pseudonym_is_made_by_chance_and_stays_until_one_is_chosen(home):
    name = who.pseudonym()
    assert name.startswith("reader-")
    assert len(name) == 11
    who._by_chance.cache_clear()
    assert who.pseudonym() == name
    assert not who.chosen()
    assert who.keep_pseudonym(" Owl_3 ") == who.pseudonym() == "Owl_3"
    assert who.chosen()


@pytest.mark.parametrize(
    "name", ["Ada Example", "ada@example.org", "x", "", None, 7, "a" * 41, "a\u202eb", "<b>"]
)
def test_what_reads_like_a_name_or_an_address_is_refused(name):
    with pytest.raises(MarkError, match="A pseudonym is one word of 2 to 40 letters"):
        who.keep_pseudonym(name)


@pytest.mark.parametrize("name", ["key", "Rule", "annotator-2"])
def test_what_the_kit_calls_its_own_sources_is_refused(name):
    with pytest.raises(MarkError, match="a name that the kit itself uses"):
        who.keep_pseudonym(name)


def test_a_pseudonym_that_cannot_be_kept_holds_for_the_session(home):
    (home / "my_work").write_text("a file where the folder should be")
    assert who.pseudonym() == who.pseudonym()


def test_marks_are_handed_over_to_a_new_pseudonym_with_their_history(store):
    verdict = make("verdict", who="owl", corpus="page", review_id="page-01", layer="stance", label="mixed")
    store.add([mark(note="mine"), verdict, mark(who="fox", note="theirs")])
    assert who.hand_over("owl", "crow", store) == 2
    assert store.current("page", who="owl", kind=None) == []
    assert [e["note"] for e in store.current("page", who="crow")] == ["mine"]
    (said,) = store.current("page", who="crow", kind="verdict")
    assert said["mark"] == same_mark("verdict", "crow", "page", "page-01", "stance")
    assert len(store.history()) == 7
