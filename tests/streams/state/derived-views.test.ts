import fc from 'fast-check'
import { recordsOf, recordState, type DerivedView } from '../../../processors/processor.ts'
import { int, record } from '../../../schemas/avro/schema.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { createTaskState, type Savepoint } from '../../../streams/state/task-state.ts'

const kind = recordState('numbers', record('Number', 'A number.', { number: int }))
const sum: DerivedView<{ readonly number: number }, { readonly sum: number }> = {
  kind,
  of: (records) => ({ sum: records.reduce((total, { number }) => total + number, 0) }),
  changed: (view, before, after) => ({ sum: view.sum - (before?.number ?? 0) + (after?.number ?? 0) }),
}
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), id: fc.nat(9), number: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), id: fc.nat(9) }) },
  fc.record({ do: fc.constantFrom('commit' as const, 'rollback' as const, 'savepoint' as const, 'undo' as const) }),
)

test('a derived view agrees with the records, whatever is put, deleted, undone, or read again', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(0, 1_000), (steps, cachedRecordsMax) => {
      const state = createTaskState(memoryStore(), { state: [kind] }, { cachedRecordsMax })
      let savepoint: Savepoint | undefined
      for (const one of steps) {
        const key = state.keyedState('key')
        const before = key.derived(sum)
        const was = before.sum
        if (one.do === 'put') key.put(kind, String(one.id), { number: one.number })
        else if (one.do === 'delete') key.delete(kind, String(one.id))
        else if (one.do === 'commit') state.commit()
        else if (one.do === 'rollback') state.rollback()
        else if (one.do === 'savepoint') savepoint = state.savepoint()
        else if (savepoint !== undefined) state.rollback(savepoint)
        if (one.do === 'commit' || one.do === 'rollback') savepoint = undefined
        const wanted = sum.of(recordsOf(state.keyedState('key'), kind))
        if (state.keyedState('key').derived(sum).sum !== wanted.sum || before.sum !== was) return false
      }
      return true
    }),
  )
})
