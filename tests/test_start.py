"""Setting up: what each thing that can go wrong says, and what is found whole or unfinished."""

from __future__ import annotations

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from kits import POSIX, copy_kit, one_line, start

from tools import bundle, commands, demonstrate, environment, installers, trouble
from tools.runner import Outcome, Runner, child_environment, python_in


class Script:
    """Stands in for a Runner: answers commands by a word they contain, and remembers them."""

    def __init__(self, kit: Path, answers: dict[str, Outcome]) -> None:
        self.kit, self.venv, self.log = kit, kit / ".venv", kit / ".venv/set-up.log"
        self.answers, self.seen, self.settings = answers, [], {}

    def run(self, doing: str | None, command: list[str]) -> Outcome:
        line = " ".join(command)
        self.seen.append(line)
        return next((a for word, a in self.answers.items() if word in line), Outcome(True, ""))


# What a person types


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--help"]) == 0
    said = capsys.readouterr().out
    for name in [*commands.COMMANDS, "--no-browser", "quick", "--this", "--upgrade"]:
        assert name in said


def test_unknown_command_is_one_line_with_the_known_ones(tmp_path: Path) -> None:
    done = start(ROOT, "tset")
    assert done.returncode == 2
    assert done.stdout == ""
    line = one_line(done.stderr)
    assert line.startswith("There is no command 'tset'. Known: ")
    assert all(name in line for name in commands.COMMANDS)


@pytest.mark.parametrize("args", [["add"], ["add", "pandas"], ["lock", "--all"], ["gone.ipynb"]])
def test_wrong_usage_is_one_line_and_code_2(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(args) == 2
    one_line(capsys.readouterr().err)


def test_ctrl_c_is_one_line_and_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(argv: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "dispatch", interrupted)
    assert commands.main([]) == 130
    assert one_line(capsys.readouterr().err).startswith("Stopped.")


# The Python at hand


def test_start_py_is_read_by_an_old_python() -> None:
    source = (ROOT / "start.py").read_text(encoding="ascii")
    ast.parse(source, feature_version=(3, 4))


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 7, 16), (3, 10, 13)])
def test_an_old_python_is_told_so_in_one_line(version: tuple[int, ...]) -> None:
    run = f"runpy.run_path({str(ROOT / 'start.py')!r}, run_name='__main__')"
    pretend = f"import runpy, sys; sys.version_info = {version}; {run}"
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert done.returncode == 1
    line = one_line(done.stderr)
    assert f"this is Python {version[0]}.{version[1]}." in line
    assert "3.11 or newer" in line
    assert "python.org" in line


def test_start_py_alone_says_that_the_rest_is_missing(tmp_path: Path) -> None:
    shutil.copy(ROOT / "start.py", tmp_path)
    done = start(tmp_path, PYTHONPATH="")
    assert done.returncode == 1
    assert "Unpack the whole folder" in one_line(done.stderr)


def test_no_venv_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *args, **kwargs: None)
    runner = Script(tmp_path, {"-m venv": Outcome(False, "/usr/bin/python3: No module named venv")})
    with pytest.raises(trouble.Trouble, match="no module venv.*sudo apt install python3-venv"):
        installers.make_venv(runner)  # type: ignore[arg-type]


def test_no_ensurepip_tries_the_python_s_own_pip_then_gives_the_remedy(tmp_path: Path) -> None:
    no = Outcome(False, "No module named ensurepip")
    runner = Script(tmp_path, {"--python": Outcome(True, "pip 23"), "-m pip": no, "ensurepip": no})
    assert "--python" in installers.pip_command(runner)  # type: ignore[arg-type]
    runner = Script(tmp_path, {"-m pip": no, "ensurepip": no})
    with pytest.raises(trouble.Trouble, match=r"no ensurepip.*sudo apt install python3-venv.*USB stick"):
        installers.pip_command(runner)  # type: ignore[arg-type]


def test_no_ensurepip_but_a_usb_stick_runs_pip_from_its_wheel(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    wheel = tmp_path / "wheels" / "pip-26.0-py3-none-any.whl"
    wheel.touch()
    runner = Script(tmp_path, {"-m pip": Outcome(False, "No module named pip")})
    assert installers.pip_command(runner)[1] == f"{wheel}/pip"  # type: ignore[arg-type]


# Where things lie, and what the environment of a program is


@pytest.mark.parametrize(
    ("windows", "expected"),
    [(True, r"C:\Pupils\Zoë B\kit\.venv\Scripts\python.exe"), (False, "/home/zoë b/kit/.venv/bin/python")],
)
def test_where_an_environment_keeps_its_python(windows: bool, expected: str) -> None:
    venv = expected.partition(".venv")[0] + ".venv"
    assert python_in(venv, windows=windows) == expected


def test_windows_is_told_py(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "WINDOWS", True)
    assert trouble.start_command() == "py start.py"
    assert "py start.py" in trouble.not_writable("C:\\kit")


def test_what_would_mislead_a_program_is_left_out() -> None:
    mine = {"PYTHONHOME": "x", "PYTHONPATH": "x", "PIP_TARGET": "x", "UV_SYSTEM_PYTHON": "1"}
    kept = {"PIP_INDEX_URL": "mirror", "UV_DEFAULT_INDEX": "mirror", "LANG": "de_DE.UTF-8"}
    child = child_environment(mine | kept | {"PATH": "/usr/bin"}, Path("/kit/.venv"))
    assert not set(mine) & set(child)
    assert {name: child[name] for name in kept} == kept
    assert child["PATH"].split(os.pathsep)[1:] == ["/usr/bin"]
    assert child["VIRTUAL_ENV"] == str(Path("/kit/.venv"))


def test_uv_learns_of_the_mirror_that_pip_uses() -> None:
    said = "global.index-url='file:///far'\n:env:.index-url='file:///near'\nglobal.timeout='60'\n"
    assert installers.settings_for_uv(said)["UV_DEFAULT_INDEX"] == "file:///near"
    assert installers.settings_for_uv("WARNING: something\n") == {}


# Failures in the words of installers


@pytest.mark.parametrize(
    ("words", "kind", "remedy"),
    [
        ("error: No space left on device (os error 28)", trouble.FULL, "Make room"),
        ("OSError: [Errno 28] No space left on device", trouble.FULL, "Make room"),
        ("There is not enough space on the disk. (os error 112)", trouble.FULL, "Make room"),
        ("error sending request for url: client error (Connect)", trouble.NETWORK, "USB stick"),
        ("WARNING: Retrying (Retry(total=1)) NewConnectionError", trouble.NETWORK, "USB stick"),
        ("client error (Connect): invalid peer certificate", trouble.CERTIFICATE, "SSL_CERT_FILE"),
        ("ERROR: No matching distribution found for numpy==2", trouble.NO_WHEEL, "3.11 to 3.14"),
        ("Access is denied. (os error 5)", trouble.DENIED, "Documents"),
        ("OSError: [WinError 206] The filename or extension is too long", trouble.LONG_PATH, "C:\\kit"),
        ("something else altogether", None, "something else altogether"),
    ],
)
def test_an_installer_s_words_become_one_line_with_a_remedy(
    words: str, kind: str | None, remedy: str
) -> None:
    assert trouble.recognise(words) == kind
    line = trouble.explain(kind, folder="/kit", log="/kit/.venv/set-up.log", last_line=words)
    assert remedy in one_line(line)


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = copy_kit(tmp_path / "kit")

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(commands, "KIT", kit)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert commands.main(["reviewkit"]) == 1
    line = one_line(capsys.readouterr().err)
    assert f"The folder {kit} cannot be written. Copy it to your own Documents or home folder" in line


@POSIX
def test_a_folder_mounted_read_only(mounted: Callable[[str], Path]) -> None:
    kit = copy_kit(mounted("20m") / "kit")
    (kit.parent / "home").mkdir()
    subprocess.run(["mount", "-o", "remount,ro", str(kit.parent)], check=True)
    done = start(kit, "reviewkit")
    assert done.returncode == 1
    assert "cannot be written. Copy it to your own Documents" in one_line(done.stderr)


def test_a_part_of_the_kit_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = copy_kit(tmp_path / "kit")
    (kit / "requirements.txt").unlink()
    monkeypatch.setattr(commands, "KIT", kit)
    assert commands.main(["reviewkit"]) == 1
    assert "requirements.txt is missing. Unpack or copy the whole kit again." in one_line(
        capsys.readouterr().err
    )


# When a set-up is whole


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A kit whose environment looks complete, without one having been made."""
    kit = copy_kit(tmp_path / "kit")
    python = Path(python_in(str(kit / ".venv")))
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = {"state": "complete"} | environment.made_from(kit, {"test"})
    environment.write_stamp(kit / ".venv", stamp)
    return kit


def change_stamp(kit: Path, **changes: str) -> None:
    venv = kit / ".venv"
    environment.write_stamp(venv, environment.read_stamp(venv) | changes)


def test_whole_until_something_changes(whole: Path, tmp_path: Path) -> None:
    assert environment.is_ready(whole)
    assert environment.is_ready(whole, {"test"})
    assert not environment.is_ready(whole, {"parquet"})
    with (whole / "requirements.txt").open("a") as file:
        file.write("# changed\n")
    assert not environment.is_ready(whole)


def test_line_ends_do_not_count_as_a_change(whole: Path) -> None:
    path = whole / "requirements.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.is_ready(whole)


def test_a_moved_or_copied_folder_is_not_whole(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copied")
    assert not environment.is_ready(tmp_path / "copied")
    whole.rename(tmp_path / "moved")
    assert not environment.is_ready(tmp_path / "moved")


@pytest.mark.parametrize("change", [{"state": "incomplete"}, {"base": "/gone/python3"}, {"version": "3.9"}])
def test_unfinished_or_without_its_python_is_not_whole(whole: Path, change: dict[str, str]) -> None:
    change_stamp(whole, **change)
    assert not environment.is_ready(whole)


def test_a_damaged_stamp_is_not_whole_and_is_repaired(whole: Path) -> None:
    (whole / ".venv/set-up.json").write_text("{ torn", encoding="utf-8")
    assert not environment.is_ready(whole)
    assert environment.read_stamp(whole / ".venv") == {"state": "damaged"}


def test_the_incomplete_mark_is_written_first_and_the_stamp_last(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def install(runner: Runner, files: list[str]) -> None:
        seen.append((environment.read_stamp(whole / ".venv")["state"], files))

    monkeypatch.setattr(installers, "install", install)
    environment.ensure(whole, {"parquet"})
    # the test extra was there before and stays
    assert seen == [("incomplete", ["requirements.txt", "requirements/parquet.txt", "requirements/test.txt"])]
    assert environment.is_ready(whole, {"test", "parquet"})


def test_a_venv_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    kit = copy_kit(tmp_path / "kit")
    (kit / ".venv").mkdir()
    (kit / ".venv/pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    done = start(kit, "reviewkit")
    assert done.returncode == 1
    assert "was not made by start.py. Rename or delete it" in one_line(done.stderr)
    assert (kit / ".venv/pyvenv.cfg").exists()


@POSIX
def test_the_lock_of_a_killed_start_is_free(tmp_path: Path) -> None:
    hold = (
        f"import sys, time; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path\n"
        "from tools import environment\n"
        f"with environment.only_one(Path({str(tmp_path)!r})): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (tmp_path / environment.LOCK).open("a+b") as file:
            assert not environment.take(file)
            holder.kill()
            holder.wait()
            assert environment.take(file)


# Opening JupyterLab


@pytest.fixture
def opened(whole: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Open the kit, and return the command line of JupyterLab instead of running it."""
    commands_seen: list[list[str]] = []

    def hand_over(command: list[str], folder: Path) -> int:
        commands_seen.append(command)
        return 0

    def forbid(*args: object, **kwargs: object) -> None:
        raise AssertionError("a program was started before JupyterLab")

    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    monkeypatch.setattr(commands, "KIT", whole)
    monkeypatch.setattr(commands, "hand_over", hand_over)
    monkeypatch.setattr(subprocess, "Popen", forbid)
    monkeypatch.setattr(os, "system", forbid)

    def run(*args: str) -> list[str]:
        assert commands.main(list(args)) == 0
        return commands_seen[-1]

    return run


def test_second_start_goes_straight_to_jupyterlab(opened: Callable[..., list[str]], whole: Path) -> None:
    (whole / "notebooks").mkdir()
    (whole / commands.FIRST_NOTEBOOK).touch()
    command = opened("--no-browser", "--LabApp.token=x")
    assert command[1:4] == ["-P", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={whole}" in command
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in command
    assert command[-2:] == ["--no-browser", "--LabApp.token=x"]


def test_a_taken_port_is_replaced_and_said(
    opened: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(commands, "USUAL_PORT", port)
        chosen = [word for word in opened() if word.startswith("--port=")]
        assert len(chosen) == 1
        assert commands.is_free(int(chosen[0].removeprefix("--port=")))
        assert f"Port {port} is taken" in one_line(capsys.readouterr().err)
        assert [word for word in opened("--port=9000") if word.startswith("--port")] == ["--port=9000"]


def test_on_a_hub_no_second_jupyterlab_is_opened(
    opened: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/zoe/")
    assert opened()[-2:] == [str(commands.KIT / "tools/hub.py"), commands.FIRST_NOTEBOOK]


def test_on_a_hub_the_kernel_and_the_widgets_are_offered(tmp_path: Path) -> None:
    pytest.importorskip("ipykernel")
    data = tmp_path / "data"
    done = subprocess.run(
        [sys.executable, "-P", str(ROOT / "tools/hub.py"), "notebooks/00_start_here.ipynb"],
        env=os.environ | {"JUPYTER_DATA_DIR": str(data), "PATH": str(Path(sys.executable).parent)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    kernel = json.loads((data / "kernels/reviewkit/kernel.json").read_text(encoding="utf-8"))
    assert Path(kernel["argv"][0]).samefile(sys.executable)
    assert (data / "labextensions/anywidget/package.json").is_file()
    assert "choose the kernel reviewkit" in done.stdout


# Demonstrations


def test_demo_lists_the_demonstrations(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["demo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines[:-1]] == ["02", "03", "04", "05", "06", "07"]
    assert "demo 02" in lines[-1]


def test_demo_lists_before_anything_is_set_up(tmp_path: Path) -> None:
    kit = copy_kit(tmp_path / "kit")
    done = start(kit, "demo")
    assert done.returncode == 0, done.stderr
    assert "03  Handling spoilers" in done.stdout
    assert not (kit / ".venv").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["9"], "There is no demonstration '9'. Known: 02, 03"),
        (["03", "--page"], "--page wants the name of a page"),
        (["03", "--colour"], "demo does not know '--colour'"),
        (["03", "04"], "demo does not know '04'"),
    ],
)
def test_wrong_demo_is_one_line(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["demo", *args]) == 2
    assert said in one_line(capsys.readouterr().err)


def test_demo_runs_in_the_environment_with_its_page(
    opened: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ensure", lambda kit, extras=frozenset(): Path("python", *extras))
    command = opened("demo", "3", "--page", "the-great-gatsby")
    assert command[0] == str(Path("python", "instructor"))
    assert command[2:] == [str(commands.KIT / "tools/demonstrate.py"), "03", "--page", "the-great-gatsby"]


def test_demo_without_a_network_says_what_to_do_and_leaves_the_kit_whole(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def install(runner: Runner, files: list[str]) -> None:
        raise trouble.Trouble("The packages could not be fetched.")

    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    monkeypatch.setattr(commands, "KIT", whole)
    monkeypatch.setattr(installers, "install", install)
    assert commands.main(["demo", "03"]) == 1
    line = one_line(capsys.readouterr().err)
    assert "could not be fetched. Without it:" in line
    assert "start.py notebooks/demonstrations/03.ipynb" in line
    assert environment.is_ready(whole, {"test"})


def test_demo_on_a_hub_opens_the_notebook(
    opened: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/zoe/")
    command = opened("demo", "03")
    assert command[-2:] == [str(commands.KIT / "tools/hub.py"), "notebooks/demonstrations/03.ipynb"]
    assert "Run All Cells" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("page", "said"), [("gone", "There is no corpus 'gone'"), ("gone.csv", "gone.csv"), ("", "")]
)
def test_a_page_that_cannot_be_shown_is_one_line(page: str, said: str) -> None:
    line = demonstrate.page_trouble(page)
    assert said in line
    assert "\n" not in line
    assert bool(line) == bool(page)


def test_a_free_port_is_found_beside_a_taken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(demonstrate, "USUAL_PORT", taken.getsockname()[1])
        assert demonstrate.free_port() != taken.getsockname()[1]


def test_voila_that_ends_at_once_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(number: str, port: int, token: str) -> list[str]:
        return [sys.executable, "-c", "raise SystemExit('No module named voila')"]

    monkeypatch.setattr(demonstrate, "voila", fails)
    assert demonstrate.main(["03", "--no-browser", "--log", str(tmp_path / "log.txt")]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ended before it began: No module named voila" in said.splitlines()[-1]


# Locks and wheels


def test_locks_pin_everything_and_name_no_index() -> None:
    files = [ROOT / "requirements.txt", *sorted((ROOT / "requirements").glob("*.txt"))]
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "# Made from pyproject.toml by: python3 start.py lock"
        assert not [line for line in lines if "://" in line or line.startswith(("--", "-f", "-i"))]
        assert all("==" in line for line in lines[1:] if line != "-e ."), path.name
    assert files[0].read_text(encoding="utf-8").endswith("\n-e .\n")


def test_wheels_are_chosen_for_each_system_not_for_this_one() -> None:
    stated = bundle.requirements(ROOT)
    chosen = {
        f"{target.system} {target.python}": [
            bundle.needed(values, stated) for values in target.environments()
        ]
        for target in bundle.all_targets()
    }
    windows, mac = chosen["Windows 3.11"][0], chosen["Darwin 3.14"][0]
    named = [{line.partition("==")[0] for line in lines} for lines in (windows, mac)]
    assert "pywinpty" in named[0]
    assert "pexpect" not in named[0]
    assert "appnope" in named[1]
    assert "pywinpty" not in named[1]
    for lines in (windows, mac):
        assert {"pip", "uv>=0.5"} <= set(lines)
        assert any(line.startswith("hatchling==") for line in lines)
        assert len([line for line in lines if line.startswith("numpy==")]) == 1


def test_only_wheels_that_fit_count_as_there(tmp_path: Path) -> None:
    (tmp_path / "numpy-2.4.0-cp311-cp311-win_amd64.whl").touch()
    (tmp_path / "six-1.17.0-py2.py3-none-any.whl").touch()
    target = {f"{t.system} {t.python}": t for t in bundle.all_targets()}
    wanted = ["numpy==2.4.0", "six==1.17.0"]
    assert list(bundle.missing(target["Windows 3.11"], wanted, tmp_path)) == []
    assert list(bundle.missing(target["Windows 3.12"], wanted, tmp_path)) == ["numpy==2.4.0"]
    assert list(bundle.missing(target["Linux 3.11"], wanted, tmp_path)) == ["numpy==2.4.0"]
