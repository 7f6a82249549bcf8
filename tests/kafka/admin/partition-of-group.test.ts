import { partitionOfGroup } from '../../../kafka/admin/partition-of-group.ts'

// Computed with Java's hashes: 0, 96354, 98629247, 184447969, -840002240 and the smallest integer.
it.each([
  ['', 0],
  ['abc', 4],
  ['group', 47],
  ['Äpfel', 19],
  ['consumers-eu', 40],
  ['polygenelubricants', 0],
])('the offsets of %j are in partition %d of 50', (groupId, partition) => {
  expect(partitionOfGroup(groupId, 50)).toBe(partition)
})
