import fc from 'fast-check'
import { boundsOf, linearScale, ticks } from '../../../retrainer/report/scale.ts'

describe('marks', () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.5, 10.5, 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [-3, 7, 5, [-2, 0, 2, 4, 6]],
    [0, 4321, 4, [0, 1000, 2000, 3000, 4000]],
    [-5, 105, 5, [0, 20, 40, 60, 80, 100]],
    [5, 5, 4, [5]],
  ])('from %d to %d, about %d: %j', (from, to, count, expected) => expect(ticks(from, to, count)).toEqual(expected))

  it('stay within the bounds and are neither few nor many', () => {
    const bound = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(bound, fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (from, width) => {
        fc.pre(from + width > from + 1e-9 * Math.abs(from))
        const all = ticks(from, from + width, 5)
        expect(all.length).toBeGreaterThanOrEqual(1)
        expect(all.length).toBeLessThanOrEqual(7)
        for (const mark of all) {
          expect(mark).toBeGreaterThanOrEqual(from - 1e-6 * (width + Math.abs(from)))
          expect(mark).toBeLessThanOrEqual(from + width + 1e-6 * (width + Math.abs(from)))
        }
      }),
    )
  })
})

test('linearScale maps the ends to the ends, and a single value to the middle', () => {
  const scale = linearScale(10, 20, 100, 0)
  expect([scale(10), scale(15), scale(20)]).toEqual([100, 50, 0])
  expect(linearScale(3, 3, 0, 100)(3)).toBe(50)
})

test('boundsOf always has width', () => {
  expect(boundsOf([0, 100])).toEqual({ from: -6, to: 106 })
  expect(boundsOf([0])).toEqual({ from: -1, to: 1 })
  expect(boundsOf([50])).toEqual({ from: 45, to: 55 })
})
