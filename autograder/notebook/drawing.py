"""A scene as a small picture: workloads on the left, their Pods in the middle, the Services that send to them right.

Drawn as SVG in the notebook's own colours, legible in light and in dark; no state is told by colour alone.
Every word comes from the cluster, where anybody may have chosen it, and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from autograder.checks.settling import quoted
from autograder.checks.showing import in_words
from autograder.notebook.boxes import Box
from autograder.notebook.scenes import Chain, Scene
from autograder.notebook.telling import MARKS, PODS_SHOWN, as_text

_ROW, _HEIGHT, _GAP = 42, 34, 14
_COLUMN, _WIDTH = 262, 238
_LETTERS, _SMALL_LETTERS = 30, 35
"""how many fit into a box: of a name, and of how it is"""
_TROUBLES_SHOWN = 12
_COLOURS = {"good": "#2e8b57", "busy": "#b8860b", "bad": "#d1495b", "idle": "#808a94"}
"""each with at least 3:1 against white and against black; words are in the notebook's own text colour"""
_TEXT = "var(--jp-ui-font-color1, currentColor)"
_QUIET = "var(--jp-ui-font-color2, currentColor)"


@dataclass(frozen=True)
class _Placed:
    box: Box
    x: int
    y: int


def as_html(scene: Scene) -> str:
    """The picture, what is wrong below it in words, and what is no part of a chain in a list."""
    placed, links, height = _lay_out(scene)
    parts = []
    if placed:
        width = max(each.x for each in placed) + _WIDTH + 4
        drawn = "".join([*_arrows(links), *map(_drawn, placed)])
        parts.append(
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(as_text(scene))}" '
            f'viewBox="0 0 {width} {height}" width="{width}" style="max-width:100%;height:auto" '
            f'font-family="var(--jp-ui-font-family, sans-serif)" font-size="12">{drawn}</svg>'
        )
    parts += [f"<div>{_words(box)}</div>" for box in scene.others]
    troubled = [box for box in scene.boxes if box.trouble]
    parts += [_trouble(box) for box in troubled[:_TROUBLES_SHOWN]]
    if len(troubled) > _TROUBLES_SHOWN:
        parts.append(f"<div>and {len(troubled) - _TROUBLES_SHOWN} more that are not as wanted</div>")
    if not parts:
        parts.append("<div>nothing was made here yet</div>")
    parts += [f'<div style="color:{_QUIET}">not looked at: {in_words(quoted(each))}</div>' for each in scene.unseen]
    title = f'<div style="color:{_QUIET}">namespace <b>{escape(quoted(scene.namespace))}</b></div>'
    return f'<div style="color:{_TEXT};line-height:1.5">{title}{"".join(parts)}</div>'


_Link = tuple[_Placed, _Placed, bool]
"""from, to, and whether anything passes"""


def _lay_out(scene: Scene) -> tuple[list[_Placed], list[_Link], int]:
    depth = max((len(chain.makers) for chain in scene.chains), default=0)
    placed: list[_Placed] = []
    links: list[_Link] = []
    pods: dict[str, _Placed] = {}
    makers: dict[str, _Placed] = {}
    y = 2
    for chain in scene.chains:
        y = _lay_out_chain(chain, depth, y, (placed, links, pods, makers))
    right = _x(depth + 1) if pods or makers else 0
    below = 2
    for sender in scene.senders:
        # Beside the first of its Pods, where there is room.
        beside = min((pods[name].y for name in (sender.to | sender.awaits) & pods.keys()), default=below)
        service = _Placed(sender.box, right, max(below, beside))
        below = service.y + _ROW
        placed.append(service)
        links += [(service, pods[name], True) for name in sorted(sender.to & pods.keys())]
        links += [(service, pods[name], False) for name in sorted(sender.awaits & pods.keys())]
    return placed, links, max(y, below)


def _lay_out_chain(
    chain: Chain,
    depth: int,
    y: int,
    into: tuple[list[_Placed], list[_Link], dict[str, _Placed], dict[str, _Placed]],
) -> int:
    placed, links, pods, makers = into
    last: _Placed | None = None
    for column, box in enumerate(chain.makers):
        here = makers.get(box.shown)
        if here is None:
            here = makers[box.shown] = _Placed(box, _x(column), y)
            placed.append(here)
            if last is not None:
                links.append((last, here, True))
        last = here
    for index, box in enumerate(chain.pods[:PODS_SHOWN]):
        pod = pods[box.name] = _Placed(box, _x(depth), y + index * _ROW)
        placed.append(pod)
        if last is not None:
            links.append((last, pod, True))
    more = len(chain.pods) - PODS_SHOWN
    if more > 0:
        placed.append(_Placed(Box("Pods", f"and {more} more", "idle", ""), _x(depth), y + PODS_SHOWN * _ROW))
    rows = max(1, min(len(chain.pods), PODS_SHOWN) + (more > 0))
    return y + rows * _ROW + _GAP


def _x(column: int) -> int:
    return 2 + column * _COLUMN


def _arrows(links: list[_Link]) -> Iterator[str]:
    for source, target, passes in links:
        leftwards = source.x > target.x
        x1 = source.x if leftwards else source.x + _WIDTH
        x2 = target.x + _WIDTH if leftwards else target.x
        y1, y2 = source.y + _HEIGHT / 2, target.y + _HEIGHT / 2
        middle, tip = (x1 + x2) / 2, 6 if leftwards else -6
        dashes = "" if passes else ' stroke-dasharray="4 3"'
        yield (
            f'<path d="M{x1} {y1:g} C{middle:g} {y1:g} {middle:g} {y2:g} {x2} {y2:g}" fill="none" '
            f'stroke="{_COLOURS["idle"]}" stroke-width="1.5"{dashes}/>'
            f'<path d="M{x2 + tip} {y2 - 4:g} L{x2} {y2:g} L{x2 + tip} {y2 + 4:g}" fill="none" '
            f'stroke="{_COLOURS["idle"]}" stroke-width="1.5"/>'
        )


def _drawn(placed: _Placed) -> str:
    box, colour = placed.box, _COLOURS[placed.box.state]
    x, y = placed.x, placed.y
    mark = f'<text x="{x + 12}" y="{y + 21}" fill="{colour}" font-weight="bold">{MARKS[box.state]}</text>'
    return (
        f"<g><title>{escape(quoted(f'{box.shown}: {box.says}'))}</title>"
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="5" fill="none" stroke="{colour}" '
        f'stroke-width="1.5"/>{mark}'
        f'<text x="{x + 28}" y="{y + 14}" fill="{_TEXT}">{escape(_middle_cut(quoted(box.name)))}</text>'
        f'<text x="{x + 28}" y="{y + 28}" fill="{_QUIET}" font-size="11">'
        f"{escape(_end_cut(quoted(f'{_short_kind(box.kind)} · {box.says}')))}</text></g>"
    )


def _words(box: Box) -> str:
    mark = f'<span style="color:{_COLOURS[box.state]};font-weight:bold">{MARKS[box.state]}</span>'
    return f"{mark} {escape(quoted(box.shown))} <span>{escape(quoted(box.says))}</span>"


def _trouble(box: Box) -> str:
    return f"<div>{_words(box)}: {in_words(quoted(box.trouble))}</div>"


def _short_kind(kind: str) -> str:
    return {"PersistentVolumeClaim": "claim", "HorizontalPodAutoscaler": "autoscaler"}.get(kind, kind)


def _middle_cut(text: str) -> str:
    """Made-up endings of names tell Pods apart, so the middle goes."""
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 12]}…{text[-11:]}"


def _end_cut(text: str) -> str:
    return text if len(text) <= _SMALL_LETTERS else f"{text[: _SMALL_LETTERS - 1]}…"
