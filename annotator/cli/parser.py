"""The command line's grammar."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from annotator import __version__
from annotator.cli import commands, exchange_commands, model_commands, review_commands, training_commands
from annotator.cli.export_parser import add_export
from annotator.cli.values import column, count, jobs, pair, seed, share
from annotator.domain.foreign_labels import PARTS
from annotator.domain.importing import FIELDS
from annotator.domain.name_pattern import EXAMPLE
from annotator.services import training
from annotator.services.foreign_formats import AUTO, FORMATS

EPILOG = """\
Without a command, annotator opens the window: `annotator` or `annotator PROJECT`.
Exit codes: 0 done, 1 refused (one line says why and what to do), 2 wrong usage."""


def build_parser() -> argparse.ArgumentParser:
    """The parser of everything but the bare window."""
    parser = argparse.ArgumentParser(
        prog="annotator",
        description="Who said what, and where they stand: a workbench for analysts of news.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"annotator {__version__}")
    subs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _demo(subs.add_parser("demo", help="a fresh demo project from the two seed articles"))
    _new(_command(subs, "new", "make a project", commands.new))
    _import(_command(subs, "import", "add articles, suggestions or annotations", commands.import_))
    _suggest(_command(subs, "suggest", "let the models propose entities and quotes", commands.suggest))
    _pipelines(
        _command(
            subs,
            "pipelines",
            "the language models that can read a project, and how good they are",
            model_commands.pipelines_,
        )
    )
    add_export(_command(subs, "export", "write the corpus in a format for other programs", commands.export))
    _check(_command(subs, "check", "look whether the project file is sound", commands.check))
    _bundle(_command(subs, "bundle", "write your work to a file for a colleague", exchange_commands.bundle))
    _merge(_command(subs, "merge", "take over the work that colleagues sent", exchange_commands.merge))
    _agreement(_command(subs, "agreement", "how far people agree", review_commands.agreement_))
    stats = _command(subs, "stats", "what a project holds, by outlet and month", review_commands.stats)
    stats.add_argument("--json", action="store_true", dest="is_json", help="print it as JSON")
    audit = _command(subs, "audit", "write all that happened, to be verified elsewhere", review_commands.audit)
    audit.add_argument("out", metavar="FOLDER", type=Path, help="a new folder")
    people = _command(subs, "authors", "who works in a project, and with which keys", exchange_commands.authors_)
    people.add_argument("--json", action="store_true", dest="is_json", help="print them, and how far each is, as JSON")
    _train(subs.add_parser("train", help="train a model on labelled work"))
    _gazetteer(subs.add_parser("gazetteer", help="your own names, which always have the same label"))
    history = _command(subs, "history", "who did what to a record, and when", commands.history)
    history.add_argument("record", metavar="RECORD", help="the id of an entity, a quote, …, or how it begins")
    history.add_argument("--json", action="store_true", dest="is_json", help="print it as JSON")
    return parser


def _command(
    subs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = subs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("project", metavar="PROJECT", type=Path, help="the project file, NAME.annot")
    parser.set_defaults(run=run)
    return parser


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "A demo project in a temporary folder, in the window; without a screen, its exports and pictures."
    )
    parser.add_argument("--screenshot", metavar="PNG", type=Path, help="draw the view without a display, save it, exit")
    parser.add_argument("--view", choices=["label", "review"], default="label")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--size", default="1440x900", metavar="WxH", type=_size)


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a size like 1440x900") from None
    if not (640 <= width <= 8000 and 480 <= height <= 8000):
        raise argparse.ArgumentTypeError("a size lies between 640x480 and 8000x8000")
    return width, height


def _new(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--codebook", metavar="TOML", type=Path, help="labels, targets and rules (default: news)")
    source.add_argument(
        "--from", dest="bundles", metavar="BUNDLE", type=Path, nargs="+", help="make it from a colleague's bundles"
    )
    _accept(parser)


def _accept(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept",
        metavar="FINGERPRINT",
        action="append",
        default=[],
        help="a key that you compared with its owner; all: every key in the bundle; unsigned:NAME: work without one",
    )


def _bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", metavar="OUT", type=Path, help="such as mine.bundle, or mine.bundle.gz to pack it")
    parser.add_argument(
        "--since",
        metavar="HEADS",
        type=Path,
        help="only what is newer: a bundle that your colleague has, or what annotator authors --json printed there",
    )


def _agreement(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layers", default="", metavar="A,B", help="the names of two annotators or more (all)")
    parser.add_argument("--json", action="store_true", dest="is_json", help="print everything as JSON")
    parser.add_argument("--csv", type=Path, metavar="OUT", help="write the figures as a table")
    parser.add_argument("--methods", action="store_true", help="print a paragraph for a methods section")


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundles", metavar="BUNDLE", nargs="+", type=Path)
    parser.add_argument("--preview", action="store_true", help="say what would come, and change nothing")
    parser.add_argument("--json", action="store_true", dest="is_json", help="print it as JSON")
    _accept(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files, or folders of them")
    parser.add_argument("--as", dest="kind", choices=["articles", "suggestions", "annotations"], default="articles")
    parser.add_argument("--encoding", help="of text files that are not UTF-8, e.g. cp1252")
    parser.add_argument(
        "--column",
        dest="columns",
        metavar="FIELD=COLUMN",
        type=column,
        action="append",
        default=[],
        help=f"of tables and JSON Lines, where it is not guessed; fields: {', '.join(FIELDS)}",
    )
    parser.add_argument(
        "--name-pattern",
        metavar="PATTERN",
        default="",
        help=f"what names of files say, such as {EXAMPLE.replace('%', '%%')}",
    )
    _import_annotations(parser.add_argument_group("with --as suggestions or --as annotations"))


def _import_annotations(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--format", choices=[AUTO, *FORMATS], default=AUTO, help="what the files are in (default: auto)")
    group.add_argument(
        "--label",
        dest="labels",
        metavar="OLD=NEW",
        type=pair,
        action="append",
        default=[],
        help=f"what a label means here: one of the codebook, or {', '.join(PARTS)}; OLD= leaves it out",
    )
    group.add_argument(
        "--offsets", choices=["codepoint", "utf16", "utf8"], help="how the files count, where their words do not tell"
    )
    group.add_argument(
        "--annotator", metavar="NAME", default="", help="whose annotations, where several people made them"
    )
    group.add_argument("--name", default="", help="what the records say they were imported from (default: the format)")
    group.add_argument("--preview", action="store_true", help="say what would come, and change nothing")


def _suggest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pipeline",
        metavar="NAME",
        help="an installed spaCy pipeline, or blank:de (or another language) for direct quotes alone",
    )
    parser.add_argument(
        "--tagger", metavar="NAME", help="a trained tagger of quotes: its name, or the path of its folder"
    )
    parser.add_argument(
        "--jobs", metavar="NUMBER", type=jobs, default=1, help="processes that share the work (default: 1)"
    )
    parser.add_argument("--again", action="store_true", help="also the articles that have suggestions")


def _pipelines(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--score", action="store_true", help="measure the installed ones on your confirmed work first")
    parser.add_argument("--use", metavar="NAME", help="let this one read the project from now on")
    parser.add_argument("--json", action="store_true", dest="is_json", help="print it as JSON")


def _train(parser: argparse.ArgumentParser) -> None:
    parser.description = "Train a model on labelled work; it is tested on a part that it does not learn from."
    kinds = parser.add_subparsers(dest="model", required=True, metavar="MODEL")
    quotes = kinds.add_parser(
        "quotes",
        help="a tagger of quotes: who said what",
        description="Train a tagger of quotes. OUT is a name, for the user's data folder, or the path of a folder;"
        " annotator suggest PROJECT --tagger OUT uses it.",
    )
    quotes.add_argument(
        "corpora", metavar="CORPUS", nargs="+", type=Path, help="projects, jsonl exports, folders in PolNeAR's format"
    )
    quotes.add_argument("out", metavar="OUT")
    quotes.add_argument(
        "--method",
        choices=training.METHODS,
        default="auto",
        help="a network (needs “annotator[train]”) or a CRF; auto: a network where that can be trained",
    )
    quotes.add_argument("--base", metavar="FOLDER", type=Path, help="BERT weights to begin with, in place of MiniLM")
    quotes.add_argument("--epochs", type=count, default=0, help="how often to go through the corpus")
    quotes.add_argument("--minutes", type=count, default=0, help="the longest that the training itself may take")
    quotes.add_argument("--held-out", type=share, default=0.1, help="share of the articles to test on (0.1)")
    quotes.add_argument("--seed", type=seed, default=0, metavar="NUMBER", help="of the split and the training")
    quotes.add_argument("--licence", default="", help="of the corpus, for the card")
    quotes.set_defaults(run=training_commands.train_quotes)
    _train_entities(kinds)


def _train_entities(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    entities = kinds.add_parser(
        "entities",
        help="a pipeline that finds entities under your labels",
        description="Train a pipeline that finds entities, and compare it with the one in use on articles kept apart."
        " OUT is its name; annotator pipelines PROJECT --use OUT lets it read a project.",
    )
    entities.add_argument("corpora", metavar="CORPUS", nargs="+", type=Path, help="projects, and jsonl exports")
    entities.add_argument("out", metavar="OUT")
    entities.add_argument(
        "--pipeline", metavar="NAME", help="the pipeline to begin with (default: yours); blank:de begins with nothing"
    )
    entities.add_argument("--against", metavar="NAME", help="the pipeline to compare with (default: the same)")
    entities.add_argument("--held-out", type=share, default=0.1, help="share of the articles to test on (0.1)")
    entities.add_argument(
        "--test", metavar="CORPUS", action="append", type=Path, default=[], help="articles to test on instead"
    )
    entities.add_argument("--epochs", type=count, default=0, help="how often to go through the articles at most (30)")
    entities.add_argument("--minutes", type=count, default=0, help="the longest that one training may take")
    entities.add_argument("--steps", type=count, default=0, help="the most steps of 16 lines")
    entities.add_argument("--seed", type=seed, default=0, metavar="NUMBER", help="of the split and the training")
    entities.add_argument("--curve", action="store_true", help="learn parts of the articles too: would more help?")
    entities.add_argument("--use", metavar="PROJECT", type=Path, help="let it read this project from now on")
    entities.add_argument("--licence", default="", help="of the corpus, for the card")
    entities.add_argument("--json", action="store_true", dest="is_json", help="print the card as JSON")
    entities.set_defaults(run=training_commands.train_entities)


def _gazetteer(parser: argparse.ArgumentParser) -> None:
    parser.description = "Your own names, over the shipped ones: what is proposed for them when models read articles."
    parser.set_defaults(run=model_commands.list_names, is_all=False)
    acts = parser.add_subparsers(dest="act", metavar="ACT")
    list_ = acts.add_parser("list", help="print them as a table (default)")
    list_.add_argument("--all", action="store_true", dest="is_all", help="the shipped names too")
    list_.set_defaults(run=model_commands.list_names)
    add = acts.add_parser("add", help="add a name, or give it another label")
    add.add_argument("words", metavar="WORDS", help="the name, as it stands in articles")
    add.add_argument("label", metavar="LABEL", help="such as ORG; never: do not propose it")
    add.set_defaults(run=model_commands.add_name)
    remove = acts.add_parser("remove", help="take a name out; a shipped one is never proposed any more")
    remove.add_argument("words", metavar="WORDS")
    remove.set_defaults(run=model_commands.remove_name)
    import_ = acts.add_parser("import", help="take the names of a table over")
    import_.add_argument("file", metavar="FILE", type=Path, help="a CSV file with the columns name and label")
    import_.set_defaults(run=model_commands.import_names)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", dest="is_json", help="print the findings as JSON")
