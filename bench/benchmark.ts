/** A question about performance, with everything that it takes to answer it. */
export interface Benchmark {
  readonly name: string
  readonly question: string
  /** Whether it needs a Kafka. */
  readonly needsBroker: boolean
  /** Runs the benchmark once; the result is printed as JSON, with spreads where there are any. */
  run(context: BenchmarkContext): Promise<unknown>
}

export interface BenchmarkContext {
  /** A real broker; empty where none is needed. */
  readonly brokers: readonly string[]
  readonly events: number
  /** How often to measure. */
  readonly runs: number
  /** In under a minute, with fewer events. */
  readonly quick: boolean
  /** Customers that are named as unequally as words are, instead of evenly. */
  readonly zipf: boolean
  /** An empty folder of this benchmark's own. */
  readonly directory: string
  readonly log: (line: string) => void
}

export interface Spread {
  readonly minimum: number
  readonly median: number
  readonly maximum: number
}

/** Measures several times. Numbers have their unit in the name. */
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

/** CPU seconds of this process between two calls. */
export function cpuSeconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}
