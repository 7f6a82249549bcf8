import { createMissingRights } from '../../../composition/api/missing-rights.ts'

const refusal = new Error('Produce to transactions-0: the broker answered TOPIC_AUTHORIZATION_FAILED')

function watched() {
  let now = 0
  const rights = createMissingRights(() => now)
  return { rights, pass: (ms: number) => void (now += ms) }
}

test('refusals of a few seconds are no trouble: ACLs reach the brokers one after another', () => {
  const { rights, pass } = watched()
  for (let second = 0; second < 10; second++) {
    rights.refused('visits', refusal)
    expect(rights.trouble()).toBeUndefined()
    pass(1_000)
  }
})

test('a single refusal is no trouble, however long ago it was', () => {
  const { rights, pass } = watched()
  rights.refused('visits', refusal)
  pass(3_600_000)
  expect(rights.trouble()).toBeUndefined()
})

test('a longer series is, with the reason, until events are written again', () => {
  const { rights, pass } = watched()
  rights.refused('visits', refusal)
  pass(12_000)
  rights.refused('visits', refusal)
  expect(rights.trouble()).toBe(
    `No events have been taken for 12 s; the last 2 requests were refused: ${refusal.message}`,
  )
  pass(60_000)
  expect(rights.trouble()).toMatch(/^No events have been taken for 72 s/)
  expect(rights.refusedTopic()).toBe('visits')
  rights.granted()
  expect([rights.trouble(), rights.refusedTopic()]).toEqual([undefined, undefined])
  rights.refused('visits', refusal)
  expect(rights.trouble()).toBeUndefined()
})

test('with a success in between the API stays ready: a right may be missing for one topic only', () => {
  const { rights, pass } = watched()
  for (let minute = 0; minute < 10; minute++) {
    rights.refused('visits', refusal)
    pass(60_000)
    rights.granted()
    expect(rights.trouble()).toBeUndefined()
  }
})
