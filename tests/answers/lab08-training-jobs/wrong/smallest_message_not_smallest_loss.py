"""The smallest of the messages is taken, as texts: they begin with the learning rate, and not with the loss."""

LOSES = [
    "a Job of `retrain`'s template completes, and trains with the best learning rate of the eight",
]

# %% before: retrain
import json

#| !kubectl wait --for=condition=complete job/sweep --timeout=150s
messages = [
    pod.status.container_statuses[0].state.terminated.message
    for pod in core.list_namespaced_pod(namespace, label_selector="job-name=sweep").items
    if pod.status.phase == "Succeeded"
]
best = json.loads(min(messages))["learning_rate"]

# %% change: retrain
#- - {name: LEARNING_RATE, value: "0.03"}
#+ - {name: LEARNING_RATE, value: "BEST"}

#- """)
#+ """.replace("BEST", str(best)))
