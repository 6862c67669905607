"""Scrapy doing what it does of the same work: the feed, every page, title and paragraphs as JSON lines."""
import os

import scrapy


class Stories(scrapy.Spider):
    name = "stories"
    start_urls = [os.environ["FEED"]]
    custom_settings = {
        "ROBOTSTXT_OBEY": False,
        "LOG_LEVEL": "ERROR",
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
        "TELNETCONSOLE_ENABLED": False,
        "FEEDS": {os.environ["OUT"]: {"format": "jsonlines", "overwrite": True}},
    }

    def parse(self, response):
        for link in response.xpath("//item/link/text()").getall():
            yield scrapy.Request(link, callback=self.parse_story)

    def parse_story(self, response):
        yield {
            "url": response.url,
            "title": response.css("h1::text").get(),
            "text": "\n\n".join(response.css("p::text").getall()),
        }
