"""Reads WARC files by Python's standard library alone and says what is wrong with them, and what `gzip -t` says of them.

A line of input is a JSON list of paths, a line of output their records as JSON. Each gzip member must hold one record, whole; lengths, digests, dates and ids must be right, the first record of a file a
warcinfo, and the HTTP in a record true to itself.
"""

import base64
import hashlib
import http.client
import io
import json
import re
import subprocess
import sys
import zlib

TYPES = {"warcinfo", "request", "response", "revisit"}
SECRET = re.compile(r"^(authorization|cookie|set-cookie|proxy-.*)$", re.I)


def members(data):
    while data:
        inflater = zlib.decompressobj(31)
        plain = inflater.decompress(data) + inflater.flush()
        if not inflater.eof:
            raise ValueError("a member is cut")
        yield plain
        data = inflater.unused_data


def fields(lines):
    pairs = [line.split(": ", 1) for line in lines]
    names = [name.lower() for name, _ in pairs]
    return {name.lower(): value for name, value in pairs}, names


def digest(algorithm, data):
    return algorithm + ":" + base64.b32encode(hashlib.new(algorithm, data).digest()).decode()


class Wire:
    def __init__(self, data):
        self.data = data

    def makefile(self, _mode):
        return io.BytesIO(self.data)


def check(plain, first):
    wrong = []
    head, _, rest = plain.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8").split("\r\n")
    values, names = fields(lines)
    if version != "WARC/1.1":
        wrong.append("version " + version)
    if len(set(names)) != len(names):
        wrong.append("a field stands twice")
    for name in ("warc-type", "warc-record-id", "warc-date", "content-length"):
        if name not in values:
            wrong.append("no " + name)
    if not re.fullmatch(r"<urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>", values.get("warc-record-id", "")):
        wrong.append("id")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", values.get("warc-date", "")):
        wrong.append("date")
    length = int(values["content-length"])
    block = rest[:length]
    if rest[length:] != b"\r\n\r\n":
        wrong.append("length")
    kind = values["warc-type"]
    if kind not in TYPES or (kind == "warcinfo") != first:
        wrong.append("type " + kind)
    if values.get("warc-block-digest") != digest("sha1", block):
        wrong.append("block digest")
    record = {"type": kind, "id": values["warc-record-id"], "date": values["warc-date"]}
    record.update({name: values.get("warc-" + name) for name in ("target-uri", "concurrent-to", "profile", "truncated")})
    if kind in ("response", "revisit", "request"):
        http_head, _, body = block.partition(b"\r\n\r\n")
        start, *lines = http_head.decode("latin-1").split("\r\n")
        record["start"] = start
        record["headers"] = [line.split(": ", 1) for line in lines]
        wrong += ["secret " + name for name, _ in record["headers"] if SECRET.match(name)]
    if kind == "response":
        if values.get("warc-payload-digest") != digest("sha1", body):
            wrong.append("payload digest")
        answer = http.client.HTTPResponse(Wire(block))
        answer.begin()
        if answer.read() != body:
            wrong.append("its HTTP says another body")
        record["bytes"] = len(body)
    if kind == "revisit" and body:
        wrong.append("a body in a revisit")
    return record, wrong


def checked(paths):
    if paths:
        subprocess.run(["gzip", "-t", *paths], check=True)
    result = []
    for path in paths:
        records, wrong = [], []
        with open(path, "rb") as file:
            data = file.read()
        try:
            for plain in members(data):
                record, faults = check(plain, not records)
                records.append(record)
                wrong += ["record %d: %s" % (len(records), fault) for fault in faults]
        except (ValueError, zlib.error) as error:
            wrong.append(str(error))
        ids = [record["id"] for record in records]
        if len(set(ids)) != len(ids):
            wrong.append("an id stands twice")
        for record in records:
            if record["type"] == "request" and record["concurrent-to"] not in ids:
                wrong.append("a request without its answer")
        result.append({"path": path, "records": records, "wrong": wrong})
    return result


for line in sys.stdin:
    print(json.dumps(checked(json.loads(line))), flush=True)
