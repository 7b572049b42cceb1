"""Builds the container images that the labs run, without a container engine, and puts them into the
registry's store.

One folder under `course/images` is one image; its `image.toml` says what is in it (`Recipe`). An image is
built step by step, each step's difference becoming a layer (`layers`). A step is known by a hash of all
that goes into it and into the steps below, so only what changed is made again, images that begin alike
share layers, and a call with nothing to do reads a few small files and returns.

Left to others: what a step does (`roots`), the store and its protocol (`registry`), Go programs
(`building`).
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.cluster import building, registry, remembering, room, roots, scratch
from autograder.cluster import progress as progressing
from autograder.cluster.layers import Layer, snapshot, write_layer
from autograder.cluster.locking import held
from autograder.cluster.places import cache_dir
from autograder.cluster.progress import Progress
from autograder.cluster.registry import REGISTRY, Registry, registry_config
from autograder.errors import BuildFailed

__all__ = ["REGISTRY", "Recipe", "ensure_images", "missing_images", "recipe", "recipes", "registry_config", "store"]

#: Part of every key: raise it when the same recipe is to become other bytes.
BUILDER = "1"

_LAYERS = "layers"
_CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"


@dataclass(frozen=True)
class Recipe:
    """What `image.toml` says about one image."""

    #: the folder's name, and the image's
    name: str
    folder: Path
    #: tag -> environment variables that only this tag has
    tags: Mapping[str, Mapping[str, str]]
    #: other names it has in the registry -> the tag that is meant: what manifests from elsewhere call it
    also: Mapping[str, str] = field(default_factory=dict)
    #: the image it is built upon, by name
    base: str | None = None
    #: a Go program of ours that becomes /NAME
    program: str | None = None
    #: `suite`, `packages`, `prune` (patterns), `compile` (folders of Python sources)
    debian: Mapping[str, Any] = field(default_factory=dict)
    #: `requirements` (a file in the folder), `prune` (patterns)
    pip: Mapping[str, Any] = field(default_factory=dict)
    #: file or folder here -> absolute path in the image
    copy: Mapping[str, str] = field(default_factory=dict)
    #: run inside the image after everything else is in place; what it writes is a layer
    build: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    workdir: str = "/"
    #: TCP port it serves, for people and tools that ask the image
    port: int | None = None
    cmd: tuple[str, ...] = ()
    #: what building all of it takes on two cores
    usual_s: float = 30


@dataclass(frozen=True)
class _Step:
    """One layer to be."""

    #: what a person reads
    what: str
    #: names the layer in the cache
    key: str
    make: Callable[[Path], None]


def sources() -> Path:
    """Where the recipes are."""
    return Path(__file__).resolve().parents[2] / "course" / "images"


def store() -> Path:
    """The directory that a registry serves the images from."""
    return cache_dir() / "registry"


def recipe(name: str, folder: Path | None = None) -> Recipe:
    """Reads `image.toml` of one image.

    Raises:
        BuildFailed: it is not there, or has a key that no recipe has.
    """
    here = (folder or sources()) / name
    try:
        said = tomllib.loads((here / "image.toml").read_text())
        for listed in ("build", "cmd"):
            said[listed] = tuple(said.get(listed, ()))
        return Recipe(name=name, folder=here, **said)
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise BuildFailed(f"{here / 'image.toml'}: {error}", expected="the description of an image") from error


def missing_images(names: Iterable[str] | None = None) -> list[Recipe]:
    """Those of the images that `ensure_images` would have to build or push."""
    recorded = _read_record()
    return [each for each in _recipes(names) if not _is_current(each, recorded)]


def recipes() -> list[Recipe]:
    """Every image of the course."""
    return list(_recipes(None))


def ensure_images(names: Iterable[str] | None = None, *, progress: Progress | None = None) -> dict[str, str]:
    """Has the images in the store, building what is missing or has changed.

    Args:
        names: of images; all of them if None. What they are built upon comes with them.
        progress: where to show it; on stderr if None.

    Returns:
        `NAME:TAG` -> digest of its manifest.

    Raises:
        BuildFailed, RequirementMissing: with the last lines of what went wrong, or the package to install.
    """
    wanted = list(_recipes(names))
    if any(not _is_current(each, _read_record()) for each in wanted):
        with (
            room.named(room.IMAGES_MIB, store(), Path(tempfile.gettempdir())),
            held(store().with_name("registry.lock")),
        ):
            _build_missing(wanted, progress or progressing.shown())
    recorded = _read_record()
    return {ref: recorded[ref]["digest"] for each in wanted for ref in _refs(each)}


def _build_missing(wanted: Iterable[Recipe], report: Progress) -> None:
    with registry.serving(store()) as running:
        for each in wanted:
            record = _read_record()
            if _is_current(each, record):
                continue
            with report.step(f"image {each.name}", each.usual_s) as step:
                layers = _layers(each, running, step.tell)
                step.tell("writing manifests")
                for tag in each.tags:
                    ref = f"{each.name}:{tag}"
                    record[ref] = {"key": _key(each), "digest": _publish(each, tag, ref, layers, running)}
                for ref, tag in each.also.items():
                    record[ref] = {"key": _key(each), "digest": _publish(each, tag, ref, layers, running)}
            _write_json(_record_path(), record)


def _recipes(names: Iterable[str] | None) -> Iterable[Recipe]:
    """The recipes, each after the one it is built upon."""
    every = [path.parent.name for path in sorted(sources().glob("*/image.toml"))]
    seen: dict[str, Recipe] = {}

    def visit(name: str) -> None:
        if name not in seen:
            found = recipe(name)
            if found.base:
                visit(found.base)
            seen[name] = found

    for name in every if names is None else names:
        visit(name.partition(":")[0])
    return seen.values()


def _refs(wanted: Recipe) -> list[str]:
    return [*(f"{wanted.name}:{tag}" for tag in wanted.tags), *wanted.also]


def _is_current(wanted: Recipe, recorded: Mapping[str, Mapping[str, str]]) -> bool:
    key = _key(wanted)
    return all(
        recorded.get(ref, {}).get("key") == key and recorded[ref]["digest"] == registry.tagged(store(), *ref.split(":"))
        for ref in _refs(wanted)
    )


def _key(wanted: Recipe) -> str:
    """Changes with anything that the image is made of."""
    described = (wanted.folder / "image.toml").read_bytes()
    return _hash(described, *(step.key.encode() for step in _steps(wanted)))


def _steps(wanted: Recipe) -> list[_Step]:
    """Every layer of the image from the bottom up, the base's first."""
    steps = _steps(recipe(wanted.base, wanted.folder.parent)) if wanted.base else []

    def add(what: str, inputs: Iterable[bytes], make: Callable[[Path], None]) -> None:
        below = steps[-1].key if steps else f"{BUILDER} {roots.architecture()}"
        steps.append(_Step(what, _hash(below.encode(), what.encode(), *inputs), make))

    if program := wanted.program:
        key = building.key(building.PROGRAMS[program]).encode()
        add("a program", [key], lambda tree: _add_program(tree, program))
    if debian := wanted.debian:
        add("Debian packages", [_canonical(debian)], lambda tree: _add_debian(tree, debian))
    if pip := wanted.pip:
        pins = wanted.folder / pip["requirements"]
        add(
            "Python packages",
            [_canonical(pip), pins.read_bytes()],
            lambda tree: roots.add_python_packages(tree, pins, pip.get("prune", ())),
        )
    if wanted.copy or wanted.build:
        contents = [_content(wanted.folder / source) for source in wanted.copy]
        inputs = [_canonical([dict(wanted.copy), wanted.build]), *contents]
        add("its own files", inputs, lambda tree: _add_files(tree, wanted))
    return steps


def _layers(wanted: Recipe, running: Registry, tell: Callable[[str], None]) -> list[Layer]:
    """All layers, each in the store under this image's name."""
    steps = _steps(wanted)
    layers = [_cached(step) for step in steps]
    if None in layers:
        first = layers.index(None)
        with scratch.folder("image") as folder:
            tree = folder / "root"
            tree.mkdir(mode=0o755)
            for layer in layers[:first]:
                assert layer is not None
                roots.unpack(registry.blob_path(store(), layer.digest), tree)
            for index, step in enumerate(steps[first:], first):
                tell(step.what)
                before = snapshot(tree)
                step.make(tree)
                tar = folder / f"layer-{index}.tar"
                layers[index] = made = write_layer(tree, before, tar)
                running.push_blob(wanted.name, made.digest, tar)
                tar.unlink()
                _write_json(_layer_path(step), {"digest": made.digest, "size_bytes": made.size_bytes})
    complete = [layer for layer in layers if layer is not None]
    for layer in complete:
        # What another image brought into the store is only linked, not sent again.
        content = registry.blob_path(store(), layer.digest)
        running.push_blob(wanted.name, layer.digest, content, mount_from=wanted.base or wanted.name)
    return complete


def _publish(wanted: Recipe, tag: str, ref: str, layers: Iterable[Layer], running: Registry) -> str:
    """Writes the configuration and manifest of one tag under the name `ref`; returns the manifest's digest."""
    name, _, published = ref.partition(":")
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", **wanted.env, **wanted.tags[tag]}
    settings: dict[str, Any] = {
        "Env": [f"{name}={value}" for name, value in env.items()],
        "User": wanted.user,
        "WorkingDir": wanted.workdir,
        "Cmd": list(wanted.cmd),
    }
    if wanted.port:
        settings["ExposedPorts"] = {f"{wanted.port}/tcp": {}}
    layers = list(layers)
    for layer in layers:
        running.push_blob(name, layer.digest, registry.blob_path(store(), layer.digest), mount_from=wanted.name)
    config = {
        "created": "1970-01-01T00:00:00Z",
        "architecture": roots.architecture(),
        "os": "linux",
        "config": settings,
        "rootfs": {"type": _LAYERS, "diff_ids": [layer.digest for layer in layers]},
    }
    content = _canonical(config)
    digest = registry.digest_of(content)
    running.push_blob(name, digest, content)
    manifest = {
        "schemaVersion": 2,
        "mediaType": registry.MANIFEST_TYPE,
        "config": {"mediaType": _CONFIG_TYPE, "digest": digest, "size": len(content)},
        "layers": [layer.descriptor for layer in layers],
    }
    return running.push_manifest(name, published, manifest)


def _add_program(tree: Path, name: str) -> None:
    target = tree / name
    target.write_bytes(building.program(name).read_bytes())
    target.chmod(0o755)


def _add_debian(tree: Path, said: Mapping[str, Any]) -> None:
    roots.add_debian_packages(tree, said["suite"], said["packages"], said.get("prune", ()))
    for link, target in said.get("links", {}).items():
        (tree / link.lstrip("/")).symlink_to(target)
    if said.get("compile"):
        roots.compile_python(tree, said["compile"])


def _add_files(tree: Path, wanted: Recipe) -> None:
    for source, destination in wanted.copy.items():
        roots.copy(tree, wanted.folder / source, destination)
    if wanted.build:
        roots.run_inside(tree, wanted.build)


def _cached(step: _Step) -> Layer | None:
    said = remembering.read_record(_layer_path(step))
    if not isinstance(said.get("digest"), str) or not isinstance(said.get("size_bytes"), int):
        return None
    layer = Layer(said["digest"], said["size_bytes"])
    return layer if registry.blob_path(store(), layer.digest).is_file() else None


def _layer_path(step: _Step) -> Path:
    return cache_dir() / _LAYERS / f"{step.key}.json"


def _record_path() -> Path:
    return cache_dir() / "images.json"


def _read_record() -> dict[str, dict[str, str]]:
    """What is in the store, as far as it was written down whole; what is not known is built again."""
    record = remembering.read_record(_record_path())
    return {
        ref: said
        for ref, said in record.items()
        if isinstance(said, dict) and isinstance(said.get("key"), str) and isinstance(said.get("digest"), str)
    }


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    remembering.write_json(path, content)


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _content(path: Path) -> bytes:
    """A hash of a file, or of a folder's files with their names."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).digest()
    files = [each for each in sorted(path.rglob("*")) if each.is_file() and "__pycache__" not in each.parts]
    return _hash(*(part for each in files for part in (str(each.relative_to(path)).encode(), _content(each)))).encode()


def _hash(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
