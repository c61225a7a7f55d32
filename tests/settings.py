"""Settings of the tests: development mode, nothing left behind in the checkout, templates compiled once as in production."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("ITHACA_MODE", "development")
os.environ.setdefault("ITHACA_FILE", os.devnull)
_process = os.environ.get("PYTEST_XDIST_WORKER", "")
if "ITHACA_DATA" not in os.environ:
    os.environ["ITHACA_DATA"] = tempfile.mkdtemp(prefix="ithaca-tests-")
    atexit.register(shutil.rmtree, os.environ["ITHACA_DATA"], ignore_errors=True)
elif not os.environ["ITHACA_DATA"].endswith(_process):  # processes side by side: each its own, below that of the run
    os.environ["ITHACA_DATA"] = os.path.join(os.environ["ITHACA_DATA"], _process)
    os.makedirs(os.environ["ITHACA_DATA"], exist_ok=True)

from ithaca.config.settings import *  # noqa: E402, F403

_loader, _loaders = TEMPLATES[0]["OPTIONS"]["loaders"][0]  # noqa: F405
TEMPLATES[0]["OPTIONS"]["loaders"] = [(_loader, [("django.template.loaders.cached.Loader", _loaders)])]  # noqa: F405

# The server of static files is asynchronous: each request of a test would start a thread and an event loop of its own.
MIDDLEWARE = [name for name in MIDDLEWARE if "servestatic" not in name]  # noqa: F405
