import * as z from 'zod/mini'
import { recordSchema } from '../record/schema.ts'
import type { Hit } from './hit.ts'

/** What each field of a hit is that a record has not, in the order in which they are printed. */
export const HIT_FIELDS = {
  pictures: 'How many pictures the story shows.',
  places: 'Where the headline has what was asked for: first unit and the one behind the last, in UTF-16.',
  excerpt: 'The part of the text that has most of it, on one line, and where in it. What is left out stands as ….',
} as const

const { id, url, title, published, updated, section, access, revision } = recordSchema.shape
const text = z.string().check(z.minLength(1))
const places = z.array(z.tuple([z.int().check(z.nonnegative()), z.int().check(z.positive())]))

/** A hit, as `search --json` prints it. */
export const hitSchema = z.object({
  path: text,
  ...{ id, url, title, published, updated, section },
  publisher: z.nullable(text),
  lang: z.nullable(text),
  access,
  pictures: z.int().check(z.nonnegative()),
  revision,
  places,
  excerpt: z.object({ text: z.string(), places }),
  schema: z.literal(1),
}) satisfies z.ZodMiniType<Hit>
