/** Standardisation of features: a scaled value is (x − mean) / deviation. */
interface Scaling {
  readonly means: Float64Array
  readonly deviations: Float64Array
}

/** A Voronoi cell: the customers nearer to the centre of one cluster than to any other. */
export interface Region {
  /** In CEL: see docs/target-groups.md. */
  readonly condition: string
  /** Evaluates the condition on values in the order of the features. */
  holds(values: readonly number[]): boolean
}

/** `weights · values < limit` where `isBelow`, and `>=` otherwise. */
interface HalfSpace {
  readonly weights: readonly number[]
  readonly limit: number
  readonly isBelow: boolean
}

const WEIGHT_DIGITS = 5
const LIMIT_DIGITS = 12

/**
 * Turns each cluster into a condition like those of other target groups: the points nearest to a centre are bounded by
 * the planes half-way to the other centres. `centres` are scaled and concatenated; `names` are the features in order.
 */
export function regionsOf(centres: Float64Array, scaling: Scaling, names: readonly string[]): readonly Region[] {
  const clusters = centres.length / names.length
  const planes = Array.from({ length: clusters }, (): HalfSpace[] => [])
  for (let one = 0; one < clusters; one++)
    for (let other = one + 1; other < clusters; other++) {
      const plane = planeBetween(centreAt(centres, one, names), centreAt(centres, other, names), scaling)
      planes[one]!.push({ ...plane, isBelow: true })
      planes[other]!.push({ ...plane, isBelow: false })
    }
  return planes.map((bounds) => ({
    condition: bounds.map((bound) => textOf(bound, names)).join(' && '),
    holds: (values) => bounds.every((bound) => contains(bound, values)),
  }))
}

const centreAt = (centres: Float64Array, at: number, { length }: readonly string[]) =>
  centres.subarray(at * length, (at + 1) * length)

/**
 * Returns the plane half-way between two centres. The regions on both sides share the same rounded numbers, so that
 * they neither overlap nor leave a gap.
 */
function planeBetween(a: Float64Array, b: Float64Array, { means, deviations }: Scaling): Omit<HalfSpace, 'isBelow'> {
  const exact = Array.from(a, (_, at) => (b[at]! - a[at]!) / deviations[at]!)
  const largest = Math.max(...exact.map(Math.abs))
  const weights = exact.map((weight) => rounded(weight / largest, WEIGHT_DIGITS))
  const halfWay = (at: number) => means[at]! + ((a[at]! + b[at]!) / 2) * deviations[at]!
  // Computed from the rounded weights, so that the plane still passes through the midpoint.
  const limit = weights.reduce((sum, weight, at) => sum + weight * halfWay(at), 0)
  return { weights, limit: rounded(limit, LIMIT_DIGITS) }
}

const rounded = (value: number, digits: number) => Number(value.toPrecision(digits))

function contains({ weights, limit, isBelow }: HalfSpace, values: readonly number[]): boolean {
  const sum = weights.reduce((before, weight, at) => before + weight * values[at]!, 0)
  return isBelow ? sum < limit : sum >= limit
}

function textOf({ weights, limit, isBelow }: HalfSpace, names: readonly string[]): string {
  const terms = weights.flatMap((weight, at) => (weight === 0 ? [] : [`${literal(weight)} * ${names[at]}`]))
  return `${terms.join(' + ')} ${isBelow ? '<' : '>='} ${literal(limit)}`
}

/** CEL distinguishes doubles from integers by the decimal point. */
function literal(value: number): string {
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}
