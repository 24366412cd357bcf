"""What the headings of a text say of the figures below them: for when, and whether they are still to come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from reformtext.claims.periods import Period, periods
from reformtext.texts.clean import Paragraph

_HEADING_NUMBER = re.compile(
    r"(?P<a>[一二三四五六七八九十]{1,3}、)|(?P<b>[（(][一二三四五六七八九十]{1,3}[）)])|(?P<c>\d{1,2}[.．、])"
)
_TASKS_HEADING = re.compile(r"(?:预期|主要|总体|奋斗|发展)目标|今后|下一步|重点任务|重点工作")
_SECTION = re.compile(r"回顾|考虑|规划|工作|总结|目标|任务|时期|成就|成绩|情况|发展|过去|以来|五年|部署|安排|建设")
_TASKS_TITLE = re.compile(r".{0,10}(?:今年|明年|20\d\d年).{0,14}(?:实事|目标|任务|要点)")
_TOLD_DONE = re.compile(r"(?<!计划)(?<!将)(?<!要)完成[^，。]{0,8}\d|已完成|全部完成|办结|同比|超额|回顾|成效")
_TARGETS = re.compile(r"预期目标[^。]{0,4}(?:是|为|：)")
AHEAD = re.compile(
    r"(?=[力确争加新要支鼓])(?:力争|确保(?!了)|争取(?=[在用年实达完])|加快(?:建设|推进|打造|构建|培育)|新增[^，。；]{1,12}\d[^，。；]{0,8}以上|(?<![一-鿿])要(?=[把在以加推坚深大进])|支持|鼓励)"
)
DONE = re.compile(
    r"已|了(?!解)|同比|比上年|上年|去年|今年以来|截至|目前|获批|获评|荣获|入选|位居|居全|成功|圆满|先后|一年来|年来|改革后|过去|上半年|季度|\d月|提升|不断|有效|持续(?:增|提|改)|领导小组|率先|首创|仪式|集中(?:签约|开工)|本次活动"
)
TOLD = re.compile(r"同比|截至|已|仪式|集中(?:签约|开工)|本次活动|上年|去年|获批|获评")
_PAST_HEADING = re.compile(r"回顾|总结|完成情况|以来|成就|成绩|过去|主要工作情况")
_OPENS = re.compile(r"[，,是]|期间|以来")
_LOOKS_BACK = re.compile(r"过去|回顾|回望|刚刚")


@dataclass(slots=True)
class Section:
    """What the headings above say of a paragraph."""

    level: int = 0
    spans: tuple[Period, ...] = ()
    planned: bool = False
    current: Period | None = None
    named: bool = False  # its heading names the periods
    report: bool = False  # of a work report, whose parts speak of one period even where their headings name none


def looks_ahead(lines: Sequence[str]) -> bool:
    """Say whether a short text without its headings is one of tasks and targets: it is full of what is to be done."""
    text = "".join(lines) if sum(map(len, lines)) < 6000 else ""
    ahead, done = len(AHEAD.findall(text)), len(DONE.findall(text))
    lists_tasks = _TASKS_TITLE.match(text) and not _TOLD_DONE.search(text[:200])
    return bool(lists_tasks) or (ahead >= 5 and 2 * ahead > done)


def enter(paragraph: Paragraph, line: str, section: Section, when: Date | None) -> Section:
    """Take a heading's period and outlook, and let a paragraph choose among the periods of a heading of two."""
    number = _HEADING_NUMBER.match(line)
    short = len(line) <= 40 and not re.search(r"[。；！？]$|[。；]", line)
    if not (short and (number or paragraph.role in {"heading", "title", "kicker", "deck"})):
        return _choose(line, section, when)
    level = 3 if not number else 1 if number["a"] else 2 if number["b"] else 4
    heads = number or paragraph.role == "heading"  # a title is of the whole page, whose figures may be of other years
    spans = tuple(periods(line, when)) if heads and level < 4 and _SECTION.search(line) else ()
    if line.endswith("工作报告"):
        return Section(3, planned=section.planned, report=True)
    if spans:
        planned = not _PAST_HEADING.search(line) or len(spans) > 1
        # a part without a number stands above the numbered ones in it
        return Section(level % 3, spans, planned and _ahead(spans[0], when), spans[0], True, section.report)
    plain_part = section.level == 0 and not number and paragraph.role != "title" and "，" not in line
    if section.spans and level > section.level and not plain_part:
        return section
    past = bool(_PAST_HEADING.search(line))
    planned = not past and ((section.planned and not plain_part) or bool(_TASKS_HEADING.search(line)))
    return Section(level, planned=planned, report=section.report)


def _choose(line: str, section: Section, when: Date | None) -> Section:
    """Let a paragraph's opening words choose among the periods of its heading, or say what the heading left open."""
    left_open = section.report and section.level == 1 and not section.named
    if len(section.spans) > 1 or left_open or section.report:
        first = next((p for p in periods(line[:24], when) if not p.base), None)
        opens = first and (_OPENS.match(line, first.end) or _LOOKS_BACK.search(line[: first.start]))
        told = first and opens and when and first.finish.year >= when.year - 1
        # A part on a plan to come may look back on the five years behind: of several years the opening is the word.
        if first and told and (left_open or (first.years > 1 and section.current not in (None, first))):
            spans = (first,) if left_open else section.spans
            section = replace(section, spans=spans, current=first, planned=_ahead(first, when))
        passed = False  # beyond the current one: going on needs no such clear words as going back
        for period in section.spans if first and not left_open else ():
            same = first and (period.begin.year, period.finish.year) == (first.begin.year, first.finish.year)
            if same and (opens or passed):
                section = replace(section, current=period, planned=_ahead(period, when))
                break
            passed = passed or period == section.current
    if not section.planned and _TARGETS.search(line):
        return replace(section, planned=True)  # tasks follow where the targets are named
    return section


def _ahead(period: Period, when: Date | None) -> bool:
    """Say whether a section's period is to come: a plan's that runs on, and in the first months the year's own too."""
    runs_on = when is not None and period.years > 1 and period.finish.year > when.year
    return runs_on or (when is not None and period.begin.year >= when.year + (when.month > 4))
