import { expect, test } from 'vitest'
import { checkMarkdown } from '../../src/core/markdown/check.ts'

const structureOf = (source: string | null, markdown: string | null) => [{ kind: 'structure', source, markdown }]

test.each([
  ['a quote', '<blockquote><p>一</p></blockquote>', '> 一', '一', ['quote', 'paragraph']],
  ['a list', '<ul><li>一</li></ul>', '- 一', '一', ['list', 'paragraph']],
  ['an item', '<ul><li>一</li><li>二</li></ul>', '- 一\n- 二', '- 一二', ['item', null]],
  [
    'a cell',
    '<table><tr><th>一</th><th>二</th></tr><tr><td>三</td><td>四</td></tr></table>',
    '| 一 | 二 |\n| --- | --- |\n| 三 | 四 |',
    '| 一二 |\n| --- |\n| 三四 |',
    ['row of 2', 'row of 1'],
  ],
  ['code', '<pre>一\n二</pre>', '```\n一\n二\n```', '一二', ['code-block', 'paragraph']],
  ['a rule', '<p>一</p><hr><p>二</p>', '一\n\n---\n\n二', '一\n\n二', ['rule', 'paragraph']],
  ['a heading', '<h2>一</h2>', '## 一', '### 一', ['heading 2', 'heading 3']],
] as const)('%s that became something else is told of, and nothing of the same', (_, html, same, other, [was, is]) => {
  expect(checkMarkdown(html, same)).toEqual([])
  expect(checkMarkdown(html, other)).toEqual(structureOf(was, is))
})
