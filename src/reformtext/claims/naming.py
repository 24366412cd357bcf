"""What a number measures: the noun after it, before it, in the list that it shares, or said earlier.

`STEPS` is what a careful reader tries, in order; the first step that knows the name gives it. Each step reads a `Case`,
the number with its clause and the claims before it. A step returns None where it does not apply, and an empty name
where a later number of the same list will bring it (`share_objects`).
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

from reformtext.claims.draft import AMOUNT_UNITS, LIST_GLUE, Draft
from reformtext.claims.indicators import indicator_code
from reformtext.claims.nouns import CHANGE_WORDS, COUNTABLE, MEASURED, Page, noun_after
from reformtext.claims.roles import Role, Word, is_deed, words
from reformtext.texts.numerals import Number, plain

# ---- ranks and the field in which something is ranked ------------------------------------------------------------
_JUDGED = re.compile(
    r"在((?:（[^（）]{1,8}）|[^，、。；]){2,20}(?:测评|评[估价选比]|考[核评]|竞赛|排名|[榜赛]))中[，,]?[^，。；]{0,14}$"
)
_FIELD = re.compile(
    r"[，、]?(?:在[^，。；]*[个家][^，。；评测考]{1,12}(?:中[^，。；]{0,6}|(?:排名?|位|居|列)[^，。；]{0,4})|(?<=[居列])全[省市国]?\d+[个家][^，。；、中第\d]{1,8})$"
)
_RANKED = re.compile(
    r"[、，]?(?:综合|整体|连续[\d一二三四五六七八九十两]{1,2}年|稳|均|都|分别|继续|跃|首次|持续)?(位居|居|位列|列|名列|排名|排在|排|跃居|跃升|跃至|升至|上升至|提升至|提升到|升到|晋升|保持|进入|跻身|迈入|前移至|稳居|攀升至|获评|获(?!得)|位次)(?!民)[^，；]{0,16}$"
)
# ---- what stands between a topic and its number, by kind ---------------------------------------------------------
_OF_WHOLE = r"(?:完成|达到?|占|为|是|等于|(?:只|仅)?相当于|[只仅]有|[只仅]占|[只仅]为)"
_TRAILING = (
    ("rank", re.compile(r"(?:全[国省市球]|世界)$")),
    ("rank", _RANKED),
    ("rank", re.compile(r"[，、]?(?:世界|全球|全国|全省|亚洲)?(?:排名|位次|排位)[由从]?[^，]{0,12}$")),
    ("change", re.compile(r"受[^，。；]{2,14}影响$")),
    ("multiple", re.compile(r"(?:可以)?(?:等于|相当于|达到|达|是|为)[^，。；]{0,24}$")),
    ("share", re.compile(r"(?:^|(?<=年))占(?!比)[^，。；]{2,16}比[重例][^，。；]{0,4}$")),
    ("share", re.compile(r"(?<!所)占(?!比)[^，。；]{2,16}的比[重例][^，。；]{0,4}$")),
    ("share", re.compile(r"占(?!有率|比)[^比，。；]{1,20}的?$")),
    ("share", re.compile(rf"{_OF_WHOLE}[^，。；]{{1,16}}的$")),
    ("share", re.compile(r"(?:完成|为|是|达到?)[^，。；]{0,10}(?:预算|计划|任务|目标)$")),
)
_AGAINST = re.compile(r"(?:(?<!占)比(?![重例率值])|较|与|(?<![合协共])同)[^，。；]{1,14}(?<!之比)(?<!比[率例值重])$")
_OWNING = frozenset(words("增加 减少 压减 压缩 降低 提高 精简 缩短 节约 提升 上涨 下降"))  # take what moved as object
_UNSPOKEN = frozenset(
    words("倍 增收 减收 增产 减产 增速 增幅 涨幅 降幅 跌幅 升幅 增长率")
)  # verbs of a claim that do not part the topic from the number
# ---- names dealt out ---------------------------------------------------------------------------------------------
_LISTED = re.compile(r"(?:(?!以及|[、和与])[^、和与]|[和与](?=[平谐]))+")
_ONE = r"(?:\d[\d.]*|第[\d一二三四五六七八九十]+)[^，。；、和及与\d]{0,6}"
_SERIES = re.compile(rf"{_ONE}(?:[、和及与]{{1,2}}(?={_ONE}){_ONE}){{0,20}}")
_GLUED = re.compile(rf"{LIST_GLUE.pattern}|(?:{CHANGE_WORDS}|扩大|发展|调整)?(?:到|至|为)")  # within one deal
_SHARE_OF = re.compile(
    rf"占(?!比)|(?:{_OF_WHOLE}|.*(?:年|同期|改革前)).*的$"
)  # 恢复至2019年同期的: no measure of its own
_BOTH = re.compile(r"(?:均|都|双双|全部)[居列位排实增下在为达保]")
_DEALT = 20  # no more names are dealt out in turn: a list of hundreds of figures would be read anew at each of them
# ---- words by what they tell of a name -------------------------------------------------------------------------
_BECOMES = re.compile(
    r"(?:优化|撤并|归并|合并|并|整合|重组|精简|压[减缩]|缩减|减少|调整|扩[大充容展]|增加|发展|拓展|攀升|提升|上升|增长|下降|增|减){1,2}(?:到|至|为|成)(?:(?:现在|如今|目前|去年|今年)的?)?"
)
_REACHED = re.compile(
    r"达|(?<![拿得收找借贷领接])到|至|超|破|过|迈|跨|跃|占|居|是|为|有|保持|稳定|控制|维持|增|降|减|升|涨|就业|支出|收入|接近|完成|实现"
)
_REACHING = re.compile(r"(?:覆盖|惠及|涵盖|涉及|带动|吸引|拥有)了?(?:全[国省市县区])?$")
_MEANS = frozenset(words("以 按 按照 用"))
_HEADLESS = re.compile(r"的[还就也只仅已共约都便却多]{0,2}(?:有|达到?|占|是|为)?$")
_STEPS_TAKEN = re.compile(r"(?:台阶|大关|关口)$")
_STEP = re.compile(r"台阶|大关|关口|规模|水平|级|指标|任务|目标")
_TOTALS = frozenset(words("总数 总量 数量 总规模 数 占"))  # of what was counted before
_MOVES = frozenset(words("增收 减收 增产 减产"))
_MOTION = frozenset(words("增速 增幅 升幅 涨幅 降幅 减幅 跌幅 占比 比重"))  # of which nothing grows by a rate
_SUPERLATIVE = re.compile("(?:最[高低多少大小快长短]的?){1,2}[户村镇县]?")  # 最高的达到230万元
_PORTION = re.compile(r".*(?:速度|比[例重]|幅度|水平|份额|[增降涨]幅|增速|目标|增长|任务)")
_PER_UNIT = re.compile(r"平均$")
_PICKS = re.compile("(?:的(?:就?有)?)?")  # between a threshold and how many pass it
_ASIDE = re.compile(r"[，]?(?:从|按|据|就|在)[^，]*(?:看|说|讲)[，]?$")  # 从数据来看
_PACKAGE = re.compile(r"[“‘「]([^“”‘’「」，。；：、]{2,14})$")
_ISSUED = re.compile(r"(?:出台|制定|制订|印发|发布|推出|提出|实施)了?")
_PEOPLE = frozenset(words("人 名 人次"))
_TURNS = frozenset(words("次 场 轮 届"))  # they count deeds
_FAR = re.compile("[距离][^，]{1,10}$")  # 距村委会8公里的自然村
_LATIN = re.compile(r"[（(][A-Za-z][\w.]{0,9}[)）]$")  # 地区生产总值（GDP）
_VERBS = frozenset({Role.GOVERNS, Role.ACTS})


class Case:
    """A number whose name is asked: its claim, its clause and sentence, the claims before it, the number after."""

    def __init__(
        self,
        page: Page,
        claim: Draft,
        clause: int,
        start: int,
        end: int,
        sentence: Sequence[Draft],
        following: Number | None,
        recent: Sequence[Draft],
    ) -> None:
        self.page, self.line, self.claim, self.number = page, page.line, claim, claim.number
        if named := _LATIN.search(self.line, start, clause):
            opening = max(self.line.rfind(mark, start, named.start()) + 1 for mark in "，,；;：:。")
            clause = max([start, opening] + [c.number.end for c in sentence[-1:]])
        self.clause, self.start, self.end = clause, start, end
        self.following, self.recent = following, recent
        self.stop = min(end, following.start) if following else end
        self.counts = self.number.kind == "amount" and not AMOUNT_UNITS.search(self.number.unit)
        self.level, self.share = claim.kind == "level", claim.kind == "share"
        told = [c for c in sentence if c.role != "field"]
        self.stepped = told[-1] if told and _STEPS_TAKEN.search(told[-1].indicator) else None
        self.sentence = [c for c in told if not _STEPS_TAKEN.search(c.indicator)]  # 迈上3个千亿元台阶、达到1.5万亿元
        self.field = ""  # what stands before the field of a rank: 产量在全市11个县中
        if claim.kind == "rank" and (field := _FIELD.search(self.line, start, self.number.start)):
            others = [c for c in self.sentence if c.number.start < field.start()]
            for one in self.sentence[len(others) :]:
                one.role = "field"  # 在全市11个县中: the rank is not theirs
            if len(others) < len(self.sentence):
                self.sentence, self.clause = others, field.start()
                last = others[-1].number.end if others else start
                self.field = page.noun(max(self.opening(self.clause), last), self.clause)
        self.before = self.sentence[-1] if self.sentence else None

    @property
    def said(self) -> str:
        """The words of the clause before the number."""
        return self.line[self.clause : self.number.start]

    @cached_property
    def owns(self) -> bool:
        """Whether a stated change counts things, named behind it: 减少3个环节."""
        if not self.counts or self.claim.kind != "delta":
            return False
        verb = max(self.line.rfind(self.claim.verb, self.clause, self.number.start), 0)
        return not self.page.noun(self.clause, verb)

    @cached_property
    def after(self) -> str:
        """The noun that touches the number on its right."""
        if not (self.owns or self.level or self.share):
            return ""
        name = noun_after(self.page, self.number.end, self.stop, self.counts, self.number.unit)
        past = name in {"大关", "关口"} or (not self.number.unit and _STEPS_TAKEN.search(name))  # 迈上5万亿台阶
        return "" if past else name

    @cached_property
    def behind(self) -> str:
        """The noun on the right that a number in 的, or a share, is said of: 八成的农户, 93%以上行政村."""
        at = self.number.end + self.of
        return noun_after(self.page, at, self.stop, True, "") if at < self.stop else ""

    @cached_property
    def of(self) -> bool:
        """Whether 的 follows the number."""
        return self.line[self.number.end : self.number.end + 1] == "的"

    @cached_property
    def left(self) -> str:
        """The topic of the clause: its noun before the number."""
        name = self.field or _topic(self, self.clause, self.number.start)
        alone = len(name) == 1 and is_deed(name) and not self.level  # 支出连年压减，今年再砍6%
        grows = self.claim.kind == "change" and name in _MOTION  # 6月增速达7%: of what grows
        return "" if alone or grows or _SUPERLATIVE.fullmatch(name) else name

    @cached_property
    def idle(self) -> bool:
        """Whether the clause names nothing of its own: only a verb, or a total."""
        return not self.left or is_deed(self.left) or self.left in _TOTALS or self.only_deeds

    @cached_property
    def only_deeds(self) -> bool:
        """Whether the clause tells two verbs of what was counted before: 关停取缔15家、整改提升20家."""
        found = self.page.words(self.clause, self.number.start)[-2:]
        done = len(found) == 2 and found[0].role in _VERBS and (found[1].role in _VERBS or found[1].tag == "x")
        done = done and {found[0].role, found[1].role} != {Role.GOVERNS, Role.NAMES}  # 新增托位
        return done and self.counts and found[0].start - self.clause < 2

    @cached_property
    def takes(self) -> bool:
        """Whether a verb that takes an object touches the number: what stands before it is its subject."""
        return _takes(self.page.words(self.clause, self.number.start))

    @cached_property
    def policy(self) -> bool:
        """Whether 条 counts the articles of a policy that the words before it name: 出台稳就业22条."""
        if self.number.unit != "条":
            return False
        last = self.before.number if self.before else None
        listed = last is not None and last.unit == "条" and self.line[last.end] == "、"
        return listed or bool(_ISSUED.search(self.line, self.clause, self.number.start))

    @cached_property
    def acts(self) -> bool:
        """Whether a verb follows the number: 47人入选."""
        return self.number.end < self.stop and self.page.word(self.number.end).role in _VERBS

    def counted(self) -> Draft | None:
        """Give the last level of the sentence in the same unit."""
        return next(
            (c for c in reversed(self.sentence) if c.kind == "level" and c.number.unit == self.number.unit), None
        )

    def opening(self, before: int, marks: str = "，；：。") -> int:
        """Give where the clause opens in which a place of the sentence stands."""
        return max([self.start] + [self.line.rfind(mark, self.start, before) + 1 for mark in marks])


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
    case = Case(page, claim, clause, start, end, sentence, following, recent)
    return next((name for step in STEPS if (name := step(case)) is not None), "")


# ---- the steps ---------------------------------------------------------------------------------------------------
def _of_the_next(case: Case) -> str | None:
    """Leave 14类856项职能, and 列入清单的85台、71吨锅炉, to the next number, but not 贫困户32户78人."""
    number, following = case.number, case.following
    if not case.counts or not following:
        return None
    gap = case.line[number.end : following.start]
    if gap and not (gap == "、" and case.line[number.start - 1] == "的"):
        return None
    span = re.compile(rf"(?:[-—~～至到]+[\d.]+{following.unit})?").match(case.line, following.end)
    return "" if span and noun_after(case.page, span.end(), case.end, True, "") else None


def _package(case: Case) -> str | None:
    """Name a package in quotation marks by its words: “惠企25条”."""
    if case.number.unit != "条" or case.line[case.number.end : case.number.end + 1] not in {"”", "’", "」"}:
        return None
    quoted = _PACKAGE.search(case.line, case.start, case.number.start)
    return quoted[1] if quoted else ""


def _in_brackets(case: Case) -> str | None:
    """Give a figure in brackets the name of the one that it is compared with: 增长9%，较一季度（2.7%）."""
    sign = case.number.start - 1 - (case.line[case.number.start - 1] == "-")
    alike = case.before and case.number.kind == case.before.number.kind
    opened = max(case.line.rfind(mark, case.start, case.number.start) for mark in "（(")
    closed = max(case.line.rfind(mark, case.start, case.number.start) for mark in "）)")
    if case.share and opened > closed and case.left in {"占比", "比重"}:  # 电梯（占比9%）
        return case.page.noun(max(case.opening(opened), closed + 1), opened) or None
    return case.before.indicator if case.before and alike and case.line[sign] in "（(" else None


def _object(case: Case) -> str | None:
    """Take the noun behind an amount that a verb, or a clause in 的, spends on it: 安排27亿元国债资金, 对应的7亿元基金."""
    if not case.level or case.counts or not case.after:
        return None
    touched = case.line[case.number.start - 1 : case.number.start] == "的"
    opened = touched and case.number.unit == "元" and not case.page.follows_base(case.number.start)
    if opened and not _STEP.search(case.after):
        return case.after
    return case.after if case.takes and not _STEP.match(case.after) else None


def _threshold(case: Case) -> str | None:
    """Name a threshold by the measure that it bounds, else by the noun of what passes it: 总投资超10亿元的项目3个."""
    line, number, following = case.line, case.number, case.following
    if not case.level or case.counts:
        return None
    if following and number.unit == "元" and _PICKS.fullmatch(line, number.end, following.start):
        opens = case.clause and line[case.clause - 1] in "，；：。（"
        measure = case.page.noun(case.clause, number.start) if opens else ""
        if _measures(measure):
            return measure  # 其中产值过亿元的75家
        same = [c for c in case.sentence if c.kind == "level" and c.number.unit == following.unit]
        if same and not noun_after(case.page, following.end, case.end, True, ""):
            return _bare(same[-1].indicator)  # 签约项目20个，其中过亿元的3个
    if case.before and case.before.kind == "level" and line[case.before.number.end : number.start] == "或":
        return case.before.indicator  # 5亿美元或30亿元以上
    if number.bound not in {"min", "max"} or not re.search(f"^.{{0,3}}{COUNTABLE.pattern}$", case.after):
        return None
    bounded = _topic(case, case.clause, number.start)
    return bounded if _measures(bounded) or (bounded and not is_deed(bounded)) else case.after


def _counted_after(case: Case) -> str | None:
    """Take the noun behind a count: 63项重点改革任务."""
    return case.after if case.counts and case.after and (case.owns or case.level) else None


def _same_again(case: Case) -> str | None:
    """Keep the name where a count becomes another (54个村归并为31个) or is told against a base (比1952年的73亿元)."""
    before = case.before
    if not before or not before.indicator:
        return None
    spent = case.said.removeprefix(plain(before.indicator))
    becomes = case.level and before.number.unit == case.number.unit and _BECOMES.fullmatch(spent)
    if becomes and "分别" not in case.line[case.start : case.number.start]:
        return before.indicator
    based = case.page.follows_base(case.number.start) and _AGAINST.search(case.said)
    return before.indicator if based else None


def _listed(case: Case) -> str | None:
    """Deal the names of a list out, or give its one name to every number: 利润、税收7亿元、5亿元."""
    if not case.claim.listed or not case.before:
        return None
    return _in_turn(case, case.sentence) or case.before.indicator or None


def _together(case: Case) -> str | None:
    """Join the names of a list of amounts of which a rank or change is said as a whole: 均居全省第1位."""
    if case.claim.kind not in {"rank", "change", "delta"} or not case.before or not _BOTH.match(case.line, case.clause):
        return None
    listed = [case.before]
    for earlier in reversed(case.sentence[:-1]):
        if re.search(r"[，。；]", case.line[earlier.number.end : listed[0].number.start]):
            break
        listed.insert(0, earlier)
    return "、".join(dict.fromkeys(c.indicator for c in listed if c.indicator)) or None


def _said_of_behind(case: Case) -> str | None:
    """Take the noun behind a share, or behind an amount in 的, of which it is said: 八成的农户, 800万元的订单."""
    if not (case.of or case.share) or len(case.behind) < 2:
        return None
    joined = case.line[case.number.start - 1 : case.number.start] in {"和", "及", "、"}
    if case.share and (joined or _REACHING.search(case.said)):
        return case.behind  # 城区和93%以上行政村
    found = case.page.words(case.clause, case.number.start)
    leads = bool(found) and found[-1].role in _VERBS | {Role.TURNS, Role.LINKS}
    predicated = leads and found[-1].term[:1] not in {"", "全", "其"}  # 占51%的, 以15%的
    paid = case.level and case.number.unit == "元" and any(w.term in _MEANS for w in found)  # 以6元的价格
    land = case.number.unit in {"亩", "公顷"} and not _measures(case.left)  # 这片2亩的菜地
    far = _FAR.search(case.said) and case.page.place(case.number.end + 1, case.end) == case.number.end + 1
    amount = case.level and not case.counts and (case.takes or land or far)
    said = paid or amount or (case.share and not predicated)
    return case.behind if case.of and said and not _PORTION.fullmatch(case.behind) else None


def _headless(case: Case) -> str | None:
    """Name what a clause in 的 without its noun counts by the last count in its unit: 第二年入社的就有301户."""
    if not case.counts or not case.number.unit or not case.level or case.after:
        return None
    mark = _HEADLESS.search(case.line, case.clause, case.number.start)
    told = case.page.words(case.clause, mark.start()) if mark else []
    same = [c for c in case.recent if c.kind == "level" and c.number.unit == case.number.unit]
    modifies = bool(told) and (told[-1].role in _VERBS or told[-1].tag == "vn")
    return same[-1].indicator if same and modifies else None


def _stepped(case: Case) -> str | None:
    """Name what reached a step before: 生产总值迈上3个千亿元台阶、达到1.5万亿元."""
    step = case.stepped
    if not step or case.left not in {"", step.indicator}:
        return None
    if re.search("[。；]", case.line[step.number.end : case.number.start]):
        return None
    topic = case.page.noun(case.opening(step.number.start, "，；："), step.number.start)
    return topic or (case.before.indicator if case.before else "")


def _split_count(case: Case) -> str | None:
    """Take the noun behind two counts of which a verb takes the first: 划转6类24项运营职能."""
    before = case.before
    if not case.counts or case.after or not before or before.number.end != case.number.start:
        return None
    taken = _takes(case.page.words(case.start, before.number.start))
    return (noun_after(case.page, case.number.end, case.stop, True, "") if taken else "") or None


def _part_of_count(case: Case) -> str | None:
    """Name a count without a noun by the last level in its unit: 63项任务占八成，已办结13项; 人均…, 县级平均12项."""
    counted = case.counted()
    if case.before and case.before.number.end == case.number.start and not case.of:
        counted = case.before  # 377件379人
    if not counted and case.before and case.before.number.unit == case.number.unit:
        counted = case.before  # 净增31家，总数166家
    if not counted or not (case.level or case.only_deeds) or case.after or case.policy or not case.number.unit:
        return None
    if case.number.unit in _TURNS and case.left and case.left == case.said.strip("、，"):
        return case.left  # 公开招标40次、询价23次
    if case.counts and (case.idle or (_PER_UNIT.search(case.said) and not MEASURED.search(case.left))):
        before = case.before.number if case.before else None
        picked = before and before.unit == "元" and _PICKS.fullmatch(case.line, before.end, case.number.start)
        return _bare(counted.indicator) if picked else counted.indicator
    return None


def _of_the_last(case: Case) -> str | None:
    """Give a total, or a gain, of what was said last its name: 床位增加30张，总数60张; 每亩增收390元 names itself."""
    if not case.before:
        return None
    gained = case.left in _MOVES and (
        case.before.number.unit == case.number.unit or not (case.level or case.number.unit == "元")
    )
    totals = case.left in _TOTALS and (case.claim.kind == "rank" or not case.level or not case.counts)
    return case.before.indicator if gained or totals else None


def _product(case: Case) -> str | None:
    """Name a physical amount by the thing behind it: 50万吨乙醇."""
    made = case.after and case.level and case.number.unit != "元" and not case.counts and not _STEP.search(case.after)
    return case.after if made and not _measures(case.left) else None


def _topic_of_clause(case: Case) -> str | None:
    """Take the noun before the number, dealt out if it is a list; a mere verb gives way to the noun behind."""
    if case.left and not (case.after and is_deed(case.left)):
        dealt = _in_turn(case, []) if "、" in case.left and case.claim.kind != "rank" else ""
        return dealt or case.left
    return case.after if case.level and case.after and (case.counts or not is_deed(case.after)) else None


def _deed(case: Case) -> str | None:
    """Name a count without a noun by what was done: 查处问题213起，处理310人; 47人入选人才计划."""
    if not case.counts or not case.level or case.left:
        return None
    told = case.page.words(case.clause, case.number.start)
    persons = case.before and case.number.unit in _PEOPLE and case.before.number.unit not in _PEOPLE
    if persons and told and told[-1].role in _VERBS and not _REACHED.search(told[-1].term) and len(told[-1].term) == 2:
        return told[-1].term
    if not case.acts:
        return None
    verb = case.page.word(case.number.end)
    done = verb.end + (case.line[verb.end : verb.end + 1] == "了")
    entered = noun_after(case.page, done, case.stop, case.counts, case.number.unit)
    if not entered and (not case.before or case.before.number.unit != case.number.unit):
        return verb.term
    return re.sub(r"^“[^”]*”(?=[一-鿿])", "", entered)


def _shared_behind(case: Case) -> str | None:
    """Take the noun behind a number of a clause that names none: 96%的养老机构, 20万千瓦以上的火电站."""
    if case.share and (not case.left or is_deed(case.left)) and len(case.behind) > 1 and (case.of or not case.acts):
        return case.behind
    owner = case.level and not case.left and case.of
    return (noun_after(case.page, case.number.end + 1, case.stop, True, case.number.unit) if owner else "") or None


def _clause_between(case: Case) -> str | None:
    """Take the topic of a clause between the last number and this one's: 村民以土地入股，占股40%."""
    if not case.before or case.left:
        return None
    last = case.before.number.end
    gap = case.line[last : max(case.clause - 1, last)]
    part = gap.rfind("；") + 1
    if part and (subject := case.page.noun(last + part, case.clause - 1)):
        return subject
    segment = max(gap.rfind(mark) for mark in "，；：") + 1
    noun = case.page.noun(last + segment, case.clause - 1) if segment else ""
    return noun if _measures(noun) or _SUPERLATIVE.fullmatch(gap[:-1], max(len(gap) - 3, 0)) else None


def _said_before(case: Case) -> str | None:
    """Give a figure that names nothing the name said last, money that of money: 发放贷款6亿元、惠及90户，户均6万元."""
    if case.left and case.level:
        return None
    last = case.recent[-1].indicator if case.recent else ""
    if case.claim.kind == "change" and last in _MOTION:  # 增速提高1个百分点。9月当月增长7%
        return next((c.indicator for c in reversed(case.recent) if c.indicator not in _MOTION), last)
    if not case.before:
        return None
    money = case.level and case.number.unit == "元" != case.before.number.unit
    paid = case.counted() if money else None
    return (paid or case.before).indicator


def _clause_before(case: Case) -> str | None:
    """Take the topic of the clause before, if this one has none."""
    if case.clause <= case.start or case.left or (case.counts and case.acts):
        return None
    opening = case.opening(case.clause - 1, "，；：")
    aside = _ASIDE.match(case.line[opening : case.clause])
    return "" if aside else _topic(case, opening, case.clause - 1, alone=True)


# ---- shared helpers ----------------------------------------------------------------------------------------------
def _measures(name: str) -> bool:
    """Say whether a name is one of a measure: 产值, 办结率."""
    return bool(MEASURED.search(plain(name)) or indicator_code(plain(name)))


def _bare(name: str) -> str:
    """Leave of what was counted the noun alone, of which a part is picked: 签约项目 leaves 项目."""
    return next((m[0] for m in COUNTABLE.finditer(name) if m.end() == len(name)), name)


def _takes(found: list[Word]) -> bool:
    """Say whether words end in a verb that takes an object, adverbs aside."""
    while found and found[-1].role is Role.LINKS:
        found.pop()
    return bool(found) and found[-1].role in _VERBS and not _REACHED.search(found[-1].term)


def _in_turn(case: Case, sentence: Sequence[Draft]) -> str:
    """Deal names out to as many numbers, without 分别: 利润、税收7亿元、5亿元."""
    first, nth = case.number, 0
    for earlier in reversed(sentence):
        if not re.fullmatch("[、和及与]", case.line[earlier.number.end : first.start]):
            break
        first, nth = earlier.number, nth + 1
    if nth > _DEALT:
        return ""
    parts = case.page.noun(case.opening(first.start), first.start).split("、")
    return parts[nth] if len(parts) == _figures(case.line, first.start) > 1 and nth < len(parts) else ""


def _figures(line: str, at: int) -> int:
    """Count the numbers of the list that begins here: 8.1、6.7个百分点."""
    series = _SERIES.match(line, at)
    return 1 + len(re.findall(r"[、和及与]{1,2}(?=[\d第])", series[0])) if series else 1


# ---- the topic of a clause ---------------------------------------------------------------------------------------
def _topic(case: Case, clause: int, stop: int, alone: bool = False) -> str:
    """Take the noun of a stretch of the sentence before the number: what is left without verb, place, period, links."""
    line, page, claim = case.line, case.page, case.claim
    before = None if alone else case.before
    cut = -1 if not claim.verb or claim.verb in _UNSPOKEN else line.rfind(claim.verb, clause, stop)
    if cut >= 0:
        owns = claim.kind in {"delta", "change"} and claim.verb in _OWNING
        if owns and (noun := page.noun(cut + len(claim.verb), stop)):
            return noun
        stop = cut
        if compared := _AGAINST.search(line[clause:stop]):
            stop = clause + compared.start()
    if claim.kind == "rank" and (judged := _JUDGED.search(line[case.start : stop])):
        opening, end = case.start + judged.start(1), case.start + judged.end(1)
        if before and opening <= before.number.start:  # 在全省108家开发区综合评价中
            opening = before.number.end + len(before.indicator)
        return page.text[opening:end]
    follows = before and clause == before.number.end and line.startswith(before.indicator, clause)
    if before and follows and (name := _of_the_counted(case, before, clause, stop)):
        return name
    if case.policy and re.match(r"[，、；。等政措]|$", line[case.number.end :]):
        opening = max([clause] + [m.end() for m in _ISSUED.finditer(line, clause, stop)])
        if noun := page.noun(opening, stop):
            return noun if line[stop - 1] == "》" else page.text[opening:stop].lstrip("、，了")
    for kind, trailing in _TRAILING:
        if kind in {claim.kind, claim.number.kind}:
            part = trailing.search(line[clause:stop])
            while part and part.lastindex and clause + part.end(1) not in page.cuts:  # 排 of 排放量
                part = trailing.search(line[clause:stop], part.start() + 1)
            stop = clause + part.start() if part else stop
    clause = _past_the_counted(case, before, clause, stop)
    listed = line.rfind("等", clause, stop - 1)
    named = listed >= 0 and not re.match(r"级|教育|院校|学校", line[listed + 1 : stop])
    if named and (case.counts or not page.lists_names(clause, listed)):
        clause = listed + 1
    noun = page.noun(clause, stop, told=cut >= 0)
    return "经济增长" if noun == "经济" and "经济增长" in line[clause : case.number.start] else noun


def _of_the_counted(case: Case, before: Draft, clause: int, stop: int) -> str:
    """Name what a number says of the noun that the number before counts or bounds: 过亿元项目28个, 84家企业居第3位."""
    rest = clause + len(before.indicator)
    bounds = before.kind == "level" and before.number.unit == "元" and before.number.bound in {"min", "max"}
    if before.indicator and bounds and not case.page.noun(rest, stop):
        if re.search(r"\d", case.line[before.number.start : before.number.end]):
            return case.page.noun(clause, stop)  # 超10亿元项目5个
        opening = case.opening(clause, "，；：")
        return case.page.noun(opening, before.number.start) + case.page.text[before.number.start : rest]
    own = re.match(
        r"[^，、由在]{0,6}(?:额|量|率|增速|规模|面积|水平|指数|数量?)(?=[、位居列排稳跃])", case.line[rest:stop]
    )
    return before.indicator if case.claim.kind == "rank" and not own else ""


def _past_the_counted(case: Case, before: Draft | None, clause: int, stop: int) -> int:
    """Give where the topic begins behind a counted noun: 22个市级重点项目投资完成率 leaves 投资完成率."""
    line, page = case.line, case.page
    joined = clause > case.start and line[clause - 1] not in "，；：。、！？"
    if not joined or line[clause : clause + 1] in {"、", "，", "和", "及", ""}:
        return clause
    if before and before.indicator and line.startswith(plain(before.indicator), clause):
        spent = clause + len(before.indicator)
        sign = line[spent : spent + 1]
        if sign != "占" and (sign in {"、", "，"} or len(page.noun(spent, stop)) > 2):
            clause = spent
    ends = (m.end() for m in COUNTABLE.finditer(line, clause, stop))
    heads = [end for end in ends if end in page.cuts and line[end : end + 1] != "占"]
    return heads[-1] if heads and stop - heads[-1] > 2 and page.noun(heads[-1], stop) else clause


# ---- 分别 --------------------------------------------------------------------------------------------------------
def _separately(case: Case) -> str | None:
    """Deal the names before 分别 out to the numbers after it, in their order."""
    line, page, claim, number = case.line, case.page, case.claim, case.number
    mark = line.rfind("分别", case.start, number.start)
    if mark < 0:
        return None
    dealt = [c for c in case.sentence if c.number.start > mark]
    first = dealt[0].number if dealt else number
    between = line[mark + 2 : first.start]
    if claim.kind == "rank":
        between = re.split(r"\d", between)[0]  # 分别居全省34个区县第1位、第2位
    if re.search(r"[，。；：]", between) or re.search(r"[；。]", line[mark : number.start]):
        return None
    said = [c for c in case.sentence if c.number.start < mark]
    total = _figures(line, first.start)
    opening = case.opening(mark)
    spans = _names(case, opening, mark, total)
    while (
        len(spans) < 2 and opening > case.start and (not spans or _governed(page, opening, mark))
    ):  # 纺织、化工等行业，保持较快增长，分别增长8%、9%
        back = case.opening(opening - 1)
        if any(back <= c.number.start < mark for c in said):
            break
        earlier = _names(case, back, opening - 1, total)
        if earlier and (not spans or len(earlier) == total):
            spans = earlier
        opening = back
    begin, finish = (spans[0][0], spans[-1][1]) if spans else (mark, mark)
    if re.search(r"(?:双双|均|都)[^，]{0,4}$", line[mark : number.start]) and claim.kind in {"change", "rank"}:
        return page.text[begin:finish] or None
    if not all(_GLUED.fullmatch(line, a.end, b.start) for a, b in pairwise([*(c.number for c in dealt), number])):
        return None
    if said and claim.kind == "delta" and re.search("[、和]", between):
        return (page.noun(begin, finish) if opening > said[-1].number.end else "") or said[
            -1
        ].indicator  # 高于全国、全省
    inside = [c.number.end for c in said if opening <= c.number.start]
    if inside and "、" not in line[inside[-1] : mark]:
        return _topic(case, inside[-1], mark, alone=True) or _earlier_in_turn(said, total, len(dealt))
    moved = re.search(CHANGE_WORDS, between) if claim.kind in {"change", "delta"} else None
    measured = mark + 2 + (moved.start() if moved else len(between))
    own = "" if _SHARE_OF.match(between) else page.noun(mark + 2, measured)
    if own:
        return own
    if (
        len(spans) == 1
        and (claim.kind in {"share", "level"} or number.kind == "points")
        and (shared := page.noun(begin, finish)) not in _TOTALS
    ):
        return shared or None  # 投资完成率分别为160%、121%
    if len(spans) < 2:
        return _earlier_in_turn(said, total, len(dealt))
    a, b = spans[len(dealt) % len(spans)]
    return (page.noun(a, b) if page.place(a, b) == a else "") or page.text[a:b]


def _governed(page: Page, begin: int, end: int) -> bool:
    """Say whether a clause is a predicate that goes on with the subject before: 保持较快增长."""
    return any(w.role is Role.GOVERNS for w in page.words(begin, end))


def _names(case: Case, begin: int, end: int, total: int) -> list[tuple[int, int]]:
    """Cut a list of names into as many as there are figures: at 、 alone, or at 和 too."""
    opening = begin
    begin, end = case.page.peel(begin, end)
    for back in reversed([m.end() for m in re.finditer("^|[、和]", case.line[opening:begin])]):
        if (
            not re.search("[、和]", case.line[opening:begin])
            or not case.page.place(opening + back, end) > opening + back
        ):
            break
        begin = opening + back  # 美国、欧洲航线: places of a list are its names
    closed = next((m.start() for m in re.finditer("等(?!级)", case.line[begin:end])), None)
    if closed and "、" in case.line[begin : begin + closed]:
        end = begin + closed
    spans = [(begin + m.start(), begin + m.end()) for m in re.finditer("[^、]+", case.line[begin:end])]
    return spans if len(spans) == total else [m.span() for m in _LISTED.finditer(case.line, begin, end)]


def _earlier_in_turn(said: Sequence[Draft], total: int, nth: int) -> str | None:
    """Deal out the names of as many amounts before: 收入562亿元、利润21亿元，分别增长11%、19%."""
    earlier = [c for c in said if c.kind == said[-1].kind][-total:]
    return earlier[nth].indicator if nth < len(earlier) == total > 1 else None


STEPS: tuple[Callable[[Case], str | None], ...] = (
    # what the number belongs to by its form alone
    _of_the_next, _package, _in_brackets,
    # the noun on its right
    _object, _threshold, _counted_after,
    # a list, or one thing told twice
    _same_again, _separately, _listed, _together,
    # a noun on its right that it is said of; a clause without its noun
    _said_of_behind, _headless,
    # the topic of its clause, unless that is a mere verb or total
    _stepped, _split_count, _part_of_count, _of_the_last, _product, _topic_of_clause,
    # a clause that names nothing
    _deed, _shared_behind, _clause_between, _said_before, _clause_before,
)  # fmt: skip


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
