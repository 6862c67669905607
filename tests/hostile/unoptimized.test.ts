import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const LIBRARY = new URL('../../dist/index.js', import.meta.url).href

/** Runs what is more than V8's stack for regular expressions holds where each character of it is remembered. */
const SCRIPT = `
  const { parseFeed, toMarkdown } = await import(${JSON.stringify(LIBRARY)})
  const said = async (read) => { try { return typeof (await read()) } catch (error) { return error.name } }
  console.log(JSON.stringify([
    await said(() => parseFeed(' '.repeat(1e7))),
    await said(() => parseFeed(new Uint8Array(1e7))),
    ...(await Promise.all([...'*_-'].map((mark) => said(() => toMarkdown(mark.repeat(3e6)))))),
  ]))`

test('a run that has compiled so many expressions that V8 optimizes no more of them reads what is long as any other', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--no-regexp-optimization', '--input-type=module', '--eval', SCRIPT],
  ])
  expect(JSON.parse(stdout)).toEqual(['FeedError', 'FeedError', 'string', 'string', 'string'])
})
