import { codecOf } from '../../schemas/avro/codec.ts'
import { toJson } from '../../schemas/json/json-event.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { masked, type Mask, type PersonalKinds } from '../access/mask.ts'
import type { TailedRecord } from './tail-port.ts'

export interface TailOptions {
  readonly topic: Topic
  readonly registry: Registry
  /** Only records with this key. */
  readonly key?: string | undefined
  /** Only records whose value, as JSON, contains this text. */
  readonly contains?: string | undefined
  /** Whether keys and values are left out. */
  readonly hidden: boolean
  readonly mask: Mask | undefined
  readonly maskedKinds: PersonalKinds
  /** A clock in ms. */
  readonly now?: () => number
}

/** Records per second that are sent, and that are decoded to look for a text; the others are counted. */
const SHOWN_PER_SECOND = 50
const EXAMINED_PER_SECOND = 2_000
/** Characters of a value as JSON that are sent. */
const VALUE_MAX = 20_000
const SECOND_MS = 1_000

/**
 * Turns records into lines of JSON: the topic once it is being read, each shown record, and every second `{"skipped": n}` for those that were left out
 * because too many arrived.
 */
export async function* tailLines(
  records: AsyncIterable<TailedRecord | undefined>,
  options: TailOptions,
): AsyncGenerator<string> {
  const { now = () => performance.now(), key, hidden } = options
  let [since, shown, examined, skipped] = [now(), 0, 0, 0]
  let isReading = false
  for await (const record of records) {
    if (!isReading) yield line({ topic: options.topic.name })
    isReading = true
    if (now() - since >= SECOND_MS) {
      if (skipped > 0) yield line({ skipped })
      ;[since, shown, examined, skipped] = [now(), 0, 0, 0]
    }
    if (record === undefined) continue
    if (key !== undefined && record.key?.toString() !== key) continue
    if (shown >= SHOWN_PER_SECOND || examined >= EXAMINED_PER_SECOND) {
      skipped++
      continue
    }
    examined++
    const { partition, offset, writtenAt } = record
    const place = { partition, offset, writtenAt: new Date(writtenAt).toISOString() }
    const content = hidden ? HIDDEN : contentOf(record, options)
    if (content === undefined) continue
    shown++
    yield line({ ...place, ...content })
  }
  if (skipped > 0) yield line({ skipped })
}

const HIDDEN = { key: null, value: null, hidden: true, problem: null } as const

/** Returns what is shown of a record; `undefined` if it does not contain the text that is looked for. */
function contentOf({ key, value }: TailedRecord, { topic, registry, contains, mask, maskedKinds }: TailOptions) {
  const of = (shown: unknown, problem: string | null = null) => ({
    ...{ key: key?.toString() ?? null, value: shown, hidden: false, problem },
  })
  if (value === null) return contains === undefined ? of(null, 'A tombstone: the key was deleted.') : undefined
  let json: string
  try {
    const decoded = toJson(topic, codecOf(topic, registry).decode(value, 0, value.length))
    json = JSON.stringify(masked(decoded, mask, maskedKinds))
  } catch (error) {
    const problem = `It can’t be decoded (${value.length} bytes): ${error instanceof Error ? error.message : String(error)}`
    return contains === undefined ? of(null, problem) : undefined
  }
  if (contains !== undefined && !json.includes(contains)) return undefined
  return json.length > VALUE_MAX
    ? of(null, `Its value is too long to be shown: ${json.length} characters.`)
    : of(JSON.parse(json))
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
