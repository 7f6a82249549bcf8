import fc from 'fast-check'
import { regionsOf } from '../../../../features/calls/groups/nearest-centre.ts'
import { compileCondition } from '../../../../features/calls/groups/compile-condition.ts'
import { customerFeatures } from '../../../../features/customers/customer.ts'

const names = ['transactions.count30d', 'calls.answered', 'assets.securities']
const number = fc.integer({ min: -10_000, max: 10_000 }).map((whole) => whole / 100)
const three = fc.tuple(number, number, number)
const scale = fc.double({ min: 1e-3, max: 1e6, noNaN: true })

test('the conditions say of every customer which centre is nearest', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(three, { minLength: 2, maxLength: 4, selector: String }),
      fc.tuple(scale, scale, scale),
      three,
      three,
      (centres, deviations, means, scaled) => {
        const scaling = { means: Float64Array.from(means), deviations: Float64Array.from(deviations) }
        const regions = regionsOf(Float64Array.from(centres.flat()), scaling, names)
        const values = scaled.map((z, at) => means[at]! + z * deviations[at]!)
        const distances = centres.map((centre) => centre.reduce((sum, c, at) => sum + (scaled[at]! - c) ** 2, 0))
        const [least, second] = distances.toSorted((a, b) => a - b)
        const holding = regions.map(({ holds }) => holds(values))
        const told = regions.map(({ condition }) => {
          const { places, holds } = compileCondition(condition)
          return holds({
            ...{ segment: null, residence: null },
            values: places.map((place) => values[names.indexOf(customerFeatures.names[place]!)]!),
          })
        })
        expect(told).toEqual(holding)
        // Weights are rounded to five digits, so a customer nearly half-way between two centres may be assigned to
        // either.
        if (Math.sqrt(second!) - Math.sqrt(least!) > 1e-3 * Math.sqrt(second!))
          expect(holding.indexOf(true)).toBe(distances.indexOf(least!))
      },
    ),
  )
})

test('features that two centres share are left out, and numbers have a decimal point', () => {
  const [low, high] = regionsOf(
    Float64Array.of(-1, 5, 1, 5),
    { means: Float64Array.of(4, 9), deviations: Float64Array.of(2, 1) },
    names.slice(0, 2),
  )
  expect(low!.condition).toBe('1.0 * transactions.count30d < 4.0')
  expect(high!.condition).toBe('1.0 * transactions.count30d >= 4.0')
})
