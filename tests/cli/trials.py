"""Small files for the commands that judge numbers, and a way to ask them."""

import json

from openbalint import cli

PEOPLE = """id,group,ee_pre,ee_post,sex
1,b,3,2,f
2,a,2,2.5,m
3,b,2.5,1,f
4,a,4,3,f
5,b,3.5,2.5,m
6,a,3,,m
7,b,2.5,2.5,
8,a,1,1.5,f
9,c,2,3,m
10,c,3,3.5,f
11,c,,2,f
"""
OPTIONS = ("--id", "id", "--arm", "group", "--outcome", "ee=ee_pre:ee_post")


def written(path, text=PEOPLE, encoding="utf-8"):
    """A file with this text."""
    path.write_bytes(text.encode(encoding))
    return path


def analyze(path, *words):
    """The exit status of `analyze` on such a file."""
    return cli.main(["analyze", str(path), *OPTIONS, *words])


def answer(path, capsys, *words):
    """What `analyze` answers, as JSON."""
    assert analyze(path, "--format", "json", *words) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys):
    """The lines on stderr; nothing was answered."""
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()
