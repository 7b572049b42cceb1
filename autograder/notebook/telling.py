"""A scene as text: what a terminal shows, and what is read out where the picture cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.checks.settling import quoted
from autograder.notebook.boxes import Box
from autograder.notebook.scenes import Chain, Scene, Sender

MARKS = {"good": "✓", "busy": "…", "bad": "✗", "idle": "·"}
PODS_SHOWN = 20
"""how many Pods of one workload are shown one by one"""


def as_text(scene: Scene) -> str:
    """The whole scene, a line an object, with what is wrong below it."""
    lines = [f"namespace {quoted(scene.namespace)}"]
    for chain in scene.chains:
        lines += _chain_lines(chain, scene.senders)
    for sender in scene.senders:
        lines += _box_lines(sender.box, 0)
    for box in scene.others:
        lines += _box_lines(box, 0)
    if len(lines) == 1:
        lines.append("  nothing was made here yet")
    lines += [f"not looked at: {quoted(each)}" for each in scene.unseen]
    return "\n".join(lines)


def senders_of(box: Box, senders: tuple[Sender, ...]) -> Iterator[tuple[str, bool]]:
    """The Services that select a Pod, and whether they send it requests."""
    for each in senders:
        if box.name in each.to or box.name in each.awaits:
            yield each.box.name, box.name in each.to


def _chain_lines(chain: Chain, senders: tuple[Sender, ...]) -> list[str]:
    lines = []
    for depth, maker in enumerate(chain.makers):
        lines += _box_lines(maker, depth)
    if not chain.makers:
        lines.append("nobody's: a Pod that goes stays gone")
    depth = max(1, len(chain.makers))
    for box in chain.pods[:PODS_SHOWN]:
        arrows = [f"{'◀──' if sent else '◁--'} Service {quoted(name)}" for name, sent in senders_of(box, senders)]
        lines += _box_lines(box, depth, "   ".join(arrows))
    if len(chain.pods) > PODS_SHOWN:
        lines.append(f"{'  ' * depth}  and {len(chain.pods) - PODS_SHOWN} more Pods")
    return lines


def _box_lines(box: Box, depth: int, beside: str = "") -> list[str]:
    indent = "  " * depth
    line = f"{indent}{MARKS[box.state]} {quoted(box.shown)}  {quoted(box.says)}"
    lines = [f"{line}   {beside}".rstrip()]
    if box.trouble:
        lines.append(f"{indent}    {quoted(box.trouble)}")
    return lines
