/** Its multiples, less their whole parts, lie evenly between 0 and 1, however many there are (Weyl 1916). */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2

/**
 * The part of a span by which a task waits, so that tasks which begin together do not do the same thing at the same
 * moment ever after.
 */
export function jittered(partition: number, span: number): number {
  return ((partition * GOLDEN_RATIO) % 1) * span
}
