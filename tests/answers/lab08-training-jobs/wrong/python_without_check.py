"""A wrapper in Python that does not look how the trainer ended."""

LOSES = [
    "a training that fails makes its Job fail",
]

# %% change: retrain
#- command: [python, /trainer/train.py]
#+ command: [python, -c, "import subprocess, sys; subprocess.run([sys.executable, '/trainer/train.py'])"]
