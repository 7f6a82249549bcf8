import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { recordState, numericState, type StateDescriptor } from '../../../processors/processor.ts'
import { processors } from '../../../subjects/subjects.ts'
import { int, nullable, record, string, withDefault } from '../../../schemas/avro/schema.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { recordKey } from '../../../streams/state/record-key.ts'
import { StateFormatError } from '../../../streams/state/state-format-error.ts'
import type { Store } from '../../../streams/state/store.ts'
import { openStore } from '../../../streams/state/open-store.ts'
import { deleteStore } from '../../../streams/state/store-file.ts'
import { createTaskState, type TaskState } from '../../../streams/state/task-state.ts'
import { arbitraryValue } from '../../schemas/arbitrary-value.ts'

interface Note {
  readonly text: string
  readonly device?: string | null
  readonly count?: number
}

/** Three ages of the code of one version of a processor, with different schemas for the same records. */
const ages = [
  record('Note', '', { text: string }),
  record('Note', '', { text: string, device: nullable(string) }),
  record('Note', 'In other words.', { text: string, count: withDefault(int, 7), device: nullable(string) }),
].map((schema) => recordState<Note>('notes', schema as never))
const knows = [['text'], ['text', 'device'], ['text', 'count', 'device']] as const
const defaults: Note = { text: '', device: null, count: 7 }
const totals = numericState('totals', 2)

const mark = { changelogId: 'x', changelogOffset: 0, writtenAt: 0 }
const stateOf = (store: Store, kind: StateDescriptor<Note>) =>
  createTaskState(store, { name: 'noting', version: 1, state: [kind, totals] }, { cachedRecordsMax: 0 })

function commit(state: TaskState): void {
  state.stageFormats()
  state.commit()
  state.checkpoint(mark)
}

/** Returns what code of one age reads from a note that code of another has written. */
const seenBy = (age: number, writer: number, note: Note) =>
  Object.fromEntries(
    knows[age]!.map((field) => [
      field,
      (knows[writer] as readonly string[]).includes(field) ? note[field] : defaults[field],
    ]),
  )

test('records that code of several ages has written in any order are read by code of every age', async () => {
  const root = mkdtempSync(join(tmpdir(), 'state-formats-'))
  const note = fc.record({ text: fc.string(), device: fc.option(fc.string()), count: fc.nat() })
  const step = fc.record({ age: fc.nat(2), key: fc.constantFrom('a', 'b', 'c'), note, fails: fc.boolean() })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const directory = join(root, String(run++))
      const written = new Map<string, { readonly writer: number; readonly note: Note }>()
      for (const { age, key, note, fails } of steps) {
        // Each step starts that code on a copy of the store that the others have left.
        const store = await openStore(directory, 'owner')
        const state = stateOf(store, ages[age]!)
        for (const [key, { writer, note }] of written)
          expect(state.keyedState(key).get(ages[age]!, '')).toEqual(seenBy(age, writer, note))
        const own = Object.fromEntries(knows[age]!.map((field) => [field, note[field]])) as unknown as Note
        state.keyedState(key).put(ages[age]!, '', own)
        if (fails) {
          // A failed transaction loses the formats that it staged, so the next one stages them again.
          state.stageFormats()
          state.rollback()
          state.keyedState(key).put(ages[age]!, '', own)
        }
        commit(state)
        written.set(key, { writer: age, note })
        await store.close()
      }
    }),
    { numRuns: 60 },
  )
  deleteStore(root)
})

test('a record is as large as without formats, and each schema is written once', () => {
  const store = memoryStore()
  for (const age of [0, 1, 0, 1]) {
    const state = stateOf(store, ages[age]!)
    state.keyedState('a').put(ages[age]!, '', { text: 'x', device: null })
    commit(state)
  }
  expect(store.get(recordKey('a', 'notes', ''))).toEqual(Buffer.from([2, 2, 0x78, 0]))
  const formats = [...store.range(Buffer.from('\u0001formats'), Buffer.from('\u0001g'))].map(({ key }) => String(key))
  const name = (id: string) => `\u0001formats\u0000~format\u0000${id}`
  expect(formats.filter((key) => key.includes('notes') || key.includes('totals'))).toEqual([
    name('notes/1'),
    name('notes/2'),
    name('totals/0'),
  ])
})

test('state without formats is read with those that were released first', () => {
  const store = memoryStore()
  // The earlier encoding: a one, followed by Avro.
  store.checkpoint([[recordKey('a', 'notes', ''), Buffer.from([1, 2, 0x78])]], mark)
  const state = stateOf(store, ages[0]!)
  expect(state.keyedState('a').get(ages[0]!, '')).toEqual({ text: 'x' })
  commit(state)
  expect(stateOf(store, ages[1]!).keyedState('a').get(ages[1]!, '')).toEqual({ text: 'x', device: null })
})

test('another number of slots, or a schema that does not resolve, stops the task before anything is folded', () => {
  const store = memoryStore()
  const state = stateOf(store, ages[0]!)
  state.keyedState('a').put(totals, '', Float64Array.of(1, 2))
  commit(state)
  const open = (...kinds: StateDescriptor<never>[]) =>
    createTaskState(store, { name: 'noting', version: 1, state: kinds }, { cachedRecordsMax: 0 })
  expect(() => open(numericState('totals', 3) as never)).toThrow(
    'The stored state of noting@1 can’t be read: totals is 2 numbers, and 3 in this code. Raise the version of noting',
  )
  expect(() => open(recordState('notes', record('Note', '', { text: string, more: int })) as never)).toThrow(
    StateFormatError,
  )
  expect(() => open(recordState('totals', record('Note', '', {})) as never)).toThrow(
    'is 2 numbers, and has a schema in this code',
  )
  expect(() => open(numericState('notes', 1) as never)).toThrow('has a schema, and is 1 numbers in this code')
})

test('a record that contradicts its format is not blamed on an event', () => {
  const store = memoryStore()
  commit(stateOf(store, ages[0]!))
  store.checkpoint(
    [
      [recordKey('a', 'notes', ''), Buffer.from([9, 2, 0x78])],
      [recordKey('a', 'totals', ''), Buffer.alloc(8)],
    ],
    mark,
  )
  const memory = stateOf(store, ages[0]!).keyedState('a')
  expect(() => memory.get(ages[0]!, '')).toThrow(StateFormatError)
  expect(() => memory.get(totals, '')).toThrow('A record totals of the state has 8 bytes, and should be 2 numbers.')
})

const optional = processors.flatMap((processor) =>
  [...processor.state, ...processor.decisionState].flatMap((kind) => {
    const avro = kind.schema?.avro as { fields: { name: string; default?: unknown }[] } | undefined
    const fields = (avro?.fields ?? []).filter((field) => field.default !== undefined)
    return fields.map(
      (field) => [`${processor.name} ${kind.name} ${field.name}`, { processor, kind, avro: avro!, field }] as const,
    )
  }),
)

/** Without formats, an optional field added to `Visit` made every later visit of a known customer fail. */
test.each(optional)(
  '%s: records from before the field was there are read with its default',
  (_name, { processor, kind, avro, field }) => {
    const older = { ...kind.schema!, avro: { ...avro, fields: avro.fields.filter(({ name }) => name !== field.name) } }
    const { name, version } = processor
    const limits = { cachedRecordsMax: 0 }
    fc.assert(
      fc.property(arbitraryValue(kind.schema!), (value) => {
        const store = memoryStore()
        const kindThen = recordState(kind.name, older)
        const then = createTaskState(store, { name, version, state: [kindThen] }, limits)
        then.keyedState('c1').put(kindThen, '', value)
        commit(then)
        const now = createTaskState(store, processor, limits).keyedState('c1').get(kind, '')
        expect(now).toEqual({ ...(value as object), [field.name]: kind.schema!.fields[field.name]!.fallback!.value })
      }),
      { numRuns: 5 },
    )
  },
)
