import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Starts the small Zaobao; answers where it is, what was asked of it, and how to end it. */
export async function startSite(stories, pageBytes) {
  const script = fileURLToPath(new URL('server.mjs', import.meta.url))
  const child = spawn(process.execPath, [script, String(stories), String(pageBytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { value: origin } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  return {
    origin,
    feed: `${origin}/feed.xml`,
    /** Paths asked for since the last call. */
    requests: async () => (await fetch(`${origin}/requests`)).json(),
    close: () => void child.kill(),
  }
}
