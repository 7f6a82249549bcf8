import { createSlots } from '../../../api/http/slots.ts'

test('two run at once, and the others follow in their order', async () => {
  const slots = createSlots(2, 10_000)
  const begun: number[] = []
  const all = [0, 1, 2, 3, 4].map(async (one) => {
    expect(await slots.take()).toBe(true)
    begun.push(one)
  })
  await Promise.all(all.slice(0, 2))
  expect(begun).toEqual([0, 1])
  slots.release()
  slots.release()
  await Promise.all(all.slice(0, 4))
  expect(begun).toEqual([0, 1, 2, 3])
  slots.release()
  await all[4]
  for (let slot = 0; slot < 2; slot++) slots.release()
  expect(await Promise.all([slots.take(), slots.take()])).toEqual([true, true])
})

test('a request that has waited too long is turned away, and takes no slot', async () => {
  const slots = createSlots(1, 5)
  expect(await slots.take()).toBe(true)
  expect(await slots.take()).toBe(false)
  slots.release()
  expect(await slots.take()).toBe(true)
  expect(await slots.take()).toBe(false)
})
