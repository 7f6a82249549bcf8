import { input, processor, recordState, type Processor } from '../../processors/processor.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { nullable, record, string, type RecordSchema } from '../../schemas/avro/schema.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message } from '../../schemas/topic.ts'
import { counting } from './counting-processor.ts'

interface Note {
  readonly text: string
  readonly device?: string | null
  readonly place?: string | null
}

/** The schema of its notes before a release, after it, and after the next one. */
export const noteSchemas = {
  old: record('Note', '', { text: string }),
  new: record('Note', '', { text: string, device: nullable(string) }),
  newest: record('Note', '', { place: nullable(string), text: string, device: nullable(string) }),
} as Readonly<Record<'old' | 'new' | 'newest', RecordSchema<unknown>>>
export type Age = keyof typeof noteSchemas

/**
 * Keeps a note of each of a customer’s transactions, with the counterparty as its device if its age has that field. Its
 * rows hold the number of notes, of their letters, and of notes with a device.
 */
export function noting(age: Age): Processor {
  const notes = recordState('notes', noteSchemas[age] as RecordSchema<Note>)
  return processor({
    ...counting,
    name: 'noting',
    inputs: [
      input(transactions, (state, { id, category, counterparty, customerId }, requestScore) => {
        const known =
          age === 'old' ? {} : age === 'new' ? { device: counterparty } : { device: counterparty, place: null }
        state.put(notes, id, { text: category ?? '', ...known })
        requestScore(customerId)
      }),
    ],
    state: [notes],
    decisionState: [],
    features: { id: 'noting@1', names: ['notes', 'letters', 'devices'] },
    *subjects(state) {
      for (const _ of state.scan(notes)) return yield state.key
    },
    row(state, _subject, row) {
      row.fill(0)
      for (const [, { text, device }] of state.scan(notes)) {
        row[0]! += 1
        row[1]! += text.length
        row[2]! += (device ?? null) === null ? 0 : 1
      }
      return { at: 1_700_000_000_000 }
    },
    decide(_decisionState, scored, _globals, emit) {
      emit(
        message(scores, {
          ...{
            id: scored.id,
            occurredAt: scored.rowContext.at,
            source: 'test',
            task: 'noting',
            subjectId: scored.subject,
          },
          ...{
            customerId: scored.key,
            opportunityId: null,
            salespersonId: null,
            visitCount: 0,
            probability: null,
            modelId: null,
          },
          ...{ absent: null, featureSet: 'noting@1', row: [...scored.row], text: null, lineTimes: null },
          ...{
            inputTopic: null,
            inputPartition: null,
            inputOffset: null,
            featuresId: null,
            propensity: null,
            acted: null,
          },
        }),
      )
    },
  })
}
