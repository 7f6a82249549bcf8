import type { Policy, FormerPolicy } from '../../../schemas/visits/policies.ts'
import type { PolicyHold } from '../../../schemas/visits/policy-holds.ts'
import type { PolicyLimit } from '../../../schemas/visits/policy-limits.ts'
import { builtInPolicy, activePolicyOf } from './active-policy.ts'

export type Limit = Pick<PolicyLimit, 'shareMax' | 'allowance'>

/** The visits of a day, and the number of them that one policy and model flag. */
export interface FlaggedDay {
  readonly policyVersion: number
  readonly modelId: string | null
  readonly day: number
  readonly visits: number
  readonly flagged: number
}

/** The part of its last hold that the breaker remembers. */
export type Held = Pick<PolicyHold, 'version' | 'heldVersions' | 'heldModels' | 'inForce'>

/** Returns how many visits of a day a policy may flag. */
export function allowedFlags(visits: number, { shareMax, allowance }: Limit): number {
  // Guards against rounding: 0.29 × 100 is slightly below 29.
  return Math.floor(shareMax * visits + 1e-9) + allowance
}

/** Returns the day that exceeds the limit most; `undefined` if none does. */
export function worstDay(days: readonly FlaggedDay[], limit: Limit): FlaggedDay | undefined {
  const excess = ({ visits, flagged }: FlaggedDay) => flagged - allowedFlags(visits, limit)
  let worst: FlaggedDay | undefined
  for (const day of days) if (excess(day) > 0 && (worst === undefined || excess(day) > excess(worst))) worst = day
  return worst
}

/** Held versions and models that are remembered: older ones are no longer in force. */
const REMEMBERED_MAX = 50

export type BreakerDecision =
  /** A new hold, and the day that caused it. */
  | { readonly kind: 'hold'; readonly held: Held; readonly by: FlaggedDay }
  /** The built-in policy flags too much, and there is no earlier one to fall back to. */
  | { readonly kind: 'warning'; readonly by: FlaggedDay }

/**
 * Decides whether the policy in force, or its model, must be held; policies that are not in force flag nothing more. A
 * model is held before the policy that uses it. Returns `undefined` if the limit is kept, or if a person has forced the
 * activation of a policy that flags too much; that does not exempt models.
 */
export function evaluatePolicy(
  policy: Policy | undefined,
  held: Held | undefined,
  days: readonly FlaggedDay[],
  limit: Limit,
): BreakerDecision | undefined {
  const current = activePolicyOf(policy, held)
  const ofCurrent = days.filter(
    ({ policyVersion, modelId }) =>
      policyVersion === current.version && (modelId === null || held?.heldModels.includes(modelId) !== true),
  )
  const byModel = worstDay(
    ofCurrent.filter(({ modelId }) => modelId !== null),
    limit,
  )
  const before = held ?? { version: 0, heldVersions: [], heldModels: [], inForce: current }
  const version = before.version + 1
  if (byModel !== undefined) {
    const heldModels = [...before.heldModels, byModel.modelId!].slice(-REMEMBERED_MAX)
    return { kind: 'hold', by: byModel, held: { ...before, version, heldModels, inForce: current } }
  }
  if (policy?.forced === true && current.version === policy.version) return undefined
  const by = worstDay(ofCurrent, limit)
  if (by === undefined) return undefined
  if (current.version === builtInPolicy.version) return { kind: 'warning', by }
  const heldVersions = [...before.heldVersions, current.version].slice(-REMEMBERED_MAX)
  return {
    kind: 'hold',
    by,
    held: { ...before, version, heldVersions, inForce: beforeHeld(policy, held, heldVersions) },
  }
}

/** Returns the newest earlier policy that is not held; in the end the built-in one. */
function beforeHeld(policy: Policy | undefined, held: Held | undefined, heldVersions: readonly number[]): FormerPolicy {
  const known = [policy?.former, held?.inForce].filter((one) => one !== undefined && one !== null)
  return known.find(({ version }) => !heldVersions.includes(version)) ?? builtInPolicy
}
