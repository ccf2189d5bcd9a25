// The phase diagram over any two parameters: which items exist where, sampled off the borders, with the point.
const COLOURS = [[86, 180, 233], [230, 159, 0], [0, 158, 115], [240, 228, 66], [204, 121, 167], [0, 114, 178], [213, 94, 0], [187, 187, 187]];
// every second class is hatched, and all beyond the colours, so that print and any eye can tell them apart
const hatching = (n) => (n < COLOURS.length ? n % 2 : 1 + (n % 3));
const packed = (c, shade) => (255 << 24) | ((c[2] * shade) << 16) | ((c[1] * shade) << 8) | (c[0] * shade);
const LISTED = 12;

function hatched(kind, x, y, step, line) {
  return ((kind & 1) && (x + y) % step < line) || ((kind & 2) && (x - y + step * 4096) % step < line);
}

function paint(canvas, ids, across, up, styles) {
  const context = canvas.getContext("2d"), w = canvas.width, h = canvas.height;
  const picture = context.createImageData(w, h), pixels = new Uint32Array(picture.data.buffer);
  const line = Math.max(1, Math.round(w / 420)), step = line * 9;
  const column = Uint16Array.from({ length: w }, (_, x) => Math.floor((x * across) / w));
  for (let y = 0; y < h; y++) {
    const row = Math.floor((y * up) / h) * across;
    for (let x = 0; x < w; x++) {
      const style = styles[ids[row + column[x]]];
      if (style) pixels[y * w + x] = hatched(style.kind, x, y, step, line) ? style.dark : style.light;
    }
  }
  context.putImageData(picture, 0, 0);
}

function phaseMap(model, p, go) {
  const byName = Object.fromEntries(model.params.map((q) => [q.name, q]));
  const prefix = model.prefix, words = model.words, several = words.standards.length > 1;
  let axes = [model.axes[0], model.axes[1]], standard = 0, palette = new Map(), kept = null;
  const canvas = make("canvas", { role: "img", tabindex: 0, id: prefix + "diagram" });
  const mark = make("span", { class: "mark", "aria-hidden": "true" });
  const legend = make("ul", { class: "legend" }), more = make("ul", { class: "legend" }), blank = make("p", { class: "soft" });
  const rest = make("details", {}, make("summary", {}, "Smaller regions"), more);
  const xLabel = make("div", { class: "x" }), yLabel = make("div", { class: "y" });
  const ticks = make("div", { "aria-hidden": "true" });

  const selects = [0, 1].map((k) => {
    const id = prefix + "axis" + k;
    const select = make("select", { id, onchange: () => { choose(k, select.value); palette = new Map(); go({}); } });
    for (const q of model.params) select.append(make("option", { value: q.name, selected: q.name === axes[k] }, q.name));
    return make("span", {}, make("label", { for: id }, k ? "up: " : "across: "), select);
  });
  function choose(k, name) {
    if (axes[1 - k] === name) axes[1 - k] = axes[k];
    axes[k] = name;
    selects.forEach((s, j) => { s.querySelector("select").value = axes[j]; });
  }
  if (several) {
    const id = prefix + "standard";
    const select = make("select", { id, onchange: () => { standard = Number(select.value); palette = new Map(); go({}); } },
      ...words.standards.map((name, k) => make("option", { value: k }, name)));
    selects.push(make("span", {}, make("label", { for: id }, "shown: "), select));
  }
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect(), [x, y] = axes.map((a) => byName[a]);
    go({ [x.name]: x.min + ((event.clientX - box.left) / box.width) * (x.max - x.min),
      [y.name]: y.max - ((event.clientY - box.top) / box.height) * (y.max - y.min) });
  });
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 1], ArrowDown: [1, -1] }[event.key];
    if (!move) return;
    event.preventDefault();
    const q = byName[axes[move[0]]];
    go({ [q.name]: Math.min(q.max, Math.max(q.min, p[q.name] + move[1] * (q.max - q.min) / 50)) });
  });

  function sample(across, up) {
    // a class is a set of items; each sample gets the number of its class, and 0 outside the assumptions
    const [x, y] = axes.map((a) => byName[a]), q = { ...p };
    const shown = model.items.filter((item) => !item.edge && item.tests[standard]);
    const tests = shown.map((item) => item.tests[standard]), here = new Uint8Array(tests.length);
    const ids = new Uint16Array(across * up), classes = [null], numbers = new Map(), given = model.given;
    let before = 0;
    for (let j = 0, n = 0; j < up; j++) {
      // off the middle, so that no border of a simple slope is met along its whole length
      q[y.name] = y.max - ((j + 0.618) / up) * (y.max - y.min);
      for (let i = 0; i < across; i++, n++) {
        q[x.name] = x.min + ((i + 0.4142) / across) * (x.max - x.min);
        if (given(q) !== true) continue;
        let same = before > 0;
        for (let k = 0; k < tests.length; k++) {
          const holds = tests[k](q) === true ? 1 : 0;
          if (here[k] !== holds) { here[k] = holds; same = false; }
        }
        if (!same) {
          const key = here.join("");
          before = numbers.get(key);
          if (before === undefined) {
            before = classes.length;
            numbers.set(key, before);
            classes.push({ key, items: shown.filter((_, k) => here[k]), count: 0 });
          }
        }
        ids[n] = before;
        classes[before].count++;
      }
    }
    return { ids, classes, across, up, inside: [...classes.slice(1)].sort((a, b) => b.count - a.count) };
  }

  const GRIDS = [[160, 120], [320, 240], [640, 480]];
  function draw(level) {
    const scale = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.round((canvas.clientWidth || 480) * scale);
    canvas.height = Math.round((canvas.clientHeight || 360) * scale);
    kept = sample(...GRIDS[level]);
    const { classes, inside, across, up } = kept;
    for (const c of inside) if (!palette.has(c.key)) palette.set(c.key, palette.size);
    const styles = classes.map((c) => {
      if (!c) return null;
      const n = palette.get(c.key), colour = COLOURS[n % COLOURS.length];
      return { kind: hatching(n), light: packed(colour, 1), dark: packed(colour, 0.62) };
    });
    paint(canvas, kept.ids, across, up, styles);
    const [x, y] = axes.map((a) => byName[a]);
    mark.style.left = `${100 * (p[x.name] - x.min) / (x.max - x.min)}%`;
    mark.style.top = `${100 * (y.max - p[y.name]) / (y.max - y.min)}%`;
    describe(styles, x, y);
    return across * up;
  }

  const share = (c) => { const part = (100 * c.count) / (kept.across * kept.up); return part < 0.5 ? "under 1 %" : `${Math.round(part)} %`; };
  const named = (c, long) => c.items.map((item) => item.id + (long && item.short ? " " + item.short : "")).join(", ") || words.none;
  function describe(styles, x, y) {
    xLabel.innerHTML = `${x.symbol}${x.meaning ? ` <small>${x.meaning}</small>` : ""}`; yLabel.innerHTML = y.symbol;
    ticks.replaceChildren(...[["left:0;top:100%", x.min], ["right:0;top:100%", x.max], ["right:100%;bottom:0", y.min], ["right:100%;top:0", y.max]]
      .map(([style, v]) => make("span", { class: "tick", style }, number(v))));
    const { inside, classes } = kept;
    const said = inside.slice(0, LISTED).map((c) => `${named(c)}: ${share(c)}`);
    canvas.setAttribute("aria-label", `${words.diagram} over ${x.name} and ${y.name}. ${said.join("; ")}. The arrow keys move the point.`);
    const entries = inside.map((c) => {
      const swatch = make("canvas", { width: 30, height: 20, "aria-hidden": "true" });
      paint(swatch, [0], 1, 1, [styles[classes.indexOf(c)]]);
      return make("li", {}, swatch, make("span", {}, `${named(c, true)}: ${share(c)}`));
    });
    legend.replaceChildren(...entries.slice(0, LISTED));
    more.replaceChildren(...entries.slice(LISTED));
    rest.hidden = entries.length <= LISTED;
    const covered = inside.reduce((sum, c) => sum + c.count, 0);
    const unknown = model.items.filter((item) => item.tests[standard] === null).map((item) => item.id);
    blank.textContent = (covered < kept.across * kept.up ? "Left blank: outside the model's assumptions. " : "")
      + (unknown.length ? `Not settled, and not on the map: ${unknown.join(", ")}.` : "");
  }

  const plot = make("div", { class: "plot" }, make("div", { class: "frame" }, canvas, mark, ticks), xLabel, yLabel);
  const section = make("section", { class: "map", "aria-label": "Phase diagram" }, make("h2", {}, words.diagram), make("div", { class: "axes" }, ...selects), plot);
  return { section, legend: make("div", { class: "legends" }, legend, rest, blank), draw, drawn: () => kept };
}
