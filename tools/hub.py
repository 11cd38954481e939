"""Makes the kit usable inside a JupyterLab that someone else runs, as on a JupyterHub.

Runs inside the kit's environment. A second JupyterLab could not be reached there, so the one
that is open learns of the kit: a kernel of its own, and the browser's half of the widgets. Both
go to the person's own folders; no administrator is needed.
"""

import os
import shutil
import sys
from pathlib import Path

from ipykernel.kernelspec import install
from jupyter_core.paths import jupyter_data_dir, jupyter_path

OURS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")


def server_folders() -> list[Path]:
    """Return where the JupyterLab that is open may keep its extensions."""
    folders = [Path(folder) for folder in jupyter_path("labextensions")]
    outside = [p for p in os.get_exec_path() if not Path(p).is_relative_to(sys.prefix)]
    for program in ("jupyterhub-singleuser", "jupyter-labhub", "jupyter-lab"):
        if found := shutil.which(program, path=os.pathsep.join(outside)):
            folders.append(Path(found).resolve().parent.parent / "share/jupyter/labextensions")
    return [folder for folder in folders if not folder.is_relative_to(sys.prefix)]


def share_widgets() -> None:
    """Put the browser's half of the widgets where the open JupyterLab looks, if it has none."""
    for name in OURS:
        if not any((folder / name).exists() for folder in server_folders()):
            target = Path(jupyter_data_dir()) / "labextensions" / name
            source = Path(sys.prefix) / "share/jupyter/labextensions" / name
            shutil.copytree(source, target, dirs_exist_ok=True)


def main() -> int:
    """Register the kernel, share the widgets, and say how to go on."""
    install(user=True, kernel_name="reviewkit", display_name="reviewkit")
    share_widgets()
    print("This is a JupyterHub, so no second JupyterLab is opened. Reload this page in the")
    print(f"browser once, open {sys.argv[1]} from the file list, and choose the kernel reviewkit.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
