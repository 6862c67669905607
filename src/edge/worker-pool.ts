import { tuneForThreads } from './tuning.ts'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Message, spoken } from '../words/words.ts'
import { wordsOf } from '../words/error.ts'

/** Pure work by name: input and answer are plain values, which threads can hand to each other. */
type Jobs = Readonly<Record<string, (input: never) => unknown>>

/** Does jobs on all cores. */
export interface WorkerPool<J extends Jobs> {
  /** Rejects with what the job threw. The caller bounds how many are under way. */
  do<K extends keyof J & string>(name: K, input: Parameters<J[K]>[0]): Promise<Awaited<ReturnType<J[K]>>>
  /** Has threads ready where so many jobs to come are worth them. */
  expect(count: number): void
  close(): Promise<void>
}

/** What a thread is sent, and answers. */
export interface PoolJob {
  id: number
  name: string
  input: unknown
}
type JobResult = { id: number; value: unknown } | { id: number; error: Error; words: Message }

/** A thread takes as long to start as some hundred files take to read: few are done in place. */
const WORTH_JOBS = 200
const MOST_THREADS = 8

interface Pending {
  order: PoolJob
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/**
 * A pool for `jobs`: a thread for each core, since the one that reads and writes waits for the disk most of its time. The threads
 * run the bundle's `worker.js`, which knows the same jobs and speaks the same language. On one core, and where threads cannot be
 * had, the jobs are done in place. `v8`: the version of V8 that runs.
 */
export function openWorkerPool<J extends Jobs>(jobs: J, v8: string, threads = availableParallelism()): WorkerPool<J> {
  const workers: Worker[] = []
  const pending = new Map<number, Pending>()
  let taken = 0
  let mayStart = threads > 1

  function settle(answer: JobResult): void {
    const waiting = pending.get(answer.id)
    pending.delete(answer.id)
    // An error that comes from a thread is a bare one.
    if ('error' in answer) waiting?.reject(Object.assign(answer.error, { words: answer.words }))
    else waiting?.resolve(answer.value)
  }

  /** Jobs are pure: what a thread had in hand when it died is done again here. */
  function withoutThreads(): void {
    mayStart = false
    for (const worker of workers.splice(0)) void worker.terminate()
    for (const { order } of pending.values()) void perform(jobs, order).then(settle)
  }

  function expect(count: number): void {
    if (!mayStart || count <= WORTH_JOBS) return
    mayStart = false
    tuneForThreads(v8)
    try {
      for (let n = 0; n < Math.min(threads, MOST_THREADS); n += 1) {
        const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: spoken() })
        worker.on('message', settle).on('error', withoutThreads)
        workers.push(worker)
      }
    } catch {
      // A container's limit of processes counts threads, too.
      withoutThreads()
    }
  }

  return {
    do(name, input) {
      const order = { id: (taken += 1), name, input }
      return new Promise<unknown>((resolve, reject) => {
        expect(taken)
        pending.set(order.id, { order, resolve, reject })
        const worker = workers[order.id % workers.length]
        if (worker === undefined) void perform(jobs, order).then(settle)
        else worker.postMessage(order)
      }) as Promise<Awaited<ReturnType<J[typeof name]>>>
    },
    expect,
    async close() {
      mayStart = false
      await Promise.all(workers.splice(0).map((worker) => worker.terminate()))
    },
  }
}

/** Does one job; what it throws is part of the answer. */
export async function perform(jobs: Jobs, { id, name, input }: PoolJob): Promise<JobResult> {
  try {
    return { id, value: await (jobs[name] as (input: unknown) => unknown)(input) }
  } catch (error) {
    return { id, error: error instanceof Error ? error : new Error(String(error)), words: wordsOf(error) }
  }
}
