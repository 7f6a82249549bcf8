import { join } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { openTestbed } from './sb-s/testbed.ts'
import { growthRun, type Growth } from './sb-s/growth-run.ts'
import { ours } from './sb-s/jobs.ts'

interface Size {
  readonly keys: number
  readonly partitions: number
  readonly processes: number
}

const USUAL: Size = { keys: 100_000, partitions: 4, processes: 1 }
const sizes: readonly Size[] = [
  ...[10_000, 100_000, 1_000_000, 5_000_000].map((keys) => ({ ...USUAL, keys })),
  ...[1, 16, 64].map((partitions) => ({ ...USUAL, partitions })),
  ...[2, 4].map((processes) => ({ ...USUAL, processes })),
]
const QUICK_SHARE = 0.05

/** Runs SB-S with one size at a time larger or smaller than usual. */
export const growth: Benchmark = {
  needsBroker: true,
  async run({ brokers, directory, events, quick, log }) {
    const rows: (Size & Growth)[] = []
    for (const size of sizes) {
      const keys = quick ? Math.round(size.keys * QUICK_SHARE) : size.keys
      const testbed = await openTestbed(
        brokers,
        join(directory, `${size.keys}-${size.partitions}-${size.processes}`),
        size.partitions,
      )
      try {
        // Enough events for most keys to occur.
        const input = await testbed.input(
          { seed: 1, distribution: 'uniform', customers: keys },
          Math.max(quick ? events * QUICK_SHARE : events, 2 * keys),
        )
        const row = { ...size, keys, ...(await growthRun(testbed, ours, input, size.processes)) }
        log(
          Object.entries(row)
            .map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`)
            .join(', '),
        )
        rows.push(row)
      } finally {
        await testbed.close()
      }
    }
    return { rows }
  },
}
