import { rocAuc } from '../models/evaluation/metrics.ts'
import { temporalHoldout } from '../models/split.ts'
import { trainChallenger } from '../retrainer/lifecycle/challenger.ts'
import { NEWEST_SHARE } from '../retrainer/lifecycle/newest-share.ts'
import { DAY_MS } from '../schemas/durations.ts'
import { createWorld } from '../simulator/world.ts'
import type { Benchmark } from './benchmark.ts'
import { servedRowsOf } from './models/rows-of-import.ts'

const TASK = 'call-conversion'
const START = Date.UTC(2026, 0, 4, 16)
/** Days of history, as in `npm start`. */
const DAYS = 90
const SEEDS = ['1', '2', '3', '4', '5']
const ALGORITHMS = ['logistic', 'gbm']

/** Compares models trained on the simulated bank's calls with the best possible one. */
export const callConversion: Benchmark = {
  needsBroker: false,
  async run({ log, quick }) {
    const answers = []
    for (const seed of quick ? SEEDS.slice(0, 1) : SEEDS) {
      const world = createWorld({ seed, startAt: START })
      const until = START + DAYS * DAY_MS
      const { data, outcomes } = await servedRowsOf(async function* () {
        for (const { topic, event, arrivesAt } of world.history(START, until)) yield { topic, event, at: arrivesAt }
      }, TASK)
      const truth = world.truth(until).calls
      const chances = Float64Array.from(outcomes, ({ id }) => {
        const { answerProbability, conversionProbability } = truth.get(id.replace(`sim-${TASK}-`, ''))!
        return answerProbability * conversionProbability
      })
      const { test } = temporalHoldout(data, NEWEST_SHARE, 1)
      const ofTest = (from: Float64Array) => Float64Array.from(test, (row) => from[row]!)
      const models = []
      for (const algorithm of ALGORITHMS) {
        const { metrics, baseline, promote, reason } = await trainChallenger(data, {
          task: TASK,
          algorithm,
          featureSet: 'customer@1',
          seed: 1,
        })
        models.push({
          algorithm,
          auc: metrics['auc'],
          logLoss: metrics['logLoss'],
          baseline: baseline['logLoss'],
          promote,
          reason,
        })
      }
      answers.push({
        seed,
        calls: data.count,
        converted: data.labels.reduce((sum, label) => sum + label, 0),
        /** AUC of the true probability of the newest calls, given all that the world knows when they are made. */
        bestAuc: rocAuc(ofTest(data.labels), ofTest(chances)),
        models,
      })
      log(JSON.stringify(answers.at(-1)))
    }
    return { callConversion: answers }
  },
}
