"""How soon is a mark seen, and how soon kept? In Chromium and JupyterLab, on 2,000 words with 120 marks.

    PYTHONPATH=. python benchmarks/marking.py

From the key to the frame after it, and to *kept*, over 100 marks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browser.lab import FLAGS, Lab, chromium  # type: ignore[import-not-found]
from playwright.sync_api import sync_playwright

SETUP = """
import pandas as pd, random, reviewkit as rk
from types import SimpleNamespace
from reviewkit.marks.events import make
from reviewkit.marks.store import Store
from reviewkit.marks.who import pseudonym
dice = random.Random(5)
said = "perhaps the film keeps its distance and so did I until the end 👩‍👧 when nobody ran".split()
sentence = lambda: " ".join(dice.choices(said, k=14)).capitalize() + "."
text = "\\n\\n".join(" ".join(sentence() for _ in range(dice.randint(4, 11))) for _ in range(20))
while len(text.split()) < 2000:
    text += " " + sentence()
edges = [0] + [n for n, c in enumerate(text) if c == " "]
def mark():
    at = dice.randrange(len(edges) - 9)
    start, end = edges[at] + 1, edges[at + dice.randint(1, 8)]
    return make(text=text, who=pseudonym(), corpus="bench", review_id="bench-01", layer="devices",
                label=dice.choice(["hedge", "booster", "grounds", "voices"]), start=start, end=end)
Store().add([mark() for _ in range(120)])
reviews = pd.DataFrame({"review_id": ["bench-01"], "text": [text]})
pane = rk.MarkingPane(SimpleNamespace(reviews=reviews, name="bench"), veil="off")
print(len(text.split()), "words", len(pane.marks), "marks")
"""

MEASURE = """async () => {
    const root = document.querySelector(".rk-pane");
    const article = root.querySelector(".rk-article");
    const state = root.querySelector(".rk-kept");
    const channel = new MessageChannel();
    const frame = () => new Promise((done) => requestAnimationFrame(() => {
        channel.port1.onmessage = () => done(performance.now());
        channel.port2.postMessage(0);
    }));
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    const press = (key, shiftKey = false) => {
        const options = { key, shiftKey, bubbles: true, cancelable: true };
        article.dispatchEvent(new KeyboardEvent("keydown", options));
    };
    const kept = () => state.dataset.state === "kept";
    const [empty, worked, painted, saved] = [[], [], [], []];
    article.focus();
    for (let n = 0; n < 100; n += 1) {
        for (let k = 0; k < 1 + (n * 7) % 13; k += 1) press("ArrowRight");
        press("ArrowDown");
        press("ArrowRight", true);
        press("ArrowRight", true);
        await frame();
        await wait(30 + (n * 37) % 50);
        const before = performance.now();
        empty.push(await frame() - before);
        await wait(20 + (n * 53) % 40);
        const change = new Promise((done) => {
            const seen = new MutationObserver(() => kept() && (seen.disconnect(), done(performance.now())));
            seen.observe(state, { attributes: true, childList: true });
        });
        const from = performance.now();
        press(String(1 + n % 7));
        worked.push(performance.now() - from);
        painted.push(await frame() - from);
        saved.push(await change - from);
    }
    return [empty, worked, painted, saved];
}"""


def main() -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        try:
            args = [*FLAGS, "--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=chromium(), args=args)
            page = browser.new_page(viewport={"width": 1600, "height": 1000})
            lab.open(page, lab.notebook("bench.ipynb", SETUP, "pane"))
            lab.run(page)
            page.locator(".rk-row").first.wait_for()
            print("review:", json.dumps(lab.cells(page)[0]["outputs"][0]["text"]))
            figures = page.evaluate(MEASURE)
            browser.close()
        finally:
            lab.close()
    aims = ("", "", "(median under 20, 95th percentile under 50)", "(under 100)")
    for name, times, aim in zip(
        ("a frame in which nothing is marked", "script", "painted", "kept"), figures, aims, strict=True
    ):
        times.sort()
        shown = f"median {times[50]:.1f} ms, 95th percentile {times[94]:.1f} ms, most {times[-1]:.0f} ms"
        print(f"{name}: {shown} {aim}")


if __name__ == "__main__":
    main()
