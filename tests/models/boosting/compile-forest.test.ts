import fc from 'fast-check'
import { compileForest, nextBelow } from '../../../models/boosting/compile-forest.ts'
import { restoreForest, storeForest } from '../../../models/boosting/forest.ts'
import { boosted, COLOURS, mixedData, plainMargin } from './forests.ts'

const data = mixedData(800)
const { forest } = boosted(data, { trees: 40 })

const row = fc.tuple(
  fc.oneof(fc.integer({ min: 18, max: 80 }), fc.constant(Number.NaN)),
  fc.oneof(fc.float({ min: 0, max: 1e5, noNaN: true }), fc.constantFrom(...forest.thresholds), fc.constant(Number.NaN)),
  fc.oneof(fc.integer({ min: 0, max: COLOURS.length + 3 }), fc.constant(Number.NaN)),
  fc.oneof(fc.float({ noNaN: true }), fc.constant(Number.NaN)),
)

test('the forest has splits of every kind', () => {
  expect(new Set(forest.flags)).toEqual(new Set([0, 1, 2]))
})

test('compiled, restored and walked forests give every row the same margin', () => {
  const compiled = compileForest(forest, data.width)
  const restored = restoreForest(JSON.parse(JSON.stringify(storeForest(forest))), data.width)
  expect(restored).toEqual(forest)
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), (rows) => {
      const flat = Float32Array.from(rows.flat())
      const margins = new Float64Array(rows.length)
      compiled(flat, rows.length, data.width, margins)
      rows.forEach((_, index) => {
        const one = flat.subarray(index * 4, index * 4 + 4)
        expect(margins[index]).toBeCloseTo(plainMargin(forest, one), 10)
        expect(plainMargin(restored, one)).toBe(plainMargin(forest, one))
      })
    }),
    { numRuns: 500 },
  )
})

test('more rows than a block are scored like each alone', () => {
  const compiled = compileForest(forest, data.width)
  const margins = new Float64Array(data.count)
  compiled(data.rows, data.count, data.width, margins)
  for (const index of [0, 511, 512, 799]) {
    const alone = new Float64Array(1)
    compiled(data.rows.slice(index * 4, index * 4 + 4), 1, data.width, alone)
    expect(margins[index]).toBe(alone[0])
  }
})

test('nextBelow is the nearest smaller Float32', () => {
  fc.assert(
    fc.property(
      fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e30), max: Math.fround(1e30) }),
      (value) => {
        const below = nextBelow(value)
        expect(below).toBeLessThan(value)
        expect([below, value]).toContain(Math.fround(below / 2 + value / 2))
      },
    ),
  )
})

test.each([
  [
    'a right child that is the node itself',
    { rights: Int32Array.from(forest.rights, (right, node) => (node === 0 ? 0 : right)) },
  ],
  [
    'a feature that the rows do not have',
    { features: Int32Array.from(forest.features, (feature, node) => (node === 0 ? 9 : feature)) },
  ],
])('%s is refused', (_, change) => {
  expect(() => restoreForest(storeForest({ ...forest, ...change }), data.width)).toThrow(
    'The trees do not hold together',
  )
})
