import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compared, type Round } from './compared.ts'
import { openPlatform } from './platform-under-test.ts'
import type { Usage } from './process-usage.ts'
import { openArena } from './sb-s/arena.ts'
import { startJob } from './sb-s/job-process.ts'
import { kafkaStreams } from './sb-s/jobs.ts'

/** About as many tasks as the platform has: processors × partitions. */
const PEER_PARTITIONS = 52
const SECONDS = 60
const SECONDS_QUICK = 15
/** Until compilers, caches and the first checkpoints have come to rest. */
const SETTLE_MS = 20_000
const NOTHING_WRITTEN = 0

/** What it costs that nothing happens, beside a Kafka Streams job with as many tasks and no events. */
export const idle: Benchmark = {
  name: 'idle',
  question: 'What share of a core does the whole platform use while there are no events?',
  needsBroker: true,
  async run(context) {
    await kafkaStreams.prepare()
    return compared(context, () => measure(context))
  },
}

async function measure(context: BenchmarkContext): Promise<Round> {
  const seconds = context.quick ? SECONDS_QUICK : SECONDS
  return {
    ours: { cpuShare: await platformShare(context, seconds) },
    peer: { cpuShare: await peerShare(context, seconds) },
  }
}

async function platformShare({ brokers, directory }: BenchmarkContext, seconds: number): Promise<number> {
  const platform = await openPlatform(brokers, directory)
  try {
    const running = await platform.up()
    try {
      await running.caughtUp()
      return await shareOf(running, seconds)
    } finally {
      await running.stop()
    }
  } finally {
    await platform.close()
  }
}

async function peerShare({ brokers, directory }: BenchmarkContext, seconds: number): Promise<number> {
  const arena = await openArena(brokers, join(directory, 'arena'), PEER_PARTITIONS)
  try {
    const input = await arena.input({ seed: 1, distribution: 'uniform', customers: 1 }, NOTHING_WRITTEN)
    const bout = await arena.bout(input)
    const job = startJob(kafkaStreams, bout.settings)
    try {
      return await Promise.race([shareOf(job, seconds), job.failed])
    } finally {
      await job.stop()
      await arena.cleanUp(bout)
    }
  } finally {
    await arena.close()
  }
}

async function shareOf(process: { usage(): Usage }, seconds: number): Promise<number> {
  await delay(SETTLE_MS)
  const before = process.usage()
  await delay(seconds * 1_000)
  const after = process.usage()
  return ((after.cpuSeconds - before.cpuSeconds) * 1_000) / (after.at - before.at)
}
