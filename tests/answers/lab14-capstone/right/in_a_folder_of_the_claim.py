"""Training and servers use a folder of the claim, each under a name of its own; the volume is read-only as a whole."""

# %% change: train-and-store
#- - {name: MODEL_DIR, value: /model}
#+ - {name: MODEL_DIR, value: /out}

#- - {name: model, mountPath: /model}
#+ - {name: model, mountPath: /out, subPath: current}

# %% change: serve
#- - {name: MODEL, value: /model/model.json}
#+ - {name: MODEL, value: /models/current/model.json}

#- - {name: model, mountPath: /model, readOnly: true}
#+ - {name: model, mountPath: /models/}

#- - {name: model, persistentVolumeClaim: {claimName: model}}
#+ - {name: model, persistentVolumeClaim: {claimName: model, readOnly: true}}
