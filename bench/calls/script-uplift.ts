import { halfWidthOfMean } from '../../models/evaluation/intervals.ts'
import type { Figures } from '../compare-rounds.ts'
import { createStrategy, trainRanking, type Compared, type Estimated, type Strategy } from './script-strategy.ts'
import { scriptWorld } from './script-world.ts'

export interface UpliftOptions {
  /** Number of simulated worlds. */
  readonly worlds: number
  readonly customers: number
  /** Days whose calls the ranking is learned from, and days that are compared. */
  readonly learningDays: number
  readonly days: number
  readonly callsADay: number
}

export const UPLIFT: UpliftOptions = { worlds: 100, customers: 3_000, learningDays: 20, days: 40, callsADay: 150 }
export const UPLIFT_QUICK: UpliftOptions = { ...UPLIFT, worlds: 8 }

/** The ways of working by name. `plain` is random order with one script. */
const ways = {
  plain: { ranked: false, personalised: false },
  scripts: { ranked: false, personalised: true },
  ranking: { ranked: true, personalised: false },
  both: { ranked: true, personalised: true },
} as const
type Way = keyof typeof ways
const names = Object.keys(ways) as Way[]

/** Conversions per 100 dialled calls of each way, and the off-policy estimates of the scripts, in one world. */
interface WorldResult {
  readonly rates: Readonly<Record<Way, number>>
  readonly estimates: readonly Estimated[]
}

/**
 * Compares personalised scripts and ranking with random order and one script, on the simulated bank’s customers with
 * known preferences. All ways get the same customers, days and chances; the learning days are the same for all.
 */
export function compareScripts(options: UpliftOptions): Figures {
  const results = Array.from({ length: options.worlds }, (_, index) => runWorld(`uplift-${index + 1}`, options))
  const all = names.map((name) => [name, meanOf(results.map(({ rates }) => rates[name]))] as const)
  const uplifts = names
    .filter((name) => name !== 'plain')
    .map((name) => [name, meanOf(results.map(({ rates }) => rates[name] - rates.plain))] as const)
  return {
    conversionsPer100: Object.fromEntries(all),
    upliftPer100: Object.fromEntries(uplifts),
    offPolicy: {
      value: agreementOf(results, ({ value }) => value),
      uplift: agreementOf(results, ({ uplift }) => uplift),
    },
  }
}

function runWorld(seed: string, { customers, learningDays, days, callsADay }: UpliftOptions): WorldResult {
  const world = scriptWorld(seed, customers)
  const learning = createStrategy(world, { personalised: false })
  for (let day = 0; day < learningDays; day++) learning.work(world.nextDay(), callsADay)
  const ranking = trainRanking(learning.observed)
  const strategies = names.map((name): [Way, Strategy] => {
    const { ranked, personalised } = ways[name]
    return [name, createStrategy(world, { personalised, ranking: ranked ? ranking : undefined })]
  })
  for (let index = 0; index < days; index++) {
    const day = world.nextDay()
    for (const [, strategy] of strategies) strategy.work(day, callsADay)
  }
  const rates = strategies.map(([name, { bought, dialled }]) => [name, (100 * bought()) / dialled()])
  const estimates = strategies.flatMap(([name, strategy]) => (name === 'both' ? strategy.estimates() : []))
  return { rates: Object.fromEntries(rates) as Record<Way, number>, estimates }
}

/** Returns the mean over worlds with its 95 % interval. */
function meanOf(values: readonly number[]): Figures {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const half = halfWidthOfMean(Math.sqrt(squares / (values.length - 1)), values.length)
  return { mean, lower: mean - half, upper: mean + half }
}

/** Compares estimates with the truth, by script: mean of both in points, and how often the interval covers the truth. */
function agreementOf(results: readonly WorldResult[], of: (estimated: Estimated) => Compared): Figures {
  const byScript = Map.groupBy(
    results.flatMap(({ estimates }) => estimates),
    ({ script }) => script,
  )
  return Object.fromEntries(
    Array.from(byScript, ([script, estimates]) => {
      const all = estimates.map(of)
      const covered = all.filter(
        ({ lower, upper, truth }) => lower !== null && upper !== null && lower <= truth && truth <= upper,
      )
      return [
        script,
        {
          truthPer100: 100 * (meanOf(all.map(({ truth }) => truth))['mean'] as number),
          errorPer100: meanOf(all.map(({ estimate, truth }) => 100 * (estimate - truth))),
          coverage: covered.length / all.length,
        },
      ]
    }),
  )
}
