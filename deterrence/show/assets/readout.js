// What exists at the point, card by card: exact conditions, probabilities and payoffs; the rest is folded.
function readoutOf(model, p, light) {
  const words = model.words, prefix = model.prefix;
  const outside = make("p", { class: "alert", hidden: true }, "This point is outside the model's assumptions.");
  const status = make("p", { id: prefix + "status" });
  // said aloud once the sliders rest, and only when the answer changed
  const live = make("p", { class: "hidden", "aria-live": "polite", id: prefix + "live" });
  const listed = make("div"), weakList = make("div"), edgeList = make("div"), openList = make("div"), otherList = make("div"), never = make("div");
  const weaker = make("details", {}, make("summary"), weakList);
  const edges = make("details", {}, make("summary"), edgeList);
  const deeper = make("details", {}, make("summary", {}, "On knife edges, where quantities are exactly equal"), never);
  const unsettled = make("div", {}, make("h3", {}, words.unsettled || ""), openList);
  const others = make("details", {}, make("summary", {}, words.others), otherList, deeper);
  const cards = model.items.map((item) => {
    const tag = make("span", { class: "tag here" });
    const play = make("div"), paid = make("div", { class: "soft" });
    const card = make("article", { class: "card", "data-item": item.id }, make("h3", {}, item.id + (item.short ? " " + item.short : ""), tag));
    if (item.label) card.append(make("div", { html: item.label }));
    card.append(play, ...item.conditions.map((html) => make("div", { class: "where", html })), paid);
    if (model.svg) card.append(make("button", { type: "button", onclick: () => light(item) }, "Light its path"));
    return { item, card, tag, play, paid, place: null };
  });
  const section = make("section", { class: "readout", "aria-label": "At this point" }, make("h2", {}, "At this point"), outside, status, live, listed, weaker, edges, unsettled, others);
  if (model.note) section.append(make("p", { class: "soft", html: model.note }));

  const open = (item) => item.tests.some((test) => test === null);
  const rank = (item) => item.tests.findIndex((test) => test && test(p) === true);
  const listing = (names) => (names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", "));
  function actions(item) {
    const ranges = Object.fromEntries((item.free || []).map((f) => [f.name, [Math.max(...f.lower.map((g) => g(p))), Math.min(...f.upper.map((g) => g(p)))]]));
    return (item.play || []).map(({ place, actions: list }) => make("div", {}, place + ": ", ...list.flatMap(({ action, f, name, formula }, n) => {
      const comma = n ? ", " : "";
      if (name && ranges[name]) return [`${comma}${action} with any probability from ${number(ranges[name][0])} to ${number(ranges[name][1])}`];
      if (!f) return [`${comma}${action} `, make("span", { class: "formula", html: formula || name })];
      return [`${comma}${action} `, make("b", {}, number(f(p))), ...(formula ? [make("span", { class: "formula", html: " = " + formula })] : [])];
    })));
  }

  let pending = 0;
  function show() {
    const inside = model.given(p) === true;
    outside.hidden = inside;
    const ranks = cards.map(({ item }) => (inside ? rank(item) : -1));
    cards.forEach(({ item, card, tag, play, paid }, i) => {
      const there = ranks[i] >= 0, unknown = inside && !there && open(item);
      const place = unknown ? openList : there ? (item.edge ? edgeList : ranks[i] ? weakList : listed) : item.edge ? never : otherList;
      if (cards[i].place !== place) {
        // into its list, in the order of the items; cards that stay are not touched, so that nothing is laid out anew
        const next = cards.slice(i + 1).find((c) => c.place === place);
        place.insertBefore(card, next ? next.card : null);
        cards[i].place = place;
        card.classList.toggle("off", !there && !unknown);
      }
      tag.hidden = !there;
      if (!there && !unknown) return;
      tag.textContent = !there ? "" : ranks[i] && item.tests[0] === null ? `${words.standards[ranks[i]]} here` : words.here[ranks[i]];
      tag.classList.toggle("weak", ranks[i] > 0);
      play.replaceChildren(...actions(item));
      const payoffs = (item.payoffs || []).map(({ player, f, text }) => `${player} ${f ? number(f(p)) : text}`);
      paid.textContent = payoffs.length ? `${words.payoffs} ${payoffs.join("; ")}` : "";
    });
    const count = edgeList.childElementCount;
    edges.hidden = !count;
    edges.firstChild.textContent = `${count} more on knife edges through exactly this point`;
    unsettled.hidden = !openList.childElementCount;
    weaker.hidden = !weakList.childElementCount;
    weaker.firstChild.textContent = `${words.weaker}: ${weakList.childElementCount}`;
    deeper.hidden = !never.childElementCount;
    others.hidden = !otherList.childElementCount && !never.childElementCount;
    const parts = words.exist.map((lead, k) => [lead, cards.filter(({ item }, i) => ranks[i] === k && !item.edge).map(({ item }) => item.id)]).filter(([, names]) => names.length);
    const text = !inside ? "No answer here." : parts.length ? parts.map(([lead, names]) => `${lead} ${listing(names)}.`).join(" ") : count ? "Only equilibria on a knife edge exist here." : openList.childElementCount ? `${words.unsettled} at this point.` : words.nothing;
    if (status.textContent !== text) status.textContent = text;
    clearTimeout(pending);
    pending = setTimeout(() => { if (live.textContent !== text) live.textContent = text; }, 600);
    return ranks;
  }
  return { section, show };
}
