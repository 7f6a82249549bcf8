import { withTopicId } from '../../../composition/backup/move-topic-id.ts'
import { recordKey } from '../../../streams/state/record-key.ts'
import { POSITION_KEY, positionKind, topicKind } from '../../../streams/state/reserved-kinds.ts'

const [before, now, other] = ['11111111-aaaa', '22222222-bbbb', '33333333-cccc']
const newIds = new Map([[before, now]])
const record = (key: Buffer | null, value: Buffer | null) => ({ offset: 1, timestampMs: 2, key, value, headers: [] })
const seen = recordKey(POSITION_KEY, topicKind.name, 'visits')

test('the id of a topic that a task reads becomes that of the new topic, and nothing else changes', () => {
  const value = Buffer.from(`\u0001\u001a${before}\u0007`)
  const moved = withTopicId(record(seen, value), newIds)
  expect(moved).toEqual(record(seen, Buffer.from(`\u0001\u001a${now}\u0007`)))
  // The frame that was read is not changed.
  expect(value.toString()).toContain(before)
})

test('other records, tombstones and ids of earlier topics stay', () => {
  const others = [
    record(recordKey(POSITION_KEY, positionKind.name, ''), Buffer.from(before)),
    record(recordKey('c1', topicKind.name, 'visits'), Buffer.from(before)),
    record(seen, Buffer.from(other)),
    record(seen, null),
    record(null, Buffer.from(before)),
  ]
  for (const one of others) expect(withTopicId(one, newIds)).toBe(one)
})
