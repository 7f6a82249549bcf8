/** The code that answers a question about performance. */
export interface Benchmark {
  /** Whether it needs a Kafka broker. */
  readonly needsBroker: boolean
  /** Runs the benchmark once; the result is printed as JSON, with spreads where there are any. */
  run(context: BenchmarkContext): Promise<unknown>
}

export interface BenchmarkContext {
  /** Addresses of a real broker; empty if none is needed. */
  readonly brokers: readonly string[]
  readonly events: number
  /** Number of measurements. */
  readonly runs: number
  /** Whether to run in under a minute, with fewer events. */
  readonly quick: boolean
  /** Whether customers follow a Zipf distribution instead of a uniform one. */
  readonly zipf: boolean
  /** An empty folder for this benchmark alone. */
  readonly directory: string
  readonly log: (line: string) => void
}

export interface Spread {
  readonly minimum: number
  readonly median: number
  readonly maximum: number
}

/** Measures several times and returns the spread of each number. Names of numbers contain the unit. */
export async function repeated(
  { runs, log }: Pick<BenchmarkContext, 'runs' | 'log'>,
  measure: () => Promise<Readonly<Record<string, number>>>,
): Promise<Readonly<Record<string, Spread>>> {
  const results: Readonly<Record<string, number>>[] = []
  for (let run = 1; run <= runs; run++) {
    const result = await measure()
    log(`run ${run} of ${runs}: ${JSON.stringify(result)}`)
    results.push(result)
  }
  return Object.fromEntries(
    Object.keys(results[0] ?? {}).map((number) => {
      const values = results.map((result) => result[number]!).sort((one, other) => one - other)
      return [number, { minimum: values[0]!, median: values[values.length >> 1]!, maximum: values.at(-1)! }]
    }),
  )
}

/** Returns the CPU seconds of this process since an earlier `process.cpuUsage()`, or since its start. */
export function cpuSeconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}
