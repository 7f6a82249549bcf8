import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { TuneSettings } from '../../retrainer/training/texts/tune-settings.ts'
import type { Tuned } from '../../runtimes/tensorflow/bert-blocks.ts'
import type { Precision } from '../../runtimes/text/backbone-folder.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'

/** A public set of texts with their classes. */
export interface TextSet {
  readonly name: string
  readonly backbone: 'bge-small-zh' | 'all-minilm-l6-v2'
  /** Number of folds; 1: a single split with a fifth as the test. */
  readonly folds: number
  /** Precisions to measure; terms alone are measured with the first. */
  readonly precisions: readonly Precision[]
  readonly tuned: readonly Tuned[]
  /** Overrides of the defaults. */
  readonly settings?: Readonly<Partial<Record<Tuned, Partial<TuneSettings>>>>
  read(): Promise<{ readonly text: string; readonly label: string }[]>
}

const folder = resolve(import.meta.dirname, '../../../shared/data')

const fileOf = (name: string) => resolve(folder, name)

/** Reads two columns of a CSV, row by row. */
async function columnsOf(file: string, text: string, label: string): Promise<{ text: string; label: string }[]> {
  const { columns, count } = await readTable(fileOf(file))
  const [texts, labels] = [text, label].map((name) => columns.find((column) => column.name === name)!)
  return Array.from({ length: count }, (_, row) => ({
    text: texts!.cells[texts!.codes[row]!]!,
    label: labels!.cells[labels!.codes[row]!]!,
  }))
}

export const textSets: readonly TextSet[] = [
  {
    name: 'zh_online_shopping',
    backbone: 'bge-small-zh',
    folds: 1,
    precisions: ['int8', 'float32'],
    tuned: ['last', 'all'],
    // Limited to about twenty minutes on two cores.
    settings: { last: { epochs: 1 }, all: { epochs: 1, batchRows: 32 } },
    read: () => columnsOf('zh_online_shopping/dev_7cats.csv.gz', 'review', 'label'),
  },
  {
    name: 'zh_smp2019 domains',
    backbone: 'bge-small-zh',
    folds: 5,
    precisions: ['int8', 'float32'],
    tuned: ['last', 'all'],
    async read() {
      const rows = JSON.parse(await readFile(fileOf('zh_smp2019/train.json'), 'utf8')) as {
        text: string
        domain: string
      }[]
      return rows.map(({ text, domain }) => ({ text, label: domain }))
    },
  },
  {
    name: 'banking77',
    backbone: 'all-minilm-l6-v2',
    folds: 5,
    precisions: ['int8'],
    tuned: [],
    read: () => columnsOf('banking77/train.csv.gz', 'text', 'category'),
  },
]

/** Returns the folder in which the set-up has put a backbone. */
export const backboneFolder = (name: TextSet['backbone']): string =>
  resolve(import.meta.dirname, '../../deploy/backbone/lib', name)

export const haveTextSets = (): boolean => existsSync(folder)
