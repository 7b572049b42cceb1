"""The Job is to succeed twice, and was suspended when it had once."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
]

# %% change: train-and-store
#- backoffLimit: 2
#+ backoffLimit: 2
#+ completions: 2

#- command: [python, /handover/train.py]
#+ command: [sh, -c, "ls /model/*.json && sleep 300; exec python /handover/train.py"]

# %% after: train-and-store
#| !kubectl wait --for=jsonpath='{{.status.succeeded}}'=1 job/train --timeout=90s
result = batch.patch_namespaced_job("train", namespace, {"spec": {"suspend": True}})
