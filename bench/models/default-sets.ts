import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../../models/model.ts'
import { chosenRows, randomSplit, type Split } from '../../models/split.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import { tableData } from '../../retrainer/training/tables/table-data.ts'
import { dataSets, tableOf } from './data-sets.ts'
import { runPython } from './python.ts'
import { simulatedLeads } from './simulated-leads.ts'

/** A data set for learners with their defaults, with its repeated splits. */
export interface DefaultSet {
  readonly name: string
  readonly kind: 'classification' | 'regression'
  readonly data: Dataset
  readonly splits: readonly Split[]
  /** Test rows as a share of the training rows. */
  readonly testShare: number
}

const TEST_SHARE = 0.3
/** Training shares of rows in order of time; the part after each of them is its test. */
const CUTS = [0.5, 0.6, 0.7, 0.8]
const CUT_TEST = 0.2
/** Keeps every ninth row, for a set as small as those of many companies. */
const SMALL_EVERY = 9

/** Returns the sets whose data are present. `repeats`: number of random splits. */
export async function defaultSets(python: string, directory: string, repeats: number): Promise<DefaultSet[]> {
  const sets: DefaultSet[] = []
  for (const set of dataSets) {
    const table = await tableOf(set)
    if (table === undefined) continue
    const { target, drop, asCategories } = set
    const { data, kind } = tableData(table, { target, drop, asCategories, seed: 1, ordered: true })
    const unordered = { ...data, times: data.times.map(() => Number.NaN) }
    sets.push(drawn(set.name, kind, unordered, repeats))
    if (set.name !== 'bank_marketing') continue
    const few = Int32Array.from({ length: Math.floor(data.count / SMALL_EVERY) }, (_, place) => place * SMALL_EVERY)
    sets.push(drawn(`${set.name}, every ${SMALL_EVERY}th row`, kind, chosenRows(unordered, few), 2 * repeats))
    sets.push(chained(`${set.name}, in order of time`, kind, data))
    sets.push(chained(`${set.name}, every ${SMALL_EVERY}th row, in order of time`, kind, chosenRows(data, few)))
  }
  await runPython(python, './bundled_sets.py', { folder: directory }, directory)
  for (const [name, target] of [
    ['breast_cancer', 'target'],
    ['diabetes', 'target'],
    ['fair', 'affairs'],
  ] as const) {
    const file = join(directory, `${name}.csv`)
    if (!existsSync(file)) throw new Error(`${file} was not written.`)
    const { data, kind } = tableData(await readTable(file), { target, drop: [], asCategories: [], seed: 1 })
    sets.push(drawn(name, kind, data, 2 * repeats))
  }
  const leads = join(directory, 'leads.csv')
  writeFileSync(leads, simulatedLeads(1))
  const { data, kind } = tableData(await readTable(leads), {
    target: 'won',
    drop: [],
    asCategories: [],
    seed: 1,
    ordered: true,
  })
  sets.push(chained('simulated leads with dates, in order of time', kind, data))
  sets.push(
    drawn('simulated leads with dates', kind, { ...data, times: data.times.map(() => Number.NaN) }, 2 * repeats),
  )
  return sets
}

function drawn(name: string, kind: DefaultSet['kind'], data: Dataset, repeats: number): DefaultSet {
  const splits = Array.from({ length: repeats }, (_, repeat) => randomSplit(data.count, TEST_SHARE, repeat + 1))
  return { name, kind, data, splits, testShare: TEST_SHARE / (1 - TEST_SHARE) }
}

function chained(name: string, kind: DefaultSet['kind'], data: Dataset): DefaultSet {
  const rows = Int32Array.from({ length: data.count }, (_, row) => row)
  const splits = CUTS.map((cut) => ({
    train: rows.slice(0, Math.round(cut * data.count)),
    test: rows.slice(Math.round(cut * data.count), Math.round((cut + CUT_TEST) * data.count)),
  }))
  return { name, kind, data, splits, testShare: CUT_TEST / CUTS[CUTS.length >> 1]! }
}
