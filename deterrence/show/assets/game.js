// The game itself: payoff matrices at the point with best replies, a tree with the path of an equilibrium, or a table.
function gameOf(model, p) {
  const section = make("section", { class: "game", "aria-label": "The game" }, make("h2", {}, "The game"));
  const scrolling = (label, ...children) => make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, ...children);
  const cells = [], caption = make("p", { class: "soft" });
  if (model.matrix) {
    const { players, actions, cells: given } = model.matrix;
    const slices = new Map();
    for (const { at, f, html } of given) {
      const others = at.slice(2).join();
      if (!slices.has(others)) slices.set(others, { at, rows: actions[0].map(() => []) });
      const cell = make("td", {});
      slices.get(others).rows[at[0]].push(cell);
      cells.push({ cell, at, f, html });
    }
    const tables = [...slices.values()].map(({ at, rows }) => make("table", {},
      make("caption", {}, at.slice(2).map((a, k) => `${players[k + 2]}: ${actions[k + 2][a]}`).join(", ")),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, `${players[0]} \\ ${players[1]}`), ...actions[1].map((c) => make("th", { scope: "col" }, c)))),
      make("tbody", {}, ...rows.map((row, i) => make("tr", {}, make("th", { scope: "row" }, actions[0][i]), ...row)))));
    const together = players.length > 2 ? "all are" : "both are";
    section.append(scrolling("Payoff matrix", make("div", { class: "matrices" }, ...tables)),
      make("p", { class: "soft" }, `Payoffs of ${players.slice(0, -1).join(", ")} and ${players.at(-1)} at the point; a best reply is underlined, and where ${together}, the cell is shaded.`));
  }
  if (model.svg) section.append(scrolling("Game tree", make("div", { class: "tree", html: model.svg })), caption);
  if (model.table) section.append(scrolling("The game as a table", make("div", { html: model.table })));
  if (model.about) section.append(make("p", { html: model.about }));

  function matrix() {
    if (!cells.length) return;
    const at = cells.map(({ f }) => f.map((g) => g(p)));
    const best = (n, k) => !cells.some((other, m) => other.at.every((a, j) => j === k || a === cells[n].at[j]) && sign(at[m][k] - at[n][k]) > 0);
    cells.forEach(({ cell, html }, n) => {
      const replies = at[n].map((_, k) => best(n, k));
      cell.innerHTML = `${at[n].map((v, k) => (replies[k] ? `<u>${number(v)}</u>` : number(v))).join(", ")}<br><small>${html}</small>`;
      cell.className = replies.every(Boolean) ? "best" : "";
    });
  }
  let wanted = null;
  function show(ranks) {
    matrix();
    if (!model.svg) return;
    const there = model.items.filter((item, i) => ranks[i] >= 0);
    const item = there.find((x) => x.id === wanted) || there[0];
    for (const edge of section.querySelectorAll("[data-edge]")) {
      const name = edge.dataset.edge;
      edge.classList.toggle("lit", Boolean(item && (item.on || []).includes(name)));
      edge.classList.toggle("dim", Boolean(item && (item.planned || []).includes(name)));
    }
    caption.textContent = item ? `Thick: the path of ${item.id}, one of the equilibria at the point. Half as thick: what is planned off the path.` : "";
  }
  return { section, show, want: (item) => { wanted = item.id; section.scrollIntoView({ block: "nearest" }); } };
}
