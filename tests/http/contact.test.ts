import { expect, test } from 'vitest'
import { httpOptions } from '../../src/pipeline/client.ts'
import { createReporter } from '../../src/pipeline/report.ts'
import { configOf, testIo } from '../support/io.ts'
import { memory } from '../support/http.ts'

test.each([
  ['https://me:secret@example.org/about?key=secret', 'https://example.org/about?key=***'],
  ['Me (https://me:secret@example.org/)', 'Me (https://example.org/)'],
  ['https://example.org me@post.example', 'https://example.org me@post.example'],
  ['https://example.org, me@post.example', 'https://example.org, me@post.example'],
  ['me@example.org', 'me@example.org'],
  ['mailto:me@example.org', 'mailto:me@example.org'],
])('the contact %s is told to sites as %s', async (contact, told) => {
  const config = await configOf({ contact }, '/')
  const io = testIo('/')
  const { userAgent } = httpOptions(config, io, [], createReporter(config, io), memory())
  expect(userAgent.endsWith(` (+${told})`)).toBe(true)
})
