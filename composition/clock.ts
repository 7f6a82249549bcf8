import { codecOf } from '../schemas/avro/codec.ts'
import { clock } from '../schemas/platform/clock.ts'
import type { CommandContext } from './context.ts'
import { namingOf, openProducer, openRegistry } from './kafka.ts'
import { createHealth } from '../streams/health.ts'
import type { RunningPart } from './running-part.ts'
import { waitingForKafka } from './waiting-for-kafka.ts'

/**
 * Publishes clock ticks to every partition, from the wall clock or from a simulated world at its own speed. Several
 * clocks do no harm: a timer fires only once.
 */
export async function startClockFor(context: CommandContext, time: () => number = Date.now): Promise<RunningPart> {
  const { config, log } = context
  const codec = codecOf(clock, await openRegistry(config, log))
  const topic = namingOf(config).topic(clock)
  const producer = await openProducer(context, 'clock')
  const health = createHealth()
  let sending: Promise<unknown> | undefined

  function tick(): Promise<unknown> {
    const now = time()
    const ticks = Array.from({ length: config.TOPIC_PARTITIONS }, (_, partition) => {
      const value = { id: `tick/${now}/${partition}`, occurredAt: now, source: 'scoreline', partition }
      return { key: clock.keyOf(value), value: codec.encode(value), partition }
    })
    return producer.send(topic, ticks).then(
      () => health.worked('Its tick'),
      (error: unknown) => {
        health.failed('Its tick', error)
        log('warn', 'The clock could not tick', { error })
      },
    )
  }

  const timer = setInterval(() => {
    // While the brokers are unavailable only one tick waits; later ticks would add nothing.
    sending ??= tick().finally(() => (sending = undefined))
  }, config.CLOCK_INTERVAL_MS)
  return {
    name: 'clock',
    trouble: () => waitingForKafka('Its tick', producer.waitingMs()) ?? health.trouble(),
    async stop() {
      clearInterval(timer)
      await producer.close()
      await sending
    },
  }
}
