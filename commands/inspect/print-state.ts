import { processors } from '../../subjects/subjects.ts'
import type { Processor } from '../../processors/processor.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { keyOf, valueOf } from '../../kafka/records/record-access.ts'
import { parseRecordKey, readStored } from '../../streams/state/record-key.ts'
import {
  createFormats,
  formatCodec,
  FORMATS_KEY,
  type StateFormat,
  type StateFormats,
} from '../../streams/state/state-formats.ts'
import { kindsOf } from '../../streams/state/task-state.ts'
import type { CommandContext } from '../../composition/context.ts'
import { clientOptions, namingOf } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'

/** Prints a key's state records from the changelog. Throws if there is no such processor. */
export async function printState({ config, print }: CommandContext, name: string, key: string): Promise<void> {
  const processor = processors.find((one) => one.name === name)
  if (processor === undefined)
    throw new Error(`There is no processor ${name}. Processors: ${processors.map((one) => one.name).join(', ')}.`)
  const client = createKafkaClient(clientOptions(config, 'state'))
  try {
    const changelog = namingOf(config).changelog(processor)
    const [description] = await client.describeTopics([changelog])
    const partition = partitionOfKey(Buffer.from(key), description?.partitionCount ?? 1)
    const records = new Map<string, { kind: string; id: string; value: Buffer }>()
    const formats = new Map<string, StateFormat>()
    for await (const { batch, index } of readTopic(client, changelog)) {
      const name = parseRecordKey(keyOf(batch, index)!)
      const value = valueOf(batch, index)
      if (batch.partition !== partition) continue
      if (name.key === FORMATS_KEY && value !== null) formats.set(name.id, formatCodec.decode(Buffer.from(value)))
      if (name.key !== key) continue
      const place = `${name.kind}/${name.id}`
      if (value === null) {
        records.delete(place)
        continue
      }
      const [id, own] = readStored(name, value)
      records.set(place, { kind: name.kind, id, value: Buffer.from(own) })
    }
    const written = createFormats([...formats.values()], false, kindsOf(processor))
    for (const { kind, id, value } of records.values())
      print(JSON.stringify({ kind, id, value: shown(processor, written, kind, value) }))
  } finally {
    await client.close()
  }
}

function shown(processor: Processor, written: StateFormats, kindName: string, value: Buffer): unknown {
  const kind = kindsOf(processor).kinds.find(({ name }) => name === kindName)
  if (kind === undefined) return { base64: value.toString('base64') }
  const decoded = written.codecOf(kind).decode(value)
  return decoded instanceof Float64Array ? [...decoded] : decoded
}
