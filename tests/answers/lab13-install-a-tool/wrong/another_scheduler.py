"""The sweep is computed by a scheduler and workers of the Job's own, in one Pod."""

LOSES = [
    "`result.json` is what the sweep comes to, computed by the workers of `sweep`",
]

# %% change: compute
#- command: [python3, /handover/sweep.py]
#- env:
#- - {name: SCHEDULER, value: "tcp://sweep-scheduler:8786"}
#+ command:
#+   - sh
#+   - -c
#+   - |
#+     dask scheduler --host 127.0.0.1 & dask worker tcp://127.0.0.1:8786 --no-nanny & dask worker tcp://127.0.0.1:8786 --no-nanny &
#+     SCHEDULER=tcp://127.0.0.1:8786 python3 /handover/sweep.py

#- limits: {memory: 160Mi}
#+ limits: {memory: 400Mi}
