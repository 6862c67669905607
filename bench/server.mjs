/**
 * A small Zaobao on loopback, in a process of its own: `node server.mjs STORIES PAGE_BYTES`. Prints its origin. `/feed.xml`
 * has the newest 50 stories with an ETag; `/requests` tells what was asked since it was last asked that, and forgets it.
 */
import { createServer } from 'node:http'
import { loadMakers, padded, story } from './pages.mjs'

const [count, pageBytes] = process.argv.slice(2).map(Number)
const { PAGES, rsshubFeed } = await loadMakers()
const generations = Object.keys(PAGES)
const requests = []
let feed = ''
const bodies = new Map()

function pageOf(path) {
  const number = Number(/-(\d+)$/.exec(path)?.[1]) - 1_000_000
  if (!(number >= 0 && number < count)) return null
  const make = PAGES[generations[number % generations.length]]
  return padded(make(story(number, `http://127.0.0.1:${server.address().port}`)), pageBytes)
}

const server = createServer((request, response) => {
  if (request.url === '/requests') {
    response.end(JSON.stringify(requests.splice(0)))
    return
  }
  requests.push(request.url)
  if (request.url === '/feed.xml') {
    if (request.headers['if-none-match'] === '"one"') response.writeHead(304, { etag: '"one"' }).end()
    else response.writeHead(200, { 'content-type': 'application/xml', etag: '"one"' }).end(feed)
    return
  }
  let body = bodies.get(request.url)
  if (body === undefined) {
    const page = pageOf(request.url)
    body = page === null ? null : Buffer.from(page)
    if (count <= 1000) bodies.set(request.url, body)
  }
  if (body === null) response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length }).end(body)
})
server.listen(0, '127.0.0.1', () => {
  const origin = `http://127.0.0.1:${server.address().port}`
  feed = rsshubFeed(Array.from({ length: Math.min(50, count) }, (_, n) => story(count - 1 - n, origin)))
  console.log(origin)
})
