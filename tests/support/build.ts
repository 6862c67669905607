import { bundle } from '../../scripts/bundle.mjs'

/** Tests run the program as it is published: bundled from the sources as they are now. */
export default async function setup(): Promise<void> {
  await bundle()
}
