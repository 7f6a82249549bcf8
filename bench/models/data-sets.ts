import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Table } from '../../models/table/table.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import { tableData, type TableData } from '../../retrainer/training/tables/table-data.ts'

/** A public table with its target and the columns that must not be used. */
export interface DataSet {
  readonly name: string
  readonly file: string
  readonly target: string
  /** Columns known only after the time of scoring, or row numbers. */
  readonly drop: readonly string[]
  /** Columns whose numbers are names. */
  readonly asCategories: readonly string[]
}

export const dataSets: readonly DataSet[] = [
  // The duration of a call is known only after it.
  {
    name: 'bank_marketing',
    file: 'bank_marketing/dev_first70pct.csv.gz',
    target: 'y',
    drop: ['duration'],
    asCategories: [],
  },
  {
    name: 'taiwan_credit',
    file: 'taiwan_credit/UCI_Credit_Card.csv.gz',
    target: 'class',
    drop: ['ID'],
    asCategories: ['SEX', 'EDUCATION', 'MARRIAGE'],
  },
  {
    name: 'leads_x',
    file: 'leads_x/Leads.csv.gz',
    target: 'Converted',
    // Salespeople's notes and the last activities of a lead arose after the time of scoring.
    drop: [
      'Prospect ID',
      'Lead Number',
      'Tags',
      'Lead Quality',
      'Lead Profile',
      'Last Activity',
      'Last Notable Activity',
      'Asymmetrique Activity Index',
      'Asymmetrique Profile Index',
      'Asymmetrique Activity Score',
      'Asymmetrique Profile Score',
    ],
    asCategories: [],
  },
  {
    name: 'online_shoppers',
    file: 'online_shoppers/online_shoppers_intention.csv.gz',
    target: 'Revenue',
    drop: [],
    asCategories: ['OperatingSystems', 'Browser', 'Region', 'TrafficType'],
  },
]

/** Reads the table of a data set; `undefined`: the data are not present. */
export async function tableOf({ file }: DataSet): Promise<Table | undefined> {
  const path = join(resolve(process.env['SCORELINE_DATA'] ?? '../shared/data'), file)
  return existsSync(path) ? readTable(path) : undefined
}

/** Reads the table of a data set by name. */
export function tableNamed(name: string): Promise<Table | undefined> {
  return tableOf(dataSets.find((set) => set.name === name)!)
}

export function preparedOf(table: Table, { target, drop, asCategories }: DataSet): TableData {
  return tableData(table, { target, drop, asCategories, seed: 1 })
}
