import { setTimeout as delay } from 'node:timers/promises'
import type { KafkaClient } from '../../kafka/client.ts'
import { KafkaError } from '../../kafka/errors.ts'
import type { Usage } from '../process-usage.ts'
import type { JobProcess, JobSettings } from './job-process.ts'

export interface Progress {
  readonly client: KafkaClient
  readonly input: string
  readonly partitions: number
  readonly applicationId: string
}

/** Returns where to read the progress of a job on its input. */
export function progressOf(
  { client, partitions }: Pick<Progress, 'client' | 'partitions'>,
  { input, applicationId }: Pick<JobSettings, 'input' | 'applicationId'>,
): Progress {
  return { client, partitions, input, applicationId }
}

const SAMPLE_MS = 50
const POLL_MS = 100

/**
 * Returns the number of records that the job has committed. Retries while a transaction with offsets is open, so that
 * with a busy job the answer may come only when all is done.
 */
export async function committed(progress: Progress): Promise<number> {
  return (await committedByPartition(progress)).reduce((sum, offset) => sum + offset, 0)
}

/** Returns the committed offset of each partition. */
export async function committedByPartition(progress: Progress): Promise<readonly number[]> {
  const { client, input, partitions, applicationId } = progress
  const all = Array.from({ length: partitions }, (_, partition) => ({ topic: input, partition }))
  for (;;) {
    try {
      const offsets = await client.committedOffsets(applicationId, all)
      return all.map(({ partition }) => offsets.find((one) => one.partition === partition)?.offset ?? 0)
    } catch (error) {
      if (!(error instanceof KafkaError) || error.code !== 'UNSTABLE_OFFSET_COMMIT') throw error
    }
  }
}

/** Returns the end of the input: what `committed` returns when all is done. */
export async function endOf({ client, input, partitions }: Progress): Promise<number> {
  const ends = Array.from({ length: partitions }, (_, partition) =>
    client.listOffset({ topic: input, partition }, 'latest_stable'),
  )
  return (await Promise.all(ends)).reduce((sum, end) => sum + end, 0)
}

/** Waits until the job has committed up to `target`, and returns samples of its resource usage. */
export async function watch(job: JobProcess, progress: Progress, target: number): Promise<Usage[]> {
  const samples: Usage[] = []
  let done = false
  const sampling = (async () => {
    while (!done) {
      samples.push(job.usage())
      await delay(SAMPLE_MS)
    }
  })()
  const arriving = (async () => {
    while ((await committed(progress)) < target) await delay(POLL_MS)
  })()
  try {
    await Promise.race([arriving, job.failed, sampling])
  } finally {
    done = true
    await sampling.catch(() => {})
  }
  return samples
}

/** Interpolates the CPU seconds at a time between two samples. */
export function cpuAt(samples: readonly Usage[], at: number): number {
  const after = samples.findIndex((sample) => sample.at >= at)
  if (after < 0) return samples.at(-1)!.cpuSeconds
  if (after === 0) return samples[0]!.cpuSeconds
  const [one, other] = [samples[after - 1]!, samples[after]!]
  return one.cpuSeconds + ((at - one.at) / (other.at - one.at)) * (other.cpuSeconds - one.cpuSeconds)
}
