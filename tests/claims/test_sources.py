"""Whom a sentence names as the source of its figures; the sentences are invented."""

import pytest

from reformtext.claims.extract import claims


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("据省统计局测算，出口增长8%。", ["省统计局测算"]),
        ("据统计，全县出口12亿元。", ["统计"]),
        ("知名查询平台“云查”评估显示，迁入企业120家，居全省第2位。", ["知名查询平台“云查”评估"]),
        ("青禾海关发布，出口12亿元，增长8%。", ["青禾海关发布"]),
        ("根据第三方机构测评，满意率99%。", ["第三方机构测评"]),
        ("满意率99%（数据来源：省满意度中心）。", ["省满意度中心"]),
        ("出口12亿元。据县商务局统计，进口3亿元。", ["", "县商务局统计"]),
        ("据此完成任务12项。", [""]),
        ("数据中心建成3座。", [""]),
        ("根据需要新建学校3所。", [""]),
        ("在推介会上发布需求12项。", [""]),
    ],
)
def test_source(text, sources):
    found = claims(text, date="2024-01-10")["source"].tolist()
    assert found[: len(sources)] == sources
