import { DocumentError } from '../../core/document/document.ts'
import { convertFile, describeFile, type SourceFile } from '../../core/archive/import.ts'
import { addresses } from '../../sites/publishers.ts'
import { markdownOf } from '../records/record.ts'
import { type Message, message } from '../../words/words.ts'

/** What an import does with the text of a file, on whichever core is free. */
export const importJobs = {
  /** What is remembered of the file, or why it is not in the format. */
  describe({ path, text }: { path: string; text: string }): SourceFile | { why: Message } {
    try {
      return describeFile(path, text, addresses)
    } catch (error) {
      if (error instanceof DocumentError) return { why: error.words }
      throw error
    }
  },
  /** The file as it is archived, or why it cannot be. `kept`: the pictures that are, by their addresses. */
  convert(given: {
    file: SourceFile
    text: string
    clockIsWrong: boolean
    kept: ReadonlyMap<string, string>
  }): { text: string } | { why: Message } {
    const text = convertFile(given.file, given.text, given.clockIsWrong, markdownOf, given.kept)
    return text === null ? { why: message`nothing is left of its body` } : { text }
  },
}
