import type { Catalogue } from './words.ts'

export const ZH: Catalogue = {
  ', ': '，',
  '; ': '；',
}
