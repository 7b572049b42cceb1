"""The Service's selector is bent to the Pods, then bent back, and the Pods are labelled."""

# %% before: label-service
#| !kubectl patch service ranking --type=merge --patch '{{"spec": {{"selector": {{"model": "ranking", "api": null}}}}}}'
#| !kubectl patch service ranking --type=merge --patch '{{"spec": {{"selector": {{"model": "ranking", "api": "v2"}}}}}}'
