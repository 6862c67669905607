import * as fc from 'fast-check'

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const words = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          '中文',
          '新闻。',
          '“引语”',
          '（注）',
          '，',
          '！',
          'abc',
          '2024年',
          '50%',
          ' ',
          '\n',
          '　',
          '他说',
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '*',
          '**',
          '_',
          '__',
          '~',
          '~~',
          '`',
          '``',
          '[',
          ']',
          '](',
          '(',
          ')',
          '!',
          '#',
          '# ',
          '- ',
          '+ ',
          '1. ',
          '2) ',
          '>',
          '|',
          '\\',
          '<',
          '<b>',

          '</p>',
          '&',
          '&amp;',
          '&#35;',
          '{{',
          '}}',
          '{%',
          '%}',
          '{:',
          '$$',
          '---',
          '===',
          '***',
          '```',
          '~~~',
          ':',
          ': ',
          '[ ] ',
          '[x] ',
          '[^1]',
          '\u00a0',
          '\u200b',

          '[a]: b',
          'http://x.y',
          '😀',
          '￥',
          '|-|',
          ':-:',
          '<!--',
          '\\*',
          '"',
          "'",
          '=',
          '-',
          '\ufeff',
          'e\u0301',
          '\u3000\u3000',
        ),
      },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join('').replace(/[&<>]/g, (char) => REFERENCES[char] ?? char))

const urls = fc.constantFrom(
  'https://a.b/c',
  '/d?e=f&amp;g=h',
  '#n',
  'javascript:alert(1)',
  'x_(y)',
  'a b',
  ')(',
  'https://中.国/路?q=中',
  '?a=&amp;copy;',
  'u{{v}}',
  'w|x',
  '%',
  '%zz',
  '[i]',
  '*_~',
  '',
)

function element(name: string, attributes = ''): (content: string) => string {
  return (content) => `<${name}${attributes}>${content}</${name}>`
}

const INLINE = ['b', 'i', 'em', 'strong', 'del', 's', 'sub', 'sup', 'span', 'u', 'code', 'q', 'ruby', 'font', 'kbd']
const BLOCK = [
  'p',
  'div',
  'h1',
  'h2',
  'h3',
  'h6',
  'blockquote',
  'section',
  'figure',
  'figcaption',
  'center',
  'details',
  'summary',
  'address',
]
const CONTAINERS = [
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'table',
  'tr',
  'td',
  'th',
  'thead',
  'tbody',
  'caption',
  'ol start="7"',
  'ol start="0"',
]
const VOIDS = [
  '<br>',
  '<br><br>',
  '<hr>',
  '<img src="a.jpg" alt="图">',
  '<img src="b.png">',
  '<img data-src="c.jpg" title="题">',
  '<input type="checkbox" checked>',
  '<!-- c -->',
]
const DEAD = [
  '<script>var a = "<b>"</script>',
  '<style>p{}</style>',
  '<iframe src="https://www.youtube.com/embed/abcdefgh"></iframe>',
  '<video src="v.mp4"></video>',
]

export const html = fc.letrec<{ node: string; nodes: string }>((tie) => ({
  nodes: fc.array(tie('node'), { maxLength: 4 }).map((parts) => parts.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.constantFrom(...VOIDS, ...DEAD),
    fc.tuple(fc.constantFrom(...INLINE), tie('nodes')).map(([name, content]) => element(name)(content)),
    fc.tuple(fc.constantFrom(...BLOCK), tie('nodes')).map(([name, content]) => element(name)(content)),
    fc
      .tuple(fc.constantFrom(...CONTAINERS), tie('nodes'))
      .map(([tag, content]) => `<${tag}>${content}</${tag.split(' ')[0]}>`),
    words.map(element('pre')),
    fc.tuple(urls, tie('nodes')).map(([url, content]) => `<a href="${url}" title="${url}">${content}</a>`),
    fc.tuple(tie('nodes'), tie('nodes'), tie('nodes')).map((items) => `<ul>${items.map(element('li')).join('')}</ul>`),
    fc.tuple(tie('nodes'), tie('nodes')).map((items) => `<ol>${items.map(element('li')).join('')}</ol>`),
    fc
      .tuple(tie('nodes'), tie('nodes'), tie('nodes'), tie('nodes'))
      .map(
        ([a, b, c, d]) =>
          `<table><tr><td>${a}</td><td colspan="2">${b}</td></tr><tr><th>${c}</th><td rowspan="2">${d}</td></tr></table>`,
      ),
    fc
      .tuple(urls, words, tie('nodes'))
      .map(
        ([url, alt, caption]) =>
          `<figure><img src="${url}" alt="${alt.replaceAll('"', '')}"><figcaption>${caption}</figcaption></figure>`,
      ),
  ),
})).nodes

/** One line of words and marks, as news has it. */
export const line = fc.letrec<{ inline: string }>((tie) => ({
  inline: fc
    .array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(
          '中文',
          '“中”',
          '，',
          '（注）',
          'abc',
          '50%',
          ' ',
          '。',
          '2024',
          '<br>',
          '<code>x</code>',
          '<img src="a.jpg">',
          '￥',
          '😀',
          '*',
          '_',
          '~',
          '(',
          '"',
        ),
        fc
          .tuple(fc.constantFrom('strong', 'em', 'del', 'b', 'i', 'sup'), tie('inline'))
          .map(([name, content]) => element(name)(content)),
        tie('inline').map((content) => `<a href="https://a.b/c">${content}</a>`),
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join('')),
})).inline
