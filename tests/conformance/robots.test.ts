import { existsSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { allowed, parseRobots } from '../../src/core/web/robots.ts'

interface Case {
  test: string
  robots: string
  agent: string
  url: string
  allowed: boolean
}

const configured = process.env['ZAOBAO_SHARED']
const shared = configured === undefined ? new URL('../../../shared/', import.meta.url) : pathToFileURL(`${configured}/`)
const file = new URL('data/robots/google-robotstxt-cases.json', shared)

describe("Google's published robots.txt cases", () => {
  if (!existsSync(file)) {
    test('are not on this machine: nothing to compare with', () => {
      expect(existsSync(file)).toBe(false)
    })
    return
  }
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[]

  test('are all there', () => {
    expect(cases).toHaveLength(142)
  })

  test.each(cases.map((each, index) => ({ ...each, index })))('$index $test $agent $url', (each) => {
    expect(allowed(parseRobots(each.robots), each.agent, each.url)).toBe(each.allowed)
  })
})
