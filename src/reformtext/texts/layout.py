"""Paragraphs to articles: titles, headings, the tail of a page, and where the next article begins."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reformtext.texts.furniture import (
    BOXED,
    CONTACT,
    COUNTER,
    CUES,
    CUES_STRONG,
    LABELLED,
    NAMES_ONLY,
    NOTICE,
    OFFICIAL,
    OUTLET,
    PLACEHOLDER,
    REPORTER,
    SECTIONS,
    SEPARATORS,
    TAIL_MARK,
    TOOLS,
    VIEW,
)
from reformtext.texts.lines import CHAPTER, DATELINE, HALVES, SALUTATION, Part, is_lone_sentence


def _is_prose(part: Part) -> bool:
    """Tell a paragraph from a line that may be a headline."""
    if part.head.startswith("#"):
        return False
    long = 80 if _NUMBERED.match(part.head) and not part.closed else 60
    if part.inner or part.width >= long or SALUTATION.match(part.head) or DATELINE.match(part.head):
        return True
    told = part.tail[-1] not in "？?！!" or (part.commas >= 2 and part.width >= 25)
    return part.closed and part.width >= 12 and told


def _is_heading(part: Part, then: Part | None) -> bool:
    """Tell a heading from a list item or a lone line of text, by itself and by what comes next."""
    if part.head.startswith("#"):
        return True
    if (
        then is None
        or part.role
        or part.width > (80 if _NUMBERED.match(part.head) else 45)
        or "\t" in part.head
        or SALUTATION.match(part.head)
    ):
        return False
    numbered = bool(_NUMBERED.match(part.head))
    if not part.closed or (part.tail.endswith("——") and part.width <= 14 and not part.commas):
        return not part.inner and part.tail[-1] not in "，、,"
    if part.tail[-1] in "？?" and part.width <= 20:
        return not re.match(r"[问答记请您你]|那么", part.head)
    if part.tail[-1] == "。" and part.head.count("。") == 1:
        return numbered and part.width <= 40 and not _NUMBERED.match(then.head) and then.width >= 1.5 * part.width
    return False


_NUMBERED = re.compile(
    r"[（(]\s?[一二三四五六七八九十百]{1,4}\s?[）)]|第?[一二三四五六七八九十]{1,3}[、，]|\d{1,2}[.．、](?!\d)"
)


def _name_headlines(parts: list[Part], seen: Counter[str]) -> None:
    """Sort the headlines over an article into kicker, title and deck."""
    if not parts:
        return
    lines: list[list[Part]] = []  # a title of two short lines counts as one
    for part in parts:
        last = lines[-1][-1] if lines else None
        pair = (
            last is not None
            and len(lines[-1]) == 1
            and max(last.width, part.width) <= 9
            and min(last.width, part.width) >= 5
            and part.head[0] != "#"
        )
        apart = _SUBTITLE.match(part.head) or (
            last and (_STANDING.search(last.bare) or _PLACE_ALONE.fullmatch(last.bare))
        )
        if pair and last is not None and abs(last.width - part.width) <= 3 and not apart:
            lines[-1].append(part)
        else:
            lines.append([part])
    widths = [sum(part.width for part in line) for line in lines]
    scores = [_headline_score(line, width, seen) for line, width in zip(lines, widths, strict=True)]
    for i in range(1, len(lines)):  # a deck that opens with a dash stands below its title
        scores[i - 1] += 2 * (lines[i][0].head[0] in "—―－" and not _SUBTITLE.match(lines[i - 1][0].head))
    best = max(range(len(lines)), key=lambda i: (scores[i], -i))
    near = [i for i in range(len(lines)) if scores[i] >= scores[best] - 0.5]
    if len(near) >= 3:
        best = near[1]
    elif len(near) == 2:
        # A deck says more than its title: a second line that is no longer is the title, and the first its kicker.
        longer = widths[near[1]] - widths[near[0]]
        best = near[0] if longer > 4 or (longer > 3 and lines[near[1]][-1].commas) else near[1]
    elif best + 1 < len(lines) and scores[best + 1] >= scores[best] - 1 and widths[best + 1] < 0.7 * widths[best]:
        best += 1
    for i, line in enumerate(lines):
        for part in line:
            part.role = "title" if i == best else "kicker" if i < best else "deck"


_STANDING = re.compile(  # the names of columns and series
    r"进行时|系列报道|看基层|在行动|特别报道|专栏|走基层|大家谈|在一线|(?:社论|快讯|简讯|要闻|动态|观察|手记|调查|评论|时评|访谈录?|巡礼|巡展|展播|选登|样本|实践|再出发|新(?:征程|探索|气象))$|·|"
    r"之[一二三四五六七八九十]$|[（(][一二三四五上中下][）)]$|^[\u4e00-\u9fff]{4}\s{1,2}[\u4e00-\u9fff]{4}$|^(?:聚焦|关注|解读|贯彻|(?:深入)?学习)"
)


_GENRE = re.compile(r"(?:见闻|纪实|侧记|综述|扫描|走笔|巡礼|纪事|记事|速写|启示录?|调查|观察|探访|解读|访谈)$")


_PLACE_ALONE = re.compile(r"[\u4e00-\u9fff]{2,10}(?:省|市|县|区|镇|乡|街道|社区|村)")


def _headline_score(line: list[Part], width: float, seen: Counter[str]) -> float:
    """Weigh the signs that a headline is the title."""
    bare = line[0].bare
    score = 4.0 if re.match(r"#\s", line[0].head) else 2.0 if line[0].head.startswith("#") else 0.0
    score += 3 if seen[bare.lstrip("·• ")] > 1 and width >= 6 else 0
    score -= 3 if _SUBTITLE.match(bare) else 0
    score -= 2 * (width > 34) + 2 * (width < 5) + 3 * (line[-1].tail[-1] in "：:")
    score += 1 if _PLACED.match(bare) else 0
    score -= 1.5 if _PLACE_ALONE.fullmatch(bare) else 0
    score -= 1 if _GENRE.search(bare) else 0
    score -= 1.5 if _STANDING.search(bare) else 0
    score -= (
        1
        if re.search(r"(?:举行|召开|启动|印发|发布会|开幕|闭幕)$", bare)
        or re.search(r"(?:召开|举行).{0,12}会议?$", bare)
        else 0
    )
    return score + 1 if HALVES.fullmatch(bare) else score


def _head_zone(parts: list[Part], first: int, seen: Counter[str]) -> None:
    """Label what stands before the first paragraph, from there upwards."""
    candidates: list[Part] = []
    below = 0  # how many of them have a line of reporters, source or date above them
    worthy = stopped = barred = named = False
    for part in reversed(parts[:first]):
        if part.role == "" and _is_author(part):  # the paper's name above the headline is the page's
            part.role = "boilerplate" if worthy and OUTLET.fullmatch(part.head) else "byline"
        if part.role == "boilerplate" and worthy:
            # A bar of buttons may stand between headline and text, a menu stands above both.
            barred, stopped = True, stopped or not _is_toolbar(part.head)
        elif part.role == "byline" and not stopped and not named:
            below, barred, named = len(candidates), False, _is_reporter(part)
        if part.role != "":
            continue
        section = part.head in SECTIONS or (part.width <= 6 and not part.closed and seen[part.head] > 1)
        if section or stopped or barred or part.head[0] in "·•" or part.head.isdigit():
            stopped = stopped or not section
            part.role = "boilerplate"
        elif re.search("作.{0,4}工作报告。?$", part.head) and part.width <= 30:
            part.role = "caption"
        elif part.closed and part.tail[-1] in "。：:":
            part.role = "body"
        else:
            candidates.append(part)
            worthy = worthy or (part.width >= 5 and not _SUBTITLE.match(part.head))
    above = candidates[below:]
    for part in candidates[:below] if above else []:
        labelled = re.match(r"\w{1,4}[：:]", part.head)
        part.role = "deck" if _SUBTITLE.match(part.head) else "body" if labelled else "heading"
    headlines = above or candidates
    marked = any(re.match(r"#\s", part.head) for part in headlines)
    for part in headlines:
        numbered = _NUMBERED.match(part.head)
        bare = numbered is not None and numbered[0] == part.head
        if bare or (part is not headlines[-1] and (numbered or (marked and part.head.startswith("##")))):
            part.role = "heading"
    _name_headlines([part for part in reversed(headlines) if part.role == ""], seen)


def _is_author(part: Part) -> bool:
    """Tell a line that only names people, an official with the office, or the paper."""
    spaced = part.width <= 3 or any(mark in part.head for mark in " \u3000、")
    named = part.width <= 40 and (OFFICIAL.fullmatch(part.head) or (spaced and NAMES_ONLY.fullmatch(part.head)))
    outlet = part.width <= 14 and OUTLET.fullmatch(part.head)
    whose, _, who = part.head.replace("·", "").replace("\u3000", " ").partition(" ")  # an office or a paper, its men
    named = named or (NAMES_ONLY.fullmatch(who.strip()) and (OUTLET.fullmatch(whose) or _OFFICE.fullmatch(whose)))
    return part.head not in SECTIONS and bool(named or outlet or _OFFICE.fullmatch(part.head))


_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{0,14}(?:省长|市长|主席|县长|区长|总理|课题组|调研组|报道组|采访组|编辑部|改革办|办公室|宣传部|组织部|党校|研究室|研究中心|研究院|研究所|大学|学院|委员会)"
)
_SUBTITLE = re.compile(
    r"——|――|—|--|(?:19|20)\d{2}年.{1,12}在|"
    r"[\u4e00-\u9fff]{2,4}?等?(?:出席|主持|参加|讲话|致辞|作报告)(?:并|会议|讲话|致辞|作报告|活动){0,3}(?:$|\s)"
)


def _is_toolbar(text: str) -> bool:
    """Tell a bar of font, print and share buttons or counters, as it stands between headline and text."""
    return all(word in TOOLS or COUNTER.fullmatch(word) for word in SEPARATORS.split(text) if word)


def _cues(part: Part) -> tuple[int, int]:
    """Count a paragraph's phrases of disclaimers and calls for news, and its weaker words of the same."""
    text = part.head + (part.tail if part.width > 200 else "")
    return len(set(CUES_STRONG.findall(text.lower()))), len(set(CUES.findall(text)))


def _is_notice(part: Part) -> bool:
    """Tell a disclaimer, a hotline or an advertisement by its words; in a full sentence they must be plain."""
    strong, weak = _cues(part)
    if CONTACT.search(part.head) and part.width <= 60:
        strong += 1
    return strong > 0 or bool(NOTICE.match(part.head)) or weak >= (4 if part.prose else 1)


def _page_end(parts: list[Part]) -> int:
    """Find the first mark of a page's end with little text below it that is not itself a notice, by 3 to 7 above."""
    marks = {i for i, part in enumerate(parts) if part.role == "boilerplate" and TAIL_MARK.match(part.head)}
    end, below = len(parts), 0.0
    above = sum(part.width for part in parts if _is_text(part)) if marks else 0.0
    for i in range(len(parts) - 1, -1, -1) if marks else ():
        if _is_text(parts[i]):
            above -= parts[i].width
            below += 0.0 if _is_notice(parts[i]) else parts[i].width
            if below * 7 > above * 3:
                break
        elif i in marks and above > 0:
            end = i
    return end


def _is_text(part: Part) -> bool:
    """Tell a paragraph that is given whole."""
    return part.role == "" and part.prose and not part.tail.endswith(_TEASER)


def _tail_zone(parts: list[Part]) -> None:
    """Label what stands after the last paragraph: link lists after a mark, disclaimers and hotlines by their words."""
    stop = _page_end(parts)
    for part in parts[stop:]:
        if part.role != "byline" or not LABELLED.match(part.head):
            part.role = "boilerplate"
    pending: list[Part] = []
    for part in reversed(parts[:stop]):
        if part.role != "":
            continue
        pending.append(part)
        if _is_notice(part):
            for each in pending:
                each.role = "boilerplate"
            pending = []
        elif part.prose and (part.width > 60 or sum(each.prose for each in pending) > 1):
            break


def _top_zone(parts: list[Part]) -> None:
    """Label the notices that a page begins with: above its title, so only the plain ones."""
    for part in parts:
        if part.role == "":
            if not (_cues(part)[0] or NOTICE.match(part.head) or CONTACT.search(part.head)) or part.head[0] == "#":
                break
            part.role = "boilerplate"


def _label_points(parts: list[Part]) -> None:
    """Label the points that an article makes, two or more with a bullet, no full stop, and its reporter below."""
    points: list[Part] = []
    for part in parts:
        if part.role == "" and part.head[0] in _BULLETS and not part.closed:
            points.append(part)
            continue
        if len(points) >= 2 and _is_reporter(part):
            for point in points:
                point.role = "deck"
        points = []


_TEASER = ("...", "…")  # how the beginning of a text ends that is not given whole
_BULLETS = "●◆■▲★○◎•·"


def arrange(parts: list[Part]) -> list[Part]:
    """Find titles, headings and articles; give the parts in reading order."""
    for part in parts:
        part.prose = _is_prose(part)
    _tail_zone(parts)
    _top_zone(parts)
    _label_points(parts)
    prose = [i for i, part in enumerate(parts) if part.role == "" and part.prose]
    first = prose[0] if prose else None
    around = parts[:first] + parts[prose[-1] :] if prose else []
    seen = Counter(part.head.lstrip("#·• 　") for part in around)  # a title stands in the page's list of titles too
    if first is None:
        for part in parts:
            part.role = part.role or ("heading" if part.head.startswith("#") else "body")
        return parts
    _head_zone(parts, first, seen)
    _close_lists(parts)
    sentences = _sentence_headings(parts)
    title = next((part for part in parts[:first] if part.role == "title"), None)
    now = _Article(titled=title is not None, signed=any(map(_is_reporter, parts[:first])))
    closing = {id(part) for part in parts if part.role == "byline" and part.head[0] in "（("}
    untitled = [] if now.titled else [1]
    i = first
    while i < len(parts):
        part = parts[i]
        part.article = now.number
        if part.role == "" and part.prose and i not in sentences:
            part.role = "body"
            now.paragraphs += part.width >= 20 and not part.tail.rstrip("'\"”’").endswith(_TEASER)
        if part.role in ("body", "caption", "boilerplate"):
            i += 1
            continue
        stop = i
        while stop < len(parts) and not (parts[stop].role == "" and parts[stop].prose and stop not in sentences):
            stop += 1
        group = parts[i:stop]
        if stop == len(parts):
            _label_end(group, untitled, now.number, seen)
            break
        heads = [p for p in group if p.role == ""]
        if _is_subtitled(heads) and len(heads) > 2 and NAMES_ONLY.fullmatch(heads[-1].head):
            heads.pop().role = "byline"
        bylines = [p for p in group if p.role == "byline"]
        closed = (len(closing) > 1 and id(part) in closing) or _article_closed(parts, i)
        if _opens_article(heads, bylines, parts[stop], now, title, closed):
            now = _Article(now.number + 1, titled=bool(heads), signed=any(map(_is_reporter, bylines)))
            start = next(k for k, p in enumerate(group) if p.role == "" or (p in bylines and p.head[0] not in "（("))
            for k, p in enumerate(group):
                p.article = now.number - (k < start)
            _name_headlines(heads, seen)
            if not heads:
                untitled.append(now.number)
        else:
            now.signed = now.signed or any(map(_is_reporter, bylines))
            for p in group:
                p.article = now.number
            _label_headings(heads, parts[stop], [parts[k] for k in range(i, stop) if k in sentences])
        i = stop
    for part in parts:
        part.role = part.role or "body"
    titles = {id(p) for p in parts if p.role in ("kicker", "title", "deck")}
    order = sorted(
        range(len(parts)), key=lambda k: (parts[k].article, 0 if id(parts[k]) in titles and k > first else 1, k)
    )
    return [parts[k] for k in order] if now.number > 1 or not now.titled else parts


@dataclass(slots=True)
class _Article:
    """The article that is being read, and what it has so far."""

    number: int = 1
    titled: bool = False
    signed: bool = False
    paragraphs: int = 0


def _opens_article(
    heads: list[Part], bylines: list[Part], then: Part, now: _Article, title: Part | None, closed: bool
) -> bool:
    """Tell whether the headlines and bylines between two paragraphs open the next article of the page."""
    if now.paragraphs == 0:
        return False
    signed = bool(bylines and heads) and heads[0].spans[0] < bylines[-1].spans[0]
    if signed or (heads and (DATELINE.match(then.head) or (closed and bylines))):
        return True
    if now.paragraphs == 1:
        return False
    if not heads:
        return now.signed and any(map(_is_reporter, bylines))
    placed = title is not None and bool(_PLACED.match(title.bare) and _PLACED.match(heads[0].bare))
    return bool(
        closed
        or (now.signed and any(map(_is_reporter, bylines)))
        or _is_subtitled(heads)
        or (now.titled and re.match(r"#\s", heads[0].head))
        or (len(heads) >= 2 and (placed or (now.number > 1 and HALVES.fullmatch(heads[0].bare))))
        or (placed and title is not None and _is_alike(title.bare, heads[0].bare))
    )


def _is_subtitled(heads: list[Part]) -> bool:
    """Tell a headline with one deck below it that opens with a dash; several such lines are a list."""
    dashed = [part.head[0] in "—―" for part in heads]
    return len(heads) >= 2 and dashed[1] and sum(dashed) == 1 and not _NUMBERED.match(heads[0].head)


def _is_alike(title: str, head: str) -> bool:
    """Tell two headlines of one make: much the same words, and as many."""
    shared = (Counter(title) & Counter(head)).total()
    return abs(len(title) - len(head)) <= 2 and shared >= 0.4 * len(head)


_PLACED = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]\S{4,24}$")


def _article_closed(parts: list[Part], i: int) -> bool:
    """Tell whether what stands before a place ends an article: a note on its pictures, a mark that it is complete."""
    before = next(
        (
            parts[k]
            for k in range(i - 1, max(i - 4, -1), -1)
            if parts[k].role in ("caption", "byline", "boilerplate", "body")
        ),
        None,
    )
    for k in range(i - 1, max(i - 4, -1), -1):
        if parts[k].role == "body":
            break
        if re.match(r"[（(](?:本文|本版|完|作者)", parts[k].head):
            return True
    return before is not None and before.role == "body" and before.tail.endswith(("（完）", "(完)"))


def _is_reporter(part: Part) -> bool:
    """Tell a byline of reporters or authors from one of source and date."""
    return part.role == "byline" and bool(
        REPORTER.fullmatch(part.head)
        or BOXED.fullmatch(part.head)
        or re.match(r"[（(【\[\s]{0,3}(?:作者|记者|撰稿|采写|文/图|文)\s{0,3}[:：]", part.head)
    )


def _close_lists(parts: list[Part]) -> None:
    """Label the last item of a list, which ends with a full stop as a heading may."""
    for part, then in pairwise([part for part in parts if part.role == ""]):
        if part.tail[-1] in "；;" and _NUMBERED.match(part.head) and _NUMBERED.match(then.head) and then.closed:
            then.role = "body"


def _sentence_headings(parts: list[Part]) -> set[int]:
    """Find headings that end with a full stop: numbered ones, and short ones where at least three stand alike."""
    numbered, plain = set(), set()
    texts = [i for i, part in enumerate(parts) if part.role == ""]
    for i, k in pairwise(texts):
        part, then = parts[i], parts[k]
        if part.tail[-1] == "。" and part.width <= 40:
            if _is_heading(part, then):
                numbered.add(i)
            elif (
                is_lone_sentence(part, 18)
                and then.width >= max(40, 3 * part.width)
                and not _ANNOUNCES.search(part.head)
            ):
                plain.add(i)
    return numbered | plain if len(plain) >= 3 else numbered


_ANNOUNCES = re.compile(r"以下|如下|工作。|方面。|说。|[她他]|我们|各位|[\d一二三四五六七八九十]+(?:个|项|件)")


def _label_headings(heads: list[Part], then: Part, known: list[Part]) -> None:
    """Label the short lines above a paragraph: headings, or a list where there are many."""
    for part in [part for part in heads if PLACEHOLDER.fullmatch(part.head) or VIEW.search(part.head)]:
        part.role = "caption"
        heads.remove(part)
    many = len(heads) > 4 and not any(part.head.startswith("#") for part in heads)
    for part in heads:
        likely = part in known or (_is_heading(part, then) and (not many or part is heads[-1]))
        part.role = "heading" if likely else "body"


def _label_end(group: list[Part], untitled: list[int], article: int, seen: Counter[str]) -> None:
    """Label what follows the last paragraph: the headline of an article that lacks one, or leftovers of the page."""
    heads = []
    for part in group:
        part.article = article
        if part.role == "":
            if (NAMES_ONLY.fullmatch(part.head) and part.width <= 30) or OUTLET.fullmatch(part.head):
                part.role = "byline"
            elif part.closed and part.width >= 4:
                part.role = "body"
            else:
                heads.append(part)
    if heads and len(heads) == len(untitled) > 1:  # a headline each
        for part, number in zip(heads, untitled, strict=True):
            part.role, part.article = "title", number
    elif heads and untitled and len(heads) <= 4:
        _name_headlines(heads, seen)
        for part in heads:
            part.article = untitled[-1]
    else:
        for part in heads:
            part.role = "boilerplate"


def two_line_headings(parts: list[Part]) -> Iterable[Part]:
    """Make one part of a heading or title that runs over two lines."""
    i = 0
    while i < len(parts):
        part = parts[i]
        run = 1
        while (
            i + run < len(parts)
            and parts[i + run].role == part.role
            and part.role in ("heading", "title")
            and parts[i + run].article == part.article
        ):
            run += 1
        pair = (run == 2 and bool(CHAPTER.fullmatch(part.head))) or (
            run == 2
            and not any(
                p.closed or _NUMBERED.match(p.head) or p.head[0] in "#【" or p.width > 22 for p in parts[i : i + 2]
            )
        )
        if pair:
            part.add(parts[i + 1])
            yield part
        else:
            yield from parts[i : i + run]
        i += run
