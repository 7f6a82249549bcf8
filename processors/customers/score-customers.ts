import { customerFeatures as features } from '../../features/customers/customer.ts'
import { potentialCustomers } from '../../schemas/loans/potential-customers.ts'
import { alerts } from '../../schemas/customers/alerts.ts'
import { explorations } from '../../schemas/models/explorations.ts'
import { scores } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { releases } from '../../schemas/models/releases.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { exploredKind, potentialKind } from '../loans/potential-customer.ts'
import { scorer, type Scorer } from '../processor.ts'
import { mergeRaised, raisedAlert } from '../raised-alert.ts'
import { scoreMessage } from '../score-message.ts'
import { actOn, decisionOn, type ActingTask } from './act-on-customer.ts'

export interface CustomerTask {
  readonly name: string
  readonly version: number
  readonly purpose: string
  readonly task: string
  /**
   * Alert raised when the estimate reaches the task’s threshold or chance selects the customer, which makes the customer
   * a potential one. Without it, only scores are published.
   */
  readonly alert?: ActingTask['alert']
  /** The default until a threshold is set. */
  readonly defaultThreshold: number
}

/**
 * Creates a scorer that runs after each change of a customer’s features; its scores refer to the published features.
 */
export function scoreCustomers({ name, version, purpose, task, alert, defaultThreshold }: CustomerTask): Scorer {
  const acting = alert && { task, alert, defaultThreshold }
  return scorer({
    name,
    version,
    purpose,
    outputs: acting === undefined ? [scores, shadowScores] : [scores, shadowScores, potentialCustomers, alerts],
    decisionState: acting === undefined ? [] : [raisedAlert, potentialKind, exploredKind],
    features,
    task,
    ...(acting === undefined ? {} : { mergeDecisions: mergeRaised }),
    decide(decisionState, scored, globals, emit) {
      const decision = acting && decisionOn(acting, scored, globals)
      const { selection } = decision ?? {}
      emit(scoreMessage(scored, { task, features, featuresId: scored.processorId, selection }))
      if (acting !== undefined && decision !== undefined)
        actOn(acting, { decisionState, scored, decision, globals }, emit)
    },
    reevaluateOn: [
      [releases, task],
      [thresholds, task],
      ...(acting === undefined ? [] : [[explorations, task] as const]),
    ],
  })
}
