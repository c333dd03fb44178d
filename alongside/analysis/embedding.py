"""A model that turns words into directions, read from a folder on this machine. Nothing is fetched.

The folder holds `model.onnx` and `tokenizer.json`, as sentence-transformers models are published for
onnxruntime. Without the folder, or without the packages of `alongside[embeddings]`, there is none.
"""

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from alongside.core.arrays import FloatArray, quotient

try:
    import onnxruntime
    import tokenizers
except ImportError:
    onnxruntime = tokenizers = None  # type: ignore[assignment]

log = logging.getLogger(__name__)
FILES = ("model.onnx", "tokenizer.json")
LONGEST = 256
AT_ONCE = 32


def is_there() -> bool:
    return bool(settings.ALONGSIDE_EMBEDDINGS) and not trouble()


def trouble() -> str:
    """Why a model that the installation names can't be used; nothing if it can, or none is named."""
    folder = settings.ALONGSIDE_EMBEDDINGS
    if not folder:
        return ""
    if onnxruntime is None:
        return _("The embedding model isn’t used: alongside[embeddings] isn’t installed.")
    missing = [name for name in FILES if not (Path(folder) / name).is_file()]
    if missing:
        return _("The embedding model isn’t used: its folder has no %(name)s.") % {"name": missing[0]}
    try:
        _loaded(folder)
    except Exception:  # Either library raises kinds of its own.
        log.exception("ALONGSIDE_EMBEDDINGS can't be loaded.")
        return _("The embedding model isn’t used: what is in its folder can’t be loaded.")
    return ""


def nearness(asked: str, passages: Sequence[str]) -> FloatArray:
    """The cosine between what was asked and each passage, shape (N,), from -1 to 1."""
    directions = embedded([asked, *passages])
    near: FloatArray = directions[1:] @ directions[0]
    return near


def embedded(texts: Sequence[str]) -> FloatArray:
    """Each text as a direction of length 1, shape (N, dimensions): the mean over its words."""
    model, tokenizer = _loaded(settings.ALONGSIDE_EMBEDDINGS)
    found = [_batch(model, tokenizer, texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
    return np.concatenate(found)


def _batch(model: Any, tokenizer: Any, texts: Sequence[str]) -> FloatArray:
    cut = tokenizer.encode_batch(list(texts))
    mask = np.array([each.attention_mask for each in cut], dtype=np.int64)
    given = {
        "input_ids": np.array([each.ids for each in cut], dtype=np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    wanted = {each.name for each in model.get_inputs()}
    states = model.run(None, {name: value for name, value in given.items() if name in wanted})[0]
    means = states if states.ndim == 2 else quotient((states * mask[..., None]).sum(1), mask.sum(1)[:, None])
    means = np.nan_to_num(np.asarray(means, dtype=np.float64))
    return np.nan_to_num(quotient(means, np.linalg.norm(means, axis=1, keepdims=True)))


@cache
def _loaded(folder: str) -> tuple[Any, Any]:
    model, tokenizer = (Path(folder) / name for name in FILES)
    words = tokenizers.Tokenizer.from_file(str(tokenizer))
    words.enable_truncation(LONGEST)
    words.enable_padding()
    return onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"]), words
