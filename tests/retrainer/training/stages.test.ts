import { stages } from '../../../retrainer/training/stages.ts'

test('each training has its share of the progress, which never goes back', () => {
  const told: number[] = []
  const [first, second] = stages(
    (done, of) => void told.push(done / of),
    [{ weight: 1, stopsEarly: true }, { weight: 3 }],
  )
  for (const trees of [50, 150, 240]) first!(trees, 500)
  first!(500, 500)
  for (const trees of [0, 100, 200]) second!(trees, 200)
  const expected = [0.0625, 0.1875, 0.2375, 0.25, 0.25, 0.625, 1]
  expect(told).toHaveLength(expected.length)
  told.forEach((share, place) => expect(share).toBeCloseTo(expected[place]!, 12))
})

test('a listener is optional', () => {
  expect(() => stages(undefined, [{ weight: 1 }])[0]!(1, 1)).not.toThrow()
})
