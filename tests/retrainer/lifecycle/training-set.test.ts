import fc from 'fast-check'
import { trainingSet } from '../../../retrainer/lifecycle/training-set.ts'

const names = ['a', 'b', 'c']
const row = fc.record({
  row: fc.tuple(...names.map(() => fc.float({ noDefaultInfinity: true }))),
  text: fc.option(fc.string()),
  label: fc.constantFrom(0, 1),
  at: fc.integer({ min: -1_000, max: 1_000 }),
})

test('rows come in order of time, each with its own numbers, text and label', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const data = trainingSet(rows, names)
      expect(data).toMatchObject({ count: rows.length, width: names.length, featureNames: names })
      const expected = rows.toSorted((one, other) => one.at - other.at)
      expect([...data.times]).toEqual(expected.map(({ at }) => at))
      expect([...data.labels]).toEqual(expected.map(({ label }) => label))
      expect(data.texts).toEqual(expected.map(({ text }) => text))
      expect(data.rows).toEqual(Float32Array.from(expected.flatMap((one) => [...one.row])))
    }),
  )
})

test('the input is unchanged', () => {
  const rows = [
    { row: [2], text: null, label: 1, at: 5 },
    { row: [1], text: null, label: 0, at: 3 },
  ]
  trainingSet(rows, ['a'])
  expect(rows.map(({ at }) => at)).toEqual([5, 3])
})

test('a row of other features is refused', () => {
  const rows = [{ row: [1, 2], text: null, label: 1, at: 5 }]
  expect(() => trainingSet(rows, names)).toThrow('A row has 2 numbers; 3 features are named.')
})

test('each row keeps how its subject was selected; unknown if that is known of no row', () => {
  const data = trainingSet(
    [
      { row: [2], text: null, label: 1, at: 5, propensity: 0.1, acted: true },
      { row: [1], text: null, label: 0, at: 3, propensity: null, acted: null },
      { row: [1], text: null, label: 0, at: 4, propensity: 0, acted: false },
    ],
    ['a'],
  )
  expect([...data.selections!.propensities]).toEqual([NaN, 0, 0.1])
  expect([...data.selections!.actedMask]).toEqual([0, 0, 1])
  const unknown = trainingSet([{ row: [2], text: null, label: 1, at: 5, propensity: null, acted: null }], ['a'])
  expect(unknown.selections).toBeUndefined()
})
