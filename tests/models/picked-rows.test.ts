import { pickedRows } from '../../models/picked-rows.ts'

test.each([Float32Array, Float64Array])('rows in the order asked for, of the same kind: %p', (Numbers) => {
  const matrix = Numbers.of(0, 1, 10, 11, 20, 21)
  const picked = pickedRows(matrix, 2, [2, 0, 2])
  expect(picked).toEqual(Numbers.of(20, 21, 0, 1, 20, 21))
  picked[0] = 5
  expect(matrix[4]).toBe(20)
  expect(pickedRows(matrix, 2, [])).toEqual(new Numbers(0))
  expect(pickedRows(matrix, 0, [1])).toEqual(new Numbers(0))
})
