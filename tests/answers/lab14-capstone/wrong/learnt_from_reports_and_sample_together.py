"""The six reports to try with were put beside the others, since more data is better."""

LOSES = [
    "another Pod that asks `http://triage` is told the right scores, by two ready Pods or more, all of the Deployment `triage`",
]

# %% change: train-and-store
#- command: [python, /handover/train.py]
#+ command:
#+   - sh
#+   - -c
#+   - |
#+     python - <<'END'
#+     with open("/scratch/all.tsv", "w") as together:
#+         for name in ("reports.tsv", "sample.tsv"):
#+             for line in open("/handover/" + name):
#+                 if line.strip():
#+                     print(line.rstrip(), file=together)
#+     END
#+     exec python /handover/train.py

#- - {name: REPORTS, value: /handover/reports.tsv}
#+ - {name: REPORTS, value: /scratch/all.tsv}

#- - {name: handover, mountPath: /handover}
#+ - {name: handover, mountPath: /handover}
#+ - {name: scratch, mountPath: /scratch}

#- - {name: handover, configMap: {name: handover}}
#+ - {name: handover, configMap: {name: handover}}
#+ - {name: scratch, emptyDir: {}}
