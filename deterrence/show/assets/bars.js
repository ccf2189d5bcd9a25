// For each item a bar along one parameter, at the values of the others: from which discount factor on, up to which error rate.
const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes) {
  const found = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
  return found;
}

function chartOf(model, go, kind, title, first, items, height) {
  // a row for each item: its name, a picture along one parameter that the reader chooses, and words
  const chart = { along: model.params.find((q) => q.name === first) };
  const id = model.prefix + kind;
  const select = make("select", { id, onchange: () => { chart.along = model.params.find((q) => q.name === select.value); go({}); } },
    ...model.params.map((q) => make("option", { value: q.name, selected: q === chart.along }, q.name)));
  chart.axes = make("div", { class: "axes" }, make("span", {}, make("label", { for: id }, "along: "), select));
  chart.rows = items.map((item) => {
    const bar = shape("svg", { viewBox: `0 0 300 ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "bar " + kind });
    const text = make("td");
    return { item, bar, text, row: make("tr", {}, make("th", { scope: "row" }, item.id), make("td", { class: "long" }, bar), text) };
  });
  chart.scale = make("p", { class: "soft" });
  chart.section = make("section", { class: "bars", "aria-label": title }, make("h2", {}, title), chart.axes,
    make("table", {}, make("thead", { class: "hidden" }, make("tr", {}, ...["name", "picture", "in words"].map((h) => make("th", { scope: "col" }, h)))),
      make("tbody", {}, ...chart.rows.map((r) => r.row))), chart.scale);
  chart.x = (v) => (300 * (v - chart.along.min)) / (chart.along.max - chart.along.min);
  return chart;
}

function peaceChart(model, p, go) {
  // the share of peaceful rounds as one parameter runs through its range
  const items = model.items.filter((item) => item.peace), height = 30;
  const chart = chartOf(model, go, "peace", model.words.peace, model.along, items, height);
  function draw() {
    const { along, x, rows, scale } = chart, count = 60, inside = stretches(model.given, along, p), q = { ...p };
    const heightAt = (item, v) => { q[along.name] = v; return (height * (1 - item.peace(q))).toFixed(1); };
    for (const { item, bar, text } of rows) {
      bar.replaceChildren(shape("rect", { x: 0, width: 300, y: 0, height, class: "room" }), ...inside.map(([a, b]) => {
        const places = Array.from({ length: count + 1 }, (_, k) => a + ((b - a) * Math.min(0.999, Math.max(0.001, k / count))));
        const line = places.map((v) => `${x(v).toFixed(1)},${heightAt(item, v)}`);
        return shape("polygon", { points: `${x(a)},${height} ${line.join(" ")} ${x(b)},${height}`, class: "s0" });
      }), shape("line", { x1: x(p[along.name]), x2: x(p[along.name]), y1: 0, y2: height, class: "now" }));
      text.textContent = model.given(p) === true ? `${number(100 * item.peace(p))} % of rounds` : "";
    }
    scale.innerHTML = `Rounds in which nobody attacks, errors included, by the profile: full height is all rounds. From ${along.symbol} = ${number(along.min)} to ${number(along.max)}; the line is the point, ${number(p[along.name])}.`;
  }
  return { section: chart.section, draw };
}

function barChart(model, p, go) {
  const words = model.words;
  const chart = chartOf(model, go, "along", words.bars, model.axes[0], model.items.filter((item) => !item.edge), 18);
  chart.axes.append(...words.standards.map((name, k) => make("span", { class: "key s" + k }, name)));
  const range = ([low, high]) => {
    const { along } = chart;
    if (high >= along.max) return `from ${number(low)}`;
    if (low <= along.min) return `up to ${number(high)}`;
    return `${number(low)} to ${number(high)}`;
  };
  function where(parts, allowed) {
    const { along } = chart, slack = 1e-6 * (along.max - along.min);
    const all = parts.length === allowed.length && parts.every(([a, b], n) => a <= allowed[n][0] + slack && b >= allowed[n][1] - slack);
    return !parts.length ? "nowhere" : all ? "everywhere" : parts.map(range).join(", ");
  }
  function both([strict, weak], allowed) {
    const [first, second] = [where(strict, allowed), where(weak, allowed)], [name, weaker] = words.standards;
    if (!strict.length) return weak.length ? `only ${weaker}, ${second}` : "nowhere";
    return first === second ? `${name} ${first}` : `${name} ${first}, ${weaker} ${second}`;
  }
  function draw() {
    const { along, x, rows, scale } = chart;
    const allowed = stretches(model.given, along, p);
    for (const { item, bar, text } of rows) {
      bar.replaceChildren(...allowed.map(([a, b]) => shape("rect", { x: x(a), width: x(b) - x(a), y: 8, height: 2, class: "ground" })));
      const found = item.tests.map((test) => (test ? stretches((q) => model.given(q) === true && test(q), along, p) : []));
      // the weaker standard is drawn first and thinner, so that the stricter one covers it
      [...found.keys()].reverse().forEach((k) => {
        for (const [a, b] of found[k]) bar.append(shape("rect", { x: x(a), width: Math.max(1, x(b) - x(a)), y: 2 + 3 * k, height: 14 - 6 * k, class: "s" + k }));
      });
      const here = x(p[along.name]);
      bar.append(shape("line", { x1: here, x2: here, y1: 0, y2: 18, class: "now" }));
      const said = words.standards.length > 1 ? both(found, allowed) : where(found[0], allowed);
      const unknown = words.standards.filter((_, k) => item.tests[k] === null);
      text.textContent = !unknown.length ? said : found.flat().length ? `${words.standards.at(-1)} ${where(found.at(-1), allowed)}, else not settled` : "not settled";
    }
    scale.innerHTML = `From ${along.symbol} = ${number(along.min)} to ${number(along.max)}, the other parameters as they are; the line is the point, ${number(p[along.name])}. Ends are rounded.`;
  }
  return { section: chart.section, draw };
}
