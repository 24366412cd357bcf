"""Cleaning: roles, joined paragraphs and articles on invented pages, and laws that hold for any string."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reformtext.texts.clean import clean, paragraphs
from reformtext.texts.normalise import normalise

LEAD = "今年以来，青泽县把改革摆在突出位置，办成实事36件，群众满意率达到98.6%。"
MORE = "下一步，青泽县还将继续压减审批时限，让企业少跑腿、好办事。"


def shown(text):
    """Give each block's role and its text, spans divided by a bar."""
    return [(block.role, "|".join(text[start:end] for start, end in block.spans)) for block in clean(text)]


def bodies(text):
    return [words for role, words in shown(text) if role == "body"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("首页 | 要闻 | 登录 | 注册", "boilerplate"),
        ("您的位置：首页 > 新闻中心 > 正文", "boilerplate"),
        ("【字号：大 中 小】 打印 收藏 分享", "boilerplate"),
        ("用户名：  密码：  [找回密码]", "boilerplate"),
        ("上一篇：青泽县召开例会", "boilerplate"),
        ("第03版：要闻", "boilerplate"),
        ("00003版：要闻", "boilerplate"),
        ("第8版（会内会外）", "boilerplate"),
        ("调查研究 首页 > 调查研究", "boilerplate"),
        ("分 享", "boilerplate"),
        ("＠①原字石右加安", "boilerplate"),
        ("点击：　作者：王小雨　来源：青泽网　发布时间：2021-03-05", "byline"),
        ("https://news.example.com 2021年03月05日07:04 青泽商报", "byline"),
        ("青政字〔2021〕30号", "byline"),
        ("责任编辑：王小雨", "boilerplate"),
        ("编辑 王小雨 校对 李大江", "boilerplate"),
        ("未经本网授权，不得转载，违者必究，侵权请联系删除。", "boilerplate"),
        ("（下转第四版）", "boilerplate"),
        ("责编/王小雨 美编/李大江 审读/赵远", "boilerplate"),
        ("青泽湖畔新居 首付十万起 热线：0533-1234567", "boilerplate"),
        ("遗失声明：青泽县恒远公司公章丢失，声明作废。", "boilerplate"),
        ("投稿邮箱：qingze@example.com", "boilerplate"),
        ("收录于合集 #改革创新 12个", "boilerplate"),
        ("更多精彩内容请关注我们", "boilerplate"),
        ("使用道具 举报 回复", "boilerplate"),
        ("文 / 王小雨", "byline"),
        ("（作者系青泽县委党校讲师）", "byline"),
        ("图 / 李大江", "caption"),
        ("改造后的滨河公园。（资料片）", "caption"),
        ("县里的便民大厅里人来人往。（□记者 王小雨 报道）", "caption"),
        ("本报记者 王小雨 通讯员 李大江", "byline"),
        ("□王小雨 李大江", "byline"),
        ("2021-03-05 09:30:00", "byline"),
        ("来源：青泽日报　2021年3月5日", "byline"),
        ("（青泽日报记者 王小雨）", "byline"),
        ("图为青泽县政务大厅。", "caption"),
        ("▲青泽县政务大厅", "caption"),
        ("村民在议事亭里商量修路。 王小雨 摄", "caption"),
        ("（本文配图由青泽县委改革办提供）", "caption"),
    ],
)
def test_a_line_below_the_paragraphs_has_its_role(line, role):
    text = f"青泽县改革见成效\n\n{LEAD}\n\n{MORE}\n\n{line}"
    assert shown(text)[-1] == (role, line)


@pytest.mark.parametrize(
    "line",
    [
        "记者从青泽县了解到，全县已有12个村通过验收。",
        "来到青泽县的客商越来越多，首页点击量不再是唯一的指标。",
        "县里开通了12345热线，群众拨打电话就能反映问题。",
        "2021年3月5日，青泽县召开动员大会，部署改革任务49项。",
        "“这里的版权登记只要一天就能办完。”企业负责人说。",
        "（一）压实责任。把49项任务分解到人，按月调度。",
        "各位代表：",
    ],
)
def test_a_sentence_with_a_word_of_furniture_stays_body(line):
    assert line in bodies(f"青泽县改革见成效\n\n{LEAD}\n\n{line}\n\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "●王小雨 李大江",
        "图/文 王小雨",
        "文/王小雨 李大江",
        "来源 青泽日报",
        "青泽网3月5日讯",
        "新华社济南3月5日电 记者王小雨",
        "青泽县委改革办",
        "青泽县委改革办 王小雨",
        "青泽县经济研究中心　王小雨　李　江",
        "本报评论员",
        "中共青泽县委书记　赵　远",
        "青泽日报讯（记者 王小雨）",
        "本报记者 王小雨 摄影报道",
    ],
)
def test_a_line_of_reporters_or_source_below_the_title_is_a_byline(line):
    assert shown("\n\n".join(["青泽县改革见成效", line, LEAD, MORE]))[1] == ("byline", line)


@pytest.mark.parametrize(
    "line",
    [
        "3月5日，群众在青泽县政务大厅办理业务。（王小雨 摄）",
        "工作人员正在为群众讲解政策",
        "村民在采摘葡萄。",
        "青泽县政务大厅一角",
        "签约仪式现场",
        "记者王小雨/图",
        "摄影：王小雨",
    ],
)
def test_a_caption_between_paragraphs_or_halves_of_one_is_a_caption(line):
    whole = shown("\n\n".join(["青泽县改革见成效", LEAD, line, MORE]))
    halves = shown("\n\n".join(["青泽县改革见成效", MORE, LEAD[:26], line, LEAD[26:], MORE]))
    assert whole[2] == ("caption", line)
    assert [words for role, words in halves if role == "body"] == [MORE, f"{LEAD[:26]}|{LEAD[26:]}", MORE]
    assert ("caption", line) in halves


@pytest.mark.parametrize(
    "line",
    [
        "审批做减法，服务做加法，企业得实惠",
        "审批怎么减？",
        "审批做减法——",
        "“小切口”撬动“大民生”",
        "■审批做减法",
        "【审批做减法】",
        "签约项目55个",
        "让群众在家门口看好病",
        "现场办公解难题",
    ],
)
def test_a_short_line_between_paragraphs_is_a_heading(line):
    assert shown("\n\n".join(["青泽县改革见成效", LEAD, line, LEAD, MORE]))[2] == ("heading", line)


@pytest.mark.parametrize(
    "notice",
    [
        "本网站所刊登的新闻和专栏资料，均为青泽新闻网版权所有，未经协议授权禁止下载使用。",
        "凡来源非青泽网的作品只代表本网传播该消息，并不代表赞同其观点。",
        "欢迎订阅《青泽日报》，全年定价468元，订阅热线：0533-6543210，各地邮局均可办理。",
        "如果您身边有新鲜事，请拨打本报24小时新闻热线12345678，线索一经采用即付酬金50元。",
        "青泽农商行，百姓身边的银行，办贷款、存定期都方便！客服电话：96668。",
        "因施工需要，部分线路停电检修，给您带来不便敬请谅解。青泽供电公司",
        "读者朋友，您有何看法？请发送邮件至sy@example.com。",
        "本报常年法律顾问：青泽律师事务所",
        "互联网新闻信息服务许可证编号：37120170003",
        "【纠错】 【责任编辑:王小雨】",
        "未经许可 严禁转载",
    ],
)
def test_a_notice_is_furniture_above_the_title_and_below_the_text(notice):
    page = ["青泽县改革见成效", "记者 王小雨", LEAD, MORE]
    assert shown("\n\n".join([notice, *page]))[0] == ("boilerplate", notice)
    assert shown("\n\n".join([*page, notice]))[-1] == ("boilerplate", notice)


@pytest.mark.parametrize(
    "line",
    [
        "县里开通了12345热线，群众拨打电话就能反映问题，件件有着落。",
        "巡查中发现，未经许可擅自开工的两处工地已经停了下来。",
        "新开的网站一个月访问量过万，客户端也上线了，农产品有了新销路。",
    ],
)
def test_a_last_paragraph_with_a_word_of_notices_stays_body(line):
    assert line in bodies(f"青泽县改革见成效\n\n{LEAD}\n\n{MORE}\n\n{line}")


@pytest.mark.parametrize(
    ("first", "between", "second"),
    [
        ("青泽县出台了《关于提升能力的20", "", "条措施》，从六个方面划出硬杠杠。"),
        ("全县已建成便民服务站120", "", "个，覆盖了所有的乡镇，群众少跑了路。"),
        ("截至6月底，贷款增幅达到", "", "65.5%，列全市第3位。企业的底气更足了。"),
        ("以小切口撬动大变化。各级各部", "", "门协同发力，任务完成率居全市前列。"),
        ("变“坐等上门”为“主动上", "", "门”。服务专员走进企业，一次解决难题。"),
        ("县里的网格员每天走访三十户人家，一年下来，", "", "记下了厚厚的三本工作日记。"),
        (
            "县里的网格员每天走访三十户人家，一年下来，记下了厚厚的三本工作日",
            "\n\n网格员走访农户现场。\n",
            "记。大家都说好。",
        ),
        ("全县盘活闲置资产1.9亿元，带动村集体增", "\n\n村民在车间忙碌\n\n王小雨 摄\n", "收260万元，户均分红三千元。"),
        ("会议强调，要发展新", "\n（下转第三版）\n（上接第一版）", "型农村集体经济，让农民得实惠。"),
    ],
)
def test_a_paragraph_that_a_break_cuts_is_one_block(first, between, second):
    text = f"青泽县改革见成效\n\n{LEAD}\n\n{first}\n{between}\n{second}\n\n{MORE}"
    assert bodies(text) == [LEAD, f"{first}|{second}", MORE]


def test_two_cuts_make_three_spans():
    cut = ("围绕就业优先，全县出台十条措施，", "新增岗位3400个，其中面向", "150名退役军人，人均月增收八百元。")
    assert bodies("青泽县改革见成效\n\n" + LEAD + "\n\n" + "\n\n".join(cut)) == [LEAD, "|".join(cut)]


@pytest.mark.parametrize(
    "middle",
    [
        [("heading", "审批做减法")],
        [("heading", "审批做减法|服务做加法")],
        [("heading", "一、审批做减法"), ("heading", "（一）办照更快了")],
        [("heading", "## 审批做减法")],
        [("heading", "（二）审批环节压减过半。")],
        [("body", "——审批做减法。取消证明材料56项。")],
        [("body", "一是审批做减法；"), ("body", "二是服务做加法。")],
        [("body", "问：审批快了多少？"), ("body", "答：快了七成多，群众感受最深。")],
        [("body", "“改革改到了心坎上。”个体户老周说。")],
    ],
)
def test_what_only_looks_joined_stays_apart(middle):
    lines = [line for _, words in middle for line in words.split("|")]
    long = "青泽县对全部审批事项逐项梳理，能减则减、能并则并，平均办理时间由九天压缩到两天半，企业普遍叫好。"
    text = "\n\n".join(["青泽县改革见成效", LEAD, *lines, long, MORE])
    assert shown(text) == [("title", "青泽县改革见成效"), ("body", LEAD), *middle, ("body", long), ("body", MORE)]


def test_lines_wrapped_at_one_width_are_joined_by_their_indent():
    first = [
        "　　青泽县自承担试点以来，大胆探索，",
        "先后推出三十二项措施，其中五项在全",
        "省推广，群众人均增收一千余元。",
    ]
    second = [
        "　　县里还建立了三级流转平台，全县",
        "流转土地三十一万亩，流转率达到四成",
        "七，走在了全市的前列，带动了就业。",
    ]
    found = bodies("\n".join(["青泽县试点显成效", *first, *second, *first, *second]))
    assert found == ["|".join(line.strip() for line in lines) for lines in (first, second, first, second)]


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (["小切口撬动大民生"], ["title"]),
        (["市委召开全面深化改革委员会会议", "小切口撬动大民生"], ["kicker", "title"]),
        (["小切口撬动大民生", "——青泽县推进基层治理改革的调查"], ["title", "deck"]),
        (["小切口撬动大民生", "青泽县整合十二个部门资源，打通基层治理“最后一公里”"], ["title", "deck"]),
        (["改革进行时", "小切口撬动大民生", "青泽县推动基层治理改革见到实效"], ["kicker", "title", "deck"]),
        (["奋力走在前列", "# 小切口撬动大民生"], ["kicker", "title"]),
        (["青泽县平川镇", "三张清单理清权责"], ["kicker", "title"]),
        (["深改在一线", "从多头跑到一窗办，老百姓少跑多少路", "——青泽县审批改革观察"], ["kicker", "title", "deck"]),
        (["县委改革委召开第十二次会议", "赵远主持并讲话 周同出席"], ["title", "deck"]),
        (["在全县改革创新大会上的讲话", "（2024年2月26日）"], ["title", "byline"]),
        (["青泽日报", "·小切口撬动大民生", "小切口撬动大民生"], ["boilerplate", "boilerplate", "title"]),
    ],
)
def test_headlines_are_sorted(lines, roles):
    assert shown("\n\n".join([*lines, "本报记者 王小雨", LEAD, MORE]))[: len(lines)] == list(
        zip(roles, lines, strict=True)
    )


def test_a_second_byline_opens_an_article_and_the_headline_at_the_end_is_its_own():
    text = "\n\n".join(
        [
            "# 青泽县改革见成效",
            "记者 王小雨",
            LEAD,
            MORE,
            "记者 王小雨",
            LEAD,
            MORE,
            "## 平川镇盘活沉睡资产",
            "闲置的小学校舍变成民宿，村集体一年增收二十万元",
        ]
    )
    blocks = clean(text)
    assert [(block.role, block.article) for block in blocks] == [
        *[(role, 1) for role in ("title", "byline", "body", "body")],
        *[(role, 2) for role in ("title", "deck", "byline", "body", "body")],
    ]


def test_briefs_of_one_length_are_not_taken_for_wrapped_lines():
    briefs = [
        ("东坡镇办成实事", "王小雨"),
        ("西坡镇喜获丰收", "李大江"),
        ("南坡镇修通公路", "赵远"),
        ("北坡镇建成新校", "周同"),
    ]
    text = "\n".join(f"{title}\n记者 {name}\n今年以来，全镇改革取得明显成效，群众满意。" for title, name in briefs)
    found = [(block.role, block.article) for block in clean(text)]
    assert found == [(role, number) for number in range(1, 5) for role in ("title", "byline", "body")]


def test_a_headline_above_a_dateline_opens_an_article():
    dateline = "本报讯（记者 王小雨）3月5日，平川镇首个便民服务站揭牌，可办事项达到136个。"
    text = "\n\n".join(["青泽县改革见成效", LEAD, MORE, "平川镇便民服务站揭牌", dateline])
    assert [(block.role, block.article) for block in clean(text)][-2:] == [("title", 2), ("body", 2)]


def test_headlines_of_one_shape_open_articles_under_a_banner():
    short = [("西坡镇：一张网格管安全", "探索基层应急治理新路径"), ("南关街道：合伙共建新家园", "破解小区治理旧难题")]
    text = "\n\n".join(["全市改革案例选登", *(line for pair in short for line in (*pair, LEAD, MORE))])
    assert [(block.role, block.article) for block in clean(text)] == [
        *[(role, 1) for role in ("kicker", "title", "deck", "body", "body")],
        *[(role, 2) for role in ("title", "deck", "body", "body")],
    ]


@pytest.mark.parametrize("signature", ["（王小雨 李大江）", "（青泽日报记者 王小雨）"])
def test_a_signature_belongs_to_the_article_that_it_closes(signature):
    text = "\n\n".join(["青泽县改革见成效", LEAD, MORE, signature, "平川镇开起“板凳会”", "本报记者 王小雨", LEAD, MORE])
    found = [(block.role, block.article) for block in clean(text)]
    assert found[:4] == [("title", 1), ("body", 1), ("body", 1), ("byline", 1)]
    assert found[4:] == [("title", 2), ("byline", 2), ("body", 2), ("body", 2)]


def test_briefs_that_each_close_with_a_signature_are_articles():
    briefs = [("农商行整村授信", "（王小雨）"), ("停车收费有了新规", "（李大江）"), ("三所幼儿园开园", "（赵远）")]
    text = "\n".join(f"{title}\n{LEAD}\n{signature}" for title, signature in briefs)
    assert [(block.role, block.article) for block in clean(text)] == [
        (role, number) for number in (1, 2, 3) for role in ("title", "body", "byline")
    ]


def test_two_headlines_at_the_end_go_to_the_two_articles_without_one():
    text = "\n\n".join(["记者 王小雨", LEAD, MORE, "记者 李大江", LEAD, MORE, "链上“链”出新优势", "环境“优”无止境"])
    assert [(block.role, block.article) for block in clean(text)] == [
        (role, number) for number in (1, 2) for role in ("title", "byline", "body", "body")
    ]


def test_a_headline_with_a_deck_below_a_dash_opens_an_article():
    text = "\n\n".join(["青泽县改革见成效", LEAD, MORE, "一碗水怎么端平", "——水价改革的启示", "季海涛", LEAD, MORE])
    assert [(block.role, block.article) for block in clean(text)][3:6] == [("title", 2), ("deck", 2), ("byline", 2)]


@pytest.mark.parametrize(
    ("image", "caption"),
    [
        ("[图片]", "工作人员正在为企业代表讲解政策"),
        ("![大厅](a.jpg)", "图为便民大厅"),
        ("（配图）", "村民在大棚里采摘。"),
    ],
)
def test_a_line_below_an_image_is_its_caption(image, caption):
    found = shown("\n\n".join(["青泽县改革见成效", LEAD, image, caption, MORE]))
    assert found[2:4] == [("caption", image), ("caption", caption)]


def test_a_page_number_inside_a_paragraph_is_furniture():
    cut = ("县里的网格员每天走访三十户人家，一年下来，记下了厚厚的三本工作日", "记，大家都说好。")
    assert bodies(f"青泽县改革见成效\n\n{LEAD}\n\n{cut[0]}\n\n2\n\n{cut[1]}\n\n{MORE}") == [LEAD, "|".join(cut), MORE]


def test_paragraphs_on_one_line_part_at_their_indents():
    text = f"青泽县改革见成效　　来源：青泽日报　　{LEAD}　　{MORE}　　{LEAD}"
    assert [role for role, _ in shown(text)] == ["title", "byline", "body", "body", "body"]


def test_lines_wrapped_by_a_count_of_characters_are_joined():
    long = LEAD + "其中2021年新增12件，2022年新增13件，2023年新增11件，件件有着落、事事有回音，群众都看在眼里。"
    wrapped = ["\n".join(long[i : i + 22] for i in range(0, len(long), 22))] * 4
    assert [words.replace("|", "") for words in bodies("\n\n".join(wrapped))] == [long] * 4


def test_a_run_of_bold_type_on_its_own_line_leads_its_paragraph():
    page = [f"加快改革步伐，开放水平再上台阶。\n{LEAD}", MORE] * 6
    assert bodies("\n\n".join([LEAD, *page]))[1:3] == [f"加快改革步伐，开放水平再上台阶。|{LEAD}", MORE]


def test_the_last_item_of_a_list_is_no_heading():
    items = ["1.企业开办零成本；", "2.水电气暖一站办；", "3.推行“证照联办”。"]
    assert bodies("\n\n".join(["青泽县改革见成效", LEAD, *items, LEAD, MORE])) == [LEAD, *items, LEAD, MORE]


def test_a_teaser_and_a_site_s_own_praise_below_links_are_furniture():
    tail = [
        "新闻推荐",
        "青泽县送岗下乡",
        "□王小雨报道今年以来，县里把招聘会开到村头，先后组织活动18场，达成意向316...",
        "青泽网，讲述家乡的故事。",
    ]
    assert [role for role, _ in shown("\n".join(["青泽县改革见成效", LEAD, MORE, LEAD, *tail]))][-4:] == [
        "boilerplate"
    ] * 4


def test_traditional_characters_are_read_as_simplified_ones():
    text = (
        "青澤縣改革見成效\n\n責任編輯：王小雨\n\n今年以來，青澤縣辦成實事36件，群眾滿意率達到98.6%，經濟發展後勁更足。"
    )
    assert shown(text)[1][0] == "boilerplate"
    assert paragraphs(text)[1].text == "今年以来，青泽县办成实事36件，群众满意率达到98.6%，经济发展后劲更足。"


def test_links_and_notices_below_the_article_are_furniture():
    tail = [
        "相关新闻",
        "平川镇举行开工仪式 2021-03-01",
        "免责声明：本文仅代表作者观点，与本网无关。",
        "Copyright © 青泽网",
    ]
    assert [role for role, _ in shown("\n".join(["青泽县改革见成效", LEAD, MORE, *tail]))][-4:] == ["boilerplate"] * 4


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("增长８．３％", "增长8.3%"),
        ("２０２０年,ＧＤＰ居第２位", "2020年，GDP居第2位"),
        ("５０，７５０户", "50,750户"),
        ("50,750户,增长", "50,750户，增长"),
        ("全省 100 个县", "全省100个县"),
        ("『智能网格』", "“智能网格”"),
        ('推行"一窗受理"改革', "推行“一窗受理”改革"),
        ("县(市、区)", "县（市、区）"),
        ("改\u200b革", "改革"),
        ("In 2020, it  grew", "In 2020, it grew"),
        ("上午10:30", "上午10:30"),
        ("改革 , 发展(省级) ;12", "改革，发展（省级）；12"),
        ("經濟發展,乾隆年間", "经济发展，乾隆年间"),
        ("朱鎔基", "朱鎔基"),
        ("", ""),
    ],
)
def test_one_form_for_what_is_written_in_several(source, text):
    found, offsets = normalise(source, [(0, len(source))])
    assert found == text
    assert len(offsets) == len(found)


def test_latin_words_do_not_run_together_at_a_break():
    source = "The county has\n\nmoved its permits"
    assert normalise(source, [(0, 14), (16, 33)])[0] == "The county has moved its permits"


def test_a_surface_spans_the_break():
    (paragraph,) = paragraphs("全县共建成服务站１２０\n\n个，覆盖所有乡镇。")
    start = paragraph.text.index("120")
    assert paragraph.text[start : start + 4] == "120个"
    assert paragraph.surface(start, start + 4) == "１２０\n\n个"
    assert paragraph.source(len(paragraph.text)) == len(paragraph.source_text)


SCRAPS = (
    "\n|\n\n|\r\n|　　|  |改革|。|，|20|条|《|》|“|”|（|）|# |## |——|一、|（一）|首页|打印|责编：|记者 王一|摄|图为|来源："
    "|2021-03-05|（下转第二版）|相关阅读|免责声明|本报讯|reform|.|\t|\u200b|\x00|\ufeff|\ud800|👍"
)
PIECES = st.sampled_from(SCRAPS.split("|"))
PAGES = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_every_character_lies_in_one_block_and_walks_back(text):
    places = []
    for block in clean(text):
        assert block.role in ("title", "kicker", "deck", "byline", "heading", "body", "caption", "boilerplate")
        for start, end in block.spans:
            assert not text[start].isspace() and not text[end - 1].isspace()
            places += range(start, end)
    assert len(places) == len(set(places))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(places)
    for paragraph in paragraphs(text):
        assert list(paragraph.offsets) == sorted(set(paragraph.offsets))
        for i, character in enumerate(paragraph.text):
            source = text[paragraph.source(i)]
            assert character in (source, " ") if source.isspace() else character in both_forms(source)
    assert clean(text) == clean(text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*SCRAPS.split("|"), *',;:?!()"5%a０，', "000"]), max_size=20).map("".join), st.booleans()
)
def test_what_is_in_one_form_stays_as_it_is(text, keep_spaces):
    once, _ = normalise(text, [(0, len(text))], keep_spaces)
    again, offsets = normalise(once, [(0, len(once))], keep_spaces)
    assert again == once
    assert list(offsets) == list(range(len(once)))


def both_forms(character):
    """Give what a single character may have become, beside Chinese and on its own."""
    alone = normalise(character, [(0, 1)])[0]
    between = normalise(f"改{character}革", [(0, 3)])[0][1:-1]
    return {character, alone, between, alone.replace("，", ","), *("“”" if character == '"' else "")}


def test_points_under_a_title_are_its_deck_and_the_article_goes_on():
    points = ["●审批要件少了一半，办事只跑一趟，群众说好", "●窗口设到村里，老人不出村就能把事情办完"]
    page = ["“小窗口”里的大文章", *points, "本报记者 王小雨", LEAD, LEAD]
    assert [block.role for block in clean("\n".join(page))] == ["title", "deck", "deck", "byline", "body", "body"]


def test_a_text_that_is_not_given_whole_is_no_article():
    teaser = "青泽县推行改革，群众办事只跑一趟，全县上下都说好，乡镇干部忙着把窗口设到村里去..."
    blocks = clean("\n\n".join(["改革见成效", teaser, "改革见成效", "本报记者 王小雨", LEAD, LEAD]))
    assert {block.article for block in blocks} == {1}


def test_images_names_stand_for_images():
    page = [LEAD, "20200923_e5a976e1.jpg", "从前的青泽村。", LEAD]
    assert [block.role for block in clean("\n\n".join(page))] == ["body", "caption", "caption", "body"]


def test_a_heading_with_its_explanation_keeps_apart_from_the_paragraph():
    heading = "壮丽画卷徐徐铺展——站在新的起点上，把富民强县摆在更加重要的位置，青泽担负起新的使命"
    page = [LEAD, heading, "青泽河畔，一派繁忙。", LEAD]
    assert [len(block.spans) for block in clean("\n\n".join(page))] == [1, 1, 1, 1]
