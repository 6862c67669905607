import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { backfill } from '../../src/commands/backfill.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { openRecorded } from '../../src/edge/http/recorded.ts'
import { configOf, testIo } from '../support/io.ts'
import { folder, storiesIn } from '../support/program.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const URL_OF_SEED = 'https://www.zaobao.com/realtime/china/story20211110-1212150'

test('archive/ holds what the program makes of the seed story, byte for byte', async () => {
  const home = folder()
  try {
    const io = testIo(home.path)
    const config = { ...(await configOf({ archive: join(home.path, 'archive') }, home.path)), dryRun: false }
    const wanted = { urls: [URL_OF_SEED], file: null, from: null, to: null, order: 'newest' as const }
    expect(await backfill(config, wanted, io, () => openRecorded(join(root, 'fixtures/seed')))).toBe(0)
    expect(storiesIn(join(home.path, 'archive'))).toEqual(storiesIn(join(root, 'archive')))
  } finally {
    home.remove()
  }
})

test('its body is seven paragraphs, nothing of advertisements and promotion', () => {
  expect(readdirSync(join(root, 'archive'))).toEqual(['2021-11-10'])
  const text = [...storiesIn(join(root, 'archive')).values()][0] ?? ''
  const body = text.slice(text.indexOf('------\n') + 8)
  const paragraphs = body.trimEnd().split('\n\n')
  expect(paragraphs).toHaveLength(7)
  expect(paragraphs[0]).toMatch(/^一位驻香港的/)
  expect(paragraphs[6]).toMatch(/“小通关”。$/)
  expect(text).not.toMatch(/imu|dfp|innity|subscribe|\n\n\n/)
  const html = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')
  expect(`${toMarkdown(html)}\n`).toBe(body)
})
