"""Makes the volumes that claims ask for, each a file system of its own size (a process: BASE and the node's NAME).

A directory of the node would hold as much as the node's disk. Here a volume is a file of the size asked for, with a
file system in it, mounted where the Pods' host path leads; what does not fit is refused to the one who writes it. A
claim that asks for more later gets it, while Pods go on. Where the kernel gives no loop devices a volume is a plain
directory, and its claim is told so.

Only the API server is asked and told: which claims are waiting, which volumes nobody needs any more. Everything can be
repeated, and what a crash left half made is made again or removed.
"""

from __future__ import annotations

import contextlib
import decimal
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.cluster.requesting import Requester
from autograder.deadlines import scaled

PROVISIONER = "course.autograder/volumes"
STORAGE_CLASS = "standard"
_MADE_BY = "pv.kubernetes.io/provisioned-by"
_MOST_BYTES = 64 << 30
_EAGER_S = 10.0
"""After something happened more is expected: a volume is given back a moment after its claim went."""
_EAGER_POLL_S = 0.3
_PATIENT_S = 60
_WAITING_S = 3
"""While a claim waits for something of which no event tells."""
_MERGE = "application/merge-patch+json"
_WHILE_UNUSED = "grows as soon as no Pod uses it: this machine's root may not enlarge what is mounted"
_CLAIMS, _VOLUMES = "/api/v1/persistentvolumeclaims", "/api/v1/persistentvolumes"
_UNITS = {"": 1, "m": decimal.Decimal("0.001"), **{unit: 1000**n for n, unit in enumerate("kMGTPE", 1)}}
_UNITS |= {f"{unit}i": 1024**n for n, unit in enumerate("KMGTPE", 1)}


class Provisioner:
    """Volumes of this node below `base`, for the claims of the cluster that `api` speaks to."""

    def __init__(self, base: Path, node: str, api: Requester) -> None:
        self.files, self.mounts, self.node, self.api = base / "volume-files", base / "volume-mounts", node, api
        for folder in (self.files, self.mounts):
            folder.mkdir(exist_ok=True, mode=0o700)
        self.waits = False
        self._said = ""

    def run(self) -> None:
        """Goes on for ever; whatever fails is tried again."""
        eager_until = time.monotonic() + _EAGER_S
        while True:
            version = ""
            try:
                version = self.settle()
            except (OSError, ValueError, KeyError, TypeError) as error:
                self._say(error)
            if time.monotonic() < eager_until or not version:
                time.sleep(_EAGER_POLL_S)
            elif self.api.changes(
                f"{_CLAIMS}?watch=true&resourceVersion={version}", timeout_s=_WAITING_S if self.waits else _PATIENT_S
            ):
                eager_until = time.monotonic() + _EAGER_S

    def settle(self) -> str:
        """Does what is to be done now; returns the state of the claims that it saw."""
        self.waits = False
        claims, volumes = self._list(_CLAIMS), self._list(_VOLUMES)
        for claim in claims["items"]:
            if _waits(claim):
                self._one(self._make, claim)
        by_uid = {claim["metadata"]["uid"]: claim for claim in claims["items"]}
        kept = {claim["metadata"]["uid"] for claim in claims["items"]}
        for volume in volumes["items"]:
            if volume["metadata"].get("annotations", {}).get(_MADE_BY) != PROVISIONER:
                continue
            uid = volume["metadata"]["name"].removeprefix("pvc-")
            kept.add(uid)
            self._one(self._keep, uid, by_uid.get(uid), volume)
        for file in [*self.files.iterdir(), *self.mounts.iterdir()]:
            if file.name not in kept:
                self._one(self._remove, file.name)
        return str(claims["metadata"]["resourceVersion"])

    def _one(self, step: Callable[..., None], *arguments: Any) -> None:
        """Takes one step; what keeps one volume from being made does not keep others."""
        try:
            step(*arguments)
        except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
            self._say(error)

    def _say(self, error: Exception) -> None:
        """Once, however often it is met."""
        if str(error) != self._said:
            self._said = str(error)
            print(f"Error: {error}", flush=True)

    def _keep(self, uid: str, claim: dict[str, Any] | None, volume: dict[str, Any]) -> None:
        if volume.get("status", {}).get("phase") == "Released" or volume["metadata"].get("deletionTimestamp"):
            self._remove(uid)
            self.api.send("DELETE", f"{_VOLUMES}/{volume['metadata']['name']}")
            return
        self._mount(uid)  # after a start nothing is mounted
        if claim is not None:
            self._grow(uid, claim, volume)

    def _list(self, path: str) -> dict[str, Any]:
        status, content = self.api.send("GET", path)
        if status != 200:
            raise OSError(f"the API server answered {status} to {path}")
        return dict(content)

    def _make(self, claim: dict[str, Any]) -> None:
        uid, wanted = claim["metadata"]["uid"], claim["spec"]["resources"]["requests"]["storage"]
        size = size_bytes(wanted)
        if size is None or size > _MOST_BYTES or claim["spec"].get("volumeMode", "Filesystem") != "Filesystem":
            self._tell(claim, "ProvisioningFailed", f"volumes here are file systems of up to {_MOST_BYTES >> 30}Gi")
            return
        file = self.files / uid
        part = file.with_suffix(".part")
        try:
            if not file.exists():
                with part.open("wb") as content:
                    content.truncate(_file_bytes(size))
                # Without a journal: only the machine's own crash would need one.
                _run("mke2fs", "-q", "-F", "-t", "ext4", "-m", "0", "-O", "^has_journal", str(part))
                part.rename(file)
            self._mount(uid)
        except (OSError, subprocess.SubprocessError) as error:
            for each in (part, file):
                each.unlink(missing_ok=True)
            self._mount(uid)  # a volume without a file is a plain directory
            self._tell(claim, "NotBounded", f"the volume holds more than it asks for: {str(error)[:300]}")
        volume = {
            "apiVersion": "v1",
            "kind": "PersistentVolume",
            "metadata": {"name": f"pvc-{uid}", "annotations": {_MADE_BY: PROVISIONER}},
            "spec": {
                "capacity": {"storage": wanted},
                "accessModes": claim["spec"]["accessModes"],
                "persistentVolumeReclaimPolicy": "Delete",
                "storageClassName": STORAGE_CLASS,
                "claimRef": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "uid": uid}
                | {key: claim["metadata"][key] for key in ("namespace", "name")},
                # There only while the file system is mounted: a Pod waits instead of writing beside it.
                "hostPath": {"path": str(self.mounts / uid / "data"), "type": "Directory"},
                # Whoever uses it runs here: on another node the scheduler says so, instead of a Pod that never starts.
                "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [self._here()]}]}},
            },
        }
        self.api.send("POST", _VOLUMES, volume)

    def _here(self) -> dict[str, Any]:
        return {"key": "kubernetes.io/hostname", "operator": "In", "values": [self.node]}

    def _mount(self, uid: str) -> None:
        """Has the volume mounted, where it has a file, and its folder there."""
        place, file = self.mounts / uid, self.files / uid
        place.mkdir(exist_ok=True, mode=0o711)
        if file.exists() and not os.path.ismount(place):
            _run("mount", "-o", "loop,nosuid,nodev,noatime", str(file), str(place))
        data = place / "data"
        if not data.exists():
            data.mkdir()
            data.chmod(0o777)  # no Pod of a course should have to run as root to keep a checkpoint

    def _grow(self, uid: str, claim: dict[str, Any], volume: dict[str, Any]) -> None:
        wanted = claim["spec"]["resources"]["requests"]["storage"]
        has = claim.get("status", {}).get("capacity", {}).get("storage")
        size, before = size_bytes(wanted), size_bytes(has) if has else None
        if size is None or before is None or size <= before or size > _MOST_BYTES:
            return
        name, meta = volume["metadata"]["name"], claim["metadata"]
        path = f"/api/v1/namespaces/{meta['namespace']}/persistentvolumeclaims/{meta['name']}/status"
        if os.path.ismount(self.mounts / uid) and not self._resized(uid, _file_bytes(size)):
            self.waits = True
            if not claim["status"].get("conditions"):
                waiting = {"type": "FileSystemResizePending", "status": "True", "message": _WHILE_UNUSED}
                self.api.send("PATCH", path, {"status": {"conditions": [waiting]}}, content_type=_MERGE)
            return
        self.api.send("PATCH", f"{_VOLUMES}/{name}", {"spec": {"capacity": {"storage": wanted}}}, content_type=_MERGE)
        done = {"capacity": {"storage": wanted}, "conditions": None}
        self.api.send("PATCH", path, {"status": done}, content_type=_MERGE)

    def _resized(self, uid: str, size: int) -> bool:
        """Makes the file system as large as that; False where that must wait until no Pod has it mounted."""
        file, place = self.files / uid, self.mounts / uid
        device = Path(_run("findmnt", "--noheadings", "--output=SOURCE", str(place)).strip())
        os.truncate(file, size)
        _run("losetup", "--set-capacity", str(device))
        with contextlib.suppress(OSError):
            _run("resize2fs", str(device))
            return True
        # A mounted one grows only for a root with CAP_SYS_RESOURCE, which a container's may not have.
        _run("umount", str(place))
        if Path("/sys/block", device.name, "loop/backing_file").exists():  # a Pod has it mounted besides
            _run("mount", "-o", "nosuid,nodev,noatime", str(device), str(place))
            return False
        subprocess.run(["e2fsck", "-f", "-p", str(file)], check=False, capture_output=True, timeout=scaled(120))
        _run("resize2fs", str(file))
        self._mount(uid)
        return True

    def _remove(self, uid: str) -> None:
        place = self.mounts / uid
        if os.path.ismount(place):
            _run("umount", "--lazy", str(place))
        shutil.rmtree(place, ignore_errors=True)
        (self.files / uid).unlink(missing_ok=True)

    def _tell(self, claim: dict[str, Any], reason: str, message: str) -> None:
        """An event of the claim's; told once."""
        meta, now = claim["metadata"], time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        event = {
            "metadata": {"name": f"{meta['name'][:200]}.{reason.lower()}", "namespace": meta["namespace"]},
            "involvedObject": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "uid": meta["uid"]}
            | {key: meta[key] for key in ("namespace", "name")},
            "reason": reason,
            "message": message,
            "type": "Warning",
            "firstTimestamp": now,
            "lastTimestamp": now,
            "count": 1,
            "source": {"component": "volumes"},
        }
        self.api.send("POST", f"/api/v1/namespaces/{meta['namespace']}/events", event)


def size_bytes(quantity: str) -> int | None:
    """A quantity as the API writes it; None for what is none."""
    found = re.fullmatch(r"([0-9.]{1,40}(?:[eE][+-]?[0-9]{1,3})?)([KMGTPE]i|[mkMGTPE]?)", str(quantity))
    if found is None:
        return None
    try:
        return int((decimal.Decimal(found[1]) * _UNITS[found[2]]).to_integral_value(decimal.ROUND_CEILING))
    except (decimal.DecimalException, KeyError, OverflowError):
        return None


def _file_bytes(size: int) -> int:
    """Of the file, in which the file system's own tables have their place besides what was asked for."""
    return size + max(2 << 20, size // 24)


def _waits(claim: dict[str, Any]) -> bool:
    spec, meta = claim["spec"], claim["metadata"]
    return (
        spec.get("storageClassName") == STORAGE_CLASS
        and not spec.get("volumeName")
        and not meta.get("deletionTimestamp")
        and claim.get("status", {}).get("phase") == "Pending"
    )


def _run(*argv: str) -> str:
    done = subprocess.run(argv, check=False, capture_output=True, text=True, errors="replace", timeout=scaled(120))
    if done.returncode:
        raise OSError(f"{' '.join(argv)} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


if __name__ == "__main__":
    base = Path(sys.argv[1])
    Provisioner(base, sys.argv[2], Requester(base / "kubeconfigs" / "volumes")).run()
