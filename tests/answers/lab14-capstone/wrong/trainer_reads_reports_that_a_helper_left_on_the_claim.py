"""The trainer reads the reports from the claim, where another Pod has put them before."""

LOSES = [
    "the Job `train` is complete, and the trainer has trained in a Pod of it",
    "what the Pods of `triage` serve was trained in `train`, and they read it from a claim's volume that they cannot write to",
]

# %% change: train-and-store
#- - {name: REPORTS, value: /handover/reports.tsv}
#+ - {name: REPORTS, value: /model/reports.tsv}

#- %apply train.yaml
#+ Path("claim.yaml").write_text(Path("train.yaml").read_text().split("---")[0])
#+ %apply claim.yaml
#+ Path("upload.yaml").write_text("""
#+ apiVersion: v1
#+ kind: Pod
#+ metadata:
#+   name: upload
#+   labels: {app.kubernetes.io/part-of: triage}
#+ spec:
#+   restartPolicy: OnFailure
#+   containers:
#+     - name: upload
#+       image: localhost:5000/python:1
#+       command: [python, -c, "import shutil; shutil.copyfile('/handover/reports.tsv', '/model/reports.tsv')"]
#+       resources:
#+         requests: {cpu: 10m, memory: 32Mi}
#+         limits: {cpu: 200m, memory: 64Mi}
#+       volumeMounts:
#+         - {name: handover, mountPath: /handover}
#+         - {name: model, mountPath: /model}
#+   volumes:
#+     - {name: handover, configMap: {name: handover}}
#+     - {name: model, persistentVolumeClaim: {claimName: model}}
#+ """)
#+ %apply upload.yaml
#+ !kubectl wait '--for=jsonpath={{.status.phase}}=Succeeded' pod/upload --timeout=120s
#+ !kubectl delete pod upload --timeout=60s
#+ %apply train.yaml
