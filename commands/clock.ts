import type { PlainProducer } from '../kafka/plain-producer.ts'
import { codecOf } from '../schemas/codec.ts'
import { clock } from '../schemas/contact-centre.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Log } from '../streams/log.ts'
import type { Naming } from '../streams/naming.ts'
import type { RunningPart } from './running-part.ts'

export interface ClockOptions {
  readonly producer: PlainProducer
  readonly registry: Registry
  readonly naming: Naming
  readonly partitions: number
  readonly intervalMs: number
  readonly log: Log
}

/** Publishes the time as an event in every partition. Several clocks do no harm: a timer that has fired is gone. */
export function startClock({ producer, registry, naming, partitions, intervalMs, log }: ClockOptions): RunningPart {
  const codec = codecOf(clock, registry)
  let sending: Promise<unknown> = Promise.resolve()

  async function tick(): Promise<void> {
    const now = Date.now()
    const ticks = Array.from({ length: partitions }, (_, partition) => {
      const value = { id: `tick/${now}/${partition}`, occurredAt: now, source: 'scoreline', partition }
      return { key: clock.keyOf(value), value: codec.encode(value), partition }
    })
    await producer.send(naming.topic(clock), ticks)
  }

  const timer = setInterval(() => {
    sending = tick().catch((error: unknown) => log('warn', `The clock could not tick: ${String(error)}`))
  }, intervalMs)

  return {
    name: 'clock',
    ready: () => true,
    async stop() {
      clearInterval(timer)
      await sending
    },
  }
}
