"""What a page says of itself: title, date, newspaper, reporters and place, proposed where no metadata gives them.

Every proposal rests on words that stand on the page: a date or source line, a dateline, a reporter line, a masthead;
for the place, how often and how prominently a place is named. Nothing is proposed on a mere likelihood: a day without
its year waits for a year in a date of the page or in the file's name, and a place that is named only in passing is left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from reformtext.texts.clean import Block, Paragraph
from reformtext.texts.furniture import NAMES_ONLY
from reformtext.texts.lexicon import Finds, finder, load_table
from reformtext.texts.normalise import simplify

FIELDS = ("title", "place", "place_code", "level", "source", "author", "date", "date_kind")

_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s?年[\s/]?|[-/.])(\d{1,2})(?:\s?月[\s/]?|[-/.])(\d{1,2})(?:\s?[日号])?(?!\d)|(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?<![\d年])(?<!年\s)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")
_YEAR = re.compile(r"(?<!\d)(19[4-9]\d|20\d{2})(?!\d)")
_PUBLISHED = re.compile(r"(?:发布|发表|刊发|发稿|更新|上传)?(?:时间|日期)\s{0,3}[:：]")
# Dates that no issue bears: of a licence, of a right, of a deadline.
_OTHER_DATES = re.compile(r"版权|Copyright|©|许可证|备案|截至|声明", re.IGNORECASE)

_PAPER = "日报|晚报|晨报|早报|时报|商报|导报|周报|快报|新报|评报|农报|党报|都市报|生活报|青年报|工人报|大众报|法制报|法治报|经济报"
_BARE = "(?<![简汇年月季海通公预情举申喜捷战墙板回播填])报"  # not a report, a bulletin, a poster
_OUTLET = (
    rf"(?:新华社|中新社|中新网|人民网|大众网|[\u4e00-\u9fff·]{{1,10}}?(?:{_PAPER}|新闻网|新闻客户端|客户端|融媒体?中心|融媒|广播电视台|电视台|"
    rf"新闻社|通讯社|新闻|在线|发布|网|{_BARE}))"
)
_LABELLED_SOURCE = re.compile(
    r"(?:(?:信息|文章|稿件|新闻)?来源|稿源|转自|转载自|原载|摘自|来自)\s{0,3}[:：｜|丨]?\s{0,3}《?([\u4e00-\u9fffA-Za-z0-9·]{2,20})"
)
_BOOK = re.compile(r"《([\u4e00-\u9fff]{2,12}报)》")
_STAFF = r"(?:全媒体|融媒体?|首席|见习|实习|特约|特派|驻\S{2,6}|本报){0,3}"
_OUTLET_STAFF = re.compile(
    rf"(?<![\u4e00-\u9fff])({_OUTLET}(?:·[\u4e00-\u9fff]{{2,6}}?)?)\s?{_STAFF}\s?(?:记者|通讯员)"
)
_DATELINE = re.compile(
    rf"\s*[（(【]?\s?({_OUTLET}|本报|本网|本台)[\u4e00-\u9fff]{{0,6}}?\s?((?:(?:19|20)\d{{2}}年)?\d{{1,2}}月\d{{1,2}}日)?\s?(?:讯|电|消息)"
)
_ALONE_OUTLET = re.compile(_OUTLET)
_OURSELVES = re.compile(r"[本我][报网台刊站]")
_MASTHEAD = re.compile(rf"(?:^|[^\u4e00-\u9fff]|[由是的与和在据有])([\u4e00-\u9fff]{{2,6}}?(?:{_PAPER}))")
# A masthead that stands with its issue's date: there a name needs less to be known as a paper's.
_ISSUE = re.compile(
    rf"(?:^|[\s|｜:：])((?:[\u4e00-\u9fff]{{2,8}}?(?:{_PAPER}|周刊|{_BARE}))|今日[\u4e00-\u9fff]{{2,3}})(?=$|[\s|｜,，/])"
)

_ROLE = r"(?:记者|通讯员|作者|撰稿人?|采写|撰文|执笔|文字?(?=[:：/／\s])|文/图|图/文|评论员|报道组)"
_PARENTHESIS = re.compile(rf"[（(]([^（）()]{{0,14}}{_ROLE}[^（）()]{{2,50}})[）)]")
_BRACKETED_NAMES = re.compile(r"^\s?[（(]([\u4e00-\u9fff\s、]{2,30})[）)]")
_PHOTOGRAPHER = re.compile(r"摄(?!影报道|影记者)|供图|制图|绘图|资料图")
_NO_NAME = re.compile(
    r"(?:全媒体|融媒体?|首席|见习|实习|特约|特派|本报|本网|本台|我报|记者|通讯员|评论员|撰稿人?|作者|采写|撰文|执笔|摄影|报道组?|文字|文/图|图/文|整理|综合|供稿|编辑|"
    r"来源|时间|日期|发布)"
)
_SEPARATOR = re.compile(r"[\s、，,;；/／|｜丨:：□■◇◆○●◎△▲（）()【】\[\]·—-]+")
_FIRST_NAMES_OF_TWO = re.compile(r"[\u4e00-\u9fff]{2,4}")

# What stands before 县, 市, 区 and is the name of none.
_NO_STEMS = """
    全 我 本 该 各 城 超 门 新 社 小 园 山 地 片 辖 灾 景 牧 林 库 郊 市 县 区 省 州 两 三 多 有 等 和 与 在 到
    为 对 是 的 了 及 或 开发 高新 示范 试验 实验 自由 保税 合作 自治 经济 旅游 工业 产业 贫困 强 大 中 百 农业 生态 功能
    居住 风景 管理 服务 商务 核心 先行 改革 老 都 上 下 周边 兄弟 外 跨 出 进 入 县级 地级 副省级 省辖 股 楼 房 车 菜 夜
    早 集 花 茶 牛 债 资本 期货 人才 劳动力 一 二 四 五 六 七 八 九 十 几 数 每 首 此 其 另 同 某 驻 由 向 从 让 把
    使 将 又 也 就 要 会 能 可
"""
_NO_STEM = frozenset(_NO_STEMS.split())
_STEM = re.compile(r"[\u4e00-\u9fff]{2}[县市区旗]")
_NATION = re.compile(r"代表国务院|国务院\S{0,6}工作报告|全国人民代表大会第\w{1,3}次会议")


# What only a city with counties says of itself.
_HAS_COUNTIES = re.compile(r"(?:全市|我市|市)各?(?:\d{1,2}个)?县(?:[（(]市、?区[）)]|、?[市区])|市辖区|地级市")


class _Named(NamedTuple):
    """A place that a text names."""

    name: str
    code: str
    level: str


def propose(
    text: str, blocks: Sequence[Block], own: Sequence[Paragraph], article: int = 1, file: str = "", year: str = ""
) -> dict[str, str]:
    r"""Propose the bibliographic facts of one article of a page.

    Parameters
    ----------
    text : str
        The page.
    blocks : sequence of Block
        All its blocks, as `clean` gives them: newspaper and day may stand beside another article of the page.
    own : sequence of Paragraph
        The article's paragraphs.
    article : int
        Which article of the page.
    file, year : str
        The file's name, and the year that an export's column gives: where a day's year may stand.

    Returns
    -------
    dict of str to str
        Of `FIELDS` those that the page tells.

    Examples
    --------
    >>> from reformtext.texts.clean import clean, paragraphs
    >>> page = "德州：改革见成效\n\n2024-05-06\n\n德州日报记者 王一川\n\n德州市今年办成改革事项20件，群众都说好。"
    >>> propose(page, clean(page), paragraphs(page))["place_code"]
    '371400'
    """
    plain = simplify(text)
    lines = [_Line(block, plain[start:end]) for block in blocks for start, end in block.spans]
    body = [paragraph.text for paragraph in own if paragraph.role == "body"]
    title = "　".join(paragraph.text.lstrip("# ") for paragraph in own if paragraph.role == "title")[:80]
    source = _source(lines, body, article)
    found = {"title": title, "source": source, "author": ";".join(_authors(lines, body, article))}
    found |= _date(lines, body, own, article, file, year)
    if place := _place(own, source):
        found |= {"place": place.name, "place_code": place.code, "level": place.level}
    return {name: found[name] for name in FIELDS if found.get(name)}


class _Line(NamedTuple):
    """A stretch of the page with its block's role and article."""

    block: Block
    text: str

    def is_of(self, article: int, *roles: str) -> bool:
        return self.block.role in roles and self.block.article == article


# ---- the day -------------------------------------------------------------------------------------------------------


def _date(
    lines: Sequence[_Line], body: Sequence[str], own: Sequence[Paragraph], article: int, file: str, year: str
) -> dict[str, str]:
    """Find the day of publication: a line that says it, a dateline, a masthead; else the day that the lead reports."""
    bylines = [line.text for line in lines if line.is_of(article, "byline")]
    elsewhere = [line.text for line in lines if line.block.role == "byline" and line.block.article != article]
    furniture = [line.text for line in lines if line.block.role == "boilerplate" and len(line.text) <= 60]
    lead = body[0][:60] if body else ""
    dateline = _DATELINE.match(lead)
    printed = [
        *sorted(bylines, key=lambda text: not _PUBLISHED.search(text)),
        *([text for text in furniture if not _OTHER_DATES.search(text)]),
        *elsewhere,
    ]
    days = [day for text in printed for day in _days(text)]
    if days:
        return {"date": days[0], "date_kind": "publication"}
    years = [year, *_YEAR.findall(file)]
    stated = next(filter(None, years), "")
    said = dateline[2] if dateline and dateline[2] else ""
    if day := next(iter([*_days(said), *_days_of(said, stated)]), ""):
        return {"date": day, "date_kind": "publication"}
    if named := next(_days(file), ""):
        return {"date": named, "date_kind": "publication"}
    # Under the title of a report stands where and when it was given.
    for text in [*(paragraph.text for paragraph in own if paragraph.role == "deck"), lead[:20]]:
        if day := next(iter([*_days(text), *_days_of(text, stated)]), ""):
            return {"date": day, "date_kind": "event"}
    return {}


def _days(text: str) -> Iterator[str]:
    """Give the days that a text writes in full, as ISO 8601."""
    for found in _DAY.finditer(text):
        if day := _iso(*[part for part in found.groups() if part]):
            yield day


def _days_of(text: str, year: str) -> Iterator[str]:
    """Give the days that a text writes without the year."""
    for found in _MONTH_DAY.finditer(text) if year else ():
        if day := _iso(year, found[1], found[2]):
            yield day


def _iso(year: str, month: str, day: str) -> str:
    """Give a day as ISO 8601; nothing for the 30th of February."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


# ---- the newspaper and its reporters -------------------------------------------------------------------------------


def _source(lines: Sequence[_Line], body: Sequence[str], article: int) -> str:
    """Find the newspaper or site: a source line, the reporter's, a dateline, a line of its own, the masthead."""
    bylines = [line.text for line in lines if line.is_of(article, "byline")]
    bylines += [line.text for line in lines if line.block.role == "byline" and line.block.article != article]
    furniture = [line.text for line in lines if line.block.role == "boilerplate"]
    for text in bylines:
        if found := _LABELLED_SOURCE.search(text) or _BOOK.search(text):
            return found[1]
    for text in bylines:
        if (found := _OUTLET_STAFF.search(text)) and not _OURSELVES.match(found[1]):
            return found[1]
    dateline = _DATELINE.match(body[0]) if body else None
    if dateline and not _OURSELVES.match(dateline[1]):
        return dateline[1]
    for text in bylines:
        for part in re.split(r"[\s|｜丨]+", text):
            if _ALONE_OUTLET.fullmatch(part):
                return part
    for text in furniture:
        if len(text) <= 60 and not text.startswith("图片") and (found := _LABELLED_SOURCE.search(text)):
            return found[1]
    tops = [line.text for line in lines if line.block.role in ("kicker", "boilerplate", "byline", "title")]
    for text, then in pairwise([*tops, ""]):
        # On the date's line, or alone on the line above it.
        found = _ISSUE.search(text)
        if found and (_DAY.search(text) or (found[1] == text.strip() and _DAY.search(then) and len(then) <= 40)):
            return found[1]
    papers = [name for text in furniture for name in _MASTHEAD.findall(text)]
    return max(papers, key=papers.count) if papers else ""


def _authors(lines: Sequence[_Line], body: Sequence[str], article: int) -> list[str]:
    """Find who wrote it: in reporter lines, else in brackets at the beginning of the lead or the end of the text."""
    said = [line.text for line in lines if line.is_of(article, "byline")]
    said = [text for text in said if not _PHOTOGRAPHER.search(text)]
    names = [name for text in said for name in _names(text)]
    if not names and body:
        brackets = [*_PARENTHESIS.findall(body[0][:80]), *_PARENTHESIS.findall(body[-1][-60:])]
        if dateline := _DATELINE.match(body[0]):
            brackets += _BRACKETED_NAMES.findall(body[0][dateline.end() : dateline.end() + 40])[:1]
        names = [name for text in brackets if not _PHOTOGRAPHER.search(text) for name in _names(text)]
    return list(dict.fromkeys(names))


def _names(text: str) -> Iterator[str]:
    """Give the personal names of a reporter line."""
    labelled = re.search(_ROLE, text)
    marked = re.match(r"\s*[□■◇◆○●]", text)
    if labelled and not marked:
        text = text[labelled.start() :]
    elif not (marked or NAMES_ONLY.fullmatch(text.strip())):
        return
    text = re.split(r"(?:来源|时间|日期|责任编辑|责编|编辑)\s{0,3}[:：]", text)[0]
    text = re.sub(rf"{_OUTLET}\s?(?={_STAFF}\s?(?:记者|通讯员))", " ", _OURSELVES.sub(" ", text))
    # A name of two characters is printed as wide as one of three.
    text = re.sub(
        r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}(?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))", r"\1", text
    )
    for part in _SEPARATOR.split(_NO_NAME.sub(" ", text)):
        yield from _apart(part)


def _apart(names: str) -> list[str]:
    """Part names that run together, each of two or three characters and beginning with a surname."""
    if not _FIRST_NAMES_OF_TWO.fullmatch(names) and not (
        4 < len(names) <= 24 and re.fullmatch(r"[\u4e00-\u9fff]+", names)
    ):
        return []
    if len(names) <= 3:
        return [names]
    for size in (3, 2):
        if NAMES_ONLY.fullmatch(names[:size]):
            rest = _apart(names[size:]) if len(names) - size >= 2 else []
            if rest and all(NAMES_ONLY.fullmatch(name) for name in rest):
                return [names[:size], *rest]
    return [names] if len(names) == 4 else []


# ---- the place -----------------------------------------------------------------------------------------------------


@cache
def _gazetteer() -> tuple[dict[str, _Named], Callable[[str], Finds]]:
    """Give the listed places by full and short name, and what finds these names, of those that begin at a place the longest."""
    table = load_table("places", ["code", "name", "short", "level", "parent", "now"], key=["code", "name"])
    places: dict[str, _Named] = {}
    for row in table.sort_values("now").to_dict("records"):  # today's names first
        place = _Named(str(row["name"]), str(row["code"]), str(row["level"]))
        for name in (place.name, str(row["short"])):
            places.setdefault(name, place)
    return places, finder(list(places))


_READ = 10_000  # characters of an article: what it is about stands at its beginning
_WEIGHTS = {"title": 4.0, "kicker": 3.0, "deck": 3.0}


def _place(own: Sequence[Paragraph], source: str) -> _Named | None:
    """Find the place that an article is about: named where it counts, and the most specific of those."""
    ends = accumulate(len(paragraph.text) for paragraph in own)
    own = [paragraph for paragraph, end in zip(own, ends, strict=True) if end - len(paragraph.text) < _READ]
    whole = "\n".join(paragraph.text for paragraph in own)[: 2 * _READ]
    unlisted = _unlisted(whole, source)
    scores: dict[_Named, float] = {}
    bodies = 0
    for paragraph in own:
        body = paragraph.role not in _WEIGHTS
        bodies += body
        weight = _WEIGHTS.get(paragraph.role, 2.0 if bodies <= 2 else 0.3)
        for place in dict.fromkeys(_mentions(paragraph.text[:_READ], whole, unlisted)):
            at_front = paragraph.role == "title" and paragraph.text.startswith((place.name, place.name[:-1]))
            scores[place] = scores.get(place, 0.0) + weight + 2 * at_front
    for place in _mentions(source, whole + source, {}):
        scores[place] = scores.get(place, 0.0) + 1.5
    best = max(scores, key=lambda place: scores[place], default=_Named("", "", ""))
    if _NATION.search(whole[:400]) and not any(best.name and best.name in p.text for p in own if p.role in _WEIGHTS):
        return _Named("全国", "", "nation")
    if scores.get(best, 0.0) < 1:
        return None
    while inside := [p for p in scores if _lies_in(p, best) and scores[p] >= 0.6 * scores[best]]:
        best = max(inside, key=lambda place: scores[place])
    return best


def _lies_in(place: _Named, other: _Named) -> bool:
    """Tell whether a listed place is a part of another."""
    stem = other.code.rstrip("0")
    stem += "0" * (len(stem) % 2)
    return bool(stem and place.code) and place.code != other.code and place.code.startswith(stem)


def _mentions(text: str, whole: str, unlisted: Mapping[str, _Named]) -> Iterator[_Named]:
    """Give the places that a text names; a county's short name counts only where its full name stands on the page."""
    places, find = _gazetteer()
    taken: list[tuple[int, int]] = []
    for _, start, end in find(text):
        name = text[start:end]
        place = places[name]
        if name == place.name or place.level != "county" or place.name in whole:
            taken.append((start, end))
            yield place
    for _, begin, stop in finder(list(unlisted))(text) if unlisted else ():
        if not any(start < stop and begin < end for start, end in taken):
            yield unlisted[text[begin:stop]]


def _unlisted(whole: str, source: str) -> dict[str, _Named]:
    """Find counties, cities and districts that the list does not have: named twice, or once in their own newspaper."""
    found: dict[str, _Named] = {}
    listed = _gazetteer()[0]
    for name in dict.fromkeys(_STEM.findall(whole)):
        stem = name[:-1]
        times = whole.count(name)
        if (
            (times < 2 and not source.startswith(stem))
            or stem in _NO_STEM
            or stem[-1] in _NO_STEM
            or stem[0] in _NO_STEM
            or name in listed
        ):
            continue
        # What stands before it every time belongs to it (张家港市), if it is no word of relation.
        before = {piece[-1:] for piece in whole.split(name)[:-1]}
        first = before.pop() if times > 1 and len(before) == 1 else ""
        if "\u4e00" <= first <= "\u9fff" and first not in _NO_STEM and first + name not in listed:
            name = first + name
        found[name] = _Named(
            name, "", "prefecture" if name.endswith("市") and _HAS_COUNTIES.search(whole) else "county"
        )
    return found
