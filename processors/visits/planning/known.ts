import type { Timing } from './urgency.ts'

/** What is known of an open opportunity when its visit is planned. */
export interface Known extends Timing {
  /** `null`: no model has scored it. */
  readonly probability: number | null
  /** Change of the probability with the last visit; `null`: not known. */
  readonly trend: number | null
  /** 0: never visited. */
  readonly visitCount: number
  /** Of them, in the 30 days up to the last one; `null`: not known. */
  readonly visitsInMonth: number | null
  readonly stage: string | null
  readonly valueMinor: number | null
  readonly currency: string | null
  /** What the last report says of the next contact, in its own words. */
  readonly agreed: string | null
}
