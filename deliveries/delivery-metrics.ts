/** Metrics of deliveries. */
export interface DeliveryMetrics {
  deliveryAttempted(channel: string, outcome: 'delivered' | 'retried' | 'dead', durationMs: number): void
  /** Sets the backlogs of all channels with waiting or dead messages. */
  deliveryBacklogs(
    backlogs: readonly {
      readonly channel: string
      readonly waiting: number
      readonly dead: number
      readonly oldestMs: number | null
    }[],
  ): void
  /** Counts a message of a channel of the kind `metric`. */
  alertReported(channel: string, type: string, kind: string): void
}
