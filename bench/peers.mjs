/** Programs that do the same work, or part of it: how each is set up and started. What is not installed is said in one line. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

function isCommand(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
}

function fresh(folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/**
 * Every peer: what it does of the work, what it needs, `prepare` a folder of its own as before a first run, and `argv`. Node's
 * peers need `npm ci` in bench/, the others Debian's packages of their names.
 */
export function peersFor(feed, folder) {
  const at = (name) => join(folder, name)
  return {
    'twenty-line script': {
      does: 'feed and pages; no main text, no safety',
      present: () => true,
      prepare: () => rmSync(at('script'), { recursive: true, force: true }),
      argv: [process.execPath, here('peers/script.mjs'), feed, at('script')],
    },
    Crawlee: {
      does: 'feed and pages; text of paragraphs as JSON',
      present: () => existsSync(here('node_modules/crawlee')),
      prepare: () => fresh(at('crawlee')),
      argv: [process.execPath, here('peers/crawler.mjs'), feed, at('crawlee')],
    },
    Scrapy: {
      does: 'feed and pages; text of paragraphs as JSON',
      present: () => isCommand('scrapy'),
      prepare: () => fresh(at('scrapy')),
      argv: ['scrapy', 'runspider', here('peers/spider.py')],
      env: { FEED: feed, OUT: at('scrapy/stories.jsonl') },
      cwd: folder,
    },
    feed2exec: {
      does: 'feed alone, to a maildir',
      present: () => isCommand('feed2exec'),
      prepare() {
        fresh(at('feed2exec'))
        writeFileSync(
          at('feed2exec/feed2exec.ini'),
          `[zaobao]\nurl = ${feed}\noutput = feed2exec.plugins.maildir\nmailbox = ${at('feed2exec/mail')}\n`,
        )
      },
      argv: ['feed2exec', '--config', at('feed2exec/feed2exec.ini'), '--database', at('feed2exec/feeds.db'), 'fetch'],
      env: { HOME: folder, LC_ALL: 'C.UTF-8' },
    },
    rss2email: {
      does: 'feed alone, to a maildir',
      present: () => isCommand('r2e'),
      prepare() {
        fresh(at('r2e'))
        writeFileSync(
          at('r2e/config'),
          `[DEFAULT]\nto = reader@example.org\nemail-protocol = maildir\nmaildir-path = ${at('r2e/mail')}\nmaildir-mailbox = inbox\n[feed.zaobao]\nurl = ${feed}\n`,
        )
        for (const name of ['cur', 'new', 'tmp']) mkdirSync(at(`r2e/mail/inbox/${name}`), { recursive: true })
      },
      argv: ['r2e', '-c', at('r2e/config'), '-d', at('r2e/data.json'), 'run'],
      env: { HOME: folder, LC_ALL: 'C.UTF-8' },
    },
    sfeed: {
      does: 'feed alone, to one text file',
      present: () => isCommand('sfeed') && isCommand('curl'),
      prepare: () => fresh(at('sfeed')),
      argv: ['sh', '-c', `curl -s '${feed}' | sfeed > '${at('sfeed/feed')}'`],
    },
    newsboat: {
      does: 'feed alone, to SQLite',
      present: () => isCommand('newsboat'),
      prepare() {
        fresh(at('newsboat'))
        writeFileSync(at('newsboat/urls'), `${feed}\n`)
        writeFileSync(at('newsboat/config'), '')
      },
      argv: [
        'newsboat',
        '-u',
        at('newsboat/urls'),
        '-C',
        at('newsboat/config'),
        '-c',
        at('newsboat/cache.db'),
        '-x',
        'reload',
      ],
      env: { HOME: folder, LC_ALL: 'C.UTF-8' },
    },
  }
}
