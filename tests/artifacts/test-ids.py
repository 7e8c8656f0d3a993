"""Names and ids of generic tests as dbt makes them, computed by Python itself: its str, its repr, its hashlib.

Reads tests as JSON from stdin, [{"test", "namespace", "source", "target", "reference", "kwargs"}], and prints [[name, id hash], …].
"""

import hashlib
import json
import re
import sys


def as_text(value):
    """Keys sorted at every level, every scalar as Python's str gives it."""
    if isinstance(value, dict):
        return {key: as_text(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return str(value)


def name_of(test):
    flat = []
    for key in sorted(test["kwargs"]):
        value = test["kwargs"][key]
        if isinstance(value, dict):
            parts = list(value.values())
        elif isinstance(value, list):
            parts = value
        else:
            parts = [value]
        flat.extend([str(part) for part in parts])
    clean = "__".join(re.sub("[^0-9a-zA-Z_]+", "_", part) for part in flat)
    kind = "_".join(part for part in [test["namespace"], test["test"]] if part)
    start = f"source_{kind}" if test["source"] else kind
    return f"{start}_{test['target']}_{clean}"


def id_of(test):
    name = name_of(test)
    kwargs = dict(test["kwargs"])
    kwargs["model"] = "{{ get_where_subquery(" + test["reference"] + ") }}"
    metadata = as_text({"kwargs": kwargs, "name": test["test"], "namespace": test["namespace"]})
    return [name, hashlib.md5((name + str(metadata)).encode("utf-8")).hexdigest()[-10:]]


print(json.dumps([id_of(test) for test in json.load(sys.stdin)]))
