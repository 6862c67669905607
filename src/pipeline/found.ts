import type { Candidate } from '../core/archive/plan.ts'
import { NO_PAGES } from '../core/archive/new-pages.ts'
import type { WholeTexts } from '../core/archive/state.ts'
import type { Met } from '../core/archive/trouble.ts'
import type { FailedRequest } from '../edge/http/http.ts'
import { siteAt } from './candidate.ts'
import type { Asker } from '../core/archive/turns.ts'
import type { Message } from '../words/words.ts'

/** Why something was not asked for in a run. */
export interface Left {
  reason: Message
  /** The site whose next turn is too far away; `null` where the run itself is over. */
  site: string | null
}

/** Why an answer that was never asked for did not come. */
export function whyLeft({ reason, detail }: FailedRequest, url: string): Left {
  return { reason: detail, site: reason === 'budget' ? null : siteAt(url) }
}

/** What became of a picture that was asked for. `until`: when it may be asked for (ms), where that is no fault of its own. */
export type PictureOutcome =
  | { path: string }
  /** `missing`: it is not there, or not yet; `told`: the answer to its own request was to wait until then. */
  | { reason: Message; final: boolean; until: number | null; missing?: boolean; told?: boolean }

/** A story whose file is durable, and that is printed once its pictures were asked for. */
interface Unshown {
  path: string
  kind: 'written' | 'revised' | 'unchanged'
  show(): Promise<void>
}

/** What a run finds out while it works: nothing yet. */
export function nothingFound() {
  return {
    /** Troubles. */
    met: [] as Met[],
    /** Keys of what was looked into and is well. */
    well: new Set<string>(),
    /** Of the sites of stories, each by `siteAt`. */
    sites: {
      /** Stories that were not asked for, since their server is left alone, and why. */
      postponed: new Map<string, { why: Message; stories: number }>(),
      /** Stories that wait since their site asked for a pause, and until when (ms). */
      pauses: new Map<string, { until: number; stories: number }>(),
      /** Stories that failed. */
      failed: new Map<string, number>(),
      /** Stories that were asked for the first time, and no page of which was to be had. */
      denied: new Map<string, number>(),
      /** Pages in a row that were a challenge to prove that one is human. */
      challenges: new Map<string, number>(),
      /** Failures that are not to be said where they turn out to be those of a site that is known to refuse all. */
      heldBack: [] as { site: string; line: string }[],
    },
    /** Pages of stories, each the first time that it is read so. */
    pages: { ...NO_PAGES },
    /** Requests that each of those who ask had. */
    had: { sources: 0, gaps: 0, pages: 0 },
    /** What had no turn, one entry a source, gap or story. */
    left: [] as { asker: Asker; why: Left }[],
    /** By source: what is known of whether its texts are whole, where a page of this run was compared. */
    wholeTexts: new Map<string, WholeTexts>(),
    /** By source: the address of the site that a feed of this run names as its own. */
    homes: new Map<string, string>(),
    /** Where pictures are kept. */
    pictures: {
      /** Stories that were stored, and are not printed before their pictures are had. */
      unshown: new Set<Unshown>(),
      /** What `unpictured` says of the state is of a run before, which died. */
      owed: true,
      /** By address, of captures with what `answerAt` says: what became of a picture that was asked for. */
      outcomes: new Map<string, Promise<PictureOutcome>>(),
      /** Ids of those pictures of which something was found out, each of its story. */
      looked: new Set<string>(),
      /** Paths of stories whose files are there, and could not be read or written. */
      unread: new Set<string>(),
      /** Pictures in a row that could not be had, by host. */
      inVain: new Map<string, number>(),
      /** A picture that was had could not be written: said once a run. */
      keepsNone: false,
    },
    /** Settled when the last story that its page named by another address is stored. */
    named: Promise.resolve() as Promise<unknown>,
    /** Stories that the run asks for, by their ids; of them those that it is done with. */
    inHand: new Map() as ReadonlyMap<string, Candidate>,
    settled: new Set<string>(),
    /** Ids of stories that were told for another one by mistake. */
    apart: new Set<string>(),
  }
}

/** What a run found out so far. */
export type Findings = ReturnType<typeof nothingFound>
