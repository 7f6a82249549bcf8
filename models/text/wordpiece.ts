import { unknownScripts } from './scripts.ts'
import type { Tokenizer } from './sentence-encoder.ts'

/** Thrown for a tokenizer that can't be used; the message says why. */
export class TokenizerError extends Error {
  override readonly name = 'TokenizerError'
}

/** The part of a Hugging Face `tokenizer.json` that is read. */
interface TokenizerFile {
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[]
  readonly normalizer?: {
    readonly type?: string
    readonly clean_text?: boolean
    readonly handle_chinese_chars?: boolean
    readonly strip_accents?: boolean | null
    readonly lowercase?: boolean
  } | null
  readonly pre_tokenizer?: { readonly type?: string } | null
  readonly model?: {
    readonly type?: string
    readonly unk_token?: string
    readonly continuing_subword_prefix?: string
    readonly max_input_chars_per_word?: number
    readonly vocab?: Readonly<Record<string, number>>
  }
}

export interface WordPieceTokenizer extends Tokenizer {
  /** Ids of the special tokens at the beginning and end of a window, and of the padding token. */
  readonly begin: number
  readonly end: number
  readonly padding: number
}

export interface WordPieceOptions {
  /** Lower-cases the text before anything else: for an uncased vocabulary whose file does not say so. */
  readonly lowercaseFirst?: boolean
}

// Each of these characters is a word of its own.
const CHINESE =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu
const UNSEEN = /[\0\ufffd]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}]/gu
const WHITE_SPACE = /\p{White_Space}+/u
const ACCENT = /\p{Mn}/gu
// Includes all ASCII symbols, which Unicode does not count as punctuation.
const PUNCTUATION = /([!-/:-@[-`{-~]|\p{P})/u

/**
 * Returns a WordPiece tokenizer, which splits words into the longest matching pieces of a vocabulary (Schuster and
 * Nakajima 2012; Devlin et al. 2019), with the same ids as Hugging Face's tokenizers. Throws `TokenizerError` for a
 * file of another kind.
 */
export function wordPieceTokenizer(
  file: unknown,
  { lowercaseFirst = false }: WordPieceOptions = {},
): WordPieceTokenizer {
  const { added_tokens: added, normalizer, model } = checked(file)
  const vocabulary = new Map(Object.entries(model.vocab))
  const prefix = model.continuing_subword_prefix ?? '##'
  const lettersMax = model.max_input_chars_per_word ?? 100
  const idOf = (token: string): number => {
    const id = vocabulary.get(token)
    if (id === undefined) throw new TokenizerError(`The vocabulary has no ${token}.`)
    return id
  }
  const unknown = idOf(model.unk_token ?? '[UNK]')
  const specialTokens = new Map(added.map(({ content, id }) => [content, id]))
  const specialTokenPattern =
    specialTokens.size === 0 ? undefined : new RegExp(`(${[...specialTokens.keys()].map(escaped).join('|')})`, 'u')
  const lowercase = normalizer.lowercase ?? true
  const stripAccents = normalizer.strip_accents ?? lowercase

  // Built lazily, because most tokenizers are never asked for a script.
  let scripts: ReturnType<typeof unknownScripts> | undefined

  function normalised(text: string): string {
    let clean = text
    if (normalizer.clean_text ?? true) clean = clean.replace(UNSEEN, '')
    if (normalizer.handle_chinese_chars ?? true) clean = clean.replace(CHINESE, ' $& ')
    if (stripAccents) clean = clean.normalize('NFD').replace(ACCENT, '')
    // Letter by letter, so that a capital sigma at the end of a word becomes σ and not ς.
    return lowercase ? Array.from(clean, (letter) => letter.toLowerCase()).join('') : clean
  }

  function addPieces(word: string, into: number[]): void {
    const letters = Array.from(word)
    if (letters.length > lettersMax) return void into.push(unknown)
    const before = into.length
    for (let start = 0; start < letters.length;) {
      let end = letters.length
      let id: number | undefined
      for (; end > start; end--) {
        id = vocabulary.get((start === 0 ? '' : prefix) + letters.slice(start, end).join(''))
        if (id !== undefined) break
      }
      if (id === undefined) {
        into.length = before
        into.push(unknown)
        return
      }
      into.push(id)
      start = end
    }
  }

  return {
    unknownScript: (text) => (scripts ??= unknownScripts(vocabulary.keys()))(text),
    vocabularySize: 1 + Math.max(...vocabulary.values(), ...specialTokens.values()),
    begin: idOf('[CLS]'),
    end: idOf('[SEP]'),
    padding: idOf('[PAD]'),
    ids(text) {
      const ids: number[] = []
      const input = (lowercaseFirst ? text.toLowerCase() : text).toWellFormed()
      for (const part of specialTokenPattern === undefined ? [input] : input.split(specialTokenPattern)) {
        const specialToken = specialTokens.get(part)
        if (specialToken !== undefined) ids.push(specialToken)
        else
          for (const spaced of normalised(part).split(WHITE_SPACE))
            for (const word of spaced.split(PUNCTUATION)) if (word !== '') addPieces(word, ids)
      }
      return Int32Array.from(ids)
    },
  }
}

function checked(input: unknown): Required<Pick<TokenizerFile, 'added_tokens'>> & {
  normalizer: NonNullable<TokenizerFile['normalizer']>
  pre_tokenizer: unknown
  model: NonNullable<TokenizerFile['model']> & { vocab: Readonly<Record<string, number>> }
} {
  const tokenizer = input as TokenizerFile | null
  const kinds = [tokenizer?.normalizer?.type, tokenizer?.pre_tokenizer?.type, tokenizer?.model?.type ?? 'WordPiece']
  const wanted = ['BertNormalizer', 'BertPreTokenizer', 'WordPiece']
  const wrong = wanted.findIndex((kind, index) => kinds[index] !== kind)
  if (wrong !== -1)
    throw new TokenizerError(
      `The tokenizer is no WordPiece of BERT: it has ${kinds[wrong] ?? 'nothing'} where ${wanted[wrong]} is needed.`,
    )
  const { vocab } = tokenizer!.model!
  if (vocab === undefined || Object.keys(vocab).length === 0)
    throw new TokenizerError('The tokenizer has no vocabulary.')
  return {
    added_tokens: tokenizer!.added_tokens ?? [],
    normalizer: tokenizer!.normalizer!,
    pre_tokenizer: tokenizer!.pre_tokenizer,
    model: { ...tokenizer!.model!, vocab },
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
