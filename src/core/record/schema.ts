import * as z from 'zod/mini'
import { ID } from '../identity.ts'
import { MEDIA_PATH } from '../media/kept.ts'
import type { StoryRecord } from '../model.ts'

/** What each field of the record is, in the order of the schema. */
export const RECORD_FIELDS: Readonly<Record<keyof StoryRecord, string>> = {
  id: 'The number in the address; of a foreign item the first ten hex digits of the SHA-256 of its canonical URL.',
  url: 'The address as it was first archived: no query, no fragment.',
  title: 'The headline, on one line.',
  published: 'Time of publication, ISO 8601 UTC with milliseconds; null where the day alone is known.',
  updated: 'Time of the last update that the page names; null where it names none.',
  fetched: 'When the page was last read; null where that is not known.',
  section: "The address's path before the story, such as realtime/china; null where there is none.",
  publisher: 'The paper, by its name in the program; null where it is not known.',
  lang: 'The language of the text: zh-Hans, zh-Hant, zh where no letter tells which, en and so on; null where it is not known.',
  author: 'The author in the front matter: the paper.',
  bylines: 'The names that the page gives.',
  tags: 'The tags in the front matter.',
  categories: 'The categories in the front matter.',
  keywords: "The page's keywords.",
  access: 'public, or subscriber where the teaser alone is public.',
  images:
    'The pictures in their order, each with its address, its caption (null where it has none) and its file, relative to the archive (null where it is not kept).',
  markdown: 'The body as Markdown, without the headline.',
  text: 'The body as plain text, a line a paragraph. The captions are in `images`; a player that the page does not name is no word of it.',
  html: 'The body as HTML; null unless the file holds HTML.',
  extraction:
    'What read it: the name of a page layout, generic where none claimed the page, feed for its own text; null where that was not noted.',
  doubt: 'What another witness says against the text, with figures; null where none does.',
  path: 'The file, relative to the archive, with /; null for a page that was converted.',
  revision: 'How many texts the story has had, from 1.',
  status: 'written, revised or unchanged; null in export.',
  schema: 'The version of this schema: another field keeps it, another meaning raises it.',
}

const time = z.iso.datetime({ precision: 3 })
const text = z.string().check(z.minLength(1))

/** The record, as `schema` prints it and as records that are read are checked against. */
export const recordSchema = z.object({
  id: z.string().check(z.regex(ID)),
  // As in the file: with letters of any script, which a URI proper would have percent-encoded.
  url: z.string().check(z.regex(/^https?:\/\//)),
  title: text,
  published: z.nullable(time),
  updated: z.nullable(time),
  fetched: z.nullable(time),
  section: z.nullable(text),
  // Records of earlier versions have neither.
  publisher: z._default(z.nullable(text), null),
  lang: z._default(z.nullable(text), null),
  author: z.nullable(text),
  bylines: z.array(text),
  tags: z.array(text),
  categories: z.array(text),
  keywords: z.array(text),
  access: z.enum(['public', 'subscriber']),
  // Records of earlier versions have no path.
  images: z.array(
    z.object({
      url: text,
      caption: z.nullable(text),
      path: z._default(z.nullable(z.string().check(z.regex(MEDIA_PATH))), null),
    }),
  ),
  markdown: z.string(),
  text: z.string(),
  html: z.nullable(text),
  // Records of earlier versions have neither.
  extraction: z._default(z.nullable(text), null),
  doubt: z._default(z.nullable(text), null),
  path: z.nullable(text),
  revision: z.int().check(z.minimum(1)),
  status: z.nullable(z.enum(['written', 'revised', 'unchanged'])),
  schema: z.literal(1),
}) satisfies z.ZodMiniType<StoryRecord>
