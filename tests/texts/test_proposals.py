"""What a page says of itself, on invented mastheads written before the rules were run on them."""

import pytest

from reformtext.texts.clean import clean, paragraphs
from reformtext.texts.proposals import propose

LEAD = "会议指出，要坚持问题导向，把改革任务逐项落实到部门和岗位，确保年底前见到实效，让群众少跑腿、多受益。"
MORE = "办事大厅里，群众排队的时间短了。工作人员说，如今材料少了一半，多数事项当天就能办完，剩下的也有人跟着催。"

# name: (page, what it says). An empty string: the page does not say.
PAGES = {
    "plain newspaper page": (
        f"青岚县三项改革同时落地\n\n□本报记者 许望川 通讯员 罗静禾\n\n6月18日，青岚县召开全面深化改革推进会。{LEAD}\n\n　　{MORE}\n",
        {"title": "青岚县三项改革同时落地", "author": "许望川;罗静禾", "place": "青岚县", "level": "county"},
    ),
    "news site": (
        f"临沂：把窗口搬到车间\n\n2023-05-16 09:12:44\n\n来源：沂蒙晚报\n\n作者：孟秋白\n\n今年以来，临沂市把服务窗口设到企业门口。{LEAD}\n\n{MORE}\n",
        {
            "title": "临沂：把窗口搬到车间",
            "date": "2023-05-16",
            "date_kind": "publication",
            "source": "沂蒙晚报",
            "author": "孟秋白",
            "place": "临沂市",
            "place_code": "371300",
            "level": "prefecture",
        },
    ),
    "agency dateline": (
        f"枣庄改革“加减法”\n\n新华社济南2022年3月9日电（记者陆一舟、钟可）枣庄市推行减证便民改革。{LEAD}\n\n{MORE}\n",
        {
            "title": "枣庄改革“加减法”",
            "date": "2022-03-09",
            "date_kind": "publication",
            "source": "新华社",
            "author": "陆一舟;钟可",
            "place": "枣庄市",
            "place_code": "370400",
            "level": "prefecture",
        },
    ),
    "dateline without its year": (
        f"长岭日报 2021年11月03日 星期三 第02版\n\n小改革办成大民生\n\n本报11月2日讯（记者 贺兰山）昨日，长岭市民政局发布新规。{LEAD}\n\n{MORE}\n",
        {
            "title": "小改革办成大民生",
            "date": "2021-11-03",
            "date_kind": "publication",
            "source": "长岭日报",
            "author": "贺兰山",
            "place": "长岭市",
            "level": "county",
        },
    ),
    "year nowhere": (
        f"滨州：审批再提速\n\n滨州日报记者 牛思远\n\n8月7日，滨州市行政审批局介绍了改革进展。{LEAD}\n\n{MORE}\n",
        {
            "title": "滨州：审批再提速",
            "source": "滨州日报",
            "author": "牛思远",
            "place": "滨州市",
            "place_code": "371600",
            "level": "prefecture",
        },
    ),
    "event with its year": (
        f"改革催开幸福花\n\n2024年4月26日，莒县召开农村改革现场会，县里十六个村介绍了做法。{LEAD}\n\n在莒县，{MORE}\n",
        {
            "title": "改革催开幸福花",
            "date": "2024-04-26",
            "date_kind": "event",
            "place": "莒县",
            "place_code": "371122",
            "level": "county",
        },
    ),
    "county of a prefecture": (
        f"寿光：菜农有了“电子账本”\n\n潍坊晚报全媒体记者 郭小满 郑北溟\n\n潍坊市寿光市推进农村集体产权改革。{LEAD}\n\n寿光市{MORE}\n",
        {
            "title": "寿光：菜农有了“电子账本”",
            "source": "潍坊晚报",
            "author": "郭小满;郑北溟",
            "place": "寿光市",
            "place_code": "370783",
            "level": "county",
        },
    ),
    "names run together": (
        f"深化改革看烟台\n\n□本报记者秦月朗苏见青 本报通讯员叶临风\n\n烟台市把改革任务列成清单。{LEAD}\n\n{MORE}\n",
        {
            "title": "深化改革看烟台",
            "author": "秦月朗;苏见青;叶临风",
            "place": "烟台市",
            "place_code": "370600",
            "level": "prefecture",
        },
    ),
    "source line with date and reporter": (
        f"三张清单管住权力\n\n发布时间：2020年09月30日 来源：澄湖融媒体中心 作者：梁一苇\n\n澄湖县纪委晒出三张清单。{LEAD}\n\n澄湖县{MORE}\n",
        {
            "title": "三张清单管住权力",
            "date": "2020-09-30",
            "date_kind": "publication",
            "source": "澄湖融媒体中心",
            "author": "梁一苇",
            "place": "澄湖县",
            "level": "county",
        },
    ),
    "reporter at the end": (
        f"泰安优化公交线路\n\n泰安市新开通八条公交线路。{LEAD}\n\n{MORE}（记者 方知夏）\n",
        {
            "title": "泰安优化公交线路",
            "author": "方知夏",
            "place": "泰安市",
            "place_code": "370900",
            "level": "prefecture",
        },
    ),
    "book marks around the paper": (
        f"从“最多跑一次”到“一次不用跑”\n\n（原载《青州时评报》2019年8月12日第3版）\n\n青州市政务服务中心{MORE}\n\n{LEAD}青州市还将推广这一做法。\n",
        {
            "title": "从“最多跑一次”到“一次不用跑”",
            "date": "2019-08-12",
            "date_kind": "publication",
            "source": "青州时评报",
            "place": "青州市",
            "place_code": "370781",
            "level": "county",
        },
    ),
    "province": (
        f"山东出台二十条改革措施\n\n记者 田野\n\n记者从省政府新闻发布会获悉，山东省将推行二十条措施。{LEAD}\n\n{MORE}\n",
        {
            "title": "山东出台二十条改革措施",
            "author": "田野",
            "place": "山东省",
            "place_code": "370000",
            "level": "province",
        },
    ),
    "other province's county": (
        f"云锦县：小县城的大改革\n\n本报记者 白露\n\n走进浙江省云锦县，{MORE}\n\n{LEAD}云锦县的做法正在推开。\n",
        {"title": "云锦县：小县城的大改革", "author": "白露", "place": "云锦县", "level": "county"},
    ),
    "paper's mark at the page's end": (
        f"改革路上再出发\n\n本报记者 卫青野\n\n日照市盘点全年改革。{LEAD}\n\n{MORE}\n\n版权所有 日照晚报社\n\n地址：日照市山海路8号\n",
        {
            "title": "改革路上再出发",
            "source": "日照晚报",
            "author": "卫青野",
            "place": "日照市",
            "place_code": "371100",
            "level": "prefecture",
        },
    ),
    "slashes and pipes": (
        f"淄博：老厂房里的新账\n\n2025/01/08 | 齐风新闻网 | 记者 石磊\n\n淄博市盘活闲置厂房二十处。{LEAD}\n\n{MORE}\n",
        {
            "title": "淄博：老厂房里的新账",
            "date": "2025-01-08",
            "date_kind": "publication",
            "source": "齐风新闻网",
            "author": "石磊",
            "place": "淄博市",
            "place_code": "370300",
            "level": "prefecture",
        },
    ),
    "nobody and nothing": (f"{LEAD}\n\n{MORE}\n", {}),
    "words that look like places": (
        f"惠民政策进社区\n\n全市各城区高密度布点，平原地区也有了服务站，超市、小区门口都能办事。{LEAD}\n\n{MORE}\n",
        {"title": "惠民政策进社区"},
    ),
    "site's dateline": (
        f"威海渔村的改革答卷\n\n海韵网2023年10月9日讯（通讯员 江帆 记者 海宁）威海市沿海村庄推行股份合作。{LEAD}\n\n{MORE}\n",
        {
            "title": "威海渔村的改革答卷",
            "date": "2023-10-09",
            "date_kind": "publication",
            "source": "海韵网",
            "author": "江帆;海宁",
            "place": "威海市",
            "place_code": "371000",
            "level": "prefecture",
        },
    ),
    "photographer is no author": (
        f"济宁把水费减下来\n\n本报记者 宋词\n\n济宁市发布水价改革方案。{LEAD}\n\n图为水厂一角。 记者 元曲 摄\n\n{MORE}\n",
        {
            "title": "济宁把水费减下来",
            "author": "宋词",
            "place": "济宁市",
            "place_code": "370800",
            "level": "prefecture",
        },
    ),
    "editor is no author": (
        f"聊城：一枚印章管审批\n\n聊城市用一枚印章管审批。{LEAD}\n\n{MORE}\n\n责任编辑：柳残阳\n\n时间：2022-12-30\n",
        {
            "title": "聊城：一枚印章管审批",
            "date": "2022-12-30",
            "date_kind": "publication",
            "place": "聊城市",
            "place_code": "371500",
            "level": "prefecture",
        },
    ),
    "masthead and news brief": (
        f"潍坊日报 2020年6月8日 星期一 A3 综合\n\n本报讯（记者 齐小白 通讯员 孔令山）近日，记者从潍坊市商务局获悉，{LEAD}\n\n{MORE}\n\n责编：王二\n",
        {
            "date": "2020-06-08",
            "date_kind": "publication",
            "source": "潍坊日报",
            "author": "齐小白;孔令山",
            "place": "潍坊市",
            "place_code": "370700",
            "level": "prefecture",
        },
    ),
    "navigation above": (
        f"首页 > 要闻 > 正文\n\n曹县：返乡创业有人扶\n\n2021-09-14 10:20  来源：大众网  作者：赵千山\n\n　　在曹县，返乡青年办起电商园。{LEAD}\n\n　　{MORE}\n\n[责任编辑：李四]\n",
        {
            "title": "曹县：返乡创业有人扶",
            "date": "2021-09-14",
            "date_kind": "publication",
            "source": "大众网",
            "author": "赵千山",
            "place": "曹县",
            "place_code": "371721",
            "level": "county",
        },
    ),
    "deck with the place": (
        f"放权之后\n——来自麦溪市的改革报告\n\n本报记者 吴一刀\n\n麦溪市地处山区，三年前开始放权。{LEAD}\n\n麦溪市的经验是，{MORE}\n",
        {"title": "放权之后", "author": "吴一刀", "place": "麦溪市", "level": "county"},
    ),
    "the whole province": (
        f"全省推广“拿地即开工”\n\n大众日报记者 刘大江 见习记者 李小河\n\n3月5日，山东省自然资源厅发布消息，{LEAD}\n\n{MORE}\n",
        {
            "title": "全省推广“拿地即开工”",
            "source": "大众日报",
            "author": "刘大江;李小河",
            "place": "山东省",
            "place_code": "370000",
            "level": "province",
        },
    ),
    "paper with its app": (
        f"平阴：玫瑰改写山乡\n\n济南时报·新黄河记者：陈南北\n\n今年5月，济南市平阴县的玫瑰丰收。{LEAD}\n\n平阴县{MORE}\n",
        {
            "title": "平阴：玫瑰改写山乡",
            "source": "济南时报·新黄河",
            "author": "陈南北",
            "place": "平阴县",
            "place_code": "370124",
            "level": "county",
        },
    ),
    "news service, day without its year": (
        f"中新网青岛7月2日电 (王小虎)青岛市2日公布改革清单。{LEAD}\n\n{MORE}\n",
        {"source": "中新网", "author": "王小虎", "place": "青岛市", "place_code": "370200", "level": "prefecture"},
    ),
    "government's own page": (
        f"东营港区改革提速\n\n发布日期：2019-01-05　浏览次数：88　字号：大 中 小\n\n东营市推进港区改革。{LEAD}\n\n{MORE}\n\n来源：东营市政府办公室\n",
        {
            "title": "东营港区改革提速",
            "date": "2019-01-05",
            "date_kind": "publication",
            "source": "东营市政府办公室",
            "place": "东营市",
            "place_code": "370500",
            "level": "prefecture",
        },
    ),
    "nobody but the author": (
        f"三问改革\n\n文/周半山\n\n改革到了哪一步？{LEAD}\n\n{MORE}\n",
        {"title": "三问改革", "author": "周半山"},
    ),
    "names set wide": (
        f"让数据多跑路\n\n□ 宋玉成 何 莲\n\n2022年11月30日，禹城市召开数据改革推进会。{LEAD}\n\n禹城市{MORE}\n",
        {
            "title": "让数据多跑路",
            "author": "宋玉成;何莲",
            "date": "2022-11-30",
            "date_kind": "event",
            "place": "禹城市",
            "place_code": "371482",
            "level": "county",
        },
    ),
    "site's dateline and its own date": (
        f"胶东在线10月12日讯（记者 林深 摄影报道）蓬莱区海边的码头热闹起来。{LEAD}\n\n烟台市蓬莱区{MORE}\n\n本网2020年10月13日发布\n",
        {
            "source": "胶东在线",
            "author": "林深",
            "place": "蓬莱区",
            "place_code": "370614",
            "level": "county",
            "date": "2020-10-13",
            "date_kind": "publication",
        },
    ),
}


def proposals(page, file=""):
    return propose(page, clean(page), paragraphs(page), file=file)


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_says_is_proposed(name):
    page, said = PAGES[name]
    assert proposals(page) == said


def test_a_year_may_stand_in_the_files_name():
    page, said = PAGES["year nowhere"]
    assert proposals(page, "2021/滨州0807.txt") == {**said, "date": "2021-08-07", "date_kind": "event"}
    assert proposals(page, "binzhou-2021-08-08.txt")["date"] == "2021-08-08"


def test_the_second_article_of_a_page_has_its_own_reporter_and_the_pages_newspaper():
    page = (
        f"长岭日报 2021-11-03 第02版\n\n长岭市晒出改革账单\n\n本报记者 贺兰山\n\n长岭市今年办成二十件实事。{LEAD}\n\n{MORE}\n\n"
        f"小窗口里有大文章\n\n本报记者 苗青\n\n在长岭市，{MORE}\n\n{LEAD}\n"
    )
    blocks, cut = clean(page), paragraphs(page)
    second = propose(page, blocks, [p for p in cut if p.article == 2], 2)
    assert (second["title"], second["author"], second["source"]) == ("小窗口里有大文章", "苗青", "长岭日报")
    assert (second["date"], second["place"]) == ("2021-11-03", "长岭市")


def test_a_report_to_the_peoples_congress_is_about_the_nation():
    page = f"政府工作报告\n\n各位代表：\n\n现在，我代表国务院，向大会报告政府工作。\n\n{LEAD}\n\n西藏自治区、青海省{MORE}\n"
    assert (proposals(page)["place"], proposals(page)["level"]) == ("全国", "nation")


HEADLINE = f"改革见成效 群众得实惠\n\n{LEAD}\n\n{MORE}\n"


@pytest.mark.parametrize(
    ("page", "source"),
    [
        (f"今日岚县\n2023年11月2日 第2版\n{HEADLINE}", "今日岚县"),
        (f"江口报  2024-05-06  A2版\n{HEADLINE}", "江口报"),
        (f"江口周刊\n总第312期 2024年5月6日\n{HEADLINE}", "江口周刊"),
        (f"第03版：综合 岚山时报 2024年05月06日\n{HEADLINE}", "岚山时报"),
        (f"澄江经济导报/2023年/11月/2日/第3版\n\n{HEADLINE}", "澄江经济导报"),
        (f"{HEADLINE}\n来源｜岚县新闻中心\n编辑｜周一川", "岚县新闻中心"),
        (f"{HEADLINE}\n编辑：周一川 来源：青泽县融媒体中心", "青泽县融媒体中心"),
        ("原载《澄江广播电视报》\n" + HEADLINE, "澄江广播电视报"),
        (HEADLINE.replace("\n\n", "\n\n2023-11-02 工作简报\n\n", 1), ""),
        (f"{HEADLINE}\n县里的日报和晚报都报道了。", ""),
    ],
)
def test_a_masthead_stands_with_its_date(page, source):
    assert proposals(page).get("source", "") == source


@pytest.mark.parametrize(("said", "level"), [("全市各县（市、区）", "prefecture"), ("全市各镇街", "county")])
def test_a_city_that_the_list_lacks_is_a_prefecture_where_it_has_counties(said, level):
    page = f"长岭市改革见成效\n\n长岭市今年办成改革事项20件，{said}群众都说好。\n\n{MORE}\n"
    assert (proposals(page)["place"], proposals(page)["level"]) == ("长岭市", level)
