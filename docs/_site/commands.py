"""The reference of the command line, from what the commands say of themselves."""

from __future__ import annotations

import click

from deterrence.cli import commands


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    top = click.Context(commands, info_name="deterrence")
    parts = [
        "# Commands",
        "What each command of `deterrence` takes, printed by the commands themselves. "
        "[The command line](../command-line.md) explains them with examples.",
    ]
    listed = [f"- [`{name}`](#command-{name}): {c.get_short_help_str(90)}" for name, c in _sorted()]
    parts.append("\n".join(listed))
    for name, command in _sorted():
        context = click.Context(command, info_name=name, parent=top, max_content_width=80, terminal_width=80)
        usage = command.get_usage(context).removeprefix("Usage: ")
        parts += [f"(command-{name})=\n## {name}", f"```text\n{usage}\n```", _about(command.help or "")]
        rows = [p.get_help_record(context) for p in command.get_params(context)]
        options = [r for r in rows if r]
        parts.append("\n\n".join(f"`{left}`\n: {right or '.'}" for left, right in options))
    return {"commands.md": "\n\n".join(parts) + "\n"}


def _sorted() -> list[tuple[str, click.Command]]:
    return sorted(commands.commands.items())


def _about(text: str) -> str:
    """The help of a command, its paragraphs rejoined."""
    return "\n\n".join(" ".join(p.split()) for p in text.replace("\b", "").split("\n\n"))
