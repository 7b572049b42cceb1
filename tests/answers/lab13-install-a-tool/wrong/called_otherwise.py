"""The DaskCluster is called `forecast`, and computes."""

LOSES = [
    "the operator has made a scheduler and workers of the DaskCluster `sweep`",
    "`sweep` has two workers, and both are registered with its scheduler",
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
    "scaled to three, `sweep` has three workers registered with its scheduler",
    "each Pod of the operator, the scheduler and the workers has the label `team=forecast`",
    "a worker whose Pod is deleted is replaced, and the next one registers",
]

# %% change: cluster
#- name: sweep
#- labels: {team: forecast}
#+ name: forecast
#+ labels: {team: forecast}

#- selector: {dask.org/cluster-name: sweep, dask.org/component: scheduler}
#+ selector: {dask.org/cluster-name: forecast, dask.org/component: scheduler}

#- !kubectl wait --for=create deployment/sweep-scheduler --timeout=60s
#- !kubectl rollout status deployment/sweep-scheduler --timeout=90s
#+ !kubectl wait --for=create deployment/forecast-scheduler --timeout=60s
#+ !kubectl rollout status deployment/forecast-scheduler --timeout=90s

# %% change: compute
#- - {name: SCHEDULER, value: "tcp://sweep-scheduler:8786"}
#+ - {name: SCHEDULER, value: "tcp://forecast-scheduler:8786"}
