// The figures of a class: agreement with intervals, matrices, who is there. It stands behind pane.js and before
// together_pane.js. Python computes; every number that is drawn here is a button that opens its sentences.

const figure = (value, digits = 2) => (value == null ? "–" : value.toFixed(digits));
const MEASURES = {
  raw: "pairs that agree",
  kappa: "kappa",
  alpha: "alpha",
  F1: "F1, same words",
  "F1 overlapping": "F1, overlapping",
  "F1 code points": "F1, code points",
};

/** Agreement on one layer: a row for each figure, its interval in numbers and drawn; `open(row)` opens it. */
function drawFigures(figures, open) {
  const rows = figures.rows ?? [];
  const least = Math.min(0, ...rows.flatMap((row) => [row.value ?? 0, row.low ?? 0]));
  const share = (value) => `${((100 * (value - least)) / (1 - least)).toFixed(2)}%`;
  const cells = rows.map((row, n) => {
    const whole = row.label === "all";
    const sure = row.low == null ? "no interval" : `${figure(row.low)} to ${figure(row.high)}`;
    const line = make("div", { class: "rk-line", "aria-hidden": "true" });
    if (row.low != null)
      line.append(
        make("span", { class: "rk-span", style: `left: ${share(row.low)}; right: calc(100% - ${share(row.high)})` }),
      );
    if (row.value != null) line.append(make("span", { class: "rk-dot", style: `left: ${share(row.value)}` }));
    const name = whole ? "as a whole" : row.text;
    const button = make(
      "button",
      {
        type: "button",
        class: "rk-open",
        "data-figure": n,
        "aria-label": `${name}: the sentences that divide`,
        click: () => open(row),
      },
      make("bdi", { text: name }),
    );
    const repeated = whole && n > 0 && rows[n - 1].label === "all";
    return make(
      "tr",
      { class: whole ? "rk-whole" : "" },
      make("th", { scope: "row" }, repeated ? make("span", { class: "rk-said", text: name }) : button),
      make("td", { class: "rk-measure", text: MEASURES[row.measure] ?? row.measure }),
      make("td", { class: "rk-number rk-value", text: figure(row.value) }),
      make("td", { class: "rk-number rk-sure", text: sure }),
      make("td", { class: "rk-drawn" }, line),
      make("td", { class: "rk-number", text: row.n.toLocaleString("en") }),
    );
  });
  const unit = rows[0]?.unit ?? "sentences";
  const heads = [
    "Label",
    "Measure",
    "Value",
    "95 % interval",
    null,
    unit === "passages" ? "Passages" : `${unit[0].toUpperCase()}${unit.slice(1)}, or times given`,
  ];
  const head = heads.map((text, n) => {
    if (text === null) return make("td", { class: "rk-drawn" });
    return make("th", { scope: "col", class: n === 2 || n === 3 || n === 5 ? "rk-number" : null, text });
  });
  if (!rows.length)
    return make("p", { class: "rk-quiet rk-nothing", text: "Nothing here was labelled by two or more people." });
  return make(
    "table",
    { class: "rk-figures" },
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...cells),
  );
}

/** The other layers at a glance, each as a whole; `go(name)` asks for one. */
function drawOthers(rows, now, go) {
  const others = rows.filter(({ name }) => name !== now);
  if (!others.length) return make("div", { hidden: true });
  const cells = others.map(({ name, text, measure, value, low, high, n, unit }) =>
    make(
      "tr",
      {},
      make(
        "th",
        { scope: "row" },
        make(
          "button",
          { type: "button", class: "rk-open", "data-focus": `layer ${name}`, click: () => go(name) },
          make("bdi", { text }),
        ),
      ),
      make("td", { text: MEASURES[measure] ?? measure }),
      make("td", { class: "rk-number", text: figure(value) }),
      make("td", {
        class: "rk-number rk-sure",
        text: low == null ? "no interval" : `${figure(low)} to ${figure(high)}`,
      }),
      make("td", { class: "rk-number rk-quiet", text: `${n.toLocaleString("en")} ${unit}` }),
    ),
  );
  const heads = ["Layer", "Measure", "Value", "95 % interval", "Of"];
  const head = heads.map((text, n) => make("th", { scope: "col", class: n > 1 ? "rk-number" : null, text }));
  const table = make(
    "table",
    { class: "rk-figures" },
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...cells),
  );
  return make("div", { class: "rk-others" }, make("h4", { text: "The other layers" }), table);
}

/** A matrix whose cells open: one stop for the Tab key, arrows within. `open(first, second)` opens a cell. */
function drawMatrix(matrix, open) {
  const { rows, columns, keys, cells, of } = matrix;
  const told = (cell) => (of === "labels" ? cell.n.toLocaleString("en") : figure(cell.v));
  const named = (a, b, cell) => {
    if (of === "people") return `${rows[a]} and ${columns[b]}: ${cell.v == null ? "nothing in common" : told(cell)}`;
    const sides = matrix.between.length ? [` by ${matrix.between[0]}`, ` by ${matrix.between[1]}`] : ["", ""];
    return `${rows[a]}${sides[0]}, ${columns[b]}${sides[1]}: ${cell.n}`;
  };
  const body = cells.map((row, a) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, make("bdi", { text: rows[a] })),
      ...row.map((cell, b) => {
        if (!cell) return make("td", { class: "rk-empty" });
        if (cell.n === 0 || (of === "people" && cell.v == null))
          return make("td", { class: "rk-zero", text: of === "labels" ? "·" : "–" });
        const label = named(a, b, cell);
        const button = make("button", {
          type: "button",
          class: of === "labels" && a === b ? "rk-cell rk-same" : "rk-cell",
          tabindex: -1,
          "data-cell": `${a} ${b}`,
          "aria-label": label,
          title: label,
          style: `--rk-dark: ${(6 + 44 * cell.shade).toFixed(0)}%`,
          text: told(cell),
          click: () => open(keys[a], keys[b]),
        });
        return make("td", { class: a === b ? "rk-diagonal" : null }, button);
      }),
    ),
  );
  const head = columns.map((text) => make("th", { scope: "col" }, make("bdi", { class: "rk-upright", text })));
  const table = make(
    "table",
    { class: `rk-matrix rk-of-${of}` },
    make("thead", {}, make("tr", {}, make("td", {}), ...head)),
    make("tbody", {}, ...body),
  );
  oneStop(table, ".rk-cell");
  return table;
}

/** From cell to cell of a matrix, over those that are empty. */
function crossMatrix(table, from, down, right) {
  const [a, b] = from.dataset.cell.split(" ").map(Number);
  const cells = [...table.querySelectorAll(".rk-cell")].map((node) => [
    node,
    ...node.dataset.cell.split(" ").map(Number),
  ]);
  const ahead = cells
    .filter(([, y, x]) => (down ? x === b && (y - a) * down > 0 : y === a && (x - b) * right > 0))
    .sort(
      (one, other) => Math.abs(one[1] - a) + Math.abs(one[2] - b) - Math.abs(other[1] - a) - Math.abs(other[2] - b),
    );
  if (!ahead.length) return;
  oneStop(table, ".rk-cell", ahead[0][0]);
  ahead[0][0].focus();
}

/** Who is there, with what; which files were refused, and why. */
function drawPeople(page) {
  const heads = ["Who", "Marks", "Reviews", "Verdicts", "Not placed", "Layers"];
  const rows = page.people.map((each) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, make("bdi", { text: each.source })),
      ...[each.marks, each.reviews, each.verdicts, each.lost].map((n) =>
        make("td", { class: "rk-number", text: n.toLocaleString("en") }),
      ),
      make("td", { text: each.layers.join(", ") }),
    ),
  );
  const head = heads.map((text, n) => make("th", { scope: "col", class: n && n < 5 ? "rk-number" : null, text }));
  const table = make(
    "table",
    { class: "rk-there" },
    make("thead", {}, make("tr", {}, ...head)),
    make("tbody", {}, ...rows),
  );
  const lost = page.people.reduce((sum, each) => sum + each.lost, 0);
  const said = [];
  if (lost)
    said.push(
      `${plural(lost, "mark")} quote words that are not in these reviews any more; they count for nothing here.`,
    );
  return [
    drawRefused(page),
    table,
    ...said.concat(page.notes).map((text) => make("p", { class: "rk-note", text })),
  ].filter(Boolean);
}

function drawRefused(page) {
  if (!page.refused.length) return null;
  return make(
    "div",
    { class: "rk-refused" },
    make("h4", { text: `Refused: ${plural(page.refused.length, "file")}` }),
    make(
      "ul",
      {},
      ...page.refused.map(({ file, why }) => make("li", {}, make("b", {}, make("bdi", { text: file })), ` ${why}`)),
    ),
  );
}
