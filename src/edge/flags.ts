import { constants } from 'node:fs'

/** Flags with which files are opened: Windows has neither. */

/** A link in its place is not followed. */
export const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
/** A pipe is not waited for: a call that waits ends with no signal. */
export const NO_WAIT = constants.O_NONBLOCK ?? 0
