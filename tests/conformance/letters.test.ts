import MarkdownIt from 'markdown-it'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import { markdownOf } from '../../src/pipeline/records/record.ts'
import { hasShared, listShared, readShared } from './shared.ts'

if (!hasShared) process.stderr.write('the shared samples are not here: no letter of theirs is counted\n')

interface Node {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

/** Both are read by other parsers than those of the program. */
const tree = unified().use(rehypeParse, { fragment: true })
const renderer = new MarkdownIt({ html: true })

const UNSEEN = new Set('script style template noscript svg textarea select iframe video audio title head'.split(' '))

/** What a reader sees of a page, letters and digits alone. */
function lettersOf(html: string): string {
  const parts: string[] = []
  const visit = (node: Node): void => {
    if (node.type === 'text') parts.push(node.value ?? '')
    else if (!UNSEEN.has(node.tagName ?? '')) for (const child of node.children ?? []) visit(child)
  }
  visit(tree.parse(html))
  return parts
    .join('')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The paragraphs of a page that hold no other block and are seen. */
function paragraphsOf(html: string): string[] {
  const found: string[] = []
  const visit = (node: Node): void => {
    if (UNSEEN.has(node.tagName ?? '') || node.properties?.['hidden'] !== undefined) return
    if (node.tagName === 'p') found.push(textIn(node))
    else for (const child of node.children ?? []) visit(child)
  }
  const textIn = (node: Node): string => {
    if (node.type === 'text') return node.value ?? ''
    return UNSEEN.has(node.tagName ?? '') ? '' : (node.children ?? []).map(textIn).join('')
  }
  visit(tree.parse(html))
  return found.map((text) => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '')).filter((text) => text !== '')
}

const FOLDERS = ['data/posts', 'data/posts-others', 'data/archives']

function files(folder: string): string[] {
  return listShared(folder).flatMap((name) => {
    if (name.endsWith('.md')) return [`${folder}/${name}`]
    return /\.\w+$/.test(name) ? [] : files(`${folder}/${name}`)
  })
}

describe.runIf(hasShared)('no visible letter of a paragraph is lost', () => {
  test.each(FOLDERS)('of %s', (folder) => {
    let compared = 0
    for (const path of files(folder)) {
      const post = readShared(path)
      const html = /^<div>\n(.*)\n<\/div>\n*$/ms.exec(post)?.[1]
      const url = /^from: (\S+)$/m.exec(post)?.[1]
      if (html === undefined || url === undefined) continue
      const back = lettersOf(renderer.render(markdownOf(html, url)))
      let at = 0
      for (const paragraph of paragraphsOf(html)) {
        const found = back.indexOf(paragraph, at)
        expect([path, paragraph, found >= 0]).toEqual([path, paragraph, true])
        at = found
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(5)
  })
})
