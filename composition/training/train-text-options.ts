import type { DateOrder } from '../../models/table/written-dates.ts'
import type { FileOptions } from './file-options.ts'

/** Options of `train text`. */
export interface TrainTextOptions extends FileOptions {
  readonly data: string
  /** Files with validation and test rows. */
  readonly validation?: string
  readonly test?: string
  readonly text?: string
  readonly target?: string
  readonly positive?: string
  readonly group?: string
  /** Separator of several labels in one field. */
  readonly labelSeparator?: string
  readonly time?: string
  readonly dates?: DateOrder | undefined
  readonly strategy?: string
  readonly tune?: string
  /** Whether to use terms; default: if they improve the model. */
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
