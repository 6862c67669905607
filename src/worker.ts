import { parentPort, workerData } from 'node:worker_threads'
import { type PoolJob, perform } from './edge/worker-pool.ts'
import { catalogueJobs } from './pipeline/search/jobs.ts'
import { importJobs } from './pipeline/import/jobs.ts'
import { storyJobs } from './pipeline/reading/story-jobs.ts'
import { type Language, speak } from './words/words.ts'

const jobs = { ...catalogueJobs, ...importJobs, ...storyJobs }

await speak(workerData as Language)

// A thread of `openWorkerPool`: it does what it is told and answers.
parentPort?.on('message', async (order: PoolJob) => parentPort?.postMessage(await perform(jobs, order)))
