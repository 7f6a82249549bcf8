/** Writes the gradient at `x` and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

/** A point at which the caller must return the value and write the gradient. */
export interface EvaluationPoint {
  readonly x: Float64Array
  readonly gradient: Float64Array
}

export interface DescentOptions {
  readonly tolerance?: number
  readonly stepsMax?: number
  /**
   * Stops once `STEPS_JUDGED` steps together lower the value by less than this share of it; 0, the default, never does.
   */
  readonly decreaseMin?: number
}

const PAIRS_MAX = 8
const STEPS_JUDGED = 5
const SUFFICIENT = 1e-4
const STEP_MIN = 1e-12

/**
 * Minimises a smooth convex function with L-BFGS (Liu and Nocedal 1989; Nocedal and Wright 2006, algorithm 7.5) and
 * backtracking from `start`, which is not changed. Stops once no component of the gradient exceeds `tolerance`, or no
 * step lowers the value.
 */
export function minimise(objective: Objective, start: Float64Array, options?: DescentOptions): Float64Array {
  const descent = descend(start, options)
  let iteration = descent.next()
  while (iteration.done !== true) iteration = descent.next(objective(iteration.value.x, iteration.value.gradient))
  return iteration.value
}

/** Same as `minimise`, as a generator that yields points, for callers that compute the function step by step. */
export function* descend(
  start: Float64Array,
  { tolerance = 1e-6, stepsMax = 200, decreaseMin = 0 }: DescentOptions = {},
): Generator<EvaluationPoint, Float64Array, number> {
  let x = start.slice()
  let gradient = new Float64Array(x.length)
  let value = yield { x, gradient }
  const moves: Float64Array[] = []
  const gradientChanges: Float64Array[] = []
  const values = [value]
  for (let step = 0; step < stepsMax && largest(gradient) > tolerance; step++) {
    let direction = directionOf(gradient, moves, gradientChanges)
    let slope = dot(direction, gradient)
    if (slope >= 0) {
      moves.length = gradientChanges.length = 0
      direction = opposite(gradient)
      slope = -dot(gradient, gradient)
    }
    // Without curvature information, limits the first step to a length of 1.
    let length = moves.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1
    const next = new Float64Array(x.length)
    const nextGradient = new Float64Array(x.length)
    let nextValue: number
    for (;;) {
      for (let i = 0; i < x.length; i++) next[i] = x[i]! + length * direction[i]!
      nextValue = yield { x: next, gradient: nextGradient }
      if (nextValue <= value + SUFFICIENT * length * slope) break
      length /= 2
      if (length < STEP_MIN) return x
    }
    const move = difference(next, x)
    const gradientChange = difference(nextGradient, gradient)
    if (dot(move, gradientChange) > 1e-10 * dot(gradientChange, gradientChange)) {
      moves.push(move)
      gradientChanges.push(gradientChange)
      if (moves.length > PAIRS_MAX) {
        moves.shift()
        gradientChanges.shift()
      }
    }
    x = next
    gradient = nextGradient
    value = nextValue
    values.push(value)
    const before = values.at(-1 - STEPS_JUDGED)
    if (before !== undefined && before - value < decreaseMin * Math.abs(before)) break
  }
  return x
}

/** Returns −H·gradient by the two-loop recursion, scaled by the curvature of the newest pair. */
function directionOf(
  gradient: Float64Array,
  moves: readonly Float64Array[],
  gradientChanges: readonly Float64Array[],
): Float64Array {
  const direction = opposite(gradient)
  const shares = new Float64Array(moves.length)
  for (let k = moves.length - 1; k >= 0; k--) {
    shares[k] = dot(moves[k]!, direction) / dot(moves[k]!, gradientChanges[k]!)
    add(direction, -shares[k]!, gradientChanges[k]!)
  }
  const newest = moves.length - 1
  if (newest >= 0) {
    const scale =
      dot(moves[newest]!, gradientChanges[newest]!) / dot(gradientChanges[newest]!, gradientChanges[newest]!)
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  }
  for (let k = 0; k < moves.length; k++)
    add(direction, shares[k]! - dot(gradientChanges[k]!, direction) / dot(moves[k]!, gradientChanges[k]!), moves[k]!)
  return direction
}

/** A loop is many times faster here than `map`, and some models have millions of weights. */
function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) result[i] = a[i]! - b[i]!
  return result
}

function opposite(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) result[i] = -values[i]!
  return result
}

function add(into: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i]! += factor * what[i]!
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}
