"""The labelling interface that shows what `label_studio` writes. Tags: labelstud.io/tags."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.sax.saxutils import quoteattr

from annotator.export.facts import CHOICES, QUOTE_FACTS, STANCE_FACTS
from annotator.export.palette import color_of
from annotator.export.pieces import CUE, LINKS, QUOTE_LABELS, SOURCE, STANCE


def labelling_config(labels: Collection[str]) -> bytes:
    """The interface for regions with these labels, with a field for each fact of the selected one."""
    stances = [one for one in labels if one.startswith(STANCE)]
    entities = [one for one in labels if one not in {*QUOTE_LABELS, SOURCE, CUE, *stances}]
    rows = ["<View>", '  <Labels name="label" toName="text">']
    rows += [f"    <Label value={quoteattr(one)} background={quoteattr(color_of(one))}/>" for one in sorted(labels)]
    rows += ["  </Labels>", "  <Relations>", *(f"    <Relation value={quoteattr(one)}/>" for one in LINKS)]
    rows += ["  </Relations>", '  <Header value="$title"/>']
    rows += ['  <Text name="text" value="$text" granularity="word"/>']
    for owners, names in ((entities, ("actor",)), (QUOTE_LABELS, QUOTE_FACTS), (stances, STANCE_FACTS)):
        rows += _fields([one for one in owners if one in labels], names)
    return ("\n".join([*rows, "</View>"]) + "\n").encode("utf-8")


def _fields(owners: list[str], names: tuple[str, ...]) -> Iterator[str]:
    if not owners:
        return
    which = f'whenTagName="label" whenLabelValue={quoteattr(",".join(sorted(owners)))}'
    yield f'  <View visibleWhen="region-selected" {which}>'
    for name in names:
        yield f'    <Header value="{name.replace("_", " ").capitalize()}" size="5"/>'
        if name in CHOICES:
            yield f'    <Choices name="{name}" toName="text" perRegion="true" showInline="true">'
            yield from (f'      <Choice value="{value}"/>' for value in CHOICES[name])
            yield "    </Choices>"
        else:
            yield f'    <TextArea name="{name}" toName="text" perRegion="true" editable="true" maxSubmissions="1"/>'
    yield "  </View>"
