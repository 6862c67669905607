import type { Validators } from '../model.ts'
import { type Check, isText, orNull, shaped } from '../shape.ts'

/** Validators as a file keeps them. */
export const isValidators: Check<Validators> = shaped({ etag: orNull(isText), lastModified: orNull(isText) })
