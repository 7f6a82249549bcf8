/** Returns the partition of `__consumer_offsets` that holds the group's offsets, as the brokers compute it. */
export function partitionOfGroup(groupId: string, partitionCount: number): number {
  let hash = 0
  // Java's String.hashCode, over UTF-16 units.
  for (let index = 0; index < groupId.length; index++) hash = (Math.imul(31, hash) + groupId.charCodeAt(index)) | 0
  // Kafka's Utils.abs: the only value without a positive counterpart becomes 0.
  return hash === -(2 ** 31) ? 0 : Math.abs(hash) % partitionCount
}
