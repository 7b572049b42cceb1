"""`autograder mutate`: a lab's checks made weaker, one at a time, and whether a known answer notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.choosing import Context, Jobs, Json, Kubeconfig, open_cluster
from autograder.cli.explaining import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_UNGRADED, notes, output

if TYPE_CHECKING:
    from autograder.cluster.connection import Connection
    from autograder.proving.mutating import Trial, Tried


def mutate(
    lab: Annotated[str | None, typer.Argument(help="For example lab06-rbac.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Of every lab.")] = False,
    criteria: Annotated[
        list[int] | None, typer.Option("--criterion", metavar="N", help="Only of this one, from 1; may be repeated.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the mutants, and run none.")] = False,
    jobs: Jobs = 0,
    json: Json = None,
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Weaken a lab's checks, one at a time, and see whether a known answer notices."""
    from autograder.proving import remembering
    from autograder.proving.mutating import as_json, trials

    if (lab is None) is not every:
        raise typer.BadParameter("name a lab, or say --all")
    made = trials([lab.rstrip("/")] if lab else None, criteria=criteria or ())
    done: list[Tried | None] = [None] * len(made)
    if not listed:
        done = _tried(made, open_cluster(kubeconfig, context), jobs)
    pairs = list(zip(made, done, strict=True))
    _show_mutants(pairs)
    if json:
        remembering.write(json, as_json(pairs))
    if not listed:
        _end_of_mutants([each for each in done if each is not None], len(made))


def _tried(made: Sequence[Trial], connection: Connection, jobs: int) -> list[Tried | None]:
    """Try them all, and show meanwhile how it goes."""
    from autograder.proving.mutating import mutate as try_mutants
    from autograder.proving.pacing import Pace
    from autograder.proving.showing import MUTANT_SIGNS, STOPPING, progress, tried_line
    from autograder.proving.side_by_side import usual_at_once

    at_once = jobs or usual_at_once()
    pace = Pace(tuple(trial.key for trial in made), at_once)
    with progress(pace, MUTANT_SIGNS, notes()) as say:

        def ended(trial: Trial, tried: Tried) -> None:
            pace.end(trial.key, tried.end)
            say(tried_line(pace, tried), tried.end != "caught")

        return try_mutants(
            made,
            connection=connection,
            at_once=at_once,
            on_start=lambda trial: pace.start(trial.key),
            on_end=ended,
            on_stop=lambda: say(STOPPING, True),
        )


def _show_mutants(pairs: list[tuple[Trial, Tried | None]]) -> None:
    from rich.markup import escape

    from autograder.proving.showing import mutants_table

    for lab in dict.fromkeys(trial.source.lab for trial, _ in pairs):
        of_it = [(trial, done) for trial, done in pairs if trial.source.lab == lab]
        output().print(mutants_table(lab, of_it))
        source = of_it[0][0].source
        for number in sorted({number for trial, _ in of_it for number in trial.mutant.criteria}):
            output().print(f"{number:>2}  {escape(source.sentences[number - 1])}", highlight=False)


def _end_of_mutants(done: list[Tried], made: int) -> None:
    if len(done) < made:
        notes().print(f"[magenta]ended before {made - len(done)} mutants were tried[/]: they stand in the table")
        raise typer.Exit(EXIT_INTERRUPTED)
    if any(each.end == "missed" for each in done):
        notes().print(
            "[red]no answer notices what was missed[/]: write the wrong one that needs this check, or do without it"
        )
        raise typer.Exit(EXIT_FAILED)
    if any(each.end == "undecided" for each in done):
        notes().print("[magenta]something was left undecided[/]; the table says why")
        raise typer.Exit(EXIT_UNGRADED)
    output().print("[green]every mutant was caught[/]")
