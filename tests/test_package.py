"""The public names: each is there, is documented with an example, and importing the package loads nothing heavy."""

import subprocess
import sys

import pytest

import reformtext as rt

FUNCTIONS = sorted(name for name in rt.__all__ if callable(getattr(rt, name)))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_names_are_documented(name: str) -> None:
    doc = getattr(rt, name).__doc__ or ""
    assert doc.strip().splitlines()[0].endswith(".")
    # What is only handed back (a block, a token) is described by what hands it back.
    assert ">>>" in doc or name in {"Block", "Document", "LayoutWarning", "Paragraph", "Token"}


def test_interface_is_complete() -> None:
    promised = {
        *("read", "clean", "paragraphs", "tokenize", "claims", "audit", "formulas", "firsts", "kwic", "frequency"),
        *("keyness", "dispersion", "collocations", "trend", "build", "Study", "style", "save_figure"),
    }
    assert promised <= set(rt.__all__)


def test_import_is_light() -> None:
    heavy = "{'pandas', 'numpy', 'matplotlib', 'jieba', 'lxml', 'scipy'}"
    code = f"import sys, reformtext; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


@pytest.mark.parametrize(
    "first", ["import reformtext.claims.audit", "from reformtext.claims import digits", "rt.audit"]
)
def test_claims_is_the_function_whatever_was_imported_before(first: str) -> None:
    code = f"import reformtext as rt; {first}; print(rt.claims.__name__, callable(rt.claims))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["claims", "True"]


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="reformation"):
        _ = rt.reformation
