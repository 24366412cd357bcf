"""reformtext: how local newspapers report reform, from articles to tables to figures.

Every public name lives here and is loaded on first use, so that ``import reformtext as rt`` stays fast.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "texts.read": ["Document", "iterate", "read"],
    "texts.ledger": ["ledger", "ledger_row"],
    "texts.clean": ["Block", "Paragraph", "clean", "paragraphs"],
    "texts.reuse": ["reuse", "reuse_shares"],
    "texts.segment": ["Token", "segmentation_audit", "tokenize", "top_term_changes"],
    "texts.discovery": ["propose_terms"],
    "texts.lexicon": ["load_lexicon", "load_stopwords"],
    "terms.frequency": [
        "cluster_interval",
        "count_terms",
        "frequency",
        "leave_out",
        "poisson_interval",
        "proportion_interval",
        "three_counts",
        "tied_ranks",
    ],
    "terms.keyness": ["comparison_weights", "contingency", "keyness", "word_shift"],
    "terms.dispersion": ["dispersion", "distance_dispersion"],
    "terms.association": ["bundles", "collocations", "count_ngrams", "count_pairs"],
    "terms.diversity": ["diversity", "heaps_fit", "vocabulary_growth", "zipf_fit"],
    "terms.trends": ["trend", "trend_forms"],
    "discourse.formulas": ["formulas"],
    "discourse.firsts": ["firsts"],
    "discourse.themes": ["themes"],
    "discourse.wordlist": ["actors", "metaphors", "modality"],
    "discourse.formulations": ["formulation_careers", "formulations"],
    "discourse.rhythm": ["rhythm"],
    "discourse.concordance": ["kwic"],
    "discourse.coding": ["agreement", "coding_sheet", "read_codes"],
    "discourse.network": ["cooccurrence_network"],
    "claims.extract": ["claims"],
    "claims.audit": ["audit", "checkability"],
    "claims.readable": ["readable"],
    "claims.digits": ["first_digits", "grim", "heaping"],
    "study.tables": ["Study", "versions"],
    "study.accuracy": ["list_errors", "score_roles", "score_spans"],
    "study.build": ["build"],
    "study.trace": ["show_claim", "trace"],
    "study.layout": ["LayoutWarning", "layout_faults"],
    "study.plots": ["COLOURS", "MARKERS", "figure_size", "label_points", "prose", "save_figure", "style", "word_cloud"],
    "errors": ["InputError"],
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_MODULE_OF)


class _Package(ModuleType):
    """The package: a wing that shares its name with a public function does not take the function's place."""

    def __setattr__(self, name: str, value: object) -> None:
        # Importing reformtext.claims.audit would otherwise set `reformtext.claims` to the wing, and `rt.claims(…)` fail.
        if not (name in _MODULE_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'reformtext' has no attribute {name!r}")
    value = getattr(import_module(f"reformtext.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
