import type { DateOrder } from '../../models/table/written-dates.ts'
import type { FileOptions } from './file-options.ts'

/** Options of `train text`. */
export interface TrainTextOptions extends FileOptions {
  readonly data: string
  /** Files with the rows to choose by, and with those to measure on. */
  readonly validation?: string
  readonly test?: string
  readonly text?: string
  readonly target?: string
  readonly positive?: string
  readonly group?: string
  /** Between the labels of a text that has several. */
  readonly labelSeparator?: string
  readonly time?: string
  readonly dates?: DateOrder | undefined
  readonly strategy?: string
  readonly tune?: string
  /** Not given: where it is better. */
  readonly terms?: boolean
  readonly backbone?: string
  readonly precision?: string
  readonly compare: boolean
  readonly resume?: boolean
  readonly set?: Readonly<Record<string, unknown>>
  readonly classWeights?: string
  readonly seed: number
  readonly out?: string
}
