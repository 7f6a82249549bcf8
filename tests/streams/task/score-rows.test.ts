import fc from 'fast-check'
import { ScoreError, scoreRows } from '../../../streams/task/score-rows.ts'
import { halving } from '../counting-processor.ts'

const model = (bad: ReadonlySet<number>) => {
  const { score } = halving()
  let failing = 0
  return {
    ...halving(),
    failing: () => failing,
    score: ((batch, into) => {
      for (let index = 0; index < batch.count; index++) {
        if (!bad.has(batch.rows[index * 2]!)) continue
        failing++
        throw new Error('bad')
      }
      return score(batch, into)
    }) as typeof score,
  }
}
const batchOf = (count: number) => ({
  count,
  width: 2,
  rows: Float32Array.from({ length: 2 * count }, (_, index) => (index % 2 === 0 ? index / 2 : 0)),
  texts: Array<null>(count).fill(null),
})

test('a model that fails on some rows scores all others, and the journal of it scores the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 300 }),
      fc.uniqueArray(fc.nat(299), { maxLength: 3 }),
      async (count, places) => {
        const bad = new Set(places.filter((place) => place < count))
        const scores = new Float64Array(count)
        const unscored = await scoreRows(model(bad), batchOf(count), scores, { narrow: true })
        const expected = Float64Array.from({ length: count }, (_, index) => (bad.has(index) ? Number.NaN : index / 2))
        expect(scores).toEqual(expected)
        expect(
          unscored.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
        ).toEqual([...bad].sort((one, other) => one - other))
        const again = new Float64Array(count)
        expect(await scoreRows(model(new Set()), batchOf(count), again, { unscored, narrow: false })).toEqual(unscored)
        expect(again).toEqual(expected)
      },
    ),
    { numRuns: 50 },
  )
})

test('one that fails on all of them is asked a bounded number of times', async () => {
  const failing = model(new Set(Array.from({ length: 1_000 }, (_, index) => index)))
  const scores = new Float64Array(1_000)
  expect(await scoreRows(failing, batchOf(1_000), scores, { narrow: true })).toEqual([
    { from: 0, to: 1_000, reason: 'The model model-1 fails: bad' },
  ])
  expect(scores.every(Number.isNaN)).toBe(true)
  expect(failing.failing()).toBeLessThan(100)
})

test('without narrowing the failure is the caller’s', async () => {
  await expect(scoreRows(model(new Set([1])), batchOf(3), new Float64Array(3), { narrow: false })).rejects.toThrow(
    ScoreError,
  )
})
