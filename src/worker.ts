import { parentPort } from 'node:worker_threads'
import { type Order, perform } from './edge/crew.ts'
import { importJobs } from './pipeline/import-jobs.ts'

// A thread of `openCrew`: it does what it is told and answers.
parentPort?.on('message', (order: Order) => parentPort?.postMessage(perform(importJobs, order)))
