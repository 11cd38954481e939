// The strip over the text: labels, what they mean, what to do now; how things stand with what was marked; and the
// verdicts on the whole review.

const KEYS = [
  ["← → ↑ ↓", "go by word and by sentence; with Shift, choose"],
  ["s or Space", "choose the whole sentence"],
  ["Enter", "begin to choose at this word; again: end there"],
  ["1 to 9, 0", "give the label with this number; without a choice, to the sentence"],
  ["m, Shift+M", "next and previous mark"],
  ["e", "change the mark: label, words, note"],
  ["[ ] { }", "its first word one back, last one on; first on, last back"],
  ["Delete", "delete the mark"],
  ["u, Shift+U", "undo, redo"],
  ["l", "text, or plain list of sentences"],
  ["n or j, p or k", "next and previous review"],
  ["/", "search the reviews"],
  ["Esc", "let go of what is chosen"],
  ["?", "show or hide these keys"],
];
const COVERS = ".rk-cover, .rk-again";
const coverAt = ({ dataset }) =>
  dataset.cover == null ? [Number(dataset.again), false] : [Number(dataset.cover), true];

/** Long words without their middle. */
const short = (words) => {
  const parts = words.trim().split(" ");
  return parts.length > 14 ? `${parts.slice(0, 7).join(" ")} … ${parts.slice(-5).join(" ")}` : words;
};

/** A label as a button, with its digit; `on` where the words have it already. */
function drawGive(pane, label, n, on, click) {
  return make(
    "button",
    {
      type: "button",
      class: "rk-label rk-give",
      "data-key": label.key,
      "aria-pressed": on === null ? null : String(on),
      title: label.means || null,
      style: `--rk-sign: var(--rk-mark-${label.hue})`,
      click,
    },
    n < 10 ? make("span", { class: "rk-digit", "aria-hidden": "true", text: (n + 1) % 10 }) : null,
    make("span", { class: "rk-mark", style: signOf(label), text: label.label }),
  );
}

/** Labels, their meanings, the line that says what to do, and the signs of what is kept. */
function makeTools(pane, desk) {
  const palette = make("div", { class: "rk-palette", role: "group", "aria-label": "Labels" });
  const line = make("p", { class: "rk-prompt" });
  const choosing = make("div", { class: "rk-choosing" }, palette, line);
  const meanings = make("dl", { class: "rk-meanings rk-keys", hidden: true, id: `${pane.uid}-means` });
  const meaning = makeButton("What do they mean?", "What do the labels mean?", () => {
    meanings.hidden = !meanings.hidden;
    meaning.setAttribute("aria-expanded", String(!meanings.hidden));
  });
  const state = make("span", { class: "rk-kept" });
  const alarm = make("div", { class: "rk-alarm", role: "alert" });
  meaning.setAttribute("aria-expanded", "false");
  meaning.setAttribute("aria-controls", meanings.id);

  function paint() {
    const labels = pane.labels(pane.layer());
    palette.setAttribute("aria-label", `Labels: ${pane.layer()}`);
    palette.replaceChildren(...labels.map((label, n) => drawGive(pane, label, n, null, () => pane.given(label))));
    meanings.replaceChildren(
      ...labels.flatMap(({ label, means }) => [
        make("dt", { text: label }),
        make("dd", { text: means || "a tag of your own" }),
      ]),
    );
  }
  /** What to do now. */
  function prompt(choice) {
    palette.dataset.ready = String(Boolean(choice));
    pane.seat(choosing, choice);
    if (!choice) {
      const byKey = pane.article.matches(":focus-visible");
      const words = byKey
        ? "Arrows go by word and sentence, Shift chooses; a number labels the whole sentence."
        : matchMedia("(pointer: coarse)").matches
          ? "Tap the first word and then the last."
          : pane.labels(pane.layer()).every(({ alone }) => alone)
            ? "Click in a sentence and press the figure of its label. For a part of it, drag over words."
            : "Drag over words, or click the first and then the last.";
      line.replaceChildren(words);
      return;
    }
    const words = pane.short(pane.quote(choice.start, choice.end));
    const moving = pane.moving();
    const place = { start: choice.start, end: choice.end };
    line.replaceChildren(
      make("bdi", { class: "rk-choice", text: `“${words}”` }),
      choice.open ? " Click the last word, or choose a label." : " Choose a label.",
      makeButton("Let go", "Let go of these words", () => pane.letGo()),
      ...(moving ? [makeButton("Move the mark here", null, () => pane.change(moving, place, "words"))] : []),
    );
    if (!choice.open) pane.say(`Chosen: ${words}`, 500);
  }
  /** The meaning of the label that is pointed at. */
  function explain(event) {
    const label = pane.legend.get(Number(event.target.closest(".rk-give")?.dataset.key ?? -1));
    if (!label?.means || pane.choice()) return;
    line.replaceChildren(make("b", { text: label.label }), `: ${label.means}`);
  }
  const done = () => pane.choice() || prompt(null);
  function paintState([undo, redo]) {
    const n = desk.count();
    const waits = desk.late() || desk.trouble();
    const [can, again] = desk.can();
    undo.setAttribute("aria-disabled", String(!can));
    redo.setAttribute("aria-disabled", String(!again));
    state.dataset.state = !n ? "kept" : waits ? "waiting" : "saving";
    state.textContent = n ? (waits ? `${n} not kept yet` : "saving …") : desk.marks.size ? "all kept" : "";
    const why = desk.trouble() || (desk.late() ? "Python does not answer: it is busy, or has stopped." : "");
    const held = desk.unheld()
      ? "Do not close this page."
      : "Until then this browser holds your marks, and tries again by itself.";
    const words = n && why ? `${why} ${held}` : why;
    if (alarm.textContent !== words) alarm.textContent = words;
  }
  for (const type of ["mouseover", "focusin"]) palette.addEventListener(type, explain);
  // Nothing changes when the focus goes, or comes by a click: what is being pressed must not move away.
  palette.addEventListener("mouseleave", done);
  pane.article.addEventListener("focus", () => pane.article.matches(":focus-visible") && done());
  return { choosing, meanings, meaning, state, alarm, paint, prompt, paintState };
}

/** What the reader says of the whole review: three choices. */
function makeVerdicts(pane, desk) {
  const root = make("div", { class: "rk-verdicts", role: "group", "aria-label": "Your verdict on this review" });
  let sign = "";

  function paint(review) {
    const given = desk.here(review, "verdict").map((each) => ({ ...each, state: desk.stateOf(each.mark) }));
    const said = new Map(given.map((each) => [each.layer, each]));
    const now = JSON.stringify([review, [...said.values()].map((v) => [v.layer, v.label, v.state])]);
    if (sign === now) return;
    sign = now;
    const active = root.ownerDocument.activeElement;
    const focus = root.contains(active) ? active.getAttribute("aria-label") : null;
    const fields = Object.entries(desk.about.verdicts).map(([name, labels]) => {
      const options = [["", "not said"], ...labels.map((each) => [each, each])];
      const select = makeSelect(`Verdict: ${name}`, options, said.get(name)?.label, (label) => judge(name, label));
      const state = said.get(name)?.state;
      const told = make("span", { class: `rk-state rk-state-${state} rk-quiet`, text: STATES[state] ?? "" });
      return make("div", { class: "rk-verdict" }, makeField(name, select), told);
    });
    const title = make("h4", { class: "rk-marks-title", text: "Your verdict on this review" });
    root.hidden = !fields.length; // a lesson on sentences asks nothing of the whole review
    root.replaceChildren(title, make("div", { class: "rk-verdict-all" }, ...fields));
    if (focus) root.querySelector(`[aria-label="${focus}"]`)?.focus({ preventScroll: true });
  }
  function judge(name, label) {
    const mark = pane.verdictId(name);
    if (!label && desk.marks.get(mark)?.what !== "set") return;
    desk.act([[mark, label ? { ...pane.verdictPlace(name), label } : null]], `verdict on ${name}`);
  }
  return { root, paint };
}

/** Marks whose words are not in the review any more. */
function drawLost(lost) {
  if (!lost.length) return null;
  const items = lost.map(({ label, quote, why }) =>
    make("li", {}, make("b", { text: label }), " ", make("bdi", { text: `“${quote}”` }), ` ${why}`),
  );
  const title = `${plural(lost.length, "mark")} could not be placed`;
  return make("details", { class: "rk-lost" }, make("summary", { text: title }), make("ul", {}, ...items));
}
