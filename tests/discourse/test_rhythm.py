import pytest
from hypothesis import given
from hypothesis import strategies as st

from reformtext.discourse.rhythm import rhythm
from reformtext.texts.clean import Paragraph


def found(*texts: str, role: str = "body") -> list[tuple[str, str, int]]:
    """Give surface, kind and times of what is found in paragraphs of one role."""
    table = rhythm([Paragraph(text, range(len(text)), role=role, source_text=text) for text in texts])
    return [tuple(row) for row in table[["surface", "kind", "times"]].itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持为民办事，坚持为民解忧，坚持为民服务", [("坚持为民", "parallel", 3)]),
        ("坚持为民办事，坚持为民解忧", []),
        ("变等人来为走出去，变被动为主动，变多头为一家", [("变…为", "parallel", 3)]),
        ("坚持为民办事，甲乙丙，甲乙丁，甲戊己，坚持为民解忧，坚持为民服务", []),  # too far apart
        ("其中甲组二十人，其中乙组三十人，其中丙组五人", []),
        ("迎难而上、久久为功，要干就干好", [("迎难而上", "four", 1), ("久久为功", "four", 1)]),
        ("不是四个字的，三个字", []),
        ("办起“桑树下议事”，写“他们说不行，就一定不行”", [("桑树下议事", "coinage", 1)]),
    ],
)
def test_parallels_fours_and_coinages(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert found(text) == expected


def test_headings_open_alike_across_paragraphs() -> None:
    heads = [f"坚持用改革的办法{what}" for what in ("修好水渠", "办好小学校", "种好果园子")]
    assert ("坚持用改革的办法", "parallel", 3) in found(*heads, role="heading")


@given(st.text(alphabet="坚持变为以改革的“”，。、办法一二", max_size=80))
def test_finds_lie_in_the_text(text: str) -> None:
    table = rhythm([Paragraph(text, range(len(text)), source_text=text)]) if text else rhythm([])
    for row in table.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.surface or "…" in row.surface
    assert (table["times"] >= table["kind"].eq("parallel") * 3).all()
