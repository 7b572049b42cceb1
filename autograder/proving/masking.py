"""What of a message changes from run to run, put aside, so that two runs of one answer can be compared.

Names that Kubernetes or grading made up, addresses, durations, what a check made up on the spot, and counts that depend
on how long somebody waited become words in ‹angle brackets›. Everything else stays, letter by letter: a mask that takes
in more than that would hide what a message is compared for.
"""

from __future__ import annotations

import re

from autograder.checks.sentences import VERDICTS

_MADE_UP = "[bcdfghjklmnpqrstvwxz2456789]"
"""Kubernetes' letters for what it makes up; `workspace.naming` takes them too."""
_END = "|".join(re.escape(end) for ends in VERDICTS.values() for end in ends)
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mask)
    for pattern, mask in (
        # A sentence made up on the spot, whatever stands around it, or as much of it as fits into a message.
        (rf"“[^”]*(?:{_END})[^”]*”", "“‹a sentence›”"),
        (r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "‹uid›"),
        # A node quotes names with an underscore between them: a word's boundary is not where a name ends.
        (
            rf"(?<![a-z0-9-])(?:w-)?lab\w*-[a-z0-9-]*?{_MADE_UP}{{8}}(?=-grader\b|-neighbour\b|(?![a-z0-9-]))",
            "‹namespace›",
        ),
        (rf"(?<=[a-z0-9])-{_MADE_UP}{{8,10}}-{_MADE_UP}{{5}}(?![a-z0-9-])", "-‹pod›"),
        (rf"(?<=[a-z0-9])-{_MADE_UP}{{8,10}}(?![a-z0-9-])", "-‹hash›"),
        (rf"(?<=[a-z0-9])-{_MADE_UP}{{5}}(?![a-z0-9-])", "-‹pod›"),
        (r"\b(check|probe)-[0-9a-f]{8}\b", r"\1-‹made up›"),
        (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?", "‹time›"),
        (r"(?:\blocalhost|\b\d{1,3}(?:\.\d{1,3}){3}):\d+/(?=(?:sentiment|python|pause)\b)", "‹images›/"),
        (r"\b\d{1,3}(?:\.\d{1,3}){3}\b", "‹address›"),
        (r"\b(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)? ?(?:m?s|seconds?|minutes?|min)\b", "‹time›"),
        (r"\b\d+ (?=times\b|restarts\b)", "‹n› "),
        (r"(?<=step )\d+\b", "‹n›"),
        (r"\b\d+ of \d+ (requests to \S+) were lost: (?:(?:, )?\d+ × \w+)+", r"‹n› of ‹n› \1 were lost: ‹how›"),
        (r'(?<=the run )"[0-9a-f]{12}"', "‹run›"),
        # What lab14 asks: reports put together on the spot, and what they come to.
        (r"(?<=for )“[^”]*”(?= another Pod is told)", "“‹a report›”"),
        (r"(?<=a score of )-?\d+\.\d{4}\b", "‹score›"),
    )
)


def masked(text: str) -> str:
    """The text, on one line, with what changes from run to run put aside. Masking it again changes nothing."""
    text = " ".join(text.split())
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text
