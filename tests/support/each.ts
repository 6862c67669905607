import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { openPress, type Press } from './press.ts'
import { folder } from './program.ts'
import { serveSite, type Site } from './site.ts'

/** What a test has for itself. */
export interface Own {
  site: Site
  home: ReturnType<typeof folder>
  /** `archive/` below `home`, not made. */
  archive: string
}

/** A site and a folder for each test of a file, gone after it; `begin` is handed them before the test. */
export function eachWithSite(begin: (own: Own) => void): void {
  let own: Own
  beforeEach(async () => {
    const home = folder()
    own = { site: await serveSite(), home, archive: join(home.path, 'archive') }
    begin(own)
  })
  afterEach(async () => {
    await own.site.server.close()
    own.home.remove()
  })
}

/** A press for each test of a file, closed after it; `begin` is handed it before the test. */
export function eachWithPress(begin: (press: Press) => void): void {
  let press: Press
  beforeEach(async () => {
    press = await openPress()
    begin(press)
  })
  afterEach(() => press.close())
}
