/** A thread that trains one network for `train-network-in-thread.ts`. */
import { workerData } from 'node:worker_threads'
import { reportTraining } from '../train-in-thread.ts'
import type { TrainingJob } from './train-network-in-thread.ts'
import { trainNetwork } from './train-network.ts'

const { data, head, options, seed, backend } = workerData as TrainingJob
await reportTraining((progress) => trainNetwork(data, head, options, seed, progress, backend))
