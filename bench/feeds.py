"""What Python's own XML reader and feedparser, where it is installed, see in feeds: a path a line in, a line of JSON out."""
import calendar
import json
import sys
import time
import xml.etree.ElementTree as ElementTree

try:
    import feedparser
except ImportError:
    feedparser = None


def local(name):
    return name.rpartition('}')[2].lower()


def whole(data):
    """The number of items of a feed without a fault, else None."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError):
        return None
    if local(root.tag) not in ('rss', 'rdf', 'feed'):
        return None
    holders = [root, *(each for each in root if local(each.tag) == 'channel')]
    return sum(local(each.tag) in ('item', 'entry') for holder in holders for each in holder)


def iso(parsed):
    return None if parsed is None else time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(calendar.timegm(parsed)))


def read(data):
    started = time.process_time()
    entries = feedparser.parse(data).entries
    spent = (time.process_time() - started) * 1000
    first = [
        {
            'title': entry.get('title'),
            'url': entry.get('link'),
            'date': iso(entry.get('published_parsed') or entry.get('updated_parsed')),
        }
        for entry in entries[:3]
    ]
    return {'count': len(entries), 'first': first, 'ms': spent}


for line in sys.stdin:
    with open(line.rstrip('\n'), 'rb') as file:
        data = file.read()
    try:
        seen = None if feedparser is None else read(data)
    except Exception:
        seen = {'count': 0, 'first': [], 'ms': 0}
    print(json.dumps({'items': whole(data), 'feedparser': seen}), flush=True)
