import pandas as pd
import pytest

from reformtext.discourse.network import cooccurrence_network
from reformtext.errors import InputError


def pairs(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Make a table of pairs."""
    return pd.DataFrame(rows, columns=["term_a", "term_b", "log_dice"])


CLIQUES = pairs(
    *[(a, b, 9.0) for group in ("水渠田", "学校课") for i, a in enumerate(group) for b in group[i + 1 :]],
    ("水", "学", 1.0),
)


def test_cliques_are_communities_and_positions_repeat() -> None:
    nodes, edges = cooccurrence_network(CLIQUES, seed=3)
    again, _ = cooccurrence_network(CLIQUES.iloc[::-1], seed=3)
    assert nodes.equals(again)
    assert sorted(nodes.groupby("community")["term"].agg(lambda terms: "".join(sorted(terms)))) == sorted(
        ["".join(sorted("水渠田")), "".join(sorted("学校课"))]
    )
    assert nodes[["x", "y"]].to_numpy().min() >= 0 and nodes[["x", "y"]].to_numpy().max() <= 1 and len(edges) == 7
    assert not nodes.duplicated(["x", "y"]).any()


def test_the_strongest_terms_and_ties_are_kept() -> None:
    nodes, edges = cooccurrence_network(
        pairs(("a", "b", 9), ("a", "c", 8), ("a", "d", 7), ("a", "a", 9)), most=3, links=1
    )
    assert set(nodes["term"]) == {"a", "b", "c"}
    assert edges[["term_a", "term_b"]].to_numpy().tolist() == [["a", "b"], ["a", "c"]]


def test_nothing_gives_nothing_and_a_bad_call_is_refused() -> None:
    nodes, edges = cooccurrence_network(pairs(("a", "b", -1)))
    assert nodes.empty and edges.empty
    with pytest.raises(InputError, match="most 0"):
        cooccurrence_network(CLIQUES, most=0)
    with pytest.raises(InputError, match="npmi"):
        cooccurrence_network(CLIQUES, weight="npmi")
