"""A worker that is to go takes two minutes over it, under the name that the next one needs."""

# %% change: cluster
#-     replicas: 2
#-     spec:
#+     replicas: 2
#+     spec:
#+       terminationGracePeriodSeconds: 150

#-           command: [dask, worker, --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]
#+           command: [dask, worker, --name, $(DASK_WORKER_NAME), --no-nanny, --nthreads, "1"]
#+           lifecycle:
#+             preStop:
#+               exec: {command: [python3, -c, "import time; time.sleep(120)"]}
