/** Converts texts to ids of vocabulary entries. */
export interface Tokenizer {
  /** Size of the vocabulary; every id is below it. */
  readonly vocabularySize: number
  /**
   * Returns the ids of a text, without special tokens at its beginning and end. Accepts any string, including an empty
   * one.
   */
  ids(text: string): Int32Array
  /**
   * Returns the script of a text if the vocabulary has hardly any words of it. Absent if the vocabulary's scripts are
   * unknown.
   */
  unknownScript?(text: string): string | undefined
}

/**
 * A pretrained backbone that converts windows of text to vectors of equal length. The same window always gives the same
 * vector.
 */
export interface SentenceEncoder {
  /**
   * Identifies weights, tokenizer, precision and pooling. Only vectors of the same id are comparable, and models are
   * bound to it.
   */
  readonly id: string
  /** Length of a vector. */
  readonly dimension: number
  /** Maximum number of ids per window, without special tokens at its beginning and end. */
  readonly windowMax: number
  readonly tokenizer: Tokenizer
  /**
   * Returns one vector per window: [windows.length × dimension]. Windows are ids from the tokenizer, at most
   * `windowMax` each; they may be empty. Runs off the event loop. Calls settle independently, so that a short one need
   * not wait for a long one.
   */
  encode(windows: readonly Int32Array[]): Promise<Float32Array>
  close(): Promise<void>
}
