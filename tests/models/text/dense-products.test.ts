import fc from 'fast-check'
import { addGradient, addLogits } from '../../../models/text/dense-products.ts'

const sizes = fc.record({
  count: fc.integer({ min: 1, max: 9 }),
  outputs: fc.integer({ min: 1, max: 5 }),
  dimension: fc.integer({ min: 1, max: 7 }),
})
const small = fc.integer({ min: -8, max: 8 })
const numbers = (length: number) => fc.array(small, { minLength: length, maxLength: length })

const cases = sizes.chain(({ count, outputs, dimension }) =>
  fc.record({
    count: fc.constant(count),
    outputs: fc.constant(outputs),
    dimension: fc.constant(dimension),
    vectors: numbers(count * dimension),
    byOutput: numbers(outputs * dimension),
    byRow: numbers(count * outputs),
  }),
)

test('logits grow by the products, whatever is left over of rows and outputs', () => {
  fc.assert(
    fc.property(cases, ({ count, outputs, dimension, vectors, byOutput, byRow }) => {
      const logits = Float64Array.from(byRow)
      addLogits(Float64Array.from(byOutput), Float32Array.from(vectors), dimension, logits)
      for (let row = 0; row < count; row++)
        for (let k = 0; k < outputs; k++) {
          let wanted = byRow[row * outputs + k]!
          for (let i = 0; i < dimension; i++) wanted += byOutput[k * dimension + i]! * vectors[row * dimension + i]!
          expect(logits[row * outputs + k]).toBe(wanted)
        }
    }),
  )
})

test('the gradient grows by the products, whatever is left over of rows and outputs', () => {
  fc.assert(
    fc.property(cases, ({ count, outputs, dimension, vectors, byOutput, byRow }) => {
      const gradient = Float64Array.from(byOutput)
      addGradient(Float64Array.from(byRow), Float32Array.from(vectors), dimension, gradient)
      for (let k = 0; k < outputs; k++)
        for (let i = 0; i < dimension; i++) {
          let wanted = byOutput[k * dimension + i]!
          for (let row = 0; row < count; row++) wanted += byRow[row * outputs + k]! * vectors[row * dimension + i]!
          expect(gradient[k * dimension + i]).toBe(wanted)
        }
    }),
  )
})
