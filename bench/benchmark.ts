/** A question about performance, with everything that it takes to answer it. */
export interface Benchmark {
  readonly name: string
  readonly question: string
  /** One run; numbers with their unit in the name. */
  run(context: BenchmarkContext): Promise<Readonly<Record<string, number>>>
}

export interface BenchmarkContext {
  /** A real broker. */
  readonly brokers: readonly string[]
  readonly events: number
  /** An empty folder of this run's own. */
  readonly directory: string
}

/** CPU seconds of this process between two calls. */
export function cpuSeconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}
