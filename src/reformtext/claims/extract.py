"""Paragraphs to claims: each reported number with what it measures, for when, against what."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from reformtext.claims.indicators import indicator_code, is_stock
from reformtext.claims.nouns import CHANGE_WORDS, COUNTABLE, DOWN, MEASURED, UP, VERBS, Page, noun_after, words
from reformtext.claims.periods import Period, document_date, periods
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.numerals import QUANTITIES, Number, numbers, plain

_REACH, _LATEST = 800, 60  # how far back a sentence is read, in characters and in numbers
COLUMNS = words(
    "doc_id start end surface value unit kind direction indicator period basis bound status numeral "
    "article place indicator_code scope price"
)
_LINK = r"(?:了|到|至|成|约|近|均|都|各|分别|为|达到|达|在|控制在|保持在|稳定在|预期|预计|目标|不|仅|只|还|再|又|可|全国|全省|全市|平均水平|平均|上年|上年同期|去年同期|去年|同期|世界|经济增速|GDP增速|计划|年初预算|[:：是]|[一-鿿]{0,4}经济增速)"
_CHANGE = re.compile(rf"(?P<verb>{CHANGE_WORDS})(?P<gap>{_LINK}{{0,4}})$")
_COMPARED = re.compile(
    r"(?P<verb>高于|快于|低于|慢于|高出|多于|少于|好于|优于|超出|超过|高|低|多|少|快)(?P<gap>[一-鿿0-9年]{0,14})$"
)
_GROWTH_NAMES = re.compile(
    r"(?:增速|增幅|涨幅|升幅|降幅|跌幅|减幅|增长率|增长速度|增长幅度|上涨幅度|增长目标|增长预期目标|增长预期)[^，。；、]{0,8}$"
)
_GROWTH_AFTER = re.compile(r"\s?的?(?:左右的?)?(?:年均)?(?:增长速度|增速|增长率|速度|增幅|降幅|涨幅)")
_YEAR_BETWEEN = re.compile(
    r"(?:(?:每[人户月年亩斤吨天日]|每平方米|每公斤|人均|户均|平均){1,2}|(?:\d{4}|[一二][一二三四五六七八九零]{3}|去|上|今)年[底末]?的?|(?:现在|目前)的)$"
)
_OWN_SHARE = re.compile(
    r"(压减|压缩|精简|缩短|降低|减少|节约|提升|提高|上涨|下降|增加(?!值))(?!到|至|了?$)((?:(?!增长|下降|提高|上升|减少|增加|增速|增幅|降幅|涨幅|超)[^，。；、到至达率比为占]){2,8})$"
)
_FROM = re.compile(r"(?:从|由)(?:[^，。；]{0,8}年|原[来先有])?(?:的|全[国省市球]|世界)?$")
_GROWN = re.compile(r"(?:存款|贷款|余额|人口|装机|储蓄)[一-鿿]{0,14}(?<!^)新增(?:了|约|近|超过?)?$")
_OWN_VERB = re.compile(r"(?:(?<!新)增加(?!值)|(?<!新)减少|压减|压缩|降低|提高)[^，。；、]{1,16}$")
_AMOUNT_UNITS = re.compile(r"元$|吨|公里|米$|亩|公顷|千瓦|斤|担|公斤|克|升|箱|方$|GW|MW|P$|马力|里$|度$")
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<=[”’])(?=$)")
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n（）()]|——")
_LIST_GLUE = re.compile(r"\s*(?:[、,，]|和|及|与|或|以及|[-—–－~～至到]{1,2})\s*(?:和|及)?\s*")
_JUDGED = re.compile(r"在([^，、。；]{2,24})中[，,]?[^，。；]{0,14}$")
_TRAILING = (  # what stands between a topic and its number, by kind
    ("rank", re.compile(r"(?:全[国省市球]|世界)$")),
    (
        "rank",
        re.compile(
            r"[、，]?(?:综合|整体|连续[\d一二三四五六七八九十两]{1,2}年|总量|稳|均|都|分别|继续|跃|首次|持续)?(?:位居|居|位列|列|名列|排名|排在|排|跃居|跃升|跃至|升至|上升至|提升至|提升到|升到|晋升|保持|进入|跻身|迈入|前移至|稳居|攀升至|获评?|位次)(?!民)[^，；]{0,16}$"
        ),
    ),
    ("multiple", re.compile(r"(?:可以)?(?:等于|相当于|达到|达|是|为)[^，。；]{0,24}$")),
    ("rank", re.compile(r"[，、]?(?:世界|全球|全国|全省|亚洲)?(?:排名|位次|排位)[由从]?[^，]{0,12}$")),
    ("share", re.compile(r"(?:^|(?<=年))占(?!比)[^，。；]{2,16}比[重例][^，。；]{0,4}$")),
    ("share", re.compile(r"占(?!有率|比)[^比，。；]{1,20}的?$")),
    ("share", re.compile(r"(?:完成|为|是|达到?)[^，。；]{0,10}(?:预算|计划|任务|目标)的?$")),
)
_AGAINST = re.compile(r"(?:比(?![重例率值])|较|与|(?<![合协共])同)[^，。；]{1,14}(?<!之比)(?<!比[率例值重])$")
_BECOMES = re.compile(
    r"(?:优化|撤并|归并|合并|整合|重组|精简|压[减缩]|缩减|减少|调整|扩[大充容]|增加|增|减){1,2}(?:到|至|为|成)"
)
_TAKES = re.compile(r"(?:由|从|压[减缩]|缩短|控制)[^，]{0,8}?\d+(?:\.\d+)?个?(?:工作日|天|日|小时|分钟)")
_MADE = frozenset(words("生产 产出 年产 供给 只有 达到 超过 其中"))
_LISTED = re.compile(r"(?:(?!以及|[、和与])[^、和与]|[和与](?=[平谐]))+")
_GLUED = re.compile(rf"{_LIST_GLUE.pattern}|(?:{CHANGE_WORDS}|扩大|发展|调整)?(?:到|至|为)")  # within one deal
_NO_NAME = re.compile(rf"(?:{CHANGE_WORDS}|从|由|占|排|居|列|全国|全省|比|较|上年|年初|同期)+")
_OWNING = frozenset(words("增加 减少 压减 压缩 降低 提高 精简 缩短 节约 提升 上涨 下降"))
_GENERIC = frozenset(
    words(
        "完成 实现 达到 解决 办理 新增 涉及 共 有 为 建成 已 总 占 投资 获 获批 实施 新建 落地 开工 推进 增加 减少 提高 下降 增长 压减 降低 提升 上升 出台 组织 认定"
    )
) - {"投资"}
_PLANNED = re.compile(
    r"预计|(?:引进|签约|规划|开工|在建|筹建)[^，。；]{0,10}年产|力争|争取(?:到|在|达|完成|实现|用|今年|全年)|确保|拟(?![定制订人合])|预期目标|目标(?:是|为|[:：])|计划(?:总?投资|投入|用|新[建增]|实施|到|在|建|于|完成|安排|总|年|从)|正在规划|规划(?:建设|总|投资|到)|"
    r"申报|(?<![\d一二三四五六七八九十两])年内|明年|下一步|今后|未来|将(?=达|实现|建|新|增|完成|投|开|于|在|继续|进一步|有|是|超|突破|再|带动|形成|可|会|成为|从|重点|全力|力争|安排|组织|推进|实施|由|为|比|全面|按|提|发|下降|减|大)|要(?=达|在|比|实现|完成|建|新|使|把|力争|增|达到|提高|确保)|应当?(?=达|在|比|实现|完成)|"
    r"希望|可望|有望|到[一-鿿\d]{4,5}年[^，]{0,6}(?:要|将|力争|实现|达|建|基本)|每年(?=对|安排|为|投入|选|支持|建)|(?<![稳超合])(?<!社会)(?<!市场)预期(?!寿命|因素|管理)|安排(?=发行|地方)"
)
_SUMMED = re.compile(
    r"新增|净增|签约|开工|入选|落地|投产|受理|办理|接待|整治|转移|安置|资助|救助|帮扶|增量|新登记|新注册|引进|累计|新建|完成|建成|改造|新改|解决|淘汰|修建|新扩|增加(?!到|至|值)|减少(?!到|至)|治理|造林|育林|退耕|发放|出让|处置|盘活|流转|培育|建设|实施|新培|认定|共[一-鿿]{2}"
)
_SO_FAR = re.compile(r"(?<!目前已)累计(?:[认评]定|创建|建成|建立|设立|组建|获批|入选|开通|有|与)(?!.*新[增建])")
_HAVING = re.compile(r"(?:覆盖|拥有|[现实共设]有|达到?|扩大到|增加到|增长到|扩展到|参保|总数|总量)[^，。；]{0,2}$")
_HAVING_AFTER = re.compile(
    r"[^，。；、]{0,16}?(?:通(?=[高电公水航铁汽])|全部(?!开工|完成|投产|办结|竣工|落地)|(?:居民|群众|人口|人员|农民)纳入)"
)
_FLOW_NAME = re.compile(r"(?:[产销发送出运客货流]量|吞吐量|次数?|游客|旅客|[旅客居]人数)$")
_STOCK_NOUN = re.compile(r"总数|人数|户数|家数|(?<![次起天件])数量?$|主体|保有量|存量|人口|职工|在校生|用户$|资产")
_SINCE = re.compile(
    r"(?:较|比|自)[^，。；]{0,6}(?:年初(?!预算)|上年末|去年末|去年底|上年底|前(?![后一二三四五六七八九十\d])|末|之前|以前)|改革后|合并后|调整后|整合后"
)
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年|上年同期|去年同期|上一年)|上年同期|去年同期")
_ANNUAL = re.compile(r"[比较]前[一二三四五六七八九十\d]{1,2}年|年均|平均每年|累计|年平均|年递增|每年平均|年增长率")
_NOT_YEARLY = frozenset(words("倍 减少 压减 压缩 精简 缩短 缩减 裁减"))
_SCOPE = re.compile(
    r"(全球|世界|亚洲|全国\d*个?[一-鿿]{0,6}?|全省|全市|全县|全区|中部(?:地区)?|西部(?:地区)?|东部(?:地区)?|沿海|省内|国内|同类[一-鿿]{0,6}|\d+个[一-鿿]{2,8})(?:[一-鿿]{0,6}?)$"
)
_PRICE = re.compile(r"可比价格?|不变价格?|现价|当年价格?|扣除价格因素|实际增长")
_QUOTED_NAME = re.compile(r"“([一二三四五六七八九十\d]{1,3}大(?!中心|领域|产业|集群|平台|基地)[^”，。]{2,10})”")
_HEADING_NUMBER = re.compile(
    r"(?P<a>[一二三四五六七八九十]{1,3}、)|(?P<b>[（(][一二三四五六七八九十]{1,3}[）)])|(?P<c>\d{1,2}[.．、])"
)
_TASKS_HEADING = re.compile(r"(?:预期|主要|总体|奋斗|发展)目标|今后|下一步|重点任务|重点工作")
_SECTION = re.compile(r"回顾|考虑|规划|工作|总结|目标|任务|时期|成就|成绩|情况|发展|过去|以来|五年|部署|安排|建设")
_TARGETS = re.compile(r"(?:主要)?预期目标[^。]{0,4}(?:是|为|：)")
_DONE_HERE = re.compile(r"已|去年|上年末|同比|获批|获评|成功|圆满|一年来")
_AHEAD = re.compile(
    r"力争|确保(?!了)|争取(?=[在用年实达完])|加快(?:建设|推进|打造|构建|培育)|新增[^，。；]{1,12}\d[^，。；]{0,8}以上|(?<![一-鿿])要(?=[把在以加推坚深大进])|支持|鼓励"
)
_DONE = re.compile(
    r"已|了(?!解)|同比|比上年|上年|去年|今年以来|截至|目前|获批|获评|荣获|入选|位居|居全|成功|圆满|先后|一年来|年来|改革后|过去|上半年|季度|\d月|提升|不断|有效|持续(?:增|提|改)|领导小组|率先|首创"
)
_PAST_HEADING = re.compile(r"回顾|总结|完成情况|以来|成就|成绩|过去|主要工作情况")


@dataclass
class _Section:
    """What the headings above say of a paragraph."""

    level: int = 0
    spans: tuple[Period, ...] = ()
    planned: bool = False
    current: Period | None = None


@dataclass
class _Claim:
    """A claim in the making: the number and what its sentence says of it."""

    number: Number
    kind: str
    direction: str = ""
    indicator: str = ""
    basis: str = ""
    period: str = ""
    status: str = "reported"
    scope: str = ""
    price: str = ""
    place: str = ""
    role: str = ""  # "from", "to" of a change
    verb: str = ""
    listed: bool = False
    stock: bool = False


def claims(
    text: str | Sequence[Paragraph], date: str | Date | None = None, place: str | None = None, doc_id: str = ""
) -> pd.DataFrame:
    """Find the reported figures of a text.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    date : str or date, optional
        The document's date (ISO 8601); without it the one in the byline is used, and without that 今年 stays open.
    place : str, optional
        The document's place, left out of indicators and given in the column ``place`` unless a sentence names another.
    doc_id : str, optional
        What the column ``doc_id`` says.

    Returns
    -------
    DataFrame
        A row a number; ``value`` in base units (元, %, 亩 …) as plain decimal text; offsets in code points of the source.

    Raises
    ------
    InputError
        If `date` is no ISO date.

    Examples
    --------
    >>> found = claims("2021年，全市出口12.5亿元、增长8.3%。", date="2022-01-10")
    >>> found[["indicator", "value", "unit", "kind"]].values.tolist()
    [['出口', '1250000000', '元', 'level'], ['出口', '8.3', '%', 'change']]
    """
    when = _as_date(date)
    made = paragraphs(text) if isinstance(text, str) else list(text)
    if when is None and made:
        when = document_date(text if isinstance(text, str) else made[0].source_text)
    names = _names(made)
    rows: list[dict[str, object]] = []
    section = outset = _Section(planned=_looks_ahead(made))
    article = None
    for paragraph in made:
        if paragraph.article != article:
            article, section = paragraph.article, outset
        line = plain(paragraph.text)
        section = _enter(paragraph, line, section, when)
        for claim in _paragraph_claims(line, paragraph.text, when, section, place, names):
            rows.append(_row(claim, paragraph, doc_id, place, line))
    return pd.DataFrame(rows, columns=COLUMNS)


def _as_date(date: str | Date | None) -> Date | None:
    """Read the date that was given."""
    if date is None or isinstance(date, Date):
        return date
    try:
        return Date.fromisoformat(date.strip()[:10])
    except ValueError as error:
        raise InputError(f"no date: {date!r}", way_out="write it as 2024-09-04") from error


def _row(claim: _Claim, paragraph: Paragraph, doc_id: str, place: str | None, line: str) -> dict[str, object]:
    """Write a claim down with its place in the source."""
    number = claim.number
    start, end = paragraph.span(number.start, number.end)
    value = format((number.value or Decimal(0)).normalize(), "f")
    unit = number.unit
    if unit not in {"%", "百分点", "倍", "位"}:  # as written: 畝, not 亩
        written = paragraph.text[number.core[0] : number.core[1]][-len(unit) :]
        unit = written if plain(written) == unit else unit
    return {
        "doc_id": doc_id, "start": start, "end": end, "surface": paragraph.surface(number.start, number.end), "value": value, "unit": unit,
        "kind": claim.kind, "direction": claim.direction, "indicator": claim.indicator, "period": claim.period, "basis": claim.basis,
        "bound": number.bound, "status": claim.status, "numeral": number.numeral, "article": paragraph.article, "place": claim.place or place or "",
        "indicator_code": indicator_code(claim.indicator) or "", "scope": claim.scope, "price": claim.price,
    }  # fmt: skip


# ---- sections --------------------------------------------------------------------------------------------------------
def _looks_ahead(made: Sequence[Paragraph]) -> bool:
    """Say whether a short text without its headings is one of tasks and targets: it is full of what is to be done."""
    text = "".join(plain(p.text) for p in made) if sum(len(p.text) for p in made) < 6000 else ""
    ahead, done = len(_AHEAD.findall(text)), len(_DONE.findall(text))
    return ahead >= 5 and 2 * ahead > done


def _enter(paragraph: Paragraph, line: str, section: _Section, when: Date | None) -> _Section:
    """Take a heading's period and outlook, and let a paragraph choose among the periods of a heading of two."""
    number = _HEADING_NUMBER.match(line)
    short = len(line) <= 40 and not re.search(r"[。；！？]$|[。；]", line)
    if not (short and (number or paragraph.role in {"heading", "title", "kicker", "deck"})):
        for period in section.spans if len(section.spans) > 1 else ():
            opening = [(p.begin.year, p.finish.year) for p in periods(paragraph.text[:20], when) if not p.base][:1]
            if [(period.begin.year, period.finish.year)] == opening:
                section = replace(section, current=period, planned=_ahead(period, when))
        if _TARGETS.search(line) and not section.planned:
            return replace(section, planned=True)  # tasks follow where the targets are named
        return section
    level = 3 if not number else 1 if number["a"] else 2 if number["b"] else 4
    spans = tuple(periods(paragraph.text, when)) if level < 4 and _SECTION.search(line) else ()
    if spans and not line.endswith("工作报告"):
        planned = not _PAST_HEADING.search(line) or len(spans) > 1
        # a part without a number stands above the numbered ones in it
        return _Section(level % 3, spans, planned and _ahead(spans[0], when), spans[0])
    plain_part = section.level == 0 and not number
    if section.spans and level > section.level and not plain_part:
        return section
    keeps = section.planned and not plain_part and not _PAST_HEADING.search(line)
    return _Section(level, (), keeps or (bool(_TASKS_HEADING.search(line)) and not _PAST_HEADING.search(line)))


def _ahead(period: Period, when: Date | None) -> bool:
    """Say whether a section's period is still to come: in a report of the first months, the year's own too."""
    return when is not None and period.begin.year >= when.year + (when.month > 4)


# ---- a paragraph -----------------------------------------------------------------------------------------------------
def _paragraph_claims(
    line: str, text: str, when: Date | None, section: _Section, place: str | None, names: frozenset[str]
) -> list[_Claim]:
    """Make the claims of a paragraph, sentence by sentence."""
    figures = [n for n in numbers(text) if n.kind in QUANTITIES and _is_claim(line, n, names)]
    if not figures:
        return []
    stretches = periods(text, when, section.current.finish.year if section.current else None)
    begins = [p.start for p in stretches]
    ends = [m.end() for m in _SENTENCE_END.finditer(line)] + [len(line)]
    page = Page(text, line, place, stretches)
    cues = [m.span() for m in _PLANNED.finditer(line)]
    if not section.planned and not section.spans and _AHEAD.search(line) and not _DONE.search(line):
        section = replace(section, planned=True)  # tasks to come, and nothing in the paragraph that was done
    made: list[_Claim] = []
    sentence: list[_Claim] = []
    last_start = -1
    for i, number in enumerate(figures):
        index = bisect_right(ends, number.start)
        start = ends[index - 1] if index else 0
        if start != last_start:
            sentence, last_start = [], start
        start = max(start, number.start - _REACH)
        near = stretches[bisect_left(begins, start) : bisect_left(begins, number.start)]
        following = figures[i + 1] if i + 1 < len(figures) else None
        claim = _claim(page, number, start, ends[min(index, len(ends) - 1)], sentence[-_LATEST:], following)
        _place_in_time(line, claim, start, near, section, sentence[-_LATEST:], when, cues)
        sentence.append(claim)
        made.append(claim)
    _share_objects(made, line)
    return made


def _names(made: Sequence[Paragraph]) -> frozenset[str]:
    """Gather the slogans with a number that a text puts in quotation marks: unquoted they are names too."""
    return frozenset(m[1] for p in made for m in _QUOTED_NAME.finditer(plain(p.text)))


def _is_claim(line: str, number: Number, names: frozenset[str]) -> bool:
    """Leave out ages, and names that hold a number."""
    before = line[max(0, number.start - 12) : number.start]
    if number.kind == "points" and re.search(r"每(?:增长|提高|增加|下降|降低|上升)$", before):
        return False
    if number.kind == "rank" and re.search(r"[放摆]在$", before):
        return False
    if number.unit == "岁" and not re.search(r"寿命|年龄", before):
        return False
    return not any(line.startswith(name, number.core[0]) for name in names)


def _in_short_brackets(line: str, mark: re.Match[str]) -> bool:
    """Say whether a clause mark is one of a pair of brackets around a word or two, as in 人才（团队）."""
    if mark[0] in "（(":
        return bool(re.match(r"[^（()）\d，]{1,6}[)）]", line[mark.end() : mark.end() + 7]))
    before = line[max(0, mark.start() - 7) : mark.start()]
    return mark[0] in "）)" and bool(re.search(r"[（(][^（()）\d，]{1,6}$", before))


def _claim(
    page: Page, number: Number, start: int, end: int, sentence: list[_Claim], following: Number | None
) -> _Claim:
    """Tell kind, direction and indicator of one number from its clause and the numbers before it."""
    line = page.line
    before = sentence[-1] if sentence else None
    glue = line[before.number.end : number.start] if before else ""
    clause = max(start, before.number.end) if before else start
    opened = aside = (0, 0)  # the clause before a bracket, which goes on after it: 茶油（含毛油，下同）由
    for mark in _CLAUSE.finditer(line, clause, number.start):
        if _in_short_brackets(line, mark):
            continue
        opened = (clause, mark.start()) if mark[0] in "（(" else opened
        aside = opened if mark[0] in "）)" else (0, 0) if mark[0] not in "（(，,；;" else aside
        clause = mark.end()
    aside = aside if line[clause - 1] in "）)" and aside[1] else (0, 0)
    left = line[clause : number.start]
    alike = before and number.kind == before.number.kind and (number.unit == before.number.unit or before.role)
    listed = bool(alike and _LIST_GLUE.fullmatch(glue))
    if before and before.kind == "delta" and number.kind == "percent" and re.fullmatch(r"[，（]?即", glue):
        return replace(before, number=number, kind="change")
    if listed and before and before.kind != "rank":
        claim = _Claim(number, before.kind, before.direction, verb=before.verb, listed=True, role=before.role)
    elif before and before.role == "object" and number.kind == "percent" and re.fullmatch(r"[、和][一-鿿]{2,8}", glue):
        claim = _Claim(number, before.kind, before.direction, role="object")  # 压减时间58%、材料52%
    else:
        claim = _classify(line, number, left)
        if before and before.role == "from" and not claim.role and re.fullmatch(r"[一-鿿]{0,6}(?:到|至|为|成)", left):
            claim.role = "to"
    claim.indicator = _indicator(page, claim, clause, start, end, sentence, following)
    if aside[1] and not page.noun(clause, number.start) and (named := page.noun(*aside)):
        claim.indicator = named
    if before and claim.role == "to" and before.role == "from" and claim.kind in {"level", "share", "delta"}:
        claim.kind, claim.direction = before.kind, before.direction
        if "分别" not in line[start : number.start]:
            claim.indicator = before.indicator or claim.indicator
    places = ((at, page.place(at, number.start)) for at in range(clause, number.start) if at in page.cuts)
    claim.place = next((line[at:stop] for at, stop in places if stop > at), "")
    if claim.kind != "rank" and (price := _PRICE.search(line, max(start, number.start - 16), number.start)):
        claim.price = price[0]
    if claim.kind == "rank" and (scope := _SCOPE.search(left)):
        claim.scope = scope[1]
    return claim


def _classify(line: str, number: Number, left: str) -> _Claim:
    """Tell the kind and direction from the words that touch the number."""
    left = re.sub(r"（[^（）]{1,12}）$", "", left)  # 增长（下同）23.4%
    left = _YEAR_BETWEEN.sub("", left)  # 由2002年7703元增加到2007年的13786元
    change = _CHANGE.search(left)
    verb = change["verb"] if change else ""
    reached = bool(change and re.match(r"了?(?:到|至|为|成)", change["gap"])) or bool(
        re.search(r"(?:增|升|降|减|提|涨|缩)[至到]$", left)
    )
    direction = "up" if verb in UP else "down" if verb else ""
    moves = number.unit in {"位", "位次", "个位次"}
    if (verb == "增长" and number.unit in {"条", "项", "个"}) or (verb == "前移" and not moves):
        verb, direction = "", ""
    role = "from" if _FROM.search(left) else "to" if reached else ""
    if number.kind == "rank" or (moves and not verb and re.search(r"(?:居|列|排|至|到)[^，。]{0,8}$", left)):
        return _Claim(number, "rank", verb=verb, role="from" if role == "from" else "")
    if number.kind == "points" or number.unit in {"位次", "个位次", "个基点"} or (moves and verb):
        compared = change or _COMPARED.search(left)
        word = compared["verb"] if compared else ""
        return _Claim(number, "delta", "down" if word in DOWN else "up", verb=word)
    if number.kind == "multiple":
        return _Claim(number, "change", direction or "up", verb=verb or "倍")
    if number.kind == "percent":
        if owned := _OWN_SHARE.search(left):
            return _Claim(number, "change", "up" if owned[1] in UP else "down", role="object", verb=owned[1])
        if verb in {"低于", "高于"} and left.endswith(verb):
            touched = replace(number, start=number.start - 2, bound="max" if verb == "低于" else "min")
            return _Claim(touched, "share")
        if (verb and not reached and len(verb) > 1) or (verb in {"增", "降", "减", "涨", "升"} and not reached):
            return _Claim(number, "change", direction, verb=verb)
        if _GROWTH_NAMES.search(left):
            return _Claim(number, "change", "down" if re.search(r"[降跌减]幅", left) else "up", verb="增速")
        if _GROWTH_AFTER.match(line, number.end):
            falls = "降幅" in line[number.end : number.end + 6]
            return _Claim(number, "change", "down" if falls else "up", verb="增长速度")
        return _Claim(number, "share", role=role)
    single = verb in {"多", "少", "增", "减"} and re.search(r"(?:比|较)[^，。；]{0,16}$|[多少]了$", left)
    if verb and not reached and (single or (len(verb) > 1 and verb != "净增")) and not left.endswith("新增"):
        return _Claim(number, "delta", direction, verb=verb)
    if (own := _OWN_VERB.search(left)) and number.unit == "元" and not re.search(r"[到至达为占]$|总额|余额", left):
        return _Claim(number, "delta", "up" if own[0][:2] in UP else "down", verb=own[0][:2])
    if _GROWN.search(left):
        return _Claim(number, "delta", "up", verb="新增")
    return _Claim(number, "level", role=role)


# ---- what is measured ------------------------------------------------------------------------------------------------
def _indicator(
    page: Page, claim: _Claim, clause: int, start: int, end: int, sentence: list[_Claim], following: Number | None
) -> str:
    """Find what a number measures: after it, before it, in the list it shares, or in an earlier clause."""
    number, line = claim.number, page.line
    before = sentence[-1] if sentence else None
    stop = min(end, following.start) if following else end
    counts = number.kind == "amount" and not _AMOUNT_UNITS.search(number.unit)
    own = (
        counts and claim.kind == "delta" and not page.noun(clause, max(line.rfind(claim.verb, clause, number.start), 0))
    )
    after = noun_after(page, number.end, stop, counts, number.unit) if own or claim.kind in {"level", "share"} else ""
    if claim.kind == "level" and number.bound in {"min", "max"} and not counts and COUNTABLE.fullmatch(after):
        left = _topic(page, clause, number.start, claim, start, sentence)
        return after if not left or left in VERBS or left in _GENERIC else left  # a threshold in a modifier: 过亿元项目
    if counts and after and (own or claim.kind == "level"):
        return after
    if before and counts and before.number.unit == number.unit:
        spent = line[clause : number.start].removeprefix(plain(before.indicator))
        if before.indicator and _BECOMES.fullmatch(spent):
            return before.indicator  # 将54个村归并为31个
    if before and page.follows_base(number.start) and _AGAINST.search(line[clause : number.start]):
        return before.indicator  # 比1952年的73亿元增长
    if separate := _separately(page, claim, start, sentence):
        return separate
    if claim.listed and before:
        return before.indicator
    left = _topic(page, clause, number.start, claim, start, sentence)
    alike = before and claim.kind == "level" and not after and before.number.unit == number.unit
    if before and alike and left in (VERBS if counts else _MADE):
        return before.indicator  # 63项任务已办结13项
    if before and left in {"增产", "减产", "增收", "减收", "涨幅", "降幅", "减幅", "增幅", "增速"}:
        return before.indicator
    if left and left not in _GENERIC and not (after and left in VERBS):
        return left
    if claim.kind == "level" and after:
        return after
    acts = number.end < stop and page.tag(number.end).startswith("v")
    if counts and claim.kind == "level" and not left and acts:  # 47人入选人才计划
        done = number.end + len(page.word(number.end))
        done += line[done : done + 1] == "了"
        return re.sub(r"^“[^”]*”(?=[一-鿿])", "", noun_after(page, done, stop, counts, number.unit))
    if claim.kind == "share" and (not left or left in VERBS) and line[number.end : number.end + 1] in {"的", "以"}:
        shared = noun_after(page, number.end + (line[number.end : number.end + 1] == "的"), stop, True, "")
        if shared:  # 96%的养老机构
            return shared
    if before and not left and (gap := line[before.number.end : max(clause - 1, before.number.end)]):
        segment = max(gap.rfind(c) for c in "，；：") + 1
        noun = page.noun(before.number.end + segment, clause - 1) if segment else ""
        if noun and (indicator_code(plain(noun)) or MEASURED.search(plain(noun))):
            return noun
    if before and (claim.kind != "level" or not left or left in _GENERIC):
        return before.indicator
    if clause > start and not left and not counts:  # the topic stands in the clause before
        opening = max(line.rfind(c, start, clause - 1) for c in "，；：") + 1
        taken = _TAKES.search(line, max(opening, start), clause - 1)  # 时间由9个工作日压缩至3个，压缩60%
        return _topic(page, max(opening, start), taken.start() if taken else clause - 1, claim, start)
    return left or after


_ISSUED = re.compile(r"(?:出台|制定|制订|印发|发布|推出|提出|实施)了?")


def _is_policy(page: Page, claim: _Claim, clause: int, sentence: Sequence[_Claim]) -> bool:
    """Say whether 条 counts the articles of a policy that the words before it name: 出台稳就业22条."""
    listed = bool(sentence) and sentence[-1].number.unit == "条" and page.line[sentence[-1].number.end] == "、"
    return claim.number.unit == "条" and (listed or bool(_ISSUED.search(page.line, clause, claim.number.start)))


def _topic(page: Page, clause: int, stop: int, claim: _Claim, start: int, sentence: Sequence[_Claim] = ()) -> str:
    """Take the noun before a number: what is left of the clause without verb, place, period and link words."""
    line = page.line
    cut = -1 if claim.verb in {"", "倍", "增收", "减收", "增产", "减产"} else line.rfind(claim.verb, clause, stop)
    if cut >= 0:
        owns = claim.kind in {"delta", "change"} and claim.verb in _OWNING
        if owns and (noun := page.noun(cut + len(claim.verb), stop)):
            return noun
        stop = cut
        if compared := _AGAINST.search(line[clause:stop]):
            stop = clause + compared.start()
    before = sentence[-1] if sentence else None
    follows = before and clause == before.number.end and line.startswith(before.indicator, clause)
    threshold = before and before.indicator and before.number.unit == "元" and before.number.bound in {"min", "max"}
    if before and follows and threshold and before.kind == "level":
        opening = max([start] + [line.rfind(c, start, clause) + 1 for c in "，；："])
        return page.text[page.peel(opening, before.number.start)[0] : stop]  # 新签约过亿元项目288个
    if claim.kind == "rank" and (judged := _JUDGED.search(line[start:stop])):
        return page.text[start + judged.start(1) : start + judged.end(1)]
    if claim.kind == "rank" and before and follows:
        rest = line[clause + len(before.indicator) : stop]
        if not re.match(r"[^，、由在]{0,6}(?:额|量|率|增速|规模|面积|水平|指数|数量?)(?=[、位居列排稳跃])", rest):
            return before.indicator
    if _is_policy(page, claim, clause, sentence) and re.match(r"[，、；。等政措]|$", line[claim.number.end :]):
        opening = max([clause] + [m.end() for m in _ISSUED.finditer(line, clause, stop)])
        return page.text[opening:stop].lstrip("、，了")
    for kind, trailing in _TRAILING:
        if kind in {claim.kind, claim.number.kind} and (part := trailing.search(line[clause:stop])):
            stop = clause + part.start()
    joined = clause > start and line[clause - 1] not in "，；：。、！？"
    if joined and line[clause : clause + 1] not in {"、", "，", "和", "及", ""}:
        # the noun of the number before stands first: 22个市级重点项目投资完成率 leaves 投资完成率
        if before and before.indicator and line.startswith(plain(before.indicator), clause):
            spent = clause + len(before.indicator)
            sign = line[spent : spent + 1]
            if sign != "占" and (sign in {"、", "，"} or len(page.noun(spent, stop)) > 2):
                clause = spent
        ends = (m.end() for m in COUNTABLE.finditer(line, clause, stop))
        heads = [end for end in ends if end in page.cuts and line[end : end + 1] != "占"]
        if heads and stop - heads[-1] > 2 and page.noun(heads[-1], stop):
            clause = heads[-1]
    listed = line.rfind("等", clause, stop - 1)
    if listed >= 0 and not re.match(r"级|教育|院校|学校", line[listed + 1 : stop]):
        clause = listed + 1
    noun = page.noun(clause, stop)
    return "经济增长" if noun == "经济" and "经济增长" in line[clause : claim.number.start] else noun


def _separately(page: Page, claim: _Claim, start: int, sentence: list[_Claim]) -> str:
    """Deal the names before 分别 out to the numbers after it, in their order."""
    line, number = page.line, claim.number
    mark = line.rfind("分别", start, number.start)
    if mark < 0:
        return ""
    dealt = [c for c in sentence if c.number.start > mark]
    between = line[mark + 2 : (dealt[0].number.start if dealt else number.start)]
    if re.search(r"[，。；：]", between) or re.search(r"[；。]", line[mark : number.start]):
        return ""
    opening = max(line.rfind(c, start, mark) for c in "，；：。") + 1
    begin, finish = page.peel(max(opening, start), mark)
    if begin == finish and opening > start:  # only a period stands before 分别: the names are in the clause before
        back = max([start] + [line.rfind(c, start, opening - 1) + 1 for c in "，；：。"])
        if not any(back <= c.number.start < mark for c in sentence):
            begin, finish = page.peel(back, opening - 1)
    if re.search(r"(?:双双|均|都)[^，]{0,4}$", line[mark : number.start]) and claim.kind in {"change", "rank"}:
        return page.text[begin:finish]
    chain = [c.number for c in dealt] + [number]
    if not all(_GLUED.fullmatch(line, a.end, b.start) for a, b in pairwise(chain)):
        return ""
    inside = [c.number.end for c in sentence if opening <= c.number.start < mark]
    if inside and "、" not in line[inside[-1] : mark]:
        return _topic(page, inside[-1], mark, claim, start)
    moved = re.search(CHANGE_WORDS, between) if claim.kind in {"change", "delta"} else None
    own = page.noun(mark + 2, mark + 2 + (moved.start() if moved else len(between)))
    if own and own not in _GENERIC and not _NO_NAME.fullmatch(own):
        return own
    names = [m.span() for m in _LISTED.finditer(line, begin, finish)]
    if len(names) < 2:
        # 收入562亿元、利润21亿元，分别增长11%、19%: the names are those of the amounts before
        told = len(re.findall(r"%|倍|百分之|个百分点|第\d+位", re.match(r"[^，。；]*", line[mark:])[0]))  # type: ignore[index]
        kind = "change" if claim.kind == "rank" and sentence[-1].kind != "level" else "level"
        earlier = [c for c in sentence if c.number.start < mark and c.kind == kind][-told:]
        return earlier[len(dealt)].indicator if len(dealt) < len(earlier) == told > 1 else ""
    a, b = names[len(dealt) % len(names)]
    return page.noun(a, b) or page.text[a:b]


def _share_objects(made: list[_Claim], line: str) -> None:
    """Give a number of a range or list, whose noun comes after the last of them, that noun."""
    for this, following in zip(reversed(made[:-1]), reversed(made[1:]), strict=True):
        between = line[this.number.end : following.number.start]
        ranges = this.number.bound == "min" and following.number.bound == "max"
        if len(between) <= 2 and _LIST_GLUE.fullmatch(between) and (ranges or not this.indicator):
            this.indicator, this.kind, this.direction = following.indicator, following.kind, following.direction


def _carries(line: str, period: Period, start: int) -> bool:
    """Say whether a period holds past a semicolon: an event of a month or a day, or a deadline, does not."""
    if line[period.end - 1] == "前":
        return False
    return (
        (period.finish - period.begin).days > 31
        or period.start - start <= 2
        or line[period.end : period.end + 1] in {"，", ","}
    )


# ---- time, basis, status ---------------------------------------------------------------------------------------------
def _place_in_time(
    line: str,
    claim: _Claim,
    start: int,
    stretches: list[Period],
    section: _Section,
    sentence: list[_Claim],
    when: Date | None,
    cues: list[tuple[int, int]],
) -> None:
    """Give a claim its status, its period and what a change is against."""
    number = claim.number
    here = line[start : number.start]
    part = start + max(here.rfind("；"), here.rfind(";")) + 1
    clause = here[max(here.rfind(c) for c in "，；：。") + 1 :][-120:]
    said = [p for p in stretches if not p.base and (p.start >= part or _carries(line, p, start))]
    if claim.role:
        said = _of_one_end(line, claim, said, sentence)
    period = said[-1] if said else None if claim.role == "from" else section.current
    told = bisect_right(cues, number.start, key=lambda cue: cue[1])
    cue = cues[told - 1][0] if told else -1  # where the last word of plans before the number stands
    if period and when and not section.current and line[period.start : period.end] == "全年" and cue >= start:
        period = replace(period, begin=Date(when.year, 1, 1), finish=Date(when.year, 12, 31))
    planned = _is_planned(here, cue - start, section, said, when)
    claim.status = "planned" if planned else "reported"
    based = [p for p in stretches if p.base and p.start >= part]
    if claim.kind in {"level", "share"} and based and re.fullmatch(r"[^，]{0,4}", line[based[-1].end : number.start]):
        period = based[-1]
    segment = here[here.rfind("、") + 1 :]
    own = segment if re.match(r"总|[^，。]*[达有]$", segment) else clause
    claim.stock = _is_stock(line, claim, own, here if not said else own)
    before = sentence[-1] if sentence else None
    if before and (claim.listed or claim.indicator == before.indicator):
        moved = claim.kind in {"change", "delta"}
        claim.stock = claim.stock or (before.stock and (moved or not _SUMMED.search(clause)))
    if period:
        state = claim.stock and claim.kind not in {"change", "delta"}
        claim.period = period.iso(state, planned, _reached(claim, clause, bool(said)))
    if claim.role and claim.listed:
        claim.period = next((c.period for c in sentence if c.role == claim.role), "") or claim.period
    alike = before and before.kind == claim.kind and before.number.unit == number.unit
    if (
        before
        and alike
        and not (said and said[-1].start > before.number.end)
        and re.match(r"[，（]其中", line[before.number.end : number.start])
    ):
        claim.stock, claim.period = before.stock, before.period
    if claim.kind in {"change", "delta"}:
        _compare(line, claim, clause, here, period, based, sentence)


def _of_one_end(line: str, claim: _Claim, said: list[Period], sentence: list[_Claim]) -> list[Period]:
    """Leave the periods of one end of 从…到…: the first has only its own year or the first of 2013年至2023年."""
    mark = max(line.rfind(c, 0, claim.number.start) for c in "从由")
    if claim.role == "to":
        source = next((c.number.start for c in reversed(sentence) if c.role == "from"), 0)
        own = max(line.rfind(c, 0, source) for c in "从由")
        return [p for p in said if not own < p.start < source]
    if any(p.start > mark for p in said):
        return [p for p in said if p.start > mark]
    ranges = [p for p in said if p.years > 1 and re.search(r"[-—–－～~至到]", line[p.start : p.end])]
    return [replace(p, finish=Date(p.begin.year, 12, 31)) for p in ranges[-1:]]


def _is_planned(here: str, cue: int, section: _Section, said: list[Period], when: Date | None) -> bool:
    """Say whether a figure is to come, by the words before it, the period said, or the section."""
    cued = cue > max(here.rfind("；"), here.rfind("。"))
    last = here.rfind("，") + 1
    if when and said and said[-1].begin > when:
        return True
    if section.planned:
        past = bool(when and said and said[-1].finish < when and not said[-1].to_date)
        return not past and (cued or not _DONE_HERE.search(here, last))
    return cued and (cue >= last or not re.search(r"已|获批|到位|下达", here[last:]))


def _is_stock(line: str, claim: _Claim, clause: str, heard: str) -> bool:
    """Say whether a figure is a state on a day: by its name, by words of having, or as a total built up so far."""
    number, name = claim.number, plain(claim.indicator)
    if _FLOW_NAME.search(name) or number.unit.endswith("次"):
        return False
    built = "累计" in heard and bool(_SO_FAR.search(heard))
    summed = set(_SUMMED.findall(clause))
    having = _HAVING.search(clause) and summed <= {"建设", "治理", "改造", "培育"} and not re.search(r"平均|人均", name)
    if summed and not built and not having:
        return False
    counts = claim.kind == "level" and number.kind == "amount" and not _AMOUNT_UNITS.search(number.unit)
    if counts:
        return bool(having or built or _HAVING_AFTER.match(line, number.end) or _STOCK_NOUN.search(name))
    kept = claim.kind == "level" and re.search(r"积累|结存|结余", clause)
    return bool(is_stock(name) or kept or (claim.kind == "rank" and _STOCK_NOUN.search(name)))


def _reached(claim: _Claim, clause: str, said: bool) -> bool:
    """Say whether a figure of several years is the level reached in the last of them, and no sum."""
    if claim.role == "to" or (claim.kind in {"rank", "share"} and not said):
        return claim.role != "from"
    if claim.kind == "share" and ("率" in claim.indicator or "占" in clause):
        return True
    name = plain(claim.indicator)
    summed = _SUMMED.search(clause) or re.search(r"实现|完成", clause) or re.search(r"投[资入]|支出|资金|增量", name)
    if claim.kind != "level" or summed:
        return False
    known = claim.number.unit and _AMOUNT_UNITS.search(claim.number.unit) and indicator_code(name)
    reached = re.search(r"(?:达到?|突破|超过|稳定在|保持在|占)$", clause)
    return bool(known or reached or name.endswith("量") or MEASURED.search(name))


def _compare(
    line: str, claim: _Claim, clause: str, here: str, period: Period | None, based: list[Period], sentence: list[_Claim]
) -> None:
    """Tell what a change is against."""
    number = claim.number
    ends = [c.role for c in sentence if c.role]
    base = based[-1] if based else None
    listed = base and re.match(r"(?:相比|的?同期)?[，,]", line[base.end : base.end + 4])
    if base and number.start - len(clause) > base.end and not listed:
        base = None  # said of another figure of the sentence
    if "from" in ends and "to" in ends and any(c.indicator in claim.indicator for c in sentence if c.role == "to"):
        claim.basis = "from_to"
        first, last = (next(c.period for c in sentence if c.role == r) for r in ("from", "to"))
        if first and last and first[:4] < last[:4]:
            claim.period = f"{first[:4]}-01-01/{last[:4]}-12-31"
    elif _SINCE.search(clause) or re.search(r"(?:改革|合并|调整|整合)后", here):
        claim.basis = "since"
    elif _YOY.search(clause):
        claim.basis = "yoy"
    elif sentence and sentence[-1].basis == "since" and clause == "增长" and claim.indicator == sentence[-1].indicator:
        claim.basis = "since"  # 较年初增加24亿元，增长7%
    elif base:
        if claim.stock and sentence and sentence[-1].stock and sentence[-1].indicator == claim.indicator:
            earlier = [c.period for c in sentence if c.indicator == claim.indicator and c.kind == "level"]
            claim.period = next((p for p in earlier if p[:4] > str(base.finish.year)), claim.period)
        year = int(claim.period[-10:-6] or 0)
        if base.years == 1 and (claim.stock or not period or period.years == 1):
            compared = re.search(r"[比较][^，。；]{0,2}$", line[max(0, base.start - 3) : base.start])
            claim.basis = "yoy" if base.finish.year == year - 1 else "since" if compared else ""
    elif _ANNUAL.search(clause) or (period and period.years > 1) or claim.verb in _NOT_YEARLY:
        claim.basis = ""
    elif number.kind in {"percent", "points", "multiple"} and not re.search(r"于|出$", claim.verb):
        claim.basis = "yoy"
