"""The study as static pages: no server, nothing fetched; they work from a folder as they do from a web host."""

import html
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
from lxml import html as lxml_html

from reformtext.errors import InputError
from reformtext.study.plots import INDEX, font_path
from reformtext.study.tables import MANIFEST, SCHEMA, Study, codebook, plain
from reformtext.terms.dispersion import dispersion
from reformtext.terms.frequency import ARTICLE, cluster_interval, frequency, proportion_interval, three_counts
from reformtext.texts.lexicon import load_lexicon, load_table

_PAGES = Path(__file__).parent / "pages"
_NEEDED = ("sphinx", "myst_nb", "pydata_sphinx_theme", "numpydoc")
# What marks a folder as a site of this project's, which may be replaced.
_MARK = ".buildinfo"
_MOST_TERMS = 10_000
# A number as notebooks print it, with its sign, its unit of a per cent, or what stands for none.
_NUMBER = re.compile(r"[+\-−]?\d[\d,.]*(?:e[+\-]?\d+)?\s?%?|nan|NaN|–|-")
_MEASURES = ("range", "dp_norm", "juilland_d", "rosengren_s", "kld", "da")
_TABLE_TAGS = [
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "div",
    "p",
    "span",
    "b",
    "i",
    "em",
    "strong",
    "code",
    "br",
]
_WINGS = {
    "texts": "Texts: what is written",
    "terms": "Terms: how often, where, with what",
    "discourse": "Discourse: how it is said",
    "claims": "Claims: reported figures",
    "study": "Study: tables, figures, accuracy",
    "errors": "Errors",
}


def site(root: Path, out: Path, data: Path | None = None, results: Path | None = None) -> Path:
    """Build the site: notebooks, figures, codebook, interface, guides, and pages to search claims and terms.

    Parameters
    ----------
    root : Path
        The checkout: its ``docs``, and unless others are named its ``data``, ``notebooks`` and ``figures``.
    out : Path
        The folder of the pages; an earlier site there is replaced whole.
    data, results : Path, optional
        Another study's folder, and the folder that `run_study` put its notebooks and figures in.

    Returns
    -------
    Path
        The first page.

    Raises
    ------
    InputError
        Where the packages for it are not installed, something to show is missing, or `out` holds other things.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(
            f"the site needs {', '.join(missing)}, not installed here", way_out="pip install 'reformtext[site]'"
        )
    if (data is None) != (results is None):
        raise InputError("--data and --results go together", way_out="name both, or neither for this study")
    made = results or root
    books, index = sorted((made / "notebooks").glob("[0-9]*.ipynb")), made / "figures" / INDEX
    if not books or not index.is_file():
        raise InputError("no notebooks or no figures here", file=made, way_out="run `make study` first")
    if not (root / "docs" / "conf.py").is_file():
        raise InputError("no docs/conf.py here", file=root, way_out="run it in the project's folder")
    if out.exists() and not (out.is_dir() and ((out / _MARK).is_file() or not any(out.iterdir()))):
        raise InputError("holds other things than a site", file=out, way_out="name a new or empty folder")
    folders = [data] if data else sorted(path.parent for path in (root / "data").glob(f"*/{MANIFEST}"))
    studies = [Study(folder) for folder in folders]
    with tempfile.TemporaryDirectory(prefix="reformtext-") as scratch:
        source, pages = Path(scratch) / "source", Path(scratch) / "pages"
        _write_sources(root, source, books, json.loads(index.read_text(encoding="utf-8")), studies, data is None)
        shutil.copytree(made / "figures", source / "extra" / "figures", ignore=shutil.ignore_patterns(".*"))
        _sphinx(source, pages)
        _add_font(pages)
        (pages / ".nojekyll").touch()
        if out.exists():
            shutil.rmtree(out)
        shutil.copytree(pages, out)
    return out / "index.html"


def _sphinx(source: Path, pages: Path) -> None:
    """Run Sphinx in a process of its own; what it warns of is passed on, what stops it is an error."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(pages.with_name("doctrees"))]
    run = subprocess.run([*command, str(source), str(pages)], capture_output=True, text=True, encoding="utf-8")
    told = run.stderr.replace(f"{source}/", "").strip()
    if run.returncode:
        raise InputError(f"Sphinx stopped: {told or run.stdout.strip()}", file=source, way_out="mend the page it names")
    if told:
        print(told, file=sys.stderr)


def _write_sources(
    root: Path,
    source: Path,
    books: Sequence[Path],
    figures: Sequence[Mapping[str, Any]],
    studies: Sequence[Study],
    own: bool,
) -> None:
    """Gather what Sphinx reads: guides, notebooks, and the pages that are made from tables."""
    shutil.copytree(root / "docs", source / "guides")
    (source / "guides" / "conf.py").rename(source / "conf.py")
    (source / "guides" / "index.md").unlink(missing_ok=True)
    for name in ("notebooks", "data", "library", "extra", "_static"):
        (source / name).mkdir(parents=True)
    for path in _PAGES.iterdir():
        shutil.copy(path, source / ("_static" if path.suffix in {".js", ".css"} else ""))
    asked = {}
    for path in books:
        notebook = _defused(nbformat.read(path, as_version=4))
        asked[path.stem] = (notebook.cells[0].source.splitlines()[0].lstrip("# "), _answer(notebook))
        nbformat.write(notebook, source / "notebooks" / path.name)
    for study in studies:
        for kind, payload in (("claims", _claims(study)), ("terms", _terms(study))):
            _write_data(source / "_static" / f"{kind}-{study.folder.name}.js", kind, study.folder.name, payload)
    # The first study is the one that the pages open with.
    names = json.dumps([study.folder.name for study in studies])
    for kind in ("claims", "terms"):
        page = source / f"{kind}.md"
        page.write_text(page.read_text(encoding="utf-8").replace("STUDIES", html.escape(names)), encoding="utf-8")
    pages = {
        "index.md": _index(root, asked, studies, own),
        "notebooks/index.md": _notebook_list(asked),
        "figures.md": _gallery(figures),
        "guides/index.md": "# Guides\n\n" + _toctree(["*"], glob=True),
        "data/codebook.md": _plain_markdown(root / "data" / "README.md")
        if own
        else f"# Codebook\n\n## The tables\n\n{codebook()}",
        "library/index.rst": _library(source / "library"),
    }
    listed = ["codebook"]
    for name, path in {"datasheet": root / "data" / "DATASHEET.md", "corrections": root / "CORRECTIONS.md"}.items():
        if own and path.is_file():
            pages[f"data/{name}.md"] = _plain_markdown(path)
            listed.append(name)
    if (root / "CONTRIBUTING.md").is_file():
        pages["guides/contributing.md"] = _plain_markdown(root / "CONTRIBUTING.md")
    pages["data/index.md"] = "# Data\n\n" + _toctree(listed)
    for name, text in pages.items():
        (source / name).write_text(text, encoding="utf-8")


def _toctree(names: Iterable[str], glob: bool = False, hidden: bool = False) -> str:
    """Write a table of contents in MyST."""
    options = f"{':glob:' if glob else ':maxdepth: 1'}\n" + (":hidden:\n" if hidden else "")
    return "```{toctree}\n" + options + "\n" + "\n".join(names) + "\n```\n"


def _raw(markup: str) -> str:
    """Write a block of HTML in MyST; no line of it is empty, which would end nothing but reads badly."""
    return "```{raw} html\n" + markup + "\n```\n"


def _plain_markdown(path: Path) -> str:
    """Read a Markdown file of the checkout; its links to other files, which the site has not, become their words."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"(?<!!)\[([^\]\n]+)\]\((?![a-z]+:)[^)\n]+\)", r"\1", text)


def _answer(notebook: Any) -> str:
    """Give the first paragraph that a notebook computed: by the house's rule, the answer to its question."""
    told = (
        output.get("data", {}).get("text/markdown") for cell in notebook.cells for output in cell.get("outputs", [])
    )
    return next(filter(None, told), "").split("\n")[0].replace("**", "")


def _index(root: Path, asked: Mapping[str, tuple[str, str]], studies: Sequence[Study], own: bool) -> str:
    """Write the first page: for this study its own words, for another its size; then the questions, answered."""
    contents = ["notebooks/index", "figures", "claims", "terms", "data/index", "guides/index", "library/index"]
    rows = "".join(
        f'<tr><th scope="row">{html.escape(study.folder.name)}</th><td>{len(study.documents):,}</td>'
        f"<td>{study.documents['tokens'].sum():,}</td><td>{len(study.claims):,}</td><td>{len(study.checks):,}</td></tr>"
        for study in studies
    )
    sizes = _raw(
        '<div class="pst-scrollable-table-container" tabindex="0" role="region" aria-label="Sizes of the corpora">'
        '<table class="table sizes"><thead><tr><th scope="col">corpus</th><th scope="col">articles</th><th scope="col">tokens</th>'
        f'<th scope="col">reported figures</th><th scope="col">checks</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
    words = (root / "docs" / "index.md").read_text(encoding="utf-8") if own else f"# {studies[0].folder.name}\n"
    answers = "\n".join(
        f"### [{_escaped(title)}](notebooks/{name}.ipynb)\n\n{answer}\n" for name, (title, answer) in asked.items()
    )
    return f"{words}\n## The corpora\n\n{sizes}\n## The questions, answered\n\n{answers}\n{_toctree(contents, hidden=True)}"


def _notebook_list(names: Iterable[str]) -> str:
    return f"# Notebooks\n\nEach asks one question, answers it in its first lines, and runs alone.\n\n{_toctree(names)}"


def _escaped(text: str) -> str:
    """Take from text what Markdown would read as markup of the page or as a picture to fetch.

    & stays: an entity stands for a character and for no markup, and `prose` has written some.
    """
    return text.replace("<", "&lt;").replace("![", "!&#91;")


def _defused(notebook: Any) -> Any:
    """Take from a notebook's outputs whatever a browser would run or fetch; texts may have put it there."""
    from nbconvert.preprocessors.sanitize import SanitizeHTML

    cleaner = SanitizeHTML(
        tags=_TABLE_TAGS,
        attributes=["class", "style", "scope", "colspan", "rowspan"],
        strip=True,
        safe_output_keys={"text/plain", "text/markdown", "image/png"},
        sanitized_output_types={"text/html"},
    )
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {})
            if "text/html" in shown:
                # pandas writes a style element before each table; stripped of its tags it would be read as text.
                shown["text/html"] = re.sub(r"<style.*?</style>", "", shown["text/html"], flags=re.DOTALL)
            if "text/markdown" in shown:
                shown["text/markdown"] = _escaped(shown["text/markdown"])
        if cell.cell_type == "code":
            cell.outputs = cleaner.sanitize_code_outputs(cell.outputs)
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = _readable(output.data["text/html"])
    return notebook


def _readable(markup: str) -> str:
    """Set columns of numbers to the right, and make a head without words a cell, which it is to a screen reader."""
    page = lxml_html.fragment_fromstring(markup, create_parent="div")
    for table in page.iter("table"):
        rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
        # Where a cell spans others, the n-th cells of the rows are no column.
        for column in () if table.xpath(".//*[@colspan or @rowspan]") else zip_longest(*rows):
            cells = [cell for cell in column if cell is not None]
            words = [cell.text_content().strip() for cell in cells if cell.tag == "td"]
            if any(words) and all(not word or _NUMBER.fullmatch(word) for word in words):
                for cell in cells:
                    cell.classes.add("explore-number")
        for head in table.iter("th"):
            if not head.text_content().strip():
                head.tag = "td"
    return str(lxml_html.tostring(page, encoding="unicode"))


def _gallery(figures: Sequence[Mapping[str, Any]]) -> str:
    """Write the page of figures: each with its caption, files, notebook and tables."""
    parts = ["# Figures\n\nEach in PDF and SVG for print, PNG at 600 dpi, and CSV with the plotted numbers.\n"]
    for row in sorted(figures, key=lambda row: (str(row["notebook"]), str(row["name"]))):
        name = html.escape(row["name"])
        files = {file["path"].rsplit(".", 1)[1]: html.escape(file["path"]) for file in row["outputs"]}
        links = " · ".join(
            f'<a href="figures/{path}" download aria-label="{name} as {ending.upper()}">{ending.upper()}</a>'
            for ending, path in files.items()
        )
        folders = {file["path"].partition("/")[0] for file in row["inputs"] if "/" in file["path"]}
        behind = html.escape(f"of {' and '.join(sorted(folders))}" if folders else "that the caption names")
        book = html.escape(row["notebook"])
        width, height = (html.escape(str(side)) for side in row["size_mm"])
        parts.append(
            f"## {name}\n\n"
            + _raw(
                f'<figure class="figure-card"><a href="figures/{files["png"]}" aria-label="{name}, full size">'
                f'<img src="figures/{files["svg"]}" alt="{html.escape(row["alt"])}" loading="lazy" style="width:{width}mm;aspect-ratio:{width}/{height}"></a>'
                f"<figcaption><p>{html.escape(row['caption'])}</p><p>{links}</p>"
                f'<p>Made by <a href="notebooks/{book}.html">{book}</a> from the <a href="data/codebook.html">tables</a> '
                f"{behind}.</p></figcaption></figure>"
            )
        )
    return "\n".join(parts)


def _library(folder: Path) -> str:
    """Write a page a wing with the docstrings of its public names, and give the page that lists them."""
    import reformtext

    for wing, title in _WINGS.items():
        names = sorted(
            name for home, names in reformtext._HOMES.items() if home.split(".")[0] == wing for name in names
        )
        parts = [f"{title}\n{'=' * len(title)}\n\n.. currentmodule:: reformtext\n"]
        for name in names:
            value = getattr(reformtext, name)
            kind = "class" if isinstance(value, type) else "function" if callable(value) else "data"
            options = "   :members:\n" if name == "Study" else "   :no-value:\n" if kind == "data" else ""
            parts.append(f".. auto{kind}:: {name}\n{options}")
        (folder / f"{wing}.rst").write_text("\n".join(parts), encoding="utf-8")
    rows = "\n".join(f"   {wing}" for wing in _WINGS)
    title = "Library"
    return (
        f"{title}\n{'=' * len(title)}\n\n``import reformtext as rt`` gives every public name; each is loaded at first use.\n\n"
        f".. toctree::\n   :maxdepth: 2\n\n{rows}\n"
    )


def _write_data(path: Path, kind: str, name: str, payload: object) -> None:
    """Write data as a script, which a page may load from a folder where it may not fetch a file."""
    text = json.dumps([kind, name, payload], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # JSON is JavaScript but for these; < is for whoever puts the script into a page.
    for character in "<\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    path.write_text(f"reformtextData(...{text});\n", encoding="utf-8")


def _claims(study: Study) -> dict[str, Any]:
    """Gather claims and checks for the claims page: rows as in the tables, and which checks bear on each."""
    claims, checks = study.claims, study.checks
    ids = claims["doc_id"] + ":" + claims["start"].astype("str") + "-" + claims["end"].astype("str")
    bearing: dict[str, list[int]] = {}
    for number, listed in enumerate(checks["claims"]):
        for claim in listed.split("|"):
            bearing.setdefault(claim, []).append(number)
    indicators = load_table("indicators", ["code", "name", "aliases", "english", "unit", "type"])
    return {
        "columns": [column.name for column in SCHEMA["claims"]],
        "rows": [[plain(value) for value in row] for row in claims.itertuples(index=False)],
        "checkColumns": [column.name for column in SCHEMA["checks"]],
        "checks": [[plain(value) for value in row] for row in checks.itertuples(index=False)],
        "bearing": [bearing.get(claim, []) for claim in ids],
        "indicators": indicators[["code", "name", "english"]].to_numpy().tolist(),
        "dated": study.documents.drop_duplicates("doc_id")[["doc_id", "date"]].to_numpy().tolist(),
    }


def _rounded(value: Any, places: int = 4) -> float | None:
    return None if pd.isna(value) else round(float(value), places)


def _terms(study: Study) -> dict[str, Any]:
    """Compute what the terms page shows: rates with intervals by article and place, spread, and the three counts."""
    documents = study.documents[study.documents["tokens"] > 0]
    sizes = documents.set_index(ARTICLE)["tokens"]
    counts = study.terms.groupby("term")["count"].sum()
    least = 2
    if (counts >= least).sum() > _MOST_TERMS:
        least = int(counts.nlargest(_MOST_TERMS + 1).iloc[-1]) + 1
    kept = study.terms[study.terms["term"].isin(set(counts.index[counts >= least]))]
    cells = kept.groupby([*ARTICLE, "term"])["count"].sum().reset_index()
    labels = study.labels.reindex(sizes.index)
    payload: dict[str, Any] = {
        "least": least,
        "distinct": len(counts),
        "tokens": int(sizes.sum()),
        "parts": [
            [label, place, date, int(size)]
            for label, place, date, size in zip(labels, documents["place"], documents["date"], sizes, strict=True)
        ],
        "measures": list(_MEASURES),
        "terms": [],
        "intervals": [],
        "placeIntervals": [],
    }
    if cells.empty:
        return payload
    part = pd.Series(range(len(sizes)), index=sizes.index)
    cells["part"] = part.reindex(pd.MultiIndex.from_frame(cells[ARTICLE])).to_numpy()
    cells["place"] = documents["place"].to_numpy()[cells["part"]]
    payload["intervals"] = _intervals(cells, "part", sizes.reset_index(drop=True))
    payload["placeIntervals"] = _intervals(cells, "place", documents.groupby("place", sort=False)["tokens"].sum())
    pooled = frequency(kept, by=None, sizes=float(sizes.sum()))
    articles = cluster_interval(cells, sizes) if len(sizes) > 1 else pd.DataFrame(index=pooled.index)
    wide = cells.pivot_table(index="part", columns="term", values="count", aggfunc="sum").reindex(part).fillna(0)
    spread = dispersion(wide, sizes.to_numpy()) if len(sizes) > 1 else pd.DataFrame(index=pooled.index)
    three = _pooled_counts(study)
    lexicon = load_lexicon().table
    glosses = dict(zip(lexicon["term"], zip(lexicon["pinyin"], lexicon["gloss"], strict=True), strict=True))
    tags = kept.groupby(["term", "pos"])["count"].sum().reset_index().sort_values("count", kind="stable")
    tag = tags.drop_duplicates("term", keep="last").set_index("term")["pos"].to_dict()
    where: dict[str, list[int]] = {}
    for term, number, count in zip(cells["term"], cells["part"].tolist(), cells["count"].tolist(), strict=True):
        where.setdefault(term, []).extend((number, count))
    bounds = [f"{bound}_per_1000_tokens" for bound in ("rate", "low", "high")]
    table = pooled[["count", *bounds]].join(articles.reindex(columns=bounds[1:]).add_suffix("_articles"))
    table = table.join(spread.reindex(columns=list(_MEASURES)))
    for row in table.itertuples():
        term, count, *numbers = row
        payload["terms"].append(
            [
                term,
                tag[term],
                *glosses.get(term, ("", "")),
                int(count),
                [_rounded(n) for n in numbers],
                where[term],
                three.get(term),
            ]
        )
    return payload


def _intervals(cells: pd.DataFrame, by: str, sizes: pd.Series) -> list[Any]:
    """Give for each group its name, size and, for every count of a term in it, the rate's Wilson bounds."""
    sums = cells.groupby([by, "term"])["count"].sum().reset_index()
    own: dict[Any, set[int]] = {name: set(counts) for name, counts in sums.groupby(by)["count"]}
    found = []
    for name, size in sizes.items():
        many = np.array(sorted({0, *own.get(name, set())}), dtype=np.int64)
        low, high = (bound * 1000 for bound in proportion_interval(many, np.full(len(many), size)))
        rows = [[int(n), _rounded(a), _rounded(b)] for n, a, b in zip(many, low, high, strict=True)]
        found.append([name, int(size), rows])
    return found


def _pooled_counts(study: Study) -> dict[str, list[Any]]:
    """Count the lexicon's terms three ways over the whole study: as string, token, in longer tokens, across tokens."""
    queries = study.queries.groupby("query", as_index=False)["string_count"].sum().assign(doc_id="", article=0)
    if queries.empty:
        return {}
    terms = study.terms.groupby("term", as_index=False)["count"].sum().assign(doc_id="", article=0)
    table = three_counts(terms, list(queries["query"]), queries)
    columns = ["string_count", "token_count", "inside_count", "across_count"]
    longer = table["compounds"].str.split("; ").str[:12].str.join("; ")
    return {
        query: [*counts, compounds]
        for query, counts, compounds in zip(table["query"], table[columns].to_numpy().tolist(), longer, strict=True)
    }


def _add_font(pages: Path) -> None:
    """Add a cut of Noto Sans SC with the Han characters of the pages; only a browser without a Chinese font loads it."""
    from fontTools import subset  # type: ignore[import-untyped]

    seen: set[str] = set()
    for path in pages.rglob("*"):
        if path.suffix in {".html", ".js"}:
            seen.update(path.read_text(encoding="utf-8"))
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[ord(character) for character in seen if ord(character) >= 0x2E80])
    with subset.load_font(str(font_path()), options) as font:
        cut.subset(font)
        subset.save_font(font, str(pages / "_static" / "han.woff"), options)
    shutil.copy(font_path().with_name("OFL.txt"), pages / "_static" / "han.OFL.txt")
