import { halfWidthOfMean } from './intervals.ts'

/** A randomised choice with its propensities and its reward. */
export interface LoggedChoice {
  /** Context of the choice. Rewards are predicted per context. */
  readonly context: string
  /** Probability of every action that was possible; each above 0. */
  readonly propensities: ReadonlyMap<string, number>
  readonly chosen: string
  readonly reward: number
}

/** A mean reward with its 95 % interval; `null` bounds if all terms are equal and give no variance. */
interface Estimate {
  readonly value: number
  readonly lower: number | null
  readonly upper: number | null
}

/** Estimated reward of always taking an action, over the choices in which it was possible. */
export interface OffPolicyEstimate {
  readonly action: string
  /** Choices in which the action was possible, and those in which it was taken. */
  readonly choices: number
  readonly taken: number
  /** Mean observed reward of these choices. */
  readonly logged: number
  /** Inverse propensity score (Horvitz and Thompson 1952): unbiased, but of high variance. `null` if never taken. */
  readonly inversePropensity: Estimate | null
  /** The same divided by the sum of the weights (Hájek 1971): slightly biased, of lower variance. */
  readonly selfNormalised: Estimate | null
  /** Predicted reward, corrected where the action was taken (Robins, Rotnitzky and Zhao 1994). */
  readonly doublyRobust: Estimate | null
  /** Doubly robust estimate minus the observed reward, over the same choices. */
  readonly uplift: Estimate | null
}

export interface OffPolicy {
  /** Adds a choice. Choices must be added in the order in which they were made. */
  add(choice: LoggedChoice): void
  /** Returns the estimates in the order in which actions first occurred. */
  estimates(): readonly OffPolicyEstimate[]
}

/** Prior of the reward prediction: equivalent to `count` earlier rewards of mean `mean`. */
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
  /** Sum of squared weight × reward, for the variance of the ratio. */
  squareReward: number
  robust: number
  robustSquared: number
  uplift: number
  upliftSquared: number
}

/**
 * Returns an off-policy evaluator that works in one pass, with one row of sums per action. Rewards are predicted from
 * earlier choices with the same context and action only. So each term is unbiased given all before it, even if the
 * choices depended on earlier rewards (Luedtke and van der Laan 2016).
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
        if (sum === undefined) sums.set(action, (sum = emptySums()))
        addTo(sum, { weight: action === chosen ? 1 / propensity : 0, reward, predicted })
      }
      const key = JSON.stringify([context, chosen])
      const before = seen.get(key)
      seen.set(key, { reward: (before?.reward ?? 0) + reward, count: (before?.count ?? 0) + 1 })
    },
    estimates: () => [...sums].map(([action, sum]) => estimateOf(action, sum)),
  }
}

function emptySums(): Sums {
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

/**
 * Returns the self-normalised estimate, with the variance by the delta method: that of w (r − v), relative to the sum
 * of the weights.
 */
function ratioOf({ weight, weightSquared, weighted, weightedSquared, squareReward }: Sums): Estimate {
  const value = weighted / weight
  const squares = Math.max(0, weightedSquared - 2 * value * squareReward + value ** 2 * weightSquared)
  return around(value, halfWidthOfMean(Math.sqrt(squares) / weight, 1))
}

/** Smaller half-widths are rounding errors. */
const HALF_MIN = 1e-9

function around(value: number, half: number): Estimate {
  return half < HALF_MIN ? { value, lower: null, upper: null } : { value, lower: value - half, upper: value + half }
}
