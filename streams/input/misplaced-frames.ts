import type { RecordBatch } from '../../kafka/client.ts'
import { decodeValue } from '../../kafka/records/record-access.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { EventError } from '../../schemas/event-error.ts'
import { misplacedRecords, type MisplacedRecord } from '../../schemas/platform/platform.ts'
import { subjectOf, type Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Frame } from './late-schemas.ts'
import type { Naming } from '../naming.ts'

/** Returns a function that finds the schema ids of forwarded records, which are inside the forwarding envelope. */
export function misplacedFrames(
  naming: Naming,
  registry: Registry,
  topicNamed: (name: string) => Topic | undefined,
): (batch: RecordBatch) => Iterable<Frame> {
  const name = naming.topic(misplacedRecords as Topic)
  const codec = codecOf(misplacedRecords, registry)

  function frameOf(batch: RecordBatch, index: number): Frame | undefined {
    const { topic, value } = decodeValue(batch, index, codec) as MisplacedRecord
    const of = topicNamed(topic)
    return of === undefined || value.length < 5 || value[0] !== 0
      ? undefined
      : { subject: subjectOf(of), id: value.readInt32BE(1) }
  }

  return function* (batch) {
    if (batch.topic !== name) return
    for (let index = 0; index < batch.count; index++) {
      try {
        const frame = frameOf(batch, index)
        if (frame !== undefined) yield frame
      } catch (error) {
        // The record's reader reports what is wrong with it.
        if (!(error instanceof EventError)) throw error
      }
    }
  }
}
