import { customerFeatures as features } from '../../features/customers/customer.ts'
import type { KeyedState } from '../../features/keyed-state.ts'
import type { Reason } from '../../features/reasons.ts'
import { alerts, type AlertKind } from '../../schemas/customers/alerts.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { explorations } from '../../schemas/models/explorations.ts'
import { message, type Message } from '../../schemas/topic.ts'
import { potentialCustomer } from '../loans/potential-customer.ts'
import { isExplored, selectionOf, type Selection } from '../models/exploration.ts'
import type { Globals, RowContext, ScoredSubject } from '../processor.ts'
import { updateAlertState } from '../raised-alert.ts'
import { reasonsOf } from '../reasons-of.ts'

/** A task that acts on customers from a threshold on. */
export interface ActingTask {
  readonly task: string
  readonly alert: {
    readonly kind: AlertKind
    readonly text: (decision: Pick<Decision, 'estimate' | 'threshold'>, isExplored: boolean) => string
  }
  /** The default until a threshold is set. */
  readonly defaultThreshold: number
}

interface Decision {
  readonly estimate: number
  readonly threshold: number
  /** Version of the threshold; 0: the default. */
  readonly thresholdVersion: number
  readonly selection: Selection
}

/** The reason that people see first of a customer who is below the threshold. */
const exploredReason: Reason = {
  feature: 'exploration',
  value: null,
  contribution: 0,
  words: 'explored at random: below the threshold',
}

/** Decides whether a task acts on a customer; `undefined` without an estimate. */
export function decisionOn(
  { task, defaultThreshold }: ActingTask,
  {
    subject,
    rowContext,
    probability: estimate,
  }: Pick<ScoredSubject<RowContext>, 'subject' | 'rowContext' | 'probability'>,
  globals: Pick<Globals, 'get'>,
): Decision | undefined {
  if (estimate === null) return undefined
  const setting = globals.get(thresholds, task)
  const threshold = setting?.value ?? defaultThreshold
  const candidate = { task, subjectId: subject, at: rowContext.at, estimate, threshold }
  const selection = selectionOf(globals.get(explorations, task), candidate)
  return { estimate, threshold, thresholdVersion: setting?.version ?? 0, selection }
}

interface Circumstances {
  readonly decisionState: KeyedState
  readonly scored: ScoredSubject<RowContext>
  readonly decision: Decision
  readonly globals: Globals
}

/** Publishes what changed: whether the customer is a potential one, and the alert. */
export function actOn(
  { task, alert }: ActingTask,
  { decisionState, scored, decision, globals }: Circumstances,
  emit: (message: Message) => void,
): void {
  const { id, source, key, subject, rowContext, modelId } = scored
  const { estimate, threshold, selection } = decision
  const explored = isExplored(selection)
  let cachedReasons: readonly Reason[] | undefined
  const reasons = () =>
    (cachedReasons ??= [...(explored ? [exploredReason] : []), ...reasonsOf(scored, globals, task, features)])
  const potential = potentialCustomer(decisionState, {
    ...{ id, at: rowContext.at, source, customerId: key, modelId, reasons },
    ...decision,
  })
  if (potential !== undefined) emit(potential)
  if (!updateAlertState(decisionState, selection.acted, task)) return
  emit(
    message(alerts, {
      id: `${id}/alert`,
      occurredAt: rowContext.at,
      source,
      kind: alert.kind,
      customerId: key,
      subjectId: subject,
      raised: selection.acted,
      text: alert.text(decision, explored),
      probability: estimate,
      threshold,
      reasons: reasons(),
    }),
  )
}
