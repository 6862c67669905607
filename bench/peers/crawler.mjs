// Crawlee doing what it does of the same work: the feed, every page, title and paragraphs into its data set.
import { CheerioCrawler, Configuration, log } from 'crawlee'

log.setLevel(log.LEVELS.ERROR)
const [feed, storageDir] = process.argv.slice(2)
const configuration = new Configuration({
  storageClientOptions: { localDataDirectory: storageDir },
  purgeOnStart: true,
})
const crawler = new CheerioCrawler(
  {
    maxConcurrency: 4,
    additionalMimeTypes: ['application/xml'],
    async requestHandler({ request, $, addRequests, pushData }) {
      if (request.url === feed) {
        const text = $.root().html() ?? ''
        await addRequests([...text.matchAll(/http:[^<\s]*story\d+-\d+(?=<\/link>|\s*<guid)/g)].map(([url]) => url))
      } else await pushData({ url: request.url, title: $('h1').text(), text: $('p').text() })
    },
  },
  configuration,
)
await crawler.run([feed])
process.stdout.write(`${crawler.stats.state.requestsFinished}\n`)
