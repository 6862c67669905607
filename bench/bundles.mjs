import { join } from 'node:path'
import { bundleInto } from '../scripts/bundle.mjs'

/** Bundles the way of a page to its document into one program in `folder`; answers its path. */
export function bundleDocument(folder) {
  return bundleInto(join(folder, 'document'), "export { toDocument } from './bench/document.ts'")
}
