/**
 * How the task goes about it: the choices that the code makes, each with what would be a mistake beside it. The code's
 * own are `commitProtocol`; a test that shows why one of them is necessary changes that one.
 */
export interface Protocol {
  /**
   * What keeps late requests of an ended transaction off the next one. `in doubt`: the client takes a new epoch when an
   * answer was lost (EndTxn version 4, KIP-360); `each transaction`: the broker gives one with every end (EndTxn
   * version 5, KIP-890); `never`: nothing does.
   */
  readonly newEpoch: 'in doubt' | 'each transaction' | 'never'
  readonly takeover: 'fence, then restore' | 'restore, then fence'
  readonly seeksTo: 'changelog position' | 'group offsets'
  /**
   * Whose the store is, and so who may write to it: who has the newest epoch, whoever claimed it last, or anybody's.
   */
  readonly storeBelongsTo: 'newest epoch' | 'last to claim' | 'anybody'
  /** The same for who clears one that is worth nothing to him. */
  readonly clears: 'as owner' | 'unasked'
  /**
   * The changelog offset that a checkpoint covers: behind the task's own last record there, as acknowledged, or the
   * log's end when it is asked for.
   */
  readonly markFrom: 'own records' | 'log end'
  readonly marksWith: 'last piece' | 'first piece'
  /**
   * When a checkpoint is begun: between two transactions, or while one is open (then of what is committed, or of what
   * is staged too).
   */
  readonly checkpoints: 'between transactions' | 'amid one' | 'amid one, staged records too'
  /** A commit of which nobody said what became of it. */
  readonly unclearCommit: 'starts anew' | 'counts as aborted' | 'counts as committed'
  readonly undoesAborted: boolean
  /** What becomes of a transaction whose markers a crashed broker has forgotten. */
  readonly hanging: 'ended as decided' | 'left'
  /** What a run does that sees the broker gone and come back. */
  readonly afterBrokerCrash: 'starts anew' | 'goes on'
}

export const commitProtocol: Protocol = {
  newEpoch: 'in doubt',
  takeover: 'fence, then restore',
  seeksTo: 'changelog position',
  storeBelongsTo: 'newest epoch',
  clears: 'as owner',
  markFrom: 'own records',
  marksWith: 'last piece',
  checkpoints: 'between transactions',
  unclearCommit: 'starts anew',
  undoesAborted: true,
  hanging: 'ended as decided',
  afterBrokerCrash: 'starts anew',
}
