import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, in order: begun last, one of them would be waited for alone. */
const LONG = [
  ...[
    'e2e/week',
    'markdown/bounds',
    'readme/readme',
    'package/package',
    'hostile/pages',
    'cli/streams',
    'archive/kill',
  ],
  ...['archive/kill-fetch', 'archive/kill-mend', 'archive/faults', 'hostile/inputs', 'cli/progress', 'http/chaos'],
  ...['markdown/properties', 'e2e/month', 'feed/bite', 'hostile/documents', 'sites/unknown', 'hostile/manners'],
  ...['e2e/probe', 'core/document-size', 'archive/kill-backfill', 'core/newsroom-gaps', 'archive/record'],
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
