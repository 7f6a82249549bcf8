/** A thread that trains one model for `train-algorithm.ts`. */
import { workerData } from 'node:worker_threads'
import { reportTraining } from '../train-in-thread.ts'
import type { AlgorithmJob } from './train-algorithm.ts'
import { trainHere } from './trainers.ts'

const { algorithm, data, seed, settings } = workerData as AlgorithmJob
await reportTraining((progress) => trainHere(algorithm, data, seed, progress, settings))
