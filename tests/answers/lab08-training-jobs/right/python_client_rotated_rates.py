"""The Python client's own types; the rates are counted from -1, and more Jobs and CronJobs stand beside."""

# %% cell: train-once
from kubernetes import client as k


def trainer_template(command, **env):
    """The Pod that all of them have, with another command and other variables."""
    container = k.V1Container(
        name="trainer",
        image=f"{images}/python:1",
        command=command,
        env=[k.V1EnvVar(name=name, value=value) for name, value in env.items()],
        volume_mounts=[k.V1VolumeMount(name="trainer", mount_path="/opt/trainer", read_only=True)],
    )
    volume = k.V1Volume(name="trainer", config_map=k.V1ConfigMapVolumeSource(name="trainer"))
    return k.V1PodTemplateSpec(
        metadata=k.V1ObjectMeta(labels={"app": "letters"}),
        spec=k.V1PodSpec(
            restart_policy="Never", enable_service_links=False, containers=[container], volumes=[volume]
        ),
    )


def make_job(name, **spec):
    batch.create_namespaced_job(namespace, k.V1Job(metadata=k.V1ObjectMeta(name=name), spec=k.V1JobSpec(**spec)))


make_job(
    "train",
    backoff_limit=0,
    ttl_seconds_after_finished=3600,
    template=trainer_template(["python", "-u", "/opt/trainer/train.py"], LEARNING_RATE="5e-1", EPOCHS="40"),
)
make_job("baseline", backoff_limit=0, template=trainer_template(["python", "/opt/trainer/train.py"]))

# %% cell: sweep
ONE_OF_EIGHT = """
import os
import subprocess

rates = "1e-3 3e-3 1e-2 3e-2 1e-1 3e-1 1 3".split()
number = int(os.environ["JOB_COMPLETION_INDEX"]) - 1
print("taking", rates[number], flush=True)
subprocess.run(["python", "/opt/trainer/train.py"], env={**os.environ, "LEARNING_RATE": rates[number]}, check=True)
"""
make_job(
    "sweep",
    completion_mode="Indexed",
    completions=8,
    parallelism=1,
    backoff_limit_per_index=1,
    max_failed_indexes=2,
    template=trainer_template(["python", "-c", ONE_OF_EIGHT]),
)

# %% cell: retrain
def make_cronjob(name, schedule, suspend, template, deadline):
    job = k.V1JobSpec(
        backoff_limit=0,
        active_deadline_seconds=deadline,
        ttl_seconds_after_finished=3 * 86400,
        template=template,
    )
    spec = k.V1CronJobSpec(
        schedule=schedule,
        time_zone="America/New_York",
        suspend=suspend,
        concurrency_policy="Forbid",
        successful_jobs_history_limit=1,
        failed_jobs_history_limit=1,
        job_template=k.V1JobTemplateSpec(spec=job),
    )
    batch.create_namespaced_cron_job(namespace, k.V1CronJob(metadata=k.V1ObjectMeta(name=name), spec=spec))


nightly = trainer_template(["python", "/opt/trainer/train.py"], LEARNING_RATE="0.03")
make_cronjob("retrain", "15 12 * * *", False, nightly, 600)
make_cronjob("retrain-thoroughly", "15 12 1 1 *", True, nightly, 7200)
