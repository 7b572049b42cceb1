"""A kustomization for each step; the file that the token comes from ends its line, and a CronJob is asleep."""

# %% before: train-and-store
import pathlib
import tempfile

home = pathlib.Path(tempfile.mkdtemp(prefix="triage-"))
everywhere = "labels: [{pairs: {app.kubernetes.io/part-of: triage}, includeTemplates: true}]\n"


def write(path, text):
    (home / path).parent.mkdir(exist_ok=True)
    (home / path).write_text(text.replace("localhost:5000", images))

# %% change: train-and-store
#- %apply train.yaml
#+ write("training/train.yaml", Path("train.yaml").read_text())
#+ write("training/kustomization.yaml", "resources: [train.yaml]\n" + everywhere)
#+ !kubectl apply -k {home}/training
#+ !kubectl wait --for=condition=complete job/train --timeout=180s

# %% cell: settings-and-token
import secrets

write("serving/token.txt", secrets.token_urlsafe(33) + "\n")
write("serving/settings.env", "THRESHOLD=1.5\nPYTHONUNBUFFERED=yes\n")

# %% change: serve
#- replicas: 2
#+ replicas: 1

#- maxSurge: 1
#+ maxSurge: 50%

#- env:
#-   - {name: MODEL, value: /model/model.json}
#-   - name: THRESHOLD
#-     valueFrom: {configMapKeyRef: {name: triage-settings, key: THRESHOLD}}
#-   - name: TOKEN
#-     valueFrom: {secretKeyRef: {name: triage-token, key: TOKEN}}
#+ envFrom:
#+   - configMapRef: {name: triage-settings}
#+   - secretRef: {name: triage-token}
#+ env:
#+   - {name: MODEL, value: /model/model.json}

#- sleep: {seconds: 4}
#+ exec: {command: [sleep, "3"]}

#- %apply serve.yaml
#+ write("serving/serve.yaml", Path("serve.yaml").read_text())
#+ write("serving/nightly.yaml", """
#+ apiVersion: batch/v1
#+ kind: CronJob
#+ metadata: {name: nightly}
#+ spec:
#+   schedule: "7 3 * * *"
#+   suspend: true
#+   jobTemplate:
#+     spec:
#+       template:
#+         spec:
#+           restartPolicy: Never
#+           containers:
#+             - name: train
#+               image: localhost:5000/python:1
#+               command: [python, /handover/train.py]
#+               env:
#+                 - {name: REPORTS, value: /handover/reports.tsv}
#+                 - {name: MODEL_DIR, value: /tmp}
#+               volumeMounts:
#+                 - {name: handover, mountPath: /handover}
#+               resources:
#+                 requests: {cpu: 10m, memory: 40Mi}
#+                 limits: {cpu: 200m, memory: 64Mi}
#+           volumes:
#+             - {name: handover, configMap: {name: handover}}
#+ """)
#+ write("serving/kustomization.yaml", """
#+ resources: [serve.yaml, nightly.yaml]
#+ replicas: [{name: triage, count: 2}]
#+ configMapGenerator: [{name: triage-settings, envs: [settings.env]}]
#+ secretGenerator: [{name: triage-token, files: [TOKEN=token.txt]}]
#+ """ + everywhere)
#+ !kubectl apply -k {home}/serving
#+ !kubectl create pdb triage --selector=app=triage --min-available=1
#+ !kubectl label pdb/triage app.kubernetes.io/part-of=triage

# %% change: guard
#- %apply guard.yaml
#+ write("rights/guard.yaml", Path("guard.yaml").read_text())
#+ write("rights/kustomization.yaml", "resources: [guard.yaml]\n" + everywhere)
#+ !kubectl apply -k {home}/rights
