"""Says what is wrong with feeds, by RFC 4287 and jsonfeed.org's version 1.1 as the W3C's validator and others read them.

Reads a JSON list of documents and prints, for each, a list of faults; with feedparser, where it is installed, what that finds.
"""

import json
import re
import sys
import xml.etree.ElementTree as tree
from datetime import datetime
from html.parser import HTMLParser

A = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
URI = re.compile(r"^[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$")
LANG = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
HOSTILE = re.compile(r"<(script|style|iframe|object|embed|form|input|base|meta|link|svg)\b|\son\w+\s*=\s*[\"']|javascript:", re.I)

MEDIA_TYPE = re.compile(r"^[a-z]+/[a-z0-9.+-]+$")
ADDRESS = re.compile(r"^(https?://[^\s/]|mailto:)")
VOID = {"br", "hr", "img", "col", "wbr", "source", "track"}

ENTRY = {"title": 1, "link": None, "id": 1, "published": (0, 1), "updated": 1, "author": None, "category": None, "content": 1}
FEED = {"title": 1, "id": 1, "updated": 1, "link": None, "entry": None}


class Html(HTMLParser):
    """What is wrong with a piece of HTML that stands in a feed: elements that do not end, addresses that only a page's own place makes whole."""

    def __init__(self, text):
        super().__init__()
        self.open, self.faults = [], []
        self.feed(text)
        self.close()
        self.faults += [f"<{name}> does not end" for name in self.open]

    def handle_starttag(self, tag, attrs):
        self.faults += [f"{name}={value}" for name, value in attrs if name in ("href", "src", "cite", "poster") and not ADDRESS.match(value or "")]
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if self.open[-1:] != [tag]:
            self.faults.append(f"</{tag}> ends {self.open[-1:]}")
        else:
            self.open.pop()


def is_time(text):
    """A time of RFC 3339 that the calendar has."""
    if not RFC3339.match(text or ""):
        return False
    datetime.fromisoformat(text.replace("Z", "+00:00"))
    return True


def atom(text):
    faults = []
    feed = tree.fromstring(text.encode("utf-8"))

    def say(ok, fault):
        if not ok:
            faults.append(fault)

    def count(element, allowed, where):
        names = [child.tag for child in element]
        for name, times in allowed.items():
            seen = names.count(A + name)
            if times is not None:
                least, most = times if isinstance(times, tuple) else (times, times)
                say(least <= seen <= most, f"{where}: {seen} {name}")
        say(all(name.replace(A, "") in allowed for name in names), f"{where}: {names}")

    def value(element, name):
        found = element.find(A + name)
        return None if found is None else found.text or ""

    say(feed.tag == A + "feed", f"root {feed.tag}")
    count(feed, FEED, "feed")
    names = [child.tag for child in feed]
    if A + "entry" in names:
        say(all(name == A + "entry" for name in names[names.index(A + "entry"):]), "metadata behind entries")
    for element in feed.iter():
        for name in ("updated", "published"):
            if element.tag == A + name:
                say(is_time(element.text), f"time {element.text}")
        if element.tag == A + "id":
            say(URI.match(element.text or ""), f"id {element.text}")
        if element.tag == A + "link":
            say(URI.match(element.get("href", "")) and element.get("rel") in ("self", "alternate"), f"link {element.attrib}")
            say(MEDIA_TYPE.match(element.get("type", "")), f"link of type {element.get('type')}")
        if element.tag == A + "category":
            say(element.get("term", "") != "", "category without term")
        if element.tag == A + "title":
            say(element.get("type") == "text" and len(element) == 0, "title is no text")
        say(element.tag.startswith(A), f"element {element.tag}")
        lang = element.get(XML_LANG)
        say(lang is None or LANG.match(lang), f"lang {lang}")
        for part in [element.text or "", *element.attrib.values()]:
            say(not CONTROL.search(part), f"control in {element.tag}")
    say([link.get("rel") for link in feed.findall(A + "link")] in ([], ["self"]), "links of the feed")
    entries = feed.findall(A + "entry")
    ids = [value(entry, "id") for entry in entries]
    say(len(set(ids)) == len(ids), "an id twice")
    for entry in entries:
        count(entry, ENTRY, "entry")
        say(value(entry, "title").strip() != "", "title is blank")
        say(len([link for link in entry.findall(A + "link") if link.get("rel") == "alternate"]) == 1, "alternate links")
        authors = [author.find(A + "name") for author in entry.findall(A + "author")]
        say(authors and all(name is not None and (name.text or "").strip() for name in authors), "author without name")
        content = entry.find(A + "content")
        say(content.get("type") == "html" and len(content) == 0, "content is no text")
        say(not HOSTILE.search(content.text or ""), f"hostile: {content.text}")
        faults.extend(Html(content.text or "").faults)
        say((value(entry, "published") or value(entry, "updated")) <= value(entry, "updated"), "updated before published")
        say(value(entry, "updated") <= value(feed, "updated"), "feed older than its entry")
    published = [value(entry, "published") or value(entry, "updated") for entry in entries]
    say(published == sorted(published, reverse=True), "not the newest first")
    return faults


def json_feed(text):
    faults = []
    feed = json.loads(text)

    def say(ok, fault):
        if not ok:
            faults.append(fault)

    say(feed["version"] == "https://jsonfeed.org/version/1.1", "version")
    say(isinstance(feed["title"], str) and feed["title"] != "", "title")
    say(set(feed) <= {"version", "title", "feed_url", "items"}, f"fields {list(feed)}")
    say("feed_url" not in feed or URI.match(feed["feed_url"]), "feed_url")
    fields = {"id", "url", "title", "content_html", "image", "date_published", "date_modified", "authors", "tags", "language"}
    ids = [item["id"] for item in feed["items"]]
    say(len(set(ids)) == len(ids), "an id twice")
    for item in feed["items"]:
        say(set(item) <= fields, f"fields {list(item)}")
        say(all(URI.match(item[name]) for name in ("id", "url", "image") if name in item), f"address {item['id']}")
        say(all(is_time(item[name]) for name in ("date_published", "date_modified") if name in item), "time")
        say(item["authors"] and all(set(author) == {"name"} and author["name"] for author in item["authors"]), "authors")
        say(all(isinstance(tag, str) and tag for tag in item["tags"]), "tags")
        say(isinstance(item["content_html"], str) and not HOSTILE.search(item["content_html"]), "content")
        faults.extend(Html(item["content_html"]).faults)
        say(len(set(item["tags"])) == len(item["tags"]), "a tag twice")
        say(all(isinstance(item[name], str) and item[name] for name in ("id", "url", "title")), "id, url, title")
        say(LANG.match(item.get("language", "zh")), "language")
        say(not CONTROL.search(json.dumps(item, ensure_ascii=False).replace("\\n", "")), "control")
    published = [item.get("date_published", item["date_modified"]) for item in feed["items"]]
    say(published == sorted(published, reverse=True), "not the newest first")
    return faults


def check(text):
    try:
        return json_feed(text) if text.startswith("{") else atom(text)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def parsed(text):
    import feedparser

    feed = feedparser.parse(text.encode("utf-8"), sanitize_html=False, resolve_relative_uris=False)
    keys = ("id", "link", "title", "published", "updated")
    entries = [{**{key: entry.get(key) for key in keys}, "html": entry.content[0].value} for entry in feed.entries]
    return {"bozo": bool(feed.bozo), "version": feed.version, "entries": entries}


documents = json.load(sys.stdin)
json.dump([(parsed if "--feedparser" in sys.argv else check)(text) for text in documents], sys.stdout)
