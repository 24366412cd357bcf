"""Paragraphs to claims: each reported number with what it measures, for when, against what."""

import re
from bisect import bisect_left, bisect_right
from calendar import IllegalMonthError, monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from reformtext.claims.draft import AMOUNT_UNITS, LIST_GLUE, Draft
from reformtext.claims.indicators import indicator_code
from reformtext.claims.naming import carried, name_indicator, share_objects
from reformtext.claims.nouns import CHANGE_WORDS, DOWN, UP, Page, words
from reformtext.claims.periods import Period, document_date, periods
from reformtext.claims.roles import Role
from reformtext.claims.sections import AHEAD, DONE, TOLD, Section, enter, looks_ahead
from reformtext.claims.sources import sources
from reformtext.claims.timing import PLANNED, place_in_time
from reformtext.errors import InputError, require_text
from reformtext.texts.clean import Paragraph, paragraphs_of
from reformtext.texts.numerals import QUANTITIES, Number, numbers, plain
from reformtext.texts.segment import Cut, tokenize

_REACH, _LATEST = 800, 60  # how far back a sentence is read, in characters and in numbers
_RECENT = 8  # numbers before, of this sentence or others, among which what was counted is looked for
COLUMNS = words(
    "doc_id start end surface value unit kind direction indicator period basis bound status numeral "
    "article place indicator_code scope price source"
)
_WHOLE_NUMBERS = ("start", "end", "article")
_LINK = r"(?:了|到|至|成|约|近|均|都|各|分别|为|达到|达|在|控制在|保持在|稳定在|预期|预计|目标|不|仅|只|还|再|又|可|全[国省市县区]|平均水平|平均|上年|上年同期|去年同期|去年|同期|世界|经济增速|GDP增速|计划|年初预算|[:：是]|[一-鿿]{0,4}经济增速)"
_CHANGE = re.compile(rf"(?P<verb>{CHANGE_WORDS})(?P<gap>{_LINK}{{0,4}})$")
_COMPARED = re.compile(
    r"(?P<verb>高于|快于|低于|慢于|高出|多于|少于|好于|优于|超出|超过|超(?=时序|序时|计划|目标)|高|低|多|少|快)(?P<gap>[一-鿿0-9年]{0,14})$"
)
_GROWTH = frozenset(words("增速 增幅 涨幅 升幅 降幅 跌幅 增长率 增长速度 增长幅度 增长"))
_AGAINST_GROWTH = re.compile(r"(?P<verb>[高快低慢好优][于出])[^，。；、]{0,14}$")  # 高于全省农民平均增速
_GROWTH_NAMES = re.compile(
    r"(?:增速|增幅|涨幅|升幅|降幅|跌幅|减幅|增长率|增长速度|增长幅度|上涨幅度|增长目标|增长预期目标|增长预期)[^，。；、]{0,8}$"
)
_GROWTH_AFTER = re.compile(
    r"\s?(?:的(?:年均)?(?:[一-鿿]{2,10})?|(?:年均)?)(?:增长速度|增长目标|增速|增长率|速度|增幅|降幅|涨幅|增长(?=[，。；、]|$))"
)
_YEAR_BETWEEN = re.compile(
    r"(?:(?:每[人户月年亩斤吨天日]|每平方米|每公斤|人均|户均|平均){1,2}|(?:\d{4}|[一二][一二三四五六七八九零]{3}|去|上|今)年[底末]?的?|(?:[今去上]年)?同期的?|(?:现在|目前)的)$"
)
_OWN_SHARE = re.compile(
    r"(压减|压缩|精简|缩短|降低|减少|节约|提升|提高|上涨|下降|增加(?!值))(?!到|至|了?$)((?:(?!增长|下降|提高|上升|减少|增加|增速|增幅|降幅|涨幅|超)[^，。；、到至达率比为占]){2,8})$"
)
_ASIDE = re.compile("（[^（）]{1,12}）$")
_CUT_RATE = re.compile(r"(?:压减率|(?:压减|改善|下降|降低|压缩)幅度)(?:达到?|为|是|约|超过?)?$")
_WORKED = re.compile(r"(?P<verb>提速|提效|增效|降本|降耗|节约|节省|节能|节水|减排|优惠)(?:了|达到?|约|近|超过?|幅度)*$")
_MULTIPLIER = re.compile(r"(?:倍数|倍率|倍差|市盈率)[^，。；、]{0,8}$")
_SHORT_CUT = re.compile(r"(?:再|又|共|各|平均|均|(?P<cut>砍|压减?|裁))(?P<verb>[降减涨升砍压裁])(?:掉|去|了)?$")
_MORE_THAN = re.compile(r"(?:比|较)[^，。；]{1,16}?(?P<verb>[高低多少贵])(?:出|了|[一-鿿]{1,2}了?)?$")
_BEYOND = re.compile(r"超(?:额|过)[^，。；、]{0,10}(?:计划|目标|任务|指标)$")
_ADDED = re.compile(
    r"(?:^|[，。；：、已共又再])(?P<verb>增加(?!值)|扩大|减轻|减少|降低)(?![到至了])[^，。；、\d]{1,16}$"
)
_ADDED_TO = re.compile(r"[到至达为占]$|总额|余额")
_MOVED_TO = frozenset(verb + to for verb in "增升降减提涨缩" for to in "至到")
_FROM = re.compile(r"(?:从|由)(?:[^，。；]{0,8}年[初底末]?|原[来先有])?(?:的|全[国省市球]|世界)?$")
# 节约资金2亿元, 少花3亿元; 节支率 is none.
_SAVED = re.compile(
    r"(?:少花|少支出?|少交|少缴|少跑|节约|节省|节支|省下|节减)(?!型|率)(?:(?!率|度|达标)[^，。；、\d]){0,8}$"
)
_LIFTED = frozenset(words("提升 提高 改善 上调 回升"))  # what no number of things can be: 整改提升20家 are dealt with
_THINGS = frozenset(words("家 户 座 所 处 条 栋 间 个 项 种 类 大"))
_GROWN = re.compile(r"(?:存款|贷款|余额|人口|装机|储蓄)[一-鿿]{0,14}(?<!^)新增(?:了|约|近|超过?)?$")
_OWN_VERB = re.compile(r"(?:(?<!新)增加(?!值)|(?<!新)减少|压减|压缩|降低|提高)[^，。；、]{1,16}$")
_CUTTING = frozenset(words("减少 压减 压缩 降低"))
_CUT = re.compile(r"(?:减少|压减|压缩|降低)(?:(?!任务|目标|计划)[^，。；、]){1,16}$")
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<=[”’])(?=$)")
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n（）()]|——|(?<=[一-鿿])[ \u3000]+(?=[一-鿿])")
_SCOPE = re.compile(
    r"(全球|世界|亚洲|全[国省市县区](?:\d+个[一-鿿]{2,8}?(?=[中里内排居列位名]|$)|[一-鿿]{0,6}?)|中部(?:地区)?|西部(?:地区)?|东部(?:地区)?|沿海|省内|国内|同类[一-鿿]{0,6}|(?<!\d)\d+个[一-鿿]{2,8})(?:[一-鿿]{0,6}?)$"
)
_PRICE = re.compile(r"可比价格?|不变价格?|现价|当年价格?|扣除(?:价格|物价)(?:上涨|变动)?因素|实际增长")
_N_YEARS = re.compile(r"[一二三四五六七八九十\d]{1,2}年[内间]?")
_QUOTED_NAME = re.compile(r"“([一二三四五六七八九十\d]{1,3}大(?!中心|领域|产业|集群|平台|基地)[^”，。]{2,10})”")


def claims(
    text: str | Sequence[Paragraph], date: str | Date | None = None, place: str | None = None, doc_id: str = ""
) -> pd.DataFrame:
    """Find the reported figures of a text.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    date : str or date, optional
        The document's date (ISO 8601, also a month or a year, of which the last day counts); without it the one in the
        byline is used, and without that 今年 stays open.
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
    made = paragraphs_of(text)
    place, doc_id = place and require_text(place, "the place"), require_text(doc_id, "the document's id")
    rows = claim_rows(made, date, place, doc_id)
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    # One array for all columns of text, since pandas takes as long to make each as to make all.
    texts = [name for name in COLUMNS if name not in _WHOLE_NUMBERS]
    cells = pd.array([row[name] for name in texts for row in rows], dtype="str")
    columns: dict[str, Any] = {name: cells[i * len(rows) : (i + 1) * len(rows)] for i, name in enumerate(texts)}
    columns |= {name: [row[name] for row in rows] for name in _WHOLE_NUMBERS}
    return pd.DataFrame(columns, columns=COLUMNS)


def claim_rows(
    made: Sequence[Paragraph],
    date: str | Date | None = None,
    place: str | None = None,
    doc_id: str = "",
    cuts: Sequence[Cut] | None = None,
) -> list[dict[str, Any]]:
    """Give the rows of `claims` without a frame; `cuts`, each paragraph cut by the default lexicon, need not be given."""
    when = _as_date(date)
    if when is None and made:
        when = document_date(made[0].source_text)
    lines = [plain(paragraph.text) for paragraph in made]
    names = frozenset(m[1] for line in lines for m in _QUOTED_NAME.finditer(line))
    rows: list[dict[str, Any]] = []
    section = outset = Section(planned=looks_ahead(lines))
    article = None
    for i, (paragraph, line) in enumerate(zip(made, lines, strict=True)):
        if paragraph.article != article:
            article, section = paragraph.article, outset
        section = enter(paragraph, line, section, when)
        cut = cuts[i] if cuts and cuts[i].text == line else None
        for claim in _paragraph_claims(line, paragraph.text, when, section, place, names, cut):
            rows.append(_row(claim, paragraph, doc_id, place, line))
    return rows


def _as_date(date: str | Date | None) -> Date | None:
    """Read the date that was given; of a month or a year without its day, the last: what is reported has happened."""
    if date is None or isinstance(date, Date):
        return date
    written = require_text(date, "the date").strip()[:10]
    try:
        year, month, day = (int(part) if part else 0 for part in ([*written.split("-"), "", ""])[:3])
        return Date(year, month or 12, day or monthrange(year, month or 12)[1])
    except (ValueError, IllegalMonthError) as error:
        raise InputError(f"no date: {date!r}", way_out="write it as 2024-09-04, 2024-09 or 2024") from error


def _row(claim: Draft, paragraph: Paragraph, doc_id: str, place: str | None, line: str) -> dict[str, Any]:
    """Write a claim down with its place in the source."""
    number = claim.number
    start, end = paragraph.span(number.start, number.end)
    value = format((number.value or Decimal(0)).normalize(), "f")
    unit = number.unit
    if unit not in {"%", "百分点", "倍", "位"}:  # as written: 畝, not 亩
        written = paragraph.text[number.core[0] : number.core[1]][-len(unit) :]
        unit = written if plain(written) == unit else unit
    unit = {"个位次": "位", "位次": "位", "个基点": "基点"}.get(unit, unit)
    return {
        "doc_id": doc_id, "start": start, "end": end, "surface": paragraph.surface(number.start, number.end), "value": value, "unit": unit,
        "kind": claim.kind, "direction": claim.direction, "indicator": claim.indicator, "period": claim.period, "basis": claim.basis,
        "bound": number.bound, "status": claim.status, "numeral": number.numeral, "article": paragraph.article, "place": claim.place or place or "",
        "indicator_code": indicator_code(claim.indicator) or "", "scope": claim.scope, "price": claim.price, "source": claim.source,
    }  # fmt: skip


def _paragraph_claims(
    line: str,
    text: str,
    when: Date | None,
    section: Section,
    place: str | None,
    names: frozenset[str],
    cut: Cut | None,
) -> list[Draft]:
    """Make the claims of a paragraph, sentence by sentence."""
    figures = [n for n in numbers(line, cut and cut.hits) if n.kind in QUANTITIES and _is_claim(line, n, names)]
    if not figures:
        return []
    stretches = periods(line, when, section.current.finish.year if section.current else None)
    if not section.current and not section.report:
        stretches = [p for p in stretches if not p.vague]
    elif section.current and section.current.years > 1:
        stretches = [_of_section(p, section.current, line) for p in stretches]
    begins = [p.start for p in stretches]
    ends = [m.end() for m in _SENTENCE_END.finditer(line)] + [len(line)]
    asked = {bisect_right(ends, number.start) for number in figures}  # the sentences of whose words anything is asked
    bounds = [0, *ends]
    if cut is None:
        parts = enumerate(pairwise(bounds))
        heard = (line[a:b] if i in asked else "。" * (b - a - 1) + line[max(a, b - 1) : b] for i, (a, b) in parts)
        tokens = [token for token in tokenize("".join(heard)) if bisect_right(ends, token.start) in asked]
    else:
        tokens = [token for i in sorted(asked) for token in cut.tokens(bounds[i], bounds[i + 1])]
    page = Page(text, line, place, stretches, tokens)
    cues = [m.span() for m in PLANNED.finditer(line)]
    if not section.planned and not section.spans and AHEAD.search(line, 0, figures[0].start) and not DONE.search(line):
        section = replace(section, planned=True)  # tasks to come, and nothing in the paragraph that was done
    elif (
        section.planned
        and not (section.spans or section.report or cues)
        and TOLD.search(line)
        and not AHEAD.search(line)
    ):
        section = replace(section, planned=False)  # told as done, among tasks
    made: list[Draft] = []
    sentence: list[Draft] = []
    named: list[tuple[int, str]] = []
    last_start = stop = -1
    for i, number in enumerate(figures):
        index = bisect_right(ends, number.start)
        start = ends[index - 1] if index else 0
        if start != last_start:
            sentence, last_start, stop = [], start, ends[min(index, len(ends) - 1)]
            named = sources(line, start, stop)
        start = max(start, number.start - _REACH)
        passed = bisect_left(begins, number.start)
        near, coming = stretches[bisect_left(begins, start) : passed], next(iter(stretches[passed : passed + 1]), None)
        following = next((n for n in figures[i + 1 : i + 3] if not _is_grade(line, n)), None)
        counted = [c for c in sentence[-_LATEST:] if not _is_grade(line, c.number)]  # a grade is part of the next name
        claim = _claim(page, number, start, stop, counted, following, made[-_RECENT:])
        if not claim.indicator and made and not sentence:
            claim.indicator = carried(claim, made[-1])
        place_in_time(page, claim, start, near, coming, section, sentence[-_LATEST:], when, cues)
        claim.source = next((name for at, name in named if at < number.start), "")
        sentence.append(claim)
        made.append(claim)
    share_objects(made, line)
    return made


def _of_section(period: Period, whole: Period, line: str) -> Period:
    """Let N年内 be of the N years that the section is on."""
    again = period.years == whole.years and _N_YEARS.fullmatch(line, period.start, period.end)
    return period._replace(begin=whole.begin, finish=whole.finish) if again else period


def _is_grade(line: str, number: Number) -> bool:
    """Say whether a number tells the size of a thing that is named or counted beside it: 百亿级企业10家."""
    return line[number.end - 1] == "级" and number.unit != "级"


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
    page: Page,
    number: Number,
    start: int,
    end: int,
    sentence: list[Draft],
    following: Number | None,
    recent: list[Draft],
) -> Draft:
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
    listed = bool(alike and LIST_GLUE.fullmatch(glue))
    if before and before.kind == "delta" and number.kind == "percent" and re.fullmatch(r"[，（]?即", glue):
        return replace(before, number=number, kind="change")
    if listed and before and before.kind != "rank":
        role = "to" if before.role == "from" and glue.strip() in {"到", "至"} else before.role
        claim = Draft(number, before.kind, before.direction, verb=before.verb, listed=True, role=role)
    elif before and before.verb in _CUTTING and before.kind == "delta" and _same_verb(page, before, number):
        claim = Draft(number, before.kind, before.direction, verb=before.verb)  # 压减水泥产能3万吨、炼铁产能5万吨
    elif before and before.role == "object" and number.kind == "percent" and re.fullmatch(r"[、和][一-鿿]{2,8}", glue):
        claim = Draft(number, before.kind, before.direction, role="object")  # 压减时间58%、材料52%
    else:
        claim = _classify(line, number, left)
        if (
            before
            and before.role == "from"
            and not claim.role
            and re.fullmatch(r"[一-鿿]{0,6}(?:到|至|为|成|居)", left)
        ):
            claim.role = "to"
    compared = before and before.kind == "change" and number.kind == "percent" and line[number.start - 1] in "(（"
    if compared and claim.kind == "share" and before:
        claim.kind, claim.direction = "change", "down" if line[number.start] in "-−" else "up"  # 较二季度（12%）
    claim.indicator = name_indicator(page, claim, clause, start, end, sentence, following, recent)
    if aside[1] and left.strip("、，") and not page.noun(clause, number.start) and (named := page.noun(*aside)):
        claim.indicator = named
    alike = claim.kind in {"level", "share", "delta"} or (before and before.number.kind == number.kind == "multiple")
    if before and claim.role == "to" and before.role == "from" and alike:
        claim.kind, claim.direction = before.kind, before.direction
        if "分别" not in line[start : number.start]:
            claim.indicator = before.indicator or claim.indicator
    places = ((at, page.place(at, number.start)) for at in range(clause, number.start) if at in page.cuts)
    claim.place = next((line[at:stop] for at, stop in places if stop > at), "")
    if claim.kind != "rank" and (price := _PRICE.search(line, max(start, number.start - 16), number.start)):
        claim.price = price[0]
    if claim.kind == "rank" and (
        scope := _SCOPE.search(re.split("[，。；：]", line[max(start, number.start - 40) : number.start])[-1])
    ):
        claim.scope = scope[1]
    return claim


def _same_verb(page: Page, before: Draft, number: Number) -> bool:
    """Say whether a number of a list stands under the verb of the number before, with nothing but its own noun."""
    if before.number.unit != number.unit:
        return False
    between = page.line[before.number.end : number.start]
    if not re.fullmatch(r"[、和及与][一-鿿]{2,10}", between):
        return False
    return all(word.role is Role.NAMES for word in page.words(before.number.end + 1, number.start))


def _classify(line: str, number: Number, left: str) -> Draft:
    """Tell the kind and direction from the words that touch the number."""
    left = _ASIDE.sub("", left)  # 增长（下同）23.4%
    left = _YEAR_BETWEEN.sub("", left)  # 由2002年7703元增加到2007年的13786元
    change = _CHANGE.search(left)
    verb = change["verb"] if change else ""
    reached = bool(change and re.match(r"了?(?:到|至|为|成)", change["gap"])) or left[-2:] in _MOVED_TO
    direction = "up" if verb in UP else "down" if verb else ""
    moves = number.unit in {"位", "位次", "个位次"}
    if (verb == "增长" and number.unit in {"条", "项", "个"}) or (verb == "前移" and not moves):
        verb, direction = "", ""
    role = "from" if _FROM.search(left) else "to" if reached else ""
    if number.kind == "rank" or (moves and not verb and re.search(r"(?:居|列|排|至|到)[^，。]{0,8}$", left)):
        return Draft(number, "rank", verb=verb, role="from" if role == "from" else "")
    if number.kind == "points" or number.unit in {"位次", "个位次", "个基点"} or (moves and verb):
        against = _AGAINST_GROWTH.search(left) if verb in _GROWTH else None
        compared = against or change or _COMPARED.search(left)
        word = compared["verb"] if compared else ""
        return Draft(number, "delta", "down" if word in DOWN else "up", verb=word)
    if number.kind == "ratio":
        return Draft(number, "share", role=role)
    if number.kind == "multiple" and _MULTIPLIER.search(left):
        return Draft(number, "share", role=role)
    if number.kind == "multiple":
        return Draft(number, "change", direction or "up", verb=verb or "倍")
    if number.kind == "percent":
        if owned := _OWN_SHARE.search(left):
            return Draft(number, "change", "up" if owned[1] in UP else "down", role="object", verb=owned[1])
        if verb in {"低于", "高于"} and left.endswith(verb):
            touched = number._replace(start=number.start - 2, bound="max" if verb == "低于" else "min")
            growth = _GROWTH_NAMES.search(left.removesuffix(verb))
            return Draft(touched, "change", "up", verb="增速") if growth else Draft(touched, "share")
        if (verb and not reached and len(verb) > 1) or (verb in {"增", "降", "减", "涨", "升"} and not reached):
            return Draft(number, "change", direction, verb=verb)
        if _BEYOND.search(left):
            return Draft(number, "change", "up", verb="超额" if "超额" in left else "超过")
        if worked := _WORKED.search(left):
            return Draft(
                number, "change", "up" if worked["verb"] in {"提速", "提效", "增效"} else "down", verb=worked["verb"]
            )
        if _CUT_RATE.search(left):
            return Draft(number, "change", "down", verb="压减率")
        if short := _SHORT_CUT.search(left):
            return Draft(number, "change", "up" if short["verb"] in UP else "down", verb=short["verb"])
        if _GROWTH_NAMES.search(left):
            return Draft(number, "change", "down" if re.search(r"[降跌减]幅", left) else "up", verb="增速")
        if _GROWTH_AFTER.match(line, number.end):
            falls = "降幅" in line[number.end : number.end + 6]
            return Draft(number, "change", "down" if falls else "up", verb="增长速度")
        return Draft(number, "share", role=role)
    if number.unit in _THINGS and verb in _LIFTED and not re.search("[比较由从]|同比", left):
        verb = ""
    if number.kind == "amount" and (AMOUNT_UNITS.search(number.unit) or not number.unit) and _SAVED.search(left):
        return Draft(number, "delta", "down", verb="节约")
    single = verb in {"多", "少", "增", "减"} and re.search(r"(?:比|较)[^，。；]{0,16}$|[多少]了$", left)
    if (
        verb
        and not reached
        and (single or (len(verb) > 1 and (verb != "净增" or left.endswith("净增"))))
        and not left.endswith("新增")
    ):
        return Draft(number, "delta", direction, verb=verb)
    cut_down = bool(AMOUNT_UNITS.search(number.unit)) and _CUT.search(left)
    if (own := _OWN_VERB.search(left)) and (number.unit == "元" or cut_down) and not _ADDED_TO.search(left):
        return Draft(number, "delta", "up" if own[0][:2] in UP else "down", verb=own[0][:2])
    if number.unit == "元" and re.search(r"(?:减轻|核减)[^，。；、\d]{1,8}$", left):
        return Draft(number, "delta", "down")
    if (added := _ADDED.search(left)) and not _ADDED_TO.search(left):
        return Draft(number, "delta", "up" if added["verb"] in UP else "down", verb=added["verb"])
    if number.unit == "元" and (short := _SHORT_CUT.search(left)):
        return Draft(number, "delta", "up" if short["verb"] in UP else "down", verb=short["verb"])
    if more := _MORE_THAN.search(left):
        return Draft(number, "delta", "down" if more["verb"] in "低少" else "up", verb=more["verb"])
    if _GROWN.search(left):
        return Draft(number, "delta", "up", verb="新增")
    return Draft(number, "level", role=role)
