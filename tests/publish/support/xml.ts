import { spawnSync } from 'node:child_process'

const PARSE = `
import json, sys, xml.dom.minidom, xml.parsers.expat
faults = []
for text in json.load(sys.stdin):
    try:
        xml.dom.minidom.parseString(text.encode("utf-8"))
        faults.append(None)
    except (xml.parsers.expat.ExpatError, UnicodeEncodeError) as error:
        faults.append(str(error))
json.dump(faults, sys.stdout)
`

/** Those of the texts that are no well-formed XML, each with what Python's expat says against it. */
export function illFormed(texts: readonly string[]): { text: string; fault: string }[] {
  const { stdout, stderr } = spawnSync('python3', ['-c', PARSE], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  if (stdout === '') throw new Error(stderr)
  const faults = JSON.parse(stdout) as (string | null)[]
  return faults.flatMap((fault, at) => (fault === null ? [] : [{ text: texts[at]!, fault }]))
}
