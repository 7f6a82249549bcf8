import type { Snooze } from '../../../schemas/visits/snoozes.ts'
import type { VisitAssessment } from '../../../schemas/visits/visit-assessments.ts'

/** The snoozes that hold the alert of a visit back. */
export interface Snoozed {
  readonly until: number
  readonly ids: readonly string[]
}

/**
 * An alert is held back by a snooze of its verdict, or by snoozes of all the evidence together: as soon as one of them
 * ends, what it snoozed speaks against the visit again.
 */
export function snoozedUntil(assessment: VisitAssessment, snoozes: readonly Snooze[]): Snoozed | undefined {
  const { salespersonId, customerId, occurredAt, verdict, evidence } = assessment
  const standing = snoozes.filter(
    (snooze) =>
      !snooze.retired &&
      snooze.until > occurredAt &&
      (snooze.salespersonId === salespersonId || snooze.customerId === customerId),
  )
  const whole = longest(standing, verdict)
  const parts = [...new Set(evidence.map(({ kind }) => kind))].map((kind) => longest(standing, kind))
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
