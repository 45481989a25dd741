"""The network of the tagger in torch: a BERT encoder, labels of word pieces, and links between them.

Only training needs this module; what is trained is exported and runs without torch.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn
from torch.nn import functional

from annotator.suggest.tagging.hints import HINTS, label_of
from annotator.suggest.tagging.labels import LABELS
from annotator.suggest.tagging.linking import LINKS
from annotator.suggest.tagging.windows import MAX_PIECES, SHAPES

_LINK_WIDTH = 64
_DROPOUT = 0.1
# Distances are told apart exactly up to 8 pieces, then in doublings: 8, 16, 32, … on either side.
_NEAR, _FAR_STEPS = 8, 5
_IMPOSSIBLE = -1e4
# How much what the rules say counts at first, in logarithms of odds.
_HINTED, _LED = 3.0, 4.0


class Shape(msgspec.Struct, frozen=True, rename={"vocabulary": "vocab_size", "width": "hidden_size"}):
    """The size of an encoder, by the names of a Hugging Face `config.json`."""

    vocabulary: int
    width: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    layer_norm_eps: float = 1e-12


class Layer(nn.Module):
    """One layer of BERT: attention, then two dense ones, each added to what came in and normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.num_attention_heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.joined = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=shape.layer_norm_eps)
        self.wide = nn.Linear(shape.width, shape.intermediate_size)
        self.narrow = nn.Linear(shape.intermediate_size, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.layer_norm_eps)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = hidden.shape
        split = self.query_key_value(hidden).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        # In whole precision: with half of it attention is slower on processors, see `training.half_precision`.
        seen = functional.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        hidden = self.attention_norm(hidden + self.dropout(self.joined(seen)))
        return self.norm(hidden + self.dropout(self.narrow(functional.gelu(self.wide(hidden)))))


class Network(nn.Module):
    """From word pieces to scores of labels and of links.

    Takes `ids`, `shapes`, `lines` and `hints` (windows by pieces; line -1 is padding) and `leads` (windows by kinds by
    pieces), see `Window`, and gives the scores of the labels (windows by pieces by labels) and of the links (windows
    by kinds by pieces by pieces): how much a piece of content belongs to a cue or source that begins at another piece;
    piece 0 stands for none. Untrained it mostly says what the hints say.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(MAX_PIECES, shape.width)
        self.shapes = nn.Embedding(2 * SHAPES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.layer_norm_eps)
        self.dropout = nn.Dropout(_DROPOUT)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))
        self.labels = nn.Linear(shape.width, len(LABELS))
        self.link_from = nn.Linear(shape.width, len(LINKS) * _LINK_WIDTH)
        self.link_to = nn.Linear(shape.width, len(LINKS) * _LINK_WIDTH)
        self.by_distance = nn.Embedding(2 * (_NEAR + _FAR_STEPS) + 1, len(LINKS))
        self.by_line = nn.Embedding(3, len(LINKS))
        self.hints = nn.Embedding(HINTS, shape.width)
        self.by_hint = nn.Embedding(HINTS, len(LABELS))
        self.by_lead = nn.Parameter(torch.full((len(LINKS), 2), _LED))
        with torch.no_grad():
            agrees = torch.tensor([[label == label_of(hint) for label in range(len(LABELS))] for hint in range(HINTS)])
            agrees[0] = False
            self.by_hint.weight.copy_(_HINTED * agrees)
        nn.init.zeros_(self.hints.weight)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.by_distance.weight)
        nn.init.zeros_(self.by_line.weight)

    def forward(
        self, ids: Tensor, shapes: Tensor, lines: Tensor, hints: Tensor, leads: Tensor
    ) -> tuple[Tensor, Tensor]:
        is_there = lines >= 0
        mask = torch.where(is_there, 0.0, _IMPOSSIBLE)[:, None, None, :]
        places = torch.arange(ids.shape[1], device=ids.device)
        read = self.words(ids) + self.places(places) + self.shapes(shapes) + self.hints(hints)
        hidden = self.dropout(self.norm(read))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        hidden = self.dropout(hidden)
        links = self._links(hidden, places, lines) + self._led(places, leads) + mask
        return self.labels(hidden) + self.by_hint(hints), links

    def _led(self, places: Tensor, leads: Tensor) -> Tensor:
        """What the rules' links add: one weight for each kind, another one where they lead to none."""
        weights = torch.where(leads == 0, self.by_lead[:, :1], self.by_lead[:, 1:])
        return (leads[..., None] == places).float() * weights[..., None]

    def _links(self, hidden: Tensor, places: Tensor, lines: Tensor) -> Tensor:
        batch, length, _ = hidden.shape
        ours = self.link_from(hidden).view(batch, length, len(LINKS), _LINK_WIDTH).transpose(1, 2)
        theirs = self.link_to(hidden).view(batch, length, len(LINKS), _LINK_WIDTH).transpose(1, 2)
        scores = ours @ theirs.transpose(2, 3) / _LINK_WIDTH**0.5
        distance = self.by_distance(_steps(places[None, :] - places[:, None]))
        line = self.by_line((lines[:, None, :] - lines[:, :, None]).clamp(-1, 1) + 1)
        return scores + distance.permute(2, 0, 1)[None] + line.permute(0, 3, 1, 2)


def _steps(distance: Tensor) -> Tensor:
    far = (distance.abs().clamp(min=_NEAR).float() / _NEAR).log2().floor().long().clamp(max=_FAR_STEPS)
    size = distance.abs().clamp(max=_NEAR) + far
    return torch.where(distance < 0, -size, size) + _NEAR + _FAR_STEPS


def based_on(folder: Path, *, seed: int = 0) -> Network:
    """A network whose encoder has the weights of a BERT model: `config.json` and `model.safetensors`.

    `seed` is that of the weights which the model has not.
    """
    from safetensors.torch import load_file

    torch.manual_seed(seed)
    shape = msgspec.json.decode((folder / "config.json").read_bytes(), type=Shape)
    network = Network(shape)
    theirs = load_file(folder / "model.safetensors")
    network.load_state_dict(_renamed(theirs, shape.num_hidden_layers), strict=False)
    return network


def _renamed(theirs: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    ours = {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        # All text is of the first type.
        "places.weight": theirs["embeddings.position_embeddings.weight"][:MAX_PIECES]
        + theirs["embeddings.token_type_embeddings.weight"][:1],
    }
    for end in ("weight", "bias"):
        ours[f"norm.{end}"] = theirs[f"embeddings.LayerNorm.{end}"]
        for number in range(layers):
            old, new = f"encoder.layer.{number}", f"layers.{number}"
            parts = [theirs[f"{old}.attention.self.{name}.{end}"] for name in ("query", "key", "value")]
            ours[f"{new}.query_key_value.{end}"] = torch.cat(parts)
            ours[f"{new}.joined.{end}"] = theirs[f"{old}.attention.output.dense.{end}"]
            ours[f"{new}.attention_norm.{end}"] = theirs[f"{old}.attention.output.LayerNorm.{end}"]
            ours[f"{new}.wide.{end}"] = theirs[f"{old}.intermediate.dense.{end}"]
            ours[f"{new}.narrow.{end}"] = theirs[f"{old}.output.dense.{end}"]
            ours[f"{new}.norm.{end}"] = theirs[f"{old}.output.LayerNorm.{end}"]
    return ours
