import { parentPort } from 'node:worker_threads'
import { type Order, perform } from './edge/crew.ts'
import { importJobs } from './pipeline/import-jobs.ts'
import { storyJobs } from './pipeline/read-story.ts'

const jobs = { ...importJobs, ...storyJobs }

// A thread of `openCrew`: it does what it is told and answers.
parentPort?.on('message', (order: Order) => parentPort?.postMessage(perform(jobs, order)))
