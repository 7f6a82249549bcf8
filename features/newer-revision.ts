interface Told {
  readonly occurredAt: number
  readonly id: string
}

/**
 * Whether an event replaces the stored one about the same subject: the later event time wins, then the larger id,
 * whatever the order of arrival.
 */
export function isNewerEvent(event: Told, held: Told): boolean {
  return event.occurredAt === held.occurredAt ? event.id > held.id : event.occurredAt > held.occurredAt
}

/** Like `isNewerEvent`, for events with revisions: the higher revision wins, then the newer event. */
export function isNewerRevision(
  event: Told & { readonly revision: number },
  held: Told & { readonly revision: number },
): boolean {
  return event.revision === held.revision ? isNewerEvent(event, held) : event.revision > held.revision
}
