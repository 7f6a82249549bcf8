import fc from 'fast-check'
import { isCanaryCustomer } from '../../../processors/models/canary-customers.ts'

const customers = Array.from({ length: 10_000 }, (_, number) => `c${number}`)
const chosen = (modelId: string, share: number) => customers.filter((one) => isCanaryCustomer(modelId, share, one))

test('the share of the customers is about the share asked for', () => {
  expect(chosen('m', 0)).toHaveLength(0)
  expect(chosen('m', 1)).toHaveLength(customers.length)
  for (const share of [0.05, 0.3])
    expect(Math.abs(chosen('m', share).length / customers.length - share)).toBeLessThan(0.02)
})

test('a larger share keeps the customers of a smaller one', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.string(), fc.string(), share, share, (modelId, customer, one, other) => {
      if (isCanaryCustomer(modelId, Math.min(one, other), customer))
        expect(isCanaryCustomer(modelId, Math.max(one, other), customer)).toBe(true)
    }),
  )
})

test('another canary has other customers', () => {
  const first = new Set(chosen('m1', 0.2))
  const both = chosen('m2', 0.2).filter((one) => first.has(one))
  expect(both.length / customers.length).toBeLessThan(0.06)
})
