import fc from 'fast-check'
import type { RecordBatch } from '../../../kafka/client.ts'
import { firstFailing, firstOf, recordAt } from '../../../streams/task/narrowing.ts'

test('the record with which a transaction begins to fail is found in few tries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), fc.nat(), async (count, at) => {
      const culprit = at % count
      let tries = 0
      const found = await firstFailing(count, (first) => {
        tries++
        return Promise.resolve(first > culprit ? new Error('it') : undefined)
      })
      expect(found).toEqual({ index: culprit, cause: new Error('it') })
      expect(tries).toBeLessThanOrEqual(1 + Math.ceil(Math.log2(count)))
    }),
  )
})

test('a failure that does not recur has no culprit', async () => {
  expect(await firstFailing(10, () => Promise.resolve(undefined))).toBeUndefined()
})

test('the first records of several runs are those that are folded first', () => {
  const [one, two] = [{ topic: 'one' }, { topic: 'two' }] as RecordBatch[]
  const runs = [
    { input: 0, batch: one!, from: 3, to: 5 },
    { input: 1, batch: two!, from: 0, to: 4 },
  ]
  expect(firstOf(runs, 3)).toEqual([runs[0], { ...runs[1], to: 1 }])
  expect(firstOf(runs, 2)).toEqual([runs[0]])
  expect(recordAt(runs, 1)).toEqual({ batch: one, index: 4 })
  expect(recordAt(runs, 2)).toEqual({ batch: two, index: 0 })
})
