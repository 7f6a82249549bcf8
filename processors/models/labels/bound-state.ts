import type { State } from '../../processor.ts'
import { idPart } from '../../../features/string-hash.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { newestKind } from './horizon.ts'
import { sweepFeatures } from './kept-features.ts'
import { keptMsOf, type LabelRule } from './label-rules.ts'
import { labelKind, labelsOf, momentOf } from './label-state.ts'
import { rowKind } from './row-state.ts'
import { removeRow } from './served-rows.ts'

/**
 * Keeps the customer's state of a task within its bounds. `latestAt`: the latest event time of the customer for the
 * task, ms. What was published about the removed rows and labels remains valid.
 */
export function boundState(state: State, rule: LabelRule, latestAt: number): void {
  const { task } = rule
  const before = latestAt - keptMsOf(rule)
  forgetLabels(state, task, before)
  const labelled = new Set(labelsOf(state, `${task}/`).map(([, { rowId }]) => rowId))
  const rows: KeptRow[] = []
  state.look(rowKind, `${task}/`, (rowId, { at, subjectId }) => {
    if (!labelled.has(rowId)) rows.push({ rowId, at, subjectId })
    return true
  })
  const keptIds = new Set(
    rowsToKeep(
      rows.filter(({ at }) => at > before),
      rule.rowsMax,
    ),
  )
  for (const { rowId } of rows) if (!keptIds.has(rowId)) removeRow(state, rowId)
  forgetSubjects(state, task)
  sweepFeatures(state)
}

/** Removes labels about times before `before`, ms: they are corrected no more. */
export function forgetLabels(state: State, task: string, before: number): void {
  for (const [id, label] of labelsOf(state, `${task}/`)) if (momentOf(label) < before) state.delete(labelKind, id)
}

interface KeptRow {
  readonly rowId: string
  readonly at: number
  readonly subjectId: string
}

/**
 * Selects the rows to keep: the newer half of the bound; of the older rows, the last of each subject and day (UTC),
 * the newest first up to the bound. `rows` are in order of time.
 */
function rowsToKeep(rows: readonly KeptRow[], rowsMax: number): readonly string[] {
  const newer = rows.length <= rowsMax ? 0 : rows.length - Math.floor(rowsMax / 2)
  const days = new Set<string>()
  const kept: string[] = []
  for (const [index, { rowId, at, subjectId }] of [...rows.entries()].reverse()) {
    const day = `${Math.floor(at / DAY_MS)}/${subjectId}`
    if ((index >= newer || !days.has(day)) && kept.length < rowsMax) kept.push(rowId)
    days.add(day)
  }
  return kept
}

/** Removes the horizons of subjects without rows. */
function forgetSubjects(state: State, task: string): void {
  const subjects = new Set<string>()
  state.look(rowKind, `${task}/`, (_rowId, { subjectId }) => subjects.add(`${task}/${idPart(subjectId)}`).size > 0)
  for (const [id] of [...state.scan(newestKind, `${task}/`)]) if (!subjects.has(id)) state.delete(newestKind, id)
}
