"""Lines to paragraphs: what a column break, a page break or a caption cut in two is put together."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import pairwise

from reformtext.texts.furniture import SCENE, VIEW
from reformtext.texts.lines import MARK, MIDDLE, OPENER, OPENING, PAIRS, SALUTATION, Part, cannot_open


def _wrapped_width(lasts: Sequence[float], closed: Sequence[bool]) -> tuple[float, float]:
    """Give the share of full lines and the width at which lines are wrapped, zeros for lines that are paragraphs."""
    if len(lasts) < 8:
        return 0.0, 0.0
    full = sorted(lasts)[int(len(lasts) * 0.9)]
    near = [done for last, done in zip(lasts, closed, strict=True) if full - 2.5 <= last <= full + 1]
    share = len(near) / len(lasts)
    cut = len(near) - sum(near)  # a wrapped line seldom ends its sentence by chance
    return (share, full) if 12 <= full <= 60 and share >= 0.45 and cut >= 0.5 * len(near) else (0.0, 0.0)


def _wrapped(texts: Sequence[Part]) -> float:
    """Give the width of a wrapped text: in print or, when a program wrapped it, in characters; parts then count so."""
    closed = [part.closed for part in texts]
    counted = [part.indent + part.spans[0][1] - part.spans[0][0] for part in texts]
    printed, by_count = _wrapped_width([part.last for part in texts], closed), _wrapped_width(counted, closed)
    if by_count <= printed:
        return printed[1]
    for part, last in zip(texts, counted, strict=True):
        part.last = last
    return by_count[1]


_CLOSING = "".join(pair[1] for pair in PAIRS if pair[1] != ")")
_OPENED = re.compile("[" + "".join(re.escape(pair[0]) for pair in PAIRS) + "]")


def _unclosed(text: str) -> bool:
    """Tell a text that stops inside a bracket or a quotation."""
    return bool(_OPENED.search(text)) and any(text.rfind(pair[0]) > text.rfind(pair[1]) for pair in PAIRS)


@cache
def _cutter() -> Callable[[str], list[str]]:
    """Give a cut into the dictionary's words: rjieba's, or without it jieba's, which cuts the same."""
    try:
        import rjieba
    except ImportError:
        import jieba

        return partial(jieba.Tokenizer().lcut, HMM=False)
    return partial(rjieba.cut, hmm=False)


_HAN_LAST, _HAN_FIRST = re.compile(r"[\u4e00-\u9fff]+$"), re.compile(r"[\u4e00-\u9fff]+")


def _one_word(left: str, right: str) -> bool:
    """Tell whether a word runs over a break: of 1,100 pairs of heading and paragraph none, of random cuts every other."""
    ending, beginning = _HAN_LAST.search(left[-5:]), _HAN_FIRST.match(right[:5])
    if ending is None or beginning is None:
        return False
    left, right = ending[0], beginning[0]
    at = 0
    for word in _cutter()(left + right):
        if at < len(left) < at + len(word):
            # Two words of two characters make many a set phrase; that one ends here and one begins there is chance.
            return not (len(word) == 4 and len(left) - at == 2)
        at += len(word)
    return False


def _openness(part: Part) -> int:
    """Weigh the signs, in itself alone, that a part which does not end its sentence was cut off."""
    if part.closed:
        return 0
    if part.tail[-1] in "，、," + OPENING:
        return 4
    if part.inner or _unclosed(part.tail[-120:]):
        return 3
    told = part.commas and OPENER.match(part.head)
    if part.width >= 45 or told or (part.commas >= 2 and part.width >= (18 if part.below else 34)):
        return 2
    return 1 if part.width >= 28 and part.commas else 0


_UNIT = re.compile(
    "余|多[个家项万]|[%％‰条件项个家名人户万亿千百元亩吨次处所位年月日种类批台套辆座张分倍天岁米例期届度平公小层间栋宗笔份部]"
)


_COUNTED = re.compile(r"\d(?:多|余)?[个项家名户条件处所台套辆座人亩吨]$")
_AMOUNT = re.compile(r"\d{1,9}(?:[.．]\d{1,4})?[%％余多万亿个名户家条项人]")


_BARE_MARK = re.compile("[一二三四五六七八九十]{1,2}[是要]")


def _goes_on(open_part: Part, line: Part, indented: bool, wrapped: float) -> int:
    """Weigh whether a line goes on with an open paragraph: 3 and more say yes."""
    # Without indents a full line that ends its sentence goes on only where not one more character had room.
    reaches = open_part.last > wrapped - (3.5 if indented or not open_part.closed else 1)
    if wrapped and reaches and line.gap == 0 and line.indent < (1 if indented else open_part.indent + 1):
        return 4
    listed = MARK.match(line.head) and line.head[0] not in "·-"
    if line.head[0] in _CLOSING and open_part.width >= 4:
        return 4
    if line.gap == 0 and _BARE_MARK.fullmatch(open_part.head):
        return 4
    view = open_part.width <= 15 and not open_part.commas and VIEW.search(open_part.head)
    if open_part.closed or open_part.head.startswith("#") or listed or view:
        return 0
    tail = open_part.tail
    weight = _openness(open_part)
    if tail[-1] in "的和与及以在对为将把从向于等到达至超近约" and open_part.width >= 6:
        weight += 1
    if tail[-1].isdigit() and open_part.width >= 4 and _UNIT.match(line.head):
        weight += 4
    if open_part.commas and _COUNTED.search(tail[-8:]):
        weight += 2
    if _AMOUNT.match(line.head):
        weight += 2
    if cannot_open(line.head):
        weight += 4 if line.head[0] in MIDDLE and line.gap == 0 else 3 if open_part.width >= 4 else 1
    elif line.closed and line.width <= 5 and _openness(open_part):
        weight += 3
    if len(line.head) == 1 and line.gap == 0 and _HAN_FIRST.match(line.head):
        weight += 4  # the last character of a line that had no room for it
    if line.gap > 0 and open_part.width <= 60 and not open_part.inner and "——" in open_part.head[2:-2]:
        weight -= 2  # a heading with its explanation
    if OPENER.match(line.head) and tail[-1] not in "，、,":
        weight -= 2
    if weight < 3 and open_part.width >= 4 and _one_word(tail, line.head):
        weight += 3
    if indented:
        weight += -3 if line.indent >= 1 else 2
    if line.width >= 12 and (line.closed or line.inner):
        weight += 1
    elif not line.closed and line.width < 30 and (line.gap > 0 or _openness(open_part) < 3):
        weight -= 1
    return weight


def _is_inset(current: Part, part: Part, after: Part, here: int, indented: bool) -> bool:
    """Tell a short line between two halves of a paragraph that fit better together: a caption without a credit."""
    if current.closed or part.width > 45 or MARK.match(part.head):
        return False
    beyond, open_ = _goes_on(current, after, indented, 0.0), _openness(current)
    sure = beyond - open_ >= 6  # nothing but that paragraph begins as the line after it does
    if not sure and (part.inner or part.commas > (part.width <= 30 and not part.closed)):
        return False
    split = _one_word(current.tail, after.head)
    if not (open_ or split or sure) or current.tail[-1] in OPENING:
        return False
    if after.head[0] in MIDDLE and part.gap == after.gap == 0:
        return False
    # How well the breaks fit, apart from how open the lines above them are: the halves, or the line between them?
    onward = _goes_on(part, after, indented, 0.0)
    if beyond < 3 or (here - open_ >= 3 and onward - _openness(part) >= beyond - open_):
        return False
    if _one_word(current.tail, part.head) or _one_word(part.tail, after.head):
        return False
    if part.gap > 0 and not part.closed and not part.commas and beyond >= here and beyond > onward:
        return True  # were it a piece of the paragraph, that would not go on
    apart = part.gap > 0 and (sure or part.gap > after.gap or (cannot_open(after.head) and here < beyond))
    return apart or bool(SCENE.search(part.head)) or split or (part.indent >= 1 > after.indent and indented)


def _leads(first: Part, line: Part) -> bool:
    """Tell a short sentence with its paragraph on the very next line: a run of bold type that a page's export set apart."""
    short = first.width <= 60 and first.tail[-1] in "。！？" and first.gap > 0 and not SALUTATION.match(first.head)
    return short and line.gap == 0 and line.indent < 1 and line.width > first.width and not MARK.match(line.head)


def _parted(texts: Sequence[Part]) -> bool:
    """Tell whether blank lines part a text's paragraphs, so that lines without one between them belong together."""
    close = [pair for pair in pairwise(texts) if pair[1].gap == 0]
    leads = sum(_leads(*pair) or not pair[0].closed for pair in close)
    return len(texts) >= 12 and 2 * len(close) < len(texts) and leads >= 0.9 * len(close)


def join_lines(parts: list[Part]) -> list[Part]:
    """Join text lines that one paragraph was cut into; the rest passes through."""
    texts = [part for part in parts if part.role == ""]
    prose = [part for part in texts if part.closed and part.width >= 20]
    indented = bool(prose) and sum(part.indent >= 1 for part in prose) >= 0.6 * len(prose)
    wrapped = _wrapped(texts)
    if wrapped:  # a line that ends a sentence ends its paragraph, and is seldom the one that opened it
        indented = sum(part.indent >= 1 for part in texts) >= 2 and any(part.indent < 1 for part in texts)
    parted = not wrapped and _parted(texts)
    following: list[Part | None] = [None] * len(parts)
    after: Part | None = None
    for i in range(len(parts) - 1, -1, -1):
        following[i] = after
        if parts[i].role == "":
            after = parts[i]
        elif parts[i].role == "byline":
            after = None
    joined: list[Part] = []
    current: Part | None = None
    below = False
    for part, next_text in zip(parts, following, strict=True):
        part.below = below
        below = below or (part.role == "" and part.closed and part.width >= 20)
        if part.role == "byline":
            current = None
        if part.role:
            joined.append(part)
            continue
        if current is not None:
            here = _goes_on(current, part, indented, wrapped)
            leads = parted and next_text is not None and _leads(part, next_text)
            if (
                next_text is not None
                and not wrapped
                and not leads
                and _is_inset(current, part, next_text, here, indented)
            ):
                part.role = "caption"
                joined.append(part)
                continue
            if here < 3 and next_text is not None and part.gap == next_text.gap == 0 and next_text.head[0] in MIDDLE:
                here = 3 * (not current.closed and not part.closed)
            if here >= 3 or (parted and _leads(current, part)):
                current.add(part)
                continue
        current = part
        joined.append(part)
    return joined
