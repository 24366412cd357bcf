import re

import pytest

from reformtext.errors import InputError
from reformtext.texts.lexicon import finder, load_lexicon, load_stopwords, load_table

TERMS = load_lexicon().table


def whole_terms(text):
    return load_lexicon().whole(load_lexicon().find_all(text), text)


def test_the_terms_are_complete_and_in_order():
    assert len(TERMS) >= 600
    assert not TERMS[["term", "kind", "protected", "pinyin", "gloss", "pos"]].eq("").any(axis=None)
    assert TERMS[["kind", "term"]].values.tolist() == sorted(TERMS[["kind", "term"]].values.tolist())


def test_pinyin_has_a_toned_syllable_for_each_han_character():
    vowels = re.compile("[aeiouü]+", re.IGNORECASE)
    plain = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈ", "aaaaeeeeiiiioooouuuuüüüüAAAAEEEE")
    for term, pinyin in zip(TERMS["term"], TERMS["pinyin"], strict=True):
        vowel_groups = vowels.findall(pinyin.translate(plain).replace("'", " "))
        assert len(vowel_groups) == len(re.findall("[一-鿿]", term)), (term, pinyin)


@pytest.mark.parametrize("term", ["深化改革", "国企改革", "体制改革", "改革开放", "试点"])
def test_compounds_that_a_reader_counts_by_parts_are_not_protected(term):
    assert term in set(TERMS["term"])
    assert term not in load_lexicon().protected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中国特色社会主义市场", ["中国特色社会主义"]),  # the longest
        ("社会主义市场经济", ["社会主义市场经济"]),
        ("新旧动能转换新动能", ["新旧动能转换", "新动能"]),
        ("改革", []),
    ],
)
def test_the_leftmost_longest_term_is_found(text, found):
    assert [text[start:end] for start, end, _ in whole_terms(text)] == found


@pytest.mark.parametrize(
    ("overlapping", "found"),
    [(False, ["改革开放", "改革"]), (True, ["改革", "改革开放", "开放", "改革"])],
)
def test_all_terms_are_found_or_the_leftmost_longest_also_beside_half_a_character(overlapping, found):
    text, terms = "改革开放\ud800改革", ["改革", "改革开放", "开放"]
    places = finder(terms, overlapping)(text)
    assert [terms[i] for i, _, _ in places] == [text[start:end] for _, start, end in places] == found


@pytest.mark.parametrize("character", "一改新1(")
def test_finding_is_linear(character):
    assert whole_terms(character * 1_000_000) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("term\n", "no rows"),
        ("term,kind\n改革,x\n改革,y\n", "line 3"),
        ("term,protected\n改革,maybe\n", "line 2.*protected is 'maybe'"),
        ("word\n改革\n", "missing"),
        ("term,weight\n改革,3\n", "unknown"),
        ('term\n"改革\n', "not well-formed"),
        ("term,kind\n改革\n", "1 cells"),
        ("term,kind\n,x\n", "empty term"),
    ],
)
def test_a_broken_lexicon_is_refused_with_its_line(content, said, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        load_lexicon(path)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_lexicon_not_in_utf_8_is_refused(encoding, tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes("term\n改革\n".encode(encoding))
    with pytest.raises(InputError, match=r"line [12].*not UTF-8|not UTF-8.*line [12]"):
        load_lexicon(path)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("term,kind\n村账镇审,x\n", "utf-8-sig"),
        ("term;kind\r\n村账镇审;x\r\n;\r\n", "utf-8"),
        ("term\tkind\n村账镇审\tx\n", "utf-8"),
        ("kind, term\nx, 村账镇审 \n\n", "utf-8"),
    ],
)
def test_what_a_spreadsheet_saves_is_read(content, encoding, tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes(content.encode(encoding))
    assert load_lexicon(path).table[["term", "kind"]].values.tolist() == [["村账镇审", "x"]]


def test_an_edited_lexicon_is_read_again(tmp_path):
    path = tmp_path / "own.csv"
    for term in ("一网统管", "一网通管吗"):
        path.write_text(f"term\n{term}\n", encoding="utf-8")
        assert list(load_lexicon(path).protected) == [term]


def test_stop_words_are_few_and_policy_verbs_stay():
    table = load_table("stopwords", ["term", "kind", "reason"], key=["term"])
    assert len(table) <= 250 and not table.eq("").any(axis=None)
    assert {"的", "和", "在"} <= load_stopwords()
    assert not {"改革", "推进", "坚持", "发展"} & load_stopwords()
    assert {"推进", "坚持"} <= load_stopwords(("policy verb",))
    with pytest.raises(InputError, match="no stop words of kind verb"):
        load_stopwords(("verb",))
