"""Settings of the tests: development mode, nothing left behind in the checkout."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("ITHACA_MODE", "development")
os.environ.setdefault("ITHACA_FILE", os.devnull)
if "ITHACA_DATA" not in os.environ:
    os.environ["ITHACA_DATA"] = tempfile.mkdtemp(prefix="ithaca-tests-")
    atexit.register(shutil.rmtree, os.environ["ITHACA_DATA"], ignore_errors=True)

from ithaca.config.settings import *  # noqa: F403
