import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, in order, by processor and by waiting: begun last, one of them would be waited for alone. */
const LONG = [
  ...['reader/browser', 'e2e/week', 'markdown/bounds', 'reader/site', 'package/package', 'readme/readme'],
  ...['reader/site-browser', 'conformance/builders', 'archive/kill-fetch', 'hostile/inputs', 'hostile/pages'],
  ...['core/document-size', 'feed/bite', 'archive/kill-media', 'e2e/lost', 'e2e/probe', 'e2e/turns'],
  ...['conformance/main-job', 'e2e/vanished', 'reader/long-day', 'archive/kill-warc', 'publish/book', 'archive/kill'],
  ...['archive/kill-site', 'archive/verify', 'archive/kill-mend', 'conformance/other-posts', 'search/catalogue'],
  ...['sites/unknown', 'sites/variations', 'sites/around', 'markdown/live', 'archive/faults', 'http/bodies'],
  ...['cli/streams', 'cli/progress', 'http/chaos', 'archive/worker-pool', 'e2e/month', 'hostile/documents'],
  ...['core/newsroom-gaps', 'archive/record'],
]

const rankOf = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`))
  return at === -1 ? LONG.length : at
}

const nameOf = ({ project, moduleId }: TestSpecification): string => `${project.name} ${moduleId}`

/** Begins with the longest files; of the others, those of one project stay together. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || (nameOf(a) < nameOf(b) ? -1 : 1))
  }
}
