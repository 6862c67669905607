import * as z from 'zod/mini'
import type { StoryRecord } from '../model.ts'

const time = z.iso.datetime({ precision: 3 })
const text = z.string().check(z.minLength(1))

/** The record, as `schema` prints it and as records that are read are checked against. */
export const recordSchema = z.object({
  id: z.string().check(z.regex(/^(?:\d+|[0-9a-f]{10})$/)),
  // As in the file: with letters of any script, which a URI proper would have percent-encoded.
  url: z.string().check(z.regex(/^https?:\/\//)),
  title: text,
  published: z.nullable(time),
  updated: z.nullable(time),
  fetched: z.nullable(time),
  section: z.nullable(text),
  author: z.nullable(text),
  bylines: z.array(text),
  tags: z.array(text),
  categories: z.array(text),
  keywords: z.array(text),
  access: z.enum(['public', 'subscriber']),
  images: z.array(z.object({ url: text, caption: z.nullable(text) })),
  markdown: z.string(),
  text: z.string(),
  html: z.nullable(text),
  path: z.nullable(text),
  revision: z.int().check(z.minimum(1)),
  status: z.nullable(z.enum(['written', 'revised', 'unchanged'])),
  schema: z.literal(1),
}) satisfies z.ZodMiniType<StoryRecord>
