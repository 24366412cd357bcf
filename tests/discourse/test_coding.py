import csv
import zipfile

import numpy as np
import pandas as pd
import pytest

from reformtext.discourse.coding import agreement, coding_sheet, krippendorff_alpha, read_codes
from reformtext.errors import InputError

BOOK = {"yes": "a metaphor", "no": "=literal"}
SAMPLE = pd.DataFrame({"left": ["修渠要", "=1+1", "-2"], "match": ["攻坚", "+N", "@所"], "right": ["。", "", "改革"]})


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_comes_back_as_it_went(tmp_path, ending):
    path = coding_sheet(SAMPLE, tmp_path / f"codes.{ending}", BOOK)
    codes, book = read_codes(path)
    assert book == BOOK
    assert codes.columns.tolist() == ["item", "left", "match", "right", "coder_a", "coder_b"]
    assert codes[["left", "match", "right"]].to_numpy().tolist() == SAMPLE.to_numpy().tolist()
    assert codes["item"].tolist() == ["1", "2", "3"] and (codes["coder_a"] == "").all()
    again = coding_sheet(SAMPLE, tmp_path / f"again.{ending}", BOOK)
    assert path.read_bytes() == again.read_bytes()


def test_no_cell_is_a_formula(tmp_path):
    path = coding_sheet(SAMPLE, tmp_path / "codes.csv", BOOK)
    rows = [
        *csv.reader(path.read_text("utf-8-sig").splitlines()),
        *csv.reader((tmp_path / "codes_codebook.csv").read_text("utf-8-sig").splitlines()),
    ]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]
    with zipfile.ZipFile(coding_sheet(SAMPLE, tmp_path / "codes.xlsx", BOOK)) as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sample": SAMPLE.head(0)}, "0 items"),
        ({"codebook": {}}, "0 codes"),
        ({"path": "codes.ods"}, r"\.ods"),
        ({"sample": SAMPLE.assign(item=1)}, "a column item"),
        ({"path": "missing/codes.csv"}, "cannot be written"),
    ],
)
def test_a_sheet_that_cannot_be_made_is_refused(tmp_path, options, said):
    given = {"sample": SAMPLE, "path": "codes.xlsx", "codebook": BOOK} | options
    with pytest.raises(InputError, match=said):
        coding_sheet(given["sample"], tmp_path / given["path"], given["codebook"])


@pytest.mark.parametrize("name", ["none.csv", "none.xlsx", "bad.xlsx", "bad.csv"])
def test_what_is_no_sheet_is_refused(tmp_path, name):
    for path in ("bad.xlsx", "bad.csv", "bad_codebook.csv"):
        (tmp_path / path).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_codes(tmp_path / name)


def sheet(first: str, second: str) -> pd.DataFrame:
    """Make a filled-in sheet: a letter an item, a dot for a cell left empty."""
    cells = {"y": "yes", "n": "no", ".": "", "?": "perhaps"}
    return pd.DataFrame(
        {
            "item": range(1, len(first) + 1),
            "coder_a": [cells[letter] for letter in first],
            "coder_b": [cells[letter] for letter in second],
        }
    )


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A to C: coders in rows, a dot not coded.
PUBLISHED = [
    (("0100000010", "1110010000"), 0.095),
    (("aabbdcccedda", "babbbccceddd"), 0.692),
    (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
]


@pytest.mark.parametrize(("coders", "alpha"), PUBLISHED)
def test_alpha_is_as_published(coders, alpha):
    codes = sorted({*"".join(coders)} - {"."})
    counts = np.array([[item.count(code) for code in codes] for item in zip(*coders, strict=True)])
    assert round(krippendorff_alpha(counts), 3) == alpha
    assert krippendorff_alpha(counts[:, ::-1]) == pytest.approx(krippendorff_alpha(counts))


def test_agreement_by_hand():
    # Alpha: 1 − 0.4 / (2 · 130 · 70 / (200 · 199)).
    # 45 + 15 agree, 25 + 15 differ: kappa (0.6 − 0.54) / (1 − 0.54), the textbook's second example.
    codes = sheet("y" * 60 + "n" * 40, "y" * 45 + "n" * 15 + "y" * 25 + "n" * 15)
    measures, rows = agreement(codes, BOOK, draws=50)
    assert measures["value"].round(4).to_dict() == {"agreement": 0.6, "kappa": 0.1304, "alpha": 0.1253}
    assert (measures["low"] < measures["value"]).all() and (measures["value"] < measures["high"]).all()
    assert len(rows) == 40 and (rows["coder_a"] != rows["coder_b"]).all()
    assert agreement(codes, BOOK, draws=50)[0].equals(measures)


def test_published_kappa():
    # 20 and 15 agree, 5 and 10 differ: kappa .40, published with the table.
    first, second = "y" * 25 + "n" * 25, "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15
    measures, _ = agreement(sheet(first, second), BOOK)
    assert measures.loc["kappa", "value"] == pytest.approx(0.40)


def test_an_item_left_empty_counts_for_neither_and_one_code_alone_gives_no_kappa():
    measures, rows = agreement(sheet("yyn.", "yyny"), BOOK, draws=50)
    assert measures.loc["agreement", "items"] == 3 and rows.empty
    assert np.isnan(agreement(sheet("yy", "yy"), BOOK)[0].loc["kappa", "value"])


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("y?", "yn", "item 2, coder_a: 'perhaps' is no code"), ("y.", ".y", "0 items are coded")],
)
def test_a_code_outside_the_book_and_too_few_items_are_refused(first, second, said):
    with pytest.raises(InputError, match=said):
        agreement(sheet(first, second), BOOK)
