import { multiLabelData, type LabelledSubject } from '../../../retrainer/lifecycle/multi-label-data.ts'

const subject = (customer: number, subjectId: string, label: number, at = customer): LabelledSubject => ({
  row: [customer, at],
  subjectId,
  label,
  at,
  customerId: `c${customer}`,
})
const enough = (id: string) => Array.from({ length: 20 }, (_, customer) => subject(customer, id, customer % 2))

test('labels of one served row are one row, unknown ones are NaN, and rows are in order of time', () => {
  const { data, outputs, tooFew } = multiLabelData(
    [...enough('a').toReversed(), ...enough('b').slice(0, 20)],
    ['b', 'a'],
    ['x', 'y'],
  )
  expect(outputs).toEqual(['b', 'a'])
  expect(tooFew).toEqual([])
  expect(data).toMatchObject({ count: 20, width: 2, outputs: 2 })
  expect([...data.times]).toEqual(Array.from({ length: 20 }, (_, at) => at))
  expect([...data.rows.subarray(6, 8)]).toEqual([3, 3])
  expect([...data.labels.subarray(6, 8)]).toEqual([1, 1])
})

test('a repeated trial while the row applied is a row of its own: no label is lost', () => {
  const again = [subject(3, 'a', 0), subject(3, 'a', 1)]
  const { data } = multiLabelData([...enough('a'), ...again, ...enough('b')], ['a', 'b'], ['x', 'y'])
  expect(data.count).toBe(22)
  const ofThird = [...data.times.keys()].filter((row) => data.times[row] === 3)
  expect(ofThird.map((row) => [...data.labels.subarray(row * 2, row * 2 + 2)])).toEqual([
    [1, 1],
    [0, Number.NaN],
    [1, Number.NaN],
  ])
})

test('an item with too few labels is left out and reported, an unknown one is left out', () => {
  const one = Array.from({ length: 30 }, (_, customer) => subject(customer, 'always', 1))
  const { outputs, tooFew, data } = multiLabelData(
    [...enough('a'), ...one, ...enough('b').slice(1), ...enough('strange')],
    ['a', 'b', 'always', 'new'],
    ['x', 'y'],
  )
  expect(outputs).toEqual(['a'])
  expect(tooFew).toEqual([
    { id: 'b', labels: 19 },
    { id: 'always', labels: 30 },
    { id: 'new', labels: 0 },
  ])
  expect(data.count).toBe(20)
})

test('rows of another width are refused', () => {
  expect(() => multiLabelData(enough('a'), ['a'], ['x'])).toThrow('A row has 2 numbers; 1 features are named.')
})
