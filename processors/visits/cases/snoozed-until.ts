import type { Snooze } from '../../../schemas/visits/snoozes.ts'
import type { VisitAssessment } from '../../../schemas/visits/visit-assessments.ts'

/** The snoozes that suppress the alert of a visit, and until when (ms). */
export interface Snoozed {
  readonly until: number
  readonly ids: readonly string[]
}

/**
 * Returns the snoozes that suppress the alert of a visit; `undefined` if none do. Either a snooze of the verdict does,
 * or one for each kind of evidence: these last until the first of them ends.
 */
export function snoozedUntil(assessment: VisitAssessment, snoozes: readonly Snooze[]): Snoozed | undefined {
  const { salespersonId, customerId, occurredAt, verdict, evidence } = assessment
  const active = snoozes.filter(
    (snooze) =>
      !snooze.retired &&
      snooze.until > occurredAt &&
      (snooze.salespersonId === salespersonId || snooze.customerId === customerId),
  )
  const whole = longest(active, verdict)
  const parts = [...new Set(evidence.map(({ kind }) => kind))].map((kind) => longest(active, kind))
  const all = parts.every((part) => part !== undefined) && parts.length > 0 ? parts : undefined
  const byParts = all && { until: Math.min(...all.map(({ until }) => until)), ids: all.map(({ id }) => id) }
  if (whole === undefined || (byParts !== undefined && byParts.until > whole.until)) return byParts
  return { until: whole.until, ids: [whole.id] }
}

function longest(snoozes: readonly Snooze[], rule: string): Snooze | undefined {
  return snoozes
    .filter((snooze) => snooze.rule === rule)
    .reduce<Snooze | undefined>((best, one) => (best === undefined || one.until > best.until ? one : best), undefined)
}
