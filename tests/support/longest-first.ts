import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, in order, by processor and by waiting: begun last, one of them would be waited for alone. */
const LONG = [
  ...['reader/browser', 'reader/site', 'e2e/week', 'markdown/bounds', 'readme/readme', 'package/package'],
  ...['reader/site-browser', 'archive/kill-fetch', 'conformance/builders', 'hostile/inputs', 'archive/kill-media'],
  ...['hostile/pages', 'search/catalogue', 'feed/bite', 'archive/kill-warc', 'e2e/turns', 'conformance/main-job'],
  ...['publish/book', 'core/document-size', 'archive/kill', 'archive/verify', 'archive/kill-mend', 'archive/kill-site'],
  ...['e2e/vanished', 'e2e/probe', 'markdown/live', 'archive/faults', 'http/bodies', 'cli/streams', 'cli/progress'],
  ...['http/chaos', 'archive/worker-pool', 'e2e/month', 'hostile/documents', 'core/newsroom-gaps', 'archive/record'],
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
