import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { madeStory } from './support/documents.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { watchedIo } from './support/io.ts'
import { mend } from './support/mend.ts'
import { deathsOf, type Failing, failingProgram, killStep } from './support/program.ts'

let failing: Failing
beforeAll(async () => {
  failing = await failingProgram('command.ts')
})

async function put(root: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

/** Kills the command at one call after the other; after each, another start of it must end where an undisturbed one ends. */
async function killEverywhere(what: string, files: Record<string, string>, ...args: string[]): Promise<void> {
  const before = await freshFolder()
  await put(before, files)
  const copy = async (): Promise<string> => {
    const root = await freshFolder()
    await cp(before, root, { recursive: true })
    return root
  }
  const counted = join(await freshFolder(), 'count')
  const root = await copy()
  expect(await failing([root, ...args], { FAIL_COUNT: counted })).toMatchObject({ code: 0, stderr: '' })
  const undisturbed = await treeOf(root)
  const calls = Number(await readFile(counted, 'utf8'))
  const wrong: string[] = []
  const deaths = await deathsOf(counted, killStep(11))
  for (const { n, isReal } of deaths) {
    const hurt = await copy()
    expect((await failing([hurt, ...args], { FAIL_AT: String(n) }, isReal)).signal).toBe('SIGKILL')
    const io = watchedIo()
    const again = await mend(hurt, args[0], io)
    if (again !== 0 || JSON.stringify(await treeOf(hurt)) !== JSON.stringify(undisturbed)) {
      wrong.push(`call ${n}: ${again} ${io.words} ${Object.keys(await treeOf(hurt)).join(' ')}`)
    }
    await rm(hurt, { recursive: true })
  }
  figure(`SIGKILL of ${what}`, `${deaths.length} of ${calls} points, ${wrong.length} failures`)
  expect(wrong).toEqual([])
}

test('verify --fix killed at any call loses nothing, and another start ends the work', async () => {
  const [one, two, three] = [madeStory(1), madeStory(2), madeStory(3)]
  // As an earlier version named a story whose number a copied address hid.
  const from = `https://www.zaobao.com.sg/realtime/china/story${three.day.replaceAll('-', '')}-${three.id}%E3%80%82`
  const former = createHash('sha256').update(from.replace('www.', '')).digest('hex').slice(0, 10)
  await killEverywhere('verify --fix', {
    [one.path]: one.text.replaceAll('\n', '\r\n'),
    [`2022-01-01/${one.path.slice(11)}`]: one.text.replace('气象台', '天文台'),
    [`2020-01-01/${two.path.slice(11)}`]: two.text,
    [three.path]: three.text,
    [three.path.replace(three.id, former)]: three.text
      .replaceAll(from.replace('%E3%80%82', ''), from)
      .replace('气象台', '天文台也'),
    [`.zaobao/revisions/${three.day}/${former}/1-kept.md`]: 'what it said before\n',
  })
})

test('import killed at any call loses nothing, and another start ends the work', async () => {
  const source = await freshFolder()
  const texts = ['昨天合龙', '推迟合龙', '下月合龙'].map((words, n) =>
    madeStory(1, { title: words }).text.replace(/^date: .*$/m, `date: 2021-11-11T0${n + 3}:00:00.000Z`),
  )
  await put(source, Object.fromEntries([...texts, madeStory(2).text].map((text, n) => [`${n}.md`, text])))
  await killEverywhere('import', {}, source)
})
