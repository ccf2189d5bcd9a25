// The explorer of one model: sliders, a phase diagram over any two parameters, what exists at the point, claims.
// Knows nothing of any model: conditions, probabilities and payoffs come as functions of the parameters.
"use strict";
const sign = (v) => (Math.abs(v) < 1e-9 ? 0 : Math.sign(v));
const COLOURS = ["#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#0072B2", "#D55E00", "#BBBBBB"];
const number = (v) => (Number.isFinite(v) ? String(Number(v.toPrecision(4))) : "undefined");
const attempt = (f, p) => { try { return f(p); } catch { return NaN; } };

function make(tag, attributes = {}, ...children) {
  const found = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") found.innerHTML = value;
    else if (name.startsWith("on")) found.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) found.setAttribute(name, value === true ? "" : value);
  }
  found.append(...children);
  return found;
}

function hatch(context, kind, x, y, w, h) {
  // classes beyond the colours, and every second one, are hatched, so that print and any eye can tell them apart
  if (!kind) return;
  context.save();
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  context.strokeStyle = "rgba(0,0,0,.45)";
  context.lineWidth = 1;
  context.beginPath();
  const step = 7;
  for (let k = -h; k < w + h; k += step) {
    if (kind & 1) { context.moveTo(x + k, y + h); context.lineTo(x + k + h, y); }
    if (kind & 2) { context.moveTo(x + k, y); context.lineTo(x + k + h, y + h); }
  }
  context.stroke();
  context.restore();
}

function explore(root, model) {
  const p = Object.fromEntries(model.params.map((q) => [q.name, q.value]));
  const prefix = model.name + "-";
  const generic = model.items.map((item, i) => i).filter((i) => model.items[i].generic);
  const controls = new Map();
  let axes = [model.axes[0], model.axes[1]];
  const byName = Object.fromEntries(model.params.map((q) => [q.name, q]));

  // -- sliders
  const sliders = make("section", { "aria-label": "Parameters" }, make("h2", {}, "Parameters"));
  for (const q of model.params) {
    const id = prefix + q.name;
    const output = make("output", { for: id, id: id + "-value" }, number(q.value));
    const input = make("input", {
      type: "range", id, min: q.min, max: q.max, step: q.step, value: q.value,
      oninput: () => { p[q.name] = Number(input.value); output.value = number(p[q.name]); schedule(); },
    });
    const label = make("label", { for: id, html: q.symbol + (q.meaning ? ` <span class="meaning">${q.meaning}</span>` : "") });
    sliders.append(make("div", { class: "slider" }, label, output, input));
    controls.set(q.name, { input, output });
  }
  const reset = make("button", { type: "button", onclick: () => go(Object.fromEntries(model.params.map((q) => [q.name, q.value]))) }, "Back to the example");
  sliders.append(reset);

  // -- the diagram
  const canvas = make("canvas", { width: 640, height: 480, role: "img", tabindex: 0, id: prefix + "diagram" });
  const context = canvas.getContext("2d");
  const legend = make("ul", { class: "legend" });
  const xLabel = make("div", { class: "x" }), yLabel = make("div", { class: "y" });
  const ticks = make("div", { "aria-hidden": "true" });
  const selects = [0, 1].map((k) => {
    const id = prefix + "axis" + k;
    const select = make("select", { id, onchange: () => { choose(k, select.value); schedule(); } });
    for (const q of model.params) select.append(make("option", { value: q.name, selected: q.name === axes[k] }, q.name));
    return make("span", {}, make("label", { for: id }, k ? "up: " : "across: "), select);
  });
  function choose(k, name) {
    if (axes[1 - k] === name) axes[1 - k] = axes[k];
    axes[k] = name;
    selects.forEach((s, j) => { s.querySelector("select").value = axes[j]; });
  }
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = axes.map((a) => byName[a]);
    go({ ...p, [x.name]: x.min + ((event.clientX - box.left) / box.width) * (x.max - x.min),
      [y.name]: y.max - ((event.clientY - box.top) / box.height) * (y.max - y.min) });
  });
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 1], ArrowDown: [1, -1] }[event.key];
    if (!move) return;
    event.preventDefault();
    const q = byName[axes[move[0]]];
    go({ ...p, [q.name]: Math.min(q.max, Math.max(q.min, p[q.name] + move[1] * (q.max - q.min) / 50)) });
  });
  const enough = model.params.length > 1 && generic.length > 0;
  const plot = make("figure", {}, make("div", { class: "axes" }, ...selects),
    make("div", { class: "plot" }, canvas, xLabel, yLabel, ticks), make("figcaption", {}, legend));
  const diagram = make("section", { "aria-label": "Phase diagram" }, make("h2", {}, model.words.diagram));
  if (enough) diagram.append(plot);

  function draw() {
    if (!enough) return;
    const [x, y] = axes.map((a) => byName[a]);
    const across = 200, up = 150, w = canvas.width / across, h = canvas.height / up;
    const q = { ...p }, keys = new Uint32Array(across * up), counts = new Map();
    for (let j = 0; j < up; j++) {
      for (let i = 0; i < across; i++) {
        // off the middle, so that no border of a simple slope is met along its whole length
        q[x.name] = x.min + ((i + 0.4142) / across) * (x.max - x.min);
        q[y.name] = y.max - ((j + 0.618) / up) * (y.max - y.min);
        let key = 0;
        if (attempt(model.given, q) === true) {
          key = 1;
          generic.forEach((k, n) => { if (n < 30 && attempt(model.items[k].where, q) === true) key |= 2 << n; });
        }
        keys[j * across + i] = key;
        counts.set(key, (counts.get(key) || 0) + 1);
      }
    }
    const order = [...counts.entries()].sort((a, b) => b[1] - a[1]).map(([key]) => key);
    const inside = order.filter((key) => key !== 0);
    const style = new Map(inside.map((key, n) => [key, [COLOURS[n % COLOURS.length], n < COLOURS.length ? (n % 2) * 1 : 1 + (n % 3)]]));
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (let j = 0; j < up; j++) {
      for (let i = 0; i < across; ) {
        const key = keys[j * across + i];
        let end = i + 1;
        while (end < across && keys[j * across + end] === key) end++;
        if (key) { context.fillStyle = style.get(key)[0]; context.fillRect(i * w, j * h, (end - i) * w + 0.5, h + 0.5); }
        i = end;
      }
    }
    context.strokeStyle = "rgba(0,0,0,.28)";
    context.lineWidth = 1;
    for (const key of inside) {
      const kind = style.get(key)[1];
      if (!kind) continue;
      context.beginPath();
      for (let j = 0; j < up; j++) for (let i = 0; i < across; i++) {
        if (keys[j * across + i] !== key) continue;
        if (kind & 1 && (i + j) % 6 === 0) { context.moveTo(i * w, (j + 1) * h); context.lineTo((i + 1) * w, j * h); }
        if (kind & 2 && (i - j + 600) % 6 === 0) { context.moveTo(i * w, j * h); context.lineTo((i + 1) * w, (j + 1) * h); }
      }
      context.stroke();
    }
    const px = ((p[x.name] - x.min) / (x.max - x.min)) * canvas.width, py = ((y.max - p[y.name]) / (y.max - y.min)) * canvas.height;
    for (const [width, colour] of [[5, "#fff"], [2, "#111"]]) {
      context.strokeStyle = colour; context.lineWidth = width;
      context.beginPath(); context.arc(px, py, 8, 0, 7); context.moveTo(px - 13, py); context.lineTo(px + 13, py);
      context.moveTo(px, py - 13); context.lineTo(px, py + 13); context.stroke();
    }
    xLabel.innerHTML = x.symbol; yLabel.innerHTML = y.symbol;
    ticks.replaceChildren(
      make("span", { class: "tick", style: "left:2.6rem;bottom:.1rem" }, number(x.min)),
      make("span", { class: "tick", style: "right:0;bottom:.1rem" }, number(x.max)),
      make("span", { class: "tick", style: "left:1rem;bottom:1.7rem" }, number(y.min)),
      make("span", { class: "tick", style: "left:1rem;top:0" }, number(y.max)));
    const total = across * up;
    const named = (key) => generic.filter((k, n) => key & (2 << n)).map((k) => model.items[k].id).join(", ") || model.words.none;
    const long = (key) => generic.filter((k, n) => key & (2 << n)).map((k) => model.items[k].id + (model.items[k].short ? " " + model.items[k].short : "")).join(", ") || model.words.none;
    const said = inside.map((key) => `${named(key)}: ${Math.round((100 * counts.get(key)) / total)} %`);
    canvas.setAttribute("aria-label", `${model.words.diagram} over ${x.name} and ${y.name}. ${said.join("; ")}. The arrow keys move the point.`);
    legend.replaceChildren(...inside.slice(0, 24).map((key) => {
      const swatch = make("canvas", { width: 36, height: 24, "aria-hidden": "true" });
      const c = swatch.getContext("2d");
      c.fillStyle = style.get(key)[0]; c.fillRect(0, 0, 36, 24);
      hatch(c, style.get(key)[1], 0, 0, 36, 24);
      return make("li", {}, swatch, `${long(key)}: ${Math.round((100 * counts.get(key)) / total)} %`);
    }));
  }

  // -- what exists at the point
  const outside = make("p", { class: "alert", hidden: true }, "This point is outside the model's assumptions.");
  const status = make("p", { "aria-live": "polite", id: prefix + "status" });
  const cards = model.items.map((item) => {
    const tag = make("span", { class: "tag here" }, model.words.here);
    const play = make("div"), paid = make("div", { class: "soft" });
    const card = make("article", { class: "card", "data-item": item.id },
      make("h3", {}, item.id + (item.short ? " " + item.short : ""), tag), make("div", { html: item.label }),
      make("div", { class: "where", html: (item.generic ? model.words.where : model.words.edge) + " " + item.region }), play, paid);
    if (item.more) card.append(make("div", { class: "soft", html: item.more }));
    return { card, tag, play, paid };
  });
  const others = make("details", {}, make("summary", {}, model.words.others));
  const listed = make("div");
  const readout = make("section", { "aria-label": "At this point" }, make("h2", {}, "At this point"), outside, status, listed, others);

  function show() {
    const inside = attempt(model.given, p) === true;
    outside.hidden = inside;
    const there = model.items.map((item) => inside && attempt(item.where, p) === true);
    const free = (item) => Object.fromEntries(item.free.map((f) => [f.name, [
      Math.max(...f.lower.map((g) => attempt(g, p))), Math.min(...f.upper.map((g) => attempt(g, p)))]]));
    model.items.forEach((item, i) => {
      const { card, tag, play, paid } = cards[i];
      tag.hidden = !there[i];
      card.classList.toggle("off", !there[i]);
      (there[i] ? listed : others).append(card);
      play.replaceChildren(); paid.textContent = "";
      if (!there[i]) return;
      const ranges = free(item);
      const lines = item.play.filter(({ actions }) => actions.length > 1 || actions[0].name).map(({ place, actions }) => place + ": " + actions.map(({ action, f, name, text }) => {
        if (name && ranges[name]) return `${action} with any probability from ${number(ranges[name][0])} to ${number(ranges[name][1])}`;
        return f ? `${action} ${number(attempt(f, p))}` : `${action} ${text}`;
      }).join(", "));
      play.append(...lines.map((t) => make("div", {}, t)));
      paid.textContent = item.payoffs.map(({ player, f, text }) => `${player} ${f ? number(attempt(f, p)) : text}`).join("; ");
      if (paid.textContent) paid.textContent = model.words.payoffs + " " + paid.textContent;
    });
    const names = model.items.filter((item, i) => there[i]).map((item) => item.id);
    status.textContent = !inside ? "No answer here." : names.length ? `${model.words.exist} ${names.join(", ")}.` : model.words.nothing;
    matrix(); light(there);
  }

  // -- the game itself
  const game = make("section", { "aria-label": "The game" }, make("h2", {}, "The game"));
  const cells = [];
  if (model.matrix) {
    const { rows, columns, players, payoffs } = model.matrix;
    const head = make("tr", {}, make("th", { scope: "col" }, `${players[0]} \\ ${players[1]}`), ...columns.map((c) => make("th", { scope: "col" }, c)));
    const body = rows.map((r, i) => make("tr", {}, make("th", { scope: "row" }, r), ...columns.map((c, j) => {
      const cell = make("td", {});
      cells.push({ cell, i, j, f: payoffs[i][j].f, symbols: payoffs[i][j].html });
      return cell;
    })));
    game.append(make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Payoff matrix" },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))),
      make("p", { class: "soft" }, `Payoffs of ${players.join(" and ")} at the point; a best reply is underlined, and where both are, the cell is shaded.`));
  }
  if (model.svg) game.append(make("div", { class: "tree scroll", tabindex: 0, role: "region", "aria-label": "Game tree", html: model.svg }));
  if (model.about) game.append(make("div", { html: model.about }));

  function matrix() {
    if (!cells.length) return;
    const at = cells.map(({ f }) => f.map((g) => attempt(g, p)));
    const best = (k, same) => cells.map((one, n) => !cells.some((other, m) => same(one, other) && sign(at[m][k] - at[n][k]) > 0));
    const row = best(0, (a, b) => a.j === b.j), column = best(1, (a, b) => a.i === b.i);
    cells.forEach(({ cell, symbols }, n) => {
      const mark = (k, is) => (is ? `<u>${number(at[n][k])}</u>` : number(at[n][k]));
      cell.innerHTML = `${mark(0, row[n])}, ${mark(1, column[n])}<br><small>${symbols}</small>`;
      cell.className = row[n] && column[n] ? "best" : "";
    });
  }
  let lit = null;
  function light(there) {
    if (!model.svg) return;
    const first = model.items.findIndex((item, i) => there[i] && (lit === null || item.id === lit));
    const item = first < 0 ? model.items.find((x, i) => there[i]) : model.items[first];
    for (const edge of game.querySelectorAll("[data-edge]")) {
      const name = edge.dataset.edge;
      edge.classList.toggle("lit", Boolean(item && item.on.includes(name)));
      edge.classList.toggle("dim", Boolean(item && item.planned.includes(name)));
    }
  }
  if (model.svg) cards.forEach(({ card }, i) => card.append(
    make("button", { type: "button", onclick: () => { lit = model.items[i].id; show(); } }, "Light its path")));

  // -- claims
  const claims = make("section", { "aria-label": "Claims" });
  if (model.claims.length) {
    claims.append(make("h2", {}, "Claims, decided for all values"));
    claims.append(make("ul", { class: "claims" }, ...model.claims.map((c) => {
      const entry = make("li", {}, c.text + " ", make("span", { class: "tag " + c.word }, c.label));
      entry.append(make("div", { class: "where soft", html: c.html }));
      if (c.witness) entry.append(make("button", { type: "button", onclick: () => { go({ ...p, ...c.witness }); diagram.scrollIntoView({ block: "nearest" }); } }, "Go to a point where it fails"));
      return entry;
    })));
  }

  function go(values) {
    for (const [name, value] of Object.entries(values)) {
      if (!controls.has(name)) continue;
      const { input, output } = controls.get(name), q = byName[name];
      if (value < q.min) { q.min = value; input.min = value; }
      if (value > q.max) { q.max = value; input.max = value; }
      input.step = "any"; // a point may lie between the steps
      p[name] = value; input.value = value; input.step = q.step; output.value = number(value);
    }
    schedule();
  }
  let waiting = false;
  function schedule() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; redraw(); });
  }
  function redraw() {
    const begun = performance.now();
    draw(); show();
    root.dataset.redraw = (performance.now() - begun).toFixed(1);
    reachable();
  }
  function reachable() {
    // what scrolls sideways can be reached by keyboard, and nothing else gets in the way of tabbing
    for (const box of root.querySelectorAll(".where")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  window.addEventListener("resize", reachable);
  root.append(make("div", { class: "board" }, sliders, make("div", {}, diagram, readout)), game, claims);
  redraw();
  const existing = (q) => (attempt(model.given, q) === true ? model.items.filter((item) => attempt(item.where, q) === true).map((item) => item.id) : null);
  return { point: p, go, existing };
}
