"""What a number measures: the noun after it, before it, in the list that it shares, or in an earlier clause."""

import re
from collections.abc import Sequence
from itertools import pairwise

from reformtext.claims.draft import AMOUNT_UNITS, LIST_GLUE, Draft
from reformtext.claims.indicators import indicator_code
from reformtext.claims.nouns import CHANGE_WORDS, COUNTABLE, MEASURED, Page, noun_after
from reformtext.claims.roles import Role, is_deed, words
from reformtext.texts.numerals import Number, plain

_JUDGED = re.compile(r"在([^，、。；]{2,20}(?:测评|评[估价选比]|考[核评]|竞赛|排名|[榜赛]))中[，,]?[^，。；]{0,14}$")
_FIELD = re.compile(
    r"[，、]?(?:在[^，。；]*[个家][^，。；评测考]{1,12}中[^，。；]{0,6}|(?<=[居列])全[省市国]?\d+[个家][^，。；、中第\d]{1,8})$"
)
_TRAILING = (  # what stands between a topic and its number, by kind
    ("rank", re.compile(r"(?:全[国省市球]|世界)$")),
    (
        "rank",
        re.compile(
            r"[、，]?(?:综合|整体|连续[\d一二三四五六七八九十两]{1,2}年|稳|均|都|分别|继续|跃|首次|持续)?(位居|居|位列|列|名列|排名|排在|排|跃居|跃升|跃至|升至|上升至|提升至|提升到|升到|晋升|保持|进入|跻身|迈入|前移至|稳居|攀升至|获评|获(?!得)|位次)(?!民)[^，；]{0,16}$"
        ),
    ),
    ("change", re.compile(r"受[^，。；]{2,14}影响$")),
    ("multiple", re.compile(r"(?:可以)?(?:等于|相当于|达到|达|是|为)[^，。；]{0,24}$")),
    ("rank", re.compile(r"[，、]?(?:世界|全球|全国|全省|亚洲)?(?:排名|位次|排位)[由从]?[^，]{0,12}$")),
    ("share", re.compile(r"(?:^|(?<=年))占(?!比)[^，。；]{2,16}比[重例][^，。；]{0,4}$")),
    ("share", re.compile(r"(?<!所)占(?!比)[^，。；]{2,16}的比[重例][^，。；]{0,4}$")),
    ("share", re.compile(r"(?:[只仅]有|[只仅]?相当于|[只仅]占|[只仅]为)[^，。；]{1,14}的$")),
    ("share", re.compile(r"占(?!有率|比)[^比，。；]{1,20}的?$")),
    ("share", re.compile(r"(?:完成|为|是|达到?)[^，。；]{0,10}(?:预算|计划|任务|目标)的?$")),
)
_AGAINST = re.compile(r"(?:比(?![重例率值])|较|与|(?<![合协共])同)[^，。；]{1,14}(?<!之比)(?<!比[率例值重])$")
_BECOMES = re.compile(
    r"(?:优化|撤并|归并|合并|并|整合|重组|精简|压[减缩]|缩减|减少|调整|扩[大充容]|增加|增|减){1,2}(?:到|至|为|成)"
)
_LISTED = re.compile(r"(?:(?!以及|[、和与])[^、和与]|[和与](?=[平谐]))+")
_FIGURE = re.compile(r"\d[\d.]*|第[一二三四五六七八九十]+")
_GLUED = re.compile(rf"{LIST_GLUE.pattern}|(?:{CHANGE_WORDS}|扩大|发展|调整)?(?:到|至|为)")  # within one deal
_OWNING = frozenset(words("增加 减少 压减 压缩 降低 提高 精简 缩短 节约 提升 上涨 下降"))
_OF_WHOLE = re.compile(r"占|(?:完成|达到?|为)[^，。]{0,10}(?:计划|预算|目标|任务)的")
_AS_BEFORE = re.compile(r"(?:年|同期|改革前)的$")  # 恢复至2019年同期的
_HEADLESS = re.compile(r"的[还就也只仅已共约都便却多]{0,2}(?:有|达到?|占|是|为)?$")
_PEOPLE = frozenset(words("人 名 人次"))
_BOTH = re.compile(r"(?:均|都|双双|全部)[居列位排实增下在为达保]")
_STEPS = re.compile(r"(?:台阶|大关|关口)$")
_STEP = re.compile(r"台阶|大关|关口|规模|水平|级|指标|任务|目标")
_REACHED = re.compile(
    r"达|(?<![拿得收找借贷领接])到|至|超|破|过|迈|跨|跃|占|居|是|为|有|保持|稳定|控制|维持|增|降|减|升|涨|就业|支出|收入|接近|完成|实现"
)
_AMOUNT = re.compile(r"[、和及]\d[\d.]*[万亿]{0,2}(?:元|%|家|个|项|人|吨)?")
_MORE = re.compile(rf"(?:{_AMOUNT.pattern}){{1,12}}")
_TOTALS = frozenset(words("总数 总量 数量 总规模"))
_SAID_OF = frozenset(words("占比 比重 占 数 总数"))  # of what the number before counts
_PORTION = re.compile(r".*(?:速度|比[例重]|幅度|水平|份额|[增降涨]幅|增速|目标|增长|任务)")
_REACHING = re.compile(r"(?:覆盖|惠及|涵盖|涉及|带动|吸引|拥有)了?(?:全[国省市县区])?$")
_DEALT = 20  # no more names are dealt out in turn: a list of hundreds of figures would be read anew at each of them
_PICKS = re.compile("(?:的(?:就?有)?)?")  # between a threshold and how many pass it
_ASIDE = re.compile(r"[，]?(?:从|按|据|就|在)[^，]*(?:看|说|讲)[，]?$")  # 从数据来看
_PACKAGE = re.compile(r"[“‘「]([^“”‘’「」，。；：、]{2,14})$")
_ISSUED = re.compile(r"(?:出台|制定|制订|印发|发布|推出|提出|实施)了?")


def name_indicator(
    page: Page,
    claim: Draft,
    clause: int,
    start: int,
    end: int,
    sentence: list[Draft],
    following: Number | None,
    recent: Sequence[Draft] = (),
) -> str:
    """Find what a number measures: after it, before it, in the list it shares, or in an earlier clause."""
    number, line = claim.number, page.line
    stepped = sentence[-1] if sentence and _STEPS.search(sentence[-1].indicator) else None
    sentence = [
        c for c in sentence if c.role != "field" and not _STEPS.search(c.indicator)
    ]  # 迈上3个千亿元台阶、达到1.5万亿元
    before = sentence[-1] if sentence else None
    stop = min(end, following.start) if following else end
    counts = number.kind == "amount" and not AMOUNT_UNITS.search(number.unit)
    if counts and following and following.start == number.end and noun_after(page, following.end, end, True, ""):
        return ""  # 14类856项职能: that of the next, but 贫困户32户78人
    if number.unit == "条" and line[number.end : number.end + 1] in {"”", "’", "」"}:
        quoted = _PACKAGE.search(line, start, number.start)
        return quoted[1] if quoted else ""  # “惠企25条”
    if (
        before
        and line[number.start - 1 - (line[number.start - 1] == "-")] in "（("
        and number.kind == before.number.kind
    ):
        return before.indicator  # 较一季度（2.7%）提高
    if claim.kind == "rank" and (field := _FIELD.search(line[start : number.start])):
        among = range(start + field.start(), number.start)  # 在全市11个县中: the rank is not theirs
        others = [c for c in sentence if c.number.start not in among]
        if len(others) < len(sentence):
            for one in sentence[len(others) :]:
                one.role = "field"
            sentence, clause = others, among.start
            before = sentence[-1] if sentence else None
    own = (
        counts and claim.kind == "delta" and not page.noun(clause, max(line.rfind(claim.verb, clause, number.start), 0))
    )
    after = noun_after(page, number.end, stop, counts, number.unit) if own or claim.kind in {"level", "share"} else ""
    if after and not number.unit and _STEPS.search(after):
        after = ""  # 迈上5万亿台阶
    opened = line[number.start - 1 : number.start] == "的" and not page.follows_base(number.start)
    if claim.kind == "level" and after and number.unit == "元" and opened and not _STEP.search(after):
        return after  # 对应的7亿元基金
    if (
        claim.kind == "level"
        and after
        and not counts
        and _hands_on(page, clause, number.start)
        and not _STEP.match(after)
    ):
        return after  # 安排27亿元国债资金
    picks = following and number.unit == "元" and _PICKS.fullmatch(line, number.end, following.start)
    measure = page.noun(clause, number.start) if picks and clause and line[clause - 1] in "，；：。（" else ""
    if MEASURED.search(plain(measure)) or indicator_code(plain(measure)):
        return measure  # 其中产值过亿元的75家
    if picks and following and claim.kind == "level" and not noun_after(page, following.end, end, True, ""):
        for earlier in reversed(sentence):
            if earlier.kind == "level" and earlier.number.unit == following.unit:
                return _bare(earlier.indicator)  # 签约项目20个，其中过亿元的3个
    if (
        claim.kind == "level"
        and number.bound in {"min", "max"}
        and not counts
        and re.search(f"^.{{0,3}}{COUNTABLE.pattern}$", after)
    ):
        left = _topic(page, clause, number.start, claim, start, sentence)
        return after if not left or is_deed(left) else left  # a threshold in a modifier: 过亿元项目
    if counts and after and (own or claim.kind == "level"):
        return after
    if before and counts and before.number.unit == number.unit:
        spent = line[clause : number.start].removeprefix(plain(before.indicator))
        if before.indicator and "分别" not in line[start : number.start] and _BECOMES.fullmatch(spent):
            return before.indicator  # 将54个村归并为31个
    if before and page.follows_base(number.start) and _AGAINST.search(line[clause : number.start]):
        return before.indicator  # 比1952年的73亿元增长
    if separate := _separately(page, claim, start, sentence):
        return separate
    if claim.listed and before:
        return _in_turn(page, number, start, sentence) or before.indicator
    if together := _together(line, clause, claim, sentence):
        return together
    joined = line[number.start - 1 : number.start] in {"和", "及", "、"}
    if claim.kind == "share" and (joined or _REACHING.search(line[clause : number.start])):
        shared = noun_after(page, number.end + (line[number.end : number.end + 1] == "的"), stop, True, "")
        if len(shared) > 1:  # 城区和93%以上行政村
            return shared
    handed = claim.kind == "level" and not counts and _hands_on(page, clause, number.start)
    if line[number.end : number.end + 1] == "的" and (
        handed or (claim.kind == "share" and not _predicated(page, clause, number.start))
    ):
        shared = noun_after(page, number.end + 1, stop, True, "")
        if len(shared) > 1 and not _PORTION.fullmatch(shared):
            return shared  # 全村八成的农户, 接到800万元的订单
    if counts and number.unit and claim.kind == "level" and not after and _ends_headless(page, clause, number.start):
        same = next((c for c in reversed(recent) if c.kind == "level" and c.number.unit == number.unit), None)
        if same:
            return same.indicator  # 63户村民 … 第二年入社的就有301户
    left = _topic(page, clause, number.start, claim, start, sentence)
    if len(left) == 1 and is_deed(left) and claim.kind != "level":
        left = ""  # 支出连年压减，今年再砍6%
    if (
        stepped
        and (not left or left == stepped.indicator)
        and not re.search("[。；]", line[stepped.number.end : number.start])
    ):
        opening = max([start] + [line.rfind(c, start, stepped.number.start) + 1 for c in "，；："])
        return page.noun(opening, stepped.number.start) or (before.indicator if before else "")
    policy = _is_policy(page, claim, clause, sentence)
    if counts and not after and before and before.number.end == number.start:  # 划转6类24项运营职能
        taken = _hands_on(page, start, before.number.start)
        after = noun_after(page, number.end, stop, True, "") if taken else ""
        if after:
            return after
    counted = next((c for c in reversed(sentence) if c.kind == "level" and c.number.unit == number.unit), None)
    idle = not left or is_deed(left) or left in _TOTALS
    if counts and number.unit and claim.kind == "level" and not after and not policy and counted and idle:
        if before and before.number.unit == "元" and _PICKS.fullmatch(line, before.number.end, number.start):
            return _bare(counted.indicator)
        return counted.indicator  # 63项任务占八成，已办结13项
    alike = before and claim.kind == "level" and not after and not policy and before.number.unit == number.unit
    if before and alike and counts and (is_deed(left) or left in _TOTALS):
        return before.indicator  # 63项任务已办结13项
    if before and (left in _SAID_OF or (left in _TOTALS and claim.kind == "rank")):
        return before.indicator  # 床位增加30张，占比提高到60%
    if re.fullmatch("(?:最[高低多少大小快长短]的?){1,2}[户村镇县]?", left):
        left = ""  # 最高的达到230万元
    earned = left in {"增收", "减收"} and before and before.number.unit != number.unit  # 每亩增收390元
    if before and not earned and left in {"增产", "减产", "增收", "减收", "涨幅", "降幅", "减幅", "增幅", "增速"}:
        return before.indicator
    made = after and claim.kind == "level" and number.unit != "元" and not counts and not _STEP.search(after)
    if made and not MEASURED.search(plain(left)) and not indicator_code(plain(left)):
        return after  # 50万吨乙醇
    if left and not (after and is_deed(left)):
        return (_in_turn(page, number, start, []) if "、" in left and claim.kind != "rank" else "") or left
    if claim.kind == "level" and after:
        return after
    acts = number.end < stop and page.word(number.end).role in {Role.ACTS, Role.GOVERNS}
    if counts and claim.kind == "level" and not left and acts:  # 47人入选人才计划
        done = page.word(number.end).end
        done += line[done : done + 1] == "了"
        entered = noun_after(page, done, stop, counts, number.unit)
        if not entered and (not before or before.number.unit != number.unit):
            return page.word(number.end).term
        return re.sub(r"^“[^”]*”(?=[一-鿿])", "", entered)
    if claim.kind == "share" and (not left or is_deed(left)):
        shared = noun_after(page, number.end + (line[number.end : number.end + 1] == "的"), stop, True, "")
        if len(shared) > 1:  # 96%的养老机构, 93%以上行政村
            return shared
    if before and not left and (gap := line[before.number.end : max(clause - 1, before.number.end)]):
        part = gap.rfind("；") + 1
        if part and (subject := page.noun(before.number.end + part, clause - 1)):
            return subject  # 村集体占股60%；村民以土地入股，占股40%
        segment = max(gap.rfind(c) for c in "，；：") + 1
        noun = page.noun(before.number.end + segment, clause - 1) if segment else ""
        if noun and (indicator_code(plain(noun)) or MEASURED.search(plain(noun))):
            return noun
    modifies = claim.kind == "level" and not left and line[number.end : number.end + 1] == "的"
    if modifies and (owner := noun_after(page, number.end + 1, stop, True, number.unit)):
        return owner  # 20万千瓦以上的火电站
    persons = counts and claim.kind == "level" and not left and number.unit in _PEOPLE
    if persons and before and before.number.unit not in _PEOPLE and (told := page.words(clause, number.start)):
        deed = told[-1]
        if deed.role in {Role.GOVERNS, Role.ACTS} and len(deed.term) == 2 and not _REACHED.search(deed.term):
            return deed.term  # 查处问题213起，处理310人
    if before and (claim.kind != "level" or not left):
        money = claim.kind == "level" and number.unit == "元" != before.number.unit  # 惠及农户90户，户均6万元
        paid = next((c for c in reversed(sentence) if money and c.kind == "level" and c.number.unit == "元"), before)
        return paid.indicator
    if clause > start and not left and not (counts and acts):  # the topic stands in the clause before
        opening = max(line.rfind(c, start, clause - 1) for c in "，；：") + 1
        if _ASIDE.match(line[max(opening, start) : clause]):
            return ""
        return _topic(page, max(opening, start), clause - 1, claim, start)
    return left or after


def _bare(name: str) -> str:
    """Leave of what was counted the noun alone, of which a part is picked: 签约项目 leaves 项目."""
    return next((m[0] for m in COUNTABLE.finditer(name) if m.end() == len(name)), name)


def _ends_headless(page: Page, clause: int, stop: int) -> bool:
    """Say whether a number counts what a clause in 的 without its noun tells apart: 通过审核的还有."""
    mark = _HEADLESS.search(page.line, clause, stop)
    before = page.words(clause, mark.start()) if mark else []
    return bool(before) and (before[-1].role in {Role.ACTS, Role.GOVERNS} or before[-1].tag == "vn")


def _together(line: str, clause: int, claim: Draft, sentence: Sequence[Draft]) -> str:
    """Join the names of a list of amounts of which a rank or change is said as a whole: 均居全省第1位."""
    if claim.kind not in {"rank", "change", "delta"} or not sentence or not _BOTH.match(line, clause):
        return ""
    listed = [sentence[-1]]
    for earlier in reversed(sentence[:-1]):
        if re.search(r"[，。；]", line[earlier.number.end : listed[0].number.start]):
            break
        listed.insert(0, earlier)
    return "、".join(dict.fromkeys(c.indicator for c in listed if c.indicator))


def _in_turn(page: Page, number: Number, start: int, sentence: Sequence[Draft]) -> str:
    """Deal names out to as many numbers, without 分别: 利润、税收7亿元、5亿元."""
    line, first, nth = page.line, number, 0
    for earlier in reversed(sentence):
        if not re.fullmatch("[、和及与]", line[earlier.number.end : first.start]):
            break
        first, nth = earlier.number, nth + 1
    if nth > _DEALT:
        return ""
    opening = max([start] + [line.rfind(c, start, first.start) + 1 for c in "，；：。"])
    parts = page.noun(opening, first.start).split("、")
    more = _MORE.match(line, number.end)
    total = nth + 1 + (len(_AMOUNT.findall(more[0])) if more else 0)
    return parts[nth] if len(parts) == total > 1 else ""


def _hands_on(page: Page, clause: int, stop: int) -> bool:
    """Say whether a verb that takes an object touches the number: what stands before it is its subject."""
    found = page.words(clause, stop)
    while found and found[-1].role is Role.LINKS:
        found.pop()
    return bool(found) and found[-1].role in {Role.GOVERNS, Role.ACTS} and not _REACHED.search(found[-1].term)


def _predicated(page: Page, clause: int, stop: int) -> bool:
    """Say whether a verb or a preposition leads on to a number: 占51%的, 以15%的."""
    found = page.words(clause, stop)
    roles = {Role.GOVERNS, Role.ACTS, Role.TURNS, Role.LINKS}
    return bool(found) and found[-1].role in roles and found[-1].term[:1] not in {"", "全", "其"}


def _is_policy(page: Page, claim: Draft, clause: int, sentence: Sequence[Draft]) -> bool:
    """Say whether 条 counts the articles of a policy that the words before it name: 出台稳就业22条."""
    listed = bool(sentence) and sentence[-1].number.unit == "条" and page.line[sentence[-1].number.end] == "、"
    return claim.number.unit == "条" and (listed or bool(_ISSUED.search(page.line, clause, claim.number.start)))


def _topic(page: Page, clause: int, stop: int, claim: Draft, start: int, sentence: Sequence[Draft] = ()) -> str:
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
        return page.noun(opening, before.number.start) + page.text[before.number.start : stop]  # 新签约过亿元项目288个
    if claim.kind == "rank" and (judged := _JUDGED.search(line[start:stop])):
        return page.text[start + judged.start(1) : start + judged.end(1)]
    if claim.kind == "rank" and before and follows:
        rest = line[clause + len(before.indicator) : stop]
        if not re.match(r"[^，、由在]{0,6}(?:额|量|率|增速|规模|面积|水平|指数|数量?)(?=[、位居列排稳跃])", rest):
            return before.indicator
    if _is_policy(page, claim, clause, sentence) and re.match(r"[，、；。等政措]|$", line[claim.number.end :]):
        opening = max([clause] + [m.end() for m in _ISSUED.finditer(line, clause, stop)])
        if page.noun(opening, stop):
            return page.text[opening:stop].lstrip("、，了")
    for kind, trailing in _TRAILING:
        if kind in {claim.kind, claim.number.kind}:
            part = trailing.search(line[clause:stop])
            while part and part.lastindex and clause + part.end(1) not in page.cuts:  # 排 of 排放量
                part = trailing.search(line[clause:stop], part.start() + 1)
            stop = clause + part.start() if part else stop
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
    counts = claim.number.kind == "amount" and not AMOUNT_UNITS.search(claim.number.unit)
    listed = line.rfind("等", clause, stop - 1)
    if (
        listed >= 0
        and not re.match(r"级|教育|院校|学校", line[listed + 1 : stop])
        and (counts or not page.lists_names(clause, listed))
    ):
        clause = listed + 1
    noun = page.noun(clause, stop, told=cut >= 0)
    return "经济增长" if noun == "经济" and "经济增长" in line[clause : claim.number.start] else noun


def _separately(page: Page, claim: Draft, start: int, sentence: list[Draft]) -> str:
    """Deal the names before 分别 out to the numbers after it, in their order."""
    line, number = page.line, claim.number
    mark = line.rfind("分别", start, number.start)
    if mark < 0:
        return ""
    dealt = [c for c in sentence if c.number.start > mark]
    between = line[mark + 2 : (dealt[0].number.start if dealt else number.start)]
    if claim.kind == "rank":
        between = re.split(r"\d", between)[0]  # 分别居全省34个区县第1位、第2位
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
    own = (
        ""
        if _OF_WHOLE.match(between) or _AS_BEFORE.search(between)
        else page.noun(mark + 2, mark + 2 + (moved.start() if moved else len(between)))
    )
    if own:
        return own
    names = [m.span() for m in re.finditer("[^、]+", line[begin:finish])]
    names = [(begin + a, begin + b) for a, b in names]
    if len(names) != len(_FIGURE.findall(re.match("[^，。；]*", line[mark:])[0])):  # type: ignore[index]
        names = [m.span() for m in _LISTED.finditer(line, begin, finish)]
    if len(names) < 2 and begin < finish and claim.kind in {"share", "level"}:
        shared = page.noun(begin, finish)
        if shared not in _TOTALS:
            return shared  # 投资完成率分别为160%、121%
    if len(names) < 2:
        # 收入562亿元、利润21亿元，分别增长11%、19%: the names are those of the amounts before
        told = len(re.findall(r"%|倍|百分之|个百分点|第\d+位", re.match(r"[^，。；]*", line[mark:])[0]))  # type: ignore[index]
        told = told or len(_FIGURE.findall(re.match("[^，。；]*", line[mark:])[0]))  # type: ignore[index]
        said = [c for c in sentence if c.number.start < mark]
        earlier = [c for c in said if c.kind == said[-1].kind][-told:]
        return earlier[len(dealt)].indicator if len(dealt) < len(earlier) == told > 1 else ""
    a, b = names[len(dealt) % len(names)]
    b = next((m.start() for m in re.finditer("等(?!级)", line[a:b]) if len(dealt) + 1 == len(names)), b - a) + a
    return page.noun(a, b) or page.text[a:b]


def share_objects(made: list[Draft], line: str) -> None:
    """Give a number of a range or list, whose noun comes after the last of them, that noun."""
    for this, following in zip(reversed(made[:-1]), reversed(made[1:]), strict=True):
        between = line[this.number.end : following.number.start]
        ranges = this.number.bound == "min" and following.number.bound == "max"
        if not between and not this.indicator and this.kind == "level":
            this.indicator = following.indicator  # 10大类60项实事
        if len(between) <= 2 and LIST_GLUE.fullmatch(between) and (ranges or not this.indicator):
            this.indicator, this.kind, this.direction = following.indicator, following.kind, following.direction


def carried(claim: Draft, before: Draft) -> str:
    """Give a figure that names nothing the subject of the sentence before, if it is a change or counts by the same unit."""
    number = claim.number
    counts = number.kind == "amount" and number.unit != "元" and number.unit == before.number.unit
    return before.indicator if claim.kind != "level" or counts else ""
