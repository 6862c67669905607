import { addressesOf } from '../../core/identity.ts'
import { zaobao } from './index.ts'

/** What an address tells of a story of this paper. */
export const { canonicalUrl, identify, storyId } = addressesOf([zaobao])
