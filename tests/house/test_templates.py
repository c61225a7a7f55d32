"""Templates obey the content security policy: no inline script, style or handler; htmx 4 names only."""

from __future__ import annotations

import re

from tests.house import tree

INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "inline style element": re.compile(r"<style\b", re.I),
    "inline style": re.compile(r"\sstyle\s*=", re.I),
    "inline handler": re.compile(r"\son(click|load|change|submit|input|error|key\w+|mouse\w+)\s*=", re.I),
    "javascript address": re.compile(r"href\s*=\s*[\"']javascript:", re.I),
    "outside address of a script or style": re.compile(r"(src|href)=\"https?://[^\"]+\.(js|css)", re.I),
    "hx-on": re.compile(r"\shx-on", re.I),
}
LETTERS = ("/mail/", "/letters/", "/report/")
"""Folders of documents that leave the site: letters and the report file need their styles inside."""


def test_no_template_has_inline_script_or_style() -> None:
    found = []
    for path in tree.files(".html"):
        if any(part in path.as_posix() for part in LETTERS):
            continue
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
        for name, pattern in INLINE.items():
            if pattern.search(text):
                found.append(f"{path.relative_to(tree.PACKAGE)}: {name}")
    assert not found, found


def test_forms_that_post_carry_their_token() -> None:
    without = []
    for path in tree.files(".html"):
        for form in re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", path.read_text(), flags=re.S | re.I):
            if "csrf_token" not in form:
                without.append(str(path.relative_to(tree.PACKAGE)))
    assert not without, without
