"""Prints what a ZIP file on standard input holds, in its order, as JSON: names, how each is kept, texts (bytes as Latin-1)."""

import io
import json
import re
import sys
import zipfile

with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as file:
    assert file.testzip() is None
    files = [
        {
            "name": one.filename,
            "stored": one.compress_type == zipfile.ZIP_STORED,
            "time": list(one.date_time),
            "extra": len(one.extra),
            "content": file.read(one).decode("latin-1" if re.search(r"\.(png|jpg|gif|webp)$", one.filename) else "utf-8"),
        }
        for one in file.infolist()
    ]
json.dump(files, sys.stdout)
