"""Period expressions to ISO intervals: 上半年, 1-6月份, 截至5月底, “十四五”时期, 过去五年."""

import re
from calendar import monthrange
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

from reformtext.texts.numerals import han_value, plain

# The five-year plans, by number; there was none in 1963–1965.
FIVE_YEAR_PLANS = {1: 1953, 2: 1958, 3: 1966, 4: 1971, 5: 1976} | {n: 1981 + 5 * (n - 6) for n in range(6, 20)}

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_Y = r"(?:1[89]\d\d|20\d\d|[一二][一二三四五六七八九零]{3})"
_TO = r"[-—–－~～至到]{1,2}"

# Each pattern begins with a look at one character, which saves trying every alternative at most places.
_PERIOD = re.compile(
    rf"(?=[\d一二三四五六七八九十两“第连过这近最今年截到至迄去昨上前明本当同全])(?:(?P<y1>{_Y})年?{_TO}(?P<y2>{_Y})年(?:底|末)?"
    rf"|(?P<until>截至|截止|到|至)?(?P<year>{_Y})年(?P<yend>年?[底末])?(?P<ystart>年?初)?(?P<ysince>以来|起)?"
    rf"|“?(?P<plan>十[一二三四五六七]?|[一二三四五六七八九])五”?(?=规划|时期|计划|期间|期末|末|以来|”)”?(?:规划|计划)?(?:时期|期间)?(?P<planend>期?末)?(?P<since>以来)?"
    rf"|第(?P<nth>[一二三四五六七八九十]{{1,3}})个五年(?:计划|规划)(?:时期|期间)?(?P<nthend>期?末)?"
    rf"|(?:连续第?(?P<run>[一二三四五六七八九十两]{{1,2}}|\d{{1,2}})年(?!来)|(?<![\d一二三四五六七八九十第])(?P<run2>[二三四五六七八九十两]|[2-9]|1\d)年(?=翻|增长|蝉联|位居|稳居))"
    rf"|(?<!连续)(?:过去|这|近|最近|五年中|过去的)?(?P<span>[一二三四五六七八九十两]{{1,2}}|\d{{1,2}})年(?P<spanword>来|间|内|以来|累计|共|新增|全国|中央)"
    rf"|(?<!\d)(?P<ago>[二三四五六七八九十两]|[2-9]|1\d|20)年前(?!后)"
    rf"|(?:过去|这|近|最近|过去的)的?(?P<last>[一二三四五六七八九十两]{{1,2}}|\d{{1,2}})年"
    rf"|(?P<sofar>今年(?:以来)?(?:截?至|到)目前|今年以来|年初以来|截至目前|截止目前|今年来|到目前为止|迄今)"
    rf"|(?:截至|截止)(?:到|至)?(?P<untilday>\d{{1,2}})日|(?P<day>昨[日天])|(?P<rel>今年(?![秋春]季|[寒暑]假|汛期)|去年|上一?年|前一年|前年|明年|本年度?|当年|同年)(?P<relend>年?[底末])?(?P<relstart>年?初)?"
    rf"|(?<=[由从])(?P<start>年初)(?=的)|(?P<yearin>年内|全年|年底前|今冬明春)|(?P<yearend>(?:截至|到|至)?年[底末](?!前)))"
)
_WITHIN = re.compile(  # a part of a year; looked for after a year and on its own
    rf"(?=[\d一二三四五六七八九十截到至上下半第首前])(?:(?P<until>截至|截止|到|至)?(?P<m1>{_N})(?:月份?)?{_TO}(?P<m2>{_N})月(?:份)?"
    rf"|(?P<untilm>截至|截止|到|至)?(?<![\d.一二三四五六七八九十个])(?P<month>{_N})月(?P<mend>[底末])?(?:(?P<day>{_N})日(?:{_TO}(?:(?P<lastmonth>{_N})月)?(?P<lastday>{_N})日)?)?(?:份)?(?P<before>底前|前)?"
    rf"|(?P<half>[上下]|(?<=[较比到]))半年|(?:第)?(?P<q>[一二三四首1-4])季度?(?!节|增)|前(?P<qq>[二两三23])个?季度?|前(?P<mm>{_N}|两)个?月)"
)
# One of these is in each of their matches.
_OF_YEARS, _OF_MONTHS = re.compile("[年五迄昨截]|目前|今冬"), re.compile("月|季|半年")
NOW = re.compile(
    "(?<![由从])(?:眼下|目前|如今|现在|当前|至今(?!年))"
)  # from here on the figures are of the day, not of the period said
_FROM_YEAR = re.compile(r"[自从][\d一二三四五六七八九零]{4}年(?:以来|起|开始)?[^。；\d]{0,24}$")
_TO_NOW = re.compile(r"起|[^，。；\d]{0,40}?(?:以来|至今(?!年)|到(?:现在|目前)(?=[，,]))")  # 自2019年启动改革以来
_UP_TO_NOW = re.compile("(?:以来|至今(?!年)|到(?:现在|目前)(?=[，,]))")  # 2013年至今
_TASKS_AFTER = re.compile(r"[^，。；]{0,8}(?:任务|目标|计划|工作)")  # the year's, of one that runs
_FULL_STOP = re.compile("[。！？]")
_BASE_AFTER = re.compile(
    r"(?:[（(][^（）()]{1,16}[）)])?(?:水平|的(?:实际|计划)?(?:总和|总量|水平|[^，。；]{1,6}倍))|(?:[^，；。]{0,8}的?总和)"
)
_BASE = re.compile(r"(?:比(?![重例率值])|较|同|与|相当于|等于|为|是|超过|仅?次于)[^，。；]{0,2}$")


class Period(NamedTuple):
    """A stretch of time that a text names.

    Parameters
    ----------
    start, end : int
        Where the expression stands in the text.
    begin, finish : date
        First and last day.
    instant : bool
        A point in time that a stock is taken at (截至5月底).
    base : bool
        What something is compared with (比上年), so no period of a figure.
    to_date : bool
        From 1 January to the document's date (今年以来), which for a plan becomes the whole year.
    run : bool
        N years in a row (连续五年), of the words that follow and of nothing after them.
    vague : bool
        N years without a word of which (两年间): outside a report or a section on some years they name no time.
    """

    start: int
    end: int
    begin: Date
    finish: Date
    instant: bool = False
    base: bool = False
    to_date: bool = False
    run: bool = False
    vague: bool = False

    @property
    def years(self) -> int:
        """How many calendar years it touches."""
        return self.finish.year - self.begin.year + 1

    def iso(self, stock: bool = False, planned: bool = False, last_year: bool = False) -> str:
        """Write it as ISO 8601.

        Parameters
        ----------
        stock : bool
            The figure is a state: under whole years it takes the last day.
        planned : bool
            The figure is to come: 今年 is the whole year.
        last_year : bool
            The figure was reached at the end of several years.

        Returns
        -------
        str
            ``2024-01-01/2024-06-30`` or one date.

        Examples
        --------
        >>> Period(0, 5, Date(2021, 1, 1), Date(2025, 12, 31)).iso(last_year=True)
        '2025-01-01/2025-12-31'
        """
        begin, finish = self.begin, self.finish
        if self.to_date and planned:
            finish = Date(finish.year, 12, 31)
        whole = (begin.month, begin.day, finish.month, finish.day) == (1, 1, 12, 31)
        if self.instant or begin == finish or (stock and (whole or (self.to_date and not planned))):
            return finish.isoformat()
        if last_year and self.years > 1:
            begin = Date(finish.year, 1, 1)
        return f"{begin.isoformat()}/{finish.isoformat()}"


def _int(text: str) -> int:
    """Read a small number, also a year, in digits or Han."""
    return int(text) if text.isdigit() else int(han_value(text))


def periods(text: str, date: Date | None = None, year: int | None = None) -> list[Period]:
    """Find the period expressions of a text and resolve them.

    Parameters
    ----------
    text : str
        A paragraph or a heading.
    date : date, optional
        The document's date; what needs it (今年, 去年) stays out without it.
    year : int, optional
        The year that a bare 上半年 or 5月 is of (the section's); the document's where not given.

    Returns
    -------
    list of Period
        In order of the text.

    Examples
    --------
    >>> [p.iso() for p in periods("2021年1月至10月，去年", Date(2022, 3, 1))]
    ['2021-01-01/2021-10-31', '2021-01-01/2021-12-31']
    """
    line = plain(text)
    found: list[Period] = []
    at, current = 0, year or (date.year if date else None)
    whole = _PERIOD.search(line) if _OF_YEARS.search(line) else None
    part = _WITHIN.search(line) if _OF_MONTHS.search(line) else None
    while True:
        if whole and whole.start() < at:
            whole = _PERIOD.search(line, at)
        if part and part.start() < at:
            part = _WITHIN.search(line, at)
        match = min((m for m in (whole, part) if m), key=lambda m: m.start(), default=None)
        if match is None:
            return found
        at = match.end()
        period: Period | None
        if match is whole:
            period = _whole(match, date, year)
            of_year = match["year"] or (match["rel"] if not (match["relend"] or match["relstart"]) else None)
            year_before = current
            if period and of_year:
                current = period.begin.year
                skip = at + (line[at : at + 1] in {"的", "，"})
                within = None if match["yend"] else _WITHIN.match(line, at) or _WITHIN.match(line, skip)
                inside = within and _within(within, current, match.start(), bool(match["until"]))
                if within and inside:
                    period, at = inside, within.end()
        else:
            if found and date and not year and NOW.search(line, found[-1].end, match.start()):
                current = date.year
            elif found and _FULL_STOP.search(line, found[-1].end, match.start()):
                current = year or (date.year if date else current)
            period = _within(match, current, match.start()) if current else None
            if period and date and not year and date.month <= 3 and current == date.year and period.begin > date:
                period = _within(match, date.year - 1, match.start())  # 下半年 in a report of January
        if match is whole and (match["span"] or match["last"]):
            if found and line[found[-1].end : match.start()] == "的":
                continue  # 1979年到1982年的四年内
            period = _again(match, found, period)
        if period and period.run and found and _FROM_YEAR.search(line, max(0, found[-1].start - 1), match.start()):
            first = found[-1].begin.year  # 自2011年，…连续7年
            period = period._replace(begin=Date(first, 1, 1), finish=Date(first + period.years - 1, 12, 31))
        if period and match is whole:
            period = _by_the_one_before(match, period, found, line.startswith("同期", at))
        if period:
            before = line[max(0, period.start - 6) : period.start]
            compared = _BASE.search(before) and not re.search(r"(?:为|是)$", before)
            same = line.startswith("同期", at) and not (
                before[-1:] in {"到", "至"} and period.finish.year == (date.year if date else current)
            )
            base = bool(compared or same or line.startswith("相比", at) or _BASE_AFTER.match(line, at))
            if before.endswith("每年"):
                continue  # 每年6月份: of no year
            if match is whole and match["ago"] and not base:
                continue  # 三年前还背着债: long ago rather than of that year
            between = line[found[-1].end : period.start] if found and found[-1].base else ""
            listed = between and re.fullmatch(r"(?:（[^）]*）)?[、和及与]", between)
            named = match is part or match["year"]
            named = named or bool(match["rel"])
            since = _TO_NOW.match(line, at) if named and before[-1:] in {"自", "从"} else _UP_TO_NOW.match(line, at)
            if since and date and period.begin <= date:
                period, at = period._replace(finish=date, instant=False), since.end()
            if base and match is whole:
                current = year_before  # what is compared with leaves the year as it was
            found.append(period._replace(end=at, base=base or bool(listed)))


def _by_the_one_before(match: re.Match[str], period: Period, found: list[Period], same_months: bool) -> Period:
    """Resolve 去年同期 by the months, and 全年 and 年底 by the year, of the period said before."""
    before = next((p for p in reversed(found) if not p.base and p.years == 1), None)
    if before is None:
        return period
    if same_months and before.begin.year != period.begin.year:
        year = period.begin.year
        begin, finish = (
            Date(year, day.month, min(day.day, monthrange(year, day.month)[1])) for day in (before.begin, before.finish)
        )
        return period._replace(begin=begin, finish=finish)
    if match[0] == "全年" or match[0].startswith("年底"):
        return period._replace(begin=Date(before.finish.year, 1, 1), finish=Date(before.finish.year, 12, 31))
    return period


def _again(match: re.Match[str], found: list[Period], period: Period | None) -> Period | None:
    """Let N年 mean the N years just named: 第一个五年计划期间 … 五年内, 一九七七年 … 一九七八年 … 这两年中."""
    count = _int(match["span"] or match["last"])
    again = match[0].startswith("这") or match["spanword"] in {"内", "间"}
    named = [p for p in found if count > 1 and again and not p.base and not p.vague]
    same = next((p for p in reversed(named) if p.years == count), None)
    last = named[-1].finish.year if named and match[0].startswith("这") else 0
    if same or last:
        begin, finish = (same.begin, same.finish) if same else (Date(last - count + 1, 1, 1), Date(last, 12, 31))
        return Period(match.start(), match.end(), begin, finish)
    return period


def _whole(match: re.Match[str], date: Date | None, section_year: int | None) -> Period | None:
    """Resolve a year or several."""
    start, end = match.span()

    def years(first: int, last: int, instant: bool = False) -> Period:
        return Period(start, end, Date(last if instant else first, 1, 1), Date(last, 12, 31), instant)

    def since(first: int) -> Period | None:
        return Period(start, end, Date(first, 1, 1), date) if date and date.year >= first else None

    if match["y1"]:
        return years(_int(match["y1"]), _int(match["y2"]))
    if match["year"]:
        year = _int(match["year"])
        if match["ysince"]:
            return since(year)
        if match["ystart"]:
            return Period(start, end, Date(year, 1, 1), Date(year, 1, 1), True)
        return years(year, year, bool(match["yend"]))
    if match["plan"] or match["nth"]:
        first = FIVE_YEAR_PLANS.get(_int(match["plan"] or match["nth"]))
        if first is None or match["since"]:
            return since(first) if first else None
        return years(first, first + 4, bool(match["planend"] or match["nthend"]))
    if date is None:
        return None
    # A report given in the first months looks back on the years before; one of November or later counts its own.
    last = date.year - 1 if date.month <= 4 else date.year
    if run := match["run"] or match["run2"]:
        count, last = _int(run), section_year or last
        finish = Date(last, 12, 31) if section_year or last < date.year or date.month >= 11 else date
        return Period(start, end, Date(last - count + 1, 1, 1), finish, run=True)
    if match["ago"]:
        return years(last - _int(match["ago"]), last - _int(match["ago"]))
    if match["untilday"]:  # 截至8日15时: of the document's month, or of the one before it
        day = int(match["untilday"])
        month = date if day <= date.day else date.replace(day=1) - timedelta(1)
        then = month.replace(day=day) if 1 <= day <= month.day else None
        return Period(start, end, then, then, True) if then else None
    if match["day"]:
        return Period(start, end, date - timedelta(1), date - timedelta(1), True)
    if match["span"] or match["last"]:
        count = _int(match["span"] or match["last"])
        if count > 20 or (count == 1 and 4 < date.month < 11):
            return None
        last = min(section_year or last, last)
        finish = Date(last, 12, 31) if last < date.year or date.month >= 11 else date
        vague = match["spanword"] in {"来", "间", "内"} and match[0].startswith(match["span"])
        return Period(start, end, Date(last - count + 1, 1, 1), finish, vague=vague)
    if match["sofar"]:
        return since(date.year)
    if match["rel"]:
        year = date.year + {"去年": -1, "上年": -1, "上一年": -1, "前一年": -1, "前年": -2, "明年": 1}.get(
            match["rel"], 0
        )
        if match["rel"] in {"当年", "同年"}:
            return None
        if match["relstart"]:
            return Period(start, end, Date(year, 1, 1), Date(year, 1, 1), True)
        if match["relend"] or year != date.year:
            return years(year, year, bool(match["relend"]))
        return Period(start, end, Date(year, 1, 1), date, to_date=True)
    if match["start"]:
        year = section_year or date.year
        return Period(start, end, Date(year, 1, 1), Date(year, 1, 1), True)
    if match[0] == "全年":
        year = section_year or (date.year if _TASKS_AFTER.match(match.string, end) else last)
        return years(year, year)
    # 年底达到, in a report of the first months, is the end of the year reported on; what is still to be reached has 到.
    reported = match["yearend"] and not match[0].startswith(("到", "至")) and date.month <= 4
    year = section_year or (last if reported else date.year)
    return years(year, year, bool(match["yearend"]) or match[0] == "年底前")


def _within(match: re.Match[str], year: int, start: int, until: bool = False) -> Period | None:
    """Resolve a part of a year."""
    until = until or bool(match["until"] or match["untilm"])
    if match["m1"]:
        first, last = _int(match["m1"]), _int(match["m2"])
    elif match["month"]:
        first = last = _int(match["month"])
        if match["day"] and 1 <= last <= 12:
            day = _int(match["day"])
            if not 1 <= day <= monthrange(year, last)[1]:
                return None
            begin = Date(year, last, day)
            if match["lastday"]:  # 6月28日至7月3日
                month, day = _int(match["lastmonth"] or match["month"]), _int(match["lastday"])
                if not (
                    1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and begin <= Date(year, month, day)
                ):
                    return None
                return Period(start, match.end(), begin, Date(year, month, day))
            return Period(start, match.end(), begin, begin, True)
    elif match["half"] is not None:
        first, last = (7, 12) if match["half"] == "下" else (1, 6)
    elif match["q"]:
        last = 3 * _int(match["q"].replace("首", "一"))
        first = last - 2
    else:
        first, last = 1, _int(match["mm"]) if match["mm"] else 3 * _int(match["qq"])
    if not 1 <= first <= last <= 12:
        return None
    instant = bool(match["month"] and (match["mend"] or until))
    return Period(start, match.end(), Date(year, first, 1), Date(year, last, monthrange(year, last)[1]), instant)


def document_date(text: str) -> Date | None:
    """Find the date in a text's byline: the first full date near its beginning.

    Parameters
    ----------
    text : str
        The source.

    Returns
    -------
    date or None

    Examples
    --------
    >>> document_date("来源：某报 2020-07-21 14:30:00")
    datetime.date(2020, 7, 21)
    """
    for match in re.finditer(
        r"((?:19|20)\d\d)(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日|(?!\d))", plain(text[:1500])
    ):
        year, month, day = map(int, match.groups())
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return Date(year, month, day)
    return None
