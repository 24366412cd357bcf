"""reformtext: how local newspapers report reform, from articles to tables to figures.

Every public name lives here and is loaded on first use, so that ``import reformtext as rt`` stays fast.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "texts.read": ["Document", "read"],
    "texts.clean": ["Block", "Paragraph", "clean", "paragraphs"],
    "texts.segment": ["Token", "tokenize"],
    "texts.lexicon": ["load_lexicon", "load_stopwords"],
    "terms.frequency": ["cluster_interval", "frequency", "proportion_interval", "three_counts", "tied_ranks"],
    "terms.keyness": ["comparison_weights", "keyness", "word_shift"],
    "terms.dispersion": ["dispersion"],
    "terms.association": ["collocations"],
    "terms.diversity": ["diversity", "heaps_fit", "vocabulary_growth", "zipf_fit"],
    "terms.trends": ["trend"],
    "discourse.formulas": ["formulas"],
    "discourse.firsts": ["firsts"],
    "discourse.themes": ["themes"],
    "discourse.metaphors": ["metaphors"],
    "discourse.concordance": ["kwic"],
    "claims.extract": ["claims"],
    "claims.audit": ["audit", "checkability"],
    "study.tables": ["Study", "versions"],
    "study.build": ["build"],
    "study.plots": ["COLOURS", "MARKERS", "figure_size", "label_points", "save_figure", "style", "word_cloud"],
    "errors": ["InputError"],
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}
__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'reformtext' has no attribute {name!r}")
    value = getattr(import_module(f"reformtext.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
