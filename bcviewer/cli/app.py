"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from bcviewer import __version__
from bcviewer.cli import (
    check_split_command,
    compare_command,
    context_command,
    cross_validate_command,
    data_commands,
    evaluate_command,
    gui_command,
    head_command,
    import_command,
    labels_command,
    model_commands,
    predict_command,
    quantise_command,
    runs_change_command,
    runs_command,
    runs_compare_command,
    steer_command,
    train_command,
)

app = typer.Typer(
    name="bcviewer",
    help="Browse breast-cancer slides, see where a model finds IDC, retrain it. "
    "Research use only; not for diagnosis.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bcviewer {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    pass


app.command("gui")(gui_command.gui)
app.command("demo")(data_commands.demo)
app.command("scan")(data_commands.scan)
app.command("split")(data_commands.split)
app.command("check-split")(check_split_command.check_split)
app.command("train")(train_command.train)
app.command("retrain-head")(head_command.retrain_head_)
app.command("import-model")(import_command.import_model_)
app.command("cross-validate")(cross_validate_command.cross_validate)
app.command("fit-context")(context_command.fit_context_)
app.command("quantise")(quantise_command.quantise)
app.command("evaluate")(evaluate_command.evaluate)
app.command("compare")(compare_command.compare)
app.command("predict")(predict_command.predict)
app.command("models")(model_commands.models)
app.add_typer(labels_command.labels, name="labels")
app.add_typer(runs_command.commands, name="runs")
runs_command.commands.command("compare")(runs_compare_command.compare)
runs_command.commands.command("rename")(runs_change_command.rename)
runs_command.commands.command("delete")(runs_change_command.delete)
runs_command.commands.command("undo")(runs_change_command.undo)
runs_command.commands.command("pause")(steer_command.pause)
runs_command.commands.command("go-on")(steer_command.go_on)
runs_command.commands.command("finish")(steer_command.finish)
runs_command.commands.command("stop")(steer_command.stop)
