/** Returns whether decoded values are equal, but for numbers that differ by at most `tolerance`. NaN equals NaN. */
export function sameWithin(one: unknown, other: unknown, tolerance: number): boolean {
  if (typeof one === 'number' && typeof other === 'number')
    return Object.is(one, other) || Math.abs(one - other) <= tolerance || one === other
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && sameWithin(one[key as never], other[key as never], tolerance))
  )
}
