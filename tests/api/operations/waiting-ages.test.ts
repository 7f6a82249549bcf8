import { createWaitingAges } from '../../../api/operations/waiting-ages.ts'

test('the age of the oldest waiting record grows until its task reports again', () => {
  const shown = new Map<string, number>()
  let now = 100_000
  const gauge = {
    set: ({ processor, partition }: { processor: string; partition: string }, seconds: number) =>
      void shown.set(`${processor}/${partition}`, seconds),
  }
  const ages = createWaitingAges(gauge, () => now)
  const [first, second] = ['0', '1'].map((partition) => ({ processor: 'p', partition })) as [
    { processor: string; partition: string },
    { processor: string; partition: string },
  ]
  const measured = (): Record<string, number> => {
    ages.measure()
    return Object.fromEntries(shown)
  }
  ages.note(first, 5, 90_000)
  ages.note(second, 0, undefined)
  expect(measured()).toEqual({ 'p/0': 10, 'p/1': 0 })
  now = 130_000
  expect(measured()).toEqual({ 'p/0': 40, 'p/1': 0 })
  ages.note(first, 2, undefined)
  ages.note(second, 3, undefined)
  expect(measured()).toEqual({ 'p/0': 40, 'p/1': 0 })
  ages.note(first, 2, 129_000)
  now = 131_000
  expect(measured()).toEqual({ 'p/0': 2, 'p/1': 1 })
  ages.note(first, 0, undefined)
  expect(measured()).toEqual({ 'p/0': 0, 'p/1': 1 })
})
