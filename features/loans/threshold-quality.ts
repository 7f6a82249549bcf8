/** What a model estimated for a customer, and how much of the credit line they used in the end. */
export interface EstimateWithUsage {
  readonly estimate: number
  readonly usage: number
}

/** How well a threshold would have picked customers whose usage is known by now. */
export interface ThresholdQuality {
  readonly threshold: number
  /** Customers with an estimate from the threshold on. */
  readonly flagged: number
  /** Customers whose usage reached the threshold. */
  readonly reached: number
  /** Customers of whom both are true. */
  readonly both: number
  /** Share of the flagged who reached it; null if nobody was flagged. */
  readonly precision: number | null
  /** Share of those who reached it that were flagged; null if nobody reached it. */
  readonly recall: number | null
}

/** Compares estimates with what became of them, at one threshold for both. */
export function thresholdQuality(known: readonly EstimateWithUsage[], threshold: number): ThresholdQuality {
  const flagged = known.filter(({ estimate }) => estimate >= threshold)
  const reached = known.filter(({ usage }) => usage >= threshold).length
  const both = flagged.filter(({ usage }) => usage >= threshold).length
  return {
    threshold,
    flagged: flagged.length,
    reached,
    both,
    precision: flagged.length === 0 ? null : both / flagged.length,
    recall: reached === 0 ? null : both / reached,
  }
}
