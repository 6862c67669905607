/** Statuses of redirects that hold for good. */
export const PERMANENT: ReadonlySet<number> = new Set([301, 308])

/** True for the status of an answer that brings a document. */
export function hasDocument(status: number): boolean {
  return status === 200 || status === 203
}
