import type { Refused, TakenRecord } from '../input/dead-letter.ts'
import type { PolledRecords } from '../input/input-slices.ts'
import type { GlobalsVersion } from '../settings/global-tables.ts'
import type { Position } from '../state/reserved-kinds.ts'
import type { ReevaluationStep } from './re-evaluation.ts'
import type { LeftOut } from './task-transaction.ts'

/** What a transaction is about. */
export interface TransactionWork {
  readonly runs: PolledRecords['runs']
  readonly count: number
  /** Of its records, and of those before them that were passed over. */
  readonly slices: PolledRecords['slices']
  /** If it turns out to change nothing, it need not be committed yet. */
  readonly mayPass: boolean
  readonly globals: GlobalsVersion
  readonly before: Position | undefined
  readonly reevaluation: ReevaluationStep | undefined
}

/** What a transaction leaves out, found out while it is tried. */
export interface LeftOutOfTask extends LeftOut {
  readonly records: Refused[]
  /** Records whose dead letter was too large. */
  readonly cut: TakenRecord[]
  readonly keys: Map<string, string>
  readonly narrow: boolean
}
