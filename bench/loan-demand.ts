import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Dataset } from '../models/model.ts'
import { folds, groupSplit, type Split } from '../models/split.ts'
import type { Benchmark } from './benchmark.ts'
import { rowsOfImport, type ServedRows } from './models/rows-of-import.ts'
import { withAndWithoutProtected } from './models/with-and-without.ts'

const FOLDS = 5

/**
 * Measures loan demand models on real people, by what the platform's own folds knew at the time of scoring (spec L1 to
 * L5).
 */
export const loanDemand: Benchmark = {
  needsBroker: false,
  async run({ log, quick }) {
    const data = resolve(process.env['SCORELINE_DATA'] ?? '../shared/data')
    const answers: Record<string, unknown> = {}
    const present = (set: string) => {
      const isThere = existsSync(join(data, set))
      if (!isThere) log(`${set} is skipped: the data are not present.`)
      return isThere
    }
    const report = (name: string, answer: unknown) => {
      answers[name] = answer
      log(`${name}: ${JSON.stringify(answer)}`)
    }
    if (present('berka')) {
      const rows = await rowsOfImport('berka', join(data, 'berka'))
      report(
        'berka, later customers and moments',
        await withAndWithoutProtected(rows, 'classification', [laterOnly(rows)], classes),
      )
      report(
        'berka, other customers',
        await withAndWithoutProtected(rows, 'classification', byCustomers(rows.data), classes),
      )
    }
    if (!quick && present('taiwan_credit')) {
      const rows = await rowsOfImport('taiwan_credit', join(data, 'taiwan_credit'))
      // All rows have the same time, so they can't be split by time.
      const splits = folds({ ...rows.data, times: new Float64Array(rows.data.count).fill(Number.NaN) }, FOLDS, 1)
      report('taiwan_credit, usage of the next month', await withAndWithoutProtected(rows, 'regression', splits, rates))
    }
    return { loanDemand: answers }
  },
}

const mean = ({ labels, count }: Dataset) => labels.reduce((sum, label) => sum + label, 0) / count
const always = (train: Dataset, test: Dataset) => new Float64Array(test.count).fill(mean(train))
const columnOf = ({ rows, width, count, featureNames }: Dataset, name: string) => {
  const place = featureNames.indexOf(name)
  return Float64Array.from({ length: count }, (_, row) => rows[row * width + place]!)
}

const classes = {
  'the base rate': always,
  // Ranks customers by mean balance alone; the mean turns the rank into a probability.
  'balance alone': (train: Dataset, test: Dataset) => {
    const balances = columnOf(test, 'transactions.balanceMean').map((value) => (Number.isNaN(value) ? 0 : value))
    const highest = balances.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
    return balances.map((value) => mean(train) * (1 + (0.5 * value) / highest))
  },
}

const rates = {
  'the mean': always,
  'as last month': (_train: Dataset, test: Dataset) => {
    const limits = columnOf(test, 'creditLines.limit')
    return columnOf(test, 'creditLines.drawn30d').map((drawn, row) => (limits[row]! > 0 ? drawn / limits[row]! : 0))
  },
}

/** Returns a split that trains on what was known at the newest time and tests on the rows of that time. */
function laterOnly({ data, knownAt }: ServedRows): Split {
  const newest = data.times.at(-1)!
  const rows = Int32Array.from(data.times.keys())
  return {
    train: rows.filter((row) => knownAt[row]! <= newest + 1),
    test: rows.filter((row) => data.times[row] === newest),
  }
}

/** Returns splits that each test a fifth of the customers; their times overlap with those of the training rows. */
function byCustomers(data: Dataset): Split[] {
  const parts: Split[] = []
  let left = Int32Array.from(data.times.keys())
  for (let part = 0; part < FOLDS; part++) {
    const names = Array.from(left, (row) => String(data.customers![row]))
    const { test } = groupSplit(names, 1 / (FOLDS - part), 1)
    const chosen = Int32Array.from(test, (place) => left[place]!)
    const isChosen = new Set(chosen)
    parts.push({ train: Int32Array.from(data.times.keys()).filter((row) => !isChosen.has(row)), test: chosen })
    left = left.filter((row) => !isChosen.has(row))
  }
  return parts
}
