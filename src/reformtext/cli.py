"""The command line: build a study, run it, verify it, look at one text."""

import argparse
import io
import json
import os
import signal
import sys
import threading
import warnings
from pathlib import Path

from reformtext.errors import InputError


def _build(given: argparse.Namespace) -> int:
    from reformtext.study.build import build

    # What ends a job on a server is taken like Ctrl-C: the part that is being written is finished or not there.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        study = build(given.source, given.out, given.metadata, given.jobs, given.scheduler, given.lexicon)
    except KeyboardInterrupt:
        print("reformtext: stopped; what is done is kept, and the same command goes on from there", file=sys.stderr)
        return 130
    finally:
        signal.signal(signal.SIGTERM, before)
    told = [f"{study.rows(table):,} {name}" for table, name in (("documents", "articles"), ("claims", "claims"))]
    told += [f"{study.rows('checks'):,} checks", f"{study.rows('skipped'):,} skipped"]
    print(f"{study.folder.as_posix()}: {', '.join(told)}")
    return 0


def _new(given: argparse.Namespace) -> int:
    from reformtext.study.new import new

    print(f"put your texts into {(new(given.folder) / 'texts').as_posix()}, and read README.md beside it")
    return 0


def _study(given: argparse.Namespace) -> int:
    from reformtext.study.notebooks import run_study

    written = run_study(Path.cwd(), given.data, given.out, given.lang)
    print(f"{len(written)} files written" if written else "nothing has changed since the last run")
    return 0


def _trace(given: argparse.Namespace) -> int:
    from reformtext.study.trace import trace

    rows = trace(given.figure, given.row, given.texts, given.figures, given.data)
    rows.to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0


def _verify(given: argparse.Namespace) -> int:
    from reformtext.study.notebooks import verify

    told = bad = 0
    for line in verify(Path.cwd(), given.texts):
        print(line, flush=True)
        told, bad = told + 1, bad + line.bad
    print(f"{bad} of {told} differ" if bad else f"all {told} as committed, where comparable")
    return 1 if bad else 0


def _site(given: argparse.Namespace) -> int:
    from reformtext.study.site import site

    print(f"open {site(Path.cwd(), given.out, given.data, given.results).as_posix()}")
    return 0


def _clean(given: argparse.Namespace) -> int:
    from reformtext.texts.clean import clean
    from reformtext.texts.read import read

    documents = read(given.file)
    blocks = [
        [{"role": b.role, "spans": b.spans, "article": b.article} for b in clean(document.text)]
        for document in documents
    ]
    # An export holds several documents: then one list a document.
    print(json.dumps(blocks[0] if len(blocks) == 1 else blocks, ensure_ascii=False))
    return 0


def _claims(given: argparse.Namespace) -> int:
    import pandas as pd

    from reformtext.claims.extract import claims
    from reformtext.study.metadata import Source, tell_notes
    from reformtext.study.rows import about_article
    from reformtext.texts.clean import clean, join_blocks
    from reformtext.texts.delimited import csv_writer
    from reformtext.texts.read import read

    documents = read(given.file)
    tell_notes(documents)
    frames = []
    for document in documents:
        blocks = clean(document.text)
        made = join_blocks(document.text, blocks)
        # An article without a paragraph has no claims; a text without one still gives the table's header.
        for article in sorted({paragraph.article for paragraph in made}) or [1]:
            own = [paragraph for paragraph in made if paragraph.article == article]
            about = about_article(Source(document, {}), article, own, blocks)
            date, place = given.date or about["date"] or None, given.place or about["place"] or None
            frames.append(claims(own, date=date, place=place, doc_id=document.name))
            told = [
                f"{name} {about[name]}"
                for name, stated in (("date", given.date), ("place", given.place))
                if not stated and name in about["proposed"].split("|")
            ]
            if told:
                said = f"{document.file}: proposed from the text: {', '.join(told)}"
                print(f"reformtext: note: {said}", file=sys.stderr)
    table = pd.concat(frames)
    csv_writer(sys.stdout).writerows([list(table), *table.itertuples(index=False, name=None)])
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reformtext", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="texts to tables")
    command.add_argument("source", type=Path, help="a folder of texts, or one file")
    command.add_argument("--out", type=Path, required=True, help="the study's folder; replaced whole")
    command.add_argument("--metadata", type=Path, help="CSV with one row an article")
    command.add_argument("--jobs", type=int, default=-1, help="processes; -1 is one a core")
    command.add_argument("--scheduler", help="address of a Dask scheduler, tcp://…")
    command.add_argument("--lexicon", type=Path, help="CSV with terms of your own to count and keep whole")
    command.set_defaults(run=_build)

    command = commands.add_parser("new", help="start a study of your own")
    command.add_argument("folder", type=Path, help="a new or empty folder")
    command.set_defaults(run=_new)

    command = commands.add_parser("study", help="run the notebooks, write the figures")
    command.add_argument("--data", type=Path, help="another study's folder")
    command.add_argument("--out", type=Path, help="where its notebooks and figures go")
    command.add_argument("--lang", choices=["en", "zh"], default="en", help="the figures' language")
    command.set_defaults(run=_study)

    command = commands.add_parser("trace", help="what stands behind a row of a figure's numbers, as CSV")
    command.add_argument("figure", help="the figure's name")
    command.add_argument("row", type=int, help="the row of its CSV, counted from 0")
    command.add_argument("--texts", type=Path, help="a folder with the texts: then each row has its sentences")
    command.add_argument("--figures", type=Path, default=Path("figures"))
    command.add_argument("--data", type=Path, default=Path("data"), help="the studies' folder, or one study's own")
    command.set_defaults(run=_trace)

    command = commands.add_parser("verify", help="rerun, and compare with what is committed")
    command.add_argument("--texts", type=Path, help="a folder with texts in articles/ and reports/ (default data/raw)")
    command.set_defaults(run=_verify)

    command = commands.add_parser("site", help="notebooks, figures, codebook and search pages as a static site")
    command.add_argument("--out", type=Path, default=Path("site"), help="the folder of the pages; replaced whole")
    command.add_argument("--data", type=Path, help="another study's folder")
    command.add_argument("--results", type=Path, help="where `reformtext study` put its notebooks and figures")
    command.set_defaults(run=_site)

    command = commands.add_parser("clean", help="a text's blocks as JSON")
    command.add_argument("file", type=Path)
    command.set_defaults(run=_clean)

    command = commands.add_parser("claims", help="a text's reported figures as CSV")
    command.add_argument("file", type=Path)
    command.add_argument("--date", help="the text's date, ISO 8601; else what the file or its text says")
    command.add_argument("--place", help="the place it is about; else what the file or its text says")
    command.set_defaults(run=_claims)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; a fault of the input is told in plain lines, and the exit status is 1."""
    given = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Tables and blocks are UTF-8, whatever the terminal's locale.
        sys.stdout.reconfigure(encoding="utf-8")
    before = None
    if threading.current_thread() is threading.main_thread():
        # What ends a job on a server is taken like Ctrl-C: kernels are stopped, scratch folders are taken away.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_: print(f"reformtext: note: {message}", file=sys.stderr)
            return int(given.run(given))
    except InputError as error:
        for line in str(error).splitlines():
            print(f"reformtext: {line}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more is written, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(
            f"reformtext: {error.filename or ''}: {error.strerror or error}; check the path and its permissions",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("reformtext: stopped; nothing was changed", file=sys.stderr)
        return 130
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main())
