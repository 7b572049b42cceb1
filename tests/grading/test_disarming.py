"""Nothing of a student's runs in the browser of whoever grades by hand."""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path

import pytest
from bleach._vendor import html5lib
from grading import small_lab
from grading.small_lab import LAB, find
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from autograder.errors import GradingError
from autograder.grading.disarming import MAX_OUTPUTS, Disarm, disarm
from autograder.grading.feedback import for_students
from autograder.grading.running import RunTwoKernels
from autograder.grading.submission import RESOURCE, Submission
from autograder.grading.trying import tried


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


def shown_as(mime: str, text: str) -> NotebookNode:
    return new_code_cell("", outputs=[new_output("display_data", data={mime: text})])


def printed(text: str) -> NotebookNode:
    return new_code_cell("", outputs=[new_output("stream", text=text)])


def with_pictures(source: str, names: list[str], data: str = "iVBORw0KGgo=") -> NotebookNode:
    cell = new_markdown_cell(source)
    cell.attachments = {name: {"image/jpeg" if name.endswith("jpg") else "image/png": data} for name in names}
    return cell


FLOODS = {
    "formatting that every paragraph takes up again": shown_as(
        "text/html", "<p>" + "".join(f'<b title="{i}">' for i in range(4000)) + "<p>x" * 4000
    ),
    "HTML as deep as it is long": shown_as("text/html", "<div>" * 12_000),
    "environments that never end": new_markdown_cell("\\begin{a}" * 15_000),
    "blanks": new_markdown_cell("a" + " " * 100_000 + "b"),
    "empty lines of code": new_code_cell("x = 1" + "\n" * 10_000 + "y = 2"),
    "a line that is written over": printed("\r" + "x" * 3_000_000 + "\ny"),
    "colours": printed("\x1b[1mx" * 500_000),
    "one picture a thousand times": with_pictures("![a](attachment:a.png)" * 1000, ["a.png"], "A" * 500_000),
    "a raw cell": new_raw_cell("<" * 3_000_000),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_what_is_too_much_for_a_page_is_cut_and_said_and_costs_little(resources, flood: str) -> None:
    honest = "A *fine* answer"
    notebook = new_notebook(cells=[copy.deepcopy(FLOODS[flood]), new_markdown_cell(honest)])
    before_s = time.process_time()
    said = disarm(notebook, resources[RESOURCE])
    page = page_of(notebook)
    assert time.process_time() - before_s < 6, "in this process; what takes longer is done in another"
    assert len(page) < 3_000_000
    assert said
    assert notebook.cells[1].source == honest, "what stands behind it is shown as it was meant"


def test_a_cell_that_ends_the_process_that_tries_it_costs_no_other_cell_anything() -> None:
    cells = [new_markdown_cell("first"), new_code_cell("x = 1" + "\n" * 10_000 + "y"), new_markdown_cell("last")]
    assert [each and each.source for each in tried(cells)] == ["first", None, "last"]


def test_a_process_that_does_not_start_is_an_error_of_ours(monkeypatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(GradingError, match="did not start"):
        tried([new_markdown_cell("first")])


@pytest.mark.parametrize(
    "source",
    [
        "![a](attachment&#58;x) <b>",
        "![a](attachment&#58;x)",
        "![a](attachment\\:x)",
        "![a](attachment&colon;x)",
        "![a][b]\n\n[b]: attachment&#58;x",
    ],
)
def test_a_text_that_cannot_be_rendered_stands_as_typed_and_keeps_no_page_from_anybody(resources, source) -> None:
    notebook = new_notebook(cells=[new_markdown_cell(source)])
    said = disarm(notebook, resources[RESOURCE])
    for_students(notebook, {})
    page = page_of(notebook)
    assert source in "".join(html5lib_parse(page).itertext())
    assert what_could_run(page) == []
    assert len(said) == 1


def test_pictures_keep_the_names_that_they_were_given_once(resources) -> None:
    names = [f"{number}.{'jpg' if number % 2 else 'png'}" for number in range(12)]
    notebook = new_notebook(cells=[with_pictures("![a](attachment&#58;picture-10.jpg) ![b](attachment:11.jpg)", names)])
    disarm(notebook, resources[RESOURCE])
    assert "&#58;" in notebook.cells[0].source, "it can be rendered, and stays as it was written"
    filed = from_dict(json.loads(json.dumps(notebook, sort_keys=True)))  # as nbformat writes it
    for_students(filed, {})
    assert page_of(filed).count("iVBORw0KGgo=") == 2


def test_a_picture_in_a_text_that_is_replaced_is_still_shown(resources) -> None:
    cell = with_pictures("a<br>![a](attachment:a.png)", ["a.png"])
    notebook = new_notebook(cells=[cell])
    disarm(notebook, resources[RESOURCE])
    assert "data:image/png;base64,iVBORw0KGgo=" in page_of(notebook)


def test_outputs_without_end_are_counted(resources) -> None:
    outputs = [new_output("display_data", data={"text/plain": str(number)}) for number in range(MAX_OUTPUTS + 5)]
    notebook = new_notebook(cells=[new_code_cell("", outputs=outputs)])
    said = disarm(notebook, resources[RESOURCE])
    assert len(notebook.cells[0].outputs) == MAX_OUTPUTS + 1
    assert "5 more outputs" in notebook.cells[0].outputs[-1].text
    assert len(said) == 1


def test_an_output_of_no_kind_that_is_shown_says_that_it_was_there(resources) -> None:
    notebook = new_notebook(cells=[shown_as("text/latex", "$x$"), shown_as("application/json", "{}")])
    disarm(notebook, resources[RESOURCE])
    assert page_of(notebook).count("not shown") == 2


def test_what_a_notebook_says_of_itself_makes_nothing_of_a_page(resources) -> None:
    cell = new_code_cell("1", metadata={"tags": ["mine"], "magics_language": "html"})
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"model_module": "evil"}}}}
    notebook = new_notebook(cells=[cell], metadata={"widgets": widgets, "language_info": {"name": "html"}})
    disarm(notebook, resources[RESOURCE])
    assert "evil" not in json.dumps(notebook)
    assert notebook.metadata == {}
    assert notebook.cells[0].metadata == {"tags": ["mine"]}


def test_nothing_that_could_run_lies_where_formgrader_looks_while_a_submission_runs(course, monkeypatch) -> None:
    notebook = small_lab.answered(course.released)
    notebook.cells += [new_markdown_cell("<script>evil()</script>"), new_raw_cell("<script>evil()</script>")]
    code = "x = 1" + "\n" * 10_000 + "y = 2"
    notebook.cells.append(new_code_cell(code))
    course.submit("eve", notebook)
    seen = {}

    def run(self, nb, resources):
        kept = Submission.of(resources).working / f"{LAB}.ipynb"
        seen["lies there"] = from_dict(json.loads(kept.read_text()))
        seen["runs"] = nb
        raise KeyError("as far as this goes")

    monkeypatch.setattr(RunTwoKernels, "preprocess", run)
    course.grade("eve")
    lies_there, runs = seen["lies there"], seen["runs"]
    # A notebook keeps lines as a list of them.
    for cell in lies_there.cells:
        cell.source = "".join(cell.source)
    assert "<script" not in str(lies_there)
    assert what_could_run(page_of(lies_there)) == []
    assert code not in [cell.source for cell in lies_there.cells]
    assert [cell.source for cell in runs.cells[-3:]] == [cell.source for cell in notebook.cells[-3:]]
