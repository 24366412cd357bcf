"""The site: built once on the invented sample and a hostile article, then read in a browser, where one is installed."""

import csv
import io
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

import reformtext as rt
from reformtext.study.plots import INDEX
from reformtext.study.site import site
from reformtext.study.tables import SCHEMA, write_tables

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# What a text may hold, and a page must show and not run.
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "&#x3c;b&#x3e;\u2028\u202e![x](http://example.invalid/x.png)",
]
PAGES = {
    "first": "index.html",
    "notebook": "notebooks/01_hostile.html",
    "figures": "figures.html",
    "claims": "claims.html",
    "terms": "terms.html",
    "codebook": "data/codebook.html",
    "guide": "guides/lexicon.html",
    "library": "library/claims.html",
    "search": "search.html",
}


def study_with_hostile_words(folder: Path) -> Path:
    """Build the sample and an article whose words, facts and names are hostile; put such words in every other column."""
    texts = folder / "texts"
    shutil.copytree(ROOT / "data" / "sample" / "texts", texts)
    body = f"""{HOSTILE[0]}青岭县召开改革会议。

{HOSTILE[1]}改革项目达到15个，同比增长5%。改革企业120家。{HOSTILE[2]}改革任务完成30项，同比增长-3.2%。
"""
    (texts / "90_hostile.txt").write_text(body, encoding="utf-8")
    with (ROOT / "data" / "sample" / "metadata.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    about = {
        "file": "90_hostile.txt",
        "title": HOSTILE[0],
        "place": HOSTILE[1],
        "source": HOSTILE[2],
        "date": "2024-05-01",
    }
    rows.append({**dict.fromkeys(rows[0], ""), **about, "article": "1", "date_kind": "publication"})
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    study = rt.build(texts, folder / "built", metadata=folder / "metadata.csv", jobs=1)
    frames = {name: study.table(name) for name in SCHEMA}
    ours = frames["claims"]["doc_id"] == "90_hostile"
    assert ours.sum() >= 3
    for column, word in zip(("indicator", "source", "scope"), HOSTILE[1:], strict=True):
        frames["claims"].loc[ours, column] = word
    frames["claims"].loc[ours, "surface"] = "=1+2"
    frames["checks"]["reason"] = HOSTILE[0]
    row = frames["terms"].iloc[[0]].assign(doc_id="90_hostile", article=1, block=0, count=2)
    frames["terms"] = pd.concat([frames["terms"], *(row.assign(term=word) for word in HOSTILE)], ignore_index=True)
    frames["documents"].loc[frames["documents"]["doc_id"] == "90_hostile", "tokens"] += 2 * len(HOSTILE)
    (folder / "hostile").mkdir()
    write_tables(frames, folder / "hostile", "hostile")
    return folder / "hostile"


def hostile_results(folder: Path) -> Path:
    """Write a notebook whose outputs, and a figure whose caption, hold hostile words."""
    (folder / "notebooks").mkdir(parents=True), (folder / "figures").mkdir()
    table = f"<style>p {{}}</style><table><tr><td onclick='alert(4)'>{''.join(HOSTILE)}</td></tr></table>"
    outputs = [
        nbformat.v4.new_output("display_data", {"text/html": table}),
        nbformat.v4.new_output("display_data", {"text/markdown": "**Places**: " + " ".join(HOSTILE)}),
        nbformat.v4.new_output("display_data", {"application/javascript": "alert(5)", "text/plain": HOSTILE[0]}),
        nbformat.v4.new_output(
            "display_data", {"image/svg+xml": "<svg onload='alert(6)'/>", "text/plain": "a picture"}
        ),
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# What is hostile here?\n\nIt costs $5 or $6. 改革 (*gǎigé*)"),
        nbformat.v4.new_code_cell("show()", outputs=outputs, execution_count=1),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "01_hostile.ipynb")
    endings = ("pdf", "svg", "png", "csv")
    for ending in endings:
        (folder / "figures" / f"line.{ending}").write_text(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", encoding="utf-8"
        )
    row = {
        **{"name": "line", "notebook": "01_hostile", "caption": "".join(HOSTILE), "alt": "".join(HOSTILE)},
        **{"size_mm": [85, 60], "inputs": [{"path": "hostile/claims.csv"}]},
        "outputs": [{"path": f"line.{ending}"} for ending in endings],
    }
    (folder / "figures" / INDEX).write_text(json.dumps([row]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once, also where pytest runs in several processes: the first builds, the others wait."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = (tmp_path_factory.mktemp("site") if alone else tmp_path_factory.getbasetemp().parent) / "hostile-site"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(600):
            if (folder / "out").exists():
                return folder / "out"
            time.sleep(0.5)
        pytest.fail("the process that builds the site did not finish")
    data = study_with_hostile_words(folder)
    site(ROOT, folder / "new", data, hostile_results(folder / "results"))
    return (folder / "new").rename(folder / "out")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed here (chromium, chromium-browser, google-chrome): pages are not opened")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


class Reader:
    """A page in the browser, and what went wrong on it."""

    def __init__(self, browser: Any, pages: Path, width: int = 1280) -> None:
        self.pages, self.faults = pages, []
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda told: told.type == "error" and self.faults.append(told.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.route(re.compile("^(https?|wss?):"), self._refuse)

    def _refuse(self, route: Any) -> None:
        self.faults.append(f"asks for {route.request.url}")
        route.abort()

    def open(self, name: str, state: str = "") -> Any:
        self.page.goto("about:blank")
        self.page.goto(f"{(self.pages / PAGES[name]).as_uri()}{'#' + state if state else ''}")
        self.page.wait_for_load_state()
        if name in {"claims", "terms"}:
            self.page.locator(".explore-count", has_text=re.compile(r"\d")).wait_for()
        return self.page


@pytest.fixture(scope="module")
def reader(browser: Any, pages: Path) -> Reader:
    return Reader(browser, pages)


@pytest.fixture(scope="module")
def phone(browser: Any, pages: Path) -> Reader:
    return Reader(browser, pages, width=390)


def test_pages_name_no_other_machine_and_carry_no_markup_of_a_text(pages: Path) -> None:
    for path in pages.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"""<(?:script|img|link|iframe)[^>]*(?:src|href)=["']?(?:https?:)?//[^"'>]*""", text), (
            path
        )
        assert "<script>alert" not in text and "onerror=" not in re.sub(r"&lt;.*?&gt;", "", text), path
    assert (pages / ".nojekyll").is_file()


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_from_a_folder_without_fault_or_request(name: str, reader: Reader) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = reader.open(name)
    if name == "claims":
        page.locator(".explore-open").first.click()
    assert not reader.faults
    # Preloading would have axe fetch the style sheets, which a page opened from a folder may not.
    looks = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}
    for scheme in looks if name in {"first", "notebook", "claims", "terms"} else ("light",):
        page.emulate_media(color_scheme=scheme)
        page.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
        found = axe.Axe().run(page, options={"preload": False, **looks[scheme]}).response["violations"]
        page.emulate_media(color_scheme="light")
        serious = [
            f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
        ]
        assert not serious, scheme
    assert not reader.faults


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_telephone(name: str, phone: Reader) -> None:
    page = phone.open(name)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    assert not phone.faults


def test_hostile_words_are_shown_as_they_stand(reader: Reader) -> None:
    page = reader.open("claims", "q=90_hostile")
    cells = page.locator("#explorer tbody").inner_text()
    assert HOSTILE[1] in cells and "=1+2" in cells
    page.locator(".explore-open").first.click()
    assert HOSTILE[2] in page.locator(".explore-detail").first.inner_text()
    for word in HOSTILE:
        page = reader.open("terms")
        page.fill("#explore-search", word)
        page.locator(".explore-terms button").first.click()
        assert page.locator(".explore-about h2").text_content() == word
    page = reader.open("first")
    assert HOSTILE[0] in page.locator("section", has_text="answered").last.inner_text()
    page = reader.open("figures")
    assert HOSTILE[0] in page.locator("figcaption").inner_text()
    assert HOSTILE[0] in (page.locator(".figure-card img").get_attribute("alt") or "")
    page = reader.open("notebook")
    assert page.locator("strong", has_text="Places").locator("..").inner_text().startswith(f"Places: {HOSTILE[0]}")
    assert page.locator("article img[src^=http], [onclick], [onload], [onerror]").count() == 0
    assert "$5 or $6" in page.locator("article").inner_text()
    assert not reader.faults


def test_claims_are_filtered_sorted_remembered_and_taken_along(reader: Reader, pages: Path) -> None:
    claims = rt.Study(pages.parent / "hostile").claims
    page = reader.open("claims")
    assert page.locator(".explore-count").inner_text() == f"{len(claims)} of {len(claims)} reported figures"
    page.select_option("#explore-kind", "change")
    page.fill("#explore-from-year", "2023")
    changes = claims[claims["kind"] == "change"]
    shown = download(page)
    assert 0 < len(shown) < len(changes) and {row["kind"] for row in shown} == {"change"}
    assert all(max(map(int, re.findall(r"\d{4}", row["period"])), default=9999) >= 2023 for row in shown)
    page.locator(".explore-sort", has_text="Value").click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    values = [float(row["value"]) for row in download(page)]
    assert values == sorted(values) and len(values) == len(shown)
    address = page.url
    assert "kind=change" in address and "sort=value" in address
    page = reader.open("claims", address.split("#")[1])
    assert page.input_value("#explore-kind") == "change"
    assert [float(row["value"]) for row in download(page)] == values
    page.get_by_role("button", name="Clear").click()
    page.fill("#explore-search", "no such words anywhere")
    assert page.locator(".explore-count").inner_text().startswith("0 of")
    assert page.locator("#explorer tbody").inner_text().startswith("No figure fits")
    assert not reader.faults


def test_going_back_undoes_a_choice(reader: Reader) -> None:
    page = reader.open("claims", "kind=change")
    page.locator(".explore-sort", has_text="Value").click()
    page.locator("#explore-search").press_sequentially("90_hostile")
    assert page.evaluate("location.hash") == "#q=90_hostile&kind=change&sort=value"
    for q, sort, kind in (("", "ascending", "change"), ("", None, "change")):
        page.go_back()
        assert page.input_value("#explore-search") == q and page.input_value("#explore-kind") == kind
        assert page.locator("th[data-name=value]").get_attribute("aria-sort") == sort
    page = reader.open("terms", "q=gai&term=改革&by=place")
    assert page.input_value("#explore-search") == "gai" and page.input_value("#explore-rates") == "place"
    page.fill("#explore-search", "")
    page.locator(".explore-terms button").last.click()
    assert page.locator(".explore-about h2").text_content() != "改革"
    page.go_back()
    assert page.locator(".explore-about h2").text_content() == "改革" and page.input_value("#explore-search") == ""
    page.fill("#explore-search", "no such word anywhere")
    assert page.locator(".explore-count").inner_text().startswith("None of")
    assert not reader.faults


def test_checks_are_shown_with_their_claims(reader: Reader, pages: Path) -> None:
    checks = rt.Study(pages.parent / "hostile").checks
    page = reader.open("claims", "verdict=any check")
    page.locator(".explore-open").first.click()
    told = page.locator(".explore-checks").first.inner_text()
    assert HOSTILE[0] in told and any(verdict in told for verdict in checks["verdict"])
    linked = page.locator(".explore-checks button").first
    wanted = int(re.search(r"\d+", linked.inner_text())[0])
    linked.click()
    assert int(page.locator(".explore-count").inner_text().split()[0]) == wanted
    assert not reader.faults


def download(page: Any) -> list[dict[str, str]]:
    with page.expect_download() as told:
        page.get_by_role("button", name="Download CSV").first.click()
    text = Path(told.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_holds_every_row_and_no_formula(reader: Reader, pages: Path) -> None:
    claims = rt.Study(pages.parent / "hostile").claims
    rows = download(reader.open("claims"))
    assert list(rows[0]) == [*claims.columns, "verdicts"] and len(rows) == len(claims)
    ours = [row for row in rows if row["doc_id"] == "90_hostile"]
    assert {row["surface"] for row in ours} == {"'=1+2"}
    assert {row["indicator"] for row in ours} == {HOSTILE[1]}
    assert [float(row["value"]) for row in rows] == claims["value"].tolist()
    cell = reader.page.evaluate("['-3.2', '+5', '-a', '@x', '\\t1', '=1', '12', ''].map((x) => explore.csv([x], []))")
    assert [text[1:-1] for text in cell] == ["-3.2", "'+5", "'-a", "'@x", "'\t1", "'=1", "12", ""]


def test_terms_have_the_librarys_numbers(reader: Reader, pages: Path) -> None:
    study = rt.Study(pages.parent / "hostile")
    page = reader.open("terms", "term=改革")
    told = page.locator(".explore-about").inner_text()
    count = study.terms.query("term == '改革'")["count"].sum()
    low, high = rt.proportion_interval(count, study.documents["tokens"].sum())
    assert f"{count} tokens" in told and f"{low * 1000:.2f} to {high * 1000:.2f}" in told
    strings = study.queries.query("query == '改革'")["string_count"].sum()
    assert re.search(rf"whatever the tokens\s+{strings}\b", told)
    rows = download_numbers(page)
    assert sum(int(row["count"]) for row in rows) == count and len(rows) == (study.documents["tokens"] > 0).sum()
    assert all(float(row["low"]) <= float(row["rate per 1,000"]) <= float(row["high"]) for row in rows)
    assert page.locator(".explore-dot").count() == len(rows)
    page.select_option("#explore-rates", "place")
    assert len(download_numbers(page)) == study.documents["place"].nunique()
    page.fill("#explore-search", "gaige")
    assert page.locator(".explore-terms button").first.inner_text().startswith("改革")
    assert not reader.faults


def download_numbers(page: Any) -> list[dict[str, str]]:
    page.locator("summary").click()
    return download(page)


@pytest.mark.parametrize(("name", "wanted"), [("claims", "Details of"), ("terms", "改革")])
def test_keyboard_reaches_what_a_mouse_does(name: str, wanted: str, reader: Reader) -> None:
    page = reader.open(name)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        what = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.id || e.ariaLabel || e.textContent.trim(), s.outlineStyle !== 'none' || s.boxShadow !== 'none'] })()"
        )
        reached.append(what)
        if what[0].startswith(wanted):
            break
    names = [what for what, _ in reached]
    controls = page.locator(".explore-form :is(input, select)").evaluate_all("all => all.map(e => e.id)")
    assert set(controls) <= set(names) and names[-1].startswith(wanted)
    assert all(visible for what, visible in reached if what in controls or what == names[-1])
    page.keyboard.press("Enter")
    state = "aria-expanded" if name == "claims" else "aria-pressed"
    assert page.evaluate(f"document.activeElement.getAttribute('{state}')") == "true"
    assert not reader.faults


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"root": ""}, "make study"),
        ({"data": "data/articles"}, "go together"),
        ({"out": "tests"}, "other things than a site"),
    ],
)
def test_what_cannot_be_built_is_said(change: dict[str, str], told: str, tmp_path: Path) -> None:
    given = {
        "root": ROOT,
        "out": tmp_path / "site",
        **{name: (ROOT if v else tmp_path) / v for name, v in change.items()},
    }
    with pytest.raises(rt.InputError, match=told):
        site(**given)


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(rt.InputError, match=r"sphinx.*reformtext\[site\]"):
        site(ROOT, tmp_path / "site")
