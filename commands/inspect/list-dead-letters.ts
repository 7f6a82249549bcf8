import type { KafkaClient } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { valueOf } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { deadLetters, type DeadLetter } from '../../schemas/platform/platform.ts'
import { toJson } from '../../schemas/json/json-event.ts'
import { resendRecord } from '../../composition/resend-record.ts'
import type { CommandContext } from '../../composition/context.ts'
import { clientOptions, namingOf, openProducer, openRegistry } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'

export interface DeadLetterFilter {
  readonly id?: string
  readonly processor?: string
  readonly topic?: string
  readonly code?: string
}

/** Prints the matching dead letters, one JSON object per line. */
export async function listDeadLetters(here: CommandContext, filter: DeadLetterFilter): Promise<void> {
  await forEachDeadLetter(here, filter, (deadLetter) => here.print(JSON.stringify(toJson(deadLetters, deadLetter))))
}

/** Sends the records of the matching dead letters to their topics again, each once. */
export async function replayDeadLetters(here: CommandContext, filter: DeadLetterFilter): Promise<void> {
  const producer = await openProducer(here, 'dead-letters')
  const sent = new Set<string>()
  try {
    await forEachDeadLetter(here, filter, async (letter) => {
      const { topic, partition, offset } = letter
      const place = `${topic}/${partition}/${offset}`
      if (sent.has(place)) return
      sent.add(place)
      await resendRecord(producer, letter)
    })
  } finally {
    await producer.close()
  }
  here.print(JSON.stringify({ replayed: sent.size }))
}

async function forEachDeadLetter(
  context: CommandContext,
  filter: DeadLetterFilter,
  use: (deadLetter: DeadLetter) => unknown,
): Promise<void> {
  const client: KafkaClient = createKafkaClient(clientOptions(context.config, 'dead-letters'))
  try {
    const codec = codecOf(deadLetters, await openRegistry(context.config, context.log))
    for await (const { batch, index } of readTopic(client, namingOf(context.config).topic(deadLetters))) {
      const value = valueOf(batch, index)
      if (value === null) continue
      const deadLetter = codec.decode(value, 0, value.length)
      if (matches(deadLetter, filter)) await use(deadLetter)
    }
  } finally {
    await client.close()
  }
}

function matches(deadLetter: DeadLetter, { id, processor, topic, code }: DeadLetterFilter): boolean {
  return (
    (id === undefined || deadLetter.id === id) &&
    (processor === undefined || deadLetter.processor === processor) &&
    (topic === undefined || deadLetter.topic === topic) &&
    (code === undefined || deadLetter.code === code)
  )
}
