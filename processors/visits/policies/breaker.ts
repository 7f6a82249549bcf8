import type { Policy, FormerPolicy } from '../../../schemas/visits/policies.ts'
import type { PolicyHold } from '../../../schemas/visits/policy-holds.ts'
import type { PolicyLimit } from '../../../schemas/visits/policy-limits.ts'
import { builtInPolicy, inForce } from './policy-in-force.ts'

export type Limit = Pick<PolicyLimit, 'shareMax' | 'allowance'>

/** The visits of a day, and how many of them one policy and model flag. */
export interface FlaggedDay {
  readonly policyVersion: number
  readonly modelId: string | null
  readonly day: number
  readonly visits: number
  readonly flagged: number
}

/** What the breaker remembers of its last hold. */
export type Held = Pick<PolicyHold, 'version' | 'heldVersions' | 'heldModels' | 'inForce'>

/** How many visits of a day a policy may flag. */
export function allowedFlags(visits: number, { shareMax, allowance }: Limit): number {
  // A product such as 0.29 × 100 lies a little below the whole number that is meant.
  return Math.floor(shareMax * visits + 1e-9) + allowance
}

/** The day that shows most clearly that the limit is passed; `undefined`: it is kept on every day. */
export function worstDay(days: readonly FlaggedDay[], limit: Limit): FlaggedDay | undefined {
  const excess = ({ visits, flagged }: FlaggedDay) => flagged - allowedFlags(visits, limit)
  let worst: FlaggedDay | undefined
  for (const day of days) if (excess(day) > 0 && (worst === undefined || excess(day) > excess(worst))) worst = day
  return worst
}

/** As many held versions and models are remembered: older ones are not in force any more. */
const REMEMBERED_MAX = 50

export type Judgement =
  /** What is held from now on, and the day that shows why. */
  | { readonly kind: 'hold'; readonly held: Held; readonly by: FlaggedDay }
  /** The built-in policy, which has none before it, flags too much. */
  | { readonly kind: 'warning'; readonly by: FlaggedDay }

/**
 * Whether what is in force must be held. Only it can be: who is not in force flags nothing more. A model is held before
 * the policy that uses it. `undefined`: all is well, or a person has activated it knowing that it flags so much, which
 * says nothing of models.
 */
export function judge(
  policy: Policy | undefined,
  held: Held | undefined,
  days: readonly FlaggedDay[],
  limit: Limit,
): Judgement | undefined {
  const current = inForce(policy, held)
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

/** What was in force before: the newest that is not held, the built-in policy at last. */
function beforeHeld(policy: Policy | undefined, held: Held | undefined, heldVersions: readonly number[]): FormerPolicy {
  const known = [policy?.former, held?.inForce].filter((one) => one !== undefined && one !== null)
  return known.find(({ version }) => !heldVersions.includes(version)) ?? builtInPolicy
}
