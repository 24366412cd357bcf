"""Paragraphs to claims: each reported number with what it measures, for when, against what."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from reformtext.claims.indicators import indicator_code, is_stock
from reformtext.claims.periods import Period, document_date, periods
from reformtext.errors import InputError
from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.numerals import QUANTITIES, Number, numbers, plain
from reformtext.texts.segment import tokenize

_REACH, _LATEST = 800, 60  # how far back a sentence is read, in characters and in numbers
COLUMNS = (
    "doc_id start end surface value unit kind direction indicator period basis bound status numeral "
    "article place indicator_code scope price"
).split()

# ---- words of change ---------------------------------------------------------------------------------------------
_UP = "增长速度 增长率 增长 增加 增多 提高 提升 上升 上涨 上调 上浮 扩大 增幅 涨幅 升幅 增速 增长幅度 上涨幅度 回升 高于 快于 高出 好于 多于 优于 超出 递增 增产 增收 增支 净增 前移 跃升 攀升 延长 增 涨 升 多 高 快".split()
_DOWN = "下降 降低 减少 压减 压缩 缩减 精简 缩短 下跌 下滑 下调 回落 降幅 跌幅 低于 慢于 少于 减轻 裁减 收窄 负增长 减产 减收 后移 缩小 降 减 跌 少 低".split()
_ANY = "|".join(sorted(_UP + _DOWN, key=len, reverse=True))
_LINK = r"(?:了|到|至|成|约|近|均|都|各|分别|为|达到|达|在|控制在|保持在|稳定在|预期|预计|目标|不|仅|只|还|再|又|可|全国|全省|全市|平均水平|平均|上年|上年同期|去年同期|去年|同期|世界|经济增速|GDP增速|计划|年初预算|[:：是]|[一-鿿]{0,4}经济增速)"
_CHANGE = re.compile(rf"(?P<verb>{_ANY})(?P<gap>{_LINK}{{0,4}})$")
_COMPARED = re.compile(
    r"(?P<verb>高于|快于|低于|慢于|高出|多于|少于|好于|优于|超出|超过|高|低|多|少|快)(?P<gap>[一-鿿0-9年]{0,14})$"
)
_GROWTH_NAMES = re.compile(
    r"(?:增速|增幅|涨幅|升幅|降幅|跌幅|增长率|增长速度|增长幅度|上涨幅度|增长目标|增长预期目标|增长预期)[^，。；、]{0,8}$"
)
_GROWTH_AFTER = re.compile(r"\s?的?(?:左右的?)?(?:年均)?(?:增长速度|增速|增长率|速度|增幅|降幅|涨幅)")
_YEAR_BETWEEN = re.compile(
    r"(?:(?:每[人户月年亩斤吨天日]|每平方米|每公斤|人均|户均|平均){1,2}|(?:\d{4}|[一二][一二三四五六七八九零]{3}|去|上|今)年[底末]?的?)$"
)
_REACHED = re.compile(r"(?:到|至|达|为|成|达到|突破|超过|占|有)(?:了)?$")
_OWN_SHARE = re.compile(
    r"(压减|压缩|精简|缩短|降低|减少|节约|提升|提高|上涨|下降|增加(?!值))(?!到|至|了?$)((?:(?!增长|下降|提高|上升|减少|增加|增速|增幅|降幅|涨幅|超)[^，。；、到至达率比为占]){2,8})$"
)
_OWN_VERB = re.compile(r"(?:(?<!新)增加|(?<!新)减少|压减|压缩|降低|提高)[^，。；、]{1,16}$")

# ---- words around a noun phrase ------------------------------------------------------------------------------------
_VERBS = (
    "完成 实现 建成 新建 改建 扩建 新改扩建 建设 建立 建造 改造 改造提升 新改造 出台 制定 制订 印发 发布 培育 组建 成立 设立 引进 新引进 引育 招引 招录 招聘 招收 公开招聘 新增 净增 新培育 新认定 认定 实施 "
    "组织 举办 开展 召开 承办 储备 策划储备 谋划 策划 获批 获评 获得 荣获 争取 安排 投入 下达 拨付 发放 落实 兑现 处置 盘活 出让 预支 供应 收储 配备 选派 选聘 下派 派出 帮扶 结对帮扶 服务 上门服务 "
    "带动 拉动 撬动 推动 促进 吸引 引导 支持 扶持 帮助 解决 化解 避免 挽回 受理 办理 办结 处理 查处 破获 整治 治理 修复 清理 取消 下放 梳理 提报 收集 推进 推广 推出 推行 推介 承接 转移 移交 "
    "淘汰 关停 压减 关闭 退出 疏解 退租 种植 栽植 造林 完善 建有 拥有 现有 共有 设有 设置 下设 下辖 开通 新开通 打通 铺设 敷设 架设 整合 优化 优化调整 升级 创建 打造 构建 构筑 集聚 聚集 形成 入选 入围 "
    "达成 签约 签订 签署 落地 开工 开工建设 投产 竣工 投用 启用 运行 接待 输送 培训 资助 救助 惠及 覆盖 涉及 保障 保供 减免 减税降费 新签 发行 募集 融资到位 贷款发放 缴纳 上缴 征收 生产 产出 年产 运营 "
    "确定 明确 纳入 列入 选取 抓好 实行 增加 减少 提供 搭建 设 列 投放 上线 备案 登记 注册 新设 新登记 新注册 吸纳 安置 转移就业 建档 流转 整理 复垦 开发 补充 保持 需 占 达 使 让 超额完成 共 是 "
    "采取 聚焦 围绕 抽调 筹建 规划建设 规划 规划实施 在建 续建 检查 审议 审议通过 制修订 修订 提请 废止 修改 听取 承担 扩容 总结 提炼 命名 表彰 举行 集中签约 集中开工 列支 筹集 争创 累计发放 "
    "申报 作 涵盖 释放 识别 提请审议 开行 认证 执行 更新改造 新建改造 聚力 接受 取得 清收 增设 评定 引入 确保 力争 控制 降至 研发 攻克 突破 授权 转化 发现 排查 立案 查办 化债 处罚 新开工 新签约 招商引资 促成 撤并 合并 重组 组建了 配套 扩大 启动 启动实施 启动建设 优选 遴选 分解 细化 提出 "
    "走访 服务企业 对接 精准对接 摸排 检测 接种 派驻 轮训 评选 选树 消化 偿还 置换 清偿 清欠 回收 关闭退出 搬迁 安置 建好 用好 办好 办成 抢修 修建 兴修 兴建 铺筑 铺轨 增产 生产了 供给 供应了 收购 销售 "
    "购买 出口 进口 输出 吸收 利用 使用 动用 透支 花费 支出 拿出 留出 节约 节省 浪费 损失 积累 偿付 拨出 拨款 垦荒 开垦 灌溉 "
).split()
# Words that are nouns as often as verbs: they govern only when an object is left and they open the clause.
_NOUNISH = frozenset(
    "建设 服务 出口 进口 支出 生产 销售 治理 保障 培训 贷款发放 规划 开发 运行 运营 改造 损失 浪费 积累 灌溉 收购 检查 覆盖 转移就业 注册 登记 备案 补充 发现 研发 控制 在建 续建 支持 帮扶 流转 招商引资 修复 优化 补贴 审议 检测 接种 占 达 是 共 设 列 需 使 让 签约 新签约 融资到位 造林 突破 转化 重组 合并 配套 升级 接待 输出 吸收 到位 引进 新引进 支持 策划 种植 认定 推广 安置 储备 授权 发行 救助 整治 资助".split()
)
_GOVERN = re.compile("|".join(sorted(map(re.escape, set(_VERBS)), key=len, reverse=True)))
_VERB_SET = frozenset(_VERBS)
_NOT_A_VERB = re.compile(
    r"(?<=新增)(?:就业|贷款|授信|社会融资|债务|专项债|限额)|率|区(?!域)|量(?!子)|度|额|费|力|者|员|面积|规模|成本|能力|机构|水平|用地|业|型|性|方式|标准|收入|里程|单位|工具|门类|体系|产能|任务|品|商|局|厅"
)
_LEAD = re.compile(
    r"(?:虽然|它|连续\d+年|已经|先(?=[发安])|由于|因为|因|就|却|可以|只要|据|其中|同时|并且|并|而且|而|目前|当前|截至目前|累计|共计|总计|合计|共|总共|平均|已经|已|先后|全年|年均|分别|仅|还|也|又|再|均|都|各|将|要|力争|确保|预计|争取|计划(?=[新建完实])|到|至|了|着|过|的|对|把|为|以|以及|及|和|与|在|从|由|使|让|向|按|"
    r"全市|全省|全国|全县|全区|全自治区|全社会(?!研发|固定|用电)|我市|我省|我国|我县|我区|本市|我们|各地|各级|各|新时代以来|一年来|五年来|率先|成功|同比|实际|"
    r"[省市县区]级层面|上半年|下半年|[，、；：:\s—]|（[^）]{1,4}）|(?:平均)?每[天日月年周])"
)
_TAIL = re.compile(
    rf"(?:(?:{_ANY})(?:到|至|为|成)|[却仍]?以|每年平均|平均每年|大约|(?<![签节合预条])约|[才曾]|应当|前|扣除[价物][^，]{0, 2}因素|按?可比价格?(?:计算)?|高达|仍然?|一半|一半以上|已经|就|却|拟按?|按|可以|只要|已能|即|增产|完成了|有了|总数达|总量达|达到了?|已达|达|约为|为|是|至|到|从|由|共|共计|总计|累计|合计|突破了?|超过|超|有|均|都|各|分别|仅|已|已有|总体|整体|基本|平均|实际|同比|环比|年均|累计|大幅|进一步|明显|持续|增至|升至|降至|增加到|增长到|提高到|提升到|提升至|提高至|下降到|下降至|上升到|上升至|"
    r"压减到|压减至|减少到|减少至|缩短到|缩短至|缩减到|降低到|降到|扩大到|发展到|调整到|调整为|扩容为|扩展到|稳定在|保持在|控制在|维持在|处于|居|位居|列|位列|跃居|稳居|跃升至|升到|上升|提升|提高|增长|增加|下降|减少|降低|实现|完成|占比?(?<!占比)|全部|总共|了|的|预期|预计|目标|将|将达|可|能|不|在|按|比上年|比去年|较上年|较去年|与上年相比|只|还|又|再|双双|同步|首次|连续|接近|近|不断|稳步|历史性|第一次|一举|成功|[，、；：:\s])$"
)
_LOOSE = frozenset("达 超 约 近 超过 突破 至 到 达到 就 却 已 的 了 仅 共".split())
_PLACE = re.compile(
    r"(?!试点|示范|全|各|我|本|先进|文明|县域)[一-鿿]{2,3}(?<!城)(?:县|市|省|自治区|自治州)(?![级域直场政民属区辖人内外里长委])"
)
_AFTER_STOP = re.compile(
    r"[，。；：！？、（）()《》…—\s\d]|已|正(?!式)|将|均|都|全部|进行|解决|实现|完成|达到|达|列入|入选|入围|入榜|纳入|获得|获批|取得|上市|试运行|启用|表示|获|荣获|配备|提供|开展|落户|落地|开工|建成|建设(?!用地|项目|工程|试点|任务|兵团|示范)|投产|竣工|挂牌|签约|成功|位居|居(?!民|住|家)|排(?!水|污|放|查)|有序|推进|推动|增长|增加|"
    r"减少|提高|提升|下降|为(?!民)|由|在(?!建|校|线|职|册|库)|向|从(?!业)|与|以及|参与|参加|享受|当选|迁入|来|到(?!位)|至|顺利|加快|陆续|相继|率先|启动|通过|投入|投用|运行|使用|上线|签署|等|的|被|对|把|用于|得到|取得|超|占|带动|参保|受益|办|打造|形成|成为|实施|招录|涉及|可|能(?!源|力|耗|级|量)|要(?!素|求|闻)|共|并|且|比|较|再|又|也|只|仅|每|给予|组成|覆盖|实行|接受|联合|同步|集中|全面|持续|不断|先后|首批|压减|优先|连续|发放|搬迁|改造完|初步|基本|稳步|脱贫|摘帽|退出|贯通|通车|验收|全线|就业创业|组建|上门|结对|对口|部署|全覆盖|分别|合计|总计|总体|免费|跻身|升至|出台|落成|起|“(?=[^”]{1,12}”(?:$|[，。；、]))"
)
_COUNTABLE = re.compile(
    r"(?:项目|企业|公司|开发区|园区|新区|任务|平台|中心|基地|集群|产业链|专班|小组|工作组|服务队|人才|学校|高校|中小学|医院|社区|村(?!庄)|村庄|片区|学区|运动员|乡镇|街道|县区|县市区|县市|城市|国家|地区|试点市|市(?!场|直|级|政|民|属|域|县)|县(?!区|市|级|域|直|城)|省份|部门|单位|机构|环节|领域|事项|政策|措施|举措|意见|方案|标准|"
    r"专利|品牌|产品|园|馆|站|厂|车间|工厂|实验室|研究院|创新载体|载体|线路|铁路|公路|高速|航线|机场|泊位|岗位|床位|学位|车位|桩|公园|小区|农户|居民|群众|职工|人员|干部|农牧民|牧民|农民|村民|市民|儿童|老年人|老人|妇女|残疾人|毕业生|大学生|党员|工人|专家|院士|医生|代表|委员|家庭|农户|国家和地区|教师|学生|劳动力|合作社|农场|市场主体|经营主体|个体工商户|用户|游客|案件|问题|事故|隐患|改革事项|成果|经验|案例|指标|工程(?!师)|活动|会议|条例|法规|规章|法律|制度|清单|流程|证明|场景|系统|模式|"
    r"主导产业|产业(?!链|集群|园)|自然保护地|标准地|保护区|示范区|试验区|示范市|示范县|先行区)(?:[）)”])?"
)
_AMOUNT_UNITS = re.compile(r"元$|吨|公里|米$|亩|公顷|千瓦|斤|担|公斤|克|升|箱|方$|GW|MW|P$|马力|里$|度$")
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<=[”’])(?=$)")
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n（）()]|——")
_SEPARATELY = re.compile(r"分别")
_LIST_GLUE = re.compile(r"\s*(?:[、,，]|和|及|与|或|以及|[-—–－~～至到]{1,2})\s*(?:和|及)?\s*")
_NOUN_VERBS = frozenset(
    "服务 试点 示范 建设 改革 创新 管理 工作 保障 培训 投资 治理 监测 活动 改造 攻坚 审批 开发 保护 合作 服务区 生产 教育 消费 研究 检测 安全 养老 招商 技改 招引 指挥 应急 救助 就业 创业 利用 综合 协作 贸易 流转 专业 融合 发展 交流 评价 使用 运行 储备 执法 调解 交易 运输 运营 种植 养殖 加工 制造 配套 备案 登记 办理 套餐 规划 扶贫 帮扶 设计 研发 储能 供热 发电 输电 物流 旅游 出版 转化 孵化 实施 便民 惠民 融资 交流 仿制 上市 规上 限上 许可".split()
)
_INTRANSITIVE = frozenset(
    "签约 新签约 开工 新开工 落地 在建 续建 投产 到位 竣工 备案 登记 注册 新注册 新登记 认定 新认定".split()
)
_MODIFYING = frozenset("新签约 新登记 新注册 新开工".split())
_RANKED = re.compile(
    r"[、，]?(?:综合|整体|连续\d+年|总量|稳|均|都|分别|继续|跃|首次|持续)?(?:位居|居|位列|列|名列|排名|排在|排|跃居|跃升|跃至|升至|上升至|提升至|提升到|升到|晋升|保持|进入|跻身|迈入|前移至|稳居|攀升至|获评?|位次)(?!民)[^，；]{0,16}$"
)
_OWNING = frozenset("增加 减少 压减 压缩 降低 提高 精简 缩短 节约 提升 上涨 下降".split())
_GENERIC = frozenset(
    "完成 实现 达到 解决 办理 新增 涉及 共 有 为 建成 已 总 占 投资 获 获批 实施 新建 落地 开工 推进 增加 减少 提高 下降 增长 压减 降低 提升 上升 出台 组织 认定".split()
) - {"投资"}

# ---- status, basis --------------------------------------------------------------------------------------------------
_PLANNED = re.compile(
    r"预计|力争|争取(?:到|在|达|完成|实现|用|今年|全年)|确保|拟(?![定制订人合])|预期目标|目标(?:是|为|[:：])|计划(?:总?投资|投入|用|新[建增]|实施|到|在|建|于|完成|安排|总|年|从)|正在规划|规划(?:建设|总|投资|到)|"
    r"申报|(?<![\d一二三四五六七八九十两])年内|明年|下一步|今后|未来|将(?=达|实现|建|新|增|完成|投|开|于|在|继续|进一步|有|是|超|突破|再|带动|形成|可|会|成为|从|重点|全力|力争|安排|组织|推进|实施|由|为|比|全面|按|提|发|下降|减|大)|要(?=达|在|比|实现|完成|建|新|使|把|力争|增|达到|提高|确保)|应当?(?=达|在|比|实现|完成)|"
    r"希望|可望|有望|到[一-鿿\d]{4,5}年[^，]{0,6}(?:要|将|力争|实现|达|建|基本)|每年(?=对|安排|为|投入|选|支持|建)|(?<!稳)(?<!社会)(?<!市场)预期|安排(?=发行|地方)"
)
_SUMMED = re.compile(
    r"新增|累计|新建|完成|建成|改造|新改|解决|淘汰|修建|新扩|增加(?!到|至)|减少(?!到|至)|治理|造林|育林|退耕|发放|出让|处置|盘活|流转|培育|建设|实施|新培|认定|共[一-鿿]{2}"
)
_SINCE = re.compile(
    r"(?:较|比|自)[^，。；]{0,6}(?:年初(?!预算)|上年末|去年末|去年底|上年底|[前末](?!后)|之前|以前)|改革后|合并后|调整后|整合后"
)
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年|上年同期|去年同期|上一年)|上年同期|去年同期")
_ANNUAL = re.compile(r"年均|平均每年|累计|年平均|年递增|每年平均|年增长率")
_SCOPE = re.compile(
    r"(全球|世界|亚洲|全国\d*个?[一-鿿]{0,6}?|全省|全市|全县|全区|中部(?:地区)?|西部(?:地区)?|东部(?:地区)?|沿海|省内|国内|同类[一-鿿]{0,6}|\d+个[一-鿿]{2,8})(?:[一-鿿]{0,6}?)$"
)
_PRICE = re.compile(r"可比价格?|不变价格?|现价|当年价格?|扣除价格因素|实际增长")
_QUOTED_NAME = re.compile(r"“([一二三四五六七八九十\d]{1,3}大(?!中心|领域|产业|集群|平台|基地)[^”，。]{2,10})”")
_HEADING_NUMBER = re.compile(
    r"(?P<a>[一二三四五六七八九十]{1,3}、)|(?P<b>[（(][一二三四五六七八九十]{1,3}[）)])|(?P<c>\d{1,2}[.．、])"
)
_PLANNED_HEADING = re.compile(
    r"目标|任务|重点|要求|安排|部署|取向|打算|今后|展望|计划|工作(?!回顾|总结|报告|情况)|建议"
)
_SECTION = re.compile(r"回顾|工作|总结|目标|任务|时期|成就|成绩|情况|发展|过去|以来|五年|部署|安排|建设")
_TARGETS = re.compile(r"(?:主要)?预期目标[^。]{0,4}(?:是|为|：)")
_PAST_HEADING = re.compile(r"回顾|总结|完成情况|以来|成就|成绩|过去|主要工作情况")


@dataclass
class _Section:
    """What the headings above say of a paragraph."""

    level: int = 0
    spans: tuple[Period, ...] = ()
    planned: bool = False
    current: Period | None = None


@dataclass
class _Claim:
    """A claim in the making: the number and what its sentence says of it."""

    number: Number
    kind: str
    direction: str = ""
    indicator: str = ""
    basis: str = ""
    period: str = ""
    status: str = "reported"
    scope: str = ""
    price: str = ""
    place: str = ""
    role: str = ""  # "from", "to" of a change
    verb: str = ""
    listed: bool = False


_ENDS_IN_VERB = re.compile(
    r"(?:投产|开工|通车|投用|启用|完工|竣工|落地|建成|提升|提高|增长|下降|增加|减少|改善|推进|加快|优化|实施|深化|落实|创建|任务|万|亿|\d)、"
)


def _even(phrase: str) -> str:
    """Take off a quotation mark that has lost its other half."""
    return phrase.strip("“”") if phrase.count("“") != phrase.count("”") else phrase


class _Page:
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
        if self.tag(begin) == "ns" and self.word(begin) != "中国":
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
            rest = verb.end()
            if verb[0] in _MODIFYING:
                continue
            if (
                verb.start() not in self.cuts
                or rest not in self.cuts
                or rest >= end
                or _NOT_A_VERB.match(line, rest, end)
            ):
                continue
            before = line[begin : verb.start()]
            if (
                verb[0] in _NOUNISH
                and not before
                and re.search(r"(?:量|额|率|收入|增加值|总值|人次)$", line[begin:end])
            ):
                continue
            if (
                verb[0] in _NOUNISH
                and before
                and not re.search(r"[，已了新并的计续、”]$|累计|全力|深入|加快|扎实|大力|积极|共$", before)
            ):
                continue
            a, b = self.peel(rest, end)
            if b - a >= 2 and not (b - a == 2 and verb[0] in _INTRANSITIVE):
                cut = rest
        begin, end = self.peel(cut, end)
        if (comma := line.rfind("，", begin, end)) >= 0:
            begin, end = self.peel(comma + 1, end)
        phrase = self.text[begin:end]
        if given := re.search(
            r"(?:为[^，、]{1,10}?|^(?:企业|群众|市场主体|经营主体|农民))(减税降费|减负|让利)$", phrase
        ):
            return given[1]
        if "、" in phrase and (
            not re.fullmatch(r"(?:[^、]{2,9}、)+[^、]{2,12}", phrase) or _ENDS_IN_VERB.search(phrase)
        ):
            return self.noun(line.rfind("、", begin, end) + 1, end)
        if quoted := re.fullmatch(r"“([^”]*)”", phrase):
            return quoted[1]
        phrase = re.sub(r"^“[^”]{1,12}”(?=[一-鿿]{3})", "", phrase)
        head = phrase.rpartition("的")[2]
        if head != phrase and (len(head) > 2 or (len(head) == 2 and len(phrase) > 16)):
            phrase = head
        return _even(phrase)


def claims(
    text: str | Sequence[Paragraph], date: str | Date | None = None, place: str | None = None, doc_id: str = ""
) -> pd.DataFrame:
    """Find the reported figures of a text.

    Parameters
    ----------
    text : str or sequence of Paragraph
        A source text, or its paragraphs already made.
    date : str or date, optional
        The document's date (ISO 8601); without it the one in the byline is used, and without that 今年 stays open.
    place : str, optional
        The document's place, left out of indicators and given in the column ``place`` unless a sentence names another.
    doc_id : str, optional
        What the column ``doc_id`` says.

    Returns
    -------
    DataFrame
        A row a number; ``value`` in base units (元, %, 亩 …) as plain decimal text; offsets in code points of the source.

    Raises
    ------
    InputError
        If `date` is no ISO date.

    Examples
    --------
    >>> found = claims("2021年，全市出口12.5亿元、增长8.3%。", date="2022-01-10")
    >>> found[["indicator", "value", "unit", "kind"]].values.tolist()
    [['出口', '1250000000', '元', 'level'], ['出口', '8.3', '%', 'change']]
    """
    when = _as_date(date)
    made = paragraphs(text) if isinstance(text, str) else list(text)
    if when is None and made:
        when = document_date(text if isinstance(text, str) else made[0].source_text)
    names = _names(made)
    rows: list[dict[str, object]] = []
    section = _Section()
    article = None
    for paragraph in made:
        if paragraph.article != article:
            article, section = paragraph.article, _Section()
        line = plain(paragraph.text)
        section = _enter(paragraph, line, section, when)
        for claim in _paragraph_claims(line, paragraph.text, when, section, place, names):
            rows.append(_row(claim, paragraph, doc_id, place, line))
    return pd.DataFrame(rows, columns=COLUMNS)


def _as_date(date: str | Date | None) -> Date | None:
    """Read the date that was given."""
    if date is None or isinstance(date, Date):
        return date
    try:
        return Date.fromisoformat(date.strip()[:10])
    except ValueError as error:
        raise InputError(f"no date: {date!r}", way_out="write it as 2024-09-04") from error


def _row(claim: _Claim, paragraph: Paragraph, doc_id: str, place: str | None, line: str) -> dict[str, object]:
    """Write a claim down with its place in the source."""
    number = claim.number
    start, end = paragraph.span(number.start, number.end)
    value = format((number.value or Decimal(0)).normalize(), "f")
    unit = (
        paragraph.text[number.core[0] : number.core[1]][-len(number.unit) :]
        if number.unit not in {"%", "百分点", "倍", "位"}
        else number.unit
    )
    unit = unit if plain(unit) == number.unit else number.unit
    return {
        "doc_id": doc_id, "start": start, "end": end, "surface": paragraph.surface(number.start, number.end), "value": value, "unit": unit,
        "kind": claim.kind, "direction": claim.direction, "indicator": claim.indicator, "period": claim.period, "basis": claim.basis,
        "bound": number.bound, "status": claim.status, "numeral": number.numeral, "article": paragraph.article, "place": claim.place or place or "",
        "indicator_code": indicator_code(claim.indicator) or "", "scope": claim.scope, "price": claim.price,
    }  # fmt: skip


# ---- sections --------------------------------------------------------------------------------------------------------
def _enter(paragraph: Paragraph, line: str, section: _Section, when: Date | None) -> _Section:
    """Take a heading's period and outlook, and let a paragraph choose among the periods of a heading of two."""
    number = _HEADING_NUMBER.match(line)
    short = len(line) <= 40 and not re.search(r"[。；！？]$|[。；]", line)
    if not (short and (number or paragraph.role in {"heading", "title", "kicker", "deck"})):
        if len(section.spans) > 1:
            opening = [p for p in periods(paragraph.text[:20], when) if not p.base]
            for period in section.spans:
                if opening and (opening[0].begin, opening[0].finish) == (period.begin, period.finish):
                    section.current = period
        if _TARGETS.search(line) and not section.planned:
            return replace(section, planned=True)  # tasks follow where the targets are named
        return section
    level = 3 if not number else 1 if number["a"] else 2 if number["b"] else 4
    spans = tuple(p for p in periods(paragraph.text, when) if not p.base) if level < 4 and _SECTION.search(line) else ()
    if spans:
        year = spans[0].finish.year
        ahead = when is not None and (
            year > when.year or (year == when.year and spans[0].begin.year == year and when.month <= 4)
        )
        planned = not _PAST_HEADING.search(line) and (
            ahead and bool(_PLANNED_HEADING.search(line)) or "预期目标" in line
        )
        return _Section(level, spans, planned, spans[0])
    if section.spans and level > section.level and section.level < 3:
        return section
    planned = bool(
        re.search(r"(?:预期|主要|总体|奋斗|发展)目标|今后|下一步|重点任务|重点工作", line)
    ) and not _PAST_HEADING.search(line)
    return _Section(level, (), planned)


# ---- a paragraph -----------------------------------------------------------------------------------------------------
def _paragraph_claims(
    line: str, text: str, when: Date | None, section: _Section, place: str | None, names: frozenset[str]
) -> list[_Claim]:
    """Make the claims of a paragraph, sentence by sentence."""
    every = numbers(text)
    figures = [n for n in every if n.kind in QUANTITIES and _is_claim(line, n, names)]
    if not figures:
        return []
    year = section.current.finish.year if section.current else None
    stretches = periods(text, when, year)
    begins = [p.start for p in stretches]
    ends = [m.end() for m in _SENTENCE_END.finditer(line)] + [len(line)]
    page = _Page(text, line, place, stretches)
    made: list[_Claim] = []
    sentence: list[_Claim] = []
    last_start = -1
    for i, number in enumerate(figures):
        index = bisect_right(ends, number.start)
        start = ends[index - 1] if index else 0
        if start != last_start:
            sentence, last_start = [], start
        start = max(start, number.start - _REACH)
        near = stretches[bisect_left(begins, start) : bisect_left(begins, number.start)]
        following = figures[i + 1] if i + 1 < len(figures) else None
        claim = _claim(page, number, start, ends[min(index, len(ends) - 1)], sentence[-_LATEST:], following)
        _place_in_time(line, claim, start, near, section, sentence[-_LATEST:], when)
        sentence.append(claim)
        made.append(claim)
    _share_objects(made, line)
    return made


def _names(made: Sequence[Paragraph]) -> frozenset[str]:
    """Gather the slogans with a number that a text puts in quotation marks: unquoted they are names too."""
    return frozenset(m[1] for p in made for m in _QUOTED_NAME.finditer(plain(p.text)))


def _is_claim(line: str, number: Number, names: frozenset[str]) -> bool:
    """Leave out ages, and names that hold a number."""
    if number.kind == "points" and re.search(
        r"每(?:增长|提高|增加|下降|降低|上升)$", line[max(0, number.start - 4) : number.start]
    ):
        return False
    if any(line.startswith(name, number.core[0]) for name in names):
        return False
    if number.unit == "岁":
        return bool(re.search(r"寿命|年龄", line[max(0, number.start - 12) : number.start]))
    return True


def _in_short_brackets(line: str, mark: re.Match[str]) -> bool:
    """Say whether a clause mark is one of a pair of brackets around a word or two, as in 人才（团队）."""
    if mark[0] in "（(":
        return bool(re.match(r"[^（()）\d]{1,6}[)）]", line[mark.end() : mark.end() + 7]))
    return mark[0] in "）)" and bool(
        re.search(r"[（(][^（()）\d]{1,6}$", line[max(0, mark.start() - 7) : mark.start()])
    )


def _claim(
    page: _Page, number: Number, start: int, end: int, sentence: list[_Claim], following: Number | None
) -> _Claim:
    """Tell kind, direction and indicator of one number from its clause and the numbers before it."""
    line = page.line
    before = sentence[-1] if sentence else None
    glue = line[before.number.end : number.start] if before else ""
    clause = max(start, before.number.end) if before else start
    for mark in _CLAUSE.finditer(line, clause, number.start):
        if not _in_short_brackets(line, mark):
            clause = mark.end()
    left = line[clause : number.start]
    listed = bool(
        before
        and _LIST_GLUE.fullmatch(glue)
        and number.kind == before.number.kind
        and (number.unit == before.number.unit or before.role)
    )
    if listed and before and before.kind != "rank":
        claim = _Claim(number, before.kind, before.direction, verb=before.verb, listed=True, role=before.role)
    elif before and before.role == "object" and number.kind == "percent" and re.fullmatch(r"[、和][一-鿿]{2,8}", glue):
        claim = _Claim(number, before.kind, before.direction, role="object")  # 压减时间58%、材料52%
    else:
        claim = _classify(line, number, left)
    if (
        before
        and before.role == "from"
        and not claim.role
        and not claim.listed
        and re.fullmatch(r"[一-鿿]{0,6}(?:到|至|为|成)", left)
    ):
        claim.role = "to"
    claim.indicator = _indicator(page, claim, clause, start, end, sentence, following)
    if before and claim.role == "to" and before.role == "from" and claim.kind in {"level", "share", "delta"}:
        claim.kind, claim.direction = before.kind, before.direction
        if "分别" not in line[start : number.start]:
            claim.indicator = before.indicator or claim.indicator
    claim.place = next(
        (
            line[at:stop]
            for at in range(clause, number.start)
            if at in page.cuts and (stop := page.place(at, number.start)) > at
        ),
        "",
    )
    claim.price = (
        m[0] if claim.kind != "rank" and (m := _PRICE.search(line, max(start, number.start - 16), number.start)) else ""
    )
    if claim.kind == "rank" and (scope := _SCOPE.search(left)):
        claim.scope = scope[1]
    return claim


def _classify(line: str, number: Number, left: str) -> _Claim:
    """Tell the kind and direction from the words that touch the number."""
    left = _YEAR_BETWEEN.sub("", left)  # 由2002年7703元增加到2007年的13786元
    change = _CHANGE.search(left)
    verb = change["verb"] if change else ""
    reached = bool(change and re.match(r"了?(?:到|至|为|成)", change["gap"])) or bool(
        re.search(r"(?:增|升|降|减|提|涨|缩)[至到]$", left)
    )
    direction = "up" if verb in _UP else "down" if verb else ""
    if (verb == "增长" and number.unit in {"条", "项", "个"}) or (
        verb == "前移" and number.unit not in {"位", "位次", "个位次"}
    ):
        verb, direction = "", ""
    role = "from" if re.search(r"(?:从|由)(?:[^，。；]{0,8}年)?(?:的)?$", left) else "to" if reached else ""
    if number.kind == "rank" or (
        number.unit in {"位", "个位次", "位次"} and re.search(r"(?:居|列|排|至|到)[^，。]{0,8}$", left) and not verb
    ):
        return _Claim(number, "rank", verb=verb)
    if number.kind == "points" or number.unit in {"位次", "个位次", "个基点"} or (number.unit == "位" and verb):
        compared = change or _COMPARED.search(left)
        word = compared["verb"] if compared else ""
        return _Claim(number, "delta", "down" if word in _DOWN else "up", verb=word)
    if number.kind == "multiple":
        return _Claim(number, "change", direction or "up", verb=verb or "倍")
    if number.kind == "percent":
        if owned := _OWN_SHARE.search(left):
            return _Claim(number, "change", "up" if owned[1] in _UP else "down", role="object", verb=owned[1])
        if (verb and not reached and len(verb) > 1) or verb in {"增", "降", "减", "涨", "升"} and not reached:
            return _Claim(number, "change", direction, verb=verb)
        if _GROWTH_NAMES.search(left) and not reached:
            return _Claim(number, "change", "down" if re.search(r"降幅|跌幅", left) else "up", verb="增速")
        if _GROWTH_AFTER.match(line, number.end):
            return _Claim(
                number, "change", "down" if "降幅" in line[number.end : number.end + 6] else "up", verb="增长速度"
            )
        return _Claim(number, "share", role=role)
    if (
        verb
        and not reached
        and (
            len(verb) > 1
            and verb not in {"净增"}
            or verb in {"多", "少", "增", "减"}
            and re.search(r"(?:比|较)[^，。；]{0,16}$|[多少]了$", left)
        )
        and not left.endswith("新增")
    ):
        return _Claim(number, "delta", direction, verb=verb)
    if (own := _OWN_VERB.search(left)) and number.unit == "元" and not re.search(r"[到至达为占]$|总额|余额", left):
        return _Claim(number, "delta", "up" if own[0][:2] in _UP else "down", verb=own[0][:2])
    if (grown := re.search(r"([一-鿿]{4,16})新增(?:了|约|近|超过?)?$", left)) and re.search(
        r"存款|贷款|余额|人口|装机|储蓄", grown[1]
    ):
        return _Claim(number, "delta", "up", verb="新增")
    return _Claim(number, "level", role=role)


# ---- what is measured ------------------------------------------------------------------------------------------------
def _indicator(
    page: _Page, claim: _Claim, clause: int, start: int, end: int, sentence: list[_Claim], following: Number | None
) -> str:
    """Find what a number measures: after it, before it, in the list it shares, or in an earlier clause."""
    number, line = claim.number, page.line
    before = sentence[-1] if sentence else None
    stop = min(end, following.start) if following else end
    counts = number.kind == "amount" and not _AMOUNT_UNITS.search(number.unit)
    after = _after(page, number.end, stop, counts, number.unit) if claim.kind in {"level", "share"} else ""
    if claim.kind == "level" and number.bound in {"min", "max"} and not counts and _COUNTABLE.fullmatch(after):
        left = _topic(page, clause, number.start, claim, start, sentence)
        return (
            after if not left or left in _VERB_SET or left in _GENERIC else left
        )  # a threshold in a modifier: 过亿元项目
    if counts and claim.kind == "level" and after:
        return after
    if (
        before
        and page.follows_base(number.start)
        and re.search(r"(?:比|较|与|同)[^，。；]{1,14}$", line[clause : number.start])
    ):
        return before.indicator  # 比1952年的73亿元增长
    if separate := _separately(page, claim, start, sentence):
        return separate
    if claim.listed and before:
        return before.indicator
    left = _topic(page, clause, number.start, claim, start, sentence)
    if counts and before and left in _VERB_SET and before.number.unit == number.unit:
        return before.indicator  # 63项任务已办结13项
    if before and left in {"增产", "减产", "增收", "减收", "涨幅", "降幅", "增幅", "增速"}:
        return before.indicator
    if left and left not in _GENERIC and not (after and left in _VERB_SET):
        return left
    if claim.kind == "level" and after:
        return after
    acts = number.end < stop and page.tag(number.end).startswith("v")
    if counts and claim.kind == "level" and not left and acts:  # 47人入选人才计划
        done = number.end + len(page.word(number.end))
        done += line[done : done + 1] == "了"
        return re.sub(r"^“[^”]*”(?=[一-鿿])", "", _after(page, done, stop, counts, number.unit))
    if claim.kind == "share" and not left and line[clause : number.start] == "":
        shared = _after(page, number.end + (line[number.end : number.end + 1] == "的"), stop, True, "")
        if shared:  # 96%的养老机构
            return shared
    if before and not left and (gap := line[before.number.end : max(clause - 1, before.number.end)]):
        segment = max(gap.rfind(c) for c in "，；：") + 1
        noun = page.noun(before.number.end + segment, clause - 1) if segment else ""
        if noun and (indicator_code(plain(noun)) or _MEASURED.search(plain(noun))):
            return noun
    if before and (claim.kind != "level" or not left or left in _GENERIC):
        return before.indicator
    if clause > start and not left and not counts:  # the topic stands in the clause before
        opening = max(line.rfind(c, start, clause - 1) for c in "，；：") + 1
        return _topic(page, max(opening, start), clause - 1, claim, start)
    return left or after


_ISSUED = re.compile(r"(?:出台|制定|制订|印发|发布|推出|提出|实施)了?")
_MEASURED = re.compile(r"(?:率|额|面积|值|收入|规模|增速|指数|比重|占比|产量|总量|价格)$")


def _after(page: _Page, at: int, stop: int, counts: bool, unit: str) -> str:
    """Take the noun that follows a number: 63项重点改革任务已完成 gives 重点改革任务."""
    line = page.line
    at += len(re.match(r"[ \xa0]?(?:（[^）]{1,6}）)?", line[at:stop])[0])  # type: ignore[index]
    if line[at : at + 1] == "的" or at >= stop:
        return ""
    end = at
    heads: list[int] = []
    noun_before = named_once = False
    acted: list[int] = []  # verbs that may end the noun: 9个开发区管辖面积
    while end < stop:
        if line[end] == "“":
            close = line.find("”", end, end + 22)
            if close < 0 or (end > at and not _COUNTABLE.search(line[close + 1 : min(stop, close + 12)])):
                break
            end, named_once = close + 1, True
            continue
        word = page.word(end)
        verb = page.tag(end).startswith("v") and word not in _NOUN_VERBS
        halt = _AFTER_STOP.match(line, end)
        if word == "的" and counts and (not heads or page.tag(at).startswith("v")):
            at, heads, acted = (end + 1, [], []) if page.tag(at).startswith("v") else (at, heads, acted)
        elif halt and (
            (verb and len(halt[0]) > 1)
            or halt[0] in {"上门", "结对", "对口"}
            or halt.end() >= min(end + len(word), stop)
        ):
            break
        elif (
            word in {"和", "及", "或", "与"}
            and not line.startswith("国家和地区", end - 2)
            and (heads or end + 1 >= stop)
        ):
            break
        elif verb:
            named = heads and heads[-1] == end
            if unit != "条" and (named or (noun_before and not _COUNTABLE.search(line, end, min(stop, end + 14)))):
                break
            acted.append(end)
        noun_before = page.tag(end)[:1] in {"n", "l", "i", "j", "e"}
        named_once = named_once or noun_before or not verb
        end += len(word)
        if (noun := list(_COUNTABLE.finditer(line, at, min(end, stop)))) and noun[-1].end() == end:
            heads.append(end)
    end = min(end, stop)
    if (
        counts
        and heads
        and (end - at > 14 or any(v >= heads[-1] for v in acted) or _MEASURED.search(line[heads[-1] : end]))
    ):
        end = heads[-1]
    begin, end = page.peel(at, end)
    phrase = page.text[begin:end]
    if not re.search(r"[一-鿿]", phrase) or not named_once:
        return ""
    if "的" in phrase[:-1]:
        phrase = phrase.rsplit("的", 1)[1]
    quoted = re.fullmatch(r"“([^”]*)”", phrase)
    return quoted[1] if quoted else _even(re.sub(r"(?:和|及|或|与)$", "", phrase))


def _topic(page: _Page, clause: int, stop: int, claim: _Claim, start: int, sentence: Sequence[_Claim] = ()) -> str:
    """Take the noun before a number: what is left of the clause without verb, place, period and link words."""
    line = page.line
    if (
        claim.verb
        and claim.verb not in {"倍", "增收", "减收", "增产", "减产"}
        and (cut := line.rfind(claim.verb, clause, stop)) >= 0
    ):
        if (
            claim.kind in {"delta", "change"}
            and claim.verb in _OWNING
            and (noun := page.noun(cut + len(claim.verb), stop))
        ):
            return noun
        stop = cut
        if compared := re.search(r"(?:比|较|与|同)[^，。；]{1,14}$", line[clause:stop]):
            stop = clause + compared.start()
    before = sentence[-1] if sentence else None
    if (
        before
        and clause == before.number.end
        and before.kind == "level"
        and before.number.bound != "exact"
        and before.indicator
        and before.number.unit == "元"
        and before.number.bound in {"min", "max"}
        and line.startswith(before.indicator, clause)
    ):
        opening = max([start] + [line.rfind(c, start, clause) + 1 for c in "，；："])
        return page.text[page.peel(opening, before.number.start)[0] : stop]  # 新签约过亿元项目288个
    if claim.kind == "rank" and before and clause == before.number.end and line.startswith(before.indicator, clause):
        rest = line[clause + len(before.indicator) : stop]
        if not re.match(r"[^，、由在]{0,6}(?:额|量|率|增速|规模|面积|水平|指数|数量?)(?=[、位居列排稳跃])", rest):
            return before.indicator
    if claim.number.unit == "条" and re.match(r"[，、；。等政措]|$", line[claim.number.end :]):
        opening = max([clause] + [m.end() for m in _ISSUED.finditer(line, clause, stop)])
        return page.text[opening:stop].lstrip("、，了")
    if claim.kind == "rank" and (
        judged := re.search(r"在([^，、。；]{2,24})中[，,]?[^，。；]{0,14}$", line[start:stop])
    ):
        return page.text[start + judged.start(1) : start + judged.end(1)]
    if claim.kind == "rank" and (ranked := _RANKED.search(line[clause:stop])):
        stop = clause + ranked.start()
    if claim.number.kind == "multiple" and (
        part := re.search(r"(?:可以)?(?:等于|相当于|达到|达|是|为)[^，。；]{0,24}$", line[clause:stop])
    ):
        stop = clause + part.start()
    if claim.kind == "rank" and (
        place := re.search(
            r"[，、]?(?:世界|全球|全国|全省|亚洲)?(?:排名|位次|排位)[由从]?[^，]{0,12}$", line[clause:stop]
        )
    ):
        stop = clause + place.start()
    if claim.kind == "share" and (
        part := re.search(r"占(?!有率|比)[^比，。；]{1,20}的?$|完成[^，。；]{0,8}计划的$", line[clause:stop])
    ):
        stop = clause + part.start()
    if (
        clause > start
        and line[clause - 1] not in "，；：。、！？"
        and line[clause : clause + 1] not in {"、", "，", "和", "及", ""}
    ):
        # the noun of the number before stands first: 22个市级重点项目投资完成率 leaves 投资完成率
        if before and before.indicator and line.startswith(plain(before.indicator), clause):
            spent = clause + len(before.indicator)
            clause = (
                spent
                if line[spent : spent + 1] != "占"
                and (line[spent : spent + 1] in {"、", "，"} or len(page.noun(spent, stop)) > 2)
                else clause
            )
        heads = [
            m.end()
            for m in _COUNTABLE.finditer(line, clause, stop)
            if m.end() in page.cuts and line[m.end() : m.end() + 1] != "占"
        ]
        if heads and stop - heads[-1] > 2 and page.noun(heads[-1], stop):
            clause = heads[-1]
    if (listed := line.rfind("等", clause, stop - 1)) >= 0 and not re.match(
        r"级|教育|院校|学校", line[listed + 1 : stop]
    ):
        clause = listed + 1
    noun = page.noun(clause, stop)
    if re.fullmatch(r"[一二三四五六七八九十\d]{1,2}年", noun):
        return ""
    return noun + claim.verb if noun == "经济" and claim.verb == "增长" else noun


def _separately(page: _Page, claim: _Claim, start: int, sentence: list[_Claim]) -> str:
    """Deal the names before 分别 out to the numbers after it, in their order."""
    line, number = page.line, claim.number
    mark = line.rfind("分别", start, number.start)
    if mark < 0:
        return ""
    dealt = [c for c in sentence if c.number.start > mark]
    between = line[mark + 2 : (dealt[0].number.start if dealt else number.start)]
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
    if not all(_glued(line[a.end : b.start]) for a, b in pairwise(chain)):
        return ""
    inside = [c.number.end for c in sentence if opening <= c.number.start < mark]
    if inside and "、" not in line[inside[-1] : mark]:
        return _topic(page, inside[-1], mark, claim, start)
    own_end = (
        len(between)
        if claim.kind not in {"change", "delta"}
        else (m.start() if (m := re.search(_ANY, between)) else len(between))
    )
    own = page.noun(mark + 2, mark + 2 + own_end)
    if (
        own
        and own not in _GENERIC
        and not re.fullmatch(rf"(?:{_ANY}|从|由|占|排|居|列|全国|全省|比|较|上年|年初|同期)+", own)
    ):
        return own
    names = [
        (m.start() + begin, m.end() + begin)
        for m in re.finditer(r"(?:(?!以及|[、和与])[^、和与]|[和与](?=[平谐]))+", line[begin:finish])
    ]
    if len(names) < 2:
        # 收入562亿元、利润21亿元，分别增长11%、19%: the names are those of the amounts before
        told = len(re.findall(r"%|倍|百分之|个百分点|第\d+位", re.match(r"[^，。；]*", line[mark:])[0]))  # type: ignore[index]
        earlier = [c for c in sentence if c.number.start < mark and c.kind == "level"][-told:]
        return earlier[len(dealt)].indicator if len(dealt) < len(earlier) == told > 1 else ""
    a, b = names[len(dealt) % len(names)]
    return page.noun(a, b) or page.text[a:b]


def _glued(between: str) -> bool:
    """Say whether two numbers belong to one deal: only list marks or a change verb stand between them."""
    return bool(_LIST_GLUE.fullmatch(between) or re.fullmatch(rf"(?:{_ANY}|扩大|发展|调整)?(?:到|至|为)", between))


def _share_objects(made: list[_Claim], line: str) -> None:
    """Give a number of a range or list, whose noun comes after the last of them, that noun."""
    for this, following in zip(reversed(made[:-1]), reversed(made[1:]), strict=True):
        between = line[this.number.end : following.number.start]
        if (
            len(between) <= 2
            and _LIST_GLUE.fullmatch(between)
            and (this.number.bound == "min" and following.number.bound == "max" or not this.indicator)
        ):
            this.indicator, this.kind, this.direction = following.indicator, following.kind, following.direction


def _carries(line: str, period: Period, start: int) -> bool:
    """Say whether a period holds past a semicolon: an event of a month or a day, or a deadline, does not."""
    if line[period.end - 1] == "前":
        return False
    short = (period.finish - period.begin).days <= 31
    return not short or period.start - start <= 2 or line[period.end : period.end + 1] in {"，", ","}


# ---- time, basis, status ---------------------------------------------------------------------------------------------
def _place_in_time(
    line: str,
    claim: _Claim,
    start: int,
    stretches: list[Period],
    section: _Section,
    sentence: list[_Claim],
    when: Date | None,
) -> None:
    """Give a claim its status, its period and what a change is against."""
    number = claim.number
    here = line[start : number.start]
    part = start + max(here.rfind("；"), here.rfind(";")) + 1
    said = [
        p
        for p in stretches
        if start <= p.start < number.start and not p.base and (p.start >= part or _carries(line, p, start))
    ]
    if claim.role == "to" and (source := next((c for c in reversed(sentence) if c.role == "from"), None)):
        said = [
            p for p in said if not (source.number.start - 9 <= p.start < source.number.start) or len(said) == 1
        ] or said
    period = said[-1] if said else section.current
    if period and when and not section.current and line[period.start : period.end] == "全年" and _PLANNED.search(here):
        period = replace(period, begin=Date(when.year, 1, 1), finish=Date(when.year, 12, 31))
    recent = here[max(here.rfind("；"), here.rfind("。")) + 1 :]
    planned = bool(_PLANNED.search(recent)) or section.planned
    if section.planned and said and when and said[-1].finish < when and not said[-1].to_date:
        planned = False
    if when and said and said[-1].begin > when:
        planned = True
    if (
        planned
        and not section.planned
        and re.search(r"已|获批|到位|下达", here[here.rfind("，") + 1 :])
        and not _PLANNED.search(here[here.rfind("，") + 1 :])
    ):
        planned = False
    claim.status = "planned" if planned else "reported"
    clause = here[max(here.rfind(c) for c in "，；：。") + 1 :]
    stock = is_stock(plain(claim.indicator)) and not _SUMMED.search(clause)
    if period:
        several = period.years > 1
        state = (
            several
            and claim.kind in {"level", "share", "rank"}
            and (
                claim.role == "to"
                or stock
                or bool(re.search(r"(?:达到?|突破|超过|稳定在|保持在|占|居|列)$", here[-6:]) or "率" in claim.indicator)
            )
        )
        if several and claim.role == "from":
            period, state = replace(period, finish=Date(period.begin.year, 12, 31)), False
        if not said and several and claim.kind == "rank":
            state = True
        claim.period = period.iso(stock and claim.kind in {"level", "share"}, planned, state)
    based = [p for p in stretches if p.base and start + here.rfind("；") + 1 <= p.start < number.start]
    if claim.kind in {"level", "share"} and based and 0 <= number.start - based[-1].end <= 1:
        claim.period = based[-1].iso(stock)
    same = next((c.period for c in sentence if c.role == claim.role), "") if claim.role else ""
    if same and not any(p.start >= start + here.rfind("，") for p in said):
        claim.period = same
    if claim.kind not in {"change", "delta"}:
        return
    ends = [c.role for c in sentence if c.role]
    if "from" in ends and "to" in ends and any(c.indicator in claim.indicator for c in sentence if c.role == "to"):
        claim.basis = "from_to"
        first, last = (next(c.period for c in sentence if c.role == r) for r in ("from", "to"))
        if first and last and first[:4] < last[:4]:
            claim.period = f"{first[:4]}-01-01/{last[:4]}-12-31"
    elif _SINCE.search(clause) or re.search(r"(?:改革|合并|调整|整合)后", here):
        claim.basis = "since"
    elif _YOY.search(clause):
        claim.basis = "yoy"
    elif based:
        only = period is not None and period.years == 1 and based[-1].years == 1
        claim.basis = "yoy" if only and period and based[-1].finish.year == period.finish.year - 1 else ""
    elif (
        _ANNUAL.search(clause)
        or (period and period.years > 1)
        or claim.verb in {"倍", "减少", "压减", "压缩", "精简", "缩短", "缩减", "裁减"}
    ):
        claim.basis = ""
    elif number.kind in {"percent", "points", "multiple"} and not re.search(r"于|出$", claim.verb):
        claim.basis = "yoy"
