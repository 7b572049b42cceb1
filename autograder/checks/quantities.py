"""Quantities as Kubernetes writes them: `500m`, `0.5`, `64Mi`."""

from __future__ import annotations

import re

_UNITS = {"": 1.0, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)([a-zA-Z]*)")


def amount(quantity: str) -> float:
    """A quantity as a number; infinite where it is written in some other way, and so not small."""
    match = _QUANTITY.fullmatch(quantity)
    return float(match[1]) * _UNITS[match[2]] if match and match[2] in _UNITS else float("inf")
