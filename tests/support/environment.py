"""Loaded by pytest before Django's settings: every process of the suite has a data folder of its own."""

import atexit
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="alongside-test-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["ALONGSIDE_DATA"] = folder
os.environ["ALONGSIDE_TESTING"] = "1"
