"""What the API server itself refuses in the course's namespaces, whatever rights somebody there has or hands out.

The policies are a plain manifest, `admission.yaml` beside this module, so that the administrator of another cluster can
read and apply the same. They find workspaces by the label that every namespace of one carries.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

MANIFEST = Path(__file__).with_name("admission.yaml")
_PLURALS = {
    "ValidatingAdmissionPolicy": "validatingadmissionpolicies",
    "ValidatingAdmissionPolicyBinding": "validatingadmissionpolicybindings",
}


@cache
def policies() -> list[tuple[str, dict[str, Any]]]:
    """Each object with the path it is applied at, in the order of the manifest."""
    listed = yaml.safe_load(MANIFEST.read_text())["items"]
    return [
        (f"/apis/{each['apiVersion']}/{_PLURALS[each['kind']]}/{each['metadata']['name']}", each) for each in listed
    ]
