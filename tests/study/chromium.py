"""Which Chromium opens the pages that tests look at: Playwright's own, else the machine's.

`python -m tests.study.chromium` opens one and says which version it is, or that there is none and ends with 1: the
Makefile asks before it installs Debian's.
"""

from __future__ import annotations

import os
import shutil
import sys

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NONE = "no Chromium: `make test` installs Debian's as root; else `playwright install chromium`"


def open_chromium(playwright: Playwright) -> Browser | None:
    """A Chromium without a window; None where neither Playwright nor the machine has one."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    try:
        return playwright.chromium.launch(args=arguments)
    except Error:  # of another version of Playwright's, or none
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        return playwright.chromium.launch(executable_path=program, args=arguments) if program else None


def main() -> None:
    with sync_playwright() as playwright:
        browser = open_chromium(playwright)
        if browser is None:
            sys.exit(NONE)
        print(f"Chromium {browser.version}")
        browser.close()


if __name__ == "__main__":
    main()
