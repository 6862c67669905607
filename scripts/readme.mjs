// Fills the generated parts of both READMEs and of SECURITY.md: the program's help, the keys of the configuration, and the
// page of the project, which package.json names.
// Usage: node scripts/readme.mjs [--check]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const inLanguage = (lang, ...args) =>
  execFileSync(process.execPath, [`${root}bin/zaobao-archiver.js`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ZAOBAO_LANG: lang },
  })

const program = (...args) => inLanguage('en', ...args)

/** What the configuration that `init` writes in Chinese says of each key. */
function chineseKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'zaobao-readme-'))
  try {
    execFileSync(process.execPath, [`${root}bin/zaobao-archiver.js`, 'init', '--quiet'], {
      cwd: folder,
      env: { ...process.env, ZAOBAO_LANG: 'zh' },
    })
    const text = readFileSync(join(folder, 'zaobao.config.jsonc'), 'utf8')
    return Object.fromEntries(
      [...text.matchAll(/^ {2}\/\/ (.*)\n {2}(?:\/\/ )?"(\w+)":/gm)].map(([, about, key]) => [key, about]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const CHINESE = chineseKeys()

function configTable(names, aboutOf) {
  const { properties } = JSON.parse(program('schema', 'config'))
  const rows = Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .map(([key, value]) => {
      const standard =
        value.default === undefined ? '' : `\`${JSON.stringify(value.default).replaceAll('","', '", "')}\``
      const about = aboutOf(key, value.description)
      if (about === undefined) throw new Error(`no Chinese words for the key ${key}`)
      return `| \`${key}\` | ${standard} | ${about.replaceAll('|', '\\|')} |`
    })
  return [`| ${names.join(' | ')} |`, '| --- | --- | --- |', ...rows].join('\n')
}

const RECORD_CHINESE = {
  id: '地址中的编号；外来条目则是规范网址的 SHA-256 的前十位十六进制数。',
  url: '首次归档时的地址，不带参数。',
  title: '标题，一行。',
  published: '发布时间，ISO 8601 UTC，精确到毫秒；只知道日期时为 null。',
  updated: '页面所写的更新时间；没有则为 null。',
  fetched: '最近一次读取页面的时间；不知道则为 null。',
  section: '地址中新闻之前的路径，如 realtime/china；没有则为 null。',
  author: '文件头里的作者，即报纸。',
  bylines: '页面所列的作者姓名。',
  tags: '文件头里的标签。',
  categories: '文件头里的分类。',
  publisher: '媒体在程序中的名字，如 zaobao；不知道则为 null。',
  lang: '正文的语言：zh-Hans、zh-Hant，看不出繁简的为 zh，英文为 en，等等；不知道则为 null。',
  keywords: '页面的关键词。',
  access: 'public；只公开开头时为 subscriber。',
  images: '图片，依次列出，每张有地址、说明（没有则为 null）和相对于存档的文件路径（没有存下则为 null）。',
  markdown: '正文，Markdown，不含标题。',
  text: '正文，纯文本，一段一行。',
  html: '正文，HTML；文件里不是 HTML 时为 null。',
  extraction: '由什么读出：网页版式的名字；没有版式认得的网页为 generic，用来源自带文字的为 feed；没有记下则为 null。',
  doubt: '另一证据对正文的异议，带数字；没有则为 null。',
  path: '文件相对于归档的路径，用 /；convert 的结果为 null。',
  revision: '这篇新闻有过几份文本，从 1 起。',
  status: 'written、revised 或 unchanged；export 中为 null。',
  schema: '本格式的版本：多一个字段不变，含义变了才加一。',
}

function recordTable(names, aboutOf) {
  const { properties } = JSON.parse(program('schema'))
  const rows = Object.entries(properties).map(([field, { description }]) => {
    const about = aboutOf(field, description)
    if (about === undefined) throw new Error(`no words for the field ${field}`)
    return `| \`${field}\` | ${about} |`
  })
  return [`| ${names.join(' | ')} |`, '| --- | --- |', ...rows].join('\n')
}

const help = (lang) => `\`\`\`text\n${inLanguage(lang, '--help').trimEnd()}\n\`\`\``
const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const page = repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
const files = {
  'README.md': {
    help: help('en'),
    config: configTable(['key', 'default', 'what for'], (_, about) => about),
    record: recordTable(['field', 'what it is'], (_, about) => about),
  },
  'SECURITY.md': { project: `To report a weakness, open a security advisory: <${page}/security/advisories/new>.` },
  'README.zh.md': {
    help: help('zh'),
    config: configTable(['键', '默认', '作用'], (key) => CHINESE[key]),
    record: recordTable(['字段', '内容'], (field) => RECORD_CHINESE[field]),
  },
}

for (const [name, parts] of Object.entries(files)) {
  const before = readFileSync(root + name, 'utf8')
  let text = before
  for (const [part, content] of Object.entries(parts)) {
    const place = new RegExp(`<!-- ${part}:start -->\\n[^]*?<!-- ${part}:end -->`)
    if (!place.test(text)) throw new Error(`${name} has no place for ${part}`)
    text = text.replace(place, () => `<!-- ${part}:start -->\n\n${content}\n\n<!-- ${part}:end -->`)
  }
  if (text === before) continue
  if (process.argv.includes('--check')) {
    console.error(`${name} is not up to date: node scripts/readme.mjs`)
    process.exitCode = 1
  } else writeFileSync(root + name, text)
}
