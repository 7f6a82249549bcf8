import fc from 'fast-check'
import { sampleTasks, type ChosenTasks } from '../../../composition/verify/verify-sample.ts'
import { processors } from '../../../subjects/subjects.ts'

const all: readonly ChosenTasks[] = processors.map((processor) => ({ processor, partitions: [0, 1, 2] }))
const namesOf = (chosen: readonly ChosenTasks[]) =>
  chosen.flatMap(({ processor, partitions }) => partitions.map((partition) => `${processor.name}/${partition}`))

test('a sample has its size, each task once, and all of them have their turn', () => {
  const count = namesOf(all).length
  fc.assert(
    fc.property(fc.integer({ min: 1, max: count }), fc.nat(1_000_000), (size, seed) => {
      const turns = Math.ceil(count / size)
      const samples = Array.from({ length: turns }, (_, turn) => namesOf(sampleTasks(all, size, seed + turn)))
      for (const sample of samples) expect(new Set(sample).size).toBe(size)
      expect(new Set(samples.flat()).size).toBe(count)
    }),
  )
})

test('a sample larger than the number of tasks takes all', () => {
  expect(namesOf(sampleTasks(all, 1_000, 3)).sort()).toEqual(namesOf(all).sort())
})
