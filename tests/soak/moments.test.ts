import { createMoments } from '../../soak/stalls/moments.ts'

function noted(...moments: number[]) {
  const made = createMoments()
  for (const at of moments) made.record(at)
  return made
}

test('the longest time without anything, from the last that came before on', () => {
  expect(noted(10, 20, 50, 55, 90).longestGapMs(25, 60)).toBe(30)
  expect(noted(10, 20, 50, 55, 90).longestGapMs(52, 100)).toBe(35)
})

test('an event that has not arrived yet counts until now', () => {
  expect(noted(10).longestGapMs(12, 100)).toBe(90)
  expect(noted().longestGapMs(12, 100)).toBeUndefined()
})

test('witnesses may be heard in any order', () => {
  expect(noted(50, 10, 30, 20).longestGapMs(15, 50)).toBe(20)
  expect(noted(50, 10, Number.NaN).latest()).toBe(50)
})
