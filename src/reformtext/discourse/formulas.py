"""Formulas of governance (1+6+N, 三位一体, 六稳六保): found by the shape of the language, with a short list of names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pandas as pd

from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.lexicon import load_table

_COLUMNS = ["start", "end", "surface", "kind"]

_H = "一二两三四五六七八九十"
_HAN = "\u4e00-\u9fff"
# A number that counts things, not the tail of a longer number, a date, an ordinal or 是/数 + number.
_ALONE = rf"(?<![{_H}百千万亿零〇\d.．第数几])"

_SLOT = rf"(?:\d{{1,4}}|[{_H}百]{{1,3}}|[NnXxMm])"
_PLUS = re.compile(rf"(?<![\w.＋+＞>]){_SLOT}(?:\s?[+＋]\s?{_SLOT}){{1,9}}(?![\d.A-Za-z]|\s?[>＞=＝<＜])|(?<=[{_HAN}])(?:\d{{1,4}}|[Nn])(?:\s?[+＋]\s?{_SLOT}){{1,9}}(?![\d.A-Za-z]|\s?[>＞=＝<＜])")

_QUOTED = re.compile(r"[“「『]([^“”「」『』\n]{1,40})[”」』]|\"([^\"\n]{1,40})\"|‘([^‘’\n]{1,40})’")
_PART = re.compile(r"[^、，,;；/+＋]+")

# Undertakings: N大/N个/N项 of them are a named set; of anything else they are a count.
_UNDERTAKING = "(?:改革攻坚|攻坚战|攻坚|战役|保卫战|工程|行动|战略|任务)"
_THING = "策案档证码照表品业院警图单册员岗链群特色景韵站馆园厂会团队库评价"
_UNIT = "企业村地县镇乡街校院园区户店河湖路岗人事项目产链房楼矿山厂品类段市省行库港站馆班级课"

_SHAPES = [
    rf"{_ALONE}[{_H}多][{_HAN}]{{1,2}}位一体|{_ALONE}[{_H}多]位一体",
    rf"{_ALONE}[{_H}多][证照规网格码审图站库表章评员卡险单测验张平]合一(?:、[{_H}多][证照规网格码审图站库表章评员卡险单测验张平]合一)?",
    rf"{_ALONE}[{_H}][级方链省市区地医社端网核业所师改环表港园校企库警调][联协][动创办审考查调保治同建合]",
    rf"{_ALONE}[{_H}][权][分][置离]|{_ALONE}[{_H}][水气废源治]共治|{_ALONE}[{_H}][网化产治业链医算水]融合|{_ALONE}五育并举",
    rf"{_ALONE}双(?![方边边双])[{_HAN}]双(?![方边])[{_HAN}]",
    rf"{_ALONE}[{_H}\d]{{1,2}}大(?!和|以|精神|召开|胜利|报告)[{_HAN}]{{0,8}}?{_UNDERTAKING}(?:攻坚战|攻坚|行动|工程|计划)?(?![{_HAN}]{{0,2}}(?:领域|专班|方案))",
    rf"{_ALONE}[{_H}]{{1,2}}[项个](?!方面)[{_HAN}]{{0,6}}?(?:改革攻坚|攻坚战|攻坚|战役|保卫战|工程|行动)(?:攻坚战|攻坚|行动|工程|计划)?(?!方案)",
    rf"(?<![{_H}百千万亿\d第])一[{_UNIT}]一[{_THING}](?!个)",
    rf"(?<![{_H}百千万亿\d第])一(?:产业|企业|项目|链条|园区|问题|事项|部门|乡镇|社区|案件|县区|区县|校区|品种|家庭)一(?:平台|专班|方案|清单|基金|对策|策|档|政策|团队|特色|品牌|专员|机制)",
    rf"{_ALONE}[{_H}]年一贯制",
    rf"(?<![{_H}百千万亿\d第几数上近余多])[百千万双][企村人项名家户镇县校店园才团场街巷河]{{1,2}}[{_HAN}]{{1,5}}?(?:行动|工程|计划|活动|攻坚)",
    rf"(?<![{_H}百千万亿\d第几数上近余多])[百千万][企村镇县校乡园街][{_HAN}][百千万][企村镇县校乡园街][{_HAN}]?",
    r"(?<![\d.])(?!(?:19|20)\d\d)\d{3,6}(?=(?:工作|改革|产业|创新)?(?:工程|行动|计划|模式|体系|战略|机制|工作法))",
    rf"{_ALONE}[{_H}](?![个年月日届次第百千万亿点市县区省州国岁元人名家中{_H}])[{_HAN}][{_H}](?![个年月日届次第百千万亿点市县区省州国岁元人名家中全{_H}])[{_HAN}](?![{_H}百千万亿])",
]

_PLAN = re.compile(r"(?:十[一二三四五六七八九]五|[一二六七八九]五|十五)(?:时期|规划|期间|以来|末|计划)?")
_MEASURE = re.compile(r"[\d.．,，]+\s?(?:[百千万亿]{0,2})(?:元|条|个|项|家|%|％|年|月|日|号|点|时|分|米|公里|吨|亩|岁|名|人|户|件|强|级|度|倍|后|多|余|[GgAaKkDd].{0,4})?")
_DATE = re.compile(r"(?:\d{1,4}[·.．年月/-]\d{1,2}.{0,6}|[一二三五六七八九十]{1,2}·[一二三四五六七八九十]{1,3}.{0,6}|(?:19|20)\d\d.{0,10})")
_GRADE = re.compile(r"[一二三四五\d]级(?:甲等|乙等|医院|保护|公立|响应|标准)?|[一二三][甲乙].{0,2}")
# A quoted 一 names a scheme when what follows is a thing that is one by design; 一流, 一定, 一批 are indefinite.
_ONE = re.compile(
    rf"一[{_HAN}]{{1,4}}[一二两三四五六七八九十多全百][{_HAN}].{{0,6}}"
    r"|一[窗网码证卡表单链门张图照业企村地库肩枚支体圈核轴廊屏院镇县乡园港房户岗站江河湖老](?![站次定流切般线起直样面把])[\u4e00-\u9fff].{0,8}"
    r"|一(?:件|类)(?:事|案).{0,8}|一次(?!性)[\u4e00-\u9fff].{0,6}|一号.{2,8}|一[个].{1,8}|一键.{1,4}|一站式.{2,6}"
)
_SPEECH = re.compile(r"[的了着吗呢吧。！？!?：:《》（）()]")
_INSIDE = re.compile(rf"一次|一件事|一类事|一张[网图表单]|一[网窗码证卡表链站]|[{_H}]大|[百千万].?[{_HAN}]{{0,3}}[百千万]|[企村人][兴助帮进联][百千万]|[万千百][企村人家镇]|双[{_HAN}]双|四库|三医|双[{_HAN}]{{1,3}}$")


@cache
def _names() -> tuple[re.Pattern[str], frozenset[str]]:
    """Give the listed names as one pattern (longest first), and the expressions that are none."""
    table = load_table("formula_names", ["term", "use", "kind", "reason"], key=["term"])
    listed = sorted(table.loc[table["use"] == "in", "term"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed))), frozenset(table.loc[table["use"] == "out", "term"])


@cache
def _shapes() -> list[re.Pattern[str]]:
    """Compile the unquoted shapes."""
    return [re.compile(shape) for shape in _SHAPES]


def _is_name(part: str, after: str) -> bool:
    """Tell whether a part of a quotation is a name built on a numeral; ``after`` is what follows the quotation."""
    names, out = _names()
    if part in out or any(part.startswith(term) for term in out if len(term) > 2) or len(part) > 14 or _SPEECH.search(part):
        return False
    if any(p.fullmatch(part) for p in (_PLAN, _MEASURE, _DATE, _GRADE)) and not part.endswith("强"):
        return False
    if names.fullmatch(part):
        return True
    first = part[0]
    if first == "零":
        return bool(re.match("(?:技改|改革|项目|工程|试点)", after))
    if part.isdecimal():
        return len(part) >= 3 and not re.match("热线|电话|平台|服务热线|政务|便民", after) and part not in ("110", "119", "120", "122", "12345", "12315")
    if first == "一":
        return bool(_ONE.fullmatch(part))
    if first in _H + "百千万双多" or first.isdecimal():
        return len(part) > 1 and (first != "多" or bool(re.match("多.{1,2}合一", part)))
    return bool(_INSIDE.search(part)) and "第" not in part


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Find candidates in order of authority: sums, quoted names, listed names, shapes."""
    for match in _PLUS.finditer(text):
        yield match.start(), match.end(), "plus"
    for match in _QUOTED.finditer(text):
        inside = next(i for i in (1, 2, 3) if match.group(i) is not None)
        base = match.start(inside)
        for part in _PART.finditer(match.group(inside)):
            bare = part.group().strip()
            if bare and _is_name(bare, text[match.end() : match.end() + 6]):
                start = base + part.start() + part.group().index(bare)
                yield start, start + len(bare), "numeral"
    names, out = _names()
    for pattern in [names, *_shapes()]:
        for match in pattern.finditer(text):
            if not any(match.group().startswith(term) or text.startswith(term, max(match.start() - 1, 0)) for term in out if len(term) > 2):
                yield match.start(), match.end(), "numeral"


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
        ``surface``, ``kind`` (``plus`` or ``numeral``).

    Examples
    --------
    >>> formulas("全县构建“1+4+N”体系,推行“三级联审”。")["surface"].tolist()
    ['1+4+N', '三级联审']
    """
    rows = []
    for paragraph in paragraphs(text) if isinstance(text, str) else text:
        taken = bytearray(len(paragraph.text))
        kept = []
        for start, end, kind in _found(paragraph.text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                kept.append((start, end, kind))
        rows += [(*paragraph.span(start, end), paragraph.surface(start, end), kind) for start, end, kind in sorted(kept)]
    return pd.DataFrame(rows, columns=_COLUMNS)
