import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { folds } from '../models/split.ts'
import type { Benchmark } from './benchmark.ts'
import { dataSets, preparedOf, tableOf } from './models/data-sets.ts'
import { compareDeep } from './models/deep-comparison.ts'
import { compareLinear } from './models/linear-comparison.ts'
import { preparePython } from './models/python.ts'

const FOLDS = 5
const QUICK = 'leads_x'

/** Compares linear models and networks with well-known libraries, on the same rows, folds and settings. */
export const tables: Benchmark = {
  needsBroker: false,
  async run({ directory, quick, log }) {
    const [python, keras] = [await preparePython(log), await preparePython(log, 'requirements-keras.txt')]
    const answers = []
    for (const set of quick ? dataSets.filter(({ name }) => name === QUICK) : dataSets) {
      const table = await tableOf(set)
      if (table === undefined) {
        log(`${set.name} is skipped: the data are not present.`)
        continue
      }
      const { data } = preparedOf(table, set)
      const splits = folds(data, FOLDS, 1)
      const inside = join(directory, set.name)
      mkdirSync(inside, { recursive: true })
      const linear = await compareLinear(python, inside, data, splits)
      const deep = await compareDeep(keras, inside, data, splits)
      answers.push({ dataSet: set.name, rows: data.count, features: data.width, linear, deep })
      log(JSON.stringify(answers.at(-1)))
    }
    return { tables: answers }
  },
}
