import { DAY_MS } from '../../../schemas/durations.ts'
import { DAY_MARKS } from '../../../schemas/visits/planning.ts'
import type { PlanningWeights } from './default-planning.ts'

/** What urgency depends on. Times in ms; `null`: never visited, or no close planned. */
export interface Timing {
  readonly at: number
  readonly lastVisitAt: number | null
  readonly plannedCloseAt: number | null
}

/** Returns the whole days from one time to a later one; 0 if `to` is earlier. */
export function wholeDays(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY_MS))
}

/** Returns the factor by which a visit brings more, or less, now than at its usual time. */
export function urgencyOf({ at, lastVisitAt, plannedCloseAt }: Timing, weights: PlanningWeights): number {
  const { urgencyIfUnvisited, sinceVisit, beforeClose, overdue } = weights
  const sinceLast =
    lastVisitAt === null ? urgencyIfUnvisited : (reached(sinceVisit, wholeDays(lastVisitAt, at))?.factor ?? 1)
  if (plannedCloseAt === null) return sinceLast
  const untilClose =
    at >= plannedCloseAt
      ? reached(overdue, wholeDays(plannedCloseAt, at))
      : beforeClose.find(({ withinDays }) => plannedCloseAt - at <= withinDays * DAY_MS)
  return sinceLast * (untilClose?.factor ?? 1)
}

function reached<Step extends { readonly fromDays: number }>(steps: readonly Step[], days: number): Step | undefined {
  return steps.findLast(({ fromDays }) => fromDays <= days)
}

/** Returns when urgency may change next: the first day mark after `at`; `undefined` if none is left. */
export function nextMark({ at, lastVisitAt, plannedCloseAt }: Timing): number | undefined {
  let next = Number.POSITIVE_INFINITY
  const consider = (mark: number) => {
    if (mark > at && mark < next) next = mark
  }
  for (const days of DAY_MARKS) {
    if (lastVisitAt !== null) consider(lastVisitAt + days * DAY_MS)
    if (plannedCloseAt !== null) {
      consider(plannedCloseAt - days * DAY_MS)
      consider(plannedCloseAt + days * DAY_MS)
    }
  }
  return Number.isFinite(next) ? next : undefined
}
