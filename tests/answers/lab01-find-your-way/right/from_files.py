"""One file for each key, each with its line end."""

# %% cell: record-findings
files = {
    "port": "8317",
    "address": "http://inbox:9300",
    "version": "1",
    "label": "serves=inbox",
    "crashing": "digest",
    "missing": "DIGEST_TO",
}
for name, text in files.items():
    with open(name, "w") as file:
        print(text, file=file)
options = " ".join(f"--from-file={name}" for name in files)
#| !kubectl create configmap findings {options}
