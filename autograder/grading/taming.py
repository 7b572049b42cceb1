"""Of what a student can write, what may stay on a page that can change grades.

There is a list of what may stay, and a text that renders to anything else is replaced by what of its rendering may;
one that cannot be rendered at all is shown as it was typed, and never left for a page to stumble over. Honest texts
stay as they were written. How long any of this takes is for `trying` to bound: this runs in its process.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import bleach  # type: ignore[import-untyped]
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from autograder.grading.picturing import settle_pictures

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
_TAG = re.compile(r"(<[^>]*>)")
_CODE = re.compile(r"</?(?:code|pre)[ >]")
_SIGNS = re.compile(r"[&<>\\`*_{}\[\]()#!|$~:]")


def tame(cell: NotebookNode) -> None:
    """Change a student's cell into one that may be shown.

    Raises:
        Exception: of any kind, where a page that shows it would meet it as well.
    """
    if cell.cell_type == "code":
        cell.outputs = [_tame_output(output) for output in cell.outputs]
    elif cell.cell_type == "raw":
        cell.source = f"<pre>{html.escape(cell.source)}</pre>"
    else:
        _tame_markdown(cell)


def typed(source: str, cell_type: str, most: int) -> str:
    """A text cell's source that shows as many characters of a text as it was typed."""
    shown = f"<pre>{_without_signs(cut(source, most))}</pre>"
    return shown if cell_type == "raw" else _one_block(shown)


def commented(code: str, most: int) -> str:
    """Code that shows as much of other code: no highlighter has anything to find out about a comment."""
    lines = re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", cut(code, most))
    return "\n".join(["# (shown as a comment: as code it is too much for a page)", *(f"# {line}" for line in lines)])


def cut(text: str, most: int) -> str:
    """The beginning of a text, and how much more there is."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters are not shown)"


def _one_block(markup: str) -> str:
    """On one line, in a block and without a sign of Markdown's, so that no part of it is read as Markdown again."""
    return f"<div>{markup}</div>".replace("\r", "").replace("\n", "&#10;")


def _tame_markdown(cell: NotebookNode) -> None:
    """Replace a text cell's source unless all that it renders to may stay."""
    settle_pictures(cell)
    shown = rendered(cell)
    if "<" in _without_code(cell.source) or not may_stay(shown):
        cell.source = _one_block(disarmed(shown))
        cell.pop("attachments", None)  # they are part of the text now
        shown = rendered(cell)
    if not may_stay(shown):
        raise ValueError("what was replaced would be read as something else again")


def _tame_output(output: NotebookNode) -> NotebookNode:
    data = output.get("data", {})
    if "text/html" in data:
        data["text/html"] = disarmed(data["text/html"])
        if not may_stay(data["text/html"]):
            raise ValueError("what may stay would be read as something else")
    return output


def rendered(cell: NotebookNode) -> str:
    """A text cell as the pages show it.

    Raises:
        Exception: of any kind; a page would meet it, too.
    """
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=cell.get("attachments", {}))
    return str(MarkdownWithMath(renderer=renderer).render(cell.source))


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
    return _without_signs(words)


def _without_signs(text: str) -> str:
    """A text in which every sign that means something is written by its number."""
    return _SIGNS.sub(lambda found: f"&#{ord(found[0])};", text)


def _allowed(tag: str, name: str, value: str) -> bool:
    pattern = _ATTRIBUTES.get((tag, name))
    return pattern is not None and pattern.fullmatch(value) is not None


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


def may_stay(text: str) -> bool:
    """Whether nothing of a page has to go."""
    outline = _Outline()
    outline.feed(text)
    outline.close()
    return outline.fine
