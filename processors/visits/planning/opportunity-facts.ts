import type { Timing } from './urgency.ts'

/** What is known of an open opportunity when its visit is planned. */
export interface OpportunityFacts extends Timing {
  /** `null`: not scored by a model. */
  readonly probability: number | null
  /** Change of the probability with the last visit; `null`: not known. */
  readonly trend: number | null
  /** 0: never visited. */
  readonly visitCount: number
  /** Visits in the 30 days up to the last one; `null`: not known. */
  readonly visitsInMonth: number | null
  readonly stage: string | null
  readonly valueMinor: number | null
  readonly currency: string | null
  /** The agreed next contact, quoted from the last report. */
  readonly agreed: string | null
}
