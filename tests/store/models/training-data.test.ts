import fc from 'fast-check'
import { outcomes } from '../../../schemas/models/outcomes.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { countOutcomesSince, servedRows, streamServedRows } from '../../../store/models/training-data.ts'
import { outcomeOf, put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('an outcome meets the row that was served at its moment, not a later one', async () => {
  const { database } = store
  await put(
    database,
    scores,
    [1, 2, 3, 4].map((number) => scoreOf(number, { row: [number, Number.NaN] })),
  )
  await put(database, outcomes, [
    outcomeOf('as of the second', { asOf: START + 2 * MINUTE_MS, value: 0 }),
    outcomeOf('known after the third', { occurredAt: START + 3.5 * MINUTE_MS }),
    outcomeOf('before the first', { asOf: START }),
  ])
  expect(await servedRows(database, 'conversion', 'visits@1')).toEqual([
    {
      row: [2, Number.NaN],
      text: 'visit 2',
      lineTimes: [START - 2],
      label: 0,
      at: START + 2 * MINUTE_MS,
      knownAt: START + 60 * MINUTE_MS,
      customerId: 'c1',
      subjectId: 'o1',
      probability: 0.2,
      modelId: 'm',
    },
    {
      row: [3, Number.NaN],
      text: 'visit 3',
      lineTimes: [START - 3],
      label: 1,
      at: START + 3 * MINUTE_MS,
      knownAt: START + 3.5 * MINUTE_MS,
      customerId: 'c1',
      subjectId: 'o1',
      probability: 0.3,
      modelId: 'm',
    },
  ])
})

test('a later model’s score of the same moment is not what was served', async () => {
  const { database } = store
  const sweep = { inputTopic: null, inputPartition: null, inputOffset: null, modelId: 'later', probability: 0.9 }
  await put(database, scores, [
    scoreOf(1, { id: 'one', inputOffset: 9 }),
    scoreOf(1, { id: 'two', inputOffset: 10, row: [2] }),
    scoreOf(1, { id: 'zzz', ...sweep }),
    scoreOf(1, { id: 'only-swept', subjectId: 'o2', ...sweep }),
  ])
  await put(database, outcomes, [outcomeOf('x'), outcomeOf('y', { subjectId: 'o2' })])
  const rows = await servedRows(database, 'conversion', 'visits@1')
  expect(rows.map(({ row, modelId }) => [row, modelId])).toEqual([
    [[2], 'm'],
    [[1.5, Number.NaN, -2], 'later'],
  ])
})

test('rows of other features, tasks, customers and subjects stay out', async () => {
  const { database } = store
  await put(database, scores, [
    scoreOf(1),
    scoreOf(2, { featureSet: 'visits@2' }),
    scoreOf(3, { task: 'call-conversion', subjectId: 'c1', row: [3] }),
    scoreOf(4, { customerId: 'c2' }),
    scoreOf(5, { subjectId: 'o2' }),
  ])
  // The subject is the call, but the customer is scored.
  await put(database, outcomes, [outcomeOf('x'), outcomeOf('y', { task: 'call-conversion', subjectId: 'call-7' })])
  const [only, ...others] = await servedRows(database, 'conversion', 'visits@1')
  expect(only).toMatchObject({ text: 'visit 1' })
  expect(others).toEqual([])
  expect(await servedRows(database, 'call-conversion', 'visits@1')).toMatchObject([{ row: [3] }])
})

test('equals the plain search over all scores, whatever the times', async () => {
  const { database } = store
  const minutes = fc.integer({ min: 0, max: 20 })
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(minutes, { maxLength: 12 }),
      fc.array(minutes, { maxLength: 6 }),
      async (scored, asked) => {
        const task = `task-${run++}`
        const served = scored.map((minute, index) =>
          scoreOf(minute, { id: `${task}/${index}`, task, row: [index], inputOffset: index }),
        )
        await put(database, scores, served)
        await put(
          database,
          outcomes,
          asked.map((minute, index) =>
            outcomeOf(`${task}/${index}`, { task, asOf: START + minute * MINUTE_MS, value: minute }),
          ),
        )
        const found = await servedRows(database, task, 'visits@1')
        const expected = asked.flatMap((minute) => {
          const before = scored.flatMap((at, index) => (at <= minute ? [{ at, index }] : []))
          const newest = before.toSorted((one, other) => one.at - other.at || one.index - other.index).at(-1)
          return newest === undefined ? [] : [`${minute}: ${newest.index}`]
        })
        expect(found.map(({ label, row }) => `${label}: ${row[0]}`).sort()).toEqual(expected.sort())
        expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).sort((one, other) => one - other))
      },
    ),
    { numRuns: 20 },
  )
})

test('many rows are streamed in order of time, and a reader who stops early returns its connection', async () => {
  const { database } = store
  const values = Array.from({ length: 2_500 }, (_, index) =>
    scoreOf(index, { subjectId: `o${index}`, customerId: `c${index}` }),
  )
  await put(database, scores, values)
  const asOf = START + 10_000 * MINUTE_MS
  await put(
    database,
    outcomes,
    values.map(({ subjectId, customerId }) => outcomeOf(`x-${subjectId}`, { subjectId, customerId, asOf })),
  )
  const rows = await servedRows(database, 'conversion', 'visits@1')
  expect(rows.map(({ text }) => text)).toEqual(values.map(({ text }) => text))
  for (let round = 0; round < 6; round++) {
    for await (const { text } of streamServedRows(database, 'conversion', 'visits@1')) {
      expect(text).toBe('visit 0')
      break
    }
  }
  expect(database.pool.totalCount - database.pool.idleCount).toBe(0)
})

test('outcomes that became known after a moment are counted', async () => {
  const { database } = store
  await put(database, outcomes, [
    outcomeOf('x'),
    outcomeOf('y', { occurredAt: START }),
    outcomeOf('z', { task: 'other' }),
  ])
  expect(await countOutcomesSince(database, 'conversion', new Date(START))).toBe(1)
  expect(await countOutcomesSince(database, 'conversion', new Date(0))).toBe(2)
})
