/** Turns a text into the numbers of a vocabulary's entries. */
export interface Tokenizer {
  /** Entries of the vocabulary; every id is below it. */
  readonly vocabularySize: number
  /** Ids of the text, without those that mark its beginning and end. Any string will do, the empty one too. */
  ids(text: string): Int32Array
  /** The script of a text of whose words the vocabulary has hardly any; not given: it is not known which it has. */
  unknownScript?(text: string): string | undefined
}

/**
 * A pretrained backbone: turns windows of a text into vectors of one length. The same window always gives the same
 * vector.
 */
export interface SentenceEncoder {
  /** Names weights, tokenizer, precision and pooling: vectors of one id can be compared, and models are bound to it. */
  readonly id: string
  /** Numbers a vector. */
  readonly dimension: number
  /** Ids a window at most, without those that mark its beginning and end. */
  readonly windowMax: number
  readonly tokenizer: Tokenizer
  /**
   * One vector a window, one after the other: [windows.length × dimension]. The windows are ids as the tokenizer gives
   * them, at most `windowMax` each; an empty one is allowed. Runs off the event loop; calls settle on their own, so
   * that a short one need not wait for a long one.
   */
  encode(windows: readonly Int32Array[]): Promise<Float32Array>
  close(): Promise<void>
}
