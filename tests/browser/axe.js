// Put into a page beside axe-core: what axe finds, and the contrasts that it cannot decide, measured on the screen.
// axe gives up where there is a gradient, a mark behind the words, or one letter only.

window.checks = {
  /** What axe finds wrong, what it is unsure of, and the contrasts that are open; of equal letters on equal ground one. */
  async run(root) {
    const run = await axe.run({ include: [[root]] }, { resultTypes: ["violations", "incomplete"] });
    const say = (rule, node) => `${rule.id}: ${node.html.slice(0, 160)} | ${node.failureSummary ?? ""}`;
    const all = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => [rule, node]));
    const forced = matchMedia("(forced-colors: active)").matches;
    const nameOf = (node) => `${node.className?.baseVal ?? node.className} ${node.getAttribute("style")}`;
    const behind = (node) => (node ? `${nameOf(node)} < ${behind(node.parentElement)}` : "");
    const open = [];
    const unsure = [];
    const known = new Set();
    for (const [rule, node] of all(run.incomplete)) {
      if (rule.id === "heading-order") continue; // the heading before our first is the notebook's, out of sight or not
      const [selector] = node.target;
      const element = rule.id === "color-contrast" && !forced && document.querySelector(selector);
      if (!element) {
        unsure.push(say(rule, node));
        continue;
      }
      const { fill, color, fontSize, fontWeight } = getComputedStyle(element);
      const colour = element instanceof SVGElement ? fill : color;
      const same = [element.tagName, colour, fontSize, fontWeight, behind(element)].join("|");
      if (known.has(same)) continue;
      known.add(same);
      const size = Number.parseFloat(fontSize);
      open.push({ selector, colour, says: say(rule, node), large: size >= (fontWeight >= 700 ? 18.66 : 24) });
    }
    return { wrong: all(run.violations).map(([rule, node]) => say(rule, node)), unsure, open };
  },

  /** Where the letters of an element are seen, and how opaque; null where they are not. */
  place(element) {
    element.scrollIntoView({ block: "center", inline: "nearest" });
    const range = document.createRange();
    range.selectNodeContents(element);
    const rects = [...range.getClientRects(), element.getBoundingClientRect()];
    const box = rects.find(({ width, height }) => width >= 1 && height >= 1);
    if (!box) return null;
    const x = Math.max(0, box.left);
    const y = Math.max(0, box.top);
    const clip = { x, y, width: Math.min(innerWidth, box.right) - x, height: Math.min(innerHeight, box.bottom) - y };
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    return clip.width >= 1 && clip.height >= 1 ? { clip, opacity } : null;
  },

  /** The least contrast of a colour with those that fill a fifth or more of a picture (PNG, base64). */
  async least([picture, colour, opacity]) {
    const png = Uint8Array.from(atob(picture), (byte) => byte.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    const grounds = new Map();
    for (let n = 0; n < data.length; n += 4) {
      const ground = `${data[n]},${data[n + 1]},${data[n + 2]}`;
      grounds.set(ground, (grounds.get(ground) ?? 0) + 4 / data.length);
    }
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const share = (alpha / 255) * opacity;
    const wide = [...grounds].filter(([, part]) => part >= 0.2);
    const contrasts = wide.map(([ground]) => {
      const under = ground.split(",").map(Number);
      const over = [red, green, blue].map((part, n) => part * share + under[n] * (1 - share));
      const [low, high] = [light(over), light(under)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    });
    return contrasts.length ? Math.min(...contrasts) : null;
  },
};
