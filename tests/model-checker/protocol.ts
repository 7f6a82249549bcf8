/**
 * The design choices of the task, each with the wrong alternatives. The code makes those of `commitProtocol`; a test
 * that shows why one is necessary replaces it.
 */
export interface Protocol {
  /**
   * How late requests of an ended transaction are kept out of the next one. `in doubt`: the client takes a new epoch
   * when an answer was lost (EndTxn version 4, KIP-360); `each transaction`: the broker bumps the epoch at every end
   * (EndTxn version 5, KIP-890); `never`: not at all.
   */
  readonly newEpoch: 'in doubt' | 'each transaction' | 'never'
  readonly takeover: 'fence, then restore' | 'restore, then fence'
  readonly seeksTo: 'changelog position' | 'group offsets'
  /** Who owns the store and may write to it: the newest epoch, the last process to claim it, or anyone. */
  readonly storeBelongsTo: 'newest epoch' | 'last to claim' | 'anyone'
  /** Whether ownership is checked before an unusable store is cleared. */
  readonly clears: 'as owner' | 'unchecked'
  /**
   * The changelog offset that a checkpoint covers: after the task's own last acknowledged record, or the log's end at
   * the time.
   */
  readonly checkpointOffset: 'own records' | 'log end'
  readonly metadataWith: 'last piece' | 'first piece'
  /**
   * When a checkpoint is started: between two transactions, or while one is open, then of committed records only or of
   * staged ones too.
   */
  readonly checkpoints: 'between transactions' | 'inside a transaction' | 'inside a transaction, with staged records'
  /** How a commit with an unknown outcome is handled. */
  readonly unclearCommit: 'restarts' | 'treated as aborted' | 'treated as committed'
  readonly rollsBackAborted: boolean
  /** How a transaction is handled whose markers a crashed broker has forgotten. */
  readonly hanging: 'ended as decided' | 'left open'
  /** What ends it: its markers, or a new transaction over the same partitions with the same outcome. */
  readonly hangingEndedBy: 'its markers' | 'a transaction'
  /** What a session does when its broker has crashed and returned. */
  readonly afterBrokerCrash: 'restarts' | 'continues'
}

export const commitProtocol: Protocol = {
  newEpoch: 'in doubt',
  takeover: 'fence, then restore',
  seeksTo: 'changelog position',
  storeBelongsTo: 'newest epoch',
  clears: 'as owner',
  checkpointOffset: 'own records',
  metadataWith: 'last piece',
  checkpoints: 'between transactions',
  unclearCommit: 'restarts',
  rollsBackAborted: true,
  hanging: 'ended as decided',
  hangingEndedBy: 'its markers',
  afterBrokerCrash: 'restarts',
}
