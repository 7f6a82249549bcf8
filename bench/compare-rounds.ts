import type { BenchmarkContext } from './benchmark.ts'

/** Numbers by name; the name, or that of their group, has the unit, as in `{ listMs: { p50, p99 } }`. */
export interface Figures {
  readonly [name: string]: number | Figures
}

/** One round: our figures and the peer's (or the physical limit), measured one after the other on the same machine. */
export interface Round {
  readonly ours: Figures
  readonly peer: Figures
}

/** Medians of each side, ours divided by the peer's, and every round as measured. */
export interface Comparison extends Round {
  readonly ratio: Figures
  readonly rounds: readonly Round[]
}

/** Measures both sides several times, alternating. Figures that only one side has get no ratio. */
export async function compareRounds(
  { runs, quick, log }: Pick<BenchmarkContext, 'runs' | 'quick' | 'log'>,
  measure: () => Promise<Round>,
): Promise<Comparison> {
  const rounds: Round[] = []
  const count = quick ? 1 : runs
  for (let number = 1; number <= count; number++) {
    const round = await measure()
    log(`round ${number} of ${count}: ${JSON.stringify(round)}`)
    rounds.push(round)
  }
  const median = (values: readonly number[]) => [...values].sort((one, other) => one - other)[values.length >> 1]!
  const ours = combined(
    rounds.map((round) => round.ours),
    median,
  )
  const peer = combined(
    rounds.map((round) => round.peer),
    median,
  )
  return { ours, peer, ratio: combined([ours, peer], ([one, other]) => one! / other!), rounds }
}

/** Combines the numbers that are in all sets. */
function combined(sets: readonly Figures[], combine: (values: readonly number[]) => number): Figures {
  const names = Object.keys(sets[0]!).filter((name) => sets.every((set) => name in set))
  return Object.fromEntries(
    names.map((name) => {
      const values = sets.map((set) => set[name]!)
      return [
        name,
        typeof values[0] === 'number' ? combine(values as number[]) : combined(values as Figures[], combine),
      ]
    }),
  )
}
