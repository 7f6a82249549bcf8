/**
 * Points at which fault campaigns crash the process:
 * - `commit`: the whole transaction is written, its end not requested yet
 * - `committed`: the broker has ended the transaction, the state in memory has not
 * - `checkpoint`: committed, and about to be written to the local store
 * - `restore`: before the changelog is read
 * - `rebalance`: partitions are revoked, their tasks are still running
 */
export type FailPoint = 'commit' | 'committed' | 'checkpoint' | 'restore' | 'rebalance'
