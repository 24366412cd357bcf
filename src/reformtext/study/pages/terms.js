// The terms page: search, three counts, rates with intervals by article or place, spread.
"use strict";

(() => {
  const { h, host, number, studies } = explore;
  const LISTED = 40, MOST = 100;
  const TERM = 0, TAG = 1, PINYIN = 2, GLOSS = 3, COUNT = 4, NUMBERS = 5, WHERE = 6, THREE = 7;
  const MEANING = {
    range: "articles that have it", dp_norm: "Gries' DP, normed (0 even, 1 in one part)", juilland_d: "Juilland's D (1 even)",
    rosengren_s: "Rosengren's S (1 even)", kld: "Kullback–Leibler divergence, bits (0 even)", da: "Burch's DA (1 even)",
  };
  let data, term;
  const study = h("select", { class: "form-select", change: () => open({ study: study.value }) });
  const search = h("input", { type: "search", class: "form-control", lang: "zh-Hans", placeholder: "改革, gǎigé, reform …", input: (event) => { list(); keep(event); } });
  const by = h("select", { class: "form-select", change: (event) => { show(term); keep(event); } });
  explore.options(by, [["article", "by article"], ["place", "by place"]], "article");
  const count = h("p", { class: "explore-count", role: "status" });
  const found = h("ul", { class: "explore-terms", "aria-label": "Terms found" });
  const about = h("section", { class: "explore-about", "aria-label": "The chosen term" });
  host.append(
    h("form", { class: "explore-form", "aria-label": "Search", submit: (event) => { event.preventDefault(); found.querySelector("button")?.click(); } },
      explore.field("Corpus", study), explore.field("Search", search), explore.field("Rates", by)),
    count, found, about);

  function prepare(raw) {
    const bare = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    if (!raw.names) {
      raw.names = new Map(raw.terms.map((row, i) => [row[TERM], i]));
      raw.text = raw.terms.map((row) => [row[TERM].toLowerCase(), bare(row[PINYIN]).replaceAll(" ", ""), bare(row[GLOSS])]);
    }
    raw.bare = bare;
    return raw;
  }

  // The event is what it is opened for: null where the address asks for it.
  function open(wanted, event) {
    const name = studies.includes(wanted.study) ? wanted.study : studies[0];
    explore.options(study, studies.map((one) => [one, one]), name);
    explore.load("terms", name, (raw) => {
      if (study.value !== name) return;
      data = prepare(raw);
      by.value = wanted.by === "place" ? "place" : "article";
      search.value = wanted.q || "";
      list();
      const asked = data.names.get(wanted.term);
      show(asked ?? data.names.get("改革") ?? 0);
      if (wanted.term && asked === undefined) about.prepend(h("p", {}, h("bdi", {}, wanted.term), " is not among these terms."));
      keep(event);
    });
  }

  function keep(event) {
    const chosen = data.terms.length ? data.terms[term][TERM] : "";
    explore.remember({ study: study.value === studies[0] ? "" : study.value, q: search.value, term: chosen, by: by.value === "place" ? "place" : "" }, event);
  }

  function list() {
    const asked = search.value.trim().toLowerCase(), plain = data.bare(asked).replaceAll(" ", "");
    const hits = data.terms.map((_, i) => i).filter((i) => {
      const [written, pinyin, gloss] = data.text[i];
      return written.includes(asked) || (plain && (pinyin.startsWith(plain) || gloss.includes(data.bare(asked))));
    });
    // What is the word itself comes before what holds it.
    hits.sort((a, b) => (data.text[b][0] === asked) - (data.text[a][0] === asked) || a - b);
    count.textContent = `${hits.length ? hits.length.toLocaleString("en") : "None"} of the ${data.terms.length.toLocaleString("en")} terms that occur at least ${data.least} times`
      + ` (${data.distinct.toLocaleString("en")} different terms in ${data.tokens.toLocaleString("en")} tokens)`
      + (hits.length > LISTED ? `; the ${LISTED} most frequent:` : hits.length ? ":" : " fits; another word, or part of one, may.");
    found.replaceChildren(...hits.slice(0, LISTED).map((i) => h("li", {},
      h("button", { type: "button", class: "btn btn-outline-primary btn-sm", "aria-pressed": String(i === term), "data-term": i, click: (event) => { show(i); keep(event); } },
        h("bdi", { lang: "zh-Hans" }, data.terms[i][TERM]), ` ${data.terms[i][COUNT]}`))));
  }

  function groups(row) {
    const counts = new Map();
    for (let k = 0; k < row[WHERE].length; k += 2) {
      const part = row[WHERE][k], key = by.value === "place" ? data.parts[part][1] : part;
      counts.set(key, (counts.get(key) || 0) + row[WHERE][k + 1]);
    }
    return (by.value === "place" ? data.placeIntervals : data.intervals).map(([name, size, bounds]) => {
      const n = counts.get(name) || 0, [, low, high] = bounds.find(([many]) => many === n);
      const label = by.value === "place" ? name || "no place said" : data.parts[name][0];
      return { label, date: by.value === "place" ? "" : data.parts[name][2], n, size, rate: (n / size) * 1000, low, high };
    });
  }

  function show(i) {
    if (!data.terms.length) return about.replaceChildren(h("p", {}, "No term is frequent enough to show."));
    term = i;
    for (const button of found.querySelectorAll("button")) button.setAttribute("aria-pressed", String(Number(button.dataset.term) === i));
    const row = data.terms[i], [rate, low, high, wideLow, wideHigh, ...measures] = row[NUMBERS];
    const three = row[THREE], rows = groups(row);
    about.replaceChildren(
      h("h2", {}, h("bdi", { lang: "zh-Hans" }, row[TERM])),
      h("p", {}, [row[PINYIN], row[GLOSS] && `“${row[GLOSS]}”`, `tagged ${row[TAG]}`].filter(Boolean).join(", ")),
      h("p", {}, h("strong", {}, `${number(row[COUNT])} tokens, ${number(rate)} per 1,000`),
        `; 95 % interval ${number(low)} to ${number(high)} with tokens taken as independent (Wilson)`,
        wideLow === null ? "." : `, ${number(wideLow)} to ${number(wideHigh)} drawing whole articles (bootstrap).`),
      h("h3", {}, "Three counts"), ...(three ? counted(row, three) : [h("p", {}, `As a token: ${number(row[COUNT])}. Strings are counted for the terms of the lexicon only, and this is none.`)]),
      h("h3", {}, by.value === "place" ? "Rates by place" : "Rates by article"), ...chart(row, rows),
      h("h3", {}, "Spread over the articles"),
      measures.every((value) => value === null) ? h("p", {}, "One article shows no spread.")
        : h("dl", { class: "explore-list" }, ...data.measures.flatMap((name, k) => [h("dt", {}, MEANING[name] || name), h("dd", {}, number(measures[k], 3))])));
  }

  function counted(row, [string, token, inside, across, compounds]) {
    const bar = (label, n) => h("tr", {}, h("th", { scope: "row" }, label), h("td", { class: "explore-number" }, number(n)));
    return [h("table", { class: "table explore-small" }, h("caption", { class: "visually-hidden" }, "Three counts"), h("tbody", {},
      bar("as a string, whatever the tokens", string), bar("as a token", token), bar("inside longer tokens", inside), bar("across the border of tokens", across))),
      compounds ? h("p", {}, "Longer tokens with it: ", h("bdi", { lang: "zh-Hans" }, compounds)) : null].filter(Boolean);
  }

  function chart(row, rows) {
    const most = rows.slice().sort((a, b) => b.n - a.n || b.rate - a.rate).slice(0, MOST);
    const drawn = rows.filter((one) => most.includes(one));
    const top = Math.max(...drawn.map((one) => one.high), 0.001), step = 20, bottom = drawn.length * step;
    const x = (value) => `${(value / top) * 96 + 2}%`;
    const tick = 10 ** Math.floor(Math.log10(top)) * (top / 10 ** Math.floor(Math.log10(top)) >= 5 ? 2 : top / 10 ** Math.floor(Math.log10(top)) >= 2 ? 1 : 0.5);
    const ticks = Array.from({ length: Math.floor(top / tick + 1e-9) + 1 }, (_, k) => Number((k * tick).toPrecision(6)));
    const picture = h("svg", { role: "img", class: "explore-plot", height: bottom + 24, "aria-label": `Rates per 1,000 tokens of ${row[TERM]} with 95 % intervals; the table below has the numbers` },
      ...ticks.map((value) => h("g", { class: "explore-tick" }, h("line", { x1: x(value), x2: x(value), y1: 0, y2: bottom }),
        h("text", { x: x(value), y: bottom + 16, "text-anchor": "middle" }, number(value, 6)))),
      ...drawn.map((one, k) => h("g", { class: "explore-dot" },
        h("line", { x1: x(one.low), x2: x(one.high), y1: k * step + 10, y2: k * step + 10 }),
        h("circle", { cx: x(one.rate), cy: k * step + 10, r: 4 }),
        h("title", {}, `${one.label}: ${number(one.rate)} (${number(one.low)} to ${number(one.high)})`))));
    const labels = h("div", { class: "explore-labels", "aria-hidden": "true" }, ...drawn.map((one) => h("bdi", { title: one.label }, one.label)));
    const head = ["name", "date", "count", "tokens", "rate per 1,000", "low", "high"];
    const cells = rows.map((one) => [one.label, one.date, one.n, one.size, one.rate, one.low, one.high]);
    const save = h("button", { type: "button", class: "btn btn-primary btn-sm", click: () => explore.download("term-rates.csv", ["term", ...head], cells.map((line) => [row[TERM], ...line])) }, "Download CSV");
    return [
      h("p", {}, `Tokens per 1,000 with 95 % Wilson intervals, n = ${rows.length}.` + (drawn.length < rows.length ? ` The ${MOST} with most are drawn.` : "")),
      h("div", { class: "explore-chart" }, labels, picture),
      h("details", {}, h("summary", {}, "The numbers"), save, h("div", { class: "explore-scroll", tabindex: 0, role: "region", "aria-label": "Numbers of the chart" },
        h("table", { class: "table explore-small" }, h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
          h("tbody", {}, ...cells.map((line) => h("tr", {}, ...line.map((value, k) => h("td", { class: k > 1 ? "explore-number" : "" }, h("bdi", {}, k > 1 ? number(value) : value)))))))))];
  }

  const start = () => open(Object.fromEntries(explore.state()), null);
  addEventListener("hashchange", start);
  start();
})();
