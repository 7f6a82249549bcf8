import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { customerById } from '../../../store/customers/customers.ts'
import { pruneHistory } from '../../../store/models/history-partitions.ts'
import { listScores, scoreHistory } from '../../../store/models/scores.ts'
import { lastServed } from '../../../store/models/served-scores.ts'
import { put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const featuresOf = (number: number, changes: Partial<CustomerFeatures> = {}): CustomerFeatures => ({
  id: `f${number}`,
  occurredAt: START + number * MINUTE_MS,
  source: 'test',
  customerId: 'c1',
  featureSet: 'customer@1',
  values: [number, Number.NaN, 0.5],
  timeZone: 'UTC',
  ...changes,
})
const rowOf = (number: number) => [number, Number.NaN, 0.5]
const referring = (number: number, changes = {}) =>
  scoreOf(number, {
    ...{ subjectId: 'c1', featureSet: 'customer@1', row: [], featuresId: `f${number}`, text: null, lineTimes: null },
    ...changes,
  })
const page = { limit: 9, rows: true }

test('a score that refers to features is read with their numbers, by every reader', async () => {
  const { database } = store
  await put(
    database,
    customerFeatures,
    [1, 2, 3].map((number) => featuresOf(number)),
  )
  await put(database, scores, [referring(1), referring(2), referring(2, { id: 'other', task: 'loan-demand' })])

  expect((await scoreHistory(database, 'c1', {}, page)).map(({ id, row }) => [id, row])).toEqual([
    ['s2', rowOf(2)],
    ['other', rowOf(2)],
    ['s1', rowOf(1)],
  ])
  expect((await listScores(database, {}, page)).map(({ row }) => row)).toEqual([rowOf(2), rowOf(2)])
  expect((await lastServed(database, 'conversion', 'c1'))!.row).toEqual(rowOf(2))
  // The newest features are stored with the customer, late events included.
  await put(database, customerFeatures, [featuresOf(0, { id: 'late', occurredAt: START + 3 * MINUTE_MS })])
  expect((await customerById(database, 'c1'))!.values).toEqual(rowOf(0))
})

test('of features at the same instant the named ones are used', async () => {
  const { database } = store
  await put(database, customerFeatures, [featuresOf(1), featuresOf(2, { id: 'again', occurredAt: START + MINUTE_MS })])
  await put(database, scores, [referring(1), referring(1, { id: 'z', featuresId: 'again' })])
  expect((await scoreHistory(database, 'c1', {}, page)).map(({ row }) => row)).toEqual([rowOf(2), rowOf(1)])
})

test('the newest score keeps its numbers when its month is dropped, as does one with its own row', async () => {
  const { database } = store
  await put(database, customerFeatures, [featuresOf(1)])
  await put(database, scores, [referring(1), scoreOf(2)])
  expect(await pruneHistory(database, new Date('2027-01-01'))).toEqual([
    'score_history_2026_09',
    'feature_history_2026_09',
  ])
  expect((await listScores(database, {}, page)).map(({ row }) => row)).toEqual([[1.5, Number.NaN, -2], rowOf(1)])
})

test('a score that came before its features has no row yet', async () => {
  const { database } = store
  await put(database, scores, [referring(1)])
  expect((await listScores(database, {}, page))[0]!.row).toEqual([])
  await put(database, customerFeatures, [featuresOf(1)])
  expect((await listScores(database, {}, page))[0]!.row).toEqual(rowOf(1))
})
