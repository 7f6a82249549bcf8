/**
 * Bounds on the calls dialled per waiting agent. Not every call is answered, so more than one keeps agents busy; but a
 * call that is answered while no agent is free is abandoned, and the law limits the share of these.
 */
export const LEVEL_MIN = 1
export const LEVEL_MAX = 4
/** Abandonment limit where the contact rules name none. */
export const ABANDON_SHARE_DEFAULT = 0.03

const STEP = 0.1
/** Share of agents waiting above which the level may rise. */
const WAITING_SHARE = 0.15
/** Fractions of the abandonment limit: from NEAR_LIMIT the level no longer rises, from AT_LIMIT it is halved. */
const NEAR_LIMIT = 0.7
const AT_LIMIT = 0.9

export interface PacingMinute {
  readonly level: number
  readonly agents: { readonly waiting: number; readonly talking: number }
  /** Share of the calls answered by a person that were abandoned, 0 to 1. */
  readonly abandonShare: number
  readonly abandonShareMax: number
}

/**
 * Returns the level for the next minute. Close to the abandonment limit it never rises and finally is halved, because
 * calls already on their way may still be abandoned. Below, it rises while many agents wait and falls while none does.
 */
export function nextLevel({ level, agents, abandonShare, abandonShareMax }: PacingMinute): number {
  if (abandonShare >= AT_LIMIT * abandonShareMax) return bounded(level / 2)
  const { waiting, talking } = agents
  if (waiting === 0) return bounded(level - STEP)
  const mayRise = abandonShare < NEAR_LIMIT * abandonShareMax
  return mayRise && waiting > WAITING_SHARE * (waiting + talking) ? bounded(level + STEP) : level
}

/** Returns how many calls to dial now. `ringing`: calls dialled but not answered yet. */
export function callsToDial(
  level: number,
  { waiting, ringing }: { readonly waiting: number; readonly ringing: number },
): number {
  return Math.max(0, Math.floor(level * waiting) - ringing)
}

function bounded(level: number): number {
  return Math.min(LEVEL_MAX, Math.max(LEVEL_MIN, Math.round(level * 100) / 100))
}
