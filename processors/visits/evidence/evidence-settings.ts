import type { Policy } from '../../../schemas/visits/policies.ts'
import type { Detector } from './detector.ts'
import { detectors } from './detectors.ts'

/** A detector with the weights and parameters that a policy sets. */
export interface ConfiguredDetector {
  readonly detector: Detector
  readonly weights: Detector['weights']
  readonly parameters: Readonly<Record<string, number>>
}

/** Returns all detectors with the policy's weights and parameters; defaults apply where the policy sets none. */
export function evidenceSettings({ evidence }: Pick<Policy, 'evidence'>): ConfiguredDetector[] {
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

const workedOut = new WeakMap<object, readonly ConfiguredDetector[]>()

/** Returns the same, computed once per policy, since a policy stays the same from event to event. */
export function settingsOf(policy: Pick<Policy, 'evidence'>): readonly ConfiguredDetector[] {
  let settings = workedOut.get(policy.evidence)
  if (settings === undefined) workedOut.set(policy.evidence, (settings = evidenceSettings(policy)))
  return settings
}

/** Whether the detector has a weight; without one it is not run. */
export function hasWeight({ weights }: ConfiguredDetector): boolean {
  return weights.false > 0 || weights.invalid > 0
}

/** Returns what is unknown or contradictory in a policy's evidence settings; `undefined` if nothing is. */
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
    ? `${kind} counts in full at ${full} hours, but begins only at ${from}: raise fullH.`
    : undefined
}
