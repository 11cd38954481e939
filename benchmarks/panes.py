"""How soon is a pane there, and how soon the next review? In a real Chromium and JupyterLab.

    PYTHONPATH=. python benchmarks/panes.py

Times are from the event (the cell is run, a key goes down) to the frame after the one in which it is painted,
medians with the 95th percentile, on whatever else this machine is doing. Needs Chromium and the test extra.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browser.lab import FLAGS, Lab, chromium  # type: ignore[import-not-found]
from playwright.sync_api import sync_playwright

SETUP = """
import pandas as pd, reviewkit as rk
words = "The film keeps its distance, and so did I, until the lights went on and nobody got up to leave. "
reviews = pd.DataFrame({
    "review_id": [f"big-{n:04}" for n in range(1000)],
    "text": [f"Number {n}. " + words * (LENGTH // 19) for n in range(1000)],
})
starts = [(n, at) for n in range(50) for at in range(20, 20 + 24 * MARKS, 24)]
marks = pd.DataFrame({
    "review_id": [f"big-{n:04}" for n, _ in starts], "layer": "devices", "label": "hedge",
    "start": [at for _, at in starts], "end": [at + 18 for _, at in starts], "source": "own",
}) if MARKS else None
warm = rk.ReadingPane(reviews.head(1))
"""
MEASURE = """async ([pause, moves]) => {
    const panel = window.jupyterapp.shell.currentWidget;
    panel.content.model.cells.get(1).sharedModel.setSource(`pane = rk.ReadingPane(reviews, marks)\\npane`);
    panel.content.activeCellIndex = 1;
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const start = performance.now();
    window.jupyterapp.commands.execute("notebook:run-cell");
    const outputs = panel.content.model.cells.get(1).outputs;
    const failed = () => outputs.toJSON().find((o) => o.output_type === "error");
    while (!panel.node.querySelector(".rk-article .rk-paragraph")) {
        if (failed()) throw new Error(failed().evalue);
        await frame();
    }
    await frame();
    const opened = performance.now() - start;
    const list = panel.node.querySelector(".rk-entries");
    const took = [];
    for (let n = 2; n < 2 + moves; n += 1) {
        await new Promise((done) => setTimeout(done, pause));
        const from = performance.now();
        list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
        const drawn = () => panel.node.querySelector("h3")?.textContent === `Review ${n}`;
        while (!drawn()) await new Promise((done) => setTimeout(done, 1));
        await frame();
        took.push(performance.now() - from);
    }
    return [opened, took];
}"""
CASES = [
    ("1,000 reviews of 200 words", 200, 0, 300),
    ("the same, the key held down", 200, 0, 0),
    ("1,000 reviews of 2,000 words", 2000, 0, 300),
    ("the same with 120 marks in each", 2000, 120, 600),
]


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, "--no-sandbox"])
        try:
            for name, length, marks, pause in CASES:
                page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                row(name, *measured(lab, page, length, marks, pause))
                page.close()
        finally:
            browser.close()
            lab.close()


def measured(lab: Lab, page: Any, length: int, marks: int, pause: int) -> tuple[float, list[float]]:
    """Milliseconds from running the cell to the first review, and from each key to the next one."""
    setup = f"LENGTH, MARKS = {json.dumps(length)}, {json.dumps(marks)}\n{SETUP}"
    lab.open(page, lab.notebook(f"bench-{length}-{marks}-{pause}.ipynb", setup, "1"))
    lab.run(page)
    opened, took = page.evaluate(MEASURE, [pause, 40])
    return opened, took


def row(name: str, opened: float, took: list[float]) -> None:
    """Print one line."""
    p95 = sorted(took)[round(0.95 * len(took)) - 1]
    print(f"{name:<34}  opens {opened:5.0f} ms  next {statistics.median(took):4.0f} ms, p95 {p95:4.0f} ms")


if __name__ == "__main__":
    main()
