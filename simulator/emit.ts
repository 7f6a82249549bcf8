import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'

/** An event on its way: what is emitted late arrives late, and the stream is in order of arrival. */
export interface Arrival {
  readonly topic: string
  readonly event: Envelope
  /** When it reaches the platform, ms; never before it happened. */
  readonly arrivesAt: number
}

/** How every part of the world emits events. All have the source `simulator`. Without a delay the default applies. */
export type Emit = <T extends Envelope>(topic: Topic<T>, event: NoInfer<Omit<T, 'source'>>, delayMs?: number) => void
