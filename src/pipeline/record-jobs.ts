import { parseStored } from '../core/archive/stored.ts'
import { DocumentError } from '../core/document/document.ts'
import { jsonLine } from '../core/text/printable.ts'
import { type Notes, recordOf } from './record.ts'

/** What `export` does with the text of a file, on whichever core is free. */
export const recordJobs = {
  /** The file's record as a line of NDJSON, or why it has none. */
  record({ text, notes }: { text: string; notes: Notes }): { line: string } | { why: string } {
    try {
      return { line: jsonLine(recordOf(parseStored(text), notes)) }
    } catch (error) {
      if (error instanceof DocumentError) return { why: error.message }
      throw error
    }
  },
}
