"""The rendered notebooks as static pages: no server, nothing fetched, works from a folder."""

import html
import json
import shutil
from pathlib import Path

import nbformat

from reformtext.errors import InputError
from reformtext.study.plots import INDEX

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #222 }}
a {{ color: #0072B2 }} img {{ max-width: 100%; height: auto }} figure {{ margin: 2rem 0 }}
figcaption {{ font-size: .9rem; color: #444 }}
</style></head><body>{body}</body></html>
"""


def site(root: Path, out: Path) -> Path:
    """Render the notebooks and a figure gallery.

    Parameters
    ----------
    root : Path
        The checkout.
    out : Path
        The folder of the pages; its files are overwritten.

    Returns
    -------
    Path
        The first page.
    """
    from nbconvert import HTMLExporter

    books = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    index = root / "figures" / INDEX
    if not books or not index.is_file():
        raise InputError("no notebooks or no figures here", file=root, way_out="run `make study` first")
    (out / "figures").mkdir(parents=True, exist_ok=True)
    # Empty addresses: the pages ask no other machine for scripts.
    exporter = HTMLExporter(require_js_url="", mathjax_url="", mermaid_js_url="", embed_images=True)
    items = []
    for path in books:
        notebook = nbformat.read(path, as_version=4)
        page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": path.stem}})
        (out / f"{path.stem}.html").write_text(page, encoding="utf-8")
        title = notebook.cells[0].source.splitlines()[0].lstrip("# ")
        items.append(f'<li><a href="{path.stem}.html">{html.escape(path.stem)}</a>: {html.escape(title)}</li>')
    figures = []
    for row in json.loads(index.read_text(encoding="utf-8")):
        for file in row["outputs"]:
            shutil.copyfile(root / "figures" / file["path"], out / "figures" / file["path"])
        links = " ".join(
            f'<a href="figures/{file["path"]}">{file["path"].rsplit(".", 1)[1]}</a>' for file in row["outputs"]
        )
        figures.append(
            f'<figure id="{row["name"]}"><img src="figures/{row["name"]}.svg" alt="{html.escape(row["alt"])}" loading="lazy">'
            f"<figcaption>{html.escape(row['caption'])} ({links})</figcaption></figure>"
        )
    body = f"<h1>reformtext</h1><ul>{''.join(items)}</ul><h2>Figures</h2>{''.join(figures)}"
    first = out / "index.html"
    first.write_text(_PAGE.format(title="reformtext", body=body), encoding="utf-8")
    return first
