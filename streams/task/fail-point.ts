/**
 * Points at which fault campaigns crash the process:
 * - `commit`: the whole transaction is written, the commit not requested yet
 * - `committed`: the broker has committed the transaction, the state in memory has not
 * - `checkpoint`: a checkpoint is about to be written to the local store
 * - `restore`: before the changelog is read
 * - `rebalance`: partitions are revoked, their tasks are still running
 */
export type FailPoint = 'commit' | 'committed' | 'checkpoint' | 'restore' | 'rebalance'
