"""Noun phrases around a number: a small parse of the words before and after it.

Each word plays one role: it governs what follows, acts (a verb that may stand inside a name), links, or names. The
segmenter's tag tells which; where the tag says too little, the closed classes below do. A name is what stands between
the last word that governs and the words that lead on to the number.
"""

import re
from functools import cache

from reformtext.claims.indicators import known_names
from reformtext.claims.periods import Period
from reformtext.claims.roles import ACTING, LINKING, NAMING, Role, Word, role_of, split
from reformtext.claims.roles import words as words
from reformtext.texts.lexicon import load_table
from reformtext.texts.numerals import plain
from reformtext.texts.segment import Token

UP = words(
    "增长速度 增长率 增长 增加 增多 提高 提升 上升 上涨 上调 上浮 扩大 增幅 涨幅 升幅 增速 增长幅度 上涨幅度 回升 高于 快于 高出 好于 多于 优于 超出 递增 增产 增收 增支 净增 "
    "前移 前进 领先 跃升 攀升 延长 增 涨 升 多 高 快"
)
DOWN = words(
    "下降 降低 减少 压减 压缩 缩减 精简 缩短 降价 下跌 下滑 下调 回落 降幅 跌幅 低于 慢于 少于 减轻 裁减 收窄 负增长 减产 减收 后移 缩小 降 减 跌 少 低"
)
CHANGE_WORDS = "|".join(sorted(UP + DOWN, key=len, reverse=True))


# What measures: a verb before it makes one word with it (参保 人数, 处理 能力) and does not govern it.
_MEASURE = re.compile(
    r"[总累]?(?:率|额|量|值|数|数量|人数|户数|次数|人次|面积|里程|年限|时限|时间|期限|金额|余额|费|费率|能力|标准|水平|总额|总量|总值|总数|总数|规模|成本|价格|比例|比重|强度|指数|效率|收入|支出|投资|产量|缺口|资金|经费|对象|项目|工程|试点|行动|人员|机构|人口|任务|事项|工具|用地|岗位|总面积|总产值|产值|增加值|单位|幅度|工作|环节|流程|进度|倍数|半径|限额|额度|差距|产能|浓度|预算)"
)
MEASURED = re.compile(
    r"(?:率|额|面积|值|收入|投资|规模|增速|指数|比重|占比|[产总诊客货电气水流]量|[人件案户次总]数|价格|支出|标准线|起付线|限额|差距|浓度|产能)$"
)
_PLACE = re.compile(
    r"(?!试点|示范|脱贫|全|各|我|本|先进|文明|县域)[一-鿿]{2,3}(?<![城上])(?:县|市|省|自治区|自治州)(?![级域直场政民属区辖人内外里长委])"
)
COUNTABLE = re.compile(  # with its last character: a noun of what can be counted
    r"(?:项目|企业|公司|组织|支部|任务|平台|中心|基地|集群|产业链|专班|人才|[小中]学(?!生)|村(?!庄)|村庄|乡镇|街道|县市|城市|国家(?![一-鿿])|试点市|市(?!场|直|级|政|民|属|域|县)|县(?!区|市|级|域|直|城)|"
    r"省份|部门|单位|机构|环节|领域|事项|政策|措施|举措|意见|方案|标准|专利|品牌|产品|园|馆|站|厂|车间|载体|线路|铁路|公路|高速|航线|机场|泊位|岗位|床位|学位|车位|桩|农户|居民|群众|职工|干部|"
    r"牧民|农民|村民|市民|儿童|老年人|老人|妇女|残疾人|毕业生|工人|专家|院士|医生|代表|家庭|学生|劳动力|合作社|农场|市场主体|经营主体|个体工商户|用户|游客|案件|问题|事故|隐患|成果|经验|案例|指标|议案|提案|建议|"
    r"工程(?!师)|活动|会议|条例|法规|规章|法律|制度|清单|流程|证明|场景|系统|模式|主导产业|产业(?!链|集群|园)|自然保护地|(?<!市)场|标准地|水源地|湿地|示范市|示范县|[员师者队店所室校院局处区港桥库岛塔楼]|(?<!重)[点组])(?:[）)”])?"
)

_BARE_MEASURE = re.compile(r"(?:(?:自给|完成|覆盖|普及)?率|比[重例值]|占比|数量?|规模|水平|价格|增速|[总单产]?[量产])")


# ---- what the parse looks at beside the roles ------------------------------------------------------------------
_QUOTE = re.compile(r"[“‘][^“”‘’，。；]{1,22}[”’]")
_SECTOR = re.compile(r"第?[一二](?=[、和]?(?:第?[二三][、和])?第?三(?:次)?产业)|第?[一二三](?=(?:次)?产业)")
_EACH = re.compile(r"每[百千万亿]?[名个人户辆]?[一-鿿]{1,4}?拥?有(?!的)")  # 每千名老人拥有养老床位: one name
_USE = re.compile("用[煤电水气能药](?=[一-鿿]{2})")  # 用煤大户
_INVESTED = re.compile(r".{4,}(?:项目|工程|中心|基地|园区?)((?:计划|概算|估算)?总投资)")
_TITLE = re.compile(
    r"《[^《》]*?(意见|方案|办法|规定|条例|细则|措施|规划|计划|通知|清单|目录|规则|标准)(?:（[^（）]*）)?》"
)
_SHORT_LIST = re.compile(r"(?:[^、]{1,14}、)+(?:[^、]{2,14}|[^、和]{2,14}和[^、和]{2,14})")
_AREA = re.compile(r"[省市县区州镇乡街道、]{1,3}")  # in brackets: 县（市、区）
_BOUNDED = re.compile(r"及?以[上下]|级")  # 20户以上自然村
_NO_PLACE = frozenset(  # places to the dictionary
    words(
        "中国 中欧 中亚 城镇 城市 河湖 治沙 口岸 街区 城中村 普通高中 惠及 新建 上市 自治州 自治县 自治区 中心镇 端点 长度 宽度 高度"
    )
)
_PERHAPS_PLACE = frozenset(words("x nr ns nz nrt nt ng n"))  # tags of the first word of 云岭县
_VILLAGE = re.compile(r"(?![试示美强弱大小各全新老本农空名城])[一-鿿]{2,3}?[村镇乡](?!级|集体|庄|民|镇|委)")
_NAMED_VILLAGE = re.compile(r"[一-鿿]{2}[湾沟庄屯坡岭坪坝坑寨台店桥河][村镇乡]$")
_ZONE = re.compile(r"(?:[高新经开综保税自贸]{2}|(?:经济)?开发|经济技术开发|保税|自由贸易|园|新|示范)区")
_HERE = frozenset(words("全国 全省 全市 全县 全区 全自治区"))
_NO_NAME = frozenset(words("计划 任务 目标 情况 方面 部分 结果 多 少 高 低 大 小 新 好 快"))  # alone they name nothing
_WHOLE = frozenset(words("全部 各级 各类 各项"))
_SUFFIXES = frozenset("率度额量值数")  # make a noun of a verb
# Right of a name
_BEFORE_VERBS = frozenset(words("好 高 全 大 均 年均 人均 户均 日均 新 净 每"))
_ANEW = frozenset(
    words("均 人均 户均 年均 日均 月均 亩均 主要 两位数 平均 外 中标 达标 负增长 正增长")
)  # behind a counted noun something else begins
_REACHES = re.compile(r"[到至为成达于住掉完]$")
_PAYER = re.compile(r"(?:财政|政府|机关|法院|法庭|检察院|警方|银行|公司|合作社|集体|队|校区|厂)$")
_AT_HAND = re.compile(r"出$|[有占达到为是]")
_MANNER = frozenset(
    words(
        "精准 就地 网上 线上 线下 实地 当场 现场 集中 联合 公开 免费 统一 积极 直接 成功 无偿 定向 分批 入户 上门 主动 自主"
    )
)
_MODAL = frozenset(words("可 可以 能 能够 已 先后"))
_OPENS = frozenset(words("在 从 除 于 扣除 剔除"))  # a frame that 中, 期间 … close
# Whose: an organisation before a measure that has its own name
_OWNER = re.compile(
    r"(?:“[^“”]+(?:合作社|公司|集团|厂|医院)”|[一-鿿]{1,6}(?:卫生院|医院|机构|学校|公司|合作社|图书馆|热线|校区)|[市省县区]属(?:国有)?企业)(?=(?!数)[一-鿿]{3,12}$)"
)
_LEADS = frozenset(words("了 着 到 至"))  # what stands before them is the predicate
# Left of a name
_OPENING = frozenset({Role.LINKS, Role.GOVERNS, Role.TURNS, Role.MARKS})  # behind one of these a clause opens
_RESULT = re.compile(r"[到出]$|(?<!来)回$|.[下起掉齐得住完]$")  # a verb with its outcome takes an object: 砍掉, 领到
# What is done something to: a governing verb before it takes it as object (支持项目), these few aside (开工项目)
_UNDERGOES = re.compile(
    r"(?:专项)?资金|经费|项目|工程|试点|任务|事项|人员|机构|单位|岗位|环节|流程|工具|用地|收入|支出|投资|产值"
)
_KINDS = frozenset(words("案件 活动 预算"))  # a verb before them says of what kind they are
_BY = frozenset(words("通过 依托 借助"))  # by whom or what something is done
_ENTERS = frozenset(words("开工 新开工 竣工 完工 投产 建成投产 落地 落户 开通 挂牌 上榜 入选 投用 组织"))
_AGENT = frozenset("社团院局委会厂行队部办司校企府政里门站心镇乡所馆")  # ends of who does things: 合作社, 企业
_STANDS = re.compile(r"签约|登记|注册|发放|入库")  # 新签约项目 stands as a term
_LIGHT = frozenset(
    words("投入 开展 实施 推进 谋划 争取 完成 实现 达到 新增 安排 有 占 超过 涉及 惠及 签约")
)  # govern 人数, 项目 too
_NAMED_DEEDS = frozenset(words("新增 利用 使用 吸收"))  # may begin an official name: 新增贷款
_MODIFYING = re.compile(r"[涉参在返离留应失受入来待持未]")  # 参保人员, 涉企事项: verbs without an object to come
_LEAVES = frozenset(words("从 由 比 较 同 按 按照 以 自"))  # the name stands before them
_RECIPIENT = frozenset(words("向 给 为 替 帮"))
_POINTING = frozenset(words("该 本 此 这 这个 这家 该个 全"))
_PARTS = frozenset(
    words(
        "已 已经 将 还 也 又 再 都 仅 只 共 就 却 则 仍 仍然 才 先后 分别 要 可以 能 能够 应 应该 必须 会 拟 我国 我们 现 均 各 累计 额外 另外 一共 总共 总计 下来 只 更 还会 经 须"
    )
)
_SHARING = frozenset(words("占 所占 用于"))  # 服务业占经济的比重, 财政用于教育支出: one name
_SHARES = re.compile(r"比[重例]|份额|支出|^比$")
_TOWARDS = re.compile(r"贡献|影响|依存|投资|援助|出口|贸易")  # 对经济增长贡献率
# After a number
_FUNDS = re.compile(r"(?:专项)?(?:基金|资金|项目|债券|国债|贷款|人员|机构|企业|任务|标准|政策|措施)")  # 引导基金
_ITS = re.compile(MEASURED.pattern + "|(?:需求|情况|进展|进度|成效)$")
_PERSONS = frozenset(words("名 人 位"))  # they count persons: what stands behind those is said of them
_STANDING = frozenset(words("名 人 位 家 户 项 件 个 起 种 条 次 批 处 类"))  # they may stand for what was counted
_BODIES = frozenset(words("家 所 户 台"))  # and these what stands on its own
_PERSON = frozenset("官员师者人民警生授长工手匠部士女童农友子家户")
_PLACES_COUNTED = frozenset(
    words("村 行政村 自然村 乡镇 镇 县 县区 市 省 省份 区县 街道")
)  # what is said of them follows
_VERBAL = frozenset({Role.GOVERNS, Role.ACTS})
_QUALITIES = frozenset(words("水质 质量 空气质量 投资 产值 营收 收入"))
_TIMES = frozenset(words("次 场 项 件 起 轮 届 宗"))  # classifiers of deeds


@cache
def _places() -> frozenset[str]:
    """Give the places of the list, by their full and short names."""
    table = load_table("places", ["code", "name", "short", "level", "parent", "now"], key=["code", "name"])
    return frozenset([*table["name"], *table["short"]]) - {""}


def _even(phrase: str) -> str:
    """Take off a quotation mark that has lost its other half."""
    return phrase.strip("“”") if phrase.count("“") != phrase.count("”") else phrase


class Page:
    """A paragraph with its words, and the ways to take a noun phrase out of it."""

    def __init__(self, text: str, line: str, place: str | None, stretches: list[Period], tokens: list[Token]) -> None:
        self.text, self.line = text, line
        self._words = {w.start: w for token in tokens for w in split(token)}
        self.cuts = {0, len(line)} | {c for w in self._words.values() for c in (w.start, w.end)}
        self._periods = {p.start: p.end for p in stretches}
        self._bases = {p.end for p in stretches if p.base}
        self._names = tuple(dict.fromkeys(filter(None, [place, (place or "").rstrip("市县区省")])))

    def word(self, at: int) -> Word:
        """Give the word that starts here, or the one character as a mark or a piece of a name."""
        if at in self._words:
            return self._words[at]
        sign = self.line[at]
        named = sign.isalnum() or sign in "“”（）()·-+"
        return Word(at, at + 1, sign, role_of(sign, "") if named else Role.MARKS, "")

    def words(self, begin: int, end: int) -> list[Word]:
        """Give the words of a stretch, each period as one link, each place of the document's or another as one too."""
        found: list[Word] = []
        while begin < end:
            if (stop := self._periods.get(begin, 0)) > begin:
                stop += 2 * self.line.startswith("同期", stop, end)
                word = Word(begin, stop, "", Role.LINKS, "t")
            elif (stop := self.place(begin, end)) > begin:
                word = Word(begin, stop, self.line[begin:stop], Role.NAMES, "place")
            elif self.line[begin] == "占" and self.line.startswith("占比", begin, end):
                word = Word(begin, begin + 2, "占比", Role.NAMES, "n")
            elif self.line[begin] == "每" and (each := _EACH.match(self.line, begin, end)):
                word = Word(begin, each.end(), each[0], Role.NAMES, "n")
            elif self.line[begin] == "用" and (use := _USE.match(self.line, begin, end)):
                word = Word(begin, use.end(), use[0], Role.NAMES, "n")
            elif self.line[begin] == "“" and (quote := _QUOTE.match(self.line, begin, end)):
                word = Word(begin, quote.end(), quote[0], Role.NAMES, "quote")
            else:
                word = self.word(begin)
                if word.term[0] in "第一二三" and _SECTOR.match(self.line, begin, end):
                    word = word._replace(role=Role.NAMES)  # 第一、二、三产业
                elif word.term in {"一", "二", "三"} and self.line.startswith("产", word.end, end):
                    word = Word(begin, word.end + 1, word.term + "产", Role.NAMES, "n")
                if word.role in _VERBAL and len(word.term) > 1 and word.end < end:
                    after = self.word(word.end)
                    if after.term in _SUFFIXES:  # 办结率, 集聚度: one noun
                        word = Word(begin, after.end, word.term + after.term, Role.NAMES, "n")
                if word.term == "目标" and word.end < end and self.word(word.end).tag == "n":
                    word = word._replace(role=Role.NAMES)  # 目标企业
                if word.term in {"平均", "日均", "月均"} and word.end < end and self.word(word.end).role is Role.NAMES:
                    word = word._replace(role=Role.NAMES)  # 平均利率
                elif word.term[0] == "每":  # 每亩, 每 公里
                    stop = self.word(word.end).end if word.term == "每" and word.end < end else word.end
                    word = Word(begin, stop, self.line[begin:stop], Role.LINKS, "t")
            if word.end > end:
                word = Word(begin, end, self.line[begin:end], role_of(self.line[begin:end], ""), "")
            if found and found[-1].term in _MODAL and word.role is Role.NAMES and len(word.term) == 2:
                word = word._replace(role=Role.ACTS)  # 可容纳学生: a noun to the dictionary
            found.append(word)
            begin = word.end
        return found

    def place(self, begin: int, end: int) -> int:
        """Give the end of the place name that starts here, or where it starts when there is none."""
        word = self._words.get(begin)
        names = word is not None and word.role is Role.NAMES
        if (
            word
            and names
            and len(word.term) > 1
            and (word.tag == "ns" or word.term in _places())
            and word.term not in _NO_PLACE
        ):
            return begin + len(word.term)
        for name in self._names:
            if self.line.startswith(name, begin, end):
                return begin + len(name)
        if not word or not names or word.tag not in _PERHAPS_PLACE:
            return begin
        village = _VILLAGE.match(self.line, begin, end)
        piece = self.word(word.end).tag if len(word.term) == 1 and word.end < end else word.tag
        if village and piece not in {"x", "nr"} and not _NAMED_VILLAGE.match(village[0]):
            village = None
        if village and village.end() in self.cuts and village.end() < end:
            return village.end()
        named = _PLACE.match(self.line, begin, end)
        return named.end() if named and named.end() in self.cuts else begin

    def follows_base(self, at: int) -> bool:
        """Say whether what stands here is of a period of comparison: 比上年的."""
        return at in self._bases or (self.line[at - 1] == "的" and at - 1 in self._bases)

    def peel(self, begin: int, end: int) -> tuple[int, int]:
        """Take what names nothing off both ends of a stretch: links, places, periods, governing verbs, frames."""
        found = self._strip(self.words(begin, end))
        return (found[0].start, found[-1].end) if found else (begin, begin)

    def _strip(self, found: list[Word]) -> list[Word]:
        """Leave the words between the links at the left and the predicate at the right."""
        names = self._known(found)
        i, j = 0, len(found)
        while j > i and not self._ends_name(found[j - 1], found, names):
            if found[j - 1].role is Role.FRAMES and (opened := [k for k in range(i, j) if found[k].term in _OPENS]):
                j = opened[-1]  # 在…中 is no part of the name
            else:
                j -= 1
                led = found[j].term in _LEADS
                while led and j - 1 > i and self._acted(found[j - 1], found[j]):
                    j -= 1  # 材料交了9份, 组织发展到20家
        while (
            i < j
            and (self._opens_nothing(found[i], names) or self._is_zone(found[i:j]))
            and not self._heads_compound(found[i:j])
            and not (found[i].tag == "place" and i + 2 == j and len(found[i + 1].term) == 1)  # 武汉 港
        ):
            i += 1
            if found[i - 1].term in "（(":  # a number in brackets before a heading's name
                i = next((k + 1 for k in range(i, j) if found[k].term in "）)"), i)
        return found[i:j]

    def _acted(self, word: Word, lead: Word) -> bool:
        """Say whether a word before 了, 到 is a predicate and ends no name."""
        return word.term not in ACTING and (word.role is Role.ACTS or (word.tag == "vn" and lead.term in {"到", "至"}))

    def _is_zone(self, found: list[Word]) -> bool:
        """Say whether a name begins with the zone whose figure it is, which is a place too: 开发区 税收收入."""
        return (
            len(found) > 1
            and bool(_ZONE.fullmatch(found[0].term))
            and found[1].role in {Role.NAMES, Role.ACTS}
            and not _MEASURE.fullmatch(self.line, found[1].start, found[-1].end)
            and found[1].term != "管委会"
        )

    def _heads_compound(self, found: list[Word]) -> bool:
        """Say whether a verb is one word with the measure after it: 办结率, 增长面."""
        return len(found) == 2 and found[0].role is Role.GOVERNS and not self._governs(found, 0)

    def _known(self, found: list[Word]) -> list[tuple[int, int]]:
        """Give where names of official indicators stand among the words, cut as the words are."""
        if not found:
            return []
        spans = known_names(self.line, found[0].start, found[-1].end)
        deeds = {Role.GOVERNS, Role.ACTS}
        return [
            (a, b)
            for a, b in spans
            if a in self.cuts
            and b in self.cuts
            and (self.word(a).role not in deeds or self.word(a).term in _NAMED_DEEDS)
        ]

    def _ends_name(self, word: Word, found: list[Word], names: list[tuple[int, int]]) -> bool:
        """Say whether a name may end with this word."""
        if any(a < word.end <= b for a, b in names):
            return True
        if word.role is Role.GOVERNS:
            named = (
                word.term == "组织" and word.start > found[0].start and found[found.index(word) - 1].role is Role.NAMES
            )
            return named or self.line[word.start - 1 : word.start] == "总"  # 服务组织, 总花费
        if word.role is Role.ACTS:
            return word.start == found[0].start or not _REACHES.search(word.term)
        if word.tag == "place":  # 海湾 is one to the dictionary
            return word.term not in _places() and word.term[-1] not in "省市县区州旗" and word.term not in self._names
        timely = word.tag == "t" and word.term not in NAMING  # 过去, 先后
        return word.role is Role.NAMES and not timely and word.term not in _BEFORE_VERBS

    def _opens_nothing(self, word: Word, names: list[tuple[int, int]]) -> bool:
        """Say whether this word at the left of a stretch is no part of the name."""
        if any(a <= word.start < b for a, b in names):
            return False
        if word.role is Role.COUNTS:
            return not _BOUNDED.match(self.line, word.end)
        return (
            word.role not in {Role.NAMES, Role.ACTS}
            or word.tag == "place"
            or word.term in _WHOLE
            or word.term in "（()）"
        )

    def noun(self, begin: int, end: int, told: bool = False) -> str:
        """Leave the noun of a stretch: cut after its last governing word, then strip; `told` of if a predicate follows."""
        given = self.words(begin, end)
        found = self._strip(given)
        if found and any(w.role in {Role.GOVERNS, Role.TURNS} and w.start < found[0].start for w in given):
            found = self._head(found)
        names = self._known(found)
        led = next((w for w in given if w.end == found[0].start), None) if found else None
        told = told or any(w.role is Role.GOVERNS and w.start >= found[-1].end for w in given if found)
        kinds = bool(found) and found[-1].term in _KINDS
        governed = led is not None and led.role is Role.GOVERNS
        taken = told if led is None else governed and (led.term not in _LIGHT or kinds)
        for at in range(len(found) - 2, -1, -1):
            if taken and all(w.role is Role.ACTS or (kinds and w.term == "、") for w in found[: at + 1]):
                break  # 栽植 绿化 苗木, 转诊 病人 减少: the verb before has its object, or none is wanted
            inside = any(a <= found[at].start and found[at].end < b for a, b in names)
            if inside:
                continue
            if kinds and governed and found[at].role is Role.ACTS and at + 2 == len(found):
                continue  # 实施 按日 连续 处罚 案件
            if found[-1].term == "罪" and at and found[at].role is found[at - 1].role is Role.ACTS:
                found = found[at:]  # 起诉 盗窃 财物 罪
                break
            if led and led.term in _BY and found[at].tag == "vn" and 0 < at < len(found) - 1:
                found = found[at + 1 :]  # 通过 合作社 发展 民宿
                break
            leads = found[at].term in _LEAVES or (found[at].term in _RECIPIENT and found[-1].role is Role.ACTS)
            if leads and at and all(w.role is not Role.OF for w in found[at:]) and (subject := self._strip(found[:at])):
                found = subject  # 标准由每人…: the name stands before
                break
            if (found[at].term in {"各类", "各级", "各种"} or self._governs(found, at)) and (
                rest := self._strip(found[at + 1 :])
            ):
                patient = len(rest) == 1 and rest[0].role is Role.ACTS and found[at].role is not Role.LINKS and at
                if patient and all(w.role is Role.NAMES and w.term[-1] not in _AGENT for w in found[:at]):
                    break  # 老旧小区 整治 改造: what is done, behind what it is done to
                found = self._head(rest)
                break
        if not found or (len(found) == 1 and found[0].term in _NO_NAME):
            return ""
        if len(found) == 1 and found[0].term in _MANNER:  # 网上立案
            found = [w for w in given if w.start >= found[0].start][:2]
            found = found if found[-1].role in _VERBAL else found[:1]
        before = next((w for w in given if w.end == found[0].start), None)
        if (
            len(found) == 1
            and before
            and before.term in _MANNER
            and (found[0].tag in {"x", "vn"} or found[0].role is Role.ACTS)
        ):
            found = [before, *found]  # 公开 摇号
        pointed = len(found) > 1 and any(w.end == found[0].start and w.term in _POINTING for w in given)
        if pointed and MEASURED.search(self.line, found[1].start, found[-1].end):
            found = found[1:]  # 该项目 总投资
        if _PAYER.search(found[-1].term):  # 县财政列支, 法院立案: the deed, not who does it
            behind = [w for w in given if w.start >= found[-1].end and (w.role is not Role.LINKS)]
            deed = len(behind) == 1 and behind[0].role is Role.GOVERNS and not _AT_HAND.search(behind[0].term)
            found = behind if deed else found
        elif len(found) > 1 and _PAYER.search(found[-2].term) and found[-1].role is not Role.OF:
            done = found[-1].role is Role.ACTS or found[-1].tag == "vn"
            found = found[-1:] if done and found[-1].term not in NAMING else found
        return self._written(found[0].start, found[-1].end)

    def _head(self, found: list[Word]) -> list[Word]:
        """Leave the head of a clause in 的 whose verb stands before (参加保险的人口), unless it only measures."""
        marks = [k for k, w in enumerate(found) if w.role is Role.OF]
        head = found[marks[-1] + 1 :] if marks else []
        measures = not head or _BARE_MEASURE.fullmatch(self.line, head[0].start, head[-1].end)
        return found if measures else head

    def _governs(self, found: list[Word], at: int) -> bool:
        """Say whether the name begins after this word."""
        word, after = found[at], found[at + 1]
        lone = (
            at + 2 == len(found)
            and bool(_MEASURE.fullmatch(after.term) or (len(after.term) < 4 and MEASURED.search(after.term)))
            and after.term != "总投资"
        )
        if word.tag == "x" and word.term[0] == "所" and len(word.term) == 2:
            return True  # 经营 所获 利润
        if word.term in _SHARING and _SHARES.search(found[-1].term):
            return False  # 服务业占经济的比重, 财政用于教育支出
        deed = word.role in _VERBAL or word.tag == "vn"
        if deed and any(w.role is Role.TURNS and w.term in _RECIPIENT for w in found[: max(at - 1, 0)]):
            return any(w.role is Role.NAMES for w in found[at + 1 :])  # 向学校 交流 教师
        if word.role is Role.GOVERNS:
            if word.term == "组织" and at and found[at - 1].role is Role.NAMES:
                return False  # 服务组织
            if at and found[at - 1].term == "年" and word.term == "接待":
                return False  # 年接待游客
            if _UNDERGOES.fullmatch(after.term) and word.term not in _ENTERS:
                return True
            return (word.term in _LIGHT and len(after.term) > 1) or not (
                lone or (at + 2 == len(found) and len(after.term) == 1 < len(word.term))
            )
        if word.role is Role.ACTS:
            if after.role is Role.LINKS or _RESULT.search(word.term):
                return True
            opening = at
            while opening and found[opening - 1].role is Role.ACTS:
                opening -= 1
            lead = found[opening - 1] if opening else None
            begins = opening == 1 or (opening > 1 and found[opening - 2].role in _OPENING)
            begins = begins or all(w.role is Role.NAMES for w in found[:opening])
            return (
                (
                    lead is None
                    or (lead.role in _OPENING and (lead.role is not Role.GOVERNS or lead.term in _LIGHT))
                    or (
                        begins
                        and len(after.term) > 1
                        and (
                            lead.term[0] == "新"
                            or lead.term in _MANNER
                            or lead.term[-1] in _AGENT
                            or lead.term == "街道"
                        )
                        and not _STANDS.match(word.term)
                    )
                )
                and (not lone or word.term in _LIGHT)
                and not _MODIFYING.match(word.term)
                and after.role in {Role.NAMES, Role.ACTS}
            )
        if word.term in _RECIPIENT and any(w.role in {Role.GOVERNS, Role.ACTS} for w in found[at + 2 : -1]):
            return False  # the verb behind 向…, 给… has its object
        if word.role is Role.TURNS:
            return not (at and lone) and not (
                word.term in {"对", "在"}
                and (len(after.term) == 1 or _TOWARDS.search(self.line, word.end, found[-1].end))
            )
        if word.role is Role.LINKS:
            return word.term in _PARTS or word.tag in {"ul", "uz", "t"}
        if word.role is Role.COUNTS:
            return word.term[-1] in "年月" or (word.term[0] == "一" and len(word.term) > 1)  # 吃一顿饭
        return (
            word.role is Role.FRAMES and word.term not in {"内", "里"} and after.term[:1] not in set("长小高等西药期东")
        )

    def _written(self, begin: int, end: int) -> str:
        """Give the words of a name: of a long list its last part, of a clause in 的 its head."""
        phrase = re.sub(r"(?<=[^（(]{2})[（(](?![A-Z])[^（()）]{2,8}[）)]$", "", self.text[begin:end])
        parts = phrase.split("、")
        short = len(parts) > 1 and (_SHORT_LIST.fullmatch(phrase) or all(map(MEASURED.search, parts)))
        kinds = any(phrase.endswith(kind) for kind in _KINDS)  # 查封、扣押案件
        if len(parts) > 1 and not kinds and (not short or self._lists_deeds(begin, end)):
            return self.noun(self.line.rfind("、", begin, end) + 1, end)
        if titled := _TITLE.fullmatch(phrase):
            return titled[1]  # 《…的意见》25条
        if phrase[:1] == "“" and (quoted := re.fullmatch(r"“([^”]*)”", phrase)):
            return quoted[1]
        phrase = re.sub(r"^“[^”]{1,12}”(?=[一-鿿]{3}$)", "", phrase)  # a short head stands without its slogan
        clause, mark, head = phrase.rpartition("的")
        whole = _BARE_MEASURE.fullmatch(head) and (len(clause) <= 14 or "占" in clause)
        whole = whole or (
            (len(head) <= 2 or (len(head) <= 4 and _MEASURE.search(head)))
            and all(
                w.role in {Role.NAMES, Role.JOINS} or w.term in "、等" for w in self.words(begin, begin + len(clause))
            )
        )
        if mark and len(head) > 1 and head.count("“") == head.count("”") and not whole:
            phrase = head
        if invested := _INVESTED.fullmatch(phrase):
            return invested[1]  # 某集团某项目总投资
        if MEASURED.search(phrase) and (owner := _OWNER.match(plain(phrase))):
            phrase = phrase[owner.end() :]
        return _even(phrase)

    def lists_names(self, begin: int, end: int) -> bool:
        """Say whether a stretch is a list of nouns and nothing else."""
        found = self._strip(self.words(begin, end))
        return any(w.term == "、" for w in found) and all(
            w.role in {Role.NAMES, Role.JOINS} or w.term == "、" for w in found
        )

    def _lists_deeds(self, begin: int, end: int) -> bool:
        """Say whether a part of a list ends in a verb, so that the list is none of nouns."""
        marks = [m.start() for m in re.finditer("、", self.line[begin:end])]
        ends = {begin + m for m in marks}
        return any(
            w.end in ends and len(w.term) > 1 and w.role in {Role.GOVERNS, Role.ACTS, Role.COUNTS}
            for w in self.words(begin, end)
        )


def noun_after(page: Page, at: int, stop: int, counts: bool, unit: str) -> str:
    """Take the noun that follows a number: 63项重点改革任务已完成 gives 重点改革任务."""
    line = page.line
    at += len(re.match(r"[ \xa0]?(?:人民币)?(?:以[上下])?(?:（[^）]{1,6}）)?", line[at:stop])[0])  # type: ignore[index]
    stop = min(stop, at + 60)
    if unit[-1:] == "米" and at + 1 < stop and line[at] in "宽长高厚深":
        at += 1  # 3米宽水泥路
    if at >= stop or line[at] == "的":
        return ""
    if unit in {"亩", "分"} and line[at] == "地" and page.word(at).tag in {"x", "uv"}:
        return "地"  # a particle to the segmenter
    phrase = _after(page, page.words(at, stop), counts, unit)
    if "、" in phrase and stop < len(line) and page.word(stop).role is Role.COUNTS and line.endswith(phrase, at, stop):
        return phrase[: phrase.rfind("、")]  # what leads on to the next number: 30万吨纸浆项目、投资2亿元
    return phrase


def _after(page: Page, found: list[Word], counts: bool, unit: str) -> str:
    """Take the noun phrase with which a run of words begins, behind clauses in 的 that modify it."""
    first = next((k for k, w in enumerate(found) if w.term not in _HERE), len(found))
    if first + 1 < len(found) and found[first].term in _places() and found[first + 1].role is Role.NAMES:
        first += 1  # 20家山东企业
    verbs = first
    while verbs + 2 < len(found) and found[verbs].role in _VERBAL and found[verbs + 1].term in {"、", "和", "及"}:
        verbs += 2
    if verbs > first and found[verbs].role in _VERBAL and found[verbs + 1].role is Role.NAMES:
        first = verbs + 1  # 29所新建、改扩建学校
    end = _phrase_end(page, found, first, unit)
    while counts and end < len(found) and found[end].role is not Role.MARKS:
        mark = next((k for k in range(end, len(found)) if _closes(found[k])), None)
        if mark is None or found[mark].role is not Role.OF:
            break
        if end > first and (mark > end or not unit or _is_thing(found[end - 1]) or _heads(page, found, first, end)):
            break  # 五十个民族的国家 counts 民族; 三个大规模的工厂 counts 工厂
        first, end = mark + 1, _phrase_end(page, found, mark + 1, unit)
    if counts and (heads := _heads(page, found, first, end)):
        rest = found[heads[-1] : end]
        verbal = rest and all(w.role is Role.ACTS or w.tag == "vn" for w in rest)
        long = found[end - 1].end - found[first].start > 14
        body = bool(rest) and found[heads[-1] - 1].term in _PLACES_COUNTED
        if (
            long
            or verbal
            or body
            or (rest and unit in _BODIES)
            or (rest and _ITS.search(page.line[rest[0].start : rest[-1].end]))
        ):
            end = heads[-1]
    elif counts and unit in _STANDING and (measures := _measured_from(page, found, first, end)):
        end = measures  # 11个行业 增速: what is counted is no measure
    if counts and unit in _STANDING and end == first + 1 and found[first].term in _QUALITIES:
        return ""  # 51个水质达标: of what was counted
    if unit in _PERSONS and (persons := [k for k in range(first, end) if found[k].term[-1] in _PERSON]):
        end = persons[-1] + 1
    phrase = page.text[found[first].start : found[end - 1].end] if end > first else ""
    if not re.search(r"[一-鿿]|[A-Z]{2}", phrase):
        return ""
    quoted = re.fullmatch(r"“([^”]*)”", phrase)
    return quoted[1] if quoted else _even(phrase)


def _closes(word: Word) -> bool:
    """Say whether a word closes a noun phrase, or the clause in 的 before it; the numeral in 碳九 does not."""
    return word.role in {Role.OF, Role.MARKS} or (word.role is Role.COUNTS and len(word.term) > 1)


def _measured_from(page: Page, found: list[Word], first: int, end: int) -> int:
    """Give where, behind a noun, the name of a measure begins that ends the phrase: 行业 增速; 0 if there is none."""
    if end - first < 2 or not MEASURED.search(page.line, found[first].start, found[end - 1].end):
        return 0
    spans = known_names(page.line, found[first].start, found[end - 1].end)
    known = [k for k in range(first + 1, end) if any(found[k].start == a and b == found[end - 1].end for a, b in spans)]
    nouns = [
        k
        for k in range(first + 1, end)
        if _is_thing(found[k - 1]) and len(found[k - 1].term) > 1 and found[k - 1].term != "国家"
    ]
    return min(known[:1] + nouns[:1], default=0)


def _is_thing(word: Word) -> bool:
    """Say whether a word names what can be counted, and no quality or measure of it."""
    return word.tag[:1] == "n" and not MEASURED.search(word.term)


def _is_person(word: Word) -> bool:
    """Say whether a noun names persons: 农民, but not 加工."""
    return word.term[-1] in _PERSON and word.tag[:1] in "nx"


def _phrase_end(page: Page, found: list[Word], first: int, unit: str) -> int:
    """Give where the noun phrase that begins here ends: with its last noun before a predicate."""
    at = first
    while at < len(found):
        word = found[at]
        headed = at > first and (found[at - 1].term in "）)" or bool(_heads(page, found, at - 1, at)))
        run = _names_from(found, at + 1)
        if word.role is Role.JOINS or (word.term == "、" and at > first):
            closes = run == len(found) or found[run].role is not Role.COUNTS
            if (
                at == first
                or word.term == "与"
                or run == at + 1
                or not closes
                or (headed and found[run - 1].end - word.end > 8)
            ):
                break
            at = run
        elif word.role in {Role.ACTS, Role.GOVERNS, Role.LINKS}:
            while (
                run < len(found)
                and found[run].role is Role.ACTS
                and not _REACHES.search(found[run].term)
                and not _heads(page, found, run - 1, run)
            ):
                run = _names_from(found, run + 1)
            link = word.role is Role.LINKS and (word.term in LINKING or word.tag not in {"d", "ad", "a"})
            modifies = run > at + 1 and not link and bool(_heads(page, found, run - 1, run))
            short = run == at + 2
            if word.role is Role.GOVERNS:  # 引导基金, 旅游提升示范村
                opens = word.term[0] == "新" or bool(_FUNDS.fullmatch(found[at + 1].term)) if short else False
                near = short or (unit in {"个", "种", "类", "条"} and found[run - 1].end - word.end <= 6)
                modifies = near and not headed and (modifies if at > first else opens)
            elif (
                at == first
                and word.role is Role.ACTS
                and run > at + 1
                and (
                    unit not in _STANDING
                    or len(found[at + 1].term) == 1
                    or (
                        (run == len(found) or found[run].role is Role.MARKS)
                        and unit not in _BODIES | _PERSONS
                        and bool(_heads(page, found, run - 1, run))
                    )
                    or (unit in {"名", "位", "户"} and run == at + 2 and _is_person(found[run - 1]))
                )
            ):
                modifies = True  # 9支执法队伍, 23户入股户
            elif at > first and all(w.tag in {"b", "a"} for w in found[first:at]):
                modifies = run > at + 1 and not link  # 大型联合收割机
            elif at > first:
                modifies = modifies and (short or not headed) and found[run - 1].end - word.end <= 12
            deed = word.term in ACTING and at > first and not headed
            deed = deed or (
                word.role is Role.ACTS
                and at == first
                and unit in _TIMES
                and (at + 1 == len(found) or found[at + 1].role is Role.MARKS)
            )
            closes = at == first and word.role is Role.ACTS and page.line[word.end : word.end + 1] in set("，。；、")
            if closes and ((len(word.term) == 1 and unit) or unit == "元"):
                return at + 1  # 填13张表, 领到500元分红
            told = at > first and page.line[word.end : word.end + 1] in set("进到至成为")  # 封存进档案馆
            if told or (not modifies and not deed):
                break
            at = run if modifies else at + 1
        elif word.term == "方面" and at == first:
            return at + 1
        elif word.role is Role.COUNTS and at == first and _BOUNDED.match(page.line, word.end):
            at += 1
        elif (
            (word.tag in {"i", "l"} and len(word.term) == 4 and at > first)
            or (at > first and ((word.tag == "t" and word.term not in NAMING) or word.term == "全员"))
            or (at > first and word.term in _ANEW)
            or (word.tag == "vn" and at + 1 < len(found) and found[at + 1].term in {"为", "成", "到", "至", "了"})
            or word.role is not Role.NAMES
            or (word.tag == "quote" and headed and not _heads(page, found, run - 1, run))
            or (word.tag == "a" and headed and at + 1 < len(found) and found[at + 1].role in {Role.ACTS, Role.GOVERNS})
        ):
            break
        elif word.term in "（(":
            close = next((k for k in range(at + 1, min(at + 5, len(found))) if found[k].term in "）)"), None)
            if (
                close is None
                or found[close].start - word.end > 3
                or not _AREA.fullmatch(page.line, word.end, found[close].start)
            ):
                break
            at = close + 1
        else:
            at += 1
    return at


def _names_from(found: list[Word], at: int) -> int:
    """Give where a run of naming words ends."""
    while at < len(found) and found[at].role is Role.NAMES:
        at += 1
    return at


def _heads(page: Page, found: list[Word], first: int, end: int) -> list[int]:
    """Give after which of the words a noun ends that can be counted."""
    if first >= end:
        return []
    ends = {m.end() for m in COUNTABLE.finditer(page.line, found[first].start, found[end - 1].end + 1)}
    return [k + 1 for k in range(first, end) if found[k].end in ends]
