import { halfWidthOfMean } from './intervals.ts'

/** A choice that was made at random, with the probabilities that it was made with, and what came of it. */
export interface LoggedChoice {
  /** What choices depend on: rewards are predicted for each context by itself. */
  readonly context: string
  /** Of every action that was possible; each above 0. */
  readonly propensities: ReadonlyMap<string, number>
  readonly chosen: string
  readonly reward: number
}

/** A mean reward with its 95 % interval; `null`: all terms are alike, which says nothing of how they spread. */
interface Estimate {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** What would have come of the choices in which an action was possible, had it always been taken. */
export interface OffPolicyEstimate {
  readonly action: string
  /** Choices in which it was possible, and those in which it was taken. */
  readonly choices: number
  readonly taken: number
  /** The mean reward of all these choices as they were made. */
  readonly logged: number
  /** Inverse propensity scores (Horvitz and Thompson 1952): without bias, but widely spread. null: never taken. */
  readonly inversePropensity: Estimate | null
  /** The same divided by the sum of the weights (Hájek 1971): a little biased, less spread. */
  readonly selfNormalised: Estimate | null
  /** A predicted reward, corrected where it was taken (Robins, Rotnitzky and Zhao 1994). */
  readonly doublyRobust: Estimate | null
  /** How much more that is than what was logged, by the same choices. */
  readonly uplift: Estimate | null
}

export interface OffPolicy {
  /** In the order in which choices were made. */
  add(choice: LoggedChoice): void
  /** In the order in which actions came up. */
  estimates(): readonly OffPolicyEstimate[]
}

/** What is predicted before the first reward: so many rewards of that mean. */
export interface RewardPrior {
  readonly mean: number
  readonly count: number
}

interface Sums {
  choices: number
  taken: number
  reward: number
  weight: number
  weightSquared: number
  weighted: number
  weightedSquared: number
  /** Of the squared weight times the reward, and times its square: they say how the ratio spreads. */
  squareReward: number
  robust: number
  robustSquared: number
  uplift: number
  upliftSquared: number
}

/**
 * Off-policy evaluation in one pass, with one row of sums per action. Rewards are predicted by the mean of the same
 * context and action among earlier choices only: so each term is, given all before it, without bias, also where the
 * choices followed what had come of earlier ones (Luedtke and van der Laan 2016).
 */
export function createOffPolicy({ mean, count }: RewardPrior): OffPolicy {
  const sums = new Map<string, Sums>()
  const seen = new Map<string, { reward: number; count: number }>()
  return {
    add({ context, propensities, chosen, reward }) {
      for (const [action, propensity] of propensities) {
        const own = seen.get(JSON.stringify([context, action]))
        const predicted = (mean * count + (own?.reward ?? 0)) / (count + (own?.count ?? 0))
        let sum = sums.get(action)
        if (sum === undefined) sums.set(action, (sum = nothing()))
        addTo(sum, { weight: action === chosen ? 1 / propensity : 0, reward, predicted })
      }
      const key = JSON.stringify([context, chosen])
      const before = seen.get(key)
      seen.set(key, { reward: (before?.reward ?? 0) + reward, count: (before?.count ?? 0) + 1 })
    },
    estimates: () => [...sums].map(([action, sum]) => estimateOf(action, sum)),
  }
}

function nothing(): Sums {
  return {
    ...{ choices: 0, taken: 0, reward: 0, weight: 0, weightSquared: 0, weighted: 0, weightedSquared: 0 },
    ...{ squareReward: 0, robust: 0, robustSquared: 0, uplift: 0, upliftSquared: 0 },
  }
}

function addTo(
  sum: Sums,
  { weight, reward, predicted }: { readonly weight: number; readonly reward: number; readonly predicted: number },
): void {
  const robust = predicted + weight * (reward - predicted)
  sum.choices++
  if (weight > 0) sum.taken++
  sum.reward += reward
  sum.weight += weight
  sum.weightSquared += weight ** 2
  sum.weighted += weight * reward
  sum.weightedSquared += (weight * reward) ** 2
  sum.squareReward += weight ** 2 * reward
  sum.robust += robust
  sum.robustSquared += robust ** 2
  sum.uplift += robust - reward
  sum.upliftSquared += (robust - reward) ** 2
}

function estimateOf(action: string, sum: Sums): OffPolicyEstimate {
  const { choices, taken } = sum
  const counts = { action, choices, taken, logged: sum.reward / choices }
  if (taken === 0) return { ...counts, inversePropensity: null, selfNormalised: null, doublyRobust: null, uplift: null }
  return {
    ...counts,
    inversePropensity: meanOf(choices, sum.weighted, sum.weightedSquared),
    selfNormalised: ratioOf(sum),
    doublyRobust: meanOf(choices, sum.robust, sum.robustSquared),
    uplift: meanOf(choices, sum.uplift, sum.upliftSquared),
  }
}

function meanOf(count: number, total: number, squares: number): Estimate {
  const value = total / count
  const variance = count < 2 ? 0 : Math.max(0, (squares - count * value ** 2) / (count - 1))
  return around(value, halfWidthOfMean(Math.sqrt(variance), count))
}

/** By the delta method: the spread of w (r − v), relative to the sum of the weights. */
function ratioOf({ weight, weightSquared, weighted, weightedSquared, squareReward }: Sums): Estimate {
  const value = weighted / weight
  const squares = Math.max(0, weightedSquared - 2 * value * squareReward + value ** 2 * weightSquared)
  return around(value, halfWidthOfMean(Math.sqrt(squares) / weight, 1))
}

/** Below it is rounding. */
const HALF_MIN = 1e-9

function around(value: number, half: number): Estimate {
  return half < HALF_MIN ? { value, lower: null, upper: null } : { value, lower: value - half, upper: value + half }
}
