/** What deliveries tell of themselves. */
export interface DeliveryMetrics {
  deliveryAttempted(channel: string, outcome: 'delivered' | 'retried' | 'dead', durationMs: number): void
  /** All channels with something that waits or is dead. */
  deliveryBacklogs(
    backlogs: readonly {
      readonly channel: string
      readonly waiting: number
      readonly dead: number
      readonly oldestMs: number | null
    }[],
  ): void
  /** For channels of the kind metric. */
  alertTold(channel: string, type: string, kind: string): void
}
