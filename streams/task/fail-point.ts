/**
 * Where a crash is worth trying:
 * - `commit`: everything of the transaction is written, its end is not asked for yet
 * - `committed`: the broker has ended the transaction, the state in memory does not know
 * - `checkpoint`: committed, and about to be written to the local store
 * - `restore`: before the changelog is read
 * - `rebalance`: partitions are taken away, their tasks are still at work
 */
export type FailPoint = 'commit' | 'committed' | 'checkpoint' | 'restore' | 'rebalance'
