// The claims page: filters, a sorted table by pages, the checks of a claim, and the shown rows as CSV.
"use strict";

(() => {
  const { h, host, number, studies } = explore;
  const PAGE = 50;
  const NO_CHECK = "no check", ANY_CHECK = "any check";
  const VERDICTS = ["does not hold", "holds", "holds within rounding", "cannot be tested"];
  const SHOWN = [
    ["place", "Place"], ["indicator", "Indicator"], ["surface", "Figure"], ["value", "Value"], ["unit", "Unit"],
    ["kind", "Kind"], ["period", "Period"], ["verdicts", "Checks"],
  ];
  let data, shown = [], page = 0;
  const filters = {}; // name of the parameter → control

  const select = () => h("select", { class: "form-select", change: choose });
  const input = (type, more = {}) => h("input", { type, class: "form-control", input: choose, ...more });
  Object.assign(filters, {
    study: h("select", { class: "form-select", change: () => open({ study: filters.study.value }) }),
    q: input("search", { placeholder: "indicator, figure …" }),
    place: select(), code: select(), kind: select(), status: select(), verdict: select(),
    from: input("number", { min: 1900, max: 2100 }), to: input("number", { min: 1900, max: 2100 }),
  });
  let sort = "", only = "";
  const count = h("p", { class: "explore-count", role: "status" });
  const body = h("tbody", { role: "rowgroup" });
  const heads = SHOWN.map(([name, label]) =>
    h("th", { scope: "col", role: "columnheader", "data-name": name },
      h("button", { type: "button", class: "explore-sort", click: () => sortBy(name) }, label)));
  // The roles are said, since on a telephone the style makes blocks of the rows, and browsers then forget them.
  const table = h("table", { class: "table explore-table", role: "table" },
    h("caption", { class: "visually-hidden" }, "Reported figures; a column's button sorts by it"),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, h("th", { scope: "col", role: "columnheader" }, h("span", { class: "visually-hidden" }, "Details")), ...heads)), body);
  const previous = h("button", { type: "button", class: "btn btn-outline-primary", click: () => turn(-1) }, "Previous page");
  const next = h("button", { type: "button", class: "btn btn-outline-primary", click: () => turn(1) }, "Next page");
  const where = h("span", {});
  const chip = h("p", { hidden: true }, "Only the claims of one check. ",
    h("button", { type: "button", class: "btn btn-outline-primary btn-sm", click: () => { only = ""; choose(); filters.q.focus(); } }, "Show all"));

  host.append(
    h("form", { class: "explore-form", "aria-label": "Filters", submit: (event) => event.preventDefault() },
      explore.field("Corpus", filters.study), explore.field("Search", filters.q), explore.field("Place", filters.place),
      explore.field("Indicator", filters.code), explore.field("Kind", filters.kind), explore.field("Status", filters.status),
      explore.field("Checks", filters.verdict), explore.field("From year", filters.from), explore.field("To year", filters.to),
      h("div", { class: "explore-field explore-buttons" },
        h("button", { type: "button", class: "btn btn-primary", click: save }, "Download CSV"),
        h("button", { type: "button", class: "btn btn-outline-primary", click: () => open({ study: filters.study.value }) }, "Clear"))),
    count, chip, table, h("div", { class: "explore-pages" }, previous, where, next));

  const column = (row, name) => row.cells[data.at.get(name)];

  function prepare(raw) {
    if (raw.at) return raw;
    raw.at = new Map(raw.columns.map((name, i) => [name, i]));
    raw.checkAt = new Map(raw.checkColumns.map((name, i) => [name, i]));
    const english = new Map(raw.indicators.map(([code, name, words]) => [code, [name, words]]));
    const dated = new Map(raw.dated);
    raw.all = raw.rows.map((cells, i) => {
      const get = (name) => cells[raw.at.get(name)];
      const verdicts = [...new Set(raw.bearing[i].map((n) => raw.checks[n][raw.checkAt.get("verdict")]))];
      const years = (get("period") || dated.get(get("doc_id")) || "").match(/\d{4}/g) || [];
      return {
        i, cells, verdicts, id: `${get("doc_id")}:${get("start")}-${get("end")}`, years: years.map(Number),
        english: english.get(get("indicator_code")) || null,
        text: [get("doc_id"), get("place"), get("indicator"), get("surface"), get("indicator_code"), get("source"),
          ...(english.get(get("indicator_code")) || [])].join("\n").toLowerCase(),
      };
    });
    return raw;
  }

  function counted(name, label = (value) => value) {
    const counts = new Map();
    for (const row of data.all) counts.set(column(row, name), (counts.get(column(row, name)) || 0) + 1);
    counts.delete("");
    const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return [["", "all"], ...rows.map(([value, n]) => [value, `${label(value)} (${n})`])];
  }

  // The event is what it is opened for: null where the address asks for it.
  function open(wanted, event) {
    const study = studies.includes(wanted.study) ? wanted.study : studies[0];
    explore.options(filters.study, studies.map((name) => [name, name]), study);
    explore.load("claims", study, (raw) => {
      if (filters.study.value !== study) return; // another was chosen meanwhile
      data = prepare(raw);
      const names = new Map(data.indicators.map(([code, name, english]) => [code, `${name} ${english}`]));
      explore.options(filters.place, counted("place"), wanted.place || "");
      explore.options(filters.code, counted("indicator_code", (code) => names.get(code) || code), wanted.code || "");
      explore.options(filters.kind, counted("kind"), wanted.kind || "");
      explore.options(filters.status, counted("status"), wanted.status || "");
      explore.options(filters.verdict, ["", ANY_CHECK, ...VERDICTS, NO_CHECK].map((v) => [v, v || "all"]), wanted.verdict || "");
      for (const name of ["q", "from", "to"]) filters[name].value = wanted[name] || "";
      sort = wanted.sort || "";
      only = wanted.claims || "";
      choose(event, Math.max(0, Math.floor(wanted.page) - 1 || 0));
    });
  }

  function fits(row, v) {
    const verdict = !v.verdict || (v.verdict === NO_CHECK ? !row.verdicts.length
      : v.verdict === ANY_CHECK ? row.verdicts.length > 0 : row.verdicts.includes(v.verdict));
    const years = (!v.from && !v.to)
      || (row.years.length > 0 && Math.max(...row.years) >= (Number(v.from) || 0) && Math.min(...row.years) <= (Number(v.to) || 9999));
    return verdict && years
      && (!v.place || column(row, "place") === v.place) && (!v.code || column(row, "indicator_code") === v.code)
      && (!v.kind || column(row, "kind") === v.kind) && (!v.status || column(row, "status") === v.status)
      && v.q.toLowerCase().split(/\s+/).every((word) => row.text.includes(word));
  }

  function choose(event, at = 0) {
    const v = Object.fromEntries(Object.entries(filters).map(([name, control]) => [name, control.value]));
    const ids = only ? new Set(only.split("|")) : null;
    shown = data.all.filter((row) => (ids ? ids.has(row.id) : true) && fits(row, v));
    const [name, down] = [sort.replace("-", ""), sort.startsWith("-") ? -1 : 1];
    if (name) {
      const key = (row) => name === "verdicts" ? row.verdicts.join(", ") : column(row, name);
      const compare = name === "value" ? (a, b) => a - b : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      // What is empty comes last either way.
      shown.sort((a, b) => (key(a) === "") - (key(b) === "") || down * compare(key(a), key(b)) || a.i - b.i);
    }
    page = Math.min(at, Math.max(0, Math.ceil(shown.length / PAGE) - 1));
    explore.remember({ ...v, study: v.study === studies[0] ? "" : v.study, sort, claims: only, page: page ? page + 1 : "" }, event);
    draw();
  }

  function sortBy(name) {
    sort = sort === name ? `-${name}` : sort === `-${name}` ? "" : name;
    choose();
  }

  function turn(step) {
    const focused = document.activeElement;
    choose(undefined, page + step);
    table.scrollIntoView({ block: "nearest" });
    if (focused.disabled) (focused === next ? previous : next).focus();
  }

  function draw() {
    const first = page * PAGE;
    count.textContent = `${shown.length.toLocaleString("en")} of ${data.all.length.toLocaleString("en")} reported figures`;
    chip.hidden = !only;
    for (const head of heads) {
      const name = head.dataset.name;
      if (sort.replace("-", "") === name) head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const empty = "No figure fits. Take a filter away, or press Clear.";
    body.replaceChildren(...(shown.length ? shown.slice(first, first + PAGE).flatMap(draw_row)
      : [h("tr", { role: "row" }, h("td", { role: "cell", colspan: SHOWN.length + 1 }, empty))]));
    where.textContent = shown.length ? `${first + 1}–${Math.min(first + PAGE, shown.length)} of ${shown.length}` : "";
    previous.disabled = page === 0;
    next.disabled = first + PAGE >= shown.length;
  }

  function draw_row(row) {
    const get = (name) => column(row, name);
    const detail = h("tr", { hidden: true, role: "row", class: "explore-detail", id: `detail-${row.i}` });
    const button = h("button", {
      type: "button", class: "explore-open", "aria-expanded": "false", "aria-controls": detail.id,
      "aria-label": `Details of ${get("surface")}, ${get("indicator")}`,
      click: () => {
        if (!detail.firstChild) detail.append(h("td", { role: "cell", colspan: SHOWN.length + 1 }, ...details(row)));
        detail.hidden = !detail.hidden;
        button.setAttribute("aria-expanded", String(!detail.hidden));
      },
    });
    const cells = SHOWN.map(([name, label]) => {
      const text = name === "verdicts" ? row.verdicts.join(", ")
        : name === "kind" && get("direction") ? `${get("kind")}, ${get("direction")}`
          : name === "value" && get(name) !== "" ? number(Number(get(name)), 10) : get(name);
      const han = ["place", "indicator", "surface", "unit"].includes(name);
      const more = name === "indicator" && row.english ? h("small", { lang: "en" }, ` ${row.english[1]}`) : null;
      return h("td", { role: "cell", "data-label": label, "data-name": name, lang: han ? "zh-Hans" : null }, h("bdi", {}, text), more);
    });
    return [h("tr", { role: "row" }, h("td", { role: "cell" }, button), ...cells), detail];
  }

  function details(row) {
    const listed = data.columns.filter((name) => column(row, name) !== "");
    const list = h("dl", { class: "explore-list" },
      ...listed.flatMap((name) => [h("dt", {}, name), h("dd", {}, h("bdi", {}, column(row, name)))]));
    const back = h("p", {}, "The row's id is ", h("code", {}, row.id), "; with the text at hand, ", h("code", {}, "rt.show_claim(row)"), " gives its sentence.");
    const checks = data.bearing[row.i].map((n) => {
      const get = (name) => data.checks[n][data.checkAt.get(name)];
      const range = get("low") !== "" && get("low") !== get("high") ? ` (${get("low")} to ${get("high")} by rounding)` : "";
      const others = get("claims").split("|");
      const link = others.length > 1
        ? h("button", { type: "button", class: "btn btn-outline-primary btn-sm", click: () => { open({ study: filters.study.value, claims: get("claims") }); chip.lastChild.focus(); } }, `Show its ${others.length} claims`)
        : null;
      return h("li", {}, h("strong", {}, get("verdict")), `: ${get("relation").replaceAll("_", " ")}. Stated ${get("stated") || "nothing"}, implied ${get("implied") || "nothing"}${range}. `,
        h("bdi", {}, get("reason")), " ", link);
    });
    return [list, back, checks.length ? h("ul", { class: "explore-checks", "aria-label": "Checks" }, ...checks) : h("p", {}, "No check bears on it.")];
  }

  function save() {
    const rows = shown.map((row) => [...row.cells, row.verdicts.join("; ")]);
    explore.download(`claims-${filters.study.value}.csv`, [...data.columns, "verdicts"], rows);
  }

  const start = () => open(Object.fromEntries(explore.state()), null);
  addEventListener("hashchange", start);
  start();
})();
