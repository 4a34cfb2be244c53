"""The vectors of words, remembered: the first layer of the model sees each word alone, so it need see a word only once.

In: a spaCy pipeline. Out: the same pipeline, whose `tok2vec` gives the very same vectors sooner. That, and parsing the
sentences of several reports together, hold to the bit where a machine works out every row of a product alike, whichever
rows stand beside it; `rows_stand_alone` tries whether this one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps, get_current_ops
from thinc.types import Ragged

from ascertain.model import SettingsError

MOST_WORDS = 40_000
_BYTES = 8
# Heights and widths of the products in a model, narrow and wide.
_HEIGHTS = (1, 2, 7, 64, 190)
_SIZES = ((64, 106), (96, 50), (96, 1024), (288, 288), (576, 288))


@cache
def rows_stand_alone() -> bool:
    """Whether the product of a row is the same, to the bit, in a matrix of any height."""
    ops, chance = get_current_ops(), np.random.default_rng(7)
    return isinstance(ops, NumpyOps) and all(_stand_alone(ops, chance, *size) for size in _SIZES)


def _stand_alone(ops: NumpyOps, chance: np.random.Generator, inner: int, outer: int) -> bool:
    rows = chance.standard_normal((_HEIGHTS[-1], inner), dtype="float32")
    weights = chance.standard_normal((outer, inner), dtype="float32")
    whole = ops.gemm(rows, weights, trans2=True)
    return all(np.array_equal(ops.gemm(rows[-height:], weights, trans2=True), whole[-height:]) for height in _HEIGHTS)


def remember_words(nlp: Language) -> None:
    """Let the `tok2vec` of a pipeline remember the vectors of words; one of another make is left as it is."""
    if "tok2vec" not in nlp.pipe_names or not rows_stand_alone():
        return
    layers: list[Model[Any, Any]] = nlp.get_pipe("tok2vec").model.layers  # type: ignore[attr-defined]
    inner = [layer.name for layer in layers[0].layers] if layers else []
    if inner[:2] == ["extract_features", "list2ragged"] and inner[-1] == "ragged2list":
        layers[0] = Model("remembered_words", _Words(layers[0]))


class _Words:
    """The forward pass of an embedding layer over documents, a word with the same features worked out once."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        self.columns: list[int | str] = layer.layers[0].attrs["columns"]
        self.width = _BYTES * len(self.columns)
        self.layers = layer.layers[2:-1]
        self.rows: dict[bytes, int] = {}
        self.vectors: Any = ()

    def __call__(self, _model: Model[Any, Any], docs: Sequence[Doc], *, is_train: bool) -> tuple[list[Any], None]:
        if is_train:
            raise SettingsError("a pipeline that remembers words cannot be trained; load the model anew")
        features = [doc.to_array(self.columns) for doc in docs]
        packed = b"".join([array.tobytes() for array in features])
        words = [packed[at : at + self.width] for at in range(0, len(packed), self.width)]
        self._learn(list(dict.fromkeys(words)))
        rows = self.rows
        found = self.vectors[[rows[word] for word in words]]
        return np.split(found, np.cumsum([len(array) for array in features])[:-1]), None

    def _learn(self, words: list[bytes]) -> None:
        """Work out the vectors of words not seen yet; when there are too many, begin anew."""
        new = [word for word in words if word not in self.rows]
        if len(self.rows) + len(new) > MOST_WORDS:
            self.rows, new = {}, words
        if not new:
            return
        known = len(self.rows)
        learnt = self._vectors_of(new)
        if known + len(new) > len(self.vectors):
            larger = np.empty((2 * (known + len(new)), learnt.shape[1]), dtype="float32")
            if known:
                larger[:known] = self.vectors[:known]
            self.vectors = larger
        self.vectors[known : known + len(new)] = learnt
        self.rows.update(zip(new, range(known, known + len(new)), strict=True))

    def _vectors_of(self, words: list[bytes]) -> Any:
        features = np.frombuffer(b"".join(words), dtype="uint64").reshape(len(words), len(self.columns))
        found: Any = Ragged(features, np.array([len(words)], dtype="int32"))  # type: ignore[arg-type]  # thinc's own types
        for layer in self.layers:
            found = layer.predict(found)
        return found.dataXd
