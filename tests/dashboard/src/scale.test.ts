import { scaleOf } from '../../../dashboard/src/scale.ts'

test('a scale has room for every interval, and begins at 0 or below', () => {
  const one = { value: 0.2, lower: 0.1, upper: 0.3 }
  expect(scaleOf([one, null, { value: 0.5, lower: null, upper: null }])).toEqual({ from: 0, to: 0.5 })
  expect(scaleOf([one, { value: -0.1, lower: -0.2, upper: 0 }])).toEqual({ from: -0.2, to: 0.3 })
  expect(scaleOf([])).toEqual({ from: 0, to: 0 })
})
