import type { TopicLimits } from '../cluster/topic-limits.ts'
import { RecordTooLargeError } from '../errors.ts'
import type { ReadyRecord } from './ready-record.ts'

/** Rejects with a `RecordTooLargeError` that names the first record larger than its topic allows. */
export async function checkSizes(limits: TopicLimits, topic: string, records: readonly ReadyRecord[]): Promise<void> {
  let largest = 0
  for (const { loneBytes } of records) largest = Math.max(largest, loneBytes)
  let bytesMax = (await limits.allowed(topic)) ?? Infinity
  // The topic’s limit may have changed since it was read.
  if (largest > bytesMax) bytesMax = (await limits.ask(topic)) ?? Infinity
  const index = records.findIndex(({ loneBytes }) => loneBytes > bytesMax)
  if (index < 0) return
  const { key, loneBytes } = records[index]!
  const which = `Record ${index} of ${records.length} to ${topic}, of key ${JSON.stringify(key.toString())},`
  const message = `${which} takes ${loneBytes} bytes; ${bytesMax} are allowed. Raise the topic's max.message.bytes, or make the record smaller`
  throw new RecordTooLargeError(message, 'MESSAGE_TOO_LARGE', 'abortable')
}
