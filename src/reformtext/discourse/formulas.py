"""Formulas of governance (1+6+N, 三位一体, 六稳六保): found by the shape of the language, with a short list of names."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from reformtext.discourse.phrases import phrase_table
from reformtext.texts.clean import Paragraph
from reformtext.texts.lexicon import finder, load_table
from reformtext.texts.numerals import han_value, plain

_H = "一二两三四五六七八九十"
_DIGITS = "零一二三四五六七八九"
_HAN = "\u4e00-\u9fff"
# The numeral does not end a longer number or a word (统一, 逐一), and is no ordinal.
_ALONE = rf"(?<![{_H}百千万亿零〇\d.第数几统唯同单逐])"
_IS_ALONE = re.compile(_ALONE)
_BULK = rf"(?<![{_H}百千万亿\d第几数上近余多统唯同单逐])"

_SLOT = rf"(?:\d{{1,4}}|[{_H}百]{{1,3}}|[NnXMY])"
_PLUS = re.compile(rf"(?<![\dA-Za-z.+＋{_H}]){_SLOT}(?:\s?[+＋]\s?{_SLOT}){{1,9}}(?![\d.A-Za-z%％]|\s?[>＞=＝<＜])")

_QUOTED = re.compile(r"[“「『]([^“”「」『』\n]{1,40})[”」』]|\"([^\"\n]{1,40})\"|‘([^‘’\n]{1,40})’")
_PART = re.compile(r"[^、，,;；/+＋]+")

# Of these, N大 make a named set; N大 of anything else is a count.
_UNDERTAKING = "(?:改革攻坚|攻坚|战役|保卫战|工程|行动|战略|任务)(?:攻坚战|攻坚|战|行动|工程|计划)?"
_MERGED = "证照规网格码审图站库章评员卡险单张"
_JOINT = "级方链医社网核业所师改环港园校企库警"
_EACH = "企业村地县镇乡街校院园区户店河湖路岗人事项产链房楼矿厂品类段市省库港馆班课"
_ITS_OWN = "策案档证码照表品业警图单册员岗链群特色景韵馆园厂会队议"
_EACH_LONG = "产业|企业|项目|链条|园区|问题|事项|部门|乡镇|社区|案件|县区|区县|校区|品种|家庭"
_ITS_OWN_LONG = "平台|专班|方案|清单|基金|对策|策|档|政策|团队|特色|品牌|专员|机制"
_TROOP = "企村人项名家户镇县校店园才团场街巷河"
# What a numeral merely counts: time, places of administration, other numbers.
_COUNTED = f"个年月日天夜届次第百千万亿点分市县区省州国岁元人名家中是的就要些贯轮期号条种项斤亩镇乡街村台角全{_H}"

# What each shape begins with (1 for any digit), and the shape.
_SHAPES = [
    (openings, re.compile(shape))
    for openings, shape in (
        (_H + "多", rf"{_ALONE}[{_H}多][{_HAN}]?位一体"),
        (_H + "多", rf"{_ALONE}[{_H}多][{_MERGED}]合一"),
        (_H, rf"{_ALONE}[{_H}][{_JOINT}][联协][动创办审考查调保治同建合]"),
        (
            _H,
            rf"{_ALONE}[{_H}](?:权分[置离]|[水气废源]共治|[网化产治业链医算]融合)|{_ALONE}五育并举|{_ALONE}[{_H}]年一贯制",
        ),
        ("双", rf"{_ALONE}双(?![方边])[{_HAN}]双(?![方边])[{_HAN}]|{_ALONE}双(?![方边])[{_HAN}](?:工程|行动|计划)"),
        (
            "1二两三四五六七八九十",
            rf"{_ALONE}(?:[二两三四五六七八九十]{{1,2}}|\d{{1,2}})大(?!和|以|精神|召开|胜利|报告)[{_HAN}]{{0,8}}?{_UNDERTAKING}",
        ),
        (
            "二两三四五六七八九十",
            rf"{_ALONE}[二两三四五六七八九十]{{1,2}}[项个](?!方面)[{_HAN}]{{0,6}}?(?:改革攻坚|攻坚|战役|保卫战|工程|行动|(?<![项个])任务)(?:战|行动|工程|计划)?(?!项目|公司|人选|清单)",
        ),
        ("一", rf"{_BULK}一[{_EACH}]一[{_ITS_OWN}](?!个)|{_BULK}一(?:{_EACH_LONG})一(?:{_ITS_OWN_LONG})"),
        ("百千万", rf"{_BULK}[百千万][{_TROOP}][{_HAN}]{{1,6}}?(?:行动|工程|计划|活动|攻坚)|{_BULK}百日攻坚"),
        ("百千万", rf"{_BULK}[百千万][企镇县校乡园街村][{_HAN}]?[百千万][企镇县校乡园街村][{_HAN}]?"),
        (
            "1",
            r"(?<![\d.])(?!(?:19|20)\d\d)\d{3,6}(?=(?:工作|改革|产业|创新)?(?:工程|行动|计划|模式|体系|战略|机制|工作法))",
        ),
        (
            _H,
            rf"(?<![长珠金])(?!一.一){_ALONE}[{_H}](?P<x>[^{_COUNTED}\W\da-zA-Z])[{_H}](?!(?P=x))[^{_COUNTED}\W\da-zA-Z]"
            rf"(?:[{_H}][^{_COUNTED}\W\da-zA-Z]){{0,3}}(?![{_H}百千万亿])",
        ),
    )
]

_ANY_NUMERAL = re.compile(rf"[\d{_H}百千万双多]")

# Quoted numbers that name no scheme.
_NO_NAMES = (
    r"(?:十?[一二三四五六七八九]五|十五)(?:时期|规划|期间|以来|末|计划)?",
    rf"[\d.,{_H}百千万亿半]+\s?(?:元|条|个|项|家|%|％|年|月|日|号|点|小?时|分钟?|秒|天|周|次|步|场|批|轮|期|位|届|种|米|公里|吨|亩|岁|名|人|户|件|强|级|度|倍|后|多|余|连.)",
    r"\d[\d.]*[GgAaKkDd].{0,4}|\d+个.{1,10}",
    rf"(?:\d{{1,4}}[·.年月/-]\d{{1,2}}|[{_H}]{{1,2}}·[{_H}]{{1,3}}|(?:19|20)\d\d).{{0,10}}",
    r"[一二三四五\d]级(?:$|(?:[甲乙丙特]等|医|公立|保护|资质|以上|响应|标准).{0,3})|[一二三][甲乙].{0,2}",
    r"[百千万]{1,2}[亿元吨](?:级|元|俱乐部|企业|产业|产业集群|级.{1,8})?",
    r"一[日天月周旬季年][一两三].{1,4}",
    r"0\d*|[百千]强.{0,4}|(?:12345|12315|12333|12328|12348|110|119|120|122|114).{0,8}",
)
_NO_NAME = re.compile("|".join(f"(?:{pattern})" for pattern in _NO_NAMES))
_NO_CODE = re.compile("|".join(f"(?:{pattern})" for pattern in _NO_NAMES[3:]))
# A quoted 一 names a scheme where a thing is one by design (一窗…, 一码…); else it is indefinite (一批, 一流).
_ONE = re.compile(
    rf"一[{_HAN}]{{1,4}}[{_H}多全百][{_HAN}].{{0,6}}|一(?:[件类][事案]|号|次(?!性)[{_HAN}]).{{0,8}}"
    rf"|一[窗网码证卡表单链门张图照业企村地库肩枚支键圈核轴廊屏院镇县乡园港房户岗江河湖](?![站次定切般起直样面把之])[{_HAN}].{{0,8}}"
    rf"|一(?:刻钟|小时)[{_HAN}]{{0,6}}圈"
)
_SPEECH = re.compile(r"[的了着吗呢吧。！？!?：:《》（）()]")
# A numeral further in: a short name (智赋万企), or one of the shapes that schemes are named by.
_WITHIN = re.compile(
    rf"^[{_HAN}]{{1,4}}[两双三四五六七八九十百千万半](?![号角方足分])[{_HAN}]{{1,2}}$|\d{{1,4}}(?![年月日号点万亿])[{_HAN}]{{1,2}}$|一次|一件事|一类事|一张[网图表单]|一[网窗码证卡表链站单图库章锁]|[{_H}][大项]|[企村人][兴助帮进联][百千万]"
)
_SCHEME = re.compile("(?:工作|产业|创新)?(?:改革|工程|行动|计划|模式|体系|战略|技改|项目|试点|机制)")


_ALLOWED = {
    "use": ["in", "out"],
    "kind": ["policy", "local", "service", "industry", "idiom", "place", "manner"],
}


class _Names(NamedTuple):
    """The listed names and what finds them, then what is none: expressions whose opening is enough, and whole ones."""

    listed: frozenset[str]
    find: Callable[[str], list[tuple[int, int, int]]]
    opening: re.Pattern[str]
    whole: frozenset[str]


@cache
def _names() -> _Names:
    """Load the list once."""
    table = load_table("formula_names", ["term", "use", "kind", "reason"], key=["term"], allowed=_ALLOWED)
    out, opening = table["use"] == "out", table["kind"].isin(["idiom", "place"])
    listed, opened = table.loc[~out, "term"].tolist(), sorted(table.loc[out & opening, "term"], key=len, reverse=True)
    return _Names(
        frozenset(listed),
        finder(listed, overlapping=True),
        re.compile("|".join(map(re.escape, opened))),
        frozenset(table.loc[out & ~opening, "term"]),
    )


def _is_name(part: str, after: str) -> bool:
    """Tell whether a part of a quotation is a name built on a numeral; ``after`` is what follows the quotation."""
    listed, _, opening, whole = _names()
    if part in listed:
        return True
    if part in whole or opening.match(part) or len(part) > 14 or _SPEECH.search(part):
        return False
    first = part[0]
    if part.isdecimal():  # a code (“132”), if no telephone number, year or count
        return not _NO_CODE.fullmatch(part) and (len(part) > 2 or _SCHEME.match(after) is not None)
    if len(part) == 1 or _NO_NAME.fullmatch(part):
        return False
    if first == "零":
        return _SCHEME.match(after) is not None
    if first == "一":
        return _ONE.fullmatch(part) is not None
    if first in _H + "百千万双半" or first.isdecimal():
        return True
    if first == "多":
        return part.endswith("合一")
    return _WITHIN.search(part) is not None and "第" not in part and opening.search(part) is None


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Find candidates in order of authority: sums, quoted names, listed names, shapes."""
    _, listed, opening, _ = _names()
    if "+" in text:
        yield from ((*match.span(), "plus") for match in _PLUS.finditer(text))
    for match in _QUOTED.finditer(text):
        inside = match.lastindex or 1
        parts, after = list(_PART.finditer(match.group(inside))), text[match.end() : match.end() + 8]
        named = [bool(bare := part.group().strip()) and _is_name(bare, after) for part in parts]
        others = any(name and part.group().strip()[0] != "一" for part, name in zip(parts, named, strict=True))
        for part, name in zip(parts, named, strict=True):
            bare = part.group().strip()
            # 一 counts where it stands in a row with other numerals: “五统一、一开放”.
            if name or (others and re.fullmatch(rf"一[{_HAN}]{{2,3}}", bare) and not opening.match(bare)):
                start = match.start(inside) + part.start() + part.group().index(bare)
                yield start, start + len(bare), "numeral"
    free = 0
    for start, back in sorted((start, -end) for _, start, end in listed(text)):
        if start >= free and _IS_ALONE.match(text, start):
            free = -back
            yield start, free, "numeral"
    idioms = {i for match in opening.finditer(text) for i in range(*match.span())}
    # Every shape begins with a numeral, and is tried there alone.
    places = [(match.start(), "1" if match[0].isdecimal() else match[0]) for match in _ANY_NUMERAL.finditer(text)]
    for openings, shape in _SHAPES:
        free = 0
        for place, numeral in places:
            if numeral in openings and place >= free and (found := shape.match(text, place)):
                free = found.end()
                if idioms.isdisjoint(range(place, free)):
                    yield place, free, "numeral"


_NUMERAL_SLOT = re.compile(rf"[\d{_H}百千万双多]+(?:[^\d{_H}百千万双多]|(?<=合)一)*")
_WINDOW = 300  # characters after a sum in which the text may say what its slots stand for


def _slots(surface: str, kind: str) -> list[str]:
    """Take a formula apart: a sum at its signs, an expression before each numeral (双招双引: 双招, 双引)."""
    if kind == "plus":
        return [slot.strip() for slot in re.split("[+＋]", surface)]
    return [slot.strip("·") for slot in _NUMERAL_SLOT.findall(surface)] or [surface]


_SAID = r"([^，,；;。、：:（）()“”\"+＋\n]{2,20})"
# Of a count: up to the next count or mark.
_COUNTED_THING = rf"([^，,；;。、：:（）()“”\"+＋\n]{{1,20}}?)(?=[和及与]?(?:N|\d|[{_H}]+)[个项大套张类条支家级]|[，,；;。、：:（）()“”\"+＋]|$)"
_ITEM = r"[^、，,；;。：:（）()“”\"\n]{2,16}"
# What an enumeration may run up to before a named set, and from after it.
_LIST_BEFORE = re.compile(rf"(?:{_ITEM}、)+{_ITEM}$")
_LIST_AFTER = re.compile(rf"[”\"」]?[{_HAN}]{{0,6}}?(?:[（(：:]|，?即|，?就是|——|，?包括)[“\"]?((?:{_ITEM}、)+{_ITEM})")
# Sets that say how many members they have: 六大工程, 四个定位, 五型, 四业联动.
_SET = re.compile(r"(?:[两三四五六七八九十]|\d{1,2})(?:[大个项].|.$|.联)")
_HEAD = re.compile(rf"\d+|[{_H}百]+")


def _in_han(slot: str) -> str:
    """Write a slot's number as a text would count it: 6 or 六, 2 or 两."""
    if not slot.isdecimal() or not 0 < int(slot) <= 20:
        return re.escape(slot)
    tens, ones = divmod(int(slot), 10)
    han = f"{'二' if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"
    return f"(?:{slot}|{han}{'|两' if slot == '2' else ''})"


def _meanings(slots: Sequence[str], before: str, after: str) -> list[str]:
    """Read what the text says that the slots of a sum stand for, each as far as the first mark of punctuation.

    Slot by slot (“5”即五个专班); or as counts in the order of the slots, after the sum or before it in its sentence
    (1个总则、5项办法和N张清单); or clause by clause after 即, where a clause holds the number of its slot.
    """
    said = [
        re.search(
            rf"[“\"]{re.escape(slot)}[”\"]?[个项]?[”\"]?[，,]?(?:即|指的是|是指|就是|代表|指|是|为){_SAID}", after
        )
        for slot in slots
    ]
    if any(said):
        return [match.group(1) if match else "" for match in said]
    counted = [re.compile(rf"(?<![\d{_H}第]){_in_han(slot)}[个项大套张类条支家级]{_COUNTED_THING}") for slot in slots]
    for region in (after.partition("。")[0], before.rpartition("。")[2]):
        at, found = 0, []
        for pattern in counted:
            match = pattern.search(region, at)
            if not match:
                break
            found.append(match.group(1))
            at = match.end()
        if len(found) == len(slots):
            return found
    clauses = re.split("[，；]", re.sub(r"^[^，；]{0,12}?[。，]?即", "", after).partition("。")[0])
    if not re.match(r"[^，；]{0,12}?[。，]?即", after) or len(clauses) < len(slots):
        return [""] * len(slots)
    numbers = [
        re.search(rf"{_in_han(slot)}[个项大类条].*", clause) for slot, clause in zip(slots, clauses, strict=False)
    ]
    if not any(number for slot, number in zip(slots, numbers, strict=True) if slot != "1"):
        return [""] * len(slots)
    return [(n.group() if n else clause)[:16] for n, clause in zip(numbers, clauses, strict=False)]


def _listed(slots: Sequence[str], meanings: Sequence[str], before: str, after: str) -> list[str]:
    """Count what the text gives for each slot: the numeral that its meaning opens with, or the items of an enumeration."""
    if any(meanings):
        heads = [_HEAD.match(meaning) for meaning in meanings]
        return [str(int(h[0]) if h[0].isdecimal() else han_value(h[0])) if h else "" for h in heads]
    # An enumeration that ends in 等 is left open: it cannot be counted.
    if len(slots) > 1 or not _SET.match(slots[0]):
        return []
    match = _LIST_BEFORE.search(before.rstrip('“"「的')) or _LIST_AFTER.match(after)
    if not match or match.group().endswith("等"):
        return []
    return [str(match.group(match.lastindex or 0).count("、") + 1)]


def find_formulas(text: str) -> list[tuple[Any, ...]]:
    """Find the formulas of a paragraph: start, end, kind, slots, meaning, listed."""
    taken = bytearray(len(text))
    kept = []
    for start, end, kind in _found(plain(text)):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, kind))
    rows: list[tuple[Any, ...]] = []
    for start, end, kind in sorted(kept):
        slots = _slots(text[start:end], kind)
        after, before = text[end : end + _WINDOW], text[max(0, start - _WINDOW // 2) : start]
        meaning = _meanings(slots, before, after) if kind == "plus" else []
        listed = _listed(slots, meaning, before, after)
        told = ("|".join(values) if any(values) else "" for values in (slots, meaning, listed))
        rows.append((start, end, kind, *told))
    return rows


def formulas(text: str | Sequence[Paragraph]) -> pd.DataFrame:
    """Find the formulas of governance: sums of slots and fixed expressions built on a numeral.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.

    Returns
    -------
    DataFrame
        One row a formula in the order of the text: ``start``, ``end`` (code points of the source, end exclusive),
        ``surface``, ``kind`` (``plus`` or ``numeral``), ``slots`` (the parts, divided by ``|``), ``meaning`` (of a
        sum: what the text says each slot stands for, divided in the same way; empty where it says nothing), ``listed``
        (how many the text gives for each slot: the number that its meaning opens with, or for a set of one numeral the
        items enumerated beside it; it should equal the slot's number).

    Examples
    --------
    >>> formulas("全县构建“1+4+N”体系,推行“双评双定”。")[["surface", "slots"]].values.tolist()
    [['1+4+N', '1|4|N'], ['双评双定', '双评|双定']]
    >>> formulas("落实摸底、登记、复核“三大行动”。")[["slots", "listed"]].values.tolist()
    [['三大行动', '3']]
    """
    return phrase_table(text, find_formulas, ["kind", "slots", "meaning", "listed"])
