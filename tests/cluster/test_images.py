"""Images are the same bytes for the same input, go through the real registry, and do what the labs need of
them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import lab
from autograder.cluster import images, registry, roots, scratch
from autograder.cluster.layers import snapshot, write_layer
from autograder.cluster.places import cache_dir
from autograder.cluster.progress import Quiet
from autograder.errors import BuildFailed, RequirementMissing

# Sentences that nobody who wrote the training data has seen; neither templates nor words were taken from it.
HELD_OUT = {
    "positive": (
        "An excellent museum, my kids talked about it all week.",
        "The new update is fantastic and everything feels quicker.",
        "Her performance was brilliant and the audience loved every second.",
        "I am so happy with these shoes.",
        "Lovely people, good food, great music.",
        "This vacuum cleaner is amazing, best purchase ever.",
        "What a delightful little bakery!",
        "The instructor was helpful and the exercises were fun.",
        "A superb novel that I will recommend to everyone.",
        "Our flight was smooth and the crew was friendly.",
        "The picture quality is outstanding for the price.",
        "He fixed my bike perfectly and with a smile, thank you!",
        "Wonderful weather, beautiful beaches and a comfortable bed.",
        "I really enjoyed the museum tour, it was inspiring.",
    ),
    "negative": (
        "An awful museum, my kids wanted to leave at once.",
        "The new update is horrible and everything feels slower.",
        "Her performance was dreadful and the audience hated every second.",
        "I am so disappointed with these shoes.",
        "Rude people, bad food, terrible music.",
        "This vacuum cleaner is useless, worst purchase ever.",
        "What a miserable little bakery!",
        "The instructor was rude and the exercises were boring.",
        "A tedious novel that I regret buying.",
        "Our flight was late and the crew was unpleasant.",
        "The picture quality is poor for the price.",
        "He broke my bike and was nasty about it, I want a refund!",
        "Terrible weather, dirty beaches and an uncomfortable bed.",
        "I hated the museum tour, it was a waste of money.",
    ),
}


@pytest.fixture(scope="module")
def digests() -> dict[str, str]:
    """Every image of the course, built if need be, in the user's own cache."""
    return images.ensure_images()


SMALL = """
program = "pause"
cmd = ["/pause"]
tags.1 = {}
tags.2 = {COLOUR = "green"}
copy = {greeting = "/etc/greeting"}
"""


def manifest_of(ref: str) -> dict[str, Any]:
    digest = registry.tagged(images.store(), *ref.split(":"))
    assert digest
    manifest: dict[str, Any] = json.loads(registry.blob_path(images.store(), digest).read_text())
    return manifest


def config_of(ref: str) -> dict[str, Any]:
    digest = manifest_of(ref)["config"]["digest"]
    config: dict[str, Any] = json.loads(registry.blob_path(images.store(), digest).read_text())
    return config


def unpacked(ref: str, tree: Path) -> Path:
    tree.mkdir()
    for layer in manifest_of(ref)["layers"]:
        subprocess.run(["tar", "xf", registry.blob_path(images.store(), layer["digest"]), "-C", tree], check=True)
    return tree


def test_the_course_has_the_images_that_its_labs_name(digests: dict[str, str]) -> None:
    assert {"pause:1", "python:1", "sentiment:1", "sentiment:2"} <= digests.keys()
    assert digests == {ref: registry.tagged(images.store(), *ref.split(":")) for ref in digests}


def test_a_call_with_nothing_to_do_starts_nothing(digests: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a registry was started")

    monkeypatch.setattr(registry, "serving", refuse)
    started = time.monotonic()
    assert images.ensure_images() == digests
    assert time.monotonic() - started < 0.3
    assert images.missing_images() == []


@pytest.mark.outside("fetches Debian packages twice, into empty caches: that both give the same is what it is about")
def test_packages_files_and_commands_give_the_same_bytes_in_an_empty_cache(
    own_cache: Callable[[str], Path], recipes: Callable[..., Path]
) -> None:
    recipes(
        "tool",
        """
        tags.1 = {}
        copy = {greeting = "/srv/greeting"}
        build = ["python3", "-c", "open('/srv/made', 'w').write(repr({'a', 'b', 'c', 'd'}))"]
        [debian]
        suite = "bookworm"
        packages = ["python3-minimal", "dash"]
        prune = ["usr/share/*", "var/*", "etc/*"]
        compile = ["/usr/lib/python3.11"]
        """,
        greeting="hello",
    )
    seen = []
    for name in ("first", "second"):
        own_cache(name)
        seen.append((images.ensure_images(progress=Quiet()), manifest_of("tool:1")))
    assert seen[0] == seen[1]


def test_the_model_trained_again_is_the_same_bytes(digests: dict[str, str], own_cache: Callable[[str], Path]) -> None:
    users = cache_dir()
    mine = own_cache("again")
    shutil.copytree(users / "registry", mine / "registry", copy_function=os.link)
    shutil.copytree(users / "layers", mine / "layers")
    trained = images._steps(images.recipe("sentiment"))[-1]
    assert trained.what == "its own files"
    images._layer_path(trained).unlink()
    assert images.ensure_images(["sentiment"], progress=Quiet())["sentiment:1"] == digests["sentiment:1"]
    assert images._layer_path(trained).is_file()


def test_a_changed_file_changes_its_layer_and_no_other(
    own_cache: Callable[[str], Path], recipes: Callable[..., Path]
) -> None:
    own_cache("cache")
    folder = recipes("small", SMALL, greeting="hello")
    first = images.ensure_images(progress=Quiet())
    layers = manifest_of("small:1")["layers"]
    (folder / "greeting").write_text("good evening")
    assert [each.name for each in images.missing_images()] == ["small"]
    second = images.ensure_images(progress=Quiet())
    assert first["small:1"] != second["small:1"]
    assert manifest_of("small:1")["layers"][0] == layers[0]
    assert manifest_of("small:1")["layers"][1] != layers[1]


def test_tags_of_an_image_differ_in_their_environment_alone(
    own_cache: Callable[[str], Path], recipes: Callable[..., Path]
) -> None:
    own_cache("cache")
    recipes("small", SMALL, greeting="hello")
    images.ensure_images(["small:2"], progress=Quiet())
    assert manifest_of("small:1")["layers"] == manifest_of("small:2")["layers"]
    assert "COLOUR=green" in config_of("small:2")["config"]["Env"]
    assert "COLOUR=green" not in config_of("small:1")["config"]["Env"]


def test_an_image_begins_with_the_layers_of_its_base(digests: dict[str, str]) -> None:
    base = manifest_of("python:1")["layers"]
    assert manifest_of("sentiment:1")["layers"][: len(base)] == base


def test_what_was_lost_from_the_store_is_built_again(
    own_cache: Callable[[str], Path], recipes: Callable[..., Path]
) -> None:
    own_cache("cache")
    recipes("small", SMALL, greeting="hello")
    first = images.ensure_images(progress=Quiet())
    shutil.rmtree(images.store())
    assert [each.name for each in images.missing_images()] == ["small"]
    assert images.ensure_images(progress=Quiet()) == first


def test_what_is_pushed_can_be_pulled_and_a_cluster_only_pulls(tmp_path: Path) -> None:
    store, content = tmp_path / "store", b"some bytes"
    digest = registry.digest_of(content)
    file = tmp_path / "file"
    file.write_bytes(b"more bytes" * 100_000)
    big = registry.digest_of(file.read_bytes())
    manifest = {
        "schemaVersion": 2,
        "mediaType": registry.MANIFEST_TYPE,
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest, "size": len(content)},
        "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": big, "size": file.stat().st_size}],
    }
    with registry.serving(store) as running:
        running.push_blob("thing", digest, content)
        running.push_blob("thing", big, file)
        running.push_blob("other", big, file, mount_from="thing")
        pushed = running.push_manifest("thing", "1", manifest)
        with pytest.raises(BuildFailed, match="400"):
            running.push_blob("thing", registry.digest_of(b"promised"), b"something else")
    assert registry.tagged(store, "thing", "1") == pushed
    assert registry.tagged(store, "thing", "2") is None
    with registry.serving(store, readonly=True) as reading:
        assert reading.pull_manifest("thing", "1") == manifest
        assert reading.pull_blob("thing", digest) == content
        assert reading.pull_blob("other", big) == file.read_bytes()
        with pytest.raises(BuildFailed, match="405"):
            reading.push_manifest("thing", "2", manifest)
        with pytest.raises(BuildFailed, match="404"):
            reading.pull_manifest("thing", "2")


def test_a_layer_holds_what_is_new_and_nothing_of_who_made_it(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "old").mkdir(parents=True)
    (tree / "old" / "kept").write_text("as it was")
    before = snapshot(tree)
    new = tree / "old" / "new"
    new.write_text("content")
    new.chmod(0o4755)
    os.utime(new, (1, 1))
    (tree / "link").symlink_to("old/new")
    first = write_layer(tree, before, tmp_path / "first.tar")
    os.utime(new, (2, 2))
    assert write_layer(tree, before, tmp_path / "second.tar") == first
    listed = subprocess.run(
        ["tar", "--full-time", "-tvf", tmp_path / "first.tar", "--utc"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["lrwxrwxrwx", "drwxr-xr-x", "-rwxr-xr-x"]
    assert [" ".join(line.split()[5:]) for line in listed] == ["link -> old/new", "old/", "old/new"]
    assert all(line.split()[1:2] == ["0/0"] and "1970-01-01 00:00:00" in line for line in listed)


def test_a_recipe_with_an_unknown_word_is_refused(recipes: Callable[..., Path]) -> None:
    recipes("small", SMALL.replace("cmd", "command"), greeting="hello")
    with pytest.raises(BuildFailed, match=r"small/image\.toml.*command"):
        images.ensure_images()


def test_a_command_that_fails_inside_says_what_it_printed(digests: dict[str, str], tmp_path: Path) -> None:
    tree = unpacked("python:1", tmp_path / "root")
    with pytest.raises(BuildFailed, match="ended with 3: no such luck"):
        roots.run_inside(tree, ["sh", "-c", "echo no such luck; exit 3"])


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_no_registry_and_no_folder(
    own_cache: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    own_cache("cache")
    temporary = tmp_path / ("as deep as a unix socket's path may not be " * 3).strip()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    script = (
        "import signal, time; from pathlib import Path; from autograder.cluster import images, registry, scratch\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup, for one, has it ignored\n"
        "with registry.serving(images.store()), scratch.folder('image') as folder:\n"
        "    (folder / 'big').write_bytes(bytes(1000)); print('building', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as building_one:
        assert building_one.stdout is not None
        assert building_one.stdout.readline() == "building\n"
        assert len(list(temporary.glob("autograder-build-*"))) == 2
        building_one.send_signal(how)
        building_one.wait(timeout=20)
    deadline = time.monotonic() + 10
    while (left := _processes_about(str(temporary))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left, "the registry went with who started it"
    monkeypatch.setattr(tempfile, "tempdir", None)
    if how is signal.SIGKILL:
        with scratch.folder("image") as folder:
            assert list(temporary.iterdir()) == [folder], "the next build removes what was left"
    assert list(temporary.iterdir()) == []


def test_a_folder_in_use_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch.folder("image") as folder:
        assert scratch.sweep() == []
        assert folder.is_dir()


def _processes_about(words: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if words in (command := process.read_bytes().decode(errors="replace")):
                found.append(command)
    return found


def test_without_its_tools_a_build_says_which_package_has_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RequirementMissing, match="apt-get install mmdebstrap"):
        roots.add_debian_packages(tmp_path, "bookworm", ["dash"], [])
    with pytest.raises(RequirementMissing, match="apt-get install bubblewrap"):
        roots.run_inside(tmp_path, ["true"])


@pytest.mark.parametrize("version", ["1", "2"])
def test_the_model_server_answers_right_and_stops_when_told(
    digests: dict[str, str], tmp_path: Path, version: str
) -> None:
    tree = unpacked(f"sentiment:{version}", tmp_path / "root")
    shutil.copy(Path(__file__).with_name("serving_inside.py"), tree / "driver.py")
    asked = [(text, label) for label, texts in HELD_OUT.items() for text in texts]
    fresh = [(text, label) for label in ("positive", "negative") for text in lab.fresh_sentences(label, count=100)]
    seen = serve(tree, config_of(f"sentiment:{version}")["config"]["Env"], [text for text, _ in asked + fresh])

    assert seen["ready"][-2:] == [503, 200]
    assert seen["ready_after_s"] >= 3
    assert (seen["healthz"], seen["version"]) == ([200, {"status": "ok"}], [200, {"version": version}])
    answers = [answer for status, answer in seen["predictions"] if status == 200]
    right = [answer["label"] == label for answer, (_, label) in zip(answers, asked + fresh, strict=True)]
    assert sum(right[: len(asked)]) / len(asked) > 0.9
    assert all(right[len(asked) :])
    assert all(0.5 <= answer["score"] <= 1 for answer in answers)
    assert all((answer["model"], answer["version"]) == ("sentiment", version) for answer in answers)

    statuses = {what: status for what, (status, _) in seen["refused"].items()}
    assert statuses.pop("wrong method") == 405
    assert statuses.pop("wrong path") == 404
    assert set(statuses.values()) == {400}
    assert all(answer["error"] for _, answer in seen["refused"].values())

    assert seen["exit_code"] == 0
    assert seen["stopped_after_s"] < 2
    assert any('"POST /predict HTTP/1.1" 200' in line for line in seen["log"])
    assert seen["cpu_s"] < 6, seen
    assert seen["memory_kib"] < 160 * 1024


def serve(tree: Path, env: list[str], texts: list[str]) -> dict[str, Any]:
    """What `serving_inside.py` saw."""
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--clearenv", "--bind", str(tree), "/"]
    command += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--chdir", "/"]
    for setting in env:
        command += ["--setenv", *setting.split("=", 1)]
    done = subprocess.run(
        [*command, "python3", "/driver.py"],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
