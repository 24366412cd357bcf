"""Characters per second of each step, here and now; `make bench` prints it.

Speed is reported, never asserted: machines differ, and a timed test fails on a busy one. Ratios within one run travel
better than seconds.
"""

import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import numpy as np
import pandas as pd

import reformtext as rt
from reformtext.study.metadata import Source
from reformtext.study.rows import document_tables
from reformtext.texts.read import Document
from reformtext.texts.segment import cache_folder

ROOT = Path(__file__).parents[1]
CHARACTERS = 200_000
RUNS = 3
GIVEN = [argument for argument in sys.argv[1:] if not argument.startswith("-")]


def corpus() -> str:
    """Enough text to time: what is in data/raw/articles or the folder named on the command line, else the sample, repeated."""
    folder = Path(GIVEN[0]) if GIVEN else ROOT / "data" / "raw" / "articles"
    source = folder if list(folder.glob("*.txt")) else ROOT / "data" / "sample" / "texts"
    text = "\n\n".join(document.text for document in rt.read(source))
    return text * (CHARACTERS // len(text) + 1)


def seconds(steps: dict[str, Callable[[], object]]) -> dict[str, float]:
    """CPU time of each step, the median of several rounds, step after step in each, so that all share what else goes on."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(RUNS + 1):
        for name, work in steps.items():
            begin = time.process_time()
            work()
            times[name].append(time.process_time() - begin)
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}  # the first round loads the lists


def terms_report() -> None:
    """Measure the tables of terms: 50,000 terms in 1,000 documents, and 100,000 paragraphs of tokens."""
    random = np.random.default_rng(0)
    law = 1 / np.arange(1, 50_001)
    draw = random.choice(50_000, size=5_000_000, p=law / law.sum())
    tokens = np.array([f"t{number}" for number in range(50_000)], dtype=object)[draw].tolist()
    counts, terms = rt.count_terms([tokens[start : start + 5_000] for start in range(0, len(tokens), 5_000)])
    frame = pd.DataFrame(counts.toarray(), columns=terms)
    halves = [frame[:500].sum(), frame[500:].sum()]
    sizes = np.full(1_000, 5_000)
    print(
        f"\n{len(terms):,} terms × 1,000 documents, 5,000,000 tokens (count_terms: in {len(tokens) // 50:,} paragraphs), CPU time, median of {RUNS} rounds"
    )
    paragraphs = [tokens[start : start + 50] for start in range(0, len(tokens), 50)]
    steps: dict[str, Callable[[], object]] = {
        "keyness, half by half": lambda: rt.keyness(*halves),
        "dispersion, sparse": lambda: rt.dispersion(counts, sizes, terms),
        "dispersion, dense frame": lambda: rt.dispersion(frame, sizes),
        "count_terms": lambda: rt.count_terms(paragraphs),
    }
    try:
        from sklearn.feature_extraction.text import CountVectorizer
    except ImportError:
        print("CountVectorizer            left out: scikit-learn is not installed")
    else:
        steps["CountVectorizer"] = lambda: CountVectorizer(analyzer=list).fit_transform(paragraphs)
    for name, taken in seconds(steps).items():
        print(f"{name:26} {taken:7.2f} s")


def main() -> None:
    if "--scale" in sys.argv:
        # python tests/bench.py --scale [FOLDER of texts] [plain grow memory again processes cluster]
        import scale

        kinds = [given for given in GIVEN if given in scale.KINDS]
        folders = [Path(given) for given in GIVEN if given not in scale.KINDS]
        scale.main(folders[0] if folders else ROOT / "data" / "sample" / "texts", kinds or list(scale.KINDS))
        return
    text = corpus()
    source = Source(Document(name="bench", text=text, file="bench.txt"), {})
    steps = {
        "plain jieba.lcut": lambda: jieba.lcut(text),
        "clean": lambda: rt.clean(text),
        "paragraphs": lambda: rt.paragraphs(text),
        "tokenize": lambda: rt.tokenize(text),
        "formulas and firsts": lambda: (rt.formulas(text), rt.firsts(text)),
        "claims": lambda: rt.claims(text, date="2024-01-01"),
        "all tables of a document": lambda: document_tables(source),
    }
    # The reference's start-up cache, too, belongs in a folder of the user's own.
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(cache_folder())
    jieba.initialize()
    times = seconds(steps)
    print(f"{len(text):,} characters, CPU time, median of {RUNS} rounds")
    for name, taken in times.items():
        print(
            f"{name:26} {taken:7.2f} s  {len(text) / taken:12,.0f} characters/s  {times['plain jieba.lcut'] / taken:6.2f} × jieba.lcut"
        )
    terms_report()


if __name__ == "__main__":
    main()
