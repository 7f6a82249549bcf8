import { customerFeatures as features } from '../../features/customers/customer.ts'
import type { JournalEntry } from '../../schemas/platform/platform.ts'
import type { CustomerFeatures } from '../../schemas/customers/customer-features.ts'
import type { Score } from '../../schemas/models/scores.ts'
import { createSequences } from '../../soak/sequences.ts'

const common = { id: 'x', occurredAt: 0, source: 'test' }

function row(transactions: number, interactions: number): number[] {
  const values = Array<number>(features.names.length).fill(Number.NaN)
  values[features.names.indexOf('transactions.count')] = transactions
  values[features.names.indexOf('interactions.count')] = interactions
  return values
}

const line = (customerId: string, values: number[]): CustomerFeatures => ({
  ...common,
  customerId,
  featureSet: '',
  values,
  timeZone: '',
})

const score = (changes: Partial<Score>): Score => ({
  ...common,
  task: 'loan-demand',
  subjectId: 'c1',
  customerId: 'c1',
  opportunityId: null,
  salespersonId: null,
  visitCount: null,
  probability: null,
  modelId: null,
  absent: null,
  featureSet: '',
  row: [],
  text: null,
  lineTimes: null,
  inputTopic: null,
  inputPartition: null,
  inputOffset: null,
  featuresId: null,
  propensity: null,
  acted: null,
  ...changes,
})

const entry = (sequence: number, slices: JournalEntry['slices']): JournalEntry => ({
  ...common,
  processor: 'p',
  partition: 0,
  sequence,
  slices,
  globals: [],
  swept: null,
  setAside: [],
  unscored: [],
  skippedKeys: [],
})

test('counting up by ones is in order, key by key', () => {
  const sequences = createSequences()
  sequences.features(line('a', row(1, 0)))
  sequences.features(line('b', row(0, 1)))
  sequences.features(line('a', row(1, 1)))
  sequences.score(score({ row: row(1, 0) }))
  sequences.score(score({ task: 'conversion', subjectId: 'o', visitCount: 1 }))
  sequences.score(score({ task: 'conversion', subjectId: 'o', visitCount: 2 }))
  sequences.journal(entry(1, [{ topic: 'transactions', from: 0, to: 3 }]))
  sequences.journal(entry(2, [{ topic: 'transactions', from: 3, to: 5 }]))
  expect(sequences).toMatchObject({
    problems: [],
    featureCount: 3,
    customerScoreCount: 1,
    visitScoreCount: 2,
    transactionCount: 2,
  })
  expect(sequences.eventsOf('a')).toBe(2)
})

test('a loss is a gap and a duplicate a repeat, each reported once', () => {
  const sequences = createSequences()
  sequences.features(line('a', row(1, 0)))
  sequences.features(line('a', row(1, 2)))
  sequences.features(line('a', row(1, 9)))
  sequences.score(score({ row: row(1, 0) }))
  sequences.score(score({ row: row(1, 0) }))
  sequences.journal(entry(2, []))
  expect(sequences.problems).toEqual([
    'features of a: 3 follows where 2 was due (a loss)',
    'loan-demand of c1: 1 follows where 2 was due (a double)',
    'journal of p/0: 2 follows where 1 was due (a loss)',
  ])
})

test('offsets folded twice show in the journal; markers between transactions do not', () => {
  const sequences = createSequences()
  sequences.journal(
    entry(1, [
      { topic: 'scores', from: 0, to: 4 },
      { topic: 'visits', from: 0, to: 4 },
    ]),
  )
  sequences.journal(entry(2, [{ topic: 'scores', from: 5, to: 9 }]))
  expect(sequences.problems).toEqual([])
  sequences.journal(
    entry(3, [
      { topic: 'scores', from: 8, to: 9 },
      { topic: 'visits', from: 5, to: 9 },
    ]),
  )
  expect(sequences.problems).toEqual(['offsets of scores in the journal of p/0: 8 follows where 9 was due (a double)'])
})

test('scores that refer to features count by these, whichever is read first', () => {
  const sequences = createSequences()
  const featuresOf = (id: string, count: number) => ({ ...line('c1', row(count, 0)), id })
  const referring = (task: string, featuresId: string) =>
    score({ task, subjectId: 'c1', visitCount: null, row: [], featuresId })
  sequences.score(referring('loan-demand', 'f1'))
  sequences.features(featuresOf('f1', 1))
  sequences.features(featuresOf('f2', 2))
  for (const id of ['f1', 'f2']) sequences.score(referring('call-conversion', id))
  expect(sequences.problems).toEqual([])
  sequences.score(referring('loan-demand', 'f2'))
  sequences.features(featuresOf('f3', 3))
  sequences.features(featuresOf('f4', 4))
  sequences.score(referring('loan-demand', 'f4'))
  expect(sequences.problems).toEqual(['loan-demand of c1: 4 follows where 3 was due (a loss)'])
})
