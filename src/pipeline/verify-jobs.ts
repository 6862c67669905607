import { checkDocument } from '../core/archive/verify.ts'

/** What `verify` does with the text of a file, on whichever core is free. */
export const verifyJobs = {
  check: ({ path, text, digest }: { path: string; text: string; digest: string | null }) =>
    checkDocument(path, text, digest),
}
