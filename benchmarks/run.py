"""How fast, as ratios measured in one run: `python3 start.py bench`.

vaderSentiment, scoring the same sentences in the same process, is the yardstick, so the figures can be
compared between machines. Each ratio is the median of several rounds, the two sides taking turns.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import reviewkit as rk
from reviewkit import _paths
from reviewkit.readings import READINGS

OURS = _paths.data() / "never-let-me-go" / "page.txt"

FIRST_PAGE = f"import reviewkit as rk; rk.sentences(rk.read_page({str(OURS)!r}).reviews)"


def main() -> None:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        rows = [
            *speed(work),
            *growth(work),
            ("import reviewkit", f"{fresh('import reviewkit', work)['seconds']:.2f} s", "under 1 s"),
            (
                "import, and a first page read",
                f"{fresh(FIRST_PAGE, work)['seconds']:.2f} s",
                "in a new process",
            ),
            ("a page of thirty reviews", f"{1000 * small():.0f} ms", "under 150 ms"),
            ("rk.load, pandas imported", f"{1000 * opening():.0f} ms", "under 300 ms"),
            *readings(),
            (
                "a reading pane on 1,000 reviews",
                f"{1000 * pane(work):.0f} ms",
                "in Python, before it is drawn",
            ),
        ]
    width = max(len(row[0]) for row in rows)
    for name, figure, aim in rows:
        print(f"{name:<{width}}  {figure:>14}  ({aim})")


def pages(work: Path, size: int) -> Path:
    """A file of about `size` bytes: our page again and again, a word changed each time."""
    page = OURS.read_text(encoding="utf-8")
    copies = size // len(page.encode()) + 1
    path = work / f"pages-{size}.txt"
    copied = "\n".join(page.replace(" the ", f" the{i} ") for i in range(copies))
    path.write_text(copied, encoding="utf-8")
    return path


def speed(work: Path) -> list[tuple[str, str, str]]:
    """From page to reviews, report and sentences, against VADER on those sentences."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores
    path = pages(work, 800_000)
    read_all(path)
    texts = rk.sentences(rk.read_page(path).reviews)["text"].tolist()
    ratios = []
    for _ in range(5):
        ours = timed(lambda: read_all(path))
        theirs = timed(lambda: [score(text) for text in texts])
        ratios.append(ours / theirs)
    name = f"page to tables / VADER, {len(texts):,} sentences"
    return [
        (
            name,
            f"{statistics.median(ratios):.2f}",
            f"at most 0.50, aim 0.25; {min(ratios):.2f} to {max(ratios):.2f}",
        )
    ]


def growth(work: Path) -> list[tuple[str, str, str]]:
    """Time and memory for 20 MB, against 2 MB, each in a process of its own."""
    code = "import reviewkit as rk; from reviewkit import tables, pages, people; import nupunkt"
    base = fresh(code, work)
    figures = {}
    for size in (2_000_000, 20_000_000):
        path = pages(work, size)
        work_code = f"{code}\npage = rk.read_page({str(path)!r}); rk.sentences(page.reviews); page.report"
        figures[size] = fresh(work_code, work), path.stat().st_size
    (small, small_size), (large, large_size) = figures.values()
    times = (large["seconds"] - base["seconds"]) / (small["seconds"] - base["seconds"])
    memory = (large["peak"] - base["peak"]) / large_size
    return [
        ("time for 20 MB / time for 2 MB", f"{times:.1f}", f"linear is {large_size / small_size:.1f}"),
        ("memory for 20 MB above the import / file", f"{memory:.1f}", "under 12"),
    ]


def small() -> float:
    """Seconds to read the shipped page, sentences included, once everything is imported."""
    read_all(OURS)
    return statistics.median(timed(lambda: read_all(OURS)) for _ in range(9))


def opening() -> float:
    """Seconds to open the shipped corpus, its table of reviews included."""
    return statistics.median(timed(lambda: rk.load("never-let-me-go").reviews) for _ in range(9))


def readings() -> list[tuple[str, str, str]]:
    """Each reading, and all together, against vaderSentiment on the same ten thousand sentences."""
    corpus = rk.load("never-let-me-go")
    score = SentimentIntensityAnalyzer().polarity_scores
    for layer in READINGS:
        rk.read(corpus, layer)  # compiles the rules
    ratios: dict[str, list[float]] = {layer: [] for layer in (*READINGS, "all")}
    for number in range(5):
        reviews = varied(corpus.page.reviews, range(100 + 17 * number, 117 + 17 * number))
        sentences = rk.sentences(reviews)["text"].tolist()
        yardstick = timed(partial(list, map(score, sentences)))
        for layer in READINGS:
            taken = timed(partial(rk.read, reviews, layer, work=corpus.work))
            ratios[layer].append(taken / yardstick)
        ratios["all"].append(sum(ratios[layer][-1] for layer in READINGS))
    aims = {
        layer: f"of VADER's time, {len(sentences):,} sentences; {min(each):.1f} to {max(each):.1f}"
        for layer, each in ratios.items()
    }
    aims["all"] = f"of VADER's time; aim 2, at most 4; {min(ratios['all']):.1f} to {max(ratios['all']):.1f}"
    names = {layer: "all readings" if layer == "all" else f"reading {layer}" for layer in ratios}
    return [(names[layer], f"{statistics.median(each):.1f}", aims[layer]) for layer, each in ratios.items()]


def varied(reviews: pd.DataFrame, copies: range) -> pd.DataFrame:
    """Reviews again and again, sentences ending on their copy's number, so that no copy's results can be kept
    for the next."""
    ends = re.compile(r"(?<=\w)(?=[.!?]+(?:\s|$))")
    made = [
        reviews.assign(
            review_id=reviews["review_id"] + f"-{copy}",
            text=[ends.sub(f" {copy}", text) for text in reviews["text"]],
        )
        for copy in copies
    ]
    return pd.concat(made, ignore_index=True)


def pane(work: Path) -> float:
    """Seconds to make a pane on a thousand reviews."""
    reviews = rk.read_page(pages(work, 2_000_000)).reviews.head(1000)
    return statistics.median(timed(lambda: rk.ReadingPane(reviews)) for _ in range(3))


def read_all(path: Path) -> None:
    """The whole way from page to tables."""
    page = rk.read_page(path)
    rk.sentences(page.reviews)


def timed(call: Callable[[], object]) -> float:
    """Processor seconds that a call takes: other programs on the machine do not count."""
    start = time.process_time()
    call()
    return time.process_time() - start


def fresh(code: str, work: Path) -> dict[str, float]:
    """Run code in a new process; give its processor seconds and its peak memory in bytes."""
    ending = (
        "\nimport json, time, sys\n"
        "try:\n    import resource; peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    peak *= 1 if sys.platform == 'darwin' else 1024\n"
        "except ImportError:\n    peak = float('nan')\n"
        "print(json.dumps({'seconds': time.process_time(), 'peak': peak}))"
    )
    home = os.environ | {"REVIEWKIT_HOME": str(work)}
    program = code + ending
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=home
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
