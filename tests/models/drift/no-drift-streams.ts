/**
 * Prints how many streams without drift raise an alarm, by kind: `node no-drift-streams.ts [streams of each kind]`. A
 * script of its own, since it takes minutes within the test runner.
 */
import { driftsIn, names, normal, numbers } from './drift-streams.ts'
import type { WatchedColumn } from '../../../models/drift/column-series.ts'

const ROWS = 6_000
const EACH = Number(process.argv[2] ?? 20)

function autoregressive(share: number) {
  return (seed: number) =>
    numbers(ROWS, seed, (next) => {
      let value = 0
      return () => (value = share * value + Math.sqrt(1 - share * share) * normal(next))
    })
}

const cycle = (rows: number) => (seed: number) =>
  numbers(ROWS, seed, (next) => {
    const phase = 7 * next()
    return (row) => 1.5 * Math.sin((2 * Math.PI * row) / rows + phase) + normal(next)
  })

const kinds: Readonly<Record<string, (seed: number) => WatchedColumn>> = {
  independent: (seed) => numbers(ROWS, seed, (next) => () => normal(next)),
  'without moments (Cauchy)': (seed) => numbers(ROWS, seed, (next) => () => Math.tan(Math.PI * (next() - 0.5))),
  'heavy on one side': (seed) => numbers(ROWS, seed, (next) => () => Math.exp(2 * normal(next))),
  'few values': (seed) => numbers(ROWS, seed, (next) => () => Math.floor(4 * next() ** 3)),
  'autocorrelated 0.5': autoregressive(0.5),
  'autocorrelated 0.9': autoregressive(0.9),
  'autocorrelated 0.99': autoregressive(0.99),
  'a short cycle': cycle(24),
  'a cycle as long as a window': cycle(300),
  'two cycles': (seed) =>
    numbers(
      ROWS,
      seed,
      (next) => (row) => (Math.floor(row / 48) % 7 >= 5 ? 1.5 : 0) + Math.sin((2 * Math.PI * row) / 48) + normal(next),
    ),
  'volatility that comes and goes': (seed) =>
    numbers(ROWS, seed, (next) => {
      let [variance, last] = [1, 0]
      return () => {
        variance = 0.1 + 0.1 * last * last + 0.8 * variance
        return (last = Math.sqrt(variance) * normal(next))
      }
    }),
  'missing at random': (seed) => numbers(ROWS, seed, (next) => () => (next() < 0.05 ? Number.NaN : normal(next))),
  'two names': (seed) => names(ROWS, seed, 2, (next) => () => (next() < 0.1 ? 1 : 0)),
  'names without end': (seed) =>
    names(ROWS, seed, 5_000, (next) => () => Math.min(4_999, Math.floor(1 / (1 - next())) - 1)),
  'names that stay for a while': (seed) =>
    names(ROWS, seed, 3, (next) => {
      let code = 0
      return () => (code = next() < 0.95 ? code : Math.floor(3 * next()))
    }),
}

const alarmed: Record<string, number> = {}
for (const [kind, make] of Object.entries(kinds)) {
  alarmed[kind] = 0
  for (let seed = 1; seed <= EACH; seed++) if (driftsIn(make(seed * 104_729), 300).length > 0) alarmed[kind]++
}
console.log(JSON.stringify({ each: EACH, alarmed }))
