"""Firsts and ranks: who claims to be first, ahead, the only one or at which place, and among whom."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from reformtext.discourse.phrases import Finder, phrase_table
from reformtext.texts.clean import Paragraph, paragraphs_of
from reformtext.texts.numerals import han_value, plain

# Fields of comparison. An open field (全省, 国内) counts wherever the clause names it; a place's own name and 我市 are
# as often the subject of the clause as its field, so they count only where they touch the claim.
_OPEN = {
    "world": "全球|全世界|世界|国际",
    "nation": "全国|国内|全中国|(?:祖国)?大陆",
    "province": "全省|省内|全自治区",
    "city": "全市|市内",
    "other": "全县|县内|全区|亚洲|亚太|东亚|长三角|珠三角|京津冀|大湾区|沿黄|黄河流域|长江流域|华东|华北|华南|华中|中西部|东部|中部|西部"
    "|西北|西南|东北|北方|南方|江北|江南|长江以北|鲁[西南北中]{1,2}|同类|行业内?|业内|试点[市县区]|省会城市|副省级城市",
}
_PROVINCES = "山东|河北|河南|山西|陕西|江苏|浙江|安徽|福建|江西|湖北|湖南|广东|海南|四川|贵州|云南|甘肃|青海|辽宁|吉林|黑龙江|广西|内蒙古|宁夏|新疆|西藏"
_CITIES = "济南|青岛|淄博|枣庄|东营|烟台|潍坊|济宁|泰安|威海|日照|临沂|德州|聊城|滨州|菏泽|莱芜"
# Two characters before 市 or 县 are taken for its name.
_OWN = "[\u4e00-\u9fff](?![全我本该])[\u4e00-\u9fff]"
_NAMED = {
    "nation": "我国|中国|国家级?",
    "province": f"我省|我区|自治区|(?:{_PROVINCES})省?",
    "city": f"我市|本市|(?:{_CITIES})市?|{_OWN}市",
    "other": f"我县|本县|{_OWN}(?:县|(?<![验发范新园地社山贸片景林税省各]))区",
}


def _alternatives(table: dict[str, str]) -> str:
    """Write a table of scope words as one alternation with a named group for each scope."""
    return "|".join(f"(?P<{scope}>{words})" for scope, words in table.items())


# Whom the place is compared with inside the field: 全省地市, 全国65个试点市.
_AMONG = (
    r"(?P<among>(?:(?:\d{1,4}|[一二三四五六七八九十百]{1,4})?[个各]?(?:非?试点|同类|同等|地级|设区|省会|副省级|县级|贫困|重点|大中|主要)?"
    r"(?:地市|城市|地区|市县|县市区|县区|县级市|开发区|高新区|经开区|省份|省区市|主要经济体|行业|系统|同行|[市县区省])(?:中|内|间)?|范围内|各地|主要[\u4e00-\u9fff]{1,4}省[区份])?)"
)
_NARROW = re.compile("试点|主要|同类|同等|开发区|高新区|经开区|行业|系统|同行|贫困|省会|副省级|大中|重点")
_LEAD = "(?:走在了?|[居列在])?"
_BEFORE = re.compile(rf"{_LEAD}(?:全[省市县区](?:乃至|甚至))?(?:{_alternatives(_OPEN)}){_AMONG}$")
_BEFORE_NAMED = re.compile(rf"{_LEAD}(?:{_alternatives(_NAMED)}){_AMONG}$")
_PEERS = re.compile(
    r"[居列在](?P<other>(?:\d{1,2}|[一二三四五六七八九十]{1,3})个?(?:县市区|县市|县区|市县|区县|地市|城市|区))$"
)
_AFTER = re.compile(rf"[在于]?(?:{_alternatives(_OPEN)}){_AMONG}")
_AFTER_FIRST = re.compile("(?P<nation>国家|全国|中国)|(?P<province>省级|全省)")
# A field that does not touch: any word for measures of size and place; else no word that is as often part of a name
# (国际陆港) or, in a city's own paper, the subject (全市干部率先).
_FIELD = re.compile(
    _alternatives(
        {**_OPEN, "nation": _OPEN["nation"] + "|中国", "other": _OPEN["other"].replace("行业内?", "行业内|同行业")}
    )
)
_FIELD_STRICT = re.compile(
    "(?P<world>全球|全世界|世界上)|(?P<nation>全国|国内)|(?P<province>全省|省内|全自治区)|(?<=[在于为是居列占])(?P<city>全市)"
    "|(?P<other>(?<=[在于为是居列占])(?:全县|全区)|试点[市县区])"
)

_CLASSIFIER = "[个部家批例款条单座张台支只宗所套份艘架颗枚处场件笔项片本]"
_N = r"(?:\d{1,4}|[一二两三四五六七八九十百]{1,5})"
_STOP = r"(?=[，。；、,;！!：:）)”’」》的和及\s]|$)"

# What claims, and what it needs to count: "" nothing; "scope" a field in the clause; "touch" one that touches, "whole" the
# whole field (not 全市16个区首次); "place" a field that touches or a verb of placing; "chosen" a verb of selection.
_CLAIMS = [
    ("first", "", r"首创(?!精神|意识|者)|先河"),
    ("first", "scope", rf"首(?![批项]){_CLASSIFIER}"),
    ("first", "touch", rf"首[批项]|第一{_CLASSIFIER}"),
    ("first", "whole", r"首次|第一次"),
    ("first", "chosen", r"首[批个]"),
    (
        "leading",
        "",
        r"(?<!东部)(?<!东部地区)(?<!探索)率先(?!垂范|发展|(?:基本)?实现(?:社会主义)?现代化)|(?<!交替)领先|第一(?:梯队|方阵|阵营)|名列前茅",
    ),
    ("leading", "", r"前列(?!腺)"),
    ("leading", "", r"领跑(?=全|世界|国内|省内)"),
    (
        "leading",
        "scope",
        r"最(?:大(?!限度|程度|公约数|努力|决心|可能|化|诚意|优势|潜力)|多(?!跑|采|填|只|不超)|高(?!人民|法院|检|领导|标准|限|奖)|快|早|长|强|全|优|好|广"
        r"|低(?!工资|生活|标准|限|价)|小(?!化)|少|先进|完善|完备|完整|明显|显著|齐全|集中|活跃|丰富|密集|彻底)"
        r"(?!的?(?:速度|力度|效率|热情|合力|底气|实惠|时间|程度|限度))",
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
_OPENING = re.compile("[首先第率领名前最唯榜]")  # of all of them

_COMMA = re.compile(r"[，。；！？：;!?\n]|[,:](?!\d)")
# Aims: some verbs make the whole clause one, others only what they govern directly.
_AIM = re.compile(
    "争创|对标|致力|力争|努力|确保|必须|务必|^[也还更就]?要|奋力|着眼|迈向|争当|争做|争先|力创|勇争|支持|鼓励|引导"
)
_AIM_NEAR = re.compile("(?<!成功)(?:创建|争取|冲刺|瞄准|要|将|争|夺|推动(?!出台|成立|建成|设立|获批)|促进|加快).{0,2}$")
_REACH = 200  # characters back to look in, where no comma ends the clause
_EXHORTATION = re.compile("在.{2,30}[中上面]走在$|继续走在$")
_PAST = re.compile("历史|史上|有史|历年|以来|年来|近年|近[0-9一二三四五六七八九十]+年|同期")
_ATTITUDE = re.compile("(?:[放摆置挺](?:在|到|于)?|作为|是)$")
_PLACING = re.compile(
    "(?:[居列占登]|排名|位次|名列|升至|升到|上升到|跃至|跃升至|跻身|进入|挺进|进位至|第[^、，]{1,6}、)前?$"
)

_CHOSEN = re.compile("入选|入围|获评|获批|列入|纳入|成为|跻身|获得|确定为|认定为")


class _Scope(NamedTuple):
    """A field of comparison, where the claim's surface begins with it, and how it stands to the claim."""

    name: str
    start: int
    touches: bool
    whole: bool = True


def _read_scope(match: re.Match[str], start: int, touches: bool, region: bool) -> _Scope:
    """Name the scope of a match; 全区 is a province's field in an autonomous region's text, else a district's."""
    groups = match.groupdict()
    among = groups.pop("among", None) or ""
    name = next(scope for scope, value in groups.items() if value)
    if region and "全区" in match.group():
        name = "province"
    return _Scope("other" if _NARROW.search(among) else name, start, touches, not among)


def _touching(text: str, core: re.Match[str], kind: str, region: bool) -> _Scope | None:
    """Find the field of comparison that touches a claim."""
    before = text[max(0, core.start() - 32) : core.start()]
    match = _BEFORE.search(before)
    if not match:
        named = _BEFORE_NAMED.search(before)
        peers = _PEERS.search(before)
        if peers:
            match = peers
        elif named and (kind in ("first", "only") or core.group().startswith("最") or named.group()[0] in "居列在走"):
            match = named
    return _read_scope(match, core.start() - len(before) + match.start(), True, region) if match else None


class _Fields:
    """The fields of comparison that a paragraph names, found once if they are asked for."""

    def __init__(self, line: str, pattern: re.Pattern[str]) -> None:
        self._line, self._pattern = line, pattern

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        """Find them all."""
        return list(self._pattern.finditer(self._line))

    def last(self, begin: int, end: int, region: bool) -> _Scope | None:
        """Give the last one between two offsets; it does not touch the claim at ``end``."""
        at = bisect_right(self._found, end, key=re.Match.start) - 1
        return (
            _read_scope(self._found[at], end, False, region) if at >= 0 and self._found[at].start() >= begin else None
        )


def _counts(need: str, scope: _Scope | None, core: str, before: str, after: str) -> bool:
    """Tell whether a claiming word has what it needs to be a claim."""
    touches = scope is not None and scope.touches
    if need == "scope":
        return scope is not None or (core.startswith("最") and re.match("[^，。；,;]{0,20}之一", after) is not None)
    if need == "touch":
        return touches
    if need == "whole":
        return scope is not None and touches and scope.whole
    if need == "chosen":
        return _CHOSEN.search(before) is not None and _AFTER_FIRST.match(after) is not None
    if core in ("第一位", "首位") and not touches and _ATTITUDE.search(before):
        return False
    return need != "place" or touches or _PLACING.search(before) is not None


def _place(core: re.Match[str]) -> str:
    """Read the place that a rank names."""
    written = next((value for value in core.groupdict().values() if value), "一")
    return str(int(written)) if written.isdecimal() else str(han_value(written))


def _found(text: str, region: bool) -> Iterator[tuple[int, int, str, str, str, str, str]]:
    """Find the claims of a paragraph."""
    line = plain(text)
    places = [match.start() for match in _OPENING.finditer(line)]
    if not places:
        return
    stops = [0, *(match.end() for match in _COMMA.finditer(line))]
    loose, strict = _Fields(line, _FIELD), _Fields(line, _FIELD_STRICT)
    for kind, need, pattern in _CORE:
        free = 0
        for place in places:
            core = pattern.match(line, place) if place >= free else None
            if not core:
                continue
            free = core.end()
            word = core.group()
            clause = stops[bisect_right(stops, core.start()) - 1]
            begin = max(clause, core.start() - _REACH)
            fields = loose if kind == "rank" or word.startswith("最") else strict
            scope = _touching(line, core, kind, region) or fields.last(begin, core.start(), region)
            start, end = scope.start if scope else core.start(), core.end()
            before = line[begin:start]
            if (
                not _counts(need, scope, word, before, line[end : end + 30])
                or _AIM.search(before)
                or _AIM_NEAR.search(before)
            ):
                continue
            if word == "前列" and not scope and _EXHORTATION.search(before):
                continue
            if word.startswith("最") and _PAST.search(line, begin, core.start()):
                continue
            behind = _AFTER if word in ("率先", "领先", "领跑") else _AFTER_FIRST if need == "chosen" else None
            ahead = behind.match(line, end) if behind and not (scope and scope.touches) else None
            if ahead:
                scope, end = _read_scope(ahead, start, True, region), ahead.end()
            rank = _place(core) if kind == "rank" else ""
            noun = _noun(line, start, end, clause, kind, line[start:end])
            yield start, end, kind, scope.name if scope else "", rank, noun, _claimant(line, start)


# Who is said to be first: the last name of a place, body or firm before the claim in its sentence.
_SENTENCE = re.compile("[。；！？;!?]")
_CLAIMANT = re.compile(
    rf"[我本][省市县区]|全[市县](?!场)|(?:{_CITIES}|{_PROVINCES})[省市]?|(?:^|(?<=[，、：])){_OWN}[市县区]"
    r"|[\u4e00-\u9fff]{2,8}?(?:集团|公司|医院|大学|学院|高新区|开发区|经开区|管委会|法院|分局|中心|园区)"
)
# What stands before a place in a ranking and belongs to no noun.
_VERB_END = re.compile(
    "(?:连续[0-9一二两三四五六七八九十]+年|[均都仍继续一直持稳跃升至到提升上为保持位排名分别也并已先后处于进入走挺跻身在被评列居占]+)+$"
)
_NOUN = re.compile(r"的?(?:\d+[个家项批]|[个家项批])?的?([^，。；、,;！!：:（()“”\s]{2,16})")
_QUALITY = re.compile("前列|梯队|方阵|阵营|前茅")


def _noun(line: str, start: int, end: int, clause: int, kind: str, surface: str) -> str:
    """Read what is claimed: what a place or standing is the place of, else the words that the claim goes on with."""
    if kind == "rank" or _QUALITY.search(surface):
        before = _VERB_END.sub("", line[clause:start].rpartition("、")[2])
        return before[-16:] if len(before) > 1 else ""
    match = _NOUN.match(line, end)
    return match.group(1) if match else ""


def _claimant(line: str, start: int) -> str:
    """Read who claims: the last place, body or firm named before the claim in its sentence."""
    sentence = _SENTENCE.split(line[max(0, start - _REACH) : start])[-1]
    names = [match.group() for match in _CLAIMANT.finditer(sentence)]
    return names[-1] if names else ""


def first_finder(given: Iterable[Paragraph]) -> Finder:
    """Give what finds the claims in a paragraph of a text: start, end, kind, scope, rank, noun, claimant."""
    region = any("自治区" in paragraph.text for paragraph in given)

    def find(text: str) -> Iterator[tuple[int, int, str, str, str, str, str]]:
        free = 0
        for row in sorted(_found(text, region), key=lambda row: (row[0], -row[1])):
            if row[0] >= free:
                free = row[1]
                yield row

    return find


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
        ``province``, ``city``, ``other`` or empty), ``rank`` (the place as text; of 前N位 N; else empty),
        ``noun`` (what is claimed) and ``claimant`` (the last place, body or firm named before the claim in its
        sentence): readings for the eye, at most 16 characters, empty where the text gives none.

    Examples
    --------
    >>> firsts("办件量居全省第3位,建成全国首个样板馆。")[["surface", "kind", "scope", "rank"]].values.tolist()
    [['居全省第3位', 'rank', 'province', '3'], ['全国首个', 'first', 'nation', '']]
    >>> firsts("云河市办件量居全省第3位,建成全国首个样板馆。")[["noun", "claimant"]].values.tolist()
    [['云河市办件量', '云河市'], ['样板馆', '云河市']]
    """
    given = paragraphs_of(text)
    return phrase_table(given, first_finder(given), ["kind", "scope", "rank", "noun", "claimant"])
