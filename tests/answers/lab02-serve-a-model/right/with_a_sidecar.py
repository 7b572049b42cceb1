"""A second container that nothing probes runs beside the server in every Pod."""

# %% change: serve-deployment
#- ports:
#-   - containerPort: 8080

#-     periodSeconds: 1
#+     periodSeconds: 1
#+ - name: diary
#+   image: {images}/python:1
#+   command: [python, -c, "import time; time.sleep(100000)"]
