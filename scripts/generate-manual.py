"""The manual page docs/flowbound.1, from `flowbound --experimental-dump-help`."""

import json
import subprocess
import sys

COMMAND = ".build/release/flowbound"
PAGE = "docs/flowbound.1"


def escaped(text):
    """Text that troff prints as it is. A hyphen stays one that can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def paragraphs(text):
    """Paragraphs; lines that are indented are printed as they are."""
    lines = []
    for block in text.split("\n\n"):
        if block.startswith("  "):
            lines += [".PP", ".nf", ".RS 4"] + [escaped(line.strip()) for line in block.split("\n")] + [".RE", ".fi"]
        else:
            lines += [".PP"] + [escaped(line) for line in block.split("\n")]
    return lines


def spelled(argument):
    """`--only <claim>`, `-h, --help`, `<files>`."""
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return value
    names = [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument["names"]]
    text = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)
    return text if argument["kind"] == "flag" else f"{text} {value}"


def synopsis(path, arguments):
    words = [f"\\fB{escaped(' '.join(path))}\\fR"]
    if any(argument["kind"] != "positional" for argument in arguments):
        words.append("[\\fIoptions\\fR]")
    for argument in arguments:
        if argument["kind"] == "positional":
            word = spelled(argument) + (" ..." if argument["isRepeating"] else "")
            words.append(f"[{word}]" if argument["isOptional"] else word)
    return " ".join(words)


def options(arguments):
    lines = []
    title = None
    for argument in arguments:
        if argument.get("sectionTitle") != title:
            title = argument.get("sectionTitle")
            lines += [".PP", f"{escaped(title)}:"] if title else []
        lines += [".TP", spelled(argument)]
        text = argument.get("abstract", "")
        default = argument.get("defaultValue")
        if default and argument["kind"] != "flag":
            text += f" Default: {default}."
        lines.append(escaped(text))
    return lines


def shown(command):
    usual = {"help", "version"}
    return [
        argument
        for argument in command.get("arguments", [])
        if argument["shouldDisplay"] and argument.get("preferredName", {}).get("name") not in usual
    ]


def page(root, version):
    commands = [command for command in root["subcommands"] if command["commandName"] != "help"]
    lines = [
        '.\\" Written by scripts/generate-manual; do not edit.',
        f'.TH FLOWBOUND 1 "" "flowbound {version}" "User Commands"',
        ".nh",
        ".ad l",
        ".SH NAME",
        f"flowbound \\- {escaped(root['abstract'][0].lower() + root['abstract'][1:].rstrip('.'))}",
        ".SH SYNOPSIS",
    ]
    for command in commands:
        lines += [synopsis(["flowbound", command["commandName"]], shown(command)), ".br"]
    lines += [
        "\\fBflowbound\\fR [\\fBhelp\\fR] [\\fIcommand\\fR], \\fBflowbound \\-\\-version\\fR",
        ".SH DESCRIPTION",
    ]
    lines += paragraphs(root["discussion"])[1:]
    lines.append(".SH COMMANDS")
    for command in commands:
        arguments = shown(command)
        lines += [f".SS {synopsis(['flowbound', command['commandName']], arguments)}", escaped(command["abstract"])]
        lines += options(arguments)
        lines += paragraphs(command["discussion"]) if command.get("discussion") else []
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        "\\fBNO_COLOR\\fR",
        "If it is set and not empty, nothing is coloured.",
        ".TP",
        "\\fBGITHUB_STEP_SUMMARY\\fR, \\fBGITHUB_WORKSPACE\\fR",
        "With \\fB\\-\\-github\\fR: where the summary goes, and what paths are relative to.",
        ".SH SEE ALSO",
        "The files README.md and docs/language.md of the project.",
    ]
    return "\n".join(lines) + "\n"


def output(*arguments):
    return subprocess.run([COMMAND, *arguments], check=True, capture_output=True, text=True).stdout


def main():
    try:
        text = page(json.loads(output("--experimental-dump-help"))["command"], output("--version").strip())
    except FileNotFoundError:
        sys.exit(f"{COMMAND} is missing: build it first, with scripts/test or scripts/verify-example")
    if sys.argv[1:] == ["--check"]:
        if open(PAGE, encoding="utf-8").read() != text:
            sys.exit(f"{PAGE} is out of date: run scripts/generate-manual")
    elif sys.argv[1:]:
        sys.exit("usage: scripts/generate-manual [--check]")
    else:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(text)


main()
