import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { numericState } from '../../../processors/processor.ts'
import { openStore } from '../../../streams/state/open-store.ts'
import { deleteStore } from '../../../streams/state/store-file.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { createTaskState, type Savepoint } from '../../../streams/state/task-state.ts'

const kinds = [numericState('one', 1), numericState('two', 1)]
const metadata = { changelogId: 'x', changelogOffset: 0, writtenAt: 0 }

type Step =
  | { readonly do: 'put'; readonly key: string; readonly kind: number; readonly id: string; readonly value: number }
  | { readonly do: 'delete'; readonly key: string; readonly kind: number; readonly id: string }
  | { readonly do: 'commit' | 'rollback' | 'checkpoint' | 'piece' | 'savepoint' | 'undo' }

const key = fc.constantFrom('a', 'ab', 'b', '客户')
const id = fc.constantFrom('', '1', '10', '2', 'x')
const kind = fc.nat(1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), key, kind, id, value: fc.integer() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), key, kind, id }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('commit' as const, 'rollback' as const, 'checkpoint' as const, 'piece' as const),
    }),
  },
)

/** A reference model of the state, as simple as possible. */
class Model {
  committed = new Map<string, number>()
  current = new Map<string, number>()
  saved: Map<string, number> | undefined

  apply(step: Step): void {
    if (step.do === 'put') this.current.set(`${step.key}/${step.kind}/${step.id}`, step.value)
    else if (step.do === 'delete') this.current.delete(`${step.key}/${step.kind}/${step.id}`)
    else if (step.do === 'savepoint') this.saved = new Map(this.current)
    else if (step.do === 'undo') this.current = new Map(this.saved ?? this.current)
    else {
      if (step.do === 'rollback') this.current = new Map(this.committed)
      else this.committed = new Map(this.current)
      this.saved = undefined
    }
  }
}

test('staged, committed and checkpointed records read as a plain map would, with little or much cached', async () => {
  const root = mkdtempSync(join(tmpdir(), 'task-state-'))
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.constantFrom(0, 3, 1_000),
      async (steps, cachedRecordsMax) => {
        const store = await openStore(join(root, String(run++)), 'owner')
        const state = createTaskState(store, { state: kinds }, { cachedRecordsMax })
        const model = new Model()
        let savepoint: Savepoint | undefined
        for (const step of steps) {
          model.apply(step)
          if (step.do === 'put') state.keyedState(step.key).put(kinds[step.kind]!, step.id, Float64Array.of(step.value))
          else if (step.do === 'delete') state.keyedState(step.key).delete(kinds[step.kind]!, step.id)
          else if (step.do === 'savepoint') savepoint = state.savepoint()
          else if (step.do === 'undo') {
            if (savepoint !== undefined) state.rollback(savepoint)
          } else if (step.do === 'rollback') {
            state.rollback()
            savepoint = undefined
          } else {
            state.commit()
            savepoint = undefined
            if (step.do === 'checkpoint') state.checkpoint(metadata)
            if (step.do === 'piece') state.checkpointPiece(metadata)
          }
          for (const name of ['a', 'ab', 'b', '客户']) {
            for (const [index, kind] of kinds.entries()) {
              const expected = [...model.current]
                .filter(([full]) => full.startsWith(`${name}/${index}/`))
                .sort(([a], [b]) => (a < b ? -1 : 1))
              const scanned = [...state.keyedState(name).scan(kind)].map(([id, value]) => [
                `${name}/${index}/${id}`,
                value[0],
              ])
              expect(scanned).toEqual(expected)
              const looked: unknown[] = []
              state
                .keyedState(name)
                .look(kind, '', (id, value) => looked.push([`${name}/${index}/${id}`, value[0]]) > 0)
              expect(looked).toEqual(expected)
              for (const prefix of ['', '1', '客'])
                expect(state.keyedState(name).count(kind, prefix)).toBe(
                  expected.filter(([full]) => full.startsWith(`${name}/${index}/${prefix}`)).length,
                )
              expect(state.keyedState(name).get(kind, '1')?.[0]).toBe(model.current.get(`${name}/${index}/1`))
            }
          }
        }
        state.commit()
        const keys = [...new Set([...model.current.keys()].map((full) => full.split('/')[0]!))]
        keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        expect(state.keys(null, 10)).toEqual(keys)
        for (const [index, key] of keys.entries()) {
          expect(state.keys(key, 10)).toEqual(keys.slice(index + 1))
          expect(state.keys(null, index + 1)).toEqual(keys.slice(0, index + 1))
        }
      },
    ),
    { numRuns: 150 },
  )
  deleteStore(root)
})

test('a value changed in place and put is staged once, with its last bytes', async () => {
  const root = mkdtempSync(join(tmpdir(), 'task-state-'))
  const state = createTaskState(await openStore(root, 'owner'), { state: kinds }, { cachedRecordsMax: 10 })
  const slots = Float64Array.of(1)
  state.keyedState('a').put(kinds[0]!, '', slots)
  slots[0] = 2
  state.keyedState('a').put(kinds[0]!, '', slots)
  expect(state.staged().map((record) => record.encoded()?.readDoubleLE(0))).toEqual([2])
  deleteStore(root)
})

test('a reader sees the records with a prefix, and stops early if it wants', () => {
  const state = createTaskState(memoryStore(), { state: kinds }, { cachedRecordsMax: 100 })
  const memory = state.keyedState('a')
  for (const id of ['', '1', '10', '11', '2']) memory.put(kinds[0]!, id, Float64Array.of(1))
  const seen = (idPrefix: string, limit: number) => {
    const ids: string[] = []
    memory.look(kinds[0]!, idPrefix, (id) => ids.push(id) < limit)
    return ids
  }
  expect(seen('', 9)).toEqual(['', '1', '10', '11', '2'])
  expect(seen('1', 9)).toEqual(['1', '10', '11'])
  expect(seen('1', 2)).toEqual(['1', '10'])
  expect(seen('3', 9)).toEqual([])
})

test('records may be put and deleted during a scan', async () => {
  const root = mkdtempSync(join(tmpdir(), 'task-state-'))
  const state = createTaskState(await openStore(root, 'owner'), { state: kinds }, { cachedRecordsMax: 10 })
  const memory = state.keyedState('a')
  for (const id of ['1', '2', '3', '4']) memory.put(kinds[0]!, id, Float64Array.of(Number(id)))
  const seen: string[] = []
  for (const [id] of memory.scan(kinds[0]!)) {
    seen.push(id)
    memory.delete(kinds[0]!, id)
    if (id === '2') memory.put(kinds[0]!, '25', Float64Array.of(25))
  }
  expect(seen).toEqual(['1', '2', '25', '3', '4'])
  expect([...memory.scan(kinds[0]!)]).toEqual([])
  deleteStore(root)
})

test('a checkpoint in pieces ends with its metadata, and later changes are left for the next', async () => {
  const root = mkdtempSync(join(tmpdir(), 'task-state-'))
  const store = await openStore(root, 'owner')
  store.checkpoint([], metadata)
  const state = createTaskState(store, { state: kinds }, { cachedRecordsMax: 10 })
  const putAll = (value: number) => {
    for (let index = 0; index < 2_500; index++) state.keyedState(`k${index}`).put(kinds[0]!, '', Float64Array.of(value))
    state.commit()
  }
  putAll(1)
  let pieces = 0
  for (let isLast = false; !isLast; pieces++) {
    state.keyedState('k0').put(kinds[0]!, '', Float64Array.of(pieces))
    state.commit()
    expect(store.metadata()?.changelogOffset).toBe(0)
    isLast = state.checkpointPiece({ ...metadata, changelogOffset: 7 })
  }
  expect(pieces).toBeGreaterThan(2)
  expect(store.metadata()?.changelogOffset).toBe(7)
  expect([...store.range(Buffer.from('k'), Buffer.from('l'))]).toHaveLength(2_500)
  expect(state.unflushedBytes).toBeLessThan(2 * (500 + 8) + 1)
  deleteStore(root)
})

test('a fold sees no record of the decision state, and a decision no other', () => {
  const [folded, decided] = kinds as [(typeof kinds)[0], (typeof kinds)[0]]
  const state = createTaskState(memoryStore(), { state: [folded], decisionState: [decided] }, { cachedRecordsMax: 10 })
  const memory = state.keyedState('a')
  state.enter('fold')
  memory.put(folded, '', Float64Array.of(1))
  expect(() => memory.get(decided, '')).toThrow('The records of kind two are out of reach in fold')
  state.enter('decide')
  memory.put(decided, '', Float64Array.of(2))
  expect(() => [...memory.scan(folded)]).toThrow('The records of kind one are out of reach in decide')
  state.enter('any')
  expect([memory.get(folded, '')?.[0], memory.get(decided, '')?.[0]]).toEqual([1, 2])
})
