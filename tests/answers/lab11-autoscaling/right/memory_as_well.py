"""There is a second target, of memory, which is generous."""

# %% change: autoscaler
#- behavior:
#+   - type: Resource
#+     resource:
#+       name: memory
#+       target:
#+         type: AverageValue
#+         averageValue: 80Mi
#+ behavior:
