import { decodeCheckpoint, encodeCheckpoint } from '../../../models/incremental/checkpoint.ts'
import { learnIncrement, scoreIncremental, startIncremental } from '../../../models/incremental/incremental-logistic.ts'
import { learnBatch, recursiveLogistic, recursiveScore } from '../../../models/incremental/recursive-logistic.ts'
import { solvePositive } from '../../../models/incremental/solve-positive.ts'
import type { Dataset } from '../../../models/model.ts'
import { random } from '../../../models/random.ts'
import { normal } from '../drift/drift-streams.ts'

/** Two features, and a label by the first one, whose sign flips at `turn`. */
function stream(count: number, turn: number, seed = 1): Dataset {
  const next = random(seed)
  const rows = new Float32Array(2 * count)
  const labels = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    rows.set([normal(next), normal(next)], 2 * row)
    const margin = (row < turn ? 2 : -2) * rows[2 * row]!
    labels[row] = next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0
  }
  return {
    count,
    width: 2,
    rows,
    texts: [],
    featureNames: ['a', 'b'],
    labels,
    times: Float64Array.from(labels.keys()),
  }
}

const batchOf = ({ rows }: Dataset, from: number, to: number) => ({
  count: to - from,
  width: 2,
  rows: rows.subarray(2 * from, 2 * to),
  texts: [],
})

const firstOf = (data: Dataset, count: number): Dataset => ({
  ...data,
  count,
  rows: data.rows.slice(0, 2 * count),
  labels: data.labels.slice(0, count),
  times: data.times.slice(0, count),
})

function progressiveLoss(data: Dataset, from: number): number {
  let state = startIncremental(firstOf(data, from), 50)
  let loss = 0
  const scores = new Float64Array(50)
  for (let row = from; row < data.count; row += 50) {
    const batch = batchOf(data, row, row + 50)
    scoreIncremental(state, batch, scores)
    data.labels
      .subarray(row, row + 50)
      .forEach((label, at) => (loss -= Math.log(label === 1 ? scores[at]! : 1 - scores[at]!)))
    state = learnIncrement(state, batch, data.labels.subarray(row, row + 50))
  }
  return loss / (data.count - from)
}

test('it comes close to the best possible loss, and recovers after the relation is inverted', () => {
  // The entropy of the labels given the margin 2x, x normal, is about 0.46.
  expect(progressiveLoss(stream(5_000, Infinity), 500)).toBeLessThan(0.49)
  expect(progressiveLoss(stream(10_000, 5_000), 500)).toBeLessThan(0.6)
})

test('a restored state gives the same scores, and continues to the same bytes', () => {
  const data = stream(1_000, 500)
  const state = startIncremental(firstOf(data, 600), 50)
  const restored = decodeCheckpoint(encodeCheckpoint(state))
  expect(restored).toEqual(state)
  const batch = batchOf(data, 600, 650)
  const labels = data.labels.subarray(600, 650)
  const after = [state, restored].map((one) => {
    const scores = new Float64Array(50)
    scoreIncremental(learnIncrement(one, batch, labels), batch, scores)
    return Buffer.from(scores.buffer).toString('hex')
  })
  expect(after[1]).toBe(after[0])
})

test('a damaged checkpoint is refused', () => {
  const text = encodeCheckpoint(startIncremental(stream(200, Infinity), 50))
  expect(() => decodeCheckpoint('{}')).toThrow('no checkpoint')
  expect(() => decodeCheckpoint(text.replace(/"weights":\[[^,]+,/, '"weights":['))).toThrow('damaged')
})

test('a step that would explode is refused, and the state is kept', () => {
  const model = recursiveLogistic(2, 1)
  const learned = learnBatch(model, {
    count: 2,
    rows: Float64Array.of(1, 1e12, 1, -1e12),
    labels: Float64Array.of(1, Number.NaN),
  })
  expect(learned.kind).toBe('refused')
  const data = stream(400, Infinity)
  const state = startIncremental(firstOf(data, 200), 50)
  const wild = { ...batchOf(data, 200, 202), rows: Float32Array.of(Number.NaN, Number.NaN, 1, 1) }
  expect(
    learnIncrement(state, wild, Float64Array.of(0, 1)).models.every(({ weights }) => weights.every(Number.isFinite)),
  ).toBe(true)
  expect(() => learnIncrement(state, wild, Float64Array.of(0, 0.5))).toThrow('0 or 1')
})

test('one batch of all rows comes close to the ridge solution of the same rows', () => {
  const rows = Float64Array.of(1, 0, 1, 1, 1, 2, 1, 3)
  const labels = Float64Array.of(0, 0, 1, 1)
  let model = recursiveLogistic(2, 1)
  for (let step = 0; step < 3; step++) {
    const learned = learnBatch(model, { count: 4, rows, labels })
    if (learned.kind === 'learned') model = learned.model
  }
  expect(recursiveScore(model, rows, 0)).toBeLessThan(0.5)
  expect(recursiveScore(model, rows, 6)).toBeGreaterThan(0.5)
})

test('a positive definite system is solved, any other is refused', () => {
  expect([...solvePositive(Float64Array.of(4, 2, 2, 3), Float64Array.of(2, 1))!]).toEqual([0.5, 0])
  expect(solvePositive(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toBeUndefined()
})
