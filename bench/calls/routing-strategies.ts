import type { Chooser } from '../../features/calls/routing/desk-step.ts'
import { longestIdle } from '../../features/calls/routing/choose.ts'
import type { RoutingRules } from '../../features/calls/routing/widening.ts'
import { random } from '../../models/random.ts'
import { defaultPlan } from '../../processors/calls/routing/default-plan.ts'
import type { Figures } from '../compare-rounds.ts'
import { deskDay, type Strategy } from './desk-day.ts'
import type { DeskFigures } from './desk-figures.ts'
import { deskWorld } from './desk-world.ts'

const ours: RoutingRules = { ...defaultPlan, release: 'ACTIVE' }
/** Skills and language apply to all strategies; under this plan, nothing else restricts the choice. */
const plain: RoutingRules = {
  ...defaultPlan,
  release: 'NONE',
  steps: [{ afterSeconds: 0, expertiseMin: 0, otherQueues: true }],
}

/** Strategies by name, created for each day, since some have state. */
export const strategies: Readonly<Record<string, () => Strategy>> = {
  ours: () => ({ plan: ours }),
  longestIdle: () => ({ plan: plain, chooser: ({ free }) => longestIdle(free)?.agentId }),
  roundRobin: () => ({ plan: plain, chooser: roundRobin() }),
  fewestCalls: () => ({ plan: plain, chooser: fewestCalls() }),
}

/** Chooses the next free agent in a fixed order. */
function roundRobin(): Chooser {
  let last = ''
  return ({ free }) => {
    const ids = free.map(({ agentId }) => agentId).sort()
    const next = ids.find((id) => id > last) ?? ids[0]
    if (next !== undefined) last = next
    return next
  }
}

/** Chooses the free agent with the fewest calls. */
function fewestCalls(): Chooser {
  const counts = new Map<string, number>()
  return ({ free }) => {
    const countOf = (agentId: string) => counts.get(agentId) ?? 0
    const [fewest] = free
      .map(({ agentId }) => agentId)
      .sort((one, other) => countOf(one) - countOf(other) || (one < other ? -1 : 1))
    if (fewest !== undefined) counts.set(fewest, countOf(fewest) + 1)
    return fewest
  }
}

/** Returns means over simulated days, with the same days for each strategy. */
export function compareRouting({
  days,
  size,
}: {
  readonly days: number
  readonly size: number
}): Readonly<Record<string, Figures>> {
  const figures = Object.keys(strategies).map((name): [string, readonly DeskFigures[]] => [name, []])
  const byName = Object.fromEntries(figures) as Record<string, DeskFigures[]>
  for (let seed = 1; seed <= days; seed++) {
    const world = deskWorld(random(seed), size)
    for (const [name, strategy] of Object.entries(strategies)) byName[name]!.push(deskDay(world, strategy()))
  }
  return Object.fromEntries(Object.entries(byName).map(([name, all]) => [name, meansOf(all)]))
}

function meansOf(all: readonly DeskFigures[]): Figures {
  return Object.fromEntries(
    Object.keys(all[0]!).map((name) => [
      name,
      all.reduce((sum, figures) => sum + (figures[name] as number), 0) / all.length,
    ]),
  )
}
