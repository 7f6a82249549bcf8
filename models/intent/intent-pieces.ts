import { wordPieceTokenizer } from '../text/wordpiece.ts'

const SPECIAL_TOKENS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']
/** Minimum number of occurrences of a word in the vocabulary; rarer words are split into letters. */
const OCCURRENCES_MIN = 2
const WORDS_MAX = 8_000
const LETTERS_MAX = 6_000
const WORD = /[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu
const CHINESE = /\p{Script=Han}/u

/** Builds a vocabulary of the texts' letters and words, special tokens first. */
export function fitPieces(texts: readonly string[]): string[] {
  const words = new Map<string, number>()
  const letters = new Map<string, number>()
  const add = (counts: Map<string, number>, piece: string) => counts.set(piece, (counts.get(piece) ?? 0) + 1)
  for (const text of texts)
    for (const [word] of lowered(text).matchAll(WORD)) {
      const parts = Array.from(word)
      parts.forEach((letter, index) => add(letters, index === 0 || CHINESE.test(letter) ? letter : `##${letter}`))
      if (parts.length > 1 && !CHINESE.test(word)) add(words, word)
    }
  const byCount = (counts: Map<string, number>, least: number, most: number) =>
    [...counts]
      .filter(([, count]) => count >= least)
      .sort(([one, often], [other, otherOften]) => otherOften - often || (one < other ? -1 : 1))
      .slice(0, most)
      .map(([piece]) => piece)
  return [
    ...new Set([...SPECIAL_TOKENS, ...byCount(letters, 1, LETTERS_MAX), ...byCount(words, OCCURRENCES_MIN, WORDS_MAX)]),
  ]
}

/**
 * Returns a function that reads a text as piece ids, the [CLS] token first. A text of more than `piecesMax` pieces
 * keeps its end, where the newest words are.
 */
export function pieceReader(pieces: readonly string[], piecesMax: number): (text: string) => Int32Array {
  const tokenizer = wordPieceTokenizer({
    added_tokens: [],
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: true,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    model: { type: 'WordPiece', unk_token: '[UNK]', vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])) },
  })
  // Bounds the cost of long texts: 20 letters per piece are more than enough.
  const lettersMax = 20 * piecesMax
  return (text) => {
    const ids = tokenizer.ids(text.length > lettersMax ? text.slice(-lettersMax) : text)
    const kept = ids.subarray(Math.max(0, ids.length - piecesMax + 1))
    const read = new Int32Array(kept.length + 1)
    read[0] = tokenizer.begin
    read.set(kept, 1)
    return read
  }
}

function lowered(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}
