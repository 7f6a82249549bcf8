import type { Benchmark } from './benchmark.ts'
import { cardConjoint } from './models/card-conjoint.ts'
import { compareDefaults } from './models/defaults-comparison.ts'
import { preparePython } from './models/python.ts'
import { quality } from './models/quality.ts'
import { speed } from './models/speed.ts'

const ROWS = 500_000
const ROUNDS = 100

/**
 * Compares gradient boosting with LightGBM on the same rows, folds and settings; then with its defaults with LightGBM,
 * XGBoost and CatBoost with theirs.
 */
export const models: Benchmark = {
  needsBroker: false,
  async run({ directory, quick, runs, log }) {
    const [python, boosters] = [await preparePython(log), await preparePython(log, 'requirements-boosters.txt')]
    const speeds = []
    for (let run = 0; run < (quick ? 1 : runs); run++) {
      speeds.push(await speed(python, directory, quick ? ROWS / 20 : ROWS, ROUNDS))
      log(JSON.stringify(speeds.at(-1)))
    }
    return {
      speeds,
      defaults: await compareDefaults(boosters, directory, { quick, log }),
      quality: await quality(python, directory, log),
      cardConjoint: await cardConjoint(python, directory, log),
    }
  },
}
