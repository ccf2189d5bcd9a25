// The explorer of one model: sliders, a phase diagram, bars, what exists at the point, the game, the claims.
// Knows nothing of any model: conditions, probabilities and payoffs come as functions of the parameters.
const explored = new Map();
function explore(root, model) {
  // a page may have the same model twice, and names of elements must differ
  const count = (explored.get(model.name) || 0) + 1;
  explored.set(model.name, count);
  model.prefix = model.name + "-" + (count > 1 ? count + "-" : "");
  const p = Object.fromEntries(model.params.map((q) => [q.name, q.value]));
  const prefix = model.prefix;
  const byName = Object.fromEntries(model.params.map((q) => [q.name, q]));
  const controls = new Map();
  const settled = model.items.some((item) => !item.edge && item.tests.some((test) => test !== null));

  const sliders = make("section", { class: "sliders", "aria-label": "Parameters" }, make("h2", {}, "Parameters"));
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
  const example = Object.fromEntries(model.params.map((q) => [q.name, q.value]));
  sliders.append(make("button", { type: "button", onclick: () => go(example) }, "Back to the example"));

  const map = model.params.length > 1 && settled ? phaseMap(model, p, go) : null;
  const charts = [model.bars && settled ? barChart(model, p, go) : null, model.items.some((item) => item.peace) ? peaceChart(model, p, go) : null].filter(Boolean);
  const game = gameOf(model, p);
  const readout = readoutOf(model, p, (item) => { game.want(item); redraw(); });

  const claims = make("section", { "aria-label": "Claims" });
  if (model.claims.length) {
    claims.append(make("h2", {}, "Claims, decided for all values"));
    claims.append(make("ul", { class: "claims" }, ...model.claims.map((c) => {
      const words = make("div", {}, make("div", {}, c.text + " ", make("span", { class: "tag " + c.word }, c.label)), make("div", { class: "where soft", html: c.html }));
      const visit = () => { go(c.witness); board.scrollIntoView({ block: "start" }); };
      return make("li", {}, words, c.witness ? make("button", { type: "button", title: c.at, "aria-label": `Go to where it fails: ${c.at}`, onclick: visit }, "Go to where it fails") : "");
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
  let waiting = false, resting = 0;
  function schedule() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; redraw(); });
  }
  function redraw() {
    // the map is coarse while something moves, finer once it rests, and finest where that is quick
    const begun = performance.now();
    if (map) root.dataset.samples = map.draw(0);
    for (const chart of charts) chart.draw();
    game.show(readout.show());
    root.dataset.redraw = (performance.now() - begun).toFixed(1);
    clearTimeout(resting);
    resting = setTimeout(rest, 250);
  }
  function rest() {
    const begun = performance.now();
    if (map) root.dataset.samples = map.draw(1);
    root.dataset.rest = (performance.now() - begun).toFixed(1);
    if (map && performance.now() - begun < 40) resting = setTimeout(() => {
      const start = performance.now();
      root.dataset.samples = map.draw(2);
      root.dataset.finest = (performance.now() - start).toFixed(1);
    }, 100);
    // what scrolls sideways can be reached by keyboard, and nothing else gets in the way of tabbing
    for (const box of root.querySelectorAll(".where")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  window.addEventListener("resize", schedule);
  const board = make("div", { class: "board" }, make("div", { class: "pane" }, ...(map ? [map.section] : []), sliders),
    make("div", { class: "answers" }, ...(map ? [map.legend] : []), ...charts.map((chart) => chart.section), readout.section));
  root.append(board, game.section, claims);
  // a page may have several explorers, and landmarks of the same kind are told apart by their names
  for (const part of root.querySelectorAll("section")) part.setAttribute("aria-label", `${part.getAttribute("aria-label")}: ${model.title}`);
  redraw();
  rest();
  const existing = (q, standard = 0) => (model.given(q) === true ? model.items.filter((item) => item.tests[standard] && item.tests[standard](q) === true).map((item) => item.id) : null);
  return { point: p, go, existing, standards: model.words.standards };
}
