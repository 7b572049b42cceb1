"""Leaves of a student's cells what may be shown to whoever looks at them, and nothing else.

formgrader shows a graded notebook on a page that can change grades with one request; a script in an output, a link in a
text or a formula that is one would be on that page. So there is a list of what may stay, and a text that renders to
anything else is replaced by what of its rendering may. Honest texts stay as they were written, and so does everything
that is the lab's own.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import bleach  # type: ignore[import-untyped]
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader import utils

from autograder.grading.picturing import settle_pictures
from autograder.grading.submission import Submission

_INLINE = ("a", "b", "br", "code", "del", "em", "i", "img", "s", "span", "strong", "sub", "sup")
_BLOCKS = ("blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "section")
_LISTS_AND_TABLES = ("dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
TAGS = frozenset((*_INLINE, *_BLOCKS, *_LISTS_AND_TABLES))
_WORDS = re.compile(r"[^<>$`\\\x00-\x1f]*")
_ATTRIBUTES = {
    ("a", "href"): re.compile(r"(?:https?://|mailto:|#)[^<>\s\"'\\$`\[\]]*", re.IGNORECASE),
    ("a", "title"): _WORDS,
    ("img", "src"): re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=]*"),
    ("img", "alt"): _WORDS,
    ("img", "title"): _WORDS,
    ("td", "colspan"): re.compile(r"\d{1,3}"),
    ("td", "rowspan"): re.compile(r"\d{1,3}"),
    ("th", "colspan"): re.compile(r"\d{1,3}"),
    ("th", "rowspan"): re.compile(r"\d{1,3}"),
    ("td", "style"): re.compile(r"text-align: ?(?:left|right|center);?"),
    ("th", "style"): re.compile(r"text-align: ?(?:left|right|center);?"),
    ("ol", "start"): re.compile(r"\d{1,6}"),
    # What the highlighter of code writes; other classes mean something to scripts of the page.
    ("div", "class"): re.compile(r"highlight"),
    ("span", "class"): re.compile(r"[a-z]{1,3}\d?(?: l-[A-Za-z-]{1,30})*"),
    ("code", "class"): re.compile(r"language-[\w+-]{1,30}"),
}
"""What an attribute that may stay looks like; all others go."""
_FORMULA = re.compile(r"\\([A-Za-z]+)")
_DRAWING = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon
phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega frac dfrac tfrac sqrt sum prod int
iint oint lim limsup liminf max min sup inf arg argmax argmin log ln exp sin cos tan sinh cosh tanh det dim ker Pr gcd
cdot cdots ldots dots vdots ddots times div pm mp ast star circ bullet oplus otimes leq le geq ge neq ne approx equiv
sim simeq cong propto ll gg in notin ni subset subseteq supset supseteq cup cap setminus emptyset forall exists neg
land lor to rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow mapsto implies iff infty partial
nabla hat bar tilde vec dot ddot overline underline widehat widetilde left right big Big bigg Bigg langle rangle
lfloor rfloor lceil rceil mid parallel perp mathbb mathbf mathcal mathrm mathit mathsf mathtt boldsymbol text textbf
textit operatorname begin end quad qquad binom over prime top bot angle triangle because therefore
"""
_FORMULAS = frozenset(_DRAWING.split())
"""Commands of TeX that only draw. MathJax has others that make links, load code or change what these mean."""
_PLAIN_OUTPUTS = ("text/plain", "application/json")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_TAG = re.compile(r"(<[^>]*>)")
_CODE = re.compile(r"</?(?:code|pre)[ >]")
_SIGNS = re.compile(r"[&<>\\`*_{}\[\]()#!|$~:]")


class Disarm(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """A late step of autograding; see the module."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        handed_out = _texts(Submission.of(resources))
        for cell in nb.cells:
            is_labs = cell.source in handed_out
            settle_pictures(cell)
            if cell.cell_type == "code":
                if not utils.is_grade(cell) or utils.is_solution(cell):
                    cell.outputs = [disarmed_output(output) for output in cell.outputs]
            elif not is_labs:
                disarm_text(cell)
        return nb, resources


def disarm_text(cell: NotebookNode) -> None:
    """Replace a text cell's source unless all that it renders to may stay."""
    if cell.cell_type == "raw":
        cell.source = f"<pre>{html.escape(cell.source)}</pre>"
        return
    shown = _rendered(cell)
    if "<" in _without_code(cell.source) or not _may_stay(shown):
        # On one line, in a block and without a sign of Markdown's, so that no part of it is read as Markdown again.
        cell.source = f"<div>{disarmed(shown)}</div>".replace("\n", "&#10;")


def disarmed(text: str) -> str:
    """Of HTML, what may stay."""
    clean = bleach.clean(
        text, tags=TAGS, attributes=_allowed, protocols={"http", "https", "mailto", "data"}, strip=True
    )
    parts = []
    in_code = 0
    for part in _TAG.split(clean):
        if not part.startswith("<"):
            parts.append(_tame_words(part, formulas=in_code <= 0))
            continue
        parts.append(part)
        if _CODE.match(part):
            in_code += -1 if part.startswith("</") else 1
    return "".join(parts)


def _tame_words(text: str, *, formulas: bool) -> str:
    """Text between tags, where neither MathJax nor Markdown finds more than letters and what may be drawn."""
    words = html.unescape(text)
    if formulas:
        words = _FORMULA.sub(lambda found: found[0] if found[1] in _FORMULAS else f"\N{SET MINUS}{found[1]}", words)
    return _SIGNS.sub(lambda found: f"&#{ord(found[0])};", words)


def disarmed_output(output: NotebookNode) -> NotebookNode:
    """An output without what is no text, picture or tame HTML."""
    if output.output_type in ("stream", "error"):
        return output
    data = output.get("data", {})
    kept = {mime: data[mime] for mime in _PLAIN_OUTPUTS if mime in data}
    for mime in ("image/png", "image/jpeg"):
        if isinstance(data.get(mime), str) and _BASE64.fullmatch(data[mime]):
            kept[mime] = data[mime]
    markup = [data[mime] for mime in ("text/html", "image/svg+xml") if isinstance(data.get(mime), str)]
    if isinstance(data.get("text/html"), str):
        kept["text/html"] = disarmed(data["text/html"])
    elif markup and "text/plain" not in kept:
        kept["text/plain"] = "(a picture of a kind that is not shown)"
    output["data"] = NotebookNode(kept)
    output["metadata"] = NotebookNode()
    return output


def _allowed(tag: str, name: str, value: str) -> bool:
    pattern = _ATTRIBUTES.get((tag, name))
    return pattern is not None and pattern.fullmatch(value) is not None


def _rendered(cell: NotebookNode) -> str:
    """A text cell as the pages show it; what cannot be rendered is shown as it was typed."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=cell.get("attachments", {}))
    try:
        return str(MarkdownWithMath(renderer=renderer).render(cell.source))
    except Exception:
        return f"<pre>{html.escape(cell.source)}</pre>"


def _without_code(source: str) -> str:
    """Markdown without what stands between backticks on one line: `<none>` there is text."""
    return re.sub(r"`[^`\n]*`", "", source)


class _Outline(HTMLParser):
    """Whether all of a page may stay."""

    fine = True

    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A heading's id is the renderer's own, made of the heading's words.
        heading = tag[0] == "h" and tag[1:].isdigit()
        named = [(name, value or "") for name, value in attrs if not (heading and name == "id")]
        self.fine &= tag in TAGS and all(_allowed(tag, name, value) for name, value in named)
        if tag in ("pre", "code"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.fine &= all(found[1] in _FORMULAS for found in _FORMULA.finditer(data))

    def handle_comment(self, data: str) -> None:
        self.fine = False

    def handle_decl(self, decl: str) -> None:
        self.fine = False

    def handle_pi(self, data: str) -> None:
        self.fine = False

    def unknown_decl(self, data: str) -> None:
        self.fine = False


def _may_stay(text: str) -> bool:
    outline = _Outline()
    outline.feed(text)
    outline.close()
    return outline.fine


def _texts(submission: Submission) -> set[str]:
    """The text cells of the lab's source."""
    return set(_text_cells(json.loads(submission.source.read_text(encoding="utf-8"))))


def _text_cells(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            yield "".join(cell["source"])
