"""A loop that makes eight Jobs, which is what an Indexed Job spares one."""

LOSES = [
    "the Indexed Job `sweep` is complete, with the indexes 0 to 7 and no others",
    "the Pods of `sweep` have trained with each of the eight learning rates, once each",
    "`sweep` lets no more than four Pods run at the same time",
]

# %% cell: sweep
for index, rate in enumerate(["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3"]):
    pod = {
        "restartPolicy": "Never",
        "containers": [
            {
                "name": "trainer",
                "image": f"{images}/python:1",
                "command": ["python", "/trainer/train.py"],
                "env": [{"name": "LEARNING_RATE", "value": rate}],
                "volumeMounts": [{"name": "trainer", "mountPath": "/trainer"}],
            }
        ],
        "volumes": [{"name": "trainer", "configMap": {"name": "trainer"}}],
    }
    job = {"metadata": {"name": f"sweep-{index}"}, "spec": {"template": {"metadata": {"labels": {"sweep": "sweep"}}, "spec": pod}}}
    batch.create_namespaced_job(namespace, job)
