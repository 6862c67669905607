import { fileURLToPath } from 'node:url'

export const BIN = fileURLToPath(new URL('../bin/zaobao-archiver.js', import.meta.url))
export const BARE = { argv: [process.execPath, '-e', '0'] }

/** A `fetch` or `backfill` of the site on loopback, as fast as it goes. */
export function ours(command, ...args) {
  return [process.execPath, BIN, command, ...args, '--allow-private', '--no-robots', '--rate', '100000/s']
}
