import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'

/** An event with its time of arrival. Late events arrive late; the stream is in order of arrival. */
export interface Arrival {
  readonly topic: string
  readonly event: Envelope
  /** When it reaches the platform, ms; never before it occurred. */
  readonly arrivesAt: number
  /** Present if the event depends on the script of a call. */
  readonly scripted?: ScriptedEvent
}

/** How an event depends on the script of its call, which the platform chooses. Without a choice the event is as it is. */
export interface ScriptedEvent {
  readonly callId: string
  readonly customerId: string
  readonly product: string
  /** Start of the call, ms. */
  readonly startedAt: number
  /** Fields that differ, by script. */
  readonly changes: Readonly<Record<string, object>>
}

/** Emits an event with the source `simulator`. Without a delay, the default applies. */
export type Emit = <T extends Envelope>(
  topic: Topic<T>,
  event: NoInfer<Omit<T, 'source'>>,
  delayMs?: number,
  scripted?: ScriptedEvent,
) => void
