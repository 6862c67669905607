import { parseHtml } from '../../src/core/html/html.ts'
import { type MarkdownBody, writeBody } from '../../src/core/markdown/index.ts'
import { readBody } from '../../src/core/markdown/read-body.ts'
import type { StoryBody } from '../../src/core/model.ts'

/** The elements of a body, made again of its HTML. */
export function elementOf(html: string | StoryBody | undefined): HTMLElement {
  return parseHtml(`<!DOCTYPE html><body>${typeof html === 'string' ? html : (html?.html ?? '')}`).body
}

/** An element written as a story's body is. */
export function written(body: Element, base: string | null): MarkdownBody {
  return writeBody(readBody(body, base).blocks)
}
