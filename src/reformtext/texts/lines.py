"""A page's lines, and what each is by itself: navigation, reporters, dates, captions, or text."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reformtext.texts.furniture import (
    BOXED,
    CAPTION,
    CONTACT,
    COUNTER,
    CREDIT,
    DATED,
    FURNITURE,
    IMAGE_FILE,
    LABEL_INSIDE,
    LABELLED,
    LINK,
    MENU,
    NAMES_ONLY,
    OUTLET,
    PAGE_MARK,
    PLACEHOLDER,
    REPORTER,
    SCENE,
    SECTION_LIKE,
    SECTIONS,
    SEPARATORS,
    SOURCE_LINE,
    TURN_FIRST,
    TURN_LAST,
    VIEW,
)

_STOPS = "。！？!?…；;：:"
_CLOSERS = "”’」』）)】》〉]\"'＂"
MIDDLE = "，、。；：！？）》”’」』】％%,;:)"  # what no line of print begins with
OPENING = "（(《“‘【「『〈"
PAIRS = ("（）", "()", "《》", "“”", "【】", "「」", "『』", "〈〉", "‘’")
MARK = re.compile(
    r"(?:#{1,6}\s|[-*•·●■◆▲★◎○]\s?\S|——|――|－－|[（(]\s?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})\s?[）)]|[一二三四五六七八九十]{1,3}、|"
    r"第[一二三四五六七八九十百\d]{1,3}[,，、：:]|"
    r"第[一二三四五六七八九十百\d]{1,3}[条章节部步](?![^\s]{0,2}[工实])|[一二三四五六七八九十]{1,2}(?:是|要)|(?:另)?一方面|\d{1,3}(?:[.．、）)](?!\d))|"
    r"[①-⑳⑴-⒇❶-❿㈠-㈩]|[〔［\[【]\d{1,3}[〕］\]】]|"
    r"[问答][:：]|其[一二三四五][,，]|(?:首先|其次|再次|最后)[,，])"
)
OPENER = re.compile(
    r"今年以来|近年来|一年来|近日|日前|目前|据悉|据了解|此外|与此同时|同时[,，]|下一步|接下来|本报\S{0,6}讯|记者(?:了解|从|在)|各位代表|在此基础上|截至"
)
DATELINE = re.compile(
    r"(?:[（(【]?\s?(?:本报|本网|本台|新华社|新华网|中新社|中新网|人民网|央视网|齐鲁网|大众网|大众日报|\w{2,8}(?:网|报|社|台))\S{0,12}?(?:讯|电|"
    r"消息))(?=[\s（(】，]|记者)"
)
SALUTATION = re.compile(r"(?:各位|同志们|女士们|先生们|朋友们|尊敬的|编辑同志|亲爱的)\S{0,16}[:：！!，,]$")
HALVES = re.compile(r"\S{5,16}[\s\u3000]{1,4}\S{5,16}")


@dataclass(slots=True)
class Part:
    """A line, later a paragraph: its spans, how it begins and ends, and what it is taken for."""

    spans: list[tuple[int, int]]
    head: str  # the first 200 characters
    tail: str  # the last 200
    gap: int  # blank lines before it
    indent: float  # in Chinese characters
    last: float  # how far its last line reaches
    width: float  # in Chinese characters; a Latin letter counts half
    role: str = ""
    closed: bool = False  # it ends its sentence
    inner: bool = False  # a full stop with more behind it
    commas: int = 0
    article: int = 1
    prose: bool = False  # a paragraph, not a line that may be a headline
    below: bool = False  # it stands below a paragraph, where a line with several commas is no headline

    @property
    def bare(self) -> str:
        """Its beginning without Markdown marks."""
        return self.head.lstrip("#* ").rstrip("* ")

    def add(self, other: "Part") -> None:
        """Go on with another line."""
        self.spans += other.spans
        self.inner = self.inner or other.inner or self.tail.rstrip(_CLOSERS)[-1:] == "。"
        self.head = (self.head + other.head)[:200] if len(self.head) < 200 else self.head
        self.tail = (self.tail + other.tail)[-200:]
        self.width += other.width
        self.last, self.closed = other.last, other.closed
        self.commas += other.commas


def cut_lines(text: str) -> list[Part]:
    """Cut a source into lines, and a line where it says on which page the article goes on."""
    parts, at, gap = [], 0, 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if not bare:
            gap += 1
        else:
            start = at + line.index(bare[0])
            cuts = [(start, start + len(bare))]
            if len(bare) > 60 and "\u3000\u3000" in bare:
                cuts = _cut_indents(bare, start)
            elif len(bare) > 6 and "版" in bare[-30:] + bare[:30]:
                cuts = _cut_turns(bare, start)
            for number, (begin, end) in enumerate(cuts):
                parts.append(_part(text[begin:end], begin, 0 if number else gap, _indent(line)))
            gap = 0
        at += len(line)
    return parts


def _cut_indents(bare: str, start: int) -> list[tuple[int, int]]:
    """Part the paragraphs of one line where the indent of a paragraph stands inside."""
    cuts, at = [], start
    for piece in bare.split("\u3000\u3000"):
        if inside := piece.strip():
            begin = at + piece.index(inside[0])
            cuts.append((begin, begin + len(inside)))
        at += len(piece) + 2
    return cuts


def _indent(line: str) -> float:
    """Measure the blanks that a line begins with: the ideographic space is one, any other half a character."""
    blanks = line[: len(line) - len(line.lstrip())]
    if not blanks:
        return 0.0
    return len(blanks) / 2 + blanks.count("\u3000") / 2


def _cut_turns(bare: str, start: int) -> list[tuple[int, int]]:
    """Part “（下转第二版）” and “（上接第一版）” from the line that they end or open."""
    first = TURN_FIRST.match(bare)
    begin = first.end() if first else 0
    last = TURN_LAST.search(bare, max(begin, len(bare) - 50))
    stop = last.start() if last else len(bare)
    pieces = [(0, begin), (begin, stop), (stop, len(bare))]
    found = []
    for a, b in pieces:
        inside = bare[a:b].strip()
        if inside:
            offset = start + a + bare[a:b].index(inside[0])
            found.append((offset, offset + len(inside)))
    return found


_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def _part(bare: str, start: int, gap: int, indent: float) -> Part:
    """Make a part of a line's text."""
    width = len(bare) - len(bare.encode("ascii", "ignore")) / 2
    begin, end = start, start + len(bare)
    bare = bare.strip(_INVISIBLE) or bare
    stop = bare.find("。")
    inner = 0 <= stop < len(bare.rstrip(_CLOSERS)) - 1 or "；" in bare[:-1]
    commas = bare.count("，") + bare.count(",")
    return Part(
        [(begin, end)],
        bare[:200],
        bare[-200:],
        gap,
        indent,
        indent + width,
        width,
        closed=_ends_sentence(bare),
        inner=inner,
        commas=commas,
    )


def _ends_sentence(bare: str) -> bool:
    """Tell a line that ends with a full stop, behind which quotation marks, brackets and a signature may follow."""
    last = (_SIGNED.sub(r"\1", bare[-200:]) if bare[-1] in "）)】]" else bare[-20:]).rstrip(_CLOSERS)
    return (
        (last != "" and last[-1] in _STOPS) or last.endswith("——") or (last[-1:] == "." and not last[-2:-1].isdigit())
    )


_SIGNED = re.compile(r"([。！？”])\s{0,4}[（(【][^（）()【】。]{1,40}[）)】]$")


def _label(part: Part) -> str:
    """Say what a line is by itself; an empty string for text."""
    text, width = part.head, part.width
    if width > 160:
        return ""
    if width <= 40 and PAGE_MARK.fullmatch(text):
        return "boilerplate"
    if text[-1] in "gGfFpP" and IMAGE_FILE.fullmatch(text):
        return "caption"
    if (
        width <= 70
        and not part.inner
        and (not part.closed or text[-1] in "：:")
        and (LABELLED.match(text) or DATED.match(text))
    ):
        return "byline"
    if not part.closed and ("：" in text or ":" in text) and len(LABEL_INSIDE.findall(text)) >= 2:
        return "byline"
    if width <= 60 and _is_navigation(text):
        return "boilerplate"
    if TURN_FIRST.fullmatch(text):
        return "boilerplate"
    if (
        width <= 80
        and not (part.closed and part.inner)
        and (FURNITURE.match(text) or (not part.closed and text[0] != "!" and CONTACT.search(text)))
    ):
        return "boilerplate"
    if (len(text) <= 160 and _PICTURED.search(text) and CREDIT.search(text)) or (width <= 80 and CAPTION.match(text)):
        return "caption"
    if is_lone_sentence(part, 30) and VIEW.search(text):
        return "caption"
    if width > 50 or text[-1] in "：:":
        return ""
    if text[0] in "（(" and text[-1] in "）)" and NAMES_ONLY.fullmatch(text):
        return "byline"
    return "byline" if SOURCE_LINE.fullmatch(text) or REPORTER.fullmatch(text) or BOXED.fullmatch(text) else ""


_PICTURED = re.compile("[摄图照片者]")  # every credit holds one of these, few lines do
_HOME = frozenset(["首页", "主页", "网站首页"])
_CRUMB_MARK = re.compile(r"[>＞»›]{1,2}")


def _is_navigation(text: str) -> bool:
    """Tell a line that consists of menu words, counters and section names, or of no letter at all."""
    if "。" in text and len(text) > 12:
        return False
    words = [word for word in SEPARATORS.split(LINK.sub(r"\1 ", text) if "](" in text else text) if word]
    known = [word in MENU for word in words]
    if len(words) > 1 and max(map(len, words)) == 1 and "".join(words) in MENU:
        return True  # a word printed wide
    if not words or all(known):
        return not any(mark in text for mark in "。，；") or bool(words)
    loose = [
        k or word in SECTIONS or bool(COUNTER.fullmatch(word)) or bool(SECTION_LIKE.fullmatch(word))
        for k, word in zip(known, words, strict=True)
    ]
    paged = any(map(COUNTER.fullmatch, words)) and any(word in SECTIONS for word in words)
    crumbs = any(known) or paged or len(words) >= 4 or bool(re.search(r"\w\s{0,3}[>＞»›]{1,2}\s{0,3}\w", text))
    if _CRUMB_MARK.search(text) and not _HOME.isdisjoint(words) and not any(mark in text for mark in "。，"):
        return True
    if len(_CRUMB_MARK.findall(text)) >= 2 and max(map(len, words)) <= 14 and not any(mark in text for mark in "。，"):
        return True
    return len(words) >= 2 and sum(loose) >= 0.6 * len(words) and crumbs and "。" not in text


def cannot_open(text: str) -> bool:
    """Tell a line that begins as no paragraph does: with a closing mark, a bracket's end, a scrap of a sentence."""
    if text[0] in MIDDLE or _SCRAP.match(text):
        return True
    near = text[:40]
    if not _CLOSED.search(near):
        return False
    ends = ((near.find(pair[0]), near.find(pair[1])) for pair in PAIRS)
    return any(closing >= 0 and not 0 <= opening < closing for opening, closing in ends)


_CLOSED = re.compile("[" + "".join(re.escape(pair[1]) for pair in PAIRS) + "]")
_SCRAP = re.compile(r"[^\W\d]{1,2}[。；]|[^\W\d]、")


def _rare(signs: Iterable[bool]) -> bool:
    """Tell whether fewer than a quarter of the signs are set."""
    given = list(signs)
    return 4 * sum(given) < len(given)


def is_lone_sentence(part: Part, width: int) -> bool:
    """Tell a line that is one short sentence without a comma."""
    return part.tail[-1] == "。" and not part.commas and not part.inner and part.width <= width


def label_lines(parts: list[Part]) -> None:
    """Label lines by themselves, then those that their neighbours explain."""
    for part in parts:
        part.role = _label(part)
    _label_head(parts)
    cut = False
    for part, then in pairwise(parts):
        if CHAPTER.fullmatch(part.head) and then.role == "" and then.width <= 30 and not then.closed and not cut:
            part.role = ""
        cut = part.role == "" and not part.closed and part.width > 30  # a number below it is a page's
    usual = Counter(part.gap for part in parts[1:]).most_common(1)
    wide_gap = usual[0][0] + 2 if usual and usual[0][0] else 1 if _rare(part.gap > 0 for part in parts[1:]) else 2
    apart: list[Part] = []  # one short sentence behind a wide gap: where an image stood; many of them are headings
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if before is not None:
            _label_beside(before, part, after)
            if part.role == "caption" and before.role == "" and _captions(before, part, wide_gap):
                before.role = "caption"
        if part.role == "" and part.width <= 10 and not part.closed and not MARK.match(part.head):
            if any(p is not None and p.role == "boilerplate" and p.head in _CRUMB for p in (before, after)):
                part.role = "boilerplate"
        elif part.role == "" and part.gap >= wide_gap and part.width <= 40 and not MARK.match(part.head):
            if SCENE.search(part.head):
                part.role = "caption"
            elif is_lone_sentence(part, 30) and before is not None and (before.closed or before.role):
                apart.append(part)
    for part in apart if len(apart) <= 3 else []:
        part.role = "caption"


def _label_head(parts: list[Part]) -> None:
    """Label reporters who took the pictures too, above the first paragraph."""
    for part in parts:
        if part.role == "" and (part.inner or part.width >= 60):
            break
        if part.role == "caption" and REPORTER.fullmatch(part.head) and part.head.endswith("报道"):
            part.role = "byline"


def _label_beside(before: Part, part: Part, after: Part | None) -> None:
    """Label a line that the line above it explains: a label's value, an image's caption, a piece of a sentence."""
    if part.role == "boilerplate":
        # A symbol or figure on a line of its own, inside a sentence, is a piece of that sentence.
        inside = before.role == "" and not before.closed and (before.width >= 8 or part.head in MIDDLE)
        opening = part.head in OPENING and after is not None and after.gap == 0 and cannot_open(after.head)
        if part.gap == 0 and _PIECE.fullmatch(part.head) and (inside or opening):
            part.role = ""
    elif part.role == "" and part.width <= 16 and not part.closed and _is_bare_label(before):
        part.role = before.role
    elif part.role == "" and part.width <= 45 and before.role in ("", "caption") and _is_image(before):
        if not part.inner and part.tail[-1] not in "，、：":
            part.role = before.role = "caption"
    elif part.role == "" and OUTLET.fullmatch(part.head) and after is not None:
        part.role = "boilerplate" if before.role == after.role == "boilerplate" else ""


def _is_image(part: Part) -> bool:
    """Tell a mark in brackets or a file's name that stands where an image stood."""
    marked = part.head[0] in "[【(（<" and PLACEHOLDER.fullmatch(part.head)
    return bool(marked or (part.head[-1] in "gGfFpP" and IMAGE_FILE.fullmatch(part.head)))


def _is_bare_label(part: Part) -> bool:
    """Tell a label of source, date or editor whose value stands on the next line."""
    labels = part.role == "byline" or (part.role == "boilerplate" and bool(_BARE_EDITOR.match(part.head)))
    return labels and part.tail[-1:] in "：:" and part.width <= 8


def _captions(line: Part, credit: Part, wide_gap: int) -> bool:
    """Tell whether a credit that stands alone makes the short line above it a caption."""
    if credit.width > 24 or not CREDIT.search(credit.head) or line.width > 60 or line.inner or MARK.match(line.head):
        return False
    named = CREDIT.sub("", credit.head).strip(" （(")
    reporter = "记者" in named and len(named) <= 16 and "。" not in named
    open_ = not line.closed and line.tail[-1] not in "，、" and line.commas <= 1
    image = open_ or line.gap >= wide_gap or is_lone_sentence(line, 30)
    return image and (not named or reporter or bool(NAMES_ONLY.fullmatch(named)))


_PIECE = re.compile(r"[^\w\u200b\ufeff]{1,2}|[\d.]{1,4}")
CHAPTER = re.compile(
    r"0?\d|(?:PART|Part|part)[.\s]?\d{1,2}|[壹贰叁肆伍陆柒捌玖拾]|第[一二三四五六七八九十]{1,2}[章部篇节]"
)
_CRUMB = frozenset([">", ">>", "＞", "»", "›", "|", "当前位置：", "当前位置:", "您的位置:", "您的位置："])
_BARE_EDITOR = re.compile(r"[（(]?(?:责任编辑|责编|编辑|审核|校对)")
