"""Firsts and ranks: who claims to be first, ahead, the only one or at which place, and among whom."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.numerals import han_value, plain

_COLUMNS = ["start", "end", "surface", "kind", "scope", "rank"]

# Fields of comparison. An open field (全省, 国内) counts wherever the clause names it; a place's own name and 我市 are
# as often the subject of the clause as its field, so they count only where they touch the claim.
_OPEN = {
    "world": "全球|全世界|世界|国际",
    "nation": "全国|国内|全中国",
    "province": "全省|省内|全自治区",
    "city": "全市|市内",
    "other": "全县|县内|全区|亚洲|亚太|东亚|长三角|珠三角|京津冀|大湾区|沿黄|黄河流域|长江流域|华东|华北|华南|华中|中西部|东部|中部|西部"
    "|西北|西南|东北|北方|南方|江北|江南|长江以北|鲁[西南北中]{1,2}|同类|行业|业内|试点[市县区]|省会城市|副省级城市",
}
_PROVINCES = (
    "山东|河北|河南|山西|陕西|江苏|浙江|安徽|福建|江西|湖北|湖南|广东|海南|四川|贵州|云南|甘肃|青海|辽宁|吉林|黑龙江|广西|内蒙古|宁夏|新疆|西藏"
)
_CITIES = "济南|青岛|淄博|枣庄|东营|烟台|潍坊|济宁|泰安|威海|日照|临沂|德州|聊城|滨州|菏泽|莱芜"
_NAMED = {
    "nation": "我国|中国|全中国",
    "province": f"我省|我区|自治区|(?:{_PROVINCES})省?",
    "city": f"我市|本市|(?:{_CITIES})市?|[\u4e00-\u9fff]{{2}}市",
    "other": "我县|本县|[\u4e00-\u9fff]{2}[县区]",
}


def _alternatives(*tables: dict[str, str]) -> str:
    """Write tables of scope words as one alternation with a named group for each scope."""
    return "|".join(f"(?P<{scope}{n}>{words})" for n, table in enumerate(tables) for scope, words in table.items())


# Whom the place is compared with inside the field: 全省地市, 全国65个试点市.
_AMONG = (
    r"(?:(?:\d{1,4}|[一二三四五六七八九十百]{1,4})?个?(?:非?试点|同类|同等|地级|设区|省会|副省级|县级|贫困|重点|大中|主要)?"
    r"(?:地市|城市|地区|市县|县市区|县区|县级市|开发区|高新区|经开区|省份|省区市|行业|系统|同行|[市县区省])(?:中|内|间)?|范围内|各地)?"
)
_NARROW = re.compile("试点|同类|同等|开发区|高新区|经开区|行业|系统|同行|贫困|省会|副省级|县")
_BEFORE = re.compile(rf"(?P<lead>走在|[居列在])?(?:{_alternatives(_OPEN, _NAMED)})(?P<among>{_AMONG})$")
_AFTER = re.compile(rf"在?(?:{_alternatives(_OPEN)})(?P<among>{_AMONG})")
_FIELD = re.compile(_alternatives(_OPEN, {"nation": "中国"}))

_CLASSIFIER = "[个部家批例款条单座张台支只宗所套份艘架颗枚处场件笔项片本]"
_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_STOP = r"(?=[，。；、,;！!？?：:）)”’」》的和及\s]|$)"
_PLACED = r"(?<=[居列名至到第占])"

# What claims, and what it needs to count: "touch" a scope that touches, "scope" one in the clause, "" nothing.
_CLAIMS = [
    ("first", "", r"首创(?!精神|意识|者)|先河"),
    ("first", "scope", rf"首{_CLASSIFIER}(?<!首批)(?<!首项)"),
    ("first", "touch", rf"首(?:[批项次发创]|位(?=[\u4e00-\u9fff]))(?!产业)|第一(?:{_CLASSIFIER}|次)"),
    ("leading", "", r"(?<!东部)(?<!东部地区)(?<!探索)率先(?!垂范|发展)|领先|第一(?:梯队|方阵|阵营)|名列前茅"),
    ("leading", "", r"前列(?!腺)"),
    ("leading", "touch", r"领跑"),
    (
        "leading",
        "scope",
        r"最(?:大(?!限度|程度|公约数|努力|决心|可能|化|诚意|优势|潜力)|多(?!跑|采|填|只|不超)|高(?!人民|法院|检|领导|标准|限|奖)|快|早|长|强|全|优|好|广"
        r"|低(?!工资|生活|标准|限|价)|小(?!化)|少|先进|完善|完备|完整|明显|显著|齐全|集中|活跃|丰富|密集|彻底)",
    ),
    ("only", "", r"唯一(?!性|标识|标准|代码|选择|出路|途径|办法|道路|目的|目标|合法|正确)"),
    ("rank", "", rf"第(?P<place>{_N})[位名](?!书记|委员|同志)"),
    ("rank", "", rf"前(?P<top>{_N})[位名强](?!委员|候选)"),
    ("rank", "place", rf"前(?P<ten>{_N}){_STOP}"),
    ("rank", "place", r"首位(?!度|产业|城市|者)|榜首|第一位"),
    ("rank", "place", rf"第(?P<bare>{_N}){_STOP}"),
    ("rank", "touch", rf"第(?P<large>{_N})大"),
]
_CORE = [(kind, need, re.compile(pattern)) for kind, need, pattern in _CLAIMS]

_COMMA = re.compile("[，。；！？：,;!?:\n]")
# Aims: some verbs make the whole clause one, others only what they govern directly.
_AIM = re.compile("争创|致力|力争|着眼|迈向|争当|争做|争先|力创|勇争|支持|鼓励|引导")
_AIM_NEAR = re.compile("(?<!成功)(?:创建|争取|努力|奋力|确保|继续|冲刺|瞄准|要|将|推动|促进|加快).{0,2}$")
_PAST = re.compile("历史|史上|有史|历年|以来|近年|近[0-9一二三四五六七八九十]+年|同期")
_ATTITUDE = re.compile("(?:放|摆|置|排|挺|列)(?:在|到|于|为)?$")
_PLACING = re.compile("(?:[居列占登]|排名|位次|名列|升至|升到|上升到|跃至|跃升至|跻身|进入|挺进|进位至|[、])(?:前)?$")


class _Scope(NamedTuple):
    """A field of comparison, where the claim's surface begins with it, and whether it touches the claim."""

    name: str
    start: int
    touches: bool


def _scope_name(match: re.Match[str], whole_region: bool) -> str:
    """Name the scope of a match; 全区 is a province's field in an autonomous region's text, else a district's."""
    group = match.groupdict()
    name = next(key[:-1] for key, value in group.items() if value and key[-1].isdigit())
    if whole_region and "全区" in match.group():
        name = "province"
    among = group.get("among") or ""
    return "other" if _NARROW.search(among) and not among.endswith("县市区") else name


def _scope(text: str, begin: int, core: re.Match[str], kind: str, whole_region: bool) -> _Scope | None:
    """Find the field of comparison of a claim in its clause, which begins at ``begin``."""
    before = text[max(begin, core.start() - 40) : core.start()]
    match = _BEFORE.search(before)
    own_name = match is not None and match.lastgroup is not None and not any(v for k, v in match.groupdict().items() if k.endswith("0"))
    if match and not (own_name and kind in ("leading", "rank") and not core.group().startswith("最")):
        return _Scope(_scope_name(match, whole_region), core.start() - len(before) + match.start(), True)
    last = None
    for last in _FIELD.finditer(text, begin, core.start()):
        pass
    return _Scope(_scope_name(last, whole_region), core.start(), False) if last else None


def _place(core: re.Match[str]) -> str:
    """Read the place that a rank names."""
    written = next((value for value in core.groupdict().values() if value), "一")
    return str(int(written)) if written.isdecimal() else str(han_value(written))


def _found(text: str, whole_region: bool) -> Iterator[tuple[int, int, str, str, str]]:
    """Find the claims of a paragraph."""
    line = plain(text)
    stops = [0, *(match.end() for match in _COMMA.finditer(line))]
    for kind, need, pattern in _CORE:
        for core in pattern.finditer(line):
            begin = max(stop for stop in stops if stop <= core.start())
            scope = _scope(line, begin, core, kind, whole_region)
            start, end = scope.start if scope else core.start(), core.end()
            ahead = _AFTER.match(line, end) if core.group() in ("率先", "领先", "领跑") and not (scope and scope.touches) else None
            if ahead:
                scope, end = _Scope(_scope_name(ahead, whole_region), start, True), ahead.end()
            before = line[max(begin, start - 40) : start]
            if _AIM.search(line, begin, start) or _AIM_NEAR.search(before):
                continue
            touches = scope is not None and scope.touches
            if need == "touch" and not touches or need == "scope" and not scope:
                continue
            if need == "place" and not touches and not _PLACING.search(before):
                continue
            if kind == "rank" and not touches and _ATTITUDE.search(before):
                continue
            if core.group().startswith("最") and _PAST.search(line, begin, core.start()):
                continue
            yield start, end, kind, scope.name if scope else "", _place(core) if kind == "rank" else ""


def firsts(text: str | Sequence[Paragraph]) -> pd.DataFrame:
    """Find the claims to be first, ahead, the only one or at a numbered place.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.

    Returns
    -------
    DataFrame
        One row a claim in the order of the text: ``start``, ``end`` (code points of the source, end exclusive),
        ``surface``, ``kind`` (``first``, ``leading``, ``only``, ``rank``), ``scope`` (``world``, ``nation``,
        ``province``, ``city``, ``other`` or empty), ``rank`` (the place as text; of 前N位 N; else empty).

    Examples
    --------
    >>> firsts("办件量居全省第3位,建成全国首个样板馆。")[["surface", "kind", "scope", "rank"]].values.tolist()
    [['居全省第3位', 'rank', 'province', '3'], ['全国首个', 'first', 'nation', '']]
    """
    given = paragraphs(text) if isinstance(text, str) else text
    whole_region = any("自治区" in paragraph.text for paragraph in given)
    rows = []
    for paragraph in given:
        end_before = 0
        for start, end, *rest in sorted(_found(paragraph.text, whole_region), key=lambda row: (row[0], -row[1])):
            if start >= end_before:
                rows.append((*paragraph.span(start, end), paragraph.surface(start, end), *rest))
                end_before = end
    return pd.DataFrame(rows, columns=_COLUMNS)
