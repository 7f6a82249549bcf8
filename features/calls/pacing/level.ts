/**
 * How many calls are dialled for each agent who waits. Answers are not certain, so more than one keeps agents busy; but
 * whoever answers while no agent is free is abandoned, which the law limits.
 */
export const LEVEL_MIN = 1
export const LEVEL_MAX = 4
/** Where the law names no limit. */
export const ABANDON_SHARE_DEFAULT = 0.03

const STEP = 0.1
/** A larger share of the agents waits: more can be dialled. */
const WAITING_SHARE = 0.15
/** Parts of the limit: from the one on the level does not rise, from the other on it is halved. */
const NEAR_LIMIT = 0.7
const AT_LIMIT = 0.9

export interface PacingMinute {
  readonly level: number
  readonly agents: { readonly waiting: number; readonly talking: number }
  /** Of calls that a person answered, 0 to 1: how many were abandoned. */
  readonly abandonShare: number
  readonly abandonShareMax: number
}

/**
 * The level of the next minute. Close to the limit, since calls are on their way, it is halved and never rises; below, it
 * follows the agents: up while many wait, down while none does.
 */
export function nextLevel({ level, agents, abandonShare, abandonShareMax }: PacingMinute): number {
  if (abandonShare >= AT_LIMIT * abandonShareMax) return bounded(level / 2)
  const { waiting, talking } = agents
  if (waiting === 0) return bounded(level - STEP)
  const mayRise = abandonShare < NEAR_LIMIT * abandonShareMax
  return mayRise && waiting > WAITING_SHARE * (waiting + talking) ? bounded(level + STEP) : level
}

/** How many calls are to be dialled now. `ringing`: those on their way that nobody has answered yet. */
export function callsToDial(
  level: number,
  { waiting, ringing }: { readonly waiting: number; readonly ringing: number },
): number {
  return Math.max(0, Math.floor(level * waiting) - ringing)
}

function bounded(level: number): number {
  return Math.min(LEVEL_MAX, Math.max(LEVEL_MIN, Math.round(level * 100) / 100))
}
