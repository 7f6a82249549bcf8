import fc from 'fast-check'
import { jittered } from '../../../streams/task/jitter.ts'

test('tasks of a process are spread over the span: the widest gap is not much wider than if they were placed by hand', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), (tasks) => {
      const at = Array.from({ length: tasks }, (_, partition) => jittered(partition, 100)).sort((a, b) => a - b)
      expect(at[0]).toBe(0)
      expect(at.at(-1)).toBeLessThan(100)
      const gaps = at.map((time, index) => (at[index + 1] ?? 100) - time)
      expect(Math.max(...gaps)).toBeLessThan((2 * 100) / tasks + 1e-9 + (tasks === 1 ? 100 : 0))
    }),
  )
})
