"""The network of terms that share sentences: where to draw each, and which belong together."""

from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
import pandas as pd

from reformtext.errors import InputError
from reformtext.terms.frequency import require_columns

_ROOM = np.array([0.16, 0.05])  # what a label of four or five characters takes, as shares of the picture


def _apart(places: Any) -> Any:
    """Push points apart, up and down, until the label beside each has room; then fit them into the unit square."""
    for _ in range(300):
        gap = places[:, None, :] - places[None, :, :]
        near = (np.abs(gap) < _ROOM).all(axis=2) & ~np.eye(len(places), dtype=bool)
        if not near.any():
            break
        # Equal heights part by their order, so that no pair stays where it is.
        order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None, :])
        away = np.where(gap[:, :, 1] == 0, order, np.sign(gap[:, :, 1]))
        places = places + np.stack([np.zeros(len(places)), (near * away).sum(axis=1) * _ROOM[1] / 8], axis=1)
    low, high = places.min(axis=0), places.max(axis=0)
    return np.asarray((places - low) / np.maximum(high - low, 1e-9))


def cooccurrence_network(
    pairs: pd.DataFrame, weight: str = "log_dice", most: int = 40, links: int = 3, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay out the strongest ties between terms and find communities of them.

    Parameters
    ----------
    pairs : DataFrame
        term_a, term_b and the weight, one row a pair: what `collocations` gives after ``reset_index``.
    weight : str
        The column that says how strong a tie is; ties at or below 0 are left out.
    most : int
        How many terms to draw: those with the greatest sum of weights.
    links : int
        A tie is kept if it is among that many strongest ones of either of its terms: a full network is a ball of wool.
    seed : int
        Of the layout and of the search for communities.

    Returns
    -------
    nodes, edges : DataFrame
        Nodes: term, x, y (from 0 to 1, terms spread apart so that labels find room), community (from 1, by size),
        degree, strength; edges: term_a, term_b, weight. Both are empty where no pair is left.

    Raises
    ------
    InputError
        A column is missing, or `most` or `links` is below 1.

    Notes
    -----
    Communities maximise modularity (Louvain, Blondel et al. 2008); another seed may cut them differently. Positions
    (Fruchterman & Reingold 1991) have no unit: near means tied, nothing more.

    Examples
    --------
    >>> pairs = pd.DataFrame({"term_a": ["a", "b", "x"], "term_b": ["b", "c", "y"], "log_dice": [9.0, 8.0, 9.0]})
    >>> nodes, edges = cooccurrence_network(pairs)
    >>> nodes.groupby("community")["term"].agg("".join).tolist()
    ['abc', 'xy']
    """
    require_columns(pairs, ["term_a", "term_b", weight], "the table of pairs")
    if most < 1 or links < 1:
        raise InputError(f"most {most}, links {links}", way_out="both are at least 1")
    ties = pairs[(pairs["term_a"] != pairs["term_b"]) & (pairs[weight] > 0)][["term_a", "term_b", weight]]
    ties = ties.rename(columns={weight: "weight"}).sort_values(
        ["weight", "term_a", "term_b"], ascending=[False, True, True]
    )
    strength = pd.concat([ties.set_index(side)["weight"] for side in ("term_a", "term_b")]).groupby(level=0).sum()
    chosen = strength.rename_axis("term").reset_index().sort_values(["weight", "term"], ascending=[False, True])
    ties = ties[ties[["term_a", "term_b"]].isin(set(chosen["term"].head(most))).all(axis=1)]
    ranks = [ties.groupby(side).cumcount() < links for side in ("term_a", "term_b")]
    edges = ties[ranks[0] | ranks[1]].reset_index(drop=True)
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges.itertuples(index=False, name=None))
    if not graph:
        return pd.DataFrame(columns=["term", "x", "y", "community", "degree", "strength"]), edges
    groups = nx.community.louvain_communities(graph, seed=seed)
    ordered = sorted(groups, key=lambda group: (-len(group), min(group)))
    community = {term: number for number, group in enumerate(ordered, start=1) for term in group}
    places = nx.spring_layout(graph, k=2.5 / np.sqrt(len(graph)), iterations=200, seed=seed)
    nodes = pd.DataFrame(
        {
            "term": sorted(graph),
            "x": [float(places[term][0]) for term in sorted(graph)],
            "y": [float(places[term][1]) for term in sorted(graph)],
            "community": [community[term] for term in sorted(graph)],
            "degree": [graph.degree(term) for term in sorted(graph)],
            "strength": [graph.degree(term, weight="weight") for term in sorted(graph)],
        }
    )
    for axis in ("x", "y"):
        # Half by rank: a layout crowds its middle, and labels there would hide one another.
        even = nodes[axis].rank(method="first").sub(1) / max(len(nodes) - 1, 1)
        spread = (nodes[axis] - nodes[axis].min()) / max(nodes[axis].max() - nodes[axis].min(), 1e-9)
        nodes[axis] = 0.5 * even + 0.5 * spread
    nodes[["x", "y"]] = _apart(nodes[["x", "y"]].to_numpy(float)).round(4)
    return nodes, edges
