import { describe, expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { inventedStory, seeded } from '../support/layouts.ts'

/** What is left among the lines of a story of boxes that are none of it. */

const { headline, paragraphs } = inventedStory(seeded(11), 'en')
const ALT = 'A mill beside the river, as white as snow'
const LINE = 'The mill at Reed Bend was painted white in spring, and nobody has said by whom.'
const MORE = 'Those who come by bus find the mill behind the second bridge, as the sign there says.'

/** What is read of a page with `more` among its paragraphs, or below them. */
function linesWith(more: string, isBelow = false, end = ''): string[] | string {
  const read = readWith(more, isBelow, end)
  return typeof read === 'string' ? read : read.text.split('\n\n')
}

function readWith(more: string, isBelow = false, end = '') {
  const [first = '', ...others] = paragraphs.map((each) => `<p>${each}</p>`)
  const text = isBelow ? `${first}${others.join('')}${more}` : `${first}${more}${others.join('')}`
  const html = `<!DOCTYPE html><html><head><title>${headline}</title><meta property="og:type" content="article"></head><body><main><h1>${headline}</h1><div class="text">${text}${end}</div></main></body></html>`
  const read = readPage({ html, url: 'https://town.example/2026/03/mill', listed: null })
  return read.kind === 'story' ? writeBody(read.extract.body.blocks) : read.reason
}

const links = (count: number, tag: string): string =>
  Array.from({ length: count }, (_, at) => `<${tag}><a href="/x/${at}">Reeds cut at the mill ${at}</a></${tag}>`).join(
    '',
  )

describe.each([false, true])('not read, below the text: %s', (isBelow) => {
  test.each([
    ['what was sent', `<div class="bar-flyout-pane"><h4>Posted!</h4><p>${LINE}</p></div>`],
    ['what was sent, of this story', `<div class="x-flyout"><h2>${headline}</h2><h4>Posted!</h4><p>${LINE}</p></div>`],
    ['where to share it', '<div class="module shareLinks"><ul><li>Tweet this</li><li>Link this</li></ul></div>'],
    ['what readers wrote', `<div class="storyComments"><div><p>${LINE}</p><p>${MORE}</p></div></div>`],
    ['what is printed with it', `<div class="printSummary head"><ul><li><p>${LINE}</p></li></ul></div>`],
    ['what is to be found by none', `<div class="robots-nocontent"><p>${LINE}</p></div>`],
    ['what is beside it', `<div class="article-side-rail"><p>Drawing</p><p>${LINE}</p></div>`],
    ['keys', '<div class="feature-btns"><div>Autoplay</div><div>Show it</div></div>'],
    [
      'data',
      '<div class="info">{ "modules": [{"name": "video"}], "id": "31", "title": "The mill is white, they say.", "video":"no", }</div>',
    ],
    [
      'a figure that shows nothing',
      '<figure class="kudo"><a href="#kudo"><div> </div></a><div>861</div><div>Cheers</div></figure>',
    ],
    ['what galleries are turned with', '<div>&lt;&lt;</div><div>&lt;</div><div>1</div><div>2</div><div>&gt;</div>'],
    ['pages of it', '<ul><li>1</li><li><a href="?page=2">2</a></li></ul>'],
    ['how to see more', '<div>Replay</div><div>View full size image</div><p>(click image for slideshow)</p>'],
    ['whose it is', '<p>Copyright 2026 The Reed Bend Post. All rights reserved. It may not be printed again.</p>'],
    ['where to like it', '<p>Like us on <a href="/fb">Friendbook</a></p>'],
    ['how large its letters are', '<div class="textsize">Text size - +</div>'],
    ['who wrote it', `<div class="postauthor"><h4>Lin Mu</h4><p>${LINE}</p></div>`],
    ['a link in brackets', '<p>(<b>MORE</b>: <a href="/x">How the mill at Reed Bend was painted white</a>)</p>'],
    ['what else it has', '<h3>Like this topic? You may also like these photo galleries:</h3>'],
  ])('%s', (_, more) => {
    expect(linesWith(more, isBelow)).toEqual(paragraphs)
  })
})

test.each([
  ['data that are shown', '<pre>{ "id": "31", "title": "The mill" }</pre>', '{ "id": "31", "title": "The mill" }'],
  ['words in braces', `<p>{${LINE}}</p>`, LINE],
  ['a figure that says something', `<figure><p>${LINE}</p></figure>`, LINE],
  ['figures of a match', '<div>3</div><div>1</div><div>2</div>', '"3","1","2"'],
  ['what is made to be printed', `<div id="printArea"><p>${LINE}</p></div>`, LINE],
  ['a paragraph of a size', `<p class="font-size-16 text-size-m">${LINE}</p>`, LINE],
  ['a link in a sentence in brackets', `<p>(${LINE} <a href="/x">More of the mill</a>)</p>`, LINE],
  ['a number of many', '<h2>1</h2>', '1'],
  ['rights as a matter', '<p>Copyright in the mill’s books ends in 2026, said the town.</p>', 'Copyright in the mill'],
  ['a comparison', '<p>Like us, the miller reads in the evening and sleeps late.</p>', 'Like us, the miller'],
  ['what is said of a picture', `<div class="imageComments">${LINE}</div>`, LINE],
  ['a heading with a link below it', '<h2>Lin</h2><p><a href="/x">The mill of Lin</a></p><h2>Mu</h2>', 'Lin'],
  ['a view', '<h2>View from the gallery</h2>', 'View from the gallery'],
  ['data as a paragraph', '<p>{"mill": "white", "built": 1911}</p>', '{"mill": "white", "built": 1911}'],
  ['data of a list', '<ul><li>{"mill": "white"}</li><li>{"mill": "red"}</li></ul>', '{"mill": "red"}'],
  ['data of a table', '<table><tr><td>Asked</td><td>{"mill": "white"}</td></tr></table>', '{"mill": "white"}'],
  ['a year of rights', '<p>Copyright 1911 stands on its first page, in red.</p>', 'Copyright 1911 stands'],
  ['rights that are quoted', '<p>“Copyright 1911 Reed &amp; Sons” is on each sack.</p>', 'Copyright 1911 Reed'],
  ['where to come', '<p>Join us on Saturday for the first sack of flour.</p>', 'Join us on Saturday'],
  ['where to be found', '<p>Find us on the bridge at nine, they wrote.</p>', 'Find us on the bridge'],
  ['what tastes', '<p>You may also like the bread cold, says the miller.</p>', 'You may also like the bread'],
  ['keys that are asked for', '<p>“Show the pictures!”</p>', 'Show the pictures!'],
  ['a match', '<h3>Replay</h3>', 'Replay'],
  ['a figure with a note', '<figure><div>72%</div><div>want it <a href="#n1">1</a></div></figure>', '72%'],
  ['paragraphs of a box of controls', `<div class="mill-buttons"><p>${LINE}</p></div>`, LINE],
  ['a paragraph of tools', `<section class="mill-tools"><h2>Stones</h2><p>${LINE}</p></section>`, LINE],
  ['a paragraph named by the size of its letters', `<p class="text-size">${LINE}</p>`, LINE],
])('read: %s', (_, more, line) => {
  expect(JSON.stringify(linesWith(more)).replaceAll('\\"', '"')).toContain(line)
})

describe('pictures of a strip', () => {
  const figure = `<figure><img src="/large.jpg" alt="${ALT}"></figure>`
  const strip = (alt: string) =>
    `<div class="gallery-thumbs"><ul><li><img src="/small.jpg" alt="${alt}"></li></ul></div>`
  const shown = (more: string) => JSON.stringify(readWith(more)).split(ALT).length - 1

  test('that are shown above are not', () => {
    expect(shown(figure + strip(ALT))).toBe(shown(figure))
  })

  test('that are shown nowhere else are', () => {
    expect(shown(strip(ALT))).toBe(shown(figure))
    expect(shown(figure + strip(`${ALT}, from afar`))).toBe(2 * shown(figure))
    expect(shown(figure + strip(ALT) + strip(ALT))).toBe(shown(figure + strip(ALT)))
    const both = strip(ALT).replace('</ul>', `<li><img src="/other.jpg" alt="${ALT}"></li></ul>`)
    expect(shown(figure + both)).toBe(3 * shown(figure))
    expect(readWith(strip(headline))).toMatchObject({ markdown: expect.stringContaining('/small.jpg') as string })
  })
})

describe('the heading of a list of links that are not read', () => {
  test.each([
    ['below the text', `<h3>Mill papers</h3>${links(4, 'p')}`, true],
    ['a paragraph below the text', `<p><b>ALSO:</b></p>${links(4, 'p')}`, true],
    ['an item of the list', `<ul><li>Top searches</li>${links(4, 'li')}</ul>`, true],
    ['one of several', `<h3>Mill papers</h3>${links(3, 'p')}<h3>Mill talks</h3>${links(3, 'p')}`, true],
    ['a word of more, below the text', `<p><b>More information</b></p>${links(1, 'p')}`, true],
    ['what ends with a colon, among the paragraphs', `<p><b>More about mills:</b></p>${links(2, 'p')}`, false],
  ])('is not: %s', (_, more, isBelow) => {
    expect(linesWith(more, isBelow)).toEqual(paragraphs)
  })

  test('is not, though lines stand above it', () => {
    const lines = ['White walls', 'Red sails', 'Blue doors', 'Green reeds']
    const more = `${lines.map((each) => `<div>${each}</div>`).join('')}<h3>More stories</h3>`
    expect(linesWith(more, true)).toEqual([...paragraphs, ...lines])
  })

  test('is where text follows', () => {
    const read = linesWith(`<h3>Reeds of the mill</h3>${links(3, 'p')}<p>${LINE}</p>`)
    expect(read).toContain('Reeds of the mill')
    expect(read).toContain(LINE)
  })

  test('of a word that has something else behind it, too', () => {
    expect(linesWith('<p>Chorus:</p>', true)).toEqual([...paragraphs, 'Chorus:'])
  })
})

test('a short sentence with a link in it is the last of the text, and an offer is not', () => {
  const last = 'The town has <a href="/x">more of it</a>.'
  expect(linesWith(`<p>${last}</p>`, true)).toEqual([...paragraphs, 'The town has more of it.'])
  expect(linesWith('<p>Follow the town on <a href="/x">Friendbook</a>.</p>', true)).toEqual(paragraphs)
})

describe('what readers said', () => {
  const said = `<div><p>${LINE}</p></div><div><p>${MORE}</p></div>`

  test.each(['Comments', 'COMMENTS (12)', 'About Reader Comments', 'Visitor opinions (latest first)', '12 comments'])(
    'is not read below %s',
    (name) => {
      expect(linesWith(`<div class="x9"><h2>${name}</h2>${said}</div>`, true)).toEqual(paragraphs)
    },
  )

  test('is a part of the story among its paragraphs, or where the heading says more', () => {
    const own = `<h2>Comments</h2><p>${LINE}</p><p>${MORE}</p>`
    expect(linesWith(own, true)).toEqual([...paragraphs, 'Comments', LINE, MORE])
    const more = linesWith(`<div class="x9"><h2>Comments on the mill</h2>${said}</div>`, true)
    expect(more).toEqual(expect.arrayContaining([LINE, MORE]))
  })
})

test.each([
  ['in the holder of the paragraphs', '<h2>Comments</h2><p>The mill made none.</p>'],
  ['in quotations', `<h2>Opinions</h2><blockquote><p>${LINE}</p></blockquote><blockquote><p>${MORE}</p></blockquote>`],
  ['in a section', `<section><h2>Comments</h2><p>The mill made none.</p></section>`],
])('what is said among paragraphs is read: %s', (_, said) => {
  const lines = said.replaceAll(/<[^<>]*>/g, '\n').split('\n')
  const read = linesWith(said)
  const text = typeof read === 'string' ? read : read.join('\n')
  for (const line of lines) expect(text).toContain(line)
})

test.each([
  ['after a heading', '<h2>Comments</h2><p>The mill made none.</p>', 'The mill made none.'],
  [
    'a sentence in brackets',
    `<p>(All of it stands in <a href="/x">the book of the mill, which is white</a>.)</p>`,
    'book',
  ],
  [
    'the last of a list',
    '<ol><li><h3>Mill</h3><p>In white.</p></li><li><h3>Reed</h3><p>In green.</p></li><li><h3>Bend</h3></li></ol>',
    'Bend',
  ],
  ['a heading that states', '<p>Reeds</p><p>Flour</p><p>Bread</p><h3>It turns.</h3>', 'It turns.'],
])('the last of the text is read: %s', (_, more, line) => {
  expect(JSON.stringify(linesWith(more, true))).toContain(line)
})

test.each([
  'By 10:15 on 3 March 2026 all of the flour was sold, and the mill stood still.',
  'Published on 3 March 1911 at 10:15, as its last page says, the book was read by nobody.',
  'Von 10:15 Uhr bis 11:40 Uhr am 3. März 2026 war die Brücke an der Mühle gesperrt.',
  'Par un matin de mars 2026, à 10:15, le moulin repartit.',
])('a story that begins with when it was has its first sentence: %s', (line) => {
  const html = `<!DOCTYPE html><html><head><title>${headline}</title><meta property="og:type" content="article"></head><body><main><h1>${headline}</h1><div class="text"><p>${line}</p>${paragraphs.map((each) => `<p>${each}</p>`).join('')}</div></main></body></html>`
  const read = readPage({ html, url: 'https://town.example/2026/03/mill', listed: null })
  expect(read.kind === 'story' && writeBody(read.extract.body.blocks).text.split('\n\n')[0]).toBe(line)
})

test('a heading of a diary with a place and a clock is read', () => {
  expect(linesWith('<h3>Reed Bend, 3 March 2026, 10:15</h3>')).toContain('Reed Bend, 3 March 2026, 10:15')
})

test('the days of a life are none of the page', () => {
  expect(linesWith('<div>3 March 1911 – 2 March 1999</div>')).toContain('3 March 1911 – 2 March 1999')
})

test.each([
  ['a paper and a clock', '<div class="bar9">Lin Mu, Reed Bend Post 3:15 p.m. EDT July 18, 2026</div>'],
  ['a place and a clock', '<p>REED BEND | Thu Jul 18, 2026 4:29pm EDT</p>'],
])('who wrote it and when is not read below a caption: %s', (_, line) => {
  expect(linesWith(line)).toEqual(paragraphs)
})

test('the number of a release below the text makes no diary of that', () => {
  expect(linesWith('<div>July 18, 2026</div>', false, '<p>2026-186</p>')).toEqual([...paragraphs, '2026-186'])
})
