import { input, processor, recordState, numericState, type Model } from '../../processors/processor.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import type { Release } from '../../schemas/models/releases.ts'
import { record, string } from '../../schemas/avro/schema.ts'
import { releases } from '../../schemas/models/releases.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message } from '../../schemas/topic.ts'

const totals = numericState('troubled-totals', 2)
const Note = record('Note', 'A text.', { text: string })
const notes = recordState('notes', Note)
const decided = numericState('troubled-decided', 1)

/** Larger than any topic of the platform accepts. */
const TOO_LARGE = 'x'.repeat(9 << 20)

/** Where an event of that category fails. */
export const troubles = ['fold', 'row', 'decide', 'message', 'large message', 'state', 'large state'] as const
/** An amount on which the model fails. */
export const UNSCORABLE = 666

/** Counts events, and fails where an event asks for it. */
export const troubled = processor<{ readonly at: number; readonly trouble: string | null }>({
  name: 'troubled',
  version: 1,
  purpose: 'For tests of the shell.',
  inputs: [
    input(transactions, (state, event, requestScore) => {
      const { category, amountMinor, customerId, occurredAt } = event
      const memory = state.get(totals, '') ?? new Float64Array(2)
      memory[0]! += 1
      memory[1] = amountMinor
      state.put(totals, '', memory)
      if (category === 'fold') throw new TypeError('a bug in the fold')
      if (category === 'state') state.put(notes, event.id, { text: 5 as never })
      if (category === 'large state') state.put(notes, event.id, { text: TOO_LARGE })
      state.put(notes, 'n', { text: `${occurredAt}/${category ?? ''}` })
      requestScore(customerId)
    }),
  ],
  outputs: [scores],
  state: [totals, notes],
  decisionState: [decided],
  features: { id: 'troubled@1', names: ['count', 'amount'] },
  task: 'troubled',
  *subjects(state) {
    if (state.get(totals, '') !== undefined) yield state.key
  },
  row(state, _subject, row) {
    row.set(state.get(totals, '')!)
    const [at, trouble] = state.get(notes, 'n')!.text.split('/')
    if (trouble === 'row') throw new RangeError('a bug in the row')
    return { at: Number(at), trouble: trouble ?? null }
  },
  decide(decisionState, scored, _globals, emit) {
    const { trouble } = scored.rowContext
    const times = (decisionState.get(decided, '')?.[0] ?? 0) + 1
    decisionState.put(decided, '', Float64Array.of(times))
    if (trouble === 'decide') throw new Error('a bug in the decision')
    emit(
      message(scores, {
        id: scored.id,
        occurredAt: 1_700_000_000_000,
        source: 'test',
        task: 'troubled',
        subjectId: scored.subject,
        customerId: scored.key,
        opportunityId: null,
        salespersonId: null,
        visitCount: times,
        probability: trouble === 'message' ? ('much' as never) : scored.probability,
        modelId: scored.modelId,
        absent: scored.unscoredReason,
        featureSet: 'troubled@1',
        row: [...scored.row],
        text: trouble === 'large message' ? TOO_LARGE : null,
        lineTimes: null,
        inputTopic: scored.cause?.topic ?? null,
        inputPartition: scored.cause?.partition ?? null,
        inputOffset: scored.cause?.offset ?? null,
        featuresId: null,
        propensity: null,
        acted: null,
      }),
    )
  },
  reevaluateOn: [[releases, 'troubled']],
})

/** A model that gives the count, and throws for a batch with an unscorable row. */
export function touchyModel(featureNames: readonly string[] = troubled.features.names): Model {
  return {
    id: 'touchy',
    task: 'troubled',
    algorithm: 'touchy',
    featureSet: 'troubled@1',
    featureNames,
    outputs: ['score'],
    score({ count, width, rows }, into) {
      for (let index = 0; index < count; index++) {
        if (rows[index * width + 1] === UNSCORABLE) throw new Error('not this one')
        into[index] = rows[index * width]! / 1_000
      }
    },
  }
}

export const touchyRelease: Release = {
  id: 'release of touchy',
  occurredAt: 1,
  source: 'test',
  task: 'troubled',
  modelId: 'touchy',
  algorithm: 'touchy',
  featureSet: 'troubled@1',
  artefact: Buffer.from('{}'),
  metrics: {},
  reason: 'a test',
  replaces: null,
  trials: [],
}
