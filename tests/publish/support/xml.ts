import { python } from './python.ts'

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
  const faults = python(['-c', PARSE], JSON.stringify(texts)) as (string | null)[]
  return faults.flatMap((fault, at) => (fault === null ? [] : [{ text: texts[at]!, fault }]))
}
