"""What each word of a clause does: it names, governs, acts, links, turns.

The segmenter's tag tells it; the closed classes below stand where the tag says too little or is wrong.
"""

import re
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from reformtext.texts.segment import Token, tokenize


def words(text: str) -> list[str]:
    """Cut a word list at its spaces."""
    return text.split()


class Role(Enum):
    """What a word does in its clause."""

    NAMES = "a noun, or what may stand inside a name"
    GOVERNS = "a verb that takes what follows as its object and is never part of a name"
    ACTS = "a verb that may also stand inside a name (改造项目) or end one (土地流转)"
    LINKS = "an adverb, auxiliary, pronoun or particle"
    TURNS = "a preposition"
    FRAMES = "a word that closes a frame: 中, 期间"
    JOINS = "和 and the like, inside a name"
    OF = "的"
    MARKS = "punctuation"
    COUNTS = "a number"

    __hash__ = object.__hash__  # Enum's own is a call of Python's


_GOVERNING = frozenset(
    words(
        "拨出 完成 实现 建成 新建 改建 扩建 建立 建造 出台 制定 制订 印发 发布 培育 组建 成立 设立 增设 引育 招引 招录 招聘 招收 招募 新增 净增 认定 实施 启动 组织 举办 举行 开展 召开 承办 "
        "谋划 策划 获批 获评 获得 荣获 获 争取 安排 投放 下达 拨付 发放 落实 兑现 处置 盘活 出让 预支 收储 配备 选派 选聘 派出 派驻 帮扶 带动 拉动 撬动 推动 促进 吸引 引导 支持 扶持 帮助 "
        "解决 化解 避免 挽回 受理 办理 办结 处理 查处 破获 清理 取消 下放 梳理 提报 收集 推进 推出 推行 推介 承接 移交 淘汰 关停 压减 关闭 退出 疏解 栽植 完善 建有 拥有 现有 共有 "
        "设有 设置 下设 下辖 有 没有 开通 新开通 打通 铺设 敷设 架设 整合 创建 打造 构建 构筑 聚集 形成 入选 入围 上榜 达成 签订 签署 落地 开工 竣工 完工 投用 启用 输送 惠及 "
        "涉及 减免 新签 募集 缴纳 上缴 征收 产出 出产 确定 明确 纳入 列入 选取 抓好 实行 增加 减少 提供 搭建 上线 年产 吸纳 建档 整理 复垦 保持 达 达到 是 使 让 采取 聚焦 围绕 抽调 筹建 "
        "审议 提请 废止 修改 修订 听取 承担 扩容 总结 提炼 命名 表彰 列支 筹集 筹措 争创 申报 涵盖 释放 识别 开行 接受 取得 清收 评定 引入 确保 力争 控制 攻克 突破 发现 排查 立案 "
        "促成 撤并 归并 扩大 优选 遴选 细化 提出 走访 对接 摸排 评选 消化 偿还 置换 清偿 清欠 回收 抢修 修建 兴修 兴建 铺筑 投产 增产 购买 动用 透支 拿出 留出 节约 节省 偿付 用于 继续 "
        "加快 开始 增长 下降 提升 提高 降低 上升 上涨 回落 递增 递减 位居 位列 稳居 跃居 跃升 占 居 列 超过 超 迈 跨 减轻 享受 参加 参与 进入 进行 包括 加上 成为 作为 转为 变为 属于 "
        "相当于 要求 迈上 跨上 跃上 登上 站上 拟定 预定 规定 建成投产 定为 稳定 维持 处于 停征 授予 追回 颁布 增发 收到 结转 加大 加强 做好 做 送 建 设 收 接待 持续保持 跨越 迎来 接近 "
        "缩小 收窄 增强 巩固 扣除 考虑 保证 覆盖 看 降 增 涨 升 减 落户 上门 上门服务 开办 创办 免除 拖欠 缩减 精简 压缩 缩短 撤销 宣布 访问 挂牌 开垦 引进 贯通 立改废 改扩建 新改扩建 作 多出 敲定 核增 核减 划转 下派 签下 聚起 还有 只有 仅有 已有 就有 再减 "
        "拆除 更换 购置 添置 新添 购入 采摘 修通 修缮 运送 配送 接诊 会诊 救治 诊治 开出 开具 出具 报销 补发 发给 捐赠 慰问 看望 调处 审结 追缴 抓获 捣毁 清退 清缴 清除 腾退 腾出 腾空 "
        "征集 采集 汇集 归集 编发 推送 推荐 复制 孵化 选调 选拔 考录 录用 录取 聘请 聘用 邀请 接收 接纳 接听 接办 解答 答复 回复 回应 辐射 帮带 结对 进驻 入驻 领取 裁撤 削减 免征 免收 退还 返还 界定 拜访 表示 容纳 "
        "开设 代办 帮办 掏出 垫付 乘坐 提交 报送 上报 填写 收缴 罚没 补缴 补办 斩获 夺得 赢得 摘得 捧回 跻身 播出 刊发 出版 召集 汇聚 涌现 留下 省下 种下 栽下 栽种 耗资 斥资 占用 预留 "
        "欠下 剩余 余下 拥有着 认领 认购 颁发 颁证 签发 换发 登门 服务于 约谈 追责 问责 巡护 值守 守护 疏浚 开挖 浇灌 施用 租用 租下 承租 承包 调出 调入 拆迁 拆违 兼并 控股 参股 注资 "
        "坚持 改善 强化 发挥 贯彻 鼓励 具有 得到 拓展 存在 发生 办好 适应 改进 搞好 应对 作出 改变 防范 重视 出现 做到 注意 抓紧 依靠 注重 克服 激发 打击 融入 把握 纠正 希望 迈出 "
        "造成 破坏 看到 给予 予以 满足 符合 树立 面对 面临 受到 增进 消除 遏制 发扬 践行 体现 夯实 理顺 放宽 带来 履行 赋予 制止 遵循 提倡 缓解 遇到 采用 放开 引起 开创 打破 开辟 "
        "遵守 公布 守住 展现 结束 具备 破除 补齐 推向 违反 掌握 彰显 挖掘 贯穿 奠定 来自 享有 抓住 走向 付出 迎接 发表 破解 摆脱 扭转 夺取 狠抓 稳住 塑造 打下 推开 组成 担负 造就 变成 "
        "改为 关注 抢抓 擦亮 兴办 兼顾 出席 涌现出 交给 统筹 凝聚 划分 划定 折合 挤入 挤进 张贴 悬挂 摆放 劝返 收养 认养 喂养 带来 送来 拉来 请来 端上 吃上 用上 喝上 住上 装上 换上 挂上 写下 记下 "
        "制发 加装 粉刷 捐出 捐献 募得 筹得 筹到 争得 争到 要来 谈成 办成 建起 盖起 种上 养起 卖出 卖到 买来 买进 借出 贷出 放出 拨给 补给 奖给 分给 交出 让出 腾挪 租赁给 转让给 "
        "开垦出 整治出 节省出 节约出 培养出 走出 孵化出 催生 吸收 招来 招引来 引来 迎来 接来 派驻 抽派 选出 评出 推举 命名为 授牌 颁给 录入 采录 摄制 编写 撰写 上传 下载 签约引进 "
        "捐建 援建 承建 代管 领办 挖出 查出 查获 缴获 挡住 拦截 劝退 约见 会见 探访 回访 满载 载有 装载 动用 调用 调集 调运 运来 运出 压降 下发 发往 销往 出动"
    )
)
# They name although their tag says otherwise: verbs that head names, and what the dictionary mistags.
NAMING = frozenset(
    words(
        "支出 收入 预算 决算 就业 补助 产能 举措 通道 跑道 率 站 高速 现代 本科 增速 造价 负担 低保 各类 各项 其他 其它 自然 长期 一次性 初次 直接 特别 均 公立 既有 本级 各级 以上 以下 死亡 "
        "退休 脱贫 扶贫 示范 创新 更新 减税降费 退税 减税 以旧换新 排放 需求 期望 提案 做法 实践 应用 备案 下岗 外出 务工 经常 护航 进步 应届 到位 就地 本地 进度 青年 青少年 建议 接口 投诉"
    )
)
# Nouns to the dictionary that may take an object where a clause opens.
ACTING = frozenset(
    words(
        "备案 申请 调整 协调 推广 整理 消化 转移 建设 培训 生产 检查 救助 优化 升级 灌溉 利用 规划 资助 续建 供应 储备 检测 更新改造 "
        "硬化 绿化 净化 美化 拓宽 清淤 清运 收治 义诊 筛查 入户 轮训 评审 审查 督查 巡查 督导 问责 核准 动员 联系 包保 "
        "分流 赋权 领办 调配 管护 栽种 轮作 出售 发运 投递 编印 印制 拆违 执结 配齐 奖励 照料 新招 "
        "检修 替代 互派 补种 补植 铺装 盘点 核查 核定 核销 清查 屠宰 讲授 认捐 认种 规范 交流 运输 通报 销往 贷出 增招 增投 代建 自建"
    )
)
LINKING = frozenset(
    words(
        "光 连 有望 可望 历史性 首个 首批 首条 首家 首座 全球 共 约 已 均 都 又 还 只 仅 也 大大 如期 正在 半年 单季 单月 当季 近年来 现在 如今 拟 全面 要 可 能 能够 可能 需要 应该 应当 应 累计 合计 共计 总计 预计 预期 目前 当前 "
        "全市 全省 全国 全县 全区 我县 我区 本市 到 至 上 来 去 以前 成 度 连续 全年 成功 圆满 有序 总体 整体 基本 比上 全部 全线 目标 例如 即 首次 双双 同比 环比 平均 年均 实际 实有 "
        "原有 仍 眼下 可比 同口径 日均 同期 还会 再 又 就 也 却 仅 才 便 曾 只 更 每 额外 另外 下来"
    )
)
_TURNING = frozenset(words("把 将 由 从 向 按 按照 为 给 被 据 根据 以 于 自 围绕 用 凭 比 较 同 除 除了"))
_JOINING = frozenset(words("和 及 与 或 以及 并"))
_FRAMING = frozenset(words("间 中 上 内 里 下 时 期间 以来 之后 以后 之前 后 前 方面 之中 当中"))
_LINK_TAGS = frozenset(words("uv d ad vd c r u ul uz ug ud uj y e o"))
_CHAINED_LINKS = re.compile(r"[均达至到为共已又再都各约近超将就仅只还也]{2,4}")  # one token to the segmenter: 均达
_POINTING = re.compile(r"[这那该此]|全[镇乡村校院州盟旗域]$|[省市县区镇乡村厂校]里$|每[人年月天日户亩平餐周次]")
_MOVED = re.compile(r"[增升降减提涨缩压扩跃][至到为]")
_DATED = re.compile(r"(?<![老青中少])[年月日底末初]$|\d")
_SIZED = re.compile(r"[十百千万亿]+[元级吨项]?")  # 万亿元台阶
_GRADED = re.compile(r"[A-Z级类维等产甲]")  # 5G, 二级, 三甲
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千万亿两第]")
_RATE_VERBS = frozenset(words("率领 率先 率先垂范 率真 率性 率军 率队 率团 率部"))
_MANNERS = frozenset(words("积极 就地 大力 全面 努力 顺利 成功 有效 充分 切实 共同 全力 主动 深入 逐步 不断"))
_CLINGING = "达为共均由拟"
_ADVERBS, _ONE_CHARACTER_VERBS = "已再只仅还也就共各将能可", "产收建增减降招交办付卖种用有开改修设引派发领拿"
# What ends a compound with a verb at its head, where other nouns are its object: 实施方案, but 下达任务.
_COMPOUND = re.compile(
    r"方案|办法|规划|基金|范围|工程|报告|人数|细则|速度|幅度|机制|设备|空气|代办|服务|路线|企业|经营|能力|数量|材料|条件"
)


class Word(NamedTuple):
    """A word of a paragraph: where it stands and what it does."""

    start: int
    end: int
    term: str
    role: Role
    tag: str


@lru_cache(1 << 16)
def role_of(term: str, tag: str) -> Role:
    """Tell a word's role: by the closed classes first, then by its tag."""
    if term == "的":
        return Role.OF
    for role, members in (
        (Role.NAMES, NAMING), (Role.GOVERNS, _GOVERNING), (Role.JOINS, _JOINING), (Role.FRAMES, _FRAMING),
        (Role.TURNS, _TURNING), (Role.LINKS, LINKING),
    ):  # fmt: skip
        if term in members:
            return role
    if tag == "p":
        return Role.TURNS
    if tag in _LINK_TAGS:
        return Role.LINKS
    if _CHAINED_LINKS.fullmatch(term) or _POINTING.match(term) or (tag == "t" and _DATED.search(term)):
        return Role.LINKS
    if _MOVED.fullmatch(term):
        return Role.GOVERNS
    if tag == "m" and _COUNTED.match(term) and not _SIZED.fullmatch(term) and not _GRADED.search(term):
        return Role.COUNTS
    verb = term in ACTING or (tag[:1] == "v" and tag != "vn") or (tag == "x" and term[-1] in "到住掉完")  # 转到
    return Role.ACTS if verb else Role.NAMES


def split(token: Token) -> list[Word]:
    """Make a word of a token, or two of a phrase (下达任务), of an unknown word (已收) or where a verb clings (率达)."""
    term, tag, at, end = token
    if len(term) == 4 and term[:2] in _GOVERNING and tag in "lin" and not _COMPOUND.search(term, 2):
        return [Word(at, at + 2, term[:2], Role.GOVERNS, "v"), Word(at + 2, end, term[2:], Role.NAMES, "n")]
    if len(term) == 4 and term[2:] in _GOVERNING and term[:2] in _MANNERS and tag in "li":  # 积极争取
        return [Word(at, at + 2, term[:2], Role.LINKS, "d"), Word(at + 2, end, term[2:], Role.GOVERNS, "v")]
    if tag == "x" and len(term) == 2 and term[0] == "新" and term[1] in "上开招设签引收购聘植种录":
        return [Word(at, end, term, Role.GOVERNS, "v")]
    if term == "中有":  # 农户 中 有511户
        return [Word(at, at + 1, "中", Role.FRAMES, "f"), Word(at + 1, end, "有", Role.GOVERNS, "v")]
    if tag == "x" and len(term) == 2 and term[1] in "要去":  # 前要, 路去
        return [Word(at, at + 1, term[0], role_of(term[0], "n"), "n"), Word(at + 1, end, term[1], Role.LINKS, "v")]
    if term[0] == "率" and term not in _RATE_VERBS and len(term) > 1:  # 代偿 率控制
        return [Word(at, at + 1, "率", Role.NAMES, "n"), Word(at + 1, end, term[1:], role_of(term[1:], "v"), "v")]
    clings = tag == "x" and len(term) == 2 and term[1] in _ONE_CHARACTER_VERBS
    if term[0] in _ADVERBS and (clings or (len(term) == 3 and term[1:] in _GOVERNING)):  # 已收, 共出动
        return [Word(at, at + 1, term[0], Role.LINKS, "d"), Word(at + 1, end, term[1:], Role.GOVERNS, "v")]
    if term[-1] not in _CLINGING or len(term) == 1:
        return [Word(at, end, term, role_of(term, tag), tag)]
    cut = len(term.rstrip(_CLINGING))
    if not cut or (term[cut - 1] not in "率量额值数费耗" and tag != "x"):
        return [Word(at, end, term, role_of(term, tag), tag)]
    head, tail = term[:cut], term[cut:]
    return [
        Word(at, at + cut, head, role_of(head, tag), tag),
        Word(at + cut, end, tail, role_of(tail, "v"), "v"),
    ]


@cache
def is_deed(name: str) -> bool:
    """Say whether a name is nothing but a verb: 培训."""
    found = tokenize(name)
    return len(found) <= 1 + (name[:1] == "新") and all(
        role_of(w.term, w.pos) in {Role.ACTS, Role.GOVERNS} or w.pos == "vn" or w.term == "新" for w in found
    )
