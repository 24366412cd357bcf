import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import reformtext as rt
from reformtext.study import plots
from reformtext.study.words import KEPT, Words
from reformtext.texts.lexicon import load_table

ROOT = Path(__file__).parents[2]
FIGURES = json.loads((ROOT / "figures" / "figures.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("share of all claims", "占全部数据的比例"),
        ("holds (4)", "成立（4）"),
        ("东营市, coinages", "东营市、引号新词"),
        ("open articles: 1 text, 12 claims", "公开报道：1篇，12项数据"),
        (
            "rises 3, favourable 2; 4 in articles, 5 in provincial reports of 2030",
            "上升3、向好2；报道 4、2030年省级政府工作报告 5",
        ),
        ("provincial reports of 2030\n(n = 24)", "2030年省级政府工作报告\n（n = 24）"),
        (
            "4 provincial reports of 2030 and in 5 State Council reports, 2031",
            "2030年4篇省级政府工作报告与2031年5篇国务院政府工作报告",
        ),
        ("改革 12.5%", "改革 12.5%"),
        ("青岭县, 云河市", "青岭县、云河市"),
        ("$\\mathdefault{10^{8}}$", "$\\mathdefault{10^{8}}$"),
        ("Numbers in rates.csv", "Numbers in rates.csv"),
    ],
)
def test_a_label_is_put_together_from_patterns(english: str, chinese: str) -> None:
    assert Words()(english) == chinese


def test_names_of_the_data_stay_and_what_has_no_chinese_is_told_once() -> None:
    words = Words(["qingling2031"])
    assert words("青岭县 qingling2031") == "青岭县 qingling2031" and words.missing() == []
    assert words("an odd label") == words("an odd label") == "an odd label"
    assert words.missing() == ["an odd label"] and words.missing() == []


@pytest.mark.parametrize("entry", FIGURES, ids=[entry["name"] for entry in FIGURES])
def test_every_caption_and_alt_text_has_its_chinese(entry: dict[str, str]) -> None:
    words = Words(rt.Study(ROOT / "data" / "articles").documents["doc_id"])
    told = [words(entry["caption"]), words(entry["alt"])]
    assert words.missing() == []
    latin = {word for text in told for word in re.findall(r"[A-Za-z]{3,}", text.replace("data/", ""))}
    kept = {*KEPT, "csv", "json", "gold", "lexicon", "reports", "claims", "checks", "documents", "blocks", "terms"}
    names = {word for name in words._kept for word in re.findall("[A-Za-z]+", name)}
    assert latin <= kept | names | {"pairs", "phrases", "queries", "level", "checkability"} | set(
        re.findall("[a-z]+", entry["name"] + " formulations")
    )


def test_every_pattern_is_filled_as_it_is_written() -> None:
    for english, pattern in load_table("figure_words", ["en", "zh"]).replace(r"\\n", "\n", regex=True).to_numpy():
        filled = [re.sub(r"\{(\d+)\}", r"\g<1>9", text) for text in (english, pattern)]
        assert Words()(filled[0]) == filled[1], english


@pytest.mark.parametrize("table", ["themes", "metaphors", "modality", "actors"])
def test_every_class_of_the_word_lists_has_its_chinese(table: str) -> None:
    words, rows = Words(), pd.read_csv(ROOT / "data" / "lexicon" / f"{table}.csv", keep_default_na=False)
    column = next(name for name in ("theme", "domain", "type") if name in rows)
    for name in rows[column].unique():
        words(name.replace("_", " "))
    assert words.missing() == []


def chinese_figure(folder: Path, caption: str = "share of all claims") -> list[bytes]:
    rt.style(figures=folder, lang="zh")
    fig, ax = plt.subplots(figsize=plots.figure_size("single", 50))
    ax.barh(["first", "only"], [3, 1], label="share")
    ax.set(xlabel="share of all claims", title="ranks")
    ax.legend()
    data = pd.DataFrame({"kind": ["first", "only"], "share": [3, 1]})
    rt.save_figure(fig, "zh", caption, "rises 3; favourable 2", data)
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def test_a_figure_is_drawn_in_chinese_and_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def look(fig: plt.Figure, _: object) -> list[str]:
        drawn.extend(text.get_text() for text in fig.findobj(plt.Text))
        return []

    monkeypatch.setattr(plots, "layout_faults", look)
    one, two = chinese_figure(tmp_path / "one"), chinese_figure(tmp_path / "two")
    assert one == two and {"首个", "唯一", "占全部数据的比例", "位次", "比率"} <= set(drawn)
    assert not [text for text in drawn if re.search("[A-Za-z]", text)]
    entry = json.loads((tmp_path / "one" / "figures.json").read_text("utf-8"))[0]
    assert (entry["caption"], entry["alt"]) == ("占全部数据的比例", "上升3；向好2") and entry["faults"] == []
    assert (tmp_path / "one" / "zh.csv").read_text("utf-8").startswith("kind,share\nfirst,3")


def test_a_label_without_chinese_is_a_fault(tmp_path: Path) -> None:
    with pytest.warns(rt.LayoutWarning, match="no Chinese for 'Errors in claims'"):
        chinese_figure(tmp_path, "Errors in claims")


def test_another_language_is_refused() -> None:
    with pytest.raises(rt.InputError, match="'fr'"):
        rt.style(lang="fr")
