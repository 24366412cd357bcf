"""Formulations (提法): the Party's fixed wordings, dated, and when and where a corpus uses them."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from reformtext.discourse.phrases import phrase_table
from reformtext.discourse.wordlist import LISTS, word_finder
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import load_table


def formulations(text: str | Sequence[Paragraph], lexicon: str | Path | None = None) -> pd.DataFrame:
    """Find fixed formulations and their permitted variants, as strings and not through the segmenter.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    lexicon : path-like, optional
        A list of one's own: CSV with ``term``, ``variants`` (divided by spaces), ``year`` (when it became official
        wording), ``occasion``, ``confidence``, ``gloss``, ``exclude`` (longer strings that are something else),
        ``reason``. What is written in ``data/lexicon/formulations.csv`` comes from general knowledge; ``confidence``
        says how firm a date is.

    Returns
    -------
    DataFrame
        One row a use in the order of the text: ``start``, ``end`` (code points of the source, end exclusive),
        ``surface`` (as written), ``formulation`` (the list's term).

    Raises
    ------
    InputError
        The list is broken; the message names the line.

    Examples
    --------
    >>> formulations("青禾县深化“放管服”和供给侧改革。")[["surface", "formulation"]].values.tolist()
    [['放管服', '放管服'], ['供给侧改革', '供给侧结构性改革']]
    """
    return phrase_table(text, word_finder("formulations", lexicon), ["formulation"])


def formulation_careers(hits: pd.DataFrame, documents: pd.DataFrame, lexicon: str | Path | None = None) -> pd.DataFrame:
    """Follow each formulation through a corpus: how often, in how many articles, from when to when, in which wordings.

    Parameters
    ----------
    hits : DataFrame
        doc_id, article, surface and ``type`` (the formulation), as in the rows of kind formulation in the table phrases.
    documents : DataFrame
        doc_id, article, date (ISO 8601, a year at least), place.
    lexicon : path-like, optional
        The list that the hits were found with.

    Returns
    -------
    DataFrame
        Indexed by formulation, by the year that the list gives: ``year``, ``confidence``, ``uses``, ``articles``,
        ``places``, ``first_year``, ``last_year`` (of the corpus), ``lag`` (first_year − year: below 0 the corpus
        has it before the list's year), ``variants`` (wordings other than the term, with counts).

    Raises
    ------
    InputError
        A hit's article is not among the documents.

    Examples
    --------
    >>> hits = pd.DataFrame({"doc_id": ["a"], "article": [1], "surface": ["放管服"], "type": ["放管服"]})
    >>> documents = pd.DataFrame({"doc_id": ["a"], "article": [1], "date": ["2020-07"], "place": ["云河市"]})
    >>> formulation_careers(hits, documents)[["uses", "first_year"]].values.tolist()
    [[1, 2020]]
    """
    path = lexicon or "formulations"
    listed = load_table(path, LISTS["formulations"].columns, key=["term"]).set_index("term")[["year", "confidence"]]
    rows = hits.merge(documents[["doc_id", "article", "date", "place"]], on=["doc_id", "article"], how="left")
    if rows["date"].isna().any():
        raise InputError("a hit's article is not among the documents", way_out="take both from one study")
    rows["used"] = pd.to_numeric(rows["date"].str[:4], errors="coerce").astype("Int64")
    groups = rows.groupby("type", sort=True)
    table = pd.DataFrame(
        {
            "uses": groups.size(),
            "articles": rows.drop_duplicates(["type", "doc_id", "article"]).groupby("type").size(),
            "places": groups["place"].nunique(),
            "first_year": groups["used"].min(),
            "last_year": groups["used"].max(),
        }
    ).rename_axis("formulation")
    table.insert(0, "year", pd.to_numeric(listed["year"]).reindex(table.index).astype("Int64"))
    table.insert(1, "confidence", listed["confidence"].reindex(table.index))
    table["lag"] = table["first_year"] - table["year"]
    others = rows[rows["surface"] != rows["type"]].groupby(["type", "surface"]).size()
    wordings = others.reset_index(name="n").sort_values(["type", "n", "surface"], ascending=[True, False, True])
    written = (wordings["surface"] + " (" + wordings["n"].astype(str) + ")").groupby(wordings["type"]).agg("; ".join)
    table["variants"] = written.reindex(table.index).fillna("") if len(wordings) else ""
    return table.reset_index().sort_values(["year", "formulation"], ignore_index=True).set_index("formulation")
