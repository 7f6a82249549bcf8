import { input, processor, numericState } from '../../processors/processor.ts'
import type { Model } from '../../models/model.ts'
import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { EventError } from '../../schemas/event-error.ts'
import { releases } from '../../schemas/models/releases.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message } from '../../schemas/topic.ts'
import type { Globals } from '../../processors/processor.ts'

const totals = numericState('totals', 3)
const decided = numericState('decided', 1)

/** Counts and sums a customer’s transactions; a timer named `reminder` fires ten minutes after the latest one. */
export const counting = processor<{ readonly at: number; readonly count: number }>({
  name: 'counting',
  version: 1,
  purpose: 'For tests of the shell.',
  inputs: [
    input(transactions, (state, event, requestScore) => {
      if (event.category === 'refused') throw new EventError('INVALID', 'The category is refused.')
      if (event.category === 'bug') throw new TypeError('a bug')
      const memory = state.get(totals, '') ?? new Float64Array(3)
      memory[0]! += 1
      memory[1]! += event.amountMinor
      memory[2] = Math.max(memory[2]!, event.occurredAt)
      state.put(totals, '', memory)
      state.setTimer('reminder', memory[2] + 600_000)
      requestScore(event.customerId)
    }),
  ],
  outputs: [scores],
  state: [totals],
  merge(state, other) {
    const theirs = other.get(totals, '')
    if (theirs === undefined) return
    const mine = state.get(totals, '') ?? new Float64Array(3)
    const [count, sum, latest] = [mine[0]! + theirs[0]!, mine[1]! + theirs[1]!, Math.max(mine[2]!, theirs[2]!)]
    state.put(totals, '', Float64Array.of(count, sum, latest))
  },
  decisionState: [decided],
  features: { id: 'counting@1', names: ['count', 'sum'] },
  task: 'counting',
  *subjects(state) {
    if (state.get(totals, '') !== undefined) yield state.key
  },
  row(state, _subject, row) {
    const memory = state.get(totals, '')
    if (memory === undefined) return undefined
    row[0] = memory[0]!
    row[1] = memory[1]!
    return { at: memory[2]!, count: memory[0]! }
  },
  decide(decisionState, scored, _globals, emit) {
    const times = (decisionState.get(decided, '')?.[0] ?? 0) + 1
    decisionState.put(decided, '', Float64Array.of(times))
    emit(
      message(scores, {
        id: scored.id,
        occurredAt: scored.rowContext.at,
        source: 'test',
        task: 'counting',
        subjectId: scored.subject,
        customerId: scored.key,
        opportunityId: null,
        salespersonId: null,
        visitCount: times,
        probability: scored.probability,
        modelId: scored.modelId,
        absent: scored.unscoredReason,
        featureSet: 'counting@1',
        row: [...scored.row],
        text: null,
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
  onTimer(_state, _name, _at, requestScore) {
    requestScore('reminded')
  },
  reevaluateOn: [[releases, 'counting']],
})

/** Reads and does the same under another name. */
export const otherCounting = { ...counting, name: 'other-counting' }

export function transaction(customerId: string, amountMinor: number, changes: Partial<Transaction> = {}): Transaction {
  return {
    id: `t-${customerId}-${amountMinor}`,
    occurredAt: 1_700_000_000_000,
    source: 'test',
    customerId,
    accountId: `a-${customerId}`,
    amountMinor,
    balanceMinor: null,
    currency: 'CNY',
    kind: 'card',
    category: null,
    counterparty: null,
    channel: null,
    ...changes,
  }
}

/** A model that gives half of the first number of a row. */
export function halving(id = 'model-1', featureSet = 'counting@1'): Model {
  return {
    id,
    task: 'counting',
    algorithm: 'halving',
    featureSet,
    featureNames: ['count', 'sum'],
    outputs: ['score'],
    score({ count, width, rows }, into) {
      for (let index = 0; index < count; index++) into[index] = rows[index * width]! / 2
    },
  }
}

export function globalsWith(model: Model | undefined): Globals {
  return { get: () => undefined, model: () => model }
}
