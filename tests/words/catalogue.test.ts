import { expect, test } from 'vitest'
import { ZH } from '../../src/words/zh.ts'
import { calleeOf, type Found, isOnLoad, type Node, nodesOf, nodesOfSources, textOf } from './sources.ts'

const FOUND = [...nodesOfSources()]

function isMessage({ node }: Found): boolean {
  return node.type === 'TaggedTemplateExpression' && ['t', 'message'].includes(calleeOf(node))
}

function templateOf({ node }: Found): string {
  return textOf(node['quasi'] as Node) ?? ''
}

/** True for what is said of one thing alone, which Chinese says as of many. */
function isOfOne({ node, parents }: Found): boolean {
  return parents.some(
    (parent, at) =>
      /^plural(?:Of)?$/.test(calleeOf(parent)) && (parent['arguments'] as Node[])[1] === (parents[at + 1] ?? node),
  )
}

const MESSAGES = FOUND.filter(isMessage)
/** Those of src/words itself. */
const OWN = [', ', '; ', '{0}']
const TEMPLATES = new Set([...OWN, ...MESSAGES.filter((found) => !isOfOne(found)).map(templateOf)])

/** What stands behind a number, one word before it at most. */
const COUNTED = /\{(\d+)\} (?:[a-z]+ )?([a-z]{2,}s)\b/g
/** Numbers that are never one: so many letters are the least that is spoken of, so many times the most that is allowed. */
const NEVER_ONE: readonly string[] = [
  'the page has {0} more letters',
  'a script, comment or the like that is never ended hides {0} letters',
  "{0} goes on for {1} letters where a paragraph of the page's text breaks off",
  "{0} has {1} of its {2} sentences that the page's text has not",
  "{0}, which is left out, holds {1} letters of paragraphs as the story's are",
  "the page never ends {0}: {1} letters in it are taken for the story's",
  '{0} paragraphs as before',
  'it redirects more than {0} times',
  'more than {0} bytes',
  'more than {0} stories',
  '{0} files, {1} written, {2} removed',
]

/** The name of a number, also within `figures`. */
function numberIn(node: Node | undefined): string {
  if (node?.type === 'CallExpression') return numberIn((node['arguments'] as Node[])[0])
  return ((node?.['name'] ?? (node?.['property'] as Node | undefined)?.['name']) as string | undefined) ?? ''
}

/** The things that are counted somewhere: what stands in a form for many behind the number that tells it from the one for one. */
function countedThings(): Set<string> {
  const forms = FOUND.filter(({ node }) => /^plural(?:Of)?$/.test(calleeOf(node)))
  const things = forms.flatMap(({ node }) => {
    const [number, , many] = node['arguments'] as Node[]
    if (many?.type !== 'TaggedTemplateExpression') return []
    const quasi = many['quasi'] as Node
    const holes = quasi['expressions'] as Node[]
    return Array.from((textOf(quasi) ?? '').matchAll(COUNTED), ([, at = '', thing = '']) =>
      numberIn(holes[Number(at)]) === numberIn(number) ? thing : '',
    )
  })
  return new Set(things.filter((thing) => thing !== ''))
}

test('what is counted has a form for one, in English', () => {
  const things = countedThings()
  expect(things.size).toBeGreaterThan(20)
  const wrong = MESSAGES.filter(({ node, parents }) => {
    if (parents.some((parent) => /^plural(?:Of)?$/.test(calleeOf(parent)))) return false
    const holes = (node['quasi'] as Node)['expressions'] as Node[]
    const template = textOf(node['quasi'] as Node) ?? ''
    return Array.from(template.matchAll(COUNTED)).some(([, at = '', thing = '']) => {
      const hole = holes[Number(at)]
      const isConstant = hole?.type === 'Literal' || /^[A-Z_]+$/.test(numberIn(hole))
      return things.has(thing) && !isConstant && !NEVER_ONE.includes(template)
    })
  })
  expect(wrong.map((found) => `${found.place}: ${templateOf(found)}`)).toEqual([])
})

const holesOf = (template: string) => (template.match(/\{\d+\}/g) ?? []).toSorted()

test('every message has its Chinese, and no Chinese is of none', () => {
  const chinese = new Set(Object.keys(ZH))
  expect({
    missing: [...TEMPLATES].filter((template) => !chinese.has(template)),
    orphans: [...chinese].filter((template) => !TEMPLATES.has(template)),
  }).toEqual({ missing: [], orphans: [] })
  expect(TEMPLATES.size).toBeGreaterThan(500)
})

test('the Chinese says all that the English says', () => {
  const others = Object.entries(ZH).filter(([english, chinese]) => holesOf(english).join() !== holesOf(chinese).join())
  expect(others).toEqual([])
})

/** Code within the Chinese, which has its own marks. */
const CODE = /\{ "\w+"[^}]*\}|"\w+"|\[[^\]]*\]\([^)]*\)/g
const ODD =
  /\p{sc=Han} ?[,;:!?()]|[,;:!?()] ?\p{sc=Han}|\p{sc=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{sc=Han}|[，。；：、（）“”？] | [，。；：、（）“”？]/u

test('the Chinese has full-width marks, and a blank beside Latin letters and digits', () => {
  // commander writes a blank behind it.
  const others = Object.values(ZH).filter((chinese) => chinese !== '用法:')
  expect(others.filter((chinese) => ODD.test(chinese.replaceAll(CODE, '@')))).toEqual([])
})

test('a message is said when it is said: none when its module is loaded, before the language is known', () => {
  const early = MESSAGES.filter((found) => calleeOf(found.node) === 't' && isOnLoad(found))
  expect(early.map(({ place }) => place)).toEqual([])
})

test('a message that is kept holds no text that was said', () => {
  const said = MESSAGES.filter(
    ({ node, parents }) => calleeOf(node) === 't' && parents.some((parent) => calleeOf(parent) === 'message'),
  )
  expect(said.map(({ place }) => place)).toEqual([])
})

/** Words that stand in sentences, and in no list of tags, classes or codes. */
const OF_SENTENCES =
  /[a-z]{2,}[^]*(?:^|[\s(])(?:the|an|is|are|was|were|it|its|of|to|no|not|be|been|by|for|in|on|and|or|cannot|this|that|at|with|has|have)(?=[\s,;.:)]|$)|(?:^|[\s(])(?:the|an|is|are|was|were|it|its|no|not|cannot|this|that)(?= )[^]*[a-z]{2,}/
/** What is handed to these is said to a person. */
const SAYS =
  /^(?:say|problem|notice|detail|stderr|report|description|addHelpText|makeFault|failed|refused|fault|unread|damaged|passOver|fail|tell|\w*Error)$/

/** What is no message, and why. */
const NO_MESSAGES: Readonly<Record<string, readonly string[]>> = {
  // JSON Schema is data.
  'commands/schema.ts': ['A story, as zaobao-archiver prints it', 'A story that search found'],
  'config/schema.ts': ['The configuration of zaobao-archiver'],
  'core/record/schema.ts': ['*'],
  'core/search/hit-schema.ts': ['*'],
  // Scripts of shells and of schedules, whose own words are messages.
  'core/completion/bash.ts': ['*'],
  'core/completion/zsh.ts': ['*'],
  'core/setup/schedule.ts': ['*'],
  // SQL.
  'edge/catalogue/catalogue.ts': ['*'],
  'edge/catalogue/schema.ts': ['*'],
  'edge/catalogue/sqlite.ts': ["select sqlite_compileoption_used('ENABLE_FTS5') as has"],
  'edge/catalogue/take-over.ts': ['*'],
  // Style, script and policies, which browsers read.
  'core/reader/policy.ts': ['*'],
  'core/reader/script.ts': ['*'],
  'core/reader/style.ts': ['*'],
  // Patterns and names of what pages hold.
  'sites/page/notice.ts': ['*'],
  'sites/zaobao/drupal7.ts': ['2013 to 2019'],
  'sites/zaobao/drupal8.ts': ['2019-10 to 2024-06'],
  'sites/zaobao/global-bootstrap.ts': ['2020-11 to 2025-07'],
  'sites/zaobao/static.ts': ['to 2012'],
  'sites/zaobao/lists/bootstrap-list.ts': ['2020-11 to 2025-07'],
  'sites/zaobao/lists/drupal-lists.ts': ['2013 to 2019', '2019-10 to 2024-06'],
  'core/markdown/check.ts': ['row of {0}'],
  // Keys of tables whose values are messages.
  'edge/catalogue/keep.ts': ['make the folder'],
  'edge/store/files/durable.ts': ['look at', 'make the folder', 'write into'],
  'edge/file-errors.ts': ['look at', 'make the folder', 'write into'],
  'edge/store/files/files.ts': ['look at', 'write into', 'no name in a store: {0}'],
  'core/probe/print.ts': ['not asked', 'story in doubt', 'no time'],
  'core/probe/verdict.ts': ['story in doubt', 'no time'],
  'pipeline/probe/probe.ts': ['not asked'],
  // What a program that calls another in a wrong way is told; reasons that nobody is.
  'core/archive/path.ts': ['no day of an archive: {0}', 'no id of a story: {0}'],
  'core/html/selector.ts': ['no selector: {0}'],
  'edge/archive/journal.ts': ['no path of a story: {0}'],
  'edge/archive/pages.ts': ['no name for a page: {0}', 'no kept page'],
  'edge/http/transport.ts': ['no longer wanted'],
  'main.ts': ['the output ended'],
}

/** Sentences, and what is said, that no other language can say. */
function unsaid(found: readonly Found[]): string[] {
  return found.flatMap(({ node, parents, place }) => {
    const text = textOf(node)
    const parent = parents.at(-1)
    if (text === null || (parent !== undefined && isMessage({ node: parent, parents, place }))) return []
    const known = NO_MESSAGES[place.replace(/:\d+$/, '')] ?? []
    if (known.includes('*') || known.includes(text)) return []
    const words = text.replaceAll(/\{\d+\}/g, '')
    const isSaid = parents.some((one) => /^(?:Call|New)Expression$/.test(one.type) && SAYS.test(calleeOf(one)))
    const isProse = OF_SENTENCES.test(text) || (isSaid && /[a-z]{2,} [a-z]{2,}/.test(words))
    return isProse ? [`${place}: ${text}`] : []
  })
}

test('nothing that is a sentence, or is said, stands outside of a message', () => {
  expect(unsaid(FOUND)).toEqual([])
})

test.each([
  ["const a = 'the page is empty'"],
  ["say('nothing new')"],
  ['run.report.problem(`${name}: story lost`)'],
  ["throw new UsageError('wrong usage')"],
  ["const a = { detail: 'no text' }"],
  ["command.description('print stories')"],
])('a message that is none is seen: %s', (source) => {
  expect(unsaid([...nodesOf('planted.ts', source)])).toHaveLength(1)
})

test.each([
  ['const a = t`no text`'],
  ['const a = () => message`${message`the page`} is empty`'],
  ["find('img picture source')"],
])('what is none is not taken for one: %s', (source) => {
  expect(unsaid([...nodesOf('planted.ts', source)])).toEqual([])
})

/** The rooms from the ground up: each has its Chinese in a file of `words/zh`. What is said in no room is the program's. */
const ROOMS = [
  ...['core', 'core-archive', 'core-probe', 'core-reader', 'sites', 'edge', 'config', 'pipeline', 'commands'],
  'program',
]

/** The room of a place in the sources. */
function roomOf(place: string): string {
  const [top = '', below = ''] = place.split('/')
  return [`${top}-${below}`, top].find((room) => ROOMS.includes(room)) ?? 'program'
}

test('the Chinese of a message stands with the lowest room that says it', async () => {
  const lowest = new Map<string, number>()
  for (const found of MESSAGES) {
    const room = ROOMS.indexOf(roomOf(found.place))
    lowest.set(templateOf(found), Math.min(room, lowest.get(templateOf(found)) ?? room))
  }
  const misplaced: string[] = []
  for (const [at, room] of ROOMS.entries()) {
    const parts = Object.values(
      (await import(`../../src/words/zh/${room}.ts`)) as Record<string, Record<string, string>>,
    )
    for (const english of parts.flatMap((part) => Object.keys(part)))
      if (lowest.get(english) !== at) misplaced.push(`${english}: ${ROOMS[lowest.get(english) ?? -1]}, not ${room}`)
  }
  expect(misplaced).toEqual([])
})
