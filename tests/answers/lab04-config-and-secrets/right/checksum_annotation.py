"""An annotation of the template has the token's checksum, so that new Pods come with a new token."""

# %% after: clear-sight
import hashlib

checksum = hashlib.sha256(open("token.txt").read().strip().encode()).hexdigest()
template = {"metadata": {"annotations": {"checksum/secret": checksum}}}
apps.patch_namespaced_deployment("scorer", namespace, {"spec": {"template": template}})
