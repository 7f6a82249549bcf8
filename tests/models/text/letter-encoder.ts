import type { SentenceEncoder } from '../../../models/text/sentence-encoder.ts'

/** A toy backbone: the vector of a window says which of a few letters occur in it. */
export function letterEncoder(letters = 'abcdefgh', windowMax = 6): SentenceEncoder {
  const dimension = letters.length
  return {
    id: `letters ${letters}`,
    dimension,
    windowMax,
    tokenizer: {
      vocabularySize: letters.length,
      ids: (text) => Int32Array.from([...text].map((letter) => letters.indexOf(letter)).filter((id) => id >= 0)),
    },
    encode(windows) {
      const vectors = new Float32Array(windows.length * dimension)
      windows.forEach((window, row) => {
        for (const id of window) vectors[row * dimension + id] = 1
        const length = Math.sqrt(
          vectors.subarray(row * dimension, (row + 1) * dimension).reduce((sum, one) => sum + one, 0),
        )
        for (let i = 0; i < dimension; i++) if (length > 0) vectors[row * dimension + i]! /= length
      })
      return Promise.resolve(vectors)
    },
    close: () => Promise.resolve(),
  }
}
