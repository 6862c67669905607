// Fills the generated parts of both READMEs and of SECURITY.md: the program's help, the keys of the configuration, and the
// page of the project, which package.json names.
// Usage: node scripts/readme.mjs [--check]
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = (...args) =>
  execFileSync(process.execPath, [`${root}bin/zaobao-archiver.js`, ...args], { encoding: 'utf8' })

const CHINESE = {
  archive: '归档所在的文件夹。',
  section: '栏目：china、singapore、world、finance、sea、sports、all，或列表页的地址。',
  sources: '从哪里找新闻："list"、"json"、{ "rsshub": 地址 }、{ "feed": 地址, "section": 栏目 }。',
  feed: '只读这些订阅源，不读 sources。',
  contact: '你的邮箱或网页，写进 User-Agent 告诉网站；不填则是本项目的地址。',
  rate: '对一个主机的请求频率；网站的 Crawl-delay 更慢时以它为准。',
  concurrency: '同时处理几篇。',
  limit: '每次最多抓取几篇；不填则不限。',
  maxGap: '找漏掉的新闻时最多往回找多久。',
  maxTime: '一次运行最长多久；到时即止，余下的留给下次。',
  maxRequests: '一次运行最多发多少个请求。',
  recheck: '比这更新的新闻每次都再看一遍页面：只改正文的，列表里看不出来；不填则不看。',
  proxy: '所有请求都走的代理，先于 HTTPS_PROXY、HTTP_PROXY 和 ALL_PROXY；NO_PROXY 照样有效。',
  wait: '另一个进程占用归档时等多久。',
  timeout: '一个请求多久没完成就放弃。',
  body: '正文的形式。',
  onChange: '新闻改了怎么办：revise 改写文件并保留旧文，keep 保持不变。',
  keys: '在七个固定键之后再加哪些键。',
  keepRevisions: '一篇新闻保留几份旧文。',
  exclude: '不再抓取的编号、栏目和网址（可用 *）。',
  allowHost: '除早报和所列来源外还允许访问的主机；*.example.org 指其下所有主机。',
  allowPrivate: '允许访问私有网络和本机的地址。',
  robots: '遵守 robots.txt。',
  json: '输出 NDJSON 记录，不输出路径。',
  quiet: '只输出错误。',
  verbose: '多说一些。',
  progress: '在终端上做长时间工作时显示进度条。',
}

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

const help = `\`\`\`text\n${program('--help').trimEnd()}\n\`\`\``
const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const page = repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
const files = {
  'README.md': { help, config: configTable(['key', 'default', 'what for'], (_, about) => about) },
  'SECURITY.md': { project: `To report a weakness, open a security advisory: <${page}/security/advisories/new>.` },
  'README.zh.md': { help, config: configTable(['键', '默认', '作用'], (key) => CHINESE[key]) },
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
