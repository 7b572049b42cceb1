"""It goes up and down by one replica every few seconds."""

# %% change: autoscaler
#- behavior:
#- scaleDown:
#- stabilizationWindowSeconds: 15
#+ behavior:
#+   scaleUp:
#+     policies:
#+       - {type: Pods, value: 1, periodSeconds: 10}
#+   scaleDown:
#+     stabilizationWindowSeconds: 0
#+     policies:
#+       - {type: Pods, value: 1, periodSeconds: 10}
