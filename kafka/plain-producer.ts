import { createKafkajs, kafkajsError } from './kafkajs-client.ts'
import type { KafkajsOptions } from './kafkajs-client.ts'
import { partitionOfKey } from './partition-of-key.ts'

export interface PlainRecord {
  readonly key: string | Buffer
  /** `null`: a tombstone. */
  readonly value: Buffer | null
  /** Milliseconds since the epoch. Default: now. */
  readonly timestampMs?: number
  /** Default: the partition of the key. */
  readonly partition?: number
  readonly headers?: Readonly<Record<string, string | Buffer>>
}

export interface SentBatch {
  readonly partition: number
  /** The offset of the first record of this batch. */
  readonly baseOffset: number
}

/**
 * Sends records outside of any transaction, idempotently and acknowledged by all in-sync replicas: each once, in order, as long
 * as `send` does not reject; after a rejection the same records sent again may be there twice.
 */
export interface PlainProducer {
  connect(): Promise<void>
  /** To the partitions of their keys. Split into requests as needed; a rejection may leave the earlier ones written. */
  send(topic: string, records: readonly PlainRecord[]): Promise<readonly SentBatch[]>
  close(): Promise<void>
}

/** kafkajs copies the list of messages for each message: beyond some hundred a send costs more than it saves. */
const recordsPerSendMax = 500
/** Below the brokers' default of 1 MB for a batch. */
const bytesPerSendMax = 900_000
const recordOverheadBytes = 70

export function createPlainProducer(options: KafkajsOptions): PlainProducer {
  const producer = createKafkajs(options).producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner:
      () =>
      ({ message, partitionMetadata }) =>
        message.partition ?? partitionOfKey(message.key!, partitionMetadata.length),
  })

  async function sendPart(topic: string, part: readonly PlainRecord[]): Promise<SentBatch[]> {
    const messages = part.map(({ key, value, timestampMs, partition, headers }) => ({
      key,
      value,
      timestamp: String(timestampMs ?? Date.now()),
      ...(partition !== undefined && { partition }),
      ...(headers && { headers }),
    }))
    try {
      const answers = await producer.send({ topic, acks: -1, messages })
      return answers.map(({ partition, baseOffset }) => ({ partition, baseOffset: Number(baseOffset ?? -1) }))
    } catch (error) {
      throw kafkajsError(error, `Sending ${part.length} records to ${topic}`)
    }
  }

  return {
    async connect() {
      await producer.connect().catch((error: unknown) => {
        throw kafkajsError(error, `Connecting a producer to ${options.brokers.join(', ')}`)
      })
    },
    async send(topic, records) {
      const sent: SentBatch[] = []
      for (const part of splitForSending(records)) sent.push(...(await sendPart(topic, part)))
      return sent
    },
    close: () => producer.disconnect(),
  }
}

/** Cuts the records, in order, into parts that each fit into one request. A record that is too large alone goes alone. */
export function splitForSending(records: readonly PlainRecord[]): PlainRecord[][] {
  const parts: PlainRecord[][] = []
  let bytes = 0
  for (const record of records) {
    const size = byteLengthOf(record)
    const part = parts.at(-1)
    if (part && part.length < recordsPerSendMax && bytes + size <= bytesPerSendMax) {
      part.push(record)
      bytes += size
    } else {
      parts.push([record])
      bytes = size
    }
  }
  return parts
}

function byteLengthOf({ key, value, headers = {} }: PlainRecord): number {
  let bytes = recordOverheadBytes + Buffer.byteLength(key) + (value?.byteLength ?? 0)
  for (const [name, content] of Object.entries(headers)) bytes += Buffer.byteLength(name) + Buffer.byteLength(content) + 10
  return bytes
}
