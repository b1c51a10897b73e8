# SPDX-License-Identifier: MIT
"""A grade in words, and in the forms that other programs read."""

import base64
import json
import textwrap
import xml.etree.ElementTree as xml
from dataclasses import asdict


def versions(grade):
    handed_in = f", begun with version {grade.starter}" if grade.starter else ""
    return f"lab {grade.lab}, {grade.title}: version {grade.version}{handed_in}"


def reason(result):
    """What a student can act on. Empty when all points are there."""
    if not result.came:
        return ""
    lines = [f"asked: {result.asked}", *(f"came:  {text}" for text in result.came),
             f"look:  {result.look}", f"again: {result.command}"]
    return "\n".join(lines)


def wrapped(head, text):
    """A row of columns whose last one is a text, in lines of 100 columns."""
    return textwrap.fill(text, 100, initial_indent=head, subsequent_indent=" " * len(head),
                         break_long_words=False, break_on_hyphens=False)


def as_text(grade):
    text = [f"L{versions(grade)[1:]} ({', '.join(grade.archs)})"]
    for result in grade.results:
        text.append(wrapped(f"{result.points:4}/{result.of:<4} {result.name:10} ", result.asked))
        text += [wrapped(f"{'':10}{line[:7]}", line[7:]) for line in
                 reason(result).splitlines()[1:]]
    text.append(f"{grade.points:4}/{grade.of:<4} in all")
    if grade.feedback:
        text.append("These are the examples in this tree. The grader has tests of its own.")
    return "\n".join(text) + "\n"


def as_json(grade):
    return json.dumps({**asdict(grade), "points": grade.points, "of": grade.of}, indent=2) + "\n"


def as_junit(grade):
    suite = xml.Element("testsuite", name=versions(grade), tests=str(len(grade.results)),
                        errors="0",
                        failures=str(sum(bool(result.came) for result in grade.results)))
    for result in grade.results:
        case = xml.SubElement(suite, "testcase", classname=f"lab{grade.lab}", name=result.name)
        if result.came:
            xml.SubElement(case, "failure", message=result.came[0]).text = reason(result)
    return xml.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def as_gradescope(grade):
    """results.json of a Gradescope autograder."""
    tests = [{"name": result.name, "score": result.points, "max_score": result.of,
              "status": "failed" if result.came else "passed",
              "output": reason(result) or result.asked} for result in grade.results]
    return json.dumps({"score": grade.points, "output": versions(grade), "visibility": "visible",
                       "tests": tests}, indent=2) + "\n"


def as_classroom(grade):
    """The result that a runner hands to GitHub Classroom's reporter: JSON in base64."""
    tests = [{"name": result.name, "status": "fail" if result.came else "pass",
              "score": result.points, "message": reason(result), "line_no": 0, "filename": ""}
             for result in grade.results]
    result = {"version": 1, "status": "pass" if grade.points == grade.of else "fail",
              "max_score": grade.of, "tests": tests}
    return base64.b64encode(json.dumps(result).encode()).decode() + "\n"


FORMS = {"json": as_json, "junit": as_junit, "gradescope": as_gradescope,
         "classroom": as_classroom}
