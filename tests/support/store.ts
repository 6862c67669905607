import { openStore } from '../../src/edge/store/open.ts'
import type { Store } from '../../src/edge/store/store.ts'

/** The store in a folder. */
export const storeAt = (root: string): Store => openStore(root, '/')
