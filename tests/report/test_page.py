"""The page shows every verdict in words, stands alone, and cannot be taken over by a student's text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.report.page import render_own_page, render_page, write_page
from autograder.report.reading import read_labs

VOID = {"meta", "link", "br", "img", "input", "hr", "rect"}


class Outline(HTMLParser):
    """Every element of a page, and whether the tags balance."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.unbalanced.append(tag)


@pytest.fixture
def page(evidence: Path) -> str:
    return render_page(read_labs(evidence))


def test_every_students_verdict_is_told_by_a_word_as_well_as_a_colour(page: str) -> None:
    cells = re.findall(r'<td class="mark (\w+)">.*?<small>(\w+)</small>', page)

    assert len(cells) == 5 * 7
    assert all(colour == word for colour, word in cells)
    assert {word for _, word in cells} == {"passed", "failed", "unsettled", "unchecked"}


def test_a_failed_criterion_shows_what_was_expected_found_and_next(page: str) -> None:
    assert "<dt>expected</dt><dd>two ready endpoints behind Service <code>sentiment</code></dd>" in page
    assert "its selector is <code>app=sentimant</code>" in page
    assert "<dt>next step</dt><dd>compare <code>kubectl get service sentiment -o wide</code>" in page


def test_evidence_is_kept_on_the_page(page: str) -> None:
    assert "targetPort: 8080" in page


def test_a_students_text_never_becomes_markup(page: str) -> None:
    outline = Outline(page)

    assert outline.unbalanced == []
    assert "script" not in {tag for tag, _ in outline.elements}
    assert "&lt;script&gt;alert(" in page
    assert not [name for _, attributes in outline.elements for name in attributes if name.startswith("on")]


def test_a_students_text_cannot_hide_or_reorder_what_is_read(page: str) -> None:
    assert "\x1b" not in page
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    elements = Outline(page).elements
    loading = [
        value
        for _, attributes in elements
        for name, value in attributes.items()
        if name in ("src", "href", "srcset", "data", "action") and not str(value).startswith("#")
    ]

    assert loading == []
    assert "url(" not in page
    assert "@import" not in page
    policy = next(attributes["content"] for tag, attributes in elements if "http-equiv" in attributes)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_link_leads_to_something_on_the_page(page: str) -> None:
    elements = Outline(page).elements
    anchors = [attributes["id"] for _, attributes in elements if "id" in attributes]
    links = [str(attributes["href"])[1:] for tag, attributes in elements if tag == "a"]

    assert len(anchors) == len(set(anchors))
    assert set(links) <= set(anchors)
    assert len(links) > 5 * 7


def test_an_ungraded_submission_says_why(page: str) -> None:
    assert "fay&#39;s file is not a notebook" in page


def test_what_was_put_right_about_a_notebook_is_said(page: str) -> None:
    assert "a copied check cell was left out" in page


def test_the_page_is_written_whole_and_beside_nothing_else(evidence: Path, tmp_path: Path) -> None:
    target = write_page(read_labs(evidence), tmp_path / "new" / "report.html")

    assert target.read_text(encoding="utf-8").endswith("</html>")
    assert [path.name for path in target.parent.iterdir()] == ["report.html"]


def test_whoever_learns_alone_is_told_of_their_own_work_and_of_no_class(evidence: Path) -> None:
    chidi = next(each for each in read_labs(evidence)[0].submissions if each.student == "chidi")
    page = render_own_page(replace(chidi, student="you"))

    assert Outline(page).unbalanced == []
    assert not re.search(
        r"[Ii]nstructor|[Cc]lass\b|[Ss]tudents?\b|submissions?\b|median|autograder (report|grade)", _words_of(page)
    )
    assert "every Pod carries the label <code>team: ml</code>" in page
    assert len(re.findall(r'<span class="chip (passed|failed|unsettled)">', page)) == 7 + 3, "criteria, and a legend"
    assert "autograder study --hand-in lab02-serve-a-model" in page


def _words_of(page: str) -> str:
    """What is read: no style sheet, and no tags."""
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))
