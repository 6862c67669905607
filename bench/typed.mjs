/** Types into the search of `serve`, as an input method makes queries: each phrase a letter longer than the one before. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { BIN } from './paths.mjs'
import { look } from './sampled.mjs'

/** Most are in many stories; some are not at all, though their parts are. */
const PHRASES =
  '总领事馆表示疫情已经得到控制 香港卫生局长透露入境旅客须接受检测 新加坡交通运输委员会宣布轮渡航线明年一月复航 中国外交部发言人强调 半导体供应仍然紧张 世界卫生组织警告 住房贷款利率维持不变 选举结果将于深夜公布 森林火灾已扑灭大半 人工智能监管条例草案提交审议 邊境口岸延長開放時間 海水淡化厂供水量翻倍 两国领导人通电话 这是十年来的第一次 COVID-19疫情 5G基站 嵊鹭博士 的一是不了'.split(
    ' ',
  )

/** `{ keys, p50, p95, p99, cpuMs }`: how long an answer takes, ms, and the server's CPU time for a key, once it has answered each of them. */
export async function typeQueries(root) {
  const server = spawn(process.execPath, [BIN, 'serve', '--archive', root, '--port', '0', '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [address] = await once(server.stdout, 'data')
  const queries = PHRASES.flatMap((phrase) => Array.from(phrase, (_, at) => phrase.slice(0, at + 1)))
  const ask = async (query) => {
    const started = performance.now()
    const answer = await fetch(new URL(`/search?q=${encodeURIComponent(query)}`, String(address).trim()))
    await answer.text()
    return performance.now() - started
  }
  for (const query of queries) await ask(query)
  const before = look(server.pid).cpuMs
  const times = []
  for (const query of queries) times.push(await ask(query))
  const spent = look(server.pid).cpuMs - before
  server.kill('SIGINT')
  await once(server, 'exit')
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))]
  return { keys: queries.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), cpuMs: spent / queries.length }
}
