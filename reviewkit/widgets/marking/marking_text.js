// The text in which words are chosen and marks are drawn. Every word was cut by Python and knows where it begins
// (`at`) and ends (`e`); a choice is compared with these numbers and never counted out.

/** The open review as text: `{ root, draw, patch, choose, clear, choice, keys, ... }`; `pane.chosen` is called. */
function makeText(pane) {
  const { article } = pane;
  let sheet = null;
  let parts = []; // all pieces with words, in order: { part, n (paragraph), top (its outermost node), sign }
  let words = []; // { at, end, n, parts }
  let wordAt = new Map(); // word's start -> its place among words
  let codes = new Map(); // row -> the node of its code, and what it said
  let choice = null; // { start, end, a, b (first and last word), open }: open while a second click may extend it
  let painted = new Set(); // pieces shown as chosen
  let covers = []; // where covered sentences start
  let quotes = new Map(); // words from start to end, as they are shown
  let cursor = -1;
  let down = null; // the piece under a pressed pointer
  let lifted = null; // the piece where the pointer was let go
  let late = 0;

  function draw(current, marks) {
    sheet = current;
    parts = [];
    words = [];
    wordAt = new Map();
    codes = new Map();
    painted = new Set();
    covers = [];
    quotes = new Map();
    const text = make("div", { class: "rk-text" });
    current.paragraphs.forEach((pieces, n) => {
      const paragraph = drawParagraph(pieces, n);
      for (const part of pieces) {
        const top = drawPiece(pane, part, new Map(), new Map());
        paragraph.append(top);
        if (part.cover != null) covers.push(part.cover);
        if (part.e === undefined) continue; // a cover, or the way back to it
        const entry = { part, n, top, sign: "" };
        parts.push(entry);
        top.rkEntry = entry;
        if (part.kind === "word") addWord(entry);
      }
      text.append(paragraph);
    });
    if (!current.paragraphs.length) text.append(make("p", { class: "rk-quiet", text: "This review has no text." }));
    choice = null;
    cursor = Math.min(Math.max(cursor, 0), words.length - 1);
    patch(marks);
    return text;
  }
  function addWord(entry) {
    const { word, e } = entry.part;
    const at = wordAt.get(word);
    if (at === undefined) {
      wordAt.set(word, words.length);
      words.push({ at: word, end: e, n: entry.n, parts: [entry] });
    } else {
      words[at].parts.push(entry);
      words[at].end = e;
    }
  }
  /** Draw the marks as they are now: only the pieces whose marks have changed are made anew. */
  function patch(marks) {
    const lanes = laneOf(marks);
    const keys = new Map(marks.map((mark) => [mark.row, mark.key]));
    const sorted = [...marks].sort((a, b) => a.start - b.start);
    const ends = new Map();
    let open = [];
    let next = 0;
    for (const entry of parts) {
      const { at, e } = entry.part;
      while (next < sorted.length && sorted[next].start <= at) open.push(sorted[next++]);
      if (open.length) open = open.filter((mark) => mark.end >= e);
      if (!open.length && !entry.sign) continue;
      for (const { row } of open) ends.set(row, entry);
      const sign = open.map(({ row, key }) => `${row}.${key}.${lanes.get(row)}`).join();
      if (sign === entry.sign) continue;
      entry.sign = sign;
      const rows = open.map(({ row }) => row);
      const made = drawPiece(pane, { ...entry.part, rows }, lanes, keys);
      entry.top.replaceWith(made);
      entry.top = made;
      made.rkEntry = entry;
      const piece = inner(entry);
      if (painted.has(entry)) piece.classList.add("rk-chosen");
      if (words[cursor]?.parts.includes(entry)) piece.classList.add("rk-cursor");
    }
    const kept = new Map();
    for (const mark of marks) {
      const last = ends.get(mark.row);
      if (last) kept.set(mark.row, placeCode(mark, last));
    }
    for (const [row, { node }] of codes) if (!kept.has(row)) node.remove();
    codes = kept;
  }
  function placeCode(mark, last) {
    const label = pane.legend.get(mark.key);
    const says = `${label.label}: ${mark.quote}${mark.note ? `, note: ${mark.note}` : ""}`;
    let old = codes.get(mark.row);
    if (old?.key !== mark.key) {
      old?.node.remove();
      old = { key: mark.key, node: drawCode(mark, 0, label, 1), last: null };
    }
    if (old.last !== last.top) last.top.after(old.node);
    old.last = last.top;
    old.node.setAttribute("aria-label", says);
    old.node.classList.toggle("rk-noted", Boolean(mark.note));
    if (mark.state === "kept") delete old.node.dataset.state;
    else old.node.dataset.state = mark.state;
    return old;
  }
  const inner = (entry) => (entry.top.matches(".rk-piece") ? entry.top : entry.top.querySelector(".rk-piece"));

  /** Show which words are chosen. */
  function paint() {
    const now = new Set(choice ? parts.filter(({ part }) => part.at >= choice.start && part.e <= choice.end) : []);
    for (const entry of painted) if (!now.has(entry)) inner(entry).classList.remove("rk-chosen");
    for (const entry of now) if (!painted.has(entry)) inner(entry).classList.add("rk-chosen");
    painted = now;
  }
  function choose(a, b, more = {}) {
    const [first, last] = a <= b ? [a, b] : [b, a];
    const covered = coverBetween(words[first].at, words[last].end);
    if (covered) pane.say("A covered sentence lies between. Uncover it first.");
    if (covered) return choose(b, b, more);
    choice = { a, b, start: words[first].at, end: words[last].end, open: false, whole: false, ...more };
    paint();
    toCursor(b, false);
    pane.chosen(choice);
    return choice;
  }
  const coverBetween = (start, end) => covers.some((cover) => cover >= start && cover < end);
  /** The words from `start` to `end`, as they are shown. */
  function quote(start, end) {
    const key = `${start}.${end}`;
    if (!quotes.has(key)) {
      quotes.set(key, parts.filter(({ part }) => part.at >= start && part.e <= end).map(({ part }) => part.t).join(""));
    }
    return quotes.get(key);
  }
  function clear(quietly = false) {
    down = null;
    if (!choice) return;
    choice = null;
    paint();
    requestAnimationFrame(() => setTimeout(unselect, 0)); // asking for the selection costs a layout: after the frame
    if (!quietly) pane.chosen(null);
  }
  function unselect() {
    const selection = article.ownerDocument.getSelection();
    if (!choice && selection && article.contains(selection.anchorNode)) selection.removeAllRanges();
  }
  /** The whole sentence in which the cursor is. */
  function chooseSentence(unit = unitAt(cursor)) {
    const numbered = words.map((word, n) => [word, n]);
    const inside = numbered.filter(([word]) => word.at >= unit?.start && word.end <= unit?.end);
    if (!inside.length) return null;
    return choose(inside[0][1], inside.at(-1)[1], { start: unit.start, end: unit.end, whole: true });
  }
  const unitAt = (n) => sheet?.units.find(({ start, end }) => words[n] && start <= words[n].at && words[n].at < end);

  function toCursor(n, scroll = true) {
    for (const entry of words[cursor]?.parts ?? []) inner(entry).classList.remove("rk-cursor");
    cursor = n;
    for (const entry of words[n]?.parts ?? []) inner(entry).classList.add("rk-cursor");
    if (scroll && words[n]) follow(inner(words[n].parts[0]));
  }
  function follow(node) {
    const [box, place] = [article.getBoundingClientRect(), node.getBoundingClientRect()];
    if (getComputedStyle(article).overflowY === "visible") return node.scrollIntoView({ block: "nearest" });
    if (place.top < box.top + 12) article.scrollTop -= box.top + 40 - place.top;
    else if (place.bottom > box.bottom - 20) article.scrollTop += place.bottom - box.bottom + 60;
  }
  /** Move the word cursor; with `extend`, the choice grows from where it began. */
  function go(to, extend) {
    if (!words.length) return;
    const n = Math.max(0, Math.min(words.length - 1, to));
    if (extend || choice?.open) choose(choice ? choice.a : cursor, n, { open: choice?.open && !extend });
    else clear();
    toCursor(n);
  }
  function goSentence(by, extend) {
    const { units } = sheet;
    const here = units.indexOf(unitAt(cursor));
    for (let n = here + by; n >= 0 && n < units.length; n += by) {
      const inside = words.findIndex((word) => word.at >= units[n].start && word.end <= units[n].end);
      if (inside < 0) continue; // covered
      return go(extend && by > 0 ? lastIn(units[n]) : inside, extend);
    }
    return go(by < 0 ? 0 : extend ? words.length - 1 : cursor, extend);
  }
  const lastIn = ({ end }) => words.reduce((found, word, n) => (word.end <= end ? n : found), 0);
  const firstIn = ({ start }) => words.findIndex((word) => word.at >= start);
  /** Which way Right leads in this paragraph. */
  const ahead = () => (getComputedStyle(inner(words[cursor].parts[0]).closest("p")).direction === "rtl" ? -1 : 1);

  const moves = {
    ArrowRight: (shift) => go(cursor + ahead(), shift),
    ArrowLeft: (shift) => go(cursor - ahead(), shift),
    ArrowDown: (shift) => goSentence(1, shift),
    ArrowUp: (shift) => goSentence(-1, shift),
    Home: (shift) => unitAt(cursor) && go(firstIn(unitAt(cursor)), shift),
    End: (shift) => unitAt(cursor) && go(lastIn(unitAt(cursor)), shift),
    s: () => chooseSentence(),
    " ": () => chooseSentence(),
    Enter: () => (choice?.open || !choice ? choose(choice ? choice.a : cursor, cursor, { open: !choice }) : clear()),
  };
  /** What the keys of the text do. */
  function keys() {
    if (!words.length) return {};
    return Object.fromEntries(Object.entries(moves).map(([key, does]) => [key, (event) => does(event.shiftKey)]));
  }

  /** A pressed pointer that is let go elsewhere, a native selection, a click, a second click. */
  function pressed(event) {
    if (event.button !== 0 || event.pointerType === "touch") return;
    down = event.target.closest(".rk-piece");
  }
  function released(event) {
    const inside = article.contains(event.target);
    lifted = inside ? event.target.closest(".rk-piece") : null;
    if (!inside && down) {
      down = null;
      selected();
    }
  }
  function clicked(event) {
    if (!words.length || event.target.closest(".rk-code, .rk-cover, .rk-again")) return;
    const up = lifted ?? event.target.closest(".rk-piece");
    const from = down;
    down = lifted = null;
    const dragged = fromSelection() ?? (from && up && from !== up ? [entryOf(from), entryOf(up)] : null);
    if (dragged) return chooseParts(...dragged);
    const n = up ? wordNear(entryOf(up)) : -1;
    if (n < 0) return clear();
    if (event.shiftKey || choice?.open) choose(choice ? choice.a : cursor, n);
    else choose(n, n, { open: true });
  }
  const entryOf = (piece) => {
    let node = piece;
    while (node && !node.rkEntry) node = node.parentElement;
    return node?.rkEntry ?? null;
  };
  /** The place of the word that a piece belongs to, or of the one before a gap. */
  function wordNear(entry) {
    if (!entry) return -1;
    const own = wordAt.get(entry.part.word);
    if (own !== undefined) return own;
    const next = words.findIndex((word) => word.at > entry.part.at);
    return next < 0 ? words.length - 1 : Math.max(0, next - 1);
  }
  /** The first and last piece of the browser's own selection, where it lies in the text. */
  function fromSelection() {
    const selection = article.ownerDocument.getSelection();
    if (!selection || selection.isCollapsed || !article.contains(selection.anchorNode)) return null;
    const range = selection.getRangeAt(0);
    const inside = parts.filter((entry) => touches(range, inner(entry)));
    return inside.length ? [inside[0], inside.at(-1)] : null;
  }
  function touches(range, node) {
    if (!range.intersectsNode(node)) return false;
    const text = node.firstChild;
    if (range.startContainer === text && range.startOffset >= text.length) return false;
    return !(range.endContainer === text && range.endOffset === 0);
  }
  /** From piece to piece, grown to whole words; gaps at the edges are left out. */
  function chooseParts(one, other) {
    if (!one || !other) return;
    const [from, to] = [one, other].sort((a, b) => a.part.at - b.part.at);
    const inside = parts.filter(({ part }) => part.at >= from.part.at && part.at <= to.part.at && part.kind !== "gap");
    if (!inside.length) return;
    const [a, b] = [wordNear(inside[0]), wordNear(inside.at(-1))];
    const first = inside[0].part.kind === "word" ? words[a].at : inside[0].part.at;
    const last = inside.at(-1).part.kind === "word" ? words[b].end : inside.at(-1).part.e;
    if (coverBetween(first, last)) choose(a, a);
    else choose(a, b, { start: first, end: last });
  }
  /** Words selected by a long press: the browser says no more than that its selection has changed. */
  function selected() {
    clearTimeout(late);
    if (down || !article.isConnected) return;
    late = setTimeout(() => {
      const found = down ? null : fromSelection();
      if (found && !same(found)) chooseParts(...found);
    }, 350);
  }
  const same = ([one, other]) => choice && one.part.at >= choice.start && other.part.e <= choice.end;

  article.addEventListener("pointerdown", pressed);
  article.addEventListener("click", clicked);
  document.addEventListener("pointerup", released);
  document.addEventListener("selectionchange", selected);
  return {
    draw,
    patch,
    choose,
    clear,
    keys,
    toCursor,
    unitAt: () => unitAt(cursor),
    choice: () => choice,
    words: () => words,
    quote,
    isCovered: coverBetween,
    paragraphOf: (start) => article.querySelectorAll(".rk-paragraph")[parts.find(({ part }) => part.e > start)?.n ?? 0],
    /** Put the cursor on the first word of these. */
    cursorTo(start) {
      const n = words.findIndex((word) => word.end > start);
      if (n >= 0) toCursor(n);
    },
    end: () => {
      clearTimeout(late);
      document.removeEventListener("pointerup", released);
      document.removeEventListener("selectionchange", selected);
    },
  };
}
