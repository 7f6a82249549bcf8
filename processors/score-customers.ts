import { customerFeatures as features } from '../features/customer.ts'
import { recordKind, slotsKind } from '../features/memory.ts'
import { alerts, CustomerFeatures, customerFeatures, scores } from '../schemas/scoring.ts'
import { message } from '../schemas/topic.ts'
import { input, processor, type Processor } from './processor.ts'
import { scoreMessage } from './score-message.ts'

export interface CustomerTask {
  readonly name: string
  readonly version: number
  readonly purpose: string
  readonly task: string
  /** Raised when the estimate reaches the threshold that people set for the task; none: scores only. */
  readonly alert?: { readonly kind: string; readonly text: (estimate: number, threshold: number) => string }
  /** In force as long as nobody has set another one. */
  readonly thresholdDelivered: number
}

/** The newest features of the customer. */
const snapshot = recordKind('snapshot', CustomerFeatures)
/** Whether the alert stands: 1 raised, 0 not. */
const raised = slotsKind('raised', 1)

/** A processor that scores customers by their features, after each change of them. */
export function scoreCustomers({ name, version, purpose, task, alert, thresholdDelivered }: CustomerTask): Processor {
  const source = `scoreline/${name}@${version}`
  return processor<{ readonly at: number }>({
    name,
    version,
    purpose,
    inputs: [
      input(customerFeatures, (state, event, touch) => {
        if (event.featureSet !== features.id) return
        state.put(snapshot, '', event)
        touch(event.customerId)
      }),
    ],
    outputs: alert === undefined ? [scores] : [scores, alerts],
    state: [snapshot],
    standing: [raised],
    features,
    task,
    *subjects(state) {
      if (state.get(snapshot, '') !== undefined) yield state.key
    },
    row(state, _subject, row) {
      const newest = state.get(snapshot, '')
      if (newest === undefined) return undefined
      row.set(newest.values)
      return { at: newest.occurredAt }
    },
    decide(standing, judged, globals, emit) {
      emit(scoreMessage(judged, { source, task, features }))
      if (alert === undefined || judged.probability === null) return
      const threshold = globals.threshold(task)?.value ?? thresholdDelivered
      const reached = judged.probability >= threshold
      const stood = standing.get(raised, '')?.[0] === 1
      if (reached === stood) return
      standing.put(raised, '', Float64Array.of(reached ? 1 : 0))
      emit(
        message(alerts, {
          id: `${judged.id}/alert`,
          occurredAt: judged.facts.at,
          source,
          kind: alert.kind,
          customerId: judged.key,
          subjectId: judged.subject,
          raised: reached,
          text: alert.text(judged.probability, threshold),
          probability: judged.probability,
          threshold,
        }),
      )
    },
    sweepOn: { release: task, threshold: task },
  })
}
