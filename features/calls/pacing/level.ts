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
  /** Calls that a person answered so far, and how many of them were abandoned. */
  readonly calls: { readonly answered: number; readonly abandoned: number }
  /** Limit on abandoned ÷ answered, 0 to 1. */
  readonly abandonShareMax: number
}

/**
 * Returns the level for the next minute. Close to the abandonment limit it does not rise, and finally it is halved.
 * Below, it rises while many agents wait and falls while none does. The share includes the calls dialled beyond the
 * number of agents, as if every one were abandoned: while few calls have been answered, a single minute could pass the
 * limit.
 */
export function nextLevel({ level, agents, calls, abandonShareMax }: PacingMinute): number {
  const { waiting, talking } = agents
  const surplus = Math.ceil((level - 1) * (waiting + talking))
  const share = (calls.abandoned + surplus) / Math.max(1, calls.answered + surplus)
  if (share >= AT_LIMIT * abandonShareMax) return bounded(level / 2)
  if (waiting === 0) return bounded(level - STEP)
  const mayRise = share < NEAR_LIMIT * abandonShareMax
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
