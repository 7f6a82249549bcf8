import { worstGroup } from '../../../../retrainer/lifecycle/gate/group-rise.ts'

const description = (name: string, isProtected: boolean) => ({
  name,
  meaning: '',
  unit: '',
  sources: [],
  ...(isProtected ? { protected: true } : {}),
})
const features = { descriptions: [description('visits.count', false), description('profile.sex', true)] }
/** Rows with an unprotected and a protected number. */
const newest = (protectedValues: readonly number[]) => ({
  count: protectedValues.length,
  width: 2,
  rows: Float32Array.from(protectedValues.flatMap((value, row) => [row % 2, value])),
})

test('the group of a protected attribute whose loss rises most is named, small groups are not judged', () => {
  const rows = newest([...new Array<number>(10).fill(1), ...new Array<number>(10).fill(2), Number.NaN])
  const losses = Float64Array.from({ length: 21 }, (_, row) => (row < 10 ? 0.5 : row < 20 ? 0.9 : 9))
  const others = new Float64Array(21).fill(0.6)
  const worst = worstGroup(rows, features, losses, others, 10)
  expect(worst).toMatchObject({ attribute: 'profile.sex', group: '2', rows: 10 })
  expect(worst!.rise).toBeCloseTo(0.3)
  expect(worstGroup(rows, features, losses, others, 1)).toMatchObject({ group: 'unknown', rows: 1 })
  expect(worstGroup(rows, features, losses, others, 11)).toBeUndefined()
})

test('an attribute with many values is cut at its quartiles', () => {
  const rows = newest(Array.from({ length: 100 }, (_, row) => row))
  const losses = Float64Array.from({ length: 100 }, (_, row) => (row >= 75 ? 2 : 1))
  const worst = worstGroup(rows, features, losses, new Float64Array(100).fill(1), 20)!
  expect(worst.group).toMatch(/^from 74/)
  expect(worst.rows).toBe(25)
})

test('without protected attributes there are no groups', () => {
  const rows = newest([1, 2])
  const unprotected = { descriptions: features.descriptions.slice(0, 1) }
  expect(worstGroup(rows, unprotected, new Float64Array(2), new Float64Array(2), 1)).toBeUndefined()
})
