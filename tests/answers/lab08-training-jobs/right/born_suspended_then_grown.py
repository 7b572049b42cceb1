"""All three are made suspended, and the sweep grows from four indexes to eight before it is let go."""

# %% change: train-once
#- backoffLimit: 2
#+ suspend: true
#+ backoffLimit: 2
#+ activeDeadlineSeconds: 600

# %% after: train-once
batch.patch_namespaced_job("train", namespace, {"spec": {"suspend": False}})

# %% change: sweep
#- completions: 8
#+ suspend: true
#+ completions: 4

# %% after: sweep
batch.patch_namespaced_job("sweep", namespace, {"spec": {"completions": 8, "parallelism": 8}})
batch.patch_namespaced_job("sweep", namespace, {"spec": {"parallelism": 4}})
batch.patch_namespaced_job("sweep", namespace, {"spec": {"suspend": False}})

# %% change: retrain
#- schedule: "0 3 * * *"
#+ suspend: true
#+ schedule: "@daily"

#- concurrencyPolicy: Forbid
#+ concurrencyPolicy: Replace

# %% after: retrain
batch.patch_namespaced_cron_job("retrain", namespace, {"spec": {"suspend": False}})
