import type { Refused, RecordRef } from '../input/dead-letter.ts'
import type { PolledRecords } from '../input/input-slices.ts'
import type { StateErasure } from '../erasure/state-erasure.ts'
import type { StateMerging } from '../merging/leave.ts'
import type { GlobalsVersion } from '../settings/global-tables.ts'
import type { Position } from '../state/reserved-kinds.ts'
import type { ReevaluationStep } from './re-evaluation.ts'
import type { Exclusions } from './task-transaction.ts'

/** Input of a transaction. */
export interface TransactionWork {
  readonly runs: PolledRecords['runs']
  readonly count: number
  /** Slices of its records and of earlier records without effect that are not committed yet. */
  readonly slices: PolledRecords['slices']
  /** Whether the commit may be postponed if the transaction has no effect. */
  readonly mayDefer: boolean
  readonly globals: GlobalsVersion
  readonly before: Position | undefined
  readonly reevaluation: ReevaluationStep | undefined
  readonly erasure: StateErasure | undefined
  readonly merging: StateMerging | undefined
}

/** Records, keys and rows to leave out, collected over the attempts to write the transaction. */
export interface CollectedExclusions extends Exclusions {
  readonly records: Refused[]
  /** Records whose dead letter was too large. */
  readonly cut: RecordRef[]
  readonly keys: Map<string, string>
  readonly narrow: boolean
}
