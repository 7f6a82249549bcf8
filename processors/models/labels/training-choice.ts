import type { KeyedState } from '../../../features/keyed-state.ts'
import { unitHash } from '../../../features/string-hash.ts'
import { labelKind, labelsOf } from './label-state.ts'
import { PERIOD_MS } from './label-rules.ts'

/**
 * Selects the training row of a period: of the customer's labelled rows of the task, the one with the smallest hash,
 * with all its labels. Adds the ids of labels that changed.
 */
export function chooseTraining(state: KeyedState, task: string, servedAt: number, changed: Set<string>): void {
  const period = Math.floor(servedAt / PERIOD_MS)
  const labels = labelsOf(state, `${task}/`).filter(
    ([, label]) => label.servedAt !== null && Math.floor(label.servedAt / PERIOD_MS) === period,
  )
  let best: { readonly rowId: string; readonly hash: number } | undefined
  for (const [, { status, rowId }] of labels) {
    if (status !== 'labelled') continue
    const hash = unitHash(`${state.key}/${rowId}`)
    if (best === undefined || hash < best.hash) best = { rowId: rowId!, hash }
  }
  for (const [id, label] of labels) {
    const training = label.status === 'labelled' && label.rowId === best?.rowId
    if (training === label.training) continue
    state.put(labelKind, id, { ...label, training })
    changed.add(id)
  }
}
