import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { numericState } from '../../../processors/processor.ts'
import {
  isUsableKey,
  KEY_BYTES_MAX,
  parseRecordKey,
  recordKey,
  storedValue,
  valueOf,
  writeRecordKey,
} from '../../../streams/state/record-key.ts'
import { openStore } from '../../../streams/state/open-store.ts'
import { createTaskState } from '../../../streams/state/task-state.ts'
import { createTimers } from '../../../streams/task/timers.ts'

const unit = fc.constantFrom('a', '7', '/', 'é', '客', '🏦', '\u0002')
const text = (lengthMax: number) =>
  fc
    .tuple(unit, fc.nat(lengthMax), fc.string({ maxLength: 4 }))
    .map(([one, length, rest]) => one.repeat(length) + rest.replaceAll('\0', ''))
const key = text(600).filter(isUsableKey)
const kind = numericState('a-kind', 1)
const mark = { changelogId: 'x', changelogOffset: 0, writtenAt: 0 }

test('records of every length of key and id are stored, found, scanned in order and deleted', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'record-key-'))
  const store = await openStore(directory, 'owner')
  await fc.assert(
    fc.asyncProperty(key, fc.uniqueArray(text(3_000), { maxLength: 6 }), async (key, ids) => {
      const limits = { cachedRecordsMax: 1_000 }
      const written = createTaskState(store, { state: [kind] }, limits)
      ids.forEach((id, index) => written.keyedState(key).put(kind, id, Float64Array.of(index)))
      written.commit()
      written.checkpoint(mark)

      const read = createTaskState(store, { state: [kind] }, limits)
      const sorted = [...ids].sort((one, other) => (one < other ? -1 : 1))
      expect([...read.keyedState(key).scan(kind)].map(([id, [index]]) => [id, ids[index!]])).toEqual(
        sorted.map((id) => [id, id]),
      )
      const single = createTaskState(store, { state: [kind] }, limits)
      ids.forEach((id, index) => expect(single.keyedState(key).get(kind, id)).toEqual(Float64Array.of(index)))
      for (const id of ids) single.keyedState(key).delete(kind, id)
      single.commit()
      single.checkpoint(mark)
      expect(single.keys(null, 10)).toEqual([])
    }),
    { numRuns: 60 },
  )
  await store.close()
})

test('the key written in place equals the allocated one, and each id has its own key', () => {
  fc.assert(
    fc.property(key, fc.tuple(text(3_000), text(3_000)), (key, [id, other]) => {
      const made = recordKey(key, 'kind', id)
      expect(made.length).toBeLessThanOrEqual(1_978)
      const buffer = Buffer.alloc(3 * (key.length + id.length) + 100)
      expect(buffer.subarray(0, writeRecordKey(buffer, key, 'kind', id)).equals(made)).toBe(true)
      expect(parseRecordKey(made).key).toBe(key)
      if (id !== other) expect(recordKey(key, 'kind', other).equals(made)).toBe(false)
      expect(valueOf(key, 'kind', id, storedValue(key, 'kind', id, Buffer.from('value'))).toString()).toBe('value')
    }),
  )
})

test('timers of the longest keys and names are set, found when they are due, and cleared', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'record-key-'))
  const store = await openStore(directory, 'owner')
  const longest = '客'.repeat(Math.floor(KEY_BYTES_MAX / 3))
  const name = '🏦'.repeat(500)
  const state = createTaskState(store, { state: [] }, { cachedRecordsMax: 0 })
  state.timers.set(state.keyedState(longest), name, 5)
  state.commit()
  state.checkpoint(mark)
  const later = createTaskState(store, { state: [] }, { cachedRecordsMax: 0 })
  expect(createTimers((key) => later.keyedState(key)).takeDue(10, 10)).toEqual([{ key: longest, name, at: 5 }])
  await store.close()
})
