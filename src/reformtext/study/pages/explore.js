// What the two search pages share. All that comes from a text goes in as text, by textContent or setAttribute.
"use strict";

const explore = (() => {
  const loaded = new Map();
  const waiting = new Map();
  const host = document.getElementById("explorer");

  // A data file calls this: scripts load from a folder, where fetch() is not allowed.
  window.reformtextData = (kind, study, payload) => {
    loaded.set(study, payload);
    (waiting.get(study) || []).forEach((then) => then(payload));
    waiting.delete(study);
  };

  function load(kind, study, then) {
    if (loaded.has(study)) return then(loaded.get(study));
    if (waiting.has(study)) return waiting.get(study).push(then);
    waiting.set(study, [then]);
    const script = document.createElement("script");
    script.src = `_static/${kind}-${encodeURIComponent(study)}.js`;
    script.onerror = () => { host.textContent = `The data of ${study} could not be loaded.`; };
    document.head.append(script);
  }

  // h("td", {class: "n"}, "text", child): an element with attributes, handlers (functions) and children.
  function h(name, attributes = {}, ...children) {
    const svg = ["svg", "line", "circle", "rect", "text", "g", "title"].includes(name);
    const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function field(label, control) {
    control.id = `explore-${label.toLowerCase().replace(/[^a-z]+/g, "-")}`;
    return h("div", { class: "explore-field" }, h("label", { for: control.id }, label), control);
  }

  function options(select, rows, chosen) {
    select.replaceChildren(...rows.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
  }

  // Spreadsheets run a cell that begins so as a formula; a plain number is none.
  const PLAIN = /^-?\d+(\.\d+)?$/;
  function cell(value) {
    let text = value === null || value === undefined ? "" : String(value);
    if (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) && !PLAIN.test(text)) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function csv(columns, rows) {
    // The mark at the front tells spreadsheets that it is UTF-8.
    return "\uFEFF" + [columns, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
  }

  function download(name, columns, rows) {
    const address = URL.createObjectURL(new Blob([csv(columns, rows)], { type: "text/csv;charset=utf-8" }));
    const link = h("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  const state = () => new URLSearchParams(location.hash.slice(1));
  // A choice is an entry of the browser's history, so that going back undoes it. What is typed in one go is one entry;
  // what the address itself asked for (event null) is none.
  let typing = null;
  function remember(values, event) {
    const kept = `${new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value !== undefined))}`;
    if (kept === `${state()}`) return;
    const typed = event?.type === "input" ? event.target : null;
    const entry = event === null || (typed && typed === typing) ? "replaceState" : "pushState";
    history[entry](null, "", kept ? `#${kept}` : location.pathname + location.search);
    typing = typed;
  }

  const number = (value, places = 2) =>
    value === null || value === undefined ? "–" : value.toLocaleString("en", { maximumFractionDigits: places });

  return { host, load, h, field, options, csv, download, state, remember, number, studies: JSON.parse(host.dataset.studies) };
})();
