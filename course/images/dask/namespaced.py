"""For an operator that has rights in one namespace: it does not ask for more, and waits for those it lacks.

kopf asks at its start which namespaces and kinds there are on the cluster, and who may not see that spends a minute on
asking again. And where it may not watch something, it gives up after another minute, and is started again by the node,
with longer and longer pauses. Here it goes on asking, so that a right that is given later is found within seconds.
"""

from __future__ import annotations

from typing import Any

import kopf

_AGAIN_AFTER_S = (1, 1, 2, 3)
_LATER_S, _AS_OFTEN = 5, 20_000


@kopf.on.startup()
async def stay_within(settings: kopf.OperatorSettings, **_: Any) -> None:
    settings.scanning.disabled = True
    settings.networking.error_backoffs = [*_AGAIN_AFTER_S, *[_LATER_S] * _AS_OFTEN]
