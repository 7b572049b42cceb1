"""The syllabus says of every lab whether it is here: in its table, on its map, and as `source/` has it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "course" / "README.md").read_text()
MAP = ROOT / "course" / "syllabus.svg"
SVG = "{http://www.w3.org/2000/svg}"
HERE = {path.name for path in (ROOT / "source").iterdir() if path.is_dir()}
NUMBERS = {int(name[3:5]) for name in HERE}


def rows() -> dict[int, list[str]]:
    """The table's lines, by the lab's number."""
    lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in PAGE.splitlines()]
    return {int(cells[0]): cells for cells in lines if len(cells) == 5 and cells[0].isdigit() and cells[4].isdigit()}


def boxes() -> dict[int, ET.Element]:
    """The map's labs, by number."""
    groups = [each for each in ET.parse(MAP).getroot().iter(f"{SVG}g") if (each.get("id") or "").startswith("lab")]
    return {int(each.attrib["id"][3:]): each for each in groups}


def words(box: ET.Element) -> list[str]:
    return [text.text or "" for text in box.iter(f"{SVG}text")]


def test_all_fourteen_labs_are_in_the_table_and_on_the_map() -> None:
    assert sorted(rows()) == sorted(boxes()) == list(range(1, 15))


def test_the_labs_that_are_here_have_a_link_and_the_others_none() -> None:
    linked = re.findall(r"^\| (\d+) \| \[[^]]+\]\(\.\./release/(lab\d\d[a-z0-9-]*)/\2\.ipynb\)", PAGE, re.MULTILINE)
    assert {name for _, name in linked} == HERE, "give the lab its link in course/README.md"
    assert all(int(number) == int(name[3:5]) for number, name in linked)


def test_the_map_says_which_are_here() -> None:
    here = {number for number, box in boxes().items() if box.get("class") == "here"}
    assert here == NUMBERS, 'write class="here" into the line of the lab in course/syllabus.svg'
    assert {box.get("class") for box in boxes().values()} <= {"here", "coming"}
    for box in boxes().values():
        assert words(box)[2:] == ["✓ here", "coming"], "both words are there; the style shows the one that is true"


def test_map_and_table_say_the_same_of_time_and_week() -> None:
    weeks = {
        int(number): int(week)
        for week, numbers in re.findall(r"^\| ([1-4]) \| ([\d, ]+) \| \d+ \|", PAGE, re.MULTILINE)
        for number in numbers.split(",")
    }
    for number, cells in rows().items():
        assert words(boxes()[number])[1] == f"{cells[4]} min · week {weeks[number]}"
    for week, numbers, minutes in re.findall(r"^\| ([1-4]) \| ([\d, ]+) \| (\d+) \|", PAGE, re.MULTILINE):
        assert sum(int(rows()[int(each)][4]) for each in numbers.split(",")) == int(minutes), week


def test_a_lab_needs_none_that_comes_later() -> None:
    for number, cells in rows().items():
        assert all(int(each) < number for each in re.findall(r"\d+", cells[3])), cells


def test_whoever_cannot_see_the_map_is_told_what_is_on_it() -> None:
    (alternative,) = re.findall(r"!\[([^]]+)\]\(syllabus\.svg\)", PAGE)
    told = ET.parse(MAP).getroot().find(f"{SVG}desc")
    assert told is not None
    for text in (alternative, told.text or ""):
        assert {int(each) for each in re.findall(r"\d+", text)} == set(range(1, 15))
