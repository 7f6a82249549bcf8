import { posteriorOf } from '../../api/calls/choose-script.ts'
import { drawScript } from '../../features/calls/scripts/draw-script.ts'
import { probabilityBest } from '../../models/bandit/probability-best.ts'
import { withFloor } from '../../models/bandit/with-floor.ts'
import { createOffPolicy } from '../../models/evaluation/off-policy.ts'
import { logistic } from '../../models/linear/logistic.ts'
import { scriptChoiceSetting } from '../../processors/calls/script-choice-setting.ts'
import type { Day } from '../../simulator/calendar.ts'
import { REFERENCE_SCRIPT, simulatedScripts, type SimulatedScript } from '../../simulator/calls/script-tastes.ts'
import { random, shuffled } from '../../simulator/random.ts'
import type { CallHistory, ScriptedCall, ScriptWorld } from './script-world.ts'

const policy = scriptChoiceSetting.defaults.get('default')!

/** Predicts the conversion probability of a customer from what the platform knows. */
export type Ranking = (rows: readonly (readonly number[])[]) => Float64Array

export interface Observed {
  readonly row: readonly number[]
  readonly converted: boolean
}

/** Trains the platform’s logistic regression on earlier calls. */
export function trainRanking(calls: readonly Observed[]): Ranking {
  const batchOf = (rows: readonly (readonly number[])[]) => ({
    ...{ count: rows.length, width: rows[0]!.length, rows: Float32Array.from(rows.flat()) },
    texts: rows.map(() => null),
  })
  const parameters = logistic.train(
    {
      ...batchOf(calls.map(({ row }) => row)),
      featureNames: calls[0]!.row.map((_, place) => `f${place}`),
      labels: Float64Array.from(calls, ({ converted }) => (converted ? 1 : 0)),
      times: new Float64Array(calls.length).fill(NaN),
    },
    1,
    undefined,
    { lambda: 1e-3, l1Ratios: [0] },
  )
  const score = logistic.scorer(parameters)
  return (rows) => {
    const into = new Float64Array(rows.length)
    void score(batchOf(rows), into)
    return into
  }
}

/** A call centre that works in one way. */
export interface Strategy {
  /** Calls so many customers who have not bought yet, and learns from the results in the evening. */
  work(day: Day, calls: number): void
  readonly dialled: () => number
  readonly bought: () => number
  /** Calls made, for training. */
  readonly observed: readonly Observed[]
  /** The platform’s off-policy estimates, and the truth that they should agree with. */
  estimates(): readonly Estimated[]
}

/** The off-policy estimate of a script beside its true value on the same calls. */
export interface Estimated {
  readonly script: string
  /** Conversion rate if every call had used the script. */
  readonly value: Compared
  /** That rate minus the rate of the scripts as they were chosen. */
  readonly uplift: Compared
}
export interface Compared {
  readonly estimate: number
  readonly lower: number | null
  readonly upper: number | null
  readonly truth: number
}

interface Ways {
  /** Calls customers in order of their predicted probability; absent: in random order. */
  readonly ranking?: Ranking | undefined
  /** Whether scripts are chosen by the results in each segment; otherwise all calls use the same script. */
  readonly personalised: boolean
}

export function createStrategy(world: ScriptWorld, { ranking, personalised }: Ways): Strategy {
  const histories = Array.from({ length: world.size }, () => world.newHistory())
  const observed: Observed[] = []
  const scripts = personalised ? createChooser() : undefined
  let [dialled, bought] = [0, 0]
  const order = (day: Day): readonly number[] => {
    const left = [...histories.keys()].filter((customer) => !histories[customer]!.hasBought)
    const mixed = shuffled(left, random('order', day.index))
    if (ranking === undefined) return mixed
    const scores = ranking(mixed.map((customer) => world.observe(customer, histories[customer]!, day)))
    return [...mixed.keys()].sort((one, other) => scores[other]! - scores[one]!).map((place) => mixed[place]!)
  }
  return {
    work(day, calls) {
      for (const customer of order(day).slice(0, calls)) {
        const history: CallHistory = histories[customer]!
        const row = world.observe(customer, history, day)
        const call = world.call(customer, history, day)
        const script = scripts?.choose(`${customer}-${day.index}`, world.segment(customer), call) ?? REFERENCE_SCRIPT
        const converted = call.converts(script)
        call.record(history, converted)
        observed.push({ row, converted })
        dialled++
        if (converted) bought++
      }
      scripts?.learn()
    },
    ...{ observed, dialled: () => dialled, bought: () => bought },
    estimates: () => scripts?.estimates() ?? [],
  }
}

interface Result {
  decided: number
  converted: number
}

/** Chooses scripts as the API does (`api/calls/choose-script.ts`), with segments as target groups. */
function createChooser() {
  const results = new Map<string, Result>()
  const today: [key: string, converted: boolean][] = []
  const propensitiesOf = new Map<string, readonly number[]>()
  const offPolicy = createOffPolicy({ mean: policy.priorConversions / policy.priorCalls, count: policy.priorCalls })
  const truth = new Map(simulatedScripts.map((script) => [script, { value: 0, uplift: 0 }]))
  let count = 0
  const propensities = (segment: string): readonly number[] => {
    let known = propensitiesOf.get(segment)
    if (known === undefined) {
      const posteriors = simulatedScripts.map((script) => posteriorOf(policy, results.get(`${segment}/${script}`)))
      propensitiesOf.set(segment, (known = withFloor(probabilityBest(posteriors), policy.floor)))
    }
    return known
  }
  return {
    choose(callId: string, segment: string, call: ScriptedCall): SimulatedScript {
      const shares = propensities(segment)
      const script = simulatedScripts[drawScript(callId, shares)]!
      if (!call.answered) return script
      const converted = call.converts(script)
      today.push([`${segment}/${script}`, converted])
      const logged = simulatedScripts.map((one, place) => [one, shares[place]!] as const)
      const reward = converted ? 1 : 0
      offPolicy.add({ context: segment, propensities: new Map(logged), chosen: script, reward })
      const expected = logged.reduce((sum, [one, share]) => sum + share * call.probabilities[one], 0)
      for (const [one, sums] of truth) {
        sums.value += call.probabilities[one]
        sums.uplift += call.probabilities[one] - expected
      }
      count++
      return script
    },
    learn(): void {
      for (const [key, converted] of today.splice(0)) {
        const result = results.get(key) ?? { decided: 0, converted: 0 }
        results.set(key, result)
        result.decided++
        if (converted) result.converted++
      }
      propensitiesOf.clear()
    },
    estimates(): readonly Estimated[] {
      return offPolicy.estimates().flatMap(({ action, doublyRobust, uplift }) => {
        const sums = truth.get(action as SimulatedScript)!
        if (doublyRobust === null || uplift === null) return []
        const compared = ({ value: estimate, lower, upper }: typeof doublyRobust, sum: number): Compared => ({
          ...{ estimate, lower, upper, truth: sum / count },
        })
        return [{ script: action, value: compared(doublyRobust, sums.value), uplift: compared(uplift, sums.uplift) }]
      })
    },
  }
}
