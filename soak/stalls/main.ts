/**
 * Measures how long the platform's client and Java's stall at each fault of three brokers, side by side and with
 * nothing else running: `node soak/stalls/main.ts [FAULT,…]`. Prints a table. The campaign measures the same with the
 * whole platform running.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandContext } from '../../composition/context.ts'
import { ensureTopics } from '../../composition/kafka.ts'
import { readConfig } from '../../config.ts'
import { startOwnCluster } from '../../tests/support/own-cluster.ts'
import type { FaultTarget } from '../fault.ts'
import { faultsFor } from '../faults/faults.ts'
import { createSchedule } from '../schedule.ts'
import { until } from '../until.ts'
import { startStallClocksAt } from './start-stall-clocks.ts'

const SEED = 5
const wanted = process.argv[2]?.split(',')
const faults = faultsFor(3).filter(
  ({ name, brokers }) => brokers === 3 && name !== 'rights' && (wanted?.includes(name) ?? true),
)
const directory = mkdtempSync(join(tmpdir(), 'scoreline-stalls-'))
const cluster = await startOwnCluster({ directory: join(directory, 'brokers') })
const context: CommandContext = {
  config: readConfig({ KAFKA_BROKERS: cluster.brokers.join(','), TOPIC_REPLICATION: '3' }),
  log: () => {},
  print: () => {},
  stopped: new AbortController().signal,
  fail: (error) => {
    throw error
  },
}
const seconds = (milliseconds: number | undefined) => ((milliseconds ?? Number.NaN) / 1000).toFixed(1)
try {
  await ensureTopics(context)
  const clocks = await startStallClocksAt(cluster, context, directory)
  const both = [clocks.ours, clocks.java]
  const going = async (since: number) => {
    for (const moments of both)
      await until(() => (moments.latest() ?? 0) > since, { what: 'both clients to go on', timeoutMs: 180_000 })
  }
  await going(Date.now())
  console.log('| fault | our client, s | Java’s client, s | what was done |\n|---|---:|---:|---|')
  const scene = { stage: { cluster, context } } as FaultTarget
  for (const { fault, plan } of createSchedule(SEED, faults.length, faults)) {
    const begunAt = Date.now()
    const done = await fault.inject(scene, plan)
    await going(Date.now())
    const [ours, java] = both.map((moments) => moments.longestGapMs(begunAt, Date.now()))
    console.log(`| ${fault.name} | ${seconds(ours)} | ${seconds(java)} | ${String(done)} |`)
  }
  clocks.close()
} finally {
  await cluster.remove()
  rmSync(directory, { recursive: true, force: true })
}
process.exit(0)
