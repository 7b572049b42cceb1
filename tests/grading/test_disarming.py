"""Nothing of a student's runs in the browser of whoever grades by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from bleach._vendor import html5lib
from grading import small_lab
from grading.small_lab import LAB, find
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from autograder.grading.disarming import Disarm
from autograder.grading.submission import RESOURCE, Submission


def html5lib_parse(page: str):
    """A page as a browser would read it."""
    return html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)


TABLE = '<table style="x"><tr><td onclick="evil()">1</td></tr></table>'


@pytest.fixture
def resources(tmp_path: Path) -> dict[str, Submission]:
    source = small_lab.write_source(tmp_path)
    return {RESOURCE: Submission(LAB, "eve", LAB, tmp_path, tmp_path, source, tmp_path, "")}


@pytest.mark.parametrize(
    "mime", ["text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex"]
)
def test_an_output_loses_what_would_run(resources: dict[str, Submission], mime: str) -> None:
    notebook = small_lab.source_notebook()
    data = {mime: "<script>evil()</script><img src=x onerror=evil()>", "text/plain": "plain"}
    find(notebook, "make-settings").outputs = [new_output("display_data", data=data)]
    Disarm().preprocess(notebook, resources)
    (output,) = find(notebook, "make-settings").outputs
    assert output.data["text/plain"] == "plain"
    assert "<script" not in str(output)
    assert "onerror" not in str(output)


def test_a_table_stays_a_table(resources: dict[str, Submission]) -> None:
    notebook = small_lab.source_notebook()
    find(notebook, "make-settings").outputs = [new_output("display_data", data={"text/html": TABLE})]
    Disarm().preprocess(notebook, resources)
    shown = find(notebook, "make-settings").outputs[0].data["text/html"]
    assert shown == "<table><tbody><tr><td>1</td></tr></tbody></table>"


HOSTILE = (
    "**mine** <script>evil()</script>",
    "[click](javascript:evil())",
    "[click]( JaVaScRiPt:evil())",
    "[click](<javascript:evil()>)",
    "[click](&#106;avascript:evil())",
    "[click](java&#10;script:evil())",
    "[click][there]\n\n[there]: javascript:evil()",
    "[click](vbscript:evil())",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](/formgrader/api/submission/lab/ada/autograde)",
    "![look](http://elsewhere.example/track.png)",
    "![look](/formgrader/gradebook)",
    "<a href='javascript:evil()'>click</a>",
    "<a\nhref=javascript:evil()>click</a>",
    "<img src=x onerror=evil()>",
    "<svg><a xlink:href='javascript:evil()'><text>click</text></a></svg>",
    "<math><mtext></mtext><mglyph><style><img src onerror=evil()></style></mglyph></math>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<form action=/formgrader/api><button formaction=javascript:evil()>go</button></form>",
    "<object data=javascript:evil()></object><embed src=javascript:evil()>",
    "<div style='background:url(javascript:evil())' onclick=evil()>x</div>",
    "<base href=//elsewhere.example/><meta http-equiv=refresh content='0;url=javascript:evil()'>",
    "`<img alt=`  src=x onerror=evil()>",
    "$\\href{javascript:evil()}{click}$",
    "$$\\require{html}\\href{javascript:evil()}{click}$$",
    "<span>$&#92;href{javascript:evil()}{click}$</span>",
    "$$a$$ <b>x</b> \\[click\\](javascript:evil()) $$b$$ \\[click](javascript:evil())",
    '```mermaid\ngraph TD; A-->B; click A "javascript:evil()"\n```',
    "<!-- --><!doctype html><?php evil() ?>",
    "- [x](javascript:evil())\n\n| a |\n|---|\n| [b](javascript:evil()) |",
)
"""Each shows, where nothing is done about it, something that would run or be fetched."""


def page_of(notebook: NotebookNode) -> str:
    """The cells' HTML, as feedback and formgrader make it."""
    exporter = HTMLExporter(template_name="basic", exclude_anchor_links=True)
    return exporter.from_notebook_node(notebook)[0]


def what_could_run(page: str) -> list[str]:
    """Elements and addresses that a browser would run or fetch, and formulas that MathJax would make into such."""
    tree = html5lib_parse(page)
    found = []
    for element in tree.iter():
        tag = str(element.tag).lower()
        bad = ("script", "svg", "math", "iframe", "form", "object", "embed", "base", "meta", "style", "button", "link")
        found += [tag] if tag in bad else []
        for name, value in element.attrib.items():
            plain = "".join(value.split()).lower()
            if str(name).startswith("on") or "script:" in plain or name == "style":
                found.append(f"{tag} {name}={value}")
            if name in ("href", "src") and not plain.startswith(("http", "mailto:", "#", "data:image/")):
                found.append(f"{tag} {name}={value}")
            if name == "src" and not plain.startswith("data:image/"):
                found.append(f"{tag} {name}={value}")
            if name == "class" and "mermaid" in plain:
                found.append(f"{tag} {name}={value}")
        if tag not in ("code", "pre"):
            words = [element.text or "", *(child.tail or "" for child in element)]
            found += [word for word in words if "\\href" in word or "\\require" in word]
    return found


def test_what_would_run_is_found_where_nothing_is_done_about_it() -> None:
    found = what_could_run(page_of(new_notebook(cells=[new_markdown_cell(source) for source in HOSTILE])))
    assert len(found) > len(HOSTILE)


@pytest.mark.parametrize("make", [new_markdown_cell, new_raw_cell])
def test_a_text_cell_shows_nothing_that_runs_or_is_fetched(resources, make) -> None:
    notebook = new_notebook(cells=[make(source) for source in HOSTILE])
    Disarm().preprocess(notebook, resources)
    assert what_could_run(page_of(notebook)) == []


def test_an_output_shows_nothing_that_runs_or_is_fetched(resources: dict[str, Submission]) -> None:
    data = [{"text/html": source, "image/png": '" onerror="evil()'} for source in HOSTILE]
    outputs = [new_output("display_data", data=each) for each in data]
    outputs.append(new_output("display_data", data={"image/png": '" onerror="evil()'}))
    notebook = new_notebook(cells=[new_code_cell("", outputs=outputs)])
    Disarm().preprocess(notebook, resources)
    assert what_could_run(page_of(notebook)) == []


@pytest.mark.parametrize(
    "source",
    [
        "A *fine* answer, with `kubectl get pods` and a [page](https://kubernetes.io/docs).",
        "Pods `<none>` were ready.\n\n- one\n- two\n\n| a | b |\n|:--|--:|\n| 1 | 2 |",
        "$$\\frac{1}{n}\\sum_i x_i$$ and $\\alpha$",
        "```yaml\nkind: Pod  # C:\\href\n```\n# A heading\n> quoted",
        "![seen](attachment:picture-1.png)",
    ],
)
def test_an_honest_text_stays_as_it_was_written(resources: dict[str, Submission], source: str) -> None:
    cell = new_markdown_cell(source)
    cell.attachments = {"picture-1.png": {"image/png": "iVBORw0KGgo="}} if "attachment" in source else {}
    notebook = new_notebook(cells=[cell])
    Disarm().preprocess(notebook, resources)
    assert notebook.cells[0].source == source


def test_what_is_less_than_something_else_can_still_be_read(resources: dict[str, Submission]) -> None:
    notebook = new_notebook(cells=[new_markdown_cell("It was 3 < 5, and `a < b`:\n\n```\nx <- 1\ny\n```")])
    Disarm().preprocess(notebook, resources)
    text = "".join(html5lib_parse(page_of(notebook)).itertext())
    assert "3 < 5" in text
    assert "a < b" in text
    assert "x <- 1\ny" in text


def test_what_is_the_labs_own_stays_as_it_is(resources: dict[str, Submission]) -> None:
    notebook = small_lab.source_notebook()
    own = new_output("display_data", data={"text/html": TABLE})
    find(notebook, "check-settings").outputs = [own]
    before = [cell.source for cell in notebook.cells]
    Disarm().preprocess(notebook, resources)
    assert [cell.source for cell in notebook.cells] == before
    assert find(notebook, "check-settings").outputs[0].data["text/html"] == TABLE
