"""`kubectl autoscale`, and the window patched into it afterwards."""

# %% cell: autoscaler
#| !kubectl autoscale deployment ranker --name=nine-oclock --min=2 --max=6 --cpu=75%
#| !kubectl patch hpa nine-oclock --patch '{{"spec": {{"behavior": {{"scaleDown": {{"stabilizationWindowSeconds": 0}}}}}}}}'
