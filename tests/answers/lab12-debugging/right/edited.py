"""`kubectl edit` with an editor that does the typing."""

# %% cell: repair-not-started
#| !KUBE_EDITOR="sed -i 's/sentiment:v2/sentiment:2/'" kubectl edit deployment reviews
#| !KUBE_EDITOR="sed -i '/nodeSelector:/d; /pool: batch-nvme/d'" kubectl edit deployment forecast

# %% cell: repair-restarting
#| !KUBE_EDITOR="sed -i 's/memory: 96Mi/memory: 192Mi/'" kubectl edit deployment embedder
#| !KUBE_EDITOR="sed -i 's/value: euro/value: EUR/'" kubectl edit deployment pricer

# %% cell: repair-unreachable
#| !KUBE_EDITOR="sed -i '/release: stable/d'" kubectl edit service lookup
