import { createHash } from 'node:crypto'
import type { KafkaClient } from '../kafka/client.ts'
import { partitionOfKey } from '../kafka/partition-of-key.ts'
import type { Processor } from '../processors/processor.ts'
import { codecOf } from '../schemas/codec.ts'
import { deadLetters } from '../schemas/platform.ts'
import type { Registry } from '../schemas/registry.ts'
import type { Envelope } from '../schemas/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import type { GlobalsHistory } from './globals-history.ts'
import { replayJournal, ReplayGapError, type JournalReplay } from './journal-replay.ts'
import type { Naming } from './naming.ts'
import { readTopicPartition } from './read-partition.ts'
import { parseRecordKey } from './record-key.ts'
import { POSITION_KEY, positionKind } from './reserved-kinds.ts'
import { stateCodec } from './state-codec.ts'

export interface VerifyOptions {
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly processor: Processor
  /** Default: all of them. */
  readonly partitions?: readonly number[]
  readonly partitionCountOf: (topic: string) => number
  readonly globals: GlobalsHistory
  readonly log: (line: string) => void
}

/** Where what was served is not what its inputs give. */
export interface Difference {
  readonly place: string
  readonly expected: string
  readonly got: string
}

export interface Count {
  readonly compared: number
  readonly different: number
}

export interface TaskVerification {
  readonly processor: string
  readonly partition: number
  readonly transactions: number
  readonly inputs: number
  readonly state: Count
  /** Why it can't be verified, where it can't. */
  readonly gap?: string
}

export interface ProcessorVerification {
  readonly tasks: readonly TaskVerification[]
  /** What the tasks published, dead letters among it. */
  readonly messages: Count & { readonly missing: number; readonly extra: number }
  /** The first ones. */
  readonly differences: readonly Difference[]
}

const DIFFERENCES_MAX = 20

/**
 * Replays the inputs of a processor's tasks through the same folds, models and decisions, and compares the state with the changelog and every published record
 * with the output topics, bit for bit. What the tasks do meanwhile is not looked at.
 */
export async function verifyProcessor(options: VerifyOptions): Promise<ProcessorVerification> {
  const { client, naming, processor, partitionCountOf } = options
  const changelog = naming.changelog(processor)
  const partitions = options.partitions ?? [...Array(partitionCountOf(changelog)).keys()]
  const differences: Difference[] = []
  const published = createPublished(options)
  const tasks: TaskVerification[] = []
  for (const partition of partitions) {
    const served = await readServedState(client, changelog, partition)
    const name = `${processor.name}/${partition}`
    try {
      if (served.sequence === 0) {
        tasks.push({ processor: processor.name, partition, transactions: 0, inputs: 0, state: { compared: 0, different: 0 } })
        continue
      }
      const replay = await replayJournal({ ...options, partition, until: served.sequence, ...published.expect(partition) })
      published.until(partition, replay.writtenAt)
      const state = compareState(name, served.records, replay, differences)
      const { transactions, inputs } = replay
      options.log(
        `${name}: ${transactions} transactions with ${inputs} events, ${state.compared} state records, ${state.different} different`,
      )
      tasks.push({ processor: processor.name, partition, transactions, inputs, state })
    } catch (error) {
      if (!(error instanceof ReplayGapError)) throw error
      published.forget(partition)
      options.log(`${name} cannot be verified: ${error.message}`)
      const state = { compared: 0, different: 0 }
      tasks.push({ processor: processor.name, partition, transactions: 0, inputs: 0, state, gap: error.message })
    }
  }
  const messages = await published.compare(differences)
  return { tasks, messages, differences: differences.slice(0, DIFFERENCES_MAX) }
}

interface ServedState {
  /** Of the last transaction; 0: there was none. */
  readonly sequence: number
  readonly records: Map<string, Buffer>
}

/** The changelog's last word on each record. */
async function readServedState(client: KafkaClient, topic: string, partition: number): Promise<ServedState> {
  const records = new Map<string, Buffer>()
  let sequence = 0
  // What the changelog holds beyond the last position belongs to a transaction that is not read to its end yet.
  let open = new Map<string, Buffer | null>()
  for await (const { batch, index } of readTopicPartition(client, { topic, partition })) {
    const keyStart = batch.keyStarts[index]!
    const name = batch.bytes.toString('utf8', keyStart, keyStart + batch.keyLengths[index]!)
    const start = batch.valueStarts[index]!
    const length = batch.valueLengths[index]!
    const value = length < 0 ? null : Buffer.from(batch.bytes.subarray(start, start + length))
    if (!name.startsWith(`${POSITION_KEY}\u0000`)) {
      open.set(name, value)
      continue
    }
    sequence = (stateCodec(positionKind).decode(value!) as { sequence: number }).sequence
    for (const [record, bytes] of open) {
      if (bytes === null) records.delete(record)
      else records.set(record, bytes)
    }
    open = new Map()
  }
  return { sequence, records }
}

function compareState(task: string, served: Map<string, Buffer>, { store }: JournalReplay, differences: Difference[]): Count {
  let compared = 0
  let different = 0
  const differ = (name: string, expected: Buffer | undefined, got: Buffer | undefined) => {
    different++
    const { key, kind, id } = parseRecordKey(Buffer.from(name))
    note(differences, `state of ${task}: ${key} ${kind} ${id}`.trimEnd(), hex(expected), hex(got))
  }
  const left = new Map(served)
  for (const { key, value } of store.range(Buffer.from([0]), Buffer.from([0xff]))) {
    const name = key.toString()
    if (name.startsWith(`${POSITION_KEY}\u0000`)) continue
    compared++
    const got = left.get(name)
    if (got === undefined || !got.equals(value)) differ(name, value, got)
    left.delete(name)
  }
  for (const [name, value] of left) {
    compared++
    differ(name, undefined, value)
  }
  return { compared, different }
}

interface ExpectedRecord {
  readonly hash: string
  readonly partition: number
}

/** What the tasks should have published, by topic and id; and what they did. */
function createPublished({ client, naming, registry, processor, partitionCountOf }: VerifyOptions) {
  const source = `scoreline/${processor.name}@${processor.version}`
  const expected = new Map<Topic, Map<string, ExpectedRecord[]>>()
  /** By partition: when the last replayed transaction was written. */
  const ends = new Map<number, number>()

  function add(topic: Topic, value: unknown, key: string, partition: number): void {
    let ofTopic = expected.get(topic)
    if (ofTopic === undefined) expected.set(topic, (ofTopic = new Map()))
    const record = { hash: hashOf(Buffer.from(key), codecOf(topic, registry).encode(value)), partition }
    const name = nameOf(topic, value as Envelope, key)
    const list = ofTopic.get(name)
    if (list === undefined || isCompacted(topic)) ofTopic.set(name, [record])
    else list.push(record)
  }

  /** Of a compacted topic only the last record of a key is sure to be there, and only that is compared. */
  const isCompacted = ({ retention }: Topic) => retention === 'compacted'
  const nameOf = (topic: Topic, { id }: Envelope, key: string) => (isCompacted(topic) ? key : id)

  /** Which task a record comes from, by its id; `undefined`: a sweep's, whose id does not tell. */
  function taskOf(id: string): number | undefined {
    const [name, , partition] = id.split('/')
    return name === processor.name && /^\d+$/.test(partition ?? '') ? Number(partition) : undefined
  }

  /** Whether the replay ought to have given that record: it is of a task that was replayed, and of a transaction that was. */
  function isReplayed(id: string, writtenAt: number): boolean {
    const task = taskOf(id)
    if (task !== undefined) return ends.has(task) && writtenAt <= ends.get(task)!
    return ends.size === partitionCountOf(naming.changelog(processor)) && writtenAt <= Math.min(...ends.values())
  }

  return {
    expect: (partition: number) => ({
      onMessage: ({ topic, key, value }: { readonly topic: Topic; readonly key: string; readonly value: unknown }) =>
        add(topic, value, key, partition),
      onDeadLetter: (letter: Parameters<typeof deadLetters.keyOf>[0]) =>
        add(deadLetters as Topic, letter, deadLetters.keyOf(letter), partition),
    }),
    until: (partition: number, writtenAt: number) => void ends.set(partition, writtenAt),
    /** A replay that came to no end expects nothing. */
    forget(partition: number) {
      for (const ofTopic of expected.values()) {
        for (const [id, list] of ofTopic) {
          const others = list.filter((record) => record.partition !== partition)
          if (others.length === 0) ofTopic.delete(id)
          else ofTopic.set(id, others)
        }
      }
    },
    async compare(differences: Difference[]) {
      let compared = 0
      let different = 0
      let missing = 0
      let extra = 0
      for (const topic of new Set([...(processor.outputs as readonly Topic[]), deadLetters as Topic])) {
        const ofTopic = expected.get(topic) ?? new Map<string, ExpectedRecord[]>()
        const name = naming.topic(topic)
        const codec = codecOf(topic, registry)
        let deleted = false
        const lastOfKey = new Map<string, { readonly place: string; readonly hash: string; readonly replayed: boolean }>()
        const settle = (record: string, { place, hash, replayed }: { place: string; hash: string; replayed: boolean }) => {
          const wanted = ofTopic.get(record)?.shift()
          if (wanted === undefined) {
            if (!replayed) return
            extra++
            note(differences, place, 'no such record', 'one more')
            return
          }
          compared++
          if (wanted.hash === hash) return
          different++
          note(differences, place, `content ${wanted.hash}`, `content ${hash}`)
        }
        for (const partition of Array(partitionCountOf(name)).keys()) {
          deleted ||= !isCompacted(topic) && (await client.listOffset({ topic: name, partition }, 'earliest')) > 0
          for await (const { batch, index } of readTopicPartition(client, { topic: name, partition })) {
            const start = batch.valueStarts[index]!
            const end = start + batch.valueLengths[index]!
            if (end < start) continue
            const value = codec.decode(batch.bytes, start, end) as Envelope
            const keyStart = batch.keyStarts[index]!
            const key = Buffer.from(batch.bytes.subarray(keyStart, keyStart + Math.max(0, batch.keyLengths[index]!)))
            const belongs = topic === (deadLetters as Topic) || partitionOfKey(key, partitionCountOf(name)) === partition
            const found = {
              place: `${topic.name}-${partition} at ${batch.offsets[index]}: ${value.id}`,
              hash: belongs ? hashOf(key, batch.bytes.subarray(start, end)) : 'in another partition than its key’s',
              replayed: value.source === source && isReplayed(value.id, batch.timestamps[index]!),
            }
            const record = nameOf(topic, value, key.toString())
            if (!isCompacted(topic)) settle(record, found)
            else if (value.source === source) lastOfKey.set(record, found)
          }
        }
        for (const [record, found] of lastOfKey) {
          // What came after the replay has taken the place of what it expects.
          if (found.replayed) settle(record, found)
          else ofTopic.delete(record)
        }
        for (const [record, list] of ofTopic) {
          // What retention has deleted can't be told from what was never there.
          if (list.length === 0 || deleted) continue
          missing += list.length
          note(differences, `${topic.name}: ${record}`, 'a record', 'none')
        }
      }
      return { compared, different, missing, extra }
    },
  }
}

function note(differences: Difference[], place: string, expected: string, got: string): void {
  if (differences.length < DIFFERENCES_MAX) differences.push({ place, expected, got })
}

function hashOf(key: Buffer, value: Buffer): string {
  return createHash('sha1').update(`${key.length}/`).update(key).update(value).digest('base64url')
}

function hex(bytes: Buffer | undefined): string {
  if (bytes === undefined) return 'no record'
  return bytes.length > 64 ? `${bytes.toString('hex', 0, 64)}… (${bytes.length} bytes)` : bytes.toString('hex')
}
