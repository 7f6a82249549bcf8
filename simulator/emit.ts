import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'

/** An event with its time of arrival. Late events arrive late; the stream is in order of arrival. */
export interface Arrival {
  readonly topic: string
  readonly event: Envelope
  /** When it reaches the platform, ms; never before it occurred. */
  readonly arrivesAt: number
}

/** Emits an event with the source `simulator`. Without a delay, the default applies. */
export type Emit = <T extends Envelope>(topic: Topic<T>, event: NoInfer<Omit<T, 'source'>>, delayMs?: number) => void
