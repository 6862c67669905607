import type { Io } from '../../io.ts'
import type { PathContent, Marks } from '../read.ts'

/** What stands at a name of a folder. */
export interface StoreEntry {
  name: string
  /** `odd`: a link or the like. `temporary`: what another process writes, or has left when it died. */
  kind: 'file' | 'folder' | 'odd' | 'temporary'
}

export interface LockOptions extends Pick<Io, 'now' | 'signal' | 'sleep'> {
  /** How long to wait for a run that holds the lock, ms; 0: not at all. */
  waitMs: number
}

/** The right to write: of one process at a time, gone with that process however it ends. */
export interface Lock {
  /** Lets every run that waits at this moment work and end, then takes the lock again. True when one was let in. */
  letOthersIn(): Promise<boolean>
  release(): Promise<void>
}

/**
 * Where an archive is kept: contents by their names. A name is relative, its parts with `/` between them
 * (`2021-11-10/2021-11-10-1212150.md`); nothing outside can be named, and no link inside is followed.
 *
 * When a method that writes returns, what it wrote survives a power cut; when it throws, the former content stands as it
 * was or the new one is whole. Folders come with what is written into them. Writing is for the holder of the lock; several
 * writes may go on at once. What the storage refuses is an `ArchiveError`: `isLocal` where only that name is at fault,
 * `refusedName` where the name is.
 */
export interface Store {
  /** What stands at a name. Of a file larger than `maxBytes` (some 64 MB) it says only that. */
  get(name: string, maxBytes?: number): Promise<PathContent>
  /** Writes what was not there; false, and nothing written, where something is. */
  putIfAbsent(name: string, content: string | Uint8Array): Promise<boolean>
  /**
   * Writes, also over what was there: where a `version` is given over that one alone, else false. `mode`: permission bits;
   * `null` for those that new files have.
   */
  replace(name: string, content: string | Uint8Array, over?: Partial<Pick<Marks, 'mode' | 'version'>>): Promise<boolean>
  /** Adds whole lines to what is there, if anything; a last line that was left torn is closed first. */
  append(name: string, lines: string): Promise<void>
  /** Gives a file another name, at which nothing is. */
  move(from: string, to: string): Promise<void>
  /** Removes a file; nothing there is fine. */
  remove(name: string): Promise<void>
  /** Removes a folder in which nothing is; false where there is anything in it, or no folder. */
  removeFolder(name: string): Promise<boolean>
  /**
   * What stands directly in a folder, in no order; nothing where there is none. `''` is the top. Below it a document
   * that iCloud took off the machine is among the files: `get` says so.
   */
  list(folder: string): Promise<StoreEntry[]>
  /** What is known of a name without reading it; `null` where nothing is. */
  stat(name: string): Promise<Marks | null>
  /** The folders that stand directly in a folder, thousands at once, in no order: when a name last came into each or went (ms). */
  folders(folder: string): Promise<Map<string, number>>

  /** True when the storage is there; false before `make`, or when it is gone. Throws when it is something else. */
  exists(): Promise<boolean>
  /** Makes the storage where it is missing. */
  make(): Promise<void>
  /** Throws when it cannot be written, or not be made. */
  checkWritable(): Promise<void>
  /**
   * Takes the lock that is kept in a folder. Throws `TryLaterError` when another run goes on having it. From then on each
   * write asks first whether it is this run's still, and throws `TryLaterError` where it was taken away.
   */
  lock(folder: string, options: LockOptions): Promise<Lock>

  /** A name as messages call it, wherever they are read; without one, the storage. */
  place(name?: string): string
  /** A name as it is usable from the working folder. */
  shown(name: string): string
  /** The name of what a user names from the working folder, by whatever links it leads here; `null` where that lies outside. */
  nameOf(path: string): string | null
}
