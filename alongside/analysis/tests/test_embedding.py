"""An embedding model from a folder, run as it would be: made here, tiny, with its own tokenizer."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from django.test import Client
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from alongside.analysis import embedding
from alongside.analysis.models import MachineHelp
from alongside.interviews.models import Transcript

# Words for sitting lie in one direction, words for speaking in another.
WORDS = {
    "[PAD]": (0, 0, 0), "[UNK]": (0, 0, 1), "chair": (3, 0, 0), "sat": (3, 0, 0), "seat": (3, 0, 0),
    "story": (0, 3, 0), "told": (0, 3, 0), "said": (0, 3, 0),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model that looks each word up, and gives one state a word."""
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    table = numpy_helper.from_array(np.array(list(WORDS.values()), dtype=np.float32), "table")
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "words"])
        for name in ("input_ids", "attention_mask")
    ]
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["batch", "words", 3])
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["states"], axis=0)]
    graph = helper.make_graph(nodes, "words", given, [states], [table])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made)
    onnx.save(made, tmp_path / "model.onnx")
    return tmp_path


@pytest.fixture
def named(folder: Path, settings: Any) -> Path:
    settings.ALONGSIDE_EMBEDDINGS = str(folder)
    return folder


def test_words_of_one_meaning_lie_near(named: Path):
    """Though they share no letter; padding and length don't count."""
    near = embedding.nearness("chair", ["seat seat seat seat", "told", "chair told", ""])
    assert near.round(3).tolist() == [1.0, 0.0, round(float(np.sqrt(0.5)), 3), 0.0]


def test_many_texts_are_read_some_at_a_time(named: Path):
    """Each gets the same direction as alone, of length 1."""
    texts = ["chair", "story told", "sat said chair"] * 40
    together = embedding.embedded(texts)
    assert together.shape == (120, 3)
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert np.allclose(together[:3], [embedding.embedded([text])[0] for text in texts[:3]])


def test_a_long_text_is_cut(named: Path):
    """What a model can't read any more doesn't break it."""
    assert np.allclose(embedding.embedded(["chair " * 5000]), [[1, 0, 0]])


def test_it_puts_the_alike_in_order(
    named: Path, as_hilary: Client, machine: MachineHelp, rowan_transcript: Transcript
):
    """Among turns that share words, and the page says what did."""
    address = f"/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/alike/"
    answer = as_hilary.get(address, {"turn": 2})
    assert "by this machine’s embedding model" in answer.content.decode()
    assert answer.context["alike"].lines


@pytest.mark.parametrize("what", ["no folder", "no tokenizer", "garbage"])
def test_a_folder_that_holds_none(
    what: str,
    folder: Path,
    settings: Any,
    as_hilary: Client,
    machine: MachineHelp,
    rowan_transcript: Transcript,
):
    """The page says why it isn't used, and goes by the words alone."""
    settings.ALONGSIDE_EMBEDDINGS = str(folder if what != "no folder" else folder / "nowhere")
    if what == "no tokenizer":
        (folder / "tokenizer.json").unlink()
    if what == "garbage":
        (folder / "model.onnx").write_bytes(b"garbage")
    address = f"/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/alike/"
    page = as_hilary.get(address, {"turn": 2}).content.decode()
    assert "The embedding model isn’t used" in page
    assert "rare words count for more" in page
