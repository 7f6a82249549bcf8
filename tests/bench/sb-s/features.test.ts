import { benchFeatures } from '../../../bench/sb-s/features.ts'
import { createGenerator } from '../../../bench/sb-s/generate.ts'
import { fold, newCustomer, rowOf } from '../../../bench/sb-s/reference.ts'
import { transactionsTopic } from '../../../bench/sb-s/schemas.ts'
import { mapMemory } from '../../features/map-memory.ts'

test('the features of the benchmark, computed by the platform’s own folds, follow the plain rules', () => {
  const features = benchFeatures(transactionsTopic('transactions'))
  const next = createGenerator({ seed: 7, distribution: 'zipf', customers: 30 })
  const customers = new Map<
    string,
    { readonly memory: ReturnType<typeof mapMemory>; readonly plain: ReturnType<typeof newCustomer> }
  >()
  const row = new Float64Array(features.names.length)
  for (let number = 0; number < 2_000; number++) {
    const event = next()
    let known = customers.get(event.customerId)
    if (known === undefined)
      customers.set(event.customerId, (known = { memory: mapMemory(features.kinds), plain: newCustomer() }))
    features.fold(known.memory, event)
    fold(known.plain, event)
    features.row(known.memory, features.latest(known.memory), row, 0)
    for (const [place, wanted] of rowOf(known.plain, event.kind).entries())
      expect(Math.abs(row[place]! - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)))
  }
  expect(customers.size).toBeGreaterThan(20)
})
