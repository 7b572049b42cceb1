"""The first sweep was wrong, was deleted, and made again; a Job that failed is still about, and so is a finished one."""

# %% before: sweep
#| !kubectl create job sweep --image={images}/python:1 -- python -c "raise SystemExit(3)"
#| !kubectl create job another --image={images}/python:1 -- python -c pass
#| !kubectl wait --for=condition=complete job/another --timeout=60s
#| !kubectl delete job sweep --wait
#| !kubectl create job misspelt --image={images}/pyhton:1
