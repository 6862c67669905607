import { expect, test } from 'vitest'
import { readAddresses } from '../../src/commands/addresses.ts'
import { testIo } from '../support/io.ts'

const URLS = [1, 2, 3].map((n) => `https://www.zaobao.com.sg/realtime/china/story20260405-910000${n}`)

test('a line of a list may say something after its address', async () => {
  const list = `# April\n\n${URLS[0]} # the bridge\n  ${URLS[1]}\t第二条\r\n${URLS[2]}\n`
  const io = {
    ...testIo('/'),
    async *stdin() {
      yield Buffer.from(list)
    },
  }
  expect([...(await readAddresses(['-'], null, io))]).toEqual(URLS)
})
