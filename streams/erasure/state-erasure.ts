import { setImmediate } from 'node:timers/promises'
import type { KindPersons, Processor, StateDescriptor } from '../../processors/processor.ts'
import { pseudonymOf, textsAt, withTextAt } from '../../schemas/persons.ts'
import { keepsLatest, type Message, type Topic } from '../../schemas/topic.ts'
import type { GlobalsVersion } from '../settings/global-tables.ts'
import { erasedKind, POSITION_KEY } from '../state/reserved-kinds.ts'
import type { TaskState } from '../state/task-state.ts'
import { personDigest } from './person-digest.ts'

/** What a transaction has to erase from a task's state. */
export interface StateErasure {
  /** Keys that are erased people. */
  readonly keys: readonly string[]
  /** Records of other keys that name one. */
  readonly records: readonly NamingRecord[]
  /** Offset of the erasures that the state is erased up to. */
  readonly end: number
}

interface NamingRecord {
  readonly key: string
  readonly kind: StateDescriptor<unknown>
  readonly id: string
  /** The record without the name; `undefined`: it is deleted. */
  readonly replacement: unknown
}

/** Keys examined in one go: a few milliseconds of work, after which heartbeats and other tasks have their turn. */
const KEYS_PER_TURN = 2_000

/** Finds what is to be erased; `undefined`: all erasures have been applied. People are erased together, in one pass. */
export async function findErasure(
  processor: Processor,
  state: TaskState,
  { erased }: Pick<GlobalsVersion, 'erased'>,
): Promise<StateErasure | undefined> {
  const applied = state.keyedState(POSITION_KEY).get(erasedKind, '')?.[0] ?? 0
  // Asked before each transaction, and nearly always the end of it.
  if (applied >= erased.end) return undefined
  const digests = erased.from(applied)
  const { persons = { by: 'key' } } = processor
  const keys: string[] = []
  const records: NamingRecord[] = []
  const rules = persons.by === 'kind' ? rulesOf(processor, persons.kinds) : []
  if (persons.by === 'none') return { keys, records, end: erased.end }
  for (let page = state.keys(null, KEYS_PER_TURN); page.length > 0; page = state.keys(page.at(-1)!, KEYS_PER_TURN)) {
    for (const key of page) {
      if (persons.by === 'key' && digests.has(personDigest(key))) keys.push(key)
      for (const rule of rules) records.push(...namingRecords(state, key, rule, digests))
    }
    if (page.length < KEYS_PER_TURN) break
    await setImmediate()
  }
  return { keys, records, end: erased.end }
}

export interface KindRule {
  readonly kind: StateDescriptor<unknown>
  readonly of: Extract<KindPersons, { readonly by: 'id' | 'field' }>
}

export function rulesOf(processor: Processor, kinds: Readonly<Record<string, KindPersons>>): KindRule[] {
  return [...processor.state, ...processor.decisionState].flatMap((kind) => {
    const of = kinds[kind.name]
    return of?.by === 'id' || of?.by === 'field' ? [{ kind, of }] : []
  })
}

function namingRecords(
  state: TaskState,
  key: string,
  { kind, of }: KindRule,
  digests: ReadonlySet<string>,
): NamingRecord[] {
  const found: NamingRecord[] = []
  state.keyedState(key).look(kind, '', (id, value) => {
    let replacement: unknown = value
    let isNamed = false
    for (const field of of.fields)
      for (const text of textsAt(field, value)) {
        const digest = personDigest(text)
        if (!digests.has(digest)) continue
        isNamed = true
        replacement = withTextAt(field, replacement, pseudonymOf(digest))
      }
    if (isNamed) found.push({ key, kind, id, replacement: of.then === 'delete' ? undefined : replacement })
    return true
  })
  return found
}

/**
 * Erases as part of the transaction, and withdraws what compacted topics hold of the erased keys. Returns the keys that
 * lost a record and are decided again, so that what they published no longer names the person.
 */
export function applyErasure(
  processor: Processor,
  state: TaskState,
  { keys, records, end }: StateErasure,
  emit: (message: Message) => void,
): readonly string[] {
  state.enter('any')
  state.forget(keys)
  const again = new Set<string>()
  for (const { key, kind, id, replacement } of records) {
    const keyed = state.keyedState(key)
    if (replacement !== undefined) keyed.put(kind, id, replacement)
    else {
      keyed.delete(kind, id)
      again.add(key)
    }
  }
  for (const topic of withdrawnTopics(processor)) for (const key of keys) emit({ topic, key, value: null })
  state.keyedState(POSITION_KEY).put(erasedKind, '', Float64Array.of(end))
  return [...again]
}

/** Returns the processor's compacted topics whose keys are people. */
export function withdrawnTopics({ outputs }: Processor): readonly Topic[] {
  return outputs.filter((topic) => (topic.persons ?? { by: 'key' }).by === 'key' && keepsLatest(topic))
}
