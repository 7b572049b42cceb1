"""The target is that of the container, beside which there is another one that does nothing."""

# %% change: ranker-manifest
#- volumes:
#+   - name: idle
#+     image: localhost:5000/python:1
#+     command: [python, -c, "import signal; signal.pause()"]
#+     resources:
#+       requests: {cpu: 10m, memory: 24Mi}
#+       limits: {cpu: 50m, memory: 64Mi}
#+ volumes:

# %% change: autoscaler
#- - type: Resource
#- resource:
#- name: cpu
#+ - type: ContainerResource
#+   containerResource:
#+     name: cpu
#+     container: ranker
