// What all parts of the explorer share: signs with a tolerance, numbers as text, elements, stretches of a parameter.
"use strict";
const sign = (v) => (Math.abs(v) < 1e-9 ? 0 : Math.sign(v));
const number = (v) => (Number.isFinite(v) ? String(Number(v.toPrecision(4))) : "undefined");

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

function stretches(holds, q, at, count = 120) {
  // where a condition holds as one parameter runs through its range: sampled, and the ends found by bisection
  const point = { ...at };
  const test = (v) => { point[q.name] = v; return holds(point) === true; };
  const place = (k) => q.min + ((k + 0.4142) / count) * (q.max - q.min);
  const border = (inside, outside) => {
    for (let n = 0; n < 26; n++) {
      const middle = (inside + outside) / 2;
      if (test(middle)) inside = middle; else outside = middle;
    }
    return inside;
  };
  const found = [];
  let from = null;
  for (let k = 0; k < count; k++) {
    const here = test(place(k));
    if (here && from === null) from = k ? border(place(k), place(k - 1)) : q.min;
    if (!here && from !== null) { found.push([from, border(place(k - 1), place(k))]); from = null; }
  }
  if (from !== null) found.push([from, q.max]);
  return found;
}
