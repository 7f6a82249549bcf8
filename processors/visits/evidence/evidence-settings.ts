import type { Policy } from '../../../schemas/visits/policies.ts'
import type { Detector } from './detector.ts'
import { detectors } from './detectors.ts'

/** A detector as a policy sets it. */
export interface SetDetector {
  readonly detector: Detector
  readonly weights: Detector['weights']
  readonly parameters: Readonly<Record<string, number>>
}

/** All detectors with the policy's weights and parameters; where it says nothing, the defaults apply. */
export function evidenceSettings({ evidence }: Pick<Policy, 'evidence'>): SetDetector[] {
  const byKind = new Map(evidence.map((setting) => [setting.kind, setting]))
  return detectors.map((detector) => {
    const setting = byKind.get(detector.kind)
    const defaults = Object.fromEntries(Object.entries(detector.parameters).map(([name, { value }]) => [name, value]))
    return {
      detector,
      weights: {
        false: setting?.falseWeight ?? detector.weights.false,
        invalid: setting?.invalidWeight ?? detector.weights.invalid,
      },
      parameters: { ...defaults, ...setting?.parameters },
    }
  })
}

const workedOut = new WeakMap<object, readonly SetDetector[]>()

/** The same for a policy that stays the same from event to event: worked out once. */
export function settingsOf(policy: Pick<Policy, 'evidence'>): readonly SetDetector[] {
  let settings = workedOut.get(policy.evidence)
  if (settings === undefined) workedOut.set(policy.evidence, (settings = evidenceSettings(policy)))
  return settings
}

/** A kind of evidence without weight is not looked for. */
export function isWeighed({ weights }: SetDetector): boolean {
  return weights.false > 0 || weights.invalid > 0
}

/** What is unknown or contradictory in what a policy says of evidence; `undefined`: nothing. */
export function evidenceFault({ evidence }: Pick<Policy, 'evidence'>): string | undefined {
  const kinds = evidence.map(({ kind }) => kind)
  const twice = kinds.find((kind, i) => kinds.indexOf(kind) !== i)
  if (twice !== undefined) return `The evidence ${twice} is set twice: keep one of the two.`
  for (const setting of evidence) {
    const detector = detectors.find(({ kind }) => kind === setting.kind)
    if (detector === undefined)
      return `There is no evidence ${setting.kind}. There are: ${detectors.map(({ kind }) => kind).join(', ')}.`
    const fault = parameterFault(detector, setting.parameters)
    if (fault !== undefined) return fault
  }
  return undefined
}

function parameterFault({ kind, parameters }: Detector, values: Readonly<Record<string, number>>): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (known === undefined)
      return `The evidence ${kind} has no parameter ${name}. It has: ${Object.keys(parameters).join(', ') || 'none'}.`
    if (!(value >= known.from && value <= known.to))
      return `${kind}.${name} is ${value}; it must be between ${known.from} and ${known.to}.`
  }
  const from = values['fromH'] ?? values['toleranceH'] ?? parameters['fromH']?.value ?? parameters['toleranceH']?.value
  const full = values['fullH'] ?? parameters['fullH']?.value
  return from !== undefined && full !== undefined && full <= from
    ? `${kind} counts in full at ${full} hours, and begins only at ${from}: raise fullH.`
    : undefined
}
