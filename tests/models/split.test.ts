import fc from 'fast-check'
import {
  chosenRows,
  folds,
  groupSplit,
  temporalFolds,
  temporalHoldout,
  randomSplit,
  timeSplit,
} from '../../models/split.ts'
import { syntheticData } from './synthetic-data.ts'

const together = ({ train, test }: { train: Int32Array; test: Int32Array }) => [...train, ...test].sort((a, b) => a - b)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

test('timeSplit tests on the newest rows and splits no instant', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 })
    .map((list) => Float64Array.from(list).sort())
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (times, testShare) => {
      const split = timeSplit(times, testShare)
      expect(together(split)).toEqual(upTo(times.length))
      for (const test of split.test) for (const train of split.train) expect(times[test]).toBeGreaterThan(times[train]!)
    }),
  )
  expect(timeSplit(Float64Array.of(1, 2, 2, 2, 3, 4), 0.5)).toEqual({
    train: Int32Array.of(0, 1, 2, 3),
    test: Int32Array.of(4, 5),
  })
})

test('randomSplit takes each row once, by its seed', () => {
  const split = randomSplit(100, 0.3, 5)
  expect(together(split)).toEqual(upTo(100))
  expect(split.test.length).toBe(30)
  expect(randomSplit(100, 0.3, 5)).toEqual(split)
  expect(randomSplit(100, 0.3, 6)).not.toEqual(split)
})

test('groupSplit keeps the rows of a group on one side', () => {
  const groups = upTo(200).map((row) => `customer ${(row * 7) % 40}`)
  const split = groupSplit(groups, 0.25, 1)
  expect(together(split)).toEqual(upTo(200))
  const of = (rows: Int32Array) => new Set(Array.from(rows, (row) => groups[row]!))
  const tested = of(split.test)
  expect([...of(split.train)].filter((group) => tested.has(group))).toEqual([])
  expect(split.test.length).toBe(50)
})

test('temporalHoldout splits by time if there are times', () => {
  const data = syntheticData(20, 'regression')
  expect([...temporalHoldout(data, 0.25, 1).test]).toEqual([15, 16, 17, 18, 19])
  const timeless = { ...data, times: new Float64Array(20).fill(Number.NaN) }
  expect(temporalHoldout(timeless, 0.25, 1)).toEqual(randomSplit(20, 0.25, 1))
})

test('temporalFolds never trains on rows newer than the tested ones, nor splits an instant; without times they are plain folds', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 60 })
    .map((list) => Float64Array.from(list).sort())
  fc.assert(
    fc.property(times, fc.integer({ min: 2, max: 6 }), (times, parts) => {
      if (times[0] === times.at(-1)) return
      let last = -1
      for (const { train, test } of temporalFolds({ times, count: times.length }, parts, 1)) {
        expect([...train]).toEqual(upTo(test[0]!))
        expect(times[test[0]!]).toBeGreaterThan(times[train.at(-1)!]!)
        expect(last === -1 || test[0] === last + 1).toBe(true)
        last = test.at(-1)!
      }
      expect([-1, times.length - 1]).toContain(last)
    }),
  )
  const parts = temporalFolds(syntheticData(100, 'regression'), 3, 1)
  expect(parts.map(({ train, test }) => [train.length, test.length])).toEqual([
    [40, 20],
    [60, 20],
    [80, 20],
  ])
  const timeless = { count: 20, times: new Float64Array(20).fill(Number.NaN) }
  expect(temporalFolds(timeless, 4, 1)).toEqual(folds(timeless, 4, 1))
})

test('chosenRows is the data set of those rows alone', () => {
  const data = syntheticData(6, 'classification', { withTexts: true })
  const picked = chosenRows(data, Int32Array.of(1, 4))
  expect(picked.count).toBe(2)
  expect([...picked.rows]).toEqual([...data.rows.subarray(5, 10), ...data.rows.subarray(20, 25)])
  expect([...picked.labels]).toEqual([data.labels[1], data.labels[4]])
  expect(picked.texts).toEqual([data.texts[1], data.texts[4]])
  expect([...picked.times]).toEqual([1, 4])
})

test('timeSplit leaves a test set even if the newest instant is a large part of all rows', () => {
  expect(timeSplit(Float64Array.of(1, 2, 3, 3, 3, 3), 0.2)).toEqual({
    train: Int32Array.of(0, 1),
    test: Int32Array.of(2, 3, 4, 5),
  })
  expect(timeSplit(Float64Array.of(3, 3, 3), 0.2).test.length).toBe(0)
})

test('rows that were named to validate by are the only part, whatever their times', () => {
  const validationMask = Uint8Array.of(0, 1, 0, 0, 1)
  for (const times of [new Float64Array(5).fill(Number.NaN), Float64Array.of(1, 2, 3, 4, 5)]) {
    const named = { train: Int32Array.of(0, 2, 3), test: Int32Array.of(1, 4) }
    expect(temporalHoldout({ times, count: 5, validationMask }, 0.2, 1)).toEqual(named)
    expect(temporalFolds({ times, count: 5, validationMask }, 3, 1)).toEqual([named])
    // Where none are left of either kind they are drawn as ever.
    expect(temporalHoldout({ times, count: 5, validationMask: new Uint8Array(5) }, 0.2, 1).test).toHaveLength(1)
  }
})
