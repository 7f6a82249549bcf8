import type { BenchmarkContext } from './benchmark.ts'

export type Figures = Readonly<Record<string, number>>

/** One round: ours and the peer (or the physical limit), one after the other on the same machine. */
export interface Round {
  readonly ours: Figures
  readonly peer: Figures
}

/** Medians of each side, ours divided by the peer's, and every round as measured. */
export interface Compared extends Round {
  readonly ratio: Figures
  readonly rounds: readonly Round[]
}

/** Measures both sides several times, in turn. Names have their unit; what only one side has, has no ratio. */
export async function compared(
  { runs, quick, log }: Pick<BenchmarkContext, 'runs' | 'quick' | 'log'>,
  measure: () => Promise<Round>,
): Promise<Compared> {
  const rounds: Round[] = []
  const count = quick ? 1 : runs
  for (let number = 1; number <= count; number++) {
    const round = await measure()
    log(`round ${number} of ${count}: ${JSON.stringify(round)}`)
    rounds.push(round)
  }
  const ours = medians(rounds.map((round) => round.ours))
  const peer = medians(rounds.map((round) => round.peer))
  const ratio = Object.fromEntries(
    Object.keys(ours)
      .filter((name) => name in peer)
      .map((name) => [name, ours[name]! / peer[name]!]),
  )
  return { ours, peer, ratio, rounds }
}

function medians(sets: readonly Figures[]): Figures {
  const middle = (name: string) => sets.map((set) => set[name]!).sort((one, other) => one - other)[sets.length >> 1]!
  return Object.fromEntries(Object.keys(sets[0]!).map((name) => [name, middle(name)]))
}
