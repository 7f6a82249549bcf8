import { stages } from '../../../retrainer/training/stages.ts'

test('each training has its share of the progress, which never goes back', () => {
  const told: number[] = []
  const [first, second] = stages((done, of) => void told.push(done / of), [1, 3])
  for (const trees of [50, 100]) first!(trees, 100)
  for (const trees of [0, 100, 200]) second!(trees, 200)
  expect(told).toEqual([0.125, 0.25, 0.25, 0.625, 1])
})

test('a listener is optional', () => {
  expect(() => stages(undefined, [1])[0]!(1, 1)).not.toThrow()
})
