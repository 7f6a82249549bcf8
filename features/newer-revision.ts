interface Revised {
  readonly revision: number
  readonly occurredAt: number
  readonly id: string
}

/**
 * Whether an event takes the place of the one on record about the same subject: the highest revision wins, then the
 * later event time, then the larger id, whatever the order of arrival.
 */
export function isNewerRevision(event: Revised, held: Revised): boolean {
  if (event.revision !== held.revision) return event.revision > held.revision
  if (event.occurredAt !== held.occurredAt) return event.occurredAt > held.occurredAt
  return event.id > held.id
}
