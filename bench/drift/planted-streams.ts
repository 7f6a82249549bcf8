import { random, type Random } from '../../models/random.ts'

export const STREAM_ROWS = 10_000

/** A column with known drifts. */
export interface PlantedStream {
  readonly kind: string
  readonly values: Float64Array
  /** Rows at which the drifts begin. */
  readonly onsets: readonly number[]
}

type Level = (row: number, next: Random) => number

const abrupt: Level = (row) => (row < 5_000 ? 0 : 1)
const gradual: Level = (row, next) => (next() < (row - 4_000) / 2_000 ? 1 : 0)
const incremental: Level = (row) => Math.min(1, Math.max(0, (row - 4_000) / 3_000))
const recurring: Level = (row) => Math.floor(row / 2_500) % 2
const flat: Level = () => 0

const plans: readonly {
  readonly kind: string
  readonly onsets: readonly number[]
  noise(next: Random): (row: number) => number
  readonly level: Level
}[] = [
  { kind: 'none: independent', onsets: [], noise: (next) => () => normal(next), level: flat },
  { kind: 'none: heavy tails', onsets: [], noise: (next) => () => Math.tan(Math.PI * (next() - 0.5)), level: flat },
  { kind: 'none: autocorrelated', onsets: [], noise: autocorrelated, level: flat },
  {
    kind: 'none: a cycle',
    onsets: [],
    noise: (next) => (row) => 1.5 * Math.sin((2 * Math.PI * row) / 500) + normal(next),
    level: flat,
  },
  { kind: 'abrupt', onsets: [5_000], noise: (next) => () => normal(next), level: abrupt },
  { kind: 'gradual', onsets: [4_000], noise: (next) => () => normal(next), level: gradual },
  { kind: 'incremental', onsets: [4_000], noise: (next) => () => normal(next), level: incremental },
  { kind: 'recurring', onsets: [2_500, 5_000, 7_500], noise: (next) => () => normal(next), level: recurring },
]

/**
 * Creates streams with four kinds of drift by one standard deviation, and streams without drift; `each` of every kind.
 */
export function plantedStreams(each: number): readonly PlantedStream[] {
  return plans.flatMap(({ kind, onsets, noise, level }, plan) =>
    Array.from({ length: each }, (_, seed): PlantedStream => {
      const next = random(1 + plan * 1_000_003 + seed * 7_919)
      const own = noise(next)
      return {
        kind,
        onsets,
        values: Float64Array.from({ length: STREAM_ROWS }, (_, row) => own(row) + level(row, next)),
      }
    }),
  )
}

function normal(next: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

function autocorrelated(next: Random): (row: number) => number {
  let value = 0
  return () => (value = 0.9 * value + Math.sqrt(1 - 0.81) * normal(next))
}
