import { createReservoir } from '../../../models/clustering/reservoir.ts'
import { random } from '../../../models/random.ts'

test('keeps all of a few, and of many each as often as any other', () => {
  const next = random(7)
  const counts = new Int32Array(20)
  for (let round = 0; round < 4_000; round++) {
    const sample = createReservoir<number>(5, next)
    for (let item = 0; item < 3; item++) sample.offer(item)
    expect(sample.items).toEqual([0, 1, 2])
    for (let item = 3; item < 20; item++) sample.offer(item)
    for (const item of sample.items) counts[item]!++
  }
  // The expected count is 1,000, with a standard deviation of 27.
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(140)
})
