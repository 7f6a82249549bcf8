import { customerFeatures as features } from '../../features/customers/customer.ts'
import type { Reason } from '../../features/reasons.ts'
import { potentialCustomers } from '../../schemas/loans/potential-customers.ts'
import { alerts, type AlertKind } from '../../schemas/customers/alerts.ts'
import { scores } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { releases } from '../../schemas/models/releases.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { message } from '../../schemas/topic.ts'
import { potentialCustomer, potentialKind } from '../loans/potential-customer.ts'
import { scorer, type GlobalEntry, type Scorer } from '../processor.ts'
import { updateAlertState, raisedAlert } from '../raised-alert.ts'
import { reasonsOf } from '../reasons-of.ts'
import { scoreMessage } from '../score-message.ts'

export interface CustomerTask {
  readonly name: string
  readonly version: number
  readonly purpose: string
  readonly task: string
  /**
   * Alert raised when the estimate reaches the task’s threshold, which makes the customer a potential one. Without it,
   * only scores are published.
   */
  readonly alert?: { readonly kind: AlertKind; readonly text: (estimate: number, threshold: number) => string }
  /** The default until a threshold is set. */
  readonly defaultThreshold: number
}

/**
 * Creates a scorer that runs after each change of a customer’s features; its scores refer to the published features.
 */
export function scoreCustomers({ name, version, purpose, task, alert, defaultThreshold }: CustomerTask): Scorer {
  return scorer({
    name,
    version,
    purpose,
    outputs: alert === undefined ? [scores, shadowScores] : [scores, shadowScores, potentialCustomers, alerts],
    decisionState: alert === undefined ? [] : [raisedAlert, potentialKind],
    features,
    task,
    decide(decisionState, scored, globals, emit) {
      emit(scoreMessage(scored, { task, features, featuresId: scored.processorId }))
      if (alert === undefined || scored.probability === null) return
      const { id, source, key, subject, rowContext, modelId, probability } = scored
      const setting = globals.get(thresholds, task)
      const threshold = setting?.value ?? defaultThreshold
      const reached = probability >= threshold
      let cachedReasons: readonly Reason[] | undefined
      const reasons = () => (cachedReasons ??= reasonsOf(scored, globals, task, features))
      const potential = potentialCustomer(decisionState, {
        id,
        at: rowContext.at,
        source,
        customerId: key,
        reached,
        estimate: probability,
        threshold,
        thresholdVersion: setting?.version ?? 0,
        modelId,
        reasons,
      })
      if (potential !== undefined) emit(potential)
      if (!updateAlertState(decisionState, reached, task)) return
      emit(
        message(alerts, {
          id: `${id}/alert`,
          occurredAt: rowContext.at,
          source,
          kind: alert.kind,
          customerId: key,
          subjectId: subject,
          raised: reached,
          text: alert.text(probability, threshold),
          probability,
          threshold,
          reasons: reasons(),
        }),
      )
    },
    reevaluateOn: dependingOn(task),
  })
}

function dependingOn(task: string): readonly GlobalEntry[] {
  return [
    [releases, task],
    [thresholds, task],
  ]
}
