#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The labs, from make: lab.py list | start | update | grade, each with -h.

Exit status: 0 done, 1 points are missing, 2 the question makes no sense, 3 not graded, run again.
"""

import argparse
import json
import os
import signal
import subprocess
import sys

if sys.version_info < (3, 11):
    sys.exit(f"labs need Python 3.11, and {sys.executable} is {sys.version.split()[0]}:"
             " make PYTHON=... names another")

# pylint: disable=wrong-import-position
import examples  # noqa: E402
import extra  # noqa: E402
import grade  # noqa: E402
import manifest  # noqa: E402
import report  # noqa: E402
import starter  # noqa: E402
import update  # noqa: E402
import workspace  # noqa: E402

OUT_OF_PLACE = "this tree is a starter: go to the tree of Mercator that made it"


def is_starter():
    return os.path.exists(os.path.join(manifest.ROOT, starter.RECORD))


def list_labs(_):
    """a line for each lab"""
    row = "{:>3}  {:<50} {:<11} {:<7} {}"
    print(row.format("LAB", "TITLE", "TIME", "POINTS", "AFTER LAB"))
    for lab in manifest.all_labs():
        print(row.format(lab.number, lab.title, lab.time, lab.points or "-",
                         ", ".join(map(str, lab.requires)) or "-"))
    print("make lab LAB=3 DIR=../my-lab writes the starter of lab 3.")


def start(asked):
    """write the starter of a lab to a folder that does not exist yet"""
    lab = manifest.find_lab(asked.lab)
    starter.make_starter(lab, asked.dir)
    print(f"Lab {lab.number}, {lab.title}, is in {asked.dir}. Begin with\n"
          f"  cd {asked.dir}\n  less {lab.folder}/README.md")


def bring_up_to_date(asked):
    """bring the lab, as it is now, into a starter, and keep the work there"""
    print(update.update(asked.dir))


def write_forms(result, asked):
    """The files that were asked for, one a form."""
    for name, form in report.FORMS.items():
        path = getattr(asked, name)
        if path:
            with open(path, "w", encoding="utf-8") as file:
                file.write(form(result))


def graded_lab(asked):
    """The lab that was asked for, with the checks of GRADER_EXTRA."""
    lab = extra.with_extra(manifest.find_lab(asked.lab), asked.extra)
    if not lab.checks:
        raise manifest.BadInput(f"lab {lab.number} has no graded part")
    return lab


def grade_packed(lab, archs, asked):
    """The grade of a work that tools/lab/class has taken: its files, in one. The name is the seed.
    What all grades of a class share is not built again."""
    with open(asked.work, encoding="utf-8") as file:
        work = json.load(file)
    return grade.grade_files(lab, work["files"], grade.Asked(
        tuple(archs), asked.check, work["name"], work["name"]),
        base=workspace.shared(lab, archs, asked.shared))


def grade_work(asked):
    """grade a submission, or this tree when no folder is named"""
    archs = [asked.arch] if asked.arch else list(grade.ARCHS)
    if is_starter():
        record = update.read_record(manifest.ROOT)
        if asked.dir or asked.lab not in ("", str(record["lab"])):
            raise manifest.BadInput(f"this is the starter of lab {record['lab']}, and grades itself"
                                    " only: leave out LAB= and DIR=")
        result = examples.grade_examples(record, archs, asked.check)
    elif asked.work:
        result = grade_packed(graded_lab(asked), archs, asked)
    else:
        result = grade.grade_folder(graded_lab(asked), grade.Asked(
            tuple(archs), asked.check, asked.seed, asked.dir, asked.extra))
    print(report.as_json(result) if asked.work else report.as_text(result), end="")
    write_forms(result, asked)
    return 0 if result.points == result.of else 1


COMMANDS = {"list": list_labs, "start": start, "update": bring_up_to_date, "grade": grade_work}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__, description=function.__doc__)
        command.set_defaults(run=function)
        if name in ("start", "grade"):
            command.add_argument("--lab", default="", help="its number")
        if name != "list":
            command.add_argument("--dir", default="", help="the folder")
        if name == "grade":
            command.add_argument("--arch", choices=grade.ARCHS, help="both unless told")
            command.add_argument("--check", default="", help="this check only")
            command.add_argument("--work", help="a file that tools/lab/class has made")
            command.add_argument("--shared", help="where that has put what all grades share")
            command.add_argument("--extra", default="", help="a folder of hidden checks")
            command.add_argument("--seed", default="",
                                 help="a student's name: the same values for the same name")
            for form in report.FORMS:
                command.add_argument(f"--{form}", metavar="FILE", help="write it in this form, too")
    return parser.parse_args()


def main():
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what runs is ended on the way out
    try:
        if is_starter() and asked.run is not grade_work:
            raise manifest.BadInput(OUT_OF_PLACE)
        return asked.run(asked) or 0
    except (manifest.BadInput, manifest.BadManifest) as error:
        print(error, file=sys.stderr)
        return 2
    except workspace.NotGraded as error:
        print(f"not graded, run again: {error}", file=sys.stderr)
        return 3
    except subprocess.CalledProcessError as error:
        print(f"{' '.join(error.cmd)}: {error.stderr.strip()}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
