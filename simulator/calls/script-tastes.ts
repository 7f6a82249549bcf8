import type { Customer } from '../customers/customers.ts'
import { normal, random } from '../random.ts'

type Segment = Customer['segment']

/**
 * Scripts of the simulated call centre, with their effect on the logit of a conversion in each segment. The built-in
 * script is the reference. These preferences are assumptions, chosen so that no script is the best for everybody.
 */
const effects = {
  'any-product-zh': { mass: 0, affluent: 0, business: 0 },
  'advantage-first-zh': { mass: -0.4, affluent: 0.4, business: 0.9 },
  'trust-first-zh': { mass: 0.5, affluent: -0.5, business: -0.6 },
} as const satisfies Readonly<Record<string, Readonly<Record<Segment, number>>>>
export type SimulatedScript = keyof typeof effects

export const simulatedScripts = Object.keys(effects) as SimulatedScript[]

/** Spread of individual tastes within a segment, on the logit. */
const INDIVIDUAL = 0.3

/** The script of calls that were given none by the platform; effects are relative to it. */
export const REFERENCE_SCRIPT: SimulatedScript = 'any-product-zh'

/** Returns the effect of a script on the logit of a customer’s conversion: that of the segment, and individual taste. */
export function scriptEffect(
  { stream, segment }: Pick<Customer, 'stream' | 'segment'>,
  script: SimulatedScript,
): number {
  if (script === REFERENCE_SCRIPT) return 0
  return effects[script][segment] + normal(random(stream, 'script taste', script), 0, INDIVIDUAL)
}
