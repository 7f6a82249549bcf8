import { runComputation, type ProductComputation, type ProductRequest } from '../../models/text/dense-products.ts'
import { random } from '../../models/random.ts'
import { openDenseProducts } from '../../runtimes/dense-products.ts'

test.each([
  [1, 1, 1],
  [7, 5, 3],
  [130, 64, 1],
  [33, 96, 20],
])('%i rows of %i numbers and %i outputs: the same as in plain arithmetic', async (count, dimension, outputs) => {
  const next = random(count)
  const drawn = (length: number) => Float64Array.from({ length }, () => next() - 0.5)
  const vectors = Float32Array.from(drawn(count * dimension))
  const [weights, errors] = [drawn(outputs * dimension), drawn(count * outputs)]
  const products = await openDenseProducts()
  try {
    for (const asked of [
      { what: 'logits', by: weights, vectors, dimension },
      { what: 'gradient', by: errors, vectors, dimension },
    ] as const) {
      const [given, wanted] = [await products.answer(asks(asked)), runComputation(asks(asked))]
      expect(given.length).toBe(wanted.length)
      wanted.forEach((value, place) => expect(given[place]).toBeCloseTo(value, 4))
    }
  } finally {
    await products.close()
  }
})

function* asks(product: ProductRequest): ProductComputation<Float64Array> {
  return yield product
}
