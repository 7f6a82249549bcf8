interface EventVersion {
  readonly occurredAt: number
  readonly id: string
}

/**
 * Whether an event replaces the stored one about the same subject: the later event time wins, then the larger id,
 * whatever the order of arrival.
 */
export function isNewerEvent(event: EventVersion, stored: EventVersion): boolean {
  return event.occurredAt === stored.occurredAt ? event.id > stored.id : event.occurredAt > stored.occurredAt
}

/** Like `isNewerEvent`, for events with revisions: the higher revision wins, then the newer event. */
export function isNewerRevision(
  event: EventVersion & { readonly revision: number },
  stored: EventVersion & { readonly revision: number },
): boolean {
  return event.revision === stored.revision ? isNewerEvent(event, stored) : event.revision > stored.revision
}
