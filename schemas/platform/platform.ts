import {
  array,
  boolean,
  bytes,
  documented,
  event,
  int,
  long,
  nullable,
  record,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byBytes, byFields, byKey, noPersons } from '../persons.ts'

export const DeadLetter = event(
  'DeadLetter',
  'A record that a processor could not process, with the cause and its bytes.',
  {
    processor: string,
    topic: string,
    partition: int,
    offset: long,
    code: documented('The cause, from the list of event error codes.', string),
    message: string,
    key: nullable(bytes),
    value: nullable(bytes),
  },
)
export type DeadLetter = TypeOf<typeof DeadLetter>

export const deadLetters = topic<DeadLetter>({
  name: 'dead-letters',
  schema: DeadLetter,
  key: 'processor/topic',
  persons: byBytes('key', 'value'),
  keyOf: (letter) => `${letter.processor}/${letter.topic}`,
  retention: { days: 90 },
  role: 'system',
  producer: 'every processor',
})

export const Gap = event('Gap', 'Records that retention deleted before their reader had read them.', {
  processor: documented('The reader that missed the records; `sink`: the database lacks them.', string),
  topic: documented('Name of the topic on the broker.', string),
  partition: int,
  from: documented('Offset of the first record that was not read.', long),
  to: documented('Offset of the first available record, where reading resumed.', long),
})
export type Gap = TypeOf<typeof Gap>

export const gaps = topic<Gap>({
  name: 'gaps',
  schema: Gap,
  key: 'processor/topic',
  persons: noPersons('offsets'),
  keyOf: (gap) => `${gap.processor}/${gap.topic}`,
  retention: { days: 365 },
  role: 'system',
  producer: 'every processor',
})

const Slice = record('Slice', 'Records of one input, from (inclusive) to (exclusive).', {
  topic: string,
  from: long,
  to: long,
})
const GlobalPosition = record('GlobalPosition', 'How far a global topic had been read.', {
  topic: string,
  offset: long,
})

const SetAside = record(
  'SetAside',
  'A record that the transaction left out because its output could not be written; it becomes a dead letter.',
  {
    topic: string,
    offset: long,
    code: string,
    message: string,
    cut: documented('Whether the dead letter holds only the beginning of the record.', boolean),
  },
)
const UnscoredRows = record(
  'UnscoredRows',
  'Rows of the transaction, from (inclusive) to (exclusive), on which the model failed.',
  {
    from: int,
    to: int,
    reason: string,
    scorer: withDefault(documented('Scorer of the processor; empty for the processor’s own model.', string), ''),
  },
)
const SkippedKey = record('SkippedKey', 'A key that a sweep left unchanged, and why.', { key: string, reason: string })

export const JournalEntry = event(
  'JournalEntry',
  'The records that one transaction folded, in order, and the globals that applied.',
  {
    processor: string,
    partition: int,
    sequence: documented('Increases by one with each transaction of the task.', long),
    slices: documented('Slices of the inputs in the order in which they were folded.', array(Slice)),
    globals: array(GlobalPosition),
    swept: documented(
      'Last key that a sweep rescored in this transaction; null if there was no sweep.',
      nullable(string),
    ),
    setAside: array(SetAside),
    unscored: array(UnscoredRows),
    skippedKeys: array(SkippedKey),
  },
)
export type JournalEntry = TypeOf<typeof JournalEntry>

export const journal = topic<JournalEntry>({
  name: 'journal',
  schema: JournalEntry,
  key: 'processor/partition',
  persons: byFields('swept', 'skippedKeys[].key'),
  keyOf: (entry) => `${entry.processor}/${entry.partition}`,
  retention: { days: 30 },
  role: 'system',
  producer: 'every processor',
})

export const MisplacedRecord = event(
  'MisplacedRecord',
  'A record outside its key’s partition, forwarded to the partition where processors expect it.',
  {
    topic: documented("The topic that it was written to, without the deployment's prefix.", string),
    topicId: documented('Id of the topic at that time: a topic that is deleted and recreated has another.', string),
    partition: int,
    offset: long,
    writtenAt: timestamp,
    key: string,
    value: bytes,
  },
)
export type MisplacedRecord = TypeOf<typeof MisplacedRecord>

export const misplacedRecords = topic<MisplacedRecord>({
  name: 'misplaced-records',
  schema: MisplacedRecord,
  key: 'the key of the record',
  persons: byKey,
  keyOf: ({ key }) => key,
  // Kept as long as any topic of events, because a rebuilt processor reads these records where the events are.
  retention: { days: 3650 },
  role: 'system',
  producer: 'the first of the processors that read the topic',
})
