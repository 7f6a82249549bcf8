import { digitsAgainstPeers } from '../../../../processors/visits/evidence/digits-against-peers.ts'
import { random, uniformInteger } from '../../../../simulator/random.ts'
import { at, facts, scores } from './facts.ts'

const next = random('digits')
const even = new Array<number>(10).fill(200)
const made = (count: number, minute: () => number) =>
  Array.from({ length: count }, (_, i) =>
    facts(`v${i}`, { occurredAt: at(`10:${String(minute()).padStart(2, '0')}+${i}`) }),
  )
const digits = { minutes: even, numbers: even }

test('a salesperson whose minutes are made up', () => {
  const found = scores(
    digitsAgainstPeers,
    made(100, () => 10 * uniformInteger(next, 0, 5) + 7),
    { digits },
  )
  expect(Object.keys(found)).toHaveLength(100)
})
test('one as all the others, too few visits, or no colleagues: none', () => {
  expect(
    scores(
      digitsAgainstPeers,
      made(100, () => uniformInteger(next, 0, 59)),
      { digits },
    ),
  ).toEqual({})
  expect(
    scores(
      digitsAgainstPeers,
      made(30, () => 7),
      { digits },
    ),
  ).toEqual({})
  expect(
    scores(
      digitsAgainstPeers,
      made(100, () => 7),
    ),
  ).toEqual({})
})
test('if everybody rounds, rounding is no evidence', () => {
  const rounding = { ...digits, minutes: [1_900, 0, 0, 0, 0, 100, 0, 0, 0, 0] }
  expect(
    scores(
      digitsAgainstPeers,
      made(100, () => 10 * uniformInteger(next, 0, 5)),
      { digits: rounding },
    ),
  ).toEqual({})
})
