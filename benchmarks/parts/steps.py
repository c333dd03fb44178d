"""`steps MODULE STEP [WORD ...]`: one step of a module, in a process of its own in which Django is ready.

Where ALONGSIDE_DRILL_MOMENT names a moment, the clock stands there: what two such processes show then
differs only by what their databases hold.
"""

import importlib
import os
import random
import sys
from datetime import datetime

import django
from django.utils import timezone


def steady(seed: str) -> None:
    """What is drawn from here on is the same wherever it is drawn after the same `seed`."""
    os.urandom = random._urandom = random.Random(seed).randbytes  # type: ignore[attr-defined]


def main(module: str, step: str, *words: str) -> None:
    moment = os.environ.get("ALONGSIDE_DRILL_MOMENT")
    if moment:
        stands = datetime.fromisoformat(moment)
        timezone.now = lambda: stands
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.settings"
    django.setup()
    getattr(importlib.import_module(module), step)(*words)


if __name__ == "__main__":
    main(*sys.argv[1:])
