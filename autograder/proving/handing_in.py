"""What a student would hand in whose answer this is: the released notebook, solved so, and the files beside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import nbformat
from nbformat import NotebookNode

from autograder.errors import GradingError
from autograder.proving.answers import Answer, Part
from autograder.proving.patching import patched
from autograder.proving.sources import LabSource, marked, released


def hand_in(source: LabSource, answer: Answer, folder: Path) -> None:
    """Write the notebook, under its own name, and the files into a folder that is made.

    Raises:
        GradingError: the answer does not fit the lab.
    """
    lay_beside(source, answer, folder)
    nbformat.write(submitted(source, answer), folder / source.path.name)


def submitted(source: LabSource, answer: Answer, *, examples: bool = True) -> NotebookNode:
    """The released notebook with this answer in its solution cells.

    Args:
        examples: whether the student has kept the worked examples: code that nothing is solved before. A self-check
            comes after, and is kept in any case, since it may change what there is.

    Raises:
        GradingError: the answer does not fit the lab.
    """
    notebook = released(source)
    if answer.kind != "blank":
        cells = solved(source, answer)
        for cell, marks in marked(notebook):
            if marks.get("solution"):
                cell.source = cells[marks["grade_id"]]
    if not examples:
        known = {id(cell): marks.get("solution", False) for cell, marks in marked(notebook)}
        begin = next((at for at, cell in enumerate(notebook.cells) if known.get(id(cell))), 0)
        notebook.cells = [
            cell
            for at, cell in enumerate(notebook.cells)
            if at >= begin or cell.cell_type != "code" or id(cell) in known
        ]
    return notebook


def lay_beside(source: LabSource, answer: Answer, folder: Path) -> None:
    """Write what lies beside the notebook into a folder that is made: what was handed out, and the answer's own.

    Raises:
        GradingError: the answer does not fit the lab.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files_beside(source, answer).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def solved(source: LabSource, answer: Answer) -> dict[str, str]:
    """Source by grade_id of every solution cell.

    Raises:
        GradingError: the answer does not fit the lab.
    """
    cells = dict(source.solution_cells)
    # A change means the reference's lines: it comes before what is put around them, wherever it stands in the file.
    for part in sorted(answer.parts, key=lambda part: part.how != "change"):
        if part.of_a_file:
            continue
        if part.name not in cells:
            raise GradingError(
                f"{_at(answer, part)} names the solution cell “{part.name}”",
                expected=f"one that {source.lab} has: {'; '.join(cells)}",
                next_step="correct the answer's file",
            )
        if part.how == "change":
            what = f"the reference's cell {part.name}"
            cells[part.name] = patched(cells[part.name], part.hunks, file=answer.file, what=what)
        elif part.how == "before":
            cells[part.name] = f"{part.text}\n{cells[part.name]}"
        elif part.how == "after":
            cells[part.name] = f"{cells[part.name]}\n{part.text}"
        else:
            cells[part.name] = part.text
    return cells


def files_beside(source: LabSource, answer: Answer) -> dict[str, bytes]:
    """Content by name below the lab's folder.

    Raises:
        GradingError: the answer does not fit the lab.
    """
    files = {name: path.read_bytes() for name, path in source.files.items()}
    for part in answer.parts:
        if not part.of_a_file:
            continue
        _require_counted(source, answer, part)
        if part.how == "change file":
            what = f"the lab's file {part.name}"
            files[part.name] = patched(_text(source, answer, part), part.hunks, file=answer.file, what=what).encode()
        else:
            files[part.name] = part.text.encode()
        _require_room(files, answer, part)
    return files


def _text(source: LabSource, answer: Answer, part: Part) -> str:
    """The lab's file that is changed."""
    if part.name not in source.files:
        raise GradingError(
            f"{_at(answer, part)} changes the file “{part.name}”",
            expected=f"one that is handed out with {source.lab}: {'; '.join(source.files) or 'there is none'}",
            next_step="correct its name, or write all of it below `# %% file: …`",
        )
    try:
        return source.files[part.name].read_bytes().decode()
    except UnicodeDecodeError as error:
        raise GradingError(
            f"{_at(answer, part)} changes {part.name}, which is no text", expected="a file in UTF-8"
        ) from error


def _require_counted(source: LabSource, answer: Answer, part: Part) -> None:
    """Grading puts the lab's own version of a file back, unless the course says that it is for students to change."""
    if part.name in source.files and part.name not in source.students_files:
        raise GradingError(
            f"{_at(answer, part)} hands in a {part.name} of its own, and grading puts the lab's in its place",
            expected="a file that students may change",
            next_step=f"where they may, nbgrader_config.py says c.Autograde.exclude_overwriting = "
            f'{{"{source.lab}": ["{part.name}"]}}',
        )


def _require_room(files: dict[str, bytes], answer: Answer, part: Part) -> None:
    """No file stands where another one's folder does."""
    for name in files:
        for one, other in ((name, part.name), (part.name, name)):
            if PurePosixPath(one) in PurePosixPath(other).parents:
                raise GradingError(
                    f"{_at(answer, part)} has files {one} and {other}", expected="names that can lie side by side"
                )


def _at(answer: Answer, part: Part) -> str:
    return f"{answer.file}, line {part.line}:"
