/** Fractional parts of its multiples are evenly distributed between 0 and 1, however many there are (Weyl 1916). */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2

/**
 * Returns the phase offset of a task within a span, so that tasks that start together do not do the same work at the
 * same time ever after.
 */
export function jittered(partition: number, span: number): number {
  return ((partition * GOLDEN_RATIO) % 1) * span
}
