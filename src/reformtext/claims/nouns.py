"""Noun phrases around a number: what the words before and after it name, without verb, place and period."""

import re

from reformtext.claims.periods import Period
from reformtext.texts.segment import tokenize


def words(text: str) -> list[str]:
    """Cut a word list at its spaces."""
    return text.split()


UP = words(
    "增长速度 增长率 增长 增加 增多 提高 提升 上升 上涨 上调 上浮 扩大 增幅 涨幅 升幅 增速 增长幅度 上涨幅度 回升 高于 快于 高出 好于 多于 优于 超出 递增 增产 增收 增支 净增 "
    "前移 跃升 攀升 延长 增 涨 升 多 高 快"
)
DOWN = words(
    "下降 降低 减少 压减 压缩 缩减 精简 缩短 下跌 下滑 下调 回落 降幅 跌幅 低于 慢于 少于 减轻 裁减 收窄 负增长 减产 减收 后移 缩小 降 减 跌 少 低"
)
CHANGE_WORDS = "|".join(sorted(UP + DOWN, key=len, reverse=True))
_VERBS = words(
    "完成 实现 建成 新建 改建 扩建 新改扩建 建设 建立 建造 改造 改造提升 新改造 出台 制定 制订 印发 发布 培育 组建 成立 设立 引进 新引进 引育 招引 招录 招聘 招收 招募 招募留用 公开招聘 新增 "
    "净增 新培育 新认定 认定 实施 组织 举办 开展 召开 承办 储备 策划储备 谋划 策划 获批 获评 获得 荣获 争取 安排 投入 下达 拨付 发放 落实 兑现 处置 盘活 出让 预支 供应 收储 "
    "配备 选派 选聘 下派 派出 帮扶 结对帮扶 服务 上门服务 带动 拉动 撬动 推动 促进 吸引 引导 支持 扶持 帮助 解决 化解 避免 挽回 受理 办理 办结 处理 查处 破获 整治 治理 修复 "
    "清理 取消 下放 梳理 提报 收集 推进 推广 推出 推行 推介 承接 转移 移交 淘汰 关停 压减 关闭 退出 疏解 退租 种植 栽植 造林 完善 建有 拥有 现有 共有 设有 设置 下设 下辖 "
    "开通 新开通 打通 铺设 敷设 架设 整合 优化 优化调整 升级 创建 打造 构建 构筑 集聚 聚集 形成 入选 入围 达成 签约 签订 签署 落地 开工 开工建设 投产 竣工 投用 启用 运行 接待 "
    "输送 培训 资助 救助 惠及 覆盖 涉及 保障 保供 减免 减税降费 新签 发行 募集 融资到位 贷款发放 缴纳 上缴 征收 生产 产出 年产 运营 确定 明确 纳入 列入 选取 抓好 实行 增加 "
    "减少 提供 搭建 设 列 投放 上线 备案 登记 注册 新设 新登记 新注册 吸纳 安置 转移就业 建档 流转 整理 复垦 开发 补充 保持 需 占 达 使 让 超额完成 共 是 采取 聚焦 围绕 "
    "抽调 筹建 规划建设 规划 规划实施 在建 续建 检查 审议 审议通过 制修订 修订 提请 废止 修改 听取 承担 扩容 总结 提炼 命名 表彰 举行 集中签约 集中开工 列支 筹集 争创 累计发放 "
    "申报 作 涵盖 释放 识别 提请审议 开行 认证 执行 更新改造 新建改造 聚力 接受 取得 清收 增设 评定 引入 确保 力争 控制 降至 研发 攻克 突破 授权 转化 发现 排查 立案 查办 化债 "
    "处罚 新开工 新签约 招商引资 促成 撤并 合并 重组 组建了 配套 扩大 启动 启动实施 启动建设 优选 遴选 分解 细化 提出 走访 服务企业 对接 精准对接 摸排 检测 接种 派驻 轮训 评选 "
    "选树 消化 偿还 置换 清偿 清欠 回收 关闭退出 搬迁 安置 建好 用好 办好 办成 抢修 修建 兴修 兴建 铺筑 铺轨 增产 生产了 供给 供应了 收购 销售 购买 出口 进口 输出 吸收 利用 "
    "使用 动用 透支 花费 支出 拿出 留出 节约 节省 浪费 损失 积累 偿付 拨出 拨款 垦荒 开垦 灌溉"
)
_NOUNISH = frozenset(
    words(
        "建设 服务 出口 进口 支出 生产 销售 治理 保障 培训 贷款发放 规划 开发 运行 运营 改造 损失 浪费 积累 灌溉 收购 检查 覆盖 转移就业 注册 登记 备案 补充 发现 研发 控制 在建 "
        "续建 支持 帮扶 流转 招商引资 修复 优化 补贴 审议 检测 接种 占 达 是 共 设 列 需 使 让 签约 新签约 融资到位 造林 突破 转化 重组 合并 配套 升级 接待 输出 吸收 到位 引进 "
        "新引进 支持 策划 种植 认定 推广 安置 储备 授权 发行 救助 整治 资助"
    )
)
_ACTED = re.compile(r"[，已了新并的计续、”]$|累计|全力|深入|加快|扎实|大力|积极|共$")
_SUM_NAME = re.compile(r"(?:量|额|率|收入|增加值|总值|人次|[总人起]数)$")
_OPENING = frozenset(words("引进 推广 节约 培育 发放 带动 减少 组建 争取 投入 新增 安排 拨付 挽回 避免 取消 下放"))
_GOVERN = re.compile("|".join(sorted(map(re.escape, set(_VERBS)), key=len, reverse=True)))
VERBS = frozenset(_VERBS)
_NOT_A_VERB = re.compile(
    r"(?<=新增)(?:就业|贷款|授信|社会融资|债务|专项债|限额)|率|区(?!域)|量(?!子)|度|额|费|力|者|员|面积|规模|成本|能力|机构|水平|用地|业|型|性|方式|标准|收入|里程|单位|工具|门类|体系|产能|任务|品|商|局|厅"
)
_LEAD = re.compile(
    r"(?:虽然|它|能够|连续\d+年|已经|先(?=[发安])|由于|因为|因|就|却|可以|只要|据|其中|同时|并且|并|而且|而|目前|当前|截至目前|累计|共计|总计|合计|共|总共|平均|已经|已|先后|全年|年均|分别|仅|还|也|又|再|均|都|各|将|要|力争|确保|预计|争取|计划(?=[新建完实])|到(?![账位达村户])|至|了|着|过|的|对|把|为|以|以及|及|和|与|在|从|由|使|让|向|按|"
    r"全市|全省|全国|全县|全区|全自治区|全社会(?!研发|固定|用电)|我市|我省|我国|我县|我区|本市|我们|各地|各级|各|新时代以来|一年来|五年来|率先|成功|同比|实际|"
    r"[省市县区]级层面|上半年|下半年|[，、；：:\s—]|（[^）]{1,4}）|(?:平均)?每[天日月年周])"
)
_TAIL = re.compile(
    rf"(?:(?:(?<!经济)增长)?(?:预期)?(?:增长)?目标|(?:拟|确|设)?定为|只有|(?:人均|每人)?每[月年天日]|每[人户亩]|拟?安排|继续|之一|(?:基本)?建成|新?开工|投产|竣工|办结|原[来先有]|力争|确保|(?<!占)比|[低高]于|(?:实现)?翻[一两]?番|全[国省市县区]|连续[\d一二三四五六七八九十两]{{1,2}}年|(?<!\d)[\d一二三四五六七八九十两]{{1,2}}年|(?:{CHANGE_WORDS})(?:到|至|为|成)|[却仍]?以|每年平均|平均每年|大约|(?<![签节合预条])约|[才曾]|应当|前|扣除[价物][^，]{0, 2}因素|按?可比价格?(?:计算)?|高达|仍然?|一半|一半以上|已经|就|却|拟按?|按|可以|只要|已能|即|增产|完成了|有了|总数达|总量达|达到了?|已达|达|约为|为|是|至|到|从|由|共|共计|总计|累计|合计|突破了?|超过|超|有|均|都|各|分别|仅|已|已有|总体|整体|基本|平均|实际|同比|环比|年均|累计|大幅|进一步|明显|持续|增至|升至|降至|增加到|增长到|提高到|提升到|提升至|提高至|下降到|下降至|上升到|上升至|"
    r"压减到|压减至|减少到|减少至|缩短到|缩短至|缩减到|降低到|降到|扩大到|发展到|调整到|调整为|扩容为|扩展到|稳定在|保持在|控制在|维持在|处于|居|位居|列|位列|跃居|稳居|跃升至|升到|上升|提升|提高|增长|增加|下降|减少|降低|实现|完成|占比?(?<!占比)|全部|总共|了|的|预期|预计|目标|将|将达|可|能|不|在|按|比上年|比去年|较上年|较去年|与上年相比|只|还|又|再|双双|同步|首次|连续|接近|近|不断|稳步|历史性|第一次|一举|成功|[，、；：:\s])$"
)
_LOOSE = frozenset(words("达 超 约 近 超过 突破 至 到 达到 就 却 已 的 了 仅 共"))
_PLACE = re.compile(
    r"(?!试点|示范|脱贫|全|各|我|本|先进|文明|县域)[一-鿿]{2,3}(?<!城)(?:县|市|省|自治区|自治州)(?![级域直场政民属区辖人内外里长委])"
)
_AFTER_STOP = re.compile(
    r"[，。；：！？、（）()《》…—\s\d]|已|正(?!式)|将|均|都|全部|进行|解决|实现|完成|达到|达|列入|入选|入围|入榜|纳入|获得|获批|取得|上市|试运行|启用|表示|获|荣获|配备|提供|开展|落户|落地|开工|建成|建设(?!用地|项目|工程|试点|任务|兵团|示范)|投产|竣工|挂牌|签约|成功|位居|居(?!民|住|家)|排(?!水|污|放|查)|有序|推进|推动|增长|增加|"
    r"减少|提高|提升|下降|为(?!民)|由|在(?!建|校|线|职|册|库)|向|从(?!业)|与|以及|参与|参加|享受|当选|迁入|来|到(?!位)|至|顺利|加快|陆续|相继|率先|启动|通过|投入|投用|运行|使用|上线|签署|等|的|被|对|把|用于|得到|取得|超|占|不同程度|圆满|(?:稳定)?消除|带动|精简|撤并|归并|整合|重组|缩减|压缩|缩短|[减降增升][至到为]|参保(?![群人居职企率])|受益|办|打造|形成|成为|实施|招录|涉及|可|能(?!源|力|耗|级|量)|要(?!素|求|闻)|共|并|且|比|较|再|又|也|只|仅|每|给予|组成|覆盖|实行|接受|联合|同步|集中|全面|持续|不断|先后|首批|压减|优先|连续|发放|搬迁|改造完|初步|基本|稳步|脱贫|摘帽|退出|贯通|通车|验收|全线|就业创业|组建|上门|结对|对口|部署|全覆盖|分别|合计|总计|总体|免费|跻身|升至|出台|落成|起|“(?=[^”]{1,12}”(?:$|[，。；、]))"
)
COUNTABLE = re.compile(
    r"(?:项目|企业|公司|开发区|园区|新区|任务|平台|中心|基地|集群|产业链|专班|小组|工作组|服务队|人才|学校|高校|中小学|医院|社区|村(?!庄)|村庄|片区|学区|运动员|乡镇|街道|县区|县市区|县市|城市|国家|地区|试点市|市(?!场|直|级|政|民|属|域|县)|县(?!区|市|级|域|直|城)|省份|部门|单位|机构|环节|领域|事项|政策|措施|举措|意见|方案|标准|"
    r"专利|品牌|产品|园|馆|站|厂|车间|工厂|实验室|研究院|创新载体|载体|线路|铁路|公路|高速|航线|机场|泊位|岗位|床位|学位|车位|桩|公园|小区|农户|居民|群众|职工|人员|干部|农牧民|牧民|农民|村民|市民|儿童|老年人|老人|妇女|残疾人|毕业生|大学生|党员|工人|专家|院士|医生|代表|委员|家庭|农户|国家和地区|教师|学生|劳动力|合作社|农场|市场主体|经营主体|个体工商户|用户|游客|案件|问题|事故|隐患|改革事项|成果|经验|案例|指标|工程(?!师)|活动|会议|条例|法规|规章|法律|制度|清单|流程|证明|场景|系统|模式|"
    r"主导产业|产业(?!链|集群|园)|自然保护地|标准地|保护区|示范区|试验区|示范市|示范县|先行区)(?:[）)”])?"
)
_NOUN_VERBS = frozenset(
    words(
        "服务 试点 示范 建设 改革 创新 管理 工作 保障 培训 投资 治理 监测 活动 改造 攻坚 审批 开发 保护 合作 服务区 生产 教育 消费 研究 检测 安全 养老 招商 技改 招引 指挥 应急 "
        "救助 就业 创业 利用 综合 协作 贸易 流转 专业 融合 发展 交流 评价 使用 运行 储备 执法 调解 交易 运输 运营 种植 养殖 加工 制造 配套 备案 登记 办理 套餐 规划 扶贫 帮扶 "
        "设计 研发 储能 供热 发电 输电 物流 旅游 出版 转化 孵化 实施 便民 惠民 融资 交流 仿制 上市 规上 限上 许可"
    )
)
_TRANSITIVE = frozenset(words("改造 保护 治理 培训 加工 制造 使用 利用 监测 检测"))
_INTRANSITIVE = frozenset(
    words("签约 新签约 开工 新开工 落地 在建 续建 投产 到位 竣工 备案 登记 注册 新注册 新登记 认定 新认定")
)
_MODIFYING = frozenset(["新签约", "新登记", "新注册", "新开工"])
_ENDS_IN_VERB = re.compile(
    r"(?:投产|开工|通车|投用|启用|完工|竣工|落地|建成|提升|提高|增长|下降|增加|减少|改善|推进|加快|优化|实施|深化|落实|创建|任务|万|亿|\d)、"
)
_NAMED_ON = re.compile(rf"[一-鿿]{{0,2}}(?:{COUNTABLE.pattern})(?:[，。；、）]|$)")  # 旅游提升示范村
MEASURED = re.compile(r"(?:率|额|面积|值|收入|规模|增速|指数|比重|占比|产量|总量|价格)$")


_GIVEN = re.compile(r"(?:为[^，、]{1,10}?|^(?:企业|群众|市场主体|经营主体|农民))(减税降费|减负|让利)$")
_BARE_MEASURE = re.compile(r"(?:(?:自给|完成|覆盖|普及)?率|比[重例值]|占比|数量?|规模|水平|价格|增速|[总单产]?[量产])")


def _even(phrase: str) -> str:
    """Take off a quotation mark that has lost its other half."""
    return phrase.strip("“”") if phrase.count("“") != phrase.count("”") else phrase


class Page:
    """A paragraph with its words, and the ways to take a noun phrase out of it."""

    def __init__(self, text: str, line: str, place: str | None, stretches: list[Period]) -> None:
        self.text, self.line = text, line
        words = tokenize(line)
        self._words = {w.start: (w.term, w.pos) for w in words}
        self.cuts = {0, len(line)} | {c for w in words for c in (w.start, w.end)}
        self._periods = {p.start: p.end for p in stretches}
        self._ends = {p.end: p.start for p in stretches}
        self._bases = {p.end for p in stretches if p.base}
        self._names = tuple(dict.fromkeys(filter(None, [place, (place or "").rstrip("市县区省")])))

    def word(self, at: int) -> str:
        """Give the word that starts here, or the one character."""
        return self._words[at][0] if at in self._words else self.line[at]

    def tag(self, at: int) -> str:
        """Give its part of speech."""
        return self._words[at][1] if at in self._words else ""

    def place(self, begin: int, end: int) -> int:
        """Give the end of the place name that starts here, or where it starts when there is none."""
        if self.tag(begin) == "ns" and len(self.word(begin)) > 1 and self.word(begin) not in {"中国", "城镇"}:
            return begin + len(self.word(begin))
        named = _PLACE.match(self.line, begin, end)
        return named.end() if named and named.end() in self.cuts else begin

    def follows_base(self, at: int) -> bool:
        """Say whether what stands here is of a period of comparison: 比上年的."""
        return at in self._bases or (self.line[at - 1] == "的" and at - 1 in self._bases)

    def peel(self, begin: int, end: int) -> tuple[int, int]:
        """Take link words, places, periods and adverbs off both ends of a stretch."""
        size = -1
        while begin < end and size != end - begin:
            size = end - begin
            if begin in self._periods:
                begin = min(self._periods[begin], end)
            if (lead := _LEAD.match(self.line, begin, end)) and (
                lead.end() in self.cuts or lead.end() == end or lead[0][-1] in "，、；：:）"
            ):
                begin = lead.end()
            if self._ends.get(end, -1) >= begin:
                end = self._ends[end]
            if begin < (after := self.place(begin, end)) <= end - 2:
                begin = after
            for name in self._names:
                if self.line.startswith(name, begin, end):
                    begin += len(name)
            if (tail := _TAIL.search(self.line, max(begin, end - 8), end)) and (
                len(tail[0]) > 1 or tail.start() in self.cuts or tail[0] in _LOOSE
            ):
                end = tail.start()
        return begin, max(begin, end)

    def noun(self, begin: int, end: int) -> str:
        """Leave the noun of a stretch: cut after its last governing verb, then peel."""
        begin, end = self.peel(begin, end)
        line, cut = self.line, begin
        for start in range(begin + 1, end):
            if begin < start and self._periods.get(start, end) < end:
                begin = cut = self._periods[start]
        for verb in _GOVERN.finditer(line, begin, end):
            rest, before = verb.end(), line[begin : verb.start()]
            opens = verb[0] in _OPENING and not before and rest + 2 <= end  # 引进外资 may be one word
            if verb.start() not in self.cuts or not (rest in self.cuts or opens) or rest >= end:
                continue
            if verb[0] in _MODIFYING or _NOT_A_VERB.match(line, rest, end):
                continue
            if verb[0] in _NOUNISH and (_ACTED.search(before) is None if before else _SUM_NAME.search(line[begin:end])):
                continue
            a, b = self.peel(rest, end)
            if b - a >= 2 and not (b - a == 2 and verb[0] in _INTRANSITIVE):
                cut = rest
        begin, end = self.peel(cut, end)
        phrase = self.text[begin:end]
        if given := _GIVEN.search(phrase):
            return given[1]
        short = re.fullmatch(r"(?:[^、]{2,9}、)+[^、]{2,12}", phrase) or all(map(MEASURED.search, phrase.split("、")))
        if "、" in phrase and (not short or _ENDS_IN_VERB.search(phrase)):
            return self.noun(line.rfind("、", begin, end) + 1, end)
        if quoted := re.fullmatch(r"“([^”]*)”", phrase):
            return quoted[1]
        phrase = re.sub(r"^“[^”]{1,12}”(?=[一-鿿]{3}$)", "", phrase)  # a short head stands without its slogan
        clause, mark, head = phrase.rpartition("的")
        whole = _BARE_MEASURE.fullmatch(head) and (len(clause) <= 14 or "占" in clause)
        if mark and len(head) > 1 and head.count("“") == head.count("”") and not whole:
            phrase = head
        return _even(phrase)


def noun_after(page: Page, at: int, stop: int, counts: bool, unit: str) -> str:
    """Take the noun that follows a number: 63项重点改革任务已完成 gives 重点改革任务."""
    line = page.line
    at += len(re.match(r"[ \xa0]?(?:（[^）]{1,6}）)?", line[at:stop])[0])  # type: ignore[index]
    stop = min(stop, at + 60)
    if line[at : at + 1] == "的" or at >= stop:
        return ""
    end = at
    heads: list[int] = []
    noun_before = named_once = False
    acted: list[int] = []  # verbs that may end the noun: 9个开发区管辖面积
    while end < stop:
        if line[end] == "“":
            close = line.find("”", end, end + 22)
            if close < 0 or (end > at and not COUNTABLE.search(line[close + 1 : min(stop, close + 12)])):
                break
            end, named_once = close + 1, True
            continue
        word = page.word(end)
        verb = page.tag(end).startswith("v") and word not in _NOUN_VERBS
        halt = _AFTER_STOP.match(line, end)
        if word == "的" and not unit and not heads and not page.tag(at).startswith("v"):
            break  # 13亿人口的大国
        if word in _TRANSITIVE and heads and heads[-1] == end and not _NAMED_ON.match(line, end + len(word), stop):
            break  # 36所中小学改造操场
        goes_on = verb and not heads and end > at and _NAMED_ON.match(line, end + len(word), stop)
        ends = halt and not goes_on and (halt.end() >= min(end + len(word), stop) or (verb and len(halt[0]) > 1))
        ends = ends or (halt and halt[0] in {"上门", "结对", "对口"})
        if word == "的" and counts and (not heads or page.tag(at).startswith("v")):
            at, heads, acted = (end + 1, [], []) if page.tag(at).startswith("v") else (at, heads, acted)
        elif ends or (
            word in {"和", "及", "或", "与"} and (heads or end + 1 >= stop) and line[end : end + 3] != "和地区"
        ):
            break
        elif verb:
            named = heads and heads[-1] == end
            if unit != "条" and (named or (noun_before and not COUNTABLE.search(line, end, min(stop, end + 14)))):
                break
            acted.append(end)
        noun_before = page.tag(end)[:1] in {"n", "l", "i", "j", "e"}
        named_once = named_once or noun_before or not verb
        end += len(word)
        if (noun := list(COUNTABLE.finditer(line, at, min(end, stop)))) and noun[-1].end() == end:
            heads.append(end)
    end = min(end, stop)
    if counts and heads:
        past = end - at > 14 or any(v >= heads[-1] for v in acted) or MEASURED.search(line[heads[-1] : end])
        end = heads[-1] if past else end
    begin, end = page.peel(at, end)
    phrase = page.text[begin:end]
    if not re.search(r"[一-鿿]", phrase) or not named_once:
        return ""
    if "的" in phrase[:-1]:
        phrase = phrase.rsplit("的", 1)[1]
    quoted = re.fullmatch(r"“([^”]*)”", phrase)
    return quoted[1] if quoted else _even(re.sub(r"(?:和|及|或|与)$", "", phrase))
