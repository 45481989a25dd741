"""What the reading view takes to show, scroll and change an article, next to a bare QTextEdit in the same run."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QTextEdit

from annotator import paths
from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.reading.marks import EntityMark, Mark, QuoteMark
from annotator.ui.reading.view import ReadingView
from benchmarks.measuring import Goal, Row

SIZES_KB = (5, 50, 500)
_SPANS_PER_KB = 12
_REPEATS = 7
_FRAMES = 60
_SIZE_PX = (820, 820)
_HUES = ("person", "org", "place", "time", "other")


def article(kb: int) -> str:
    """A text of that many thousand characters, made of the seed articles."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted(paths.seeds().glob("*.txt"))]
    size = kb * 1_000
    whole = "\n".join(seeds)
    return ("\n".join([whole] * (size // len(whole) + 1)))[:size].rstrip()


def marks(text: str) -> list[Mark]:
    """Twelve marks a thousand characters: entities of 8, each eighth a quote of 160 with its source and cue."""
    step = 1_000 // _SPANS_PER_KB
    made: list[Mark] = []
    for nth, start in enumerate(range(0, len(text) - 200, step)):
        if nth % 8:
            span, hue = Span(start, start + 8 + nth % 30), _HUES[nth % 5]
            made.append(EntityMark(f"e{nth}", span, "PERSON", hue, is_suggestion=nth % 2 == 0))
        else:
            content, source = (Span(start, start + 160),), (Span(start + 165, start + 172),)
            cue = Span(start + 174, start + 178)
            made.append(QuoteMark(f"q{nth}", content, source, cue, nth % 16 == 0, f"Speaker {nth}", "▲ supports"))
    return made


def measure(sizes_kb: Sequence[int] = SIZES_KB) -> dict[str, float]:
    """Medians in milliseconds by `<work>_<size>kb`; `bare_*` is QTextEdit.setPlainText, `giant_*` one paragraph."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    found: dict[str, float] = {}
    for kb in sizes_kb:
        text = article(kb)
        found |= {f"{work}_{kb}kb": value for work, value in _measured(app, text).items()}
        found[f"bare_show_{kb}kb"] = _bare(app, text)
    giant = article(500).replace("\n", " ")
    found |= {f"giant_{work}_500kb": value for work, value in _measured(app, giant).items()}
    return found


def rows(*, quick: bool) -> list[Row]:
    """The table's rows: milliseconds of CPU of the view alone, without the window around it."""
    found = measure((500,) if quick else SIZES_KB)
    kb = SIZES_KB[-1]
    return [
        Row(
            work=f"show {kb} kB in the reading view alone",
            unit="CPU-ms",
            ours=found[f"show_{kb}kb"],
            floor=found[f"bare_show_{kb}kb"],
        ),
        Row(work="  add a mark to it", unit="CPU-ms", ours=found[f"add_{kb}kb"], goal=Goal("value at most", 5)),
        Row(work="  scroll it by a frame", unit="CPU-ms", ours=found[f"scroll_{kb}kb"], goal=Goal("value at most", 5)),
    ]


def _measured(app: QApplication, text: str) -> dict[str, float]:
    view = ReadingView(theme=theme.load_theme("light"))
    view.resize(*_SIZE_PX)
    view.show()
    app.processEvents()
    made = marks(text)
    sections = (Section(kind="body", start=0, end=len(text)),)

    def show() -> None:
        view.show_article(text, heading="A heading", meta="A meta line", sections=sections)
        view.show_marks(made)
        view.viewport().repaint()

    found = {"show": _median(show)}
    found["lay_out_the_rest"] = _median(lambda: view.document().size(), repeats=1)
    app.processEvents()
    extra = EntityMark("extra", Span(20, 40), "ORG", "org", is_suggestion=False)

    def add() -> None:
        view.add_mark(extra)
        view.viewport().repaint()

    def replace_all() -> None:
        view.show_marks([*made, extra])
        view.viewport().repaint()

    found["add"] = _median(add)
    found["replace_all"] = _median(replace_all)
    found["scroll"], found["scroll_worst"] = _scrolled(view)
    found["reveal_end"] = _median(lambda: view.reveal(Span(len(text) - 30, len(text))), repeats=1)
    view.close()
    view.deleteLater()
    app.processEvents()
    return found


def _scrolled(view: ReadingView) -> tuple[float, float]:
    """Median and worst frame of a steady scroll of 100 pixels a frame, each painted whole."""
    bar = view.verticalScrollBar()
    bar.setValue(0)
    frames: list[float] = []
    for _ in range(_FRAMES):
        start = time.process_time()
        bar.setValue(bar.value() + 100)
        view.viewport().repaint()
        frames.append((time.process_time() - start) * 1e3)
    return statistics.median(frames), max(frames)


def _bare(app: QApplication, text: str) -> float:
    edit = QTextEdit()
    edit.setReadOnly(True)
    edit.setFont(theme.font(theme.SERIF, 16.5))
    edit.resize(*_SIZE_PX)
    edit.show()
    app.processEvents()

    def show() -> None:
        edit.setPlainText(text)
        edit.viewport().repaint()

    return _median(show)


def _median(work: Callable[[], object], *, repeats: int = _REPEATS) -> float:
    times: list[float] = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1e3)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    found = measure()
    print("ms of CPU, median" + "".join(f"{kb:>10} kB" for kb in SIZES_KB) + "   one paragraph of 500 kB")
    for work in ("bare_show", "show", "lay_out_the_rest", "add", "replace_all", "scroll", "scroll_worst", "reveal_end"):
        cells = "".join(f"{found[f'{work}_{kb}kb']:>13.2f}" for kb in SIZES_KB)
        giant = found.get(f"giant_{work}_500kb")
        print(f"{work:<17}{cells}{'' if giant is None else f'{giant:>26.2f}'}")
    ratios = "".join(f"{found[f'show_{kb}kb'] / found[f'bare_show_{kb}kb']:>13.2f}" for kb in SIZES_KB)
    print(f"{'show / bare':<17}{ratios}")


if __name__ == "__main__":
    main()
